"""Joins the lines of laid-out pages into paragraphs, by geometry: margins, indents, distances, sizes.

Shared by the readers of PDF, OFD and recognised pictures.  The text keeps every character of the lines; each line is
one stretch of it, whose origin tells the page and the line on that page.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from checker.models.document import Origin
from checker.read.building import TextBuilder
from checker.read.furniture import without_furniture
from checker.read.sheets import Line, Sheet, gutter_of, lines_of, rows_of

_CLOSING = "。！？：；!?:;…"
_MARK = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:部分)?[、.．:：]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[①-⑳●•◆■【])"
)
_CLOSERS = "，。；：、）》」』！？〉】…%"
# What must stay on one line: a character with the marks that cling to it; quotes and half-width marks cling both ways.
_UNIT = rf"[（《「『〈【“‘(\[]*(?:[A-Za-z0-9]+|.)[{_CLOSERS}“”‘’\"',.:;)\]!?·/-]*"
_FIRST_WORD = re.compile(rf"{_UNIT}(?:(?<=[“”‘’\"',.:;·/-]){_UNIT})*")
_CARRIED = tuple(_CLOSERS + "”’")  # no line begins with these but in the middle of a sentence

_WIDEST = 3.2  # ems between the lines of one paragraph
_HEADLINE = 1.15  # times the body's size
_NARROWEST = 10  # ems of a column of prose


@dataclass(frozen=True)
class _Column:
    """The margins of one column of text on one page."""

    left: float
    right: float


@dataclass(frozen=True)
class _Habits:
    """How a document sets its paragraphs: body size, whether first lines are indented, from which distance on a line
    stands apart, whether lines are set flush on the right."""

    size: float
    indents: bool
    apart: float


def write_sheets(builder: TextBuilder, sheets: Sequence[Sheet]) -> None:
    """Add the text of pages, paragraph by paragraph, without running heads, footers and page numbers."""
    lines = reading_order(sheets)
    for paragraph in paragraphs(lines):
        for index, line in enumerate(paragraph):
            glue = _glue(paragraph[index - 1].text, line.text) if index else ""
            builder.add(glue)
            builder.add(line.text, Origin(page=line.page, line=line.number))
        builder.add("\n")


def reading_order(sheets: Sequence[Sheet]) -> list[Line]:
    """All lines of all pages in reading order, numbered on each page from 1."""
    bodies = without_furniture([(sheet.height, rows_of(sheet.pieces)) for sheet in sheets])
    gutters = sorted({round(gutter) for rows in bodies if (gutter := gutter_of(rows)) is not None})
    lines: list[Line] = []
    for sheet, rows in zip(sheets, bodies, strict=True):
        lines += lines_of(sheet.number, rows, gutters, lines[-1].column + 1 if lines else 0)
    return lines


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines gathered into paragraphs, across columns and pages too."""
    columns = _columns(lines)
    habits = _habits(lines, columns)
    found: list[list[Line]] = []
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else None
        if index and _continues(lines[index - 1], line, after, columns, habits):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _glue(before: str, after: str) -> str:
    """What a line end stood for: a space between words in Latin letters, nothing in Chinese or within a number."""
    ends, begins = before[-1:], after[:1]
    if not (ends.isascii() and begins.isascii() and ends.isalnum() and begins.isalnum()):
        return ""
    return "" if ends.isdigit() and begins.isdigit() else " "


def _columns(lines: Sequence[Line]) -> dict[int, _Column]:
    """The margins of each column; one of few lines takes those of a column that stands in the same place."""
    grouped: dict[int, list[Line]] = {}
    for line in lines:
        grouped.setdefault(line.column, []).append(line)
    own = {number: _margins(group) for number, group in grouped.items()}
    rich = list(dict.fromkeys(column for number, column in own.items() if len(grouped[number]) >= 5))
    return {number: _widened(column, grouped[number], rich) for number, column in own.items()}


def _margins(lines: Sequence[Line]) -> _Column:
    """The left margin is where the leftmost lines begin, the right one where most long lines end: marks may hang over."""
    size = median(line.size for line in lines)
    ends = sorted(line.x1 for line in lines)
    near = 0.35 * size
    alike = {
        end: bisect_right(ends, end + near) - bisect_left(ends, end - near) for end in ends if end > ends[-1] - 3 * size
    }
    most = max(alike.values())
    right = max(end for end, count in alike.items() if count >= 0.5 * most)
    return _Column(_settled(sorted(line.x0 for line in lines), size), right)


def _settled(sides: Sequence[float], size: float) -> float:
    """The first of some climbing values that another one stands close to."""
    for value, following in itertools.pairwise(sides):
        if following - value < 0.6 * size:
            return value
    return sides[0]


def _widened(column: _Column, lines: Sequence[Line], rich: Iterable[_Column]) -> _Column:
    """The margins of a fuller column that holds this one; of several the most alike."""
    size = max(line.size for line in lines)
    holding = [c for c in rich if c.left <= column.left + size and c.right >= column.right - size]
    if not holding or len(lines) >= 12:
        return column
    nearest = min(holding, key=lambda c: abs(c.left - column.left) + abs(c.right - column.right))
    return _Column(min(column.left, nearest.left), max(column.right, nearest.right))


def _habits(lines: Sequence[Line], columns: dict[int, _Column]) -> _Habits:
    """What the document as a whole tells about how its paragraphs begin."""
    size = median(line.size for line in lines) if lines else 1.0
    pairs = [
        (a, b) for a, b in _neighbours(lines) if abs(a.size - size) < 0.1 * size and abs(b.size - size) < 0.1 * size
    ]
    begun = [b for a, b in pairs if not _is_full(a, b, columns)]
    carried = [b for a, b in pairs if _is_full(a, b, columns)]
    indented = sum(1 for line in begun if _indent(line, columns) > 0.8 * size)
    flush = sum(1 for line in carried if _indent(line, columns) <= 0.8 * size)
    indents = indented >= 0.5 * len(begun) > 0 and flush >= 0.5 * len(carried) > 0
    inner = [b.y - a.y for a, b in pairs if a.column == b.column and _is_full(a, b, columns) and b.y > a.y]
    outer = [b.y - a.y for a, b in pairs if a.column == b.column and not _is_full(a, b, columns) and b.y > a.y]
    leading = median(inner) if inner else 2 * size
    between = median(outer) if outer else leading
    apart = (leading + between) / 2 if between > 1.15 * leading else 1.6 * leading
    return _Habits(size, indents, min(apart, _WIDEST * size))


def _neighbours(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Each line of prose with the next."""
    return ((a, b) for a, b in itertools.pairwise(lines) if not a.is_cells and not b.is_cells)


def _indent(line: Line, columns: dict[int, _Column]) -> float:
    return line.x0 - columns[line.column].left


def _room(line: Line, columns: dict[int, _Column]) -> float:
    """How much of its column a line leaves empty on the right."""
    return columns[line.column].right - line.x1


def _is_centred(line: Line, columns: dict[int, _Column]) -> bool:
    left, right = _indent(line, columns), columns[line.column].right - line.x1
    return left > 0.8 * line.size and abs(left - right) < 0.6 * line.size


def _is_full(line: Line, following: Line, columns: dict[int, _Column]) -> bool:
    """Whether a line ends only because the next word did not fit into it."""
    if columns[line.column].right - columns[line.column].left < _NARROWEST * line.size:
        return False  # no column of prose: a few short lines
    word = _FIRST_WORD.match(following.text)
    width = sum(0.6 if c.isascii() else 1.0 for c in word[0]) if word else 1.0
    room = _room(line, columns)
    if _is_centred(line, columns) and _is_centred(following, columns):
        room += _indent(line, columns)
    return room < (min(width, 12.0) + 0.5) * line.size


def _continues(before: Line, line: Line, after: Line | None, columns: dict[int, _Column], habits: _Habits) -> bool:
    """Whether a line goes on with the paragraph of the line before."""
    if before.is_cells or line.is_cells or not 0.9 < before.size / line.size < 1.11:
        return False
    if line.text.startswith(_CARRIED):
        return True
    if not _is_full(before, line, columns):
        return False
    if before.column == line.column and line.y - before.y > habits.apart * max(1.0, line.size / habits.size):
        return False
    if _is_centred(line, columns) and (_is_centred(before, columns) or line.size > _HEADLINE * habits.size):
        return True  # of a headline that fills its first line, only the rest stands visibly in the middle
    indented, ended = _indent(line, columns) > 0.8 * line.size, before.text[-1] in _CLOSING
    if not habits.indents:
        return _goes_on_in_block(before, line, columns, ended=ended)
    return not indented or (not ended and _is_indented_block(before, line, after, columns))


def _goes_on_in_block(before: Line, line: Line, columns: dict[int, _Column], *, ended: bool) -> bool:
    """The same where first lines are not indented: a sentence's end at the line's end may end the paragraph."""
    deeper = _indent(line, columns) - _indent(before, columns)
    if deeper > 4.5 * line.size or _indent(before, columns) > 6 * line.size:
        return False
    if ended:
        return not _MARK.match(line.text) and _room(before, columns) < 1.0 * before.size
    return True


def _is_indented_block(before: Line, line: Line, after: Line | None, columns: dict[int, _Column]) -> bool:
    """Whether two lines belong to a paragraph that is indented as a whole: they begin, and the next line does, alike."""
    alike = abs(_indent(before, columns) - _indent(line, columns)) < 0.3 * line.size
    if not alike or _MARK.match(line.text):
        return False
    return after is None or _indent(after, columns) > 0.8 * line.size
