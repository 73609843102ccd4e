"""Passages taken over from last year's report, word for word or nearly so.

Both texts are cut into segments; a segment is looked up by its wording, years and marks evened out, and, where that
fails, by the rarest of its shingles (every run of eight characters), so that the cost stays linear.  Neighbouring
segments that were taken over in the same order make one passage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from checker.compare.passages import Unit, trimmed
from checker.context.document import Document
from checker.judge.wording import own_length
from checker.match import builtins
from checker.models.document import Span

LEAST = 20  # characters of its own that a passage must have
_SHINGLE = 8
_COMMON = 12  # a shingle that stands in more segments than this tells nothing
_ALIKE = 0.85
_LONGEST = 2000  # characters of a segment that are compared one by one
_YEARS = re.compile(rf"{builtins.YEAR_FORM}(?=年)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Segment:
    """A segment of running text: where it stands, its wording evened out, its wording without figures, its figures, and
    how many characters of it are no set phrase."""

    span: Span
    wording: str
    frame: str
    numbers: Counter[str]
    own: int


@dataclass(frozen=True)
class Taken:
    """A segment of this year's report and the one of last year's that it repeats (their numbers); ``same`` unless its
    figures are new."""

    here: int
    before: int
    same: bool


def segments(document: Document, cut: Sequence[Unit], formulas: re.Pattern[str]) -> list[Segment]:
    """The segments of a report's running text; headings of their own are left out."""
    text, found = document.view.text, []
    for unit in cut:
        if unit.heading and "," not in text[unit.span.start : unit.span.end]:
            continue
        span = trimmed(document, unit.span)
        wording = text[span.start : span.end]
        if not wording:
            continue
        bare = _YEARS.sub("", wording)
        frame = _MARKS.sub("", _NUMBER.sub("", bare))
        even = _MARKS.sub("", bare)
        found.append(Segment(span, even, frame, Counter(_NUMBER.findall(bare)), own_length(wording, formulas)))
    return found


def find_taken(here: Sequence[Segment], before: Sequence[Segment]) -> list[Taken]:
    """For each segment of this year's report the one of last year's that it repeats, if any."""
    exact: dict[str, list[int]] = {}
    shingles: dict[str, list[int]] = {}
    for number, segment in enumerate(before):
        exact.setdefault(segment.wording, []).append(number)
        for shingle in set(_shingles(segment.frame)):
            holders = shingles.setdefault(shingle, [])
            if len(holders) <= _COMMON:
                holders.append(number)
    taken: list[Taken] = []
    for number, segment in enumerate(here):
        last = taken[-1] if taken and taken[-1].here == number - 1 else None
        expected = last.before + 1 if last else -1
        same = exact.get(segment.wording, [])
        if segment.wording and same:
            taken.append(Taken(number, expected if expected in same[:50] else same[0], True))
            continue
        near = _nearest(segment, before, shingles)
        if near is not None:
            taken.append(Taken(number, near, not _renewed(segment.numbers, before[near].numbers)))
    return taken


def _shingles(frame: str) -> Iterator[str]:
    return (frame[index : index + _SHINGLE] for index in range(len(frame) - _SHINGLE + 1))


def _nearest(segment: Segment, before: Sequence[Segment], shingles: dict[str, list[int]]) -> int | None:
    """The segment with most shingles in common, if the two are nearly alike."""
    if len(segment.frame) < LEAST:
        return None
    votes: Counter[int] = Counter()
    for shingle in _shingles(segment.frame):
        holders = shingles.get(shingle, ())
        if len(holders) <= _COMMON:
            votes.update(holders)
    for number, shared in votes.most_common(2):
        other = before[number]
        if 2 * shared < min(len(segment.frame), len(other.frame)) - _SHINGLE:
            break
        if _alike(segment.frame, other.frame):
            return number
    return None


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _ALIKE * max(len(one), len(other)) * 0.9:
        return False
    matcher = SequenceMatcher(None, one[:_LONGEST], other[:_LONGEST], autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _renewed(one: Counter[str], other: Counter[str]) -> bool:
    """Whether most of a segment's figures are new: then its frame alone was kept, as in every yearly report."""
    return bool(one) and 2 * (one & other).total() <= one.total()


def runs(taken: Sequence[Taken], here: Sequence[Segment]) -> list[tuple[Taken, Taken]]:
    """Passages: the first and the last of segments taken over in a row, where they say enough of their own."""
    groups: list[list[Taken]] = []
    for item in taken:
        if not item.same:
            continue
        last = groups[-1][-1] if groups else None
        if last and item.here == last.here + 1 and item.before == last.before + 1:
            groups[-1].append(item)
        else:
            groups.append([item])
    return [(group[0], group[-1]) for group in groups if sum(here[item.here].own for item in group) >= LEAST]


def share(passages: Sequence[tuple[Taken, Taken]], here: Sequence[Segment]) -> float:
    """The part of this year's own wording that was taken over."""
    whole = sum(segment.own for segment in here)
    taken = sum(segment.own for first, last in passages for segment in here[first.here : last.here + 1])
    return round(taken / whole, 4) if whole else 0.0
