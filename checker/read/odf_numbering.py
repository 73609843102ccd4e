"""Automatic numbering of an OpenDocument text: list styles and outline levels, rendered as they are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from checker.read.numerals import format_number

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_EXTENDED = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
# OpenDocument names a format by its first numbers; what stands here is what OOXML calls it.
_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCounting", "壹": "chineseLegalSimplified", "甲": "ideographTraditional", "子": "ideographZodiac",
    "①": "decimalEnclosedCircle", "１": "decimalFullWidth", "⑴": "decimalEnclosedParen", "⒈": "decimalEnclosedFullstop",
}  # fmt: skip
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True)
class Level:
    """How one level of a list counts and looks; ``text`` holds ``%1%`` for the number of the first level."""

    text: str
    format: str = "none"
    start: int = 1
    gap: str = ""


@dataclass
class Counter:
    """The numbers of one list that is being counted, by level."""

    counts: dict[int, int] = field(default_factory=dict)

    def label(self, levels: dict[int, Level], depth: int, start: int | None = None) -> str:
        """Count one item of a level and tell its label."""
        level = levels.get(depth)
        if level is None:
            return ""
        self.counts[depth] = start if start is not None else self.counts.get(depth, level.start - 1) + 1
        for deeper in [index for index in self.counts if index > depth]:
            del self.counts[deeper]

        def fill(match: re.Match[str]) -> str:
            upper = levels.get(int(match[1]), level)
            return format_number(upper.format, self.counts.get(int(match[1]), upper.start))

        text = re.sub(r"%(\d{1,2})%", fill, level.text)
        return text + level.gap if text else ""


def read_levels(style: Any) -> dict[int, Level]:
    """The levels of a list style or of the outline style, by depth from 1."""
    levels = {}
    for element in style:
        depth = whole(element.get(f"{TEXT}level"))
        if depth is not None:
            levels[depth] = _level(element, depth)
    return levels


def whole(value: str | None) -> int | None:
    """A whole number of at most nine digits, or ``None``."""
    return int(value) if value and len(value) < 10 and value.isascii() and value.isdigit() else None


def _level(element: Any, depth: int) -> Level:
    gap = "" if any(item.get(f"{TEXT}label-followed-by") == "nothing" for item in element.iter()) else " "
    if (bullet := element.get(f"{TEXT}bullet-char")) is not None:
        return Level(_PRIVATE.sub("•", bullet), gap=gap)
    format = _FORMATS.get((element.get(f"{STYLE}num-format") or "")[:1], "none")
    text = element.get(f"{_EXTENDED}num-list-format")
    if text is None:
        shown = whole(element.get(f"{TEXT}display-levels")) or 1
        numbers = ".".join(f"%{upper}%" for upper in range(max(1, depth - shown + 1), depth + 1))
        prefix, suffix = element.get(f"{STYLE}num-prefix") or "", element.get(f"{STYLE}num-suffix") or ""
        text = prefix + numbers + suffix
    start = whole(element.get(f"{TEXT}start-value"))
    return Level("" if format == "none" else text, format, 1 if start is None else start, gap)
