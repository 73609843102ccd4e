"""What readers of laid-out pages share: pieces of text with their places, put into lines in reading order.

Pure geometry, for PDF, OFD and recognised pictures alike: coordinates in any one unit, ``y`` downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import NamedTuple

_MOST = 3_000  # pieces on a page: more are no columns of prose, and would take long to weigh


class Piece(NamedTuple):
    """Characters side by side on one base line: from ``x0`` to ``x1``, at height ``y``, of a font size."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True)
class Sheet:
    """One page: its number from 1, its size, what stands on it."""

    number: int
    width: float
    height: float
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Row:
    """Pieces at one height, from left to right."""

    pieces: Sequence[Piece]

    @property
    def x0(self) -> float:
        """Where the row begins."""
        return self.pieces[0].x0

    @cached_property
    def x1(self) -> float:
        """Where the row ends."""
        return max(piece.x1 for piece in self.pieces)

    @cached_property
    def y(self) -> float:
        """Its height on the page."""
        return max(self.pieces, key=lambda piece: len(piece.text)).y

    @cached_property
    def size(self) -> float:
        """The font size of most of it."""
        return max(self.pieces, key=lambda piece: len(piece.text)).size

    @cached_property
    def text(self) -> str:
        """Its text; a gap that is wider than a character is kept as a space, or a tab where it parts cells."""
        parts = [self.pieces[0].text]
        for before, piece in zip(self.pieces, self.pieces[1:], strict=False):
            gap = (piece.x0 - before.x1) / max(before.size, piece.size)
            latin = before.text[-1:].isascii() and piece.text[:1].isascii() and gap > 0.22
            parts.append("\t" if gap > 2 else " " if gap > 0.8 or latin else "")
            parts.append(piece.text)
        return "".join(parts).strip()

    @property
    def is_cells(self) -> bool:
        """Whether wide gaps part it, as in a table."""
        return "\t" in self.text


class Line(NamedTuple):
    """A line in reading order: its text and place, the column of text it stands in, and its number on its page."""

    text: str
    page: int
    number: int
    column: int
    x0: float
    x1: float
    y: float
    size: float
    is_cells: bool


def width_of(character: str) -> float:
    """About how wide a character is, in ems."""
    return 0.5 if character.isascii() else 1.0


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """Pieces that stand at one height become a row, from the top down; what is drawn twice counts once."""
    heights: list[list[Piece]] = []
    anchor: Piece | None = None  # the largest piece of the row: a raised number stands in it, a line below does not
    for piece in sorted((p for p in pieces if p.text.strip()), key=lambda p: (p.y, p.x0)):
        if anchor is not None and abs(piece.y - anchor.y) < 0.45 * max(anchor.size, piece.size):
            heights[-1].append(piece)
            anchor = max(anchor, piece, key=lambda p: p.size)
        else:
            heights.append([piece])
            anchor = piece
    return [_row(sorted(found, key=lambda p: p.x0)) for found in heights]


def _row(pieces: list[Piece]) -> Row:
    return Row([p for i, p in enumerate(pieces) if i == 0 or not _drawn_twice(pieces[i - 1], p)])


def _drawn_twice(before: Piece, piece: Piece) -> bool:
    return piece.text == before.text and abs(piece.x0 - before.x0) < 0.3 * piece.size


def gutter_of(rows: Sequence[Row]) -> float | None:
    """Where the first white lane between two columns of a page is, if its text is set in columns."""
    return _gutter([segment for row in rows for segment in _segments(row)])


def lines_of(number: int, rows: Sequence[Row], gutters: Sequence[float] = (), first_column: int = 0) -> list[Line]:
    """The lines of a page in reading order: column by column where its text is set in columns.

    ``gutters`` are those of the document's pages: a page with too little text to tell is set as the others are.
    """
    lines: list[Line] = []
    segments = [segment for row in rows for segment in _segments(row)]
    for column, block in enumerate(_blocks(segments, gutters), first_column):
        for row in rows_of(piece for segment in block for piece in segment.pieces):
            place = (row.x0, row.x1, row.y, row.size)
            lines.append(Line(row.text, number, len(lines) + 1, column, *place, row.is_cells))
    return [line for line in lines if line.text]


def _segments(row: Row) -> list[Row]:
    """A row cut at its wide gaps."""
    found = [[row.pieces[0]]]
    for piece in row.pieces[1:]:
        before = found[-1][-1]
        if piece.x0 - before.x1 > 1.2 * min(before.size, piece.size):
            found.append([piece])
        else:
            found[-1].append(piece)
    return [Row(pieces) for pieces in found]


def _blocks(segments: list[Row], gutters: Sequence[float] = (), depth: int = 0) -> list[list[Row]]:
    """Segments in columns of prose are read column by column, between the segments that run across."""
    gutter = _gutter(segments) if depth < 3 else None
    if gutter is None:
        gutter = next((known for known in gutters if _fits(segments, known)), None)
    if gutter is None:
        return [segments] if segments else []
    blocks: list[list[Row]] = []
    left: list[Row] = []
    right: list[Row] = []

    def close() -> None:
        for side in (left, right):
            if side:
                blocks.extend(_blocks(list(side), gutters, depth + 1))
                side.clear()

    across: list[Row] = []
    for segment in sorted(segments, key=lambda s: s.y):
        if segment.x1 <= gutter or segment.x0 >= gutter:
            if across:
                blocks.append(list(across))
                across.clear()
            (left if segment.x1 <= gutter else right).append(segment)
        else:
            close()
            across.append(segment)
    close()
    if across:
        blocks.append(across)
    return blocks


def _gutter(segments: Sequence[Row], depth: int = 0) -> float | None:
    """Where a white lane parts two columns of prose: lines on both sides that fill their column; cells do not."""
    if not 8 <= len(segments) <= _MOST or depth > 2:
        return None
    start, end = min(s.x0 for s in segments), max(s.x1 for s in segments)
    size = median(s.size for s in segments)
    narrow = [s for s in segments if s.x1 - s.x0 < 0.75 * (end - start)]
    if len(narrow) < 8 or end - start < 14 * size:
        return None
    lanes: dict[tuple[int, int], tuple[float, float]] = {}
    for step in range(10, 91):
        x = start + (end - start) * step / 100
        left, right = [s.x1 for s in narrow if s.x1 <= x], [s.x0 for s in narrow if s.x0 >= x]
        if min(len(left), len(right)) >= 4:
            lane = min(min(right) - x, x - max(left)), x
            lanes[len(left), len(right)] = max(lane, lanes.get((len(left), len(right)), lane))
    likely = sorted(lanes, key=lambda sides: (sum(sides), lanes[sides]), reverse=True)[:4]
    for x in (lanes[sides][1] for sides in likely):
        parts = [s for s in narrow if s.x1 <= x], [s for s in narrow if s.x0 >= x]
        if _beside(*parts) and all(_is_prose(part, size, depth) for part in parts):
            return x
    return None


def _fits(segments: Sequence[Row], gutter: float) -> bool:
    """Whether a page has text on both sides of another page's lane, and hardly any across."""
    left, right = sum(s.x1 <= gutter for s in segments), sum(s.x0 >= gutter for s in segments)
    return left > 0 < right and len(segments) - left - right <= 0.2 * len(segments)


def _is_prose(side: Sequence[Row], size: float, depth: int) -> bool:
    """Whether most lines of a side fill its width, as prose does, or the side is itself set in columns of prose."""
    width = max(s.x1 for s in side) - min(s.x0 for s in side)
    full = sum(1 for s in side if s.x1 - s.x0 > 0.8 * width)
    return width > 6 * size and (full >= 0.5 * len(side) or _gutter(side, depth + 1) is not None)


def _beside(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether two sides stand beside each other, not below."""
    top, foot = (
        max(min(s.y for s in side) for side in (left, right)),
        min(max(s.y for s in side) for side in (left, right)),
    )
    shorter = min(max(s.y for s in side) - min(s.y for s in side) for side in (left, right))
    return foot - top > 0.5 * shorter
