"""Changes of a text: replacements of stretches that do not overlap, and how offsets move with them."""

from __future__ import annotations

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
        self._placed: list[tuple[Edit, int, int]] = []  # each edit, and where it stands in the edited text
        moved = 0
        for edit in sorted(edits):
            first = edit.start + moved
            self._placed.append((edit, first, first + len(edit.text)))
            moved += len(edit.text) - (edit.end - edit.start)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the edited text in the old offsets; one that reaches into an edit takes all of it in."""
        first = self._back(start, is_end=False)
        return first, max(first, self._back(end, is_end=True))

    def touches(self, start: int, end: int) -> bool:
        """Whether a stretch of the edited text holds anything of an edit, be it the place where something went."""
        return any(first < end and last > start for _, first, last in self._placed)

    def _back(self, offset: int, *, is_end: bool) -> int:
        moved = 0
        for edit, first, last in self._placed:
            if offset < first or (is_end and offset == first):
                break
            if offset < last:
                return edit.end if is_end else edit.start
            moved = edit.end - last
        return offset + moved
