"""Changes of a text: replacements of stretches that do not overlap, and how offsets move with them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """What stands from ``start`` to ``end`` (source offsets, end excluded) becomes ``text``."""

    start: int
    end: int
    text: str


def smallest(start: int, old: str, new: str) -> Edit:
    """The edit that makes one wording, at an offset, into another: what both begin and end with stays."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(start + head, start + len(old) - tail, new[head : len(new) - tail])


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made, from right to left, so that none moves the place of another."""
    kept: list[str] = []
    end = len(text)
    for edit in sorted(edits, reverse=True):
        kept += [text[edit.end : end], edit.text]
        end = edit.start
    return "".join([text[:end], *reversed(kept)])


class Shift:
    """From the offsets of a text with some edits made back to those of the text as it was."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits = sorted(edits)
        self._firsts: list[int] = []  # where each edit begins and ends in the edited text
        self._lasts: list[int] = []
        moved = 0
        for edit in self._edits:
            self._firsts.append(edit.start + moved)
            self._lasts.append(edit.start + moved + len(edit.text))
            moved += len(edit.text) - (edit.end - edit.start)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the edited text in the old offsets; one that reaches into an edit takes all of it in."""
        first = self._back(start, bisect_right(self._firsts, start) - 1, is_end=False)
        return first, max(first, self._back(end, bisect_left(self._firsts, end) - 1, is_end=True))

    def touches(self, start: int, end: int) -> bool:
        """Whether a stretch of the edited text holds anything of an edit, be it the place where something went."""
        index = bisect_left(self._firsts, end) - 1
        return index >= 0 and self._lasts[index] > start

    def _back(self, offset: int, index: int, *, is_end: bool) -> int:
        """An offset that stands behind the beginning of the edit of an index, and of none after that."""
        if index < 0:
            return offset
        edit, last = self._edits[index], self._lasts[index]
        if offset < last:
            return edit.end if is_end else edit.start
        return offset + edit.end - last


class Spans:
    """Stretches of a text, joined where they overlap; tells whether another one overlaps any."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, start: int, end: int) -> None:
        """Add a stretch."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        self._starts[first:last] = [start]
        self._ends[first:last] = [end]

    def overlap(self, start: int, end: int) -> bool:
        """Whether a stretch has a character in common with one of these."""
        index = bisect_right(self._ends, start)
        return index < len(self._starts) and self._starts[index] < end
