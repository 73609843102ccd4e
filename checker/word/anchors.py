"""Places of the text found again in the document: source offsets to runs and the characters in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from checker.models.document import Origin, RawReport
from checker.word.story import Story, length
from checker.word.xml import tag

BODY = ("body", "table", "text-box")


class Piece(NamedTuple):
    """Some characters of one run: the numbers of its paragraph and its own, first character, end excluded."""

    paragraph: int
    run: int
    start: int
    end: int


class Place(NamedTuple):
    """A place between characters; run 0 is the head of the paragraph, and ``at`` past a run's end means behind it."""

    paragraph: int
    run: int
    at: int


BEHIND = 1 << 40


def pieces(report: RawReport, story: Story, start: int, end: int) -> Iterator[Piece]:
    """The characters of a stretch of the text that stand in runs of the document's main part, in order."""
    for origin, offset, stop in _stretches(report, start, end):
        if origin.part in BODY and origin.paragraph and origin.run:
            size = length(story.run(origin.paragraph, origin.run))
            first, last = max(start - offset, 0), min(end, stop) - offset
            if first < min(last, size):
                yield Piece(origin.paragraph, origin.run, first, min(last, size))


def ends(report: RawReport, story: Story, start: int, end: int) -> tuple[Place, Place]:
    """Where a comment on a stretch of the text begins and ends: around its characters; where these stand in no run, or
    where Word permits no comment (text boxes), around what holds them."""
    found = list(pieces(report, story, start, end))
    if not found:
        return _whole(story, _paragraph(report, start))
    first, last = found[0], found[-1]
    hosts = _host(story, first), _host(story, last)
    begin = hosts[0] or Place(first.paragraph, first.run, first.start)
    finish = hosts[1]._replace(at=BEHIND) if hosts[1] else Place(last.paragraph, last.run, last.end)
    return (begin, finish) if begin < finish else _whole(story, begin.paragraph)


def _stretches(report: RawReport, start: int, end: int) -> Iterator[tuple[Origin, int, int]]:
    """The origins that a stretch of the text touches, each with the offsets it covers."""
    origins = report.origins
    index = max(bisect_right(origins, start, key=lambda item: item[0]) - 1, 0)
    while index < len(origins) and origins[index][0] < end:
        stop = origins[index + 1][0] if index + 1 < len(origins) else len(report.text)
        yield origins[index][1], origins[index][0], stop
        index += 1


def _paragraph(report: RawReport, offset: int) -> int:
    """The paragraph of the main part that a place stands in, or the last one before it."""
    index = bisect_right(report.origins, offset, key=lambda item: item[0]) - 1
    while index >= 0:
        origin = report.origins[index][1]
        if origin.part in BODY and origin.paragraph:
            return origin.paragraph
        index -= 1
    return 1


def _whole(story: Story, paragraph: int) -> tuple[Place, Place]:
    """A whole paragraph, or the one that holds the text box it stands in."""
    outer = story.outermost(paragraph)
    return Place(outer, 0, 0), Place(outer, 0, BEHIND)


def _host(story: Story, piece: Piece) -> Place | None:
    """The run that holds the text box in which a piece stands; ``None`` for text in no box."""
    outer = story.outermost(piece.paragraph)
    if outer == piece.paragraph:
        return None
    run = story.run(piece.paragraph, piece.run)
    holder = list(run.iterancestors(tag(run, "r")))[-1]
    return Place(outer, story.runs(outer).index(holder) + 1, 0)
