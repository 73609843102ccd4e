"""A text cut at the edges of its marks: what HTML pages need to show evidence and findings that may overlap."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """A marked stretch of a text: code-point offsets, end excluded; ``id`` is what the page calls it."""

    id: str
    start: int
    end: int


class Segment(NamedTuple):
    """A stretch of the text under one set of marks.

    ``ids`` are the marks that cover it, the outermost (longest) first; ``begins`` are those of them that begin here: on
    a page, each mark's anchor stands at the one segment that names it so.
    """

    text: str
    ids: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """The text in order, cut wherever a mark begins or ends; joined, the segments are the text.

    Marks may nest and overlap.  What of a mark lies outside the text falls away, and so does a mark of nothing.
    """
    inside = [Mark(id, max(start, 0), min(end, len(text))) for id, start, end in marks]
    waiting = sorted((mark for mark in inside if mark.start < mark.end), key=_order, reverse=True)
    cuts = sorted({0, len(text), *(mark.start for mark in waiting), *(mark.end for mark in waiting)})
    cut: list[Segment] = []
    open_marks: list[Mark] = []
    for start, end in pairwise(cuts):
        open_marks = [mark for mark in open_marks if mark.end > start]
        while waiting and waiting[-1].start == start:
            open_marks.append(waiting.pop())
        covering = sorted(open_marks, key=_outermost)
        begins = tuple(mark.id for mark in covering if mark.start == start)
        cut.append(Segment(text[start:end], tuple(mark.id for mark in covering), begins))
    return cut


def by_line(cut: Iterable[Segment]) -> list[list[Segment]]:
    """The segments of each line; lines end at ``\\n``, which falls away.  A mark begins only where it first shows."""
    lines: list[list[Segment]] = [[]]
    for segment in cut:
        first, *rest = segment.text.split("\n")
        begins = segment.begins
        for index, words in enumerate([first, *rest]):
            if index:
                lines.append([])
            if words or (begins and index == len(rest)):
                lines[-1].append(Segment(words, segment.ids, begins))
                begins = ()
    return lines


def _order(mark: Mark) -> tuple[int, int, str]:
    return mark.start, -mark.end, mark.id


def _outermost(mark: Mark) -> tuple[int, int, str]:
    return mark.start - mark.end, mark.start, mark.id
