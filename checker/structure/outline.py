"""Structure: headings numbered by an outline of decimals (1, 1.1, 1.1.1; ISO 2145), as word processors number them.

A figure or a date at the head of a line (1.5万元, 12.4国家宪法日) looks alike, so a number counts only where it goes on from
those before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.models.document import View
from checker.structure.view import HAN

OUTLINE, CHAPTER = "outline", "chapter"
_FIGURES = re.compile(r"^\d[\d.]*、?", re.MULTILINE)
_NUMBER = re.compile(r"\d{1,2}[.、](?=(?:19|20)\d\d年)|\d{1,2}(?:\.\d{1,2}(?!\d))*[.、]?(?![\d.])")
_UPPER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十]{1,3}[)])", re.MULTILINE)
_YEAR = re.compile(r"(?:19|20)\d\d年")
# What a figure right before it measures: 1.5万元, 3.1%, 5.2件; but 1.2多元化解, 1.1年度计划 without a space.
_MEASURE = re.compile(
    r"年(?![度终底初])|月(?!度)|日(?!常)|[万亿%‰余千百件次元吨米天]|多(?![元措方部层样])|分(?![类级工步析])|个(?![别案])|人(?![大民员才])|家(?!庭)"
)
_WORDS = re.compile(rf"{HAN}|[《(]")
_LONGEST_CHAPTER = 30  # characters of a line whose number has no mark behind it
_LEAST = 2
_JUMP = 3  # so much further on a number may be by mistake


class Entry(NamedTuple):
    """A numbered line: where its number stands, the number's parts, and the mark behind it."""

    start: int
    end: int
    parts: tuple[int, ...]
    mark: str

    @property
    def style(self) -> str:
        """Entries of one style follow one another: those below one parent."""
        return CHAPTER if len(self.parts) == 1 else OUTLINE + ".".join(map(str, self.parts[:-1]))


def find_outline(view: View) -> tuple[list[Entry], int]:
    """The entries of a text's outline, and how many levels stand above the topmost: none where there is no outline."""
    entries = list(_entries(view))
    below = _in_order([entry for entry in entries if len(entry.parts) > 1])
    seen = {entry.parts for entry in below}
    if sum(1 for e in below if e.parts[-1] == 1 or (*e.parts[:-1], e.parts[-1] - 1) in seen) < _LEAST:
        return [], 0
    if len(_UPPER.findall(view.text)) >= _LEAST:  # the outline begins below 一、 and （一）, whose items are marked 1.
        return below, 2
    return sorted((*_chapters(entries, below), *below)), 0


def _entries(view: View) -> Iterator[Entry]:
    text = view.text
    for figures in _FIGURES.finditer(text):
        start = figures.start()
        cuts = (place for place in range(start + 1, figures.end()) if text[place] != "." and _is_cut(view, place))
        cut = next(cuts, len(text))
        match = _NUMBER.match(text, start, cut)
        if match is None:
            continue
        end = match.end()
        number = match[0].rstrip(".、")
        parts, mark = tuple(int(part) for part in number.split(".")), text[start + len(number) : end]
        if mark and _is_cut(view, end - 1):  # the space before a year, which the view shows as a mark
            mark = ""
        apart = _is_cut(view, end)
        if 0 in parts or not _begins_words(text, end, apart):
            continue
        if len(parts) > 1 or mark or (apart and _is_short_line(text, start)):
            yield Entry(start, end, parts, mark)


def _is_cut(view: View, offset: int) -> bool:
    """Whether the source has a space or a quote before an offset of the view."""
    place = bisect_left(view.run_starts, offset)
    return offset in view.gaps or (place < len(view.run_starts) and view.run_starts[place] == offset)


def _begins_words(text: str, offset: int, apart: bool) -> bool:
    """Whether words, not a measure, stand behind a number; figures only where they stand apart, or are a year."""
    if text[offset : offset + 1].isdigit():
        return apart or _YEAR.match(text, offset) is not None
    return _WORDS.match(text, offset) is not None and (apart or not _MEASURE.match(text, offset))


def _is_short_line(text: str, start: int) -> bool:
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    return len(line) <= _LONGEST_CHAPTER and not any(mark in line for mark in ",。;!?")


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that begin below a parent or go on, or nearly so, from one before: no dates, no figures."""
    kept: list[Entry] = []
    last: dict[tuple[int, ...], int] = {}
    for entry in entries:
        parent, number = entry.parts[:-1], entry.parts[-1]
        if number == 1 or (parent in last and last[parent] <= number <= last[parent] + _JUMP):
            kept.append(entry)
            last[parent] = number
    return kept


def _chapters(entries: Sequence[Entry], below: Sequence[Entry]) -> Iterator[Entry]:
    """The entries of one number that are chapters: they count up, and the next entry below belongs to them if they have
    any; other numbers are those of lists."""
    parents = {entry.parts[0] for entry in below}
    starts = [entry.start for entry in below]
    number, mark = 0, None
    for entry in entries:
        if len(entry.parts) > 1 or not number < entry.parts[0] <= number + _JUMP:
            continue
        own = entry.parts[0]
        place = bisect_left(starts, entry.start)
        heads = place < len(below) and below[place].parts[0] == own
        if heads if own in parents else own == number + 1 and mark in (None, entry.mark):
            yield entry
            number, mark = own, entry.mark
