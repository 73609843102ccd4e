"""Structure: headings numbered by an outline of decimals (1, 1.1, 1.1.1; ISO 2145), as word processors number them.

A figure at the head of a line (1.5万元) looks alike, so the numbers count only where they go on from one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.models.document import View
from checker.structure.view import HAN

OUTLINE, CHAPTER = "outline", "chapter"
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}[.、]?", re.MULTILINE)
_MAIN = re.compile(r"^[一二三四五六七八九十]{1,3}[、.]", re.MULTILINE)
_WORDS = re.compile(rf"(?![年月日万亿%‰余多]){HAN}|[《(\d]")
_LONGEST_CHAPTER = 30  # characters of a line whose number has no mark behind it
_LEAST = 2


class Entry(NamedTuple):
    """A numbered line: where its number stands, and the number's parts."""

    start: int
    end: int
    parts: tuple[int, ...]

    @property
    def style(self) -> str:
        """Entries of one style follow one another: those below one parent."""
        return CHAPTER if len(self.parts) == 1 else OUTLINE + ".".join(map(str, self.parts[:-1]))


def find_outline(view: View) -> tuple[list[Entry], int]:
    """The entries of a text's outline, and how many levels stand above the topmost: none where there is no outline."""
    entries = list(_entries(view))
    below = [entry for entry in entries if len(entry.parts) > 1]
    seen = {entry.parts for entry in below}
    regular = [e for e in below if e.parts[-1] == 1 or (*e.parts[:-1], e.parts[-1] - 1) in seen]
    if len(regular) < _LEAST or len(regular) < len(below) / 2:
        return [], 0
    if len(_MAIN.findall(view.text)) >= _LEAST:  # the outline begins below 一、 and （一）, whose items are marked 1.
        return below, 2
    return entries, 0


def _entries(view: View) -> Iterator[Entry]:
    text = view.text
    for match in _NUMBER.finditer(text):
        start = match.start()
        end = next((place for place in range(start + 1, match.end()) if place in view.gaps), match.end())
        number = text[start:end].rstrip(".、")
        parts = tuple(int(part) for part in number.split(".") if part)
        spaced, marked = end in view.gaps, end > start + len(number)
        if 0 in parts or not _WORDS.match(text, end) or (text[end].isdigit() and not spaced):
            continue
        if len(parts) == 1 and not marked and not (spaced and _is_short_line(text, start)):
            continue
        yield Entry(start, end, parts)


def _is_short_line(text: str, start: int) -> bool:
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    return len(line) <= _LONGEST_CHAPTER and not any(mark in line for mark in ",。;!?")
