"""Numbers of a web page's lists, as lines of text can tell them: lists within lists bear marks of their own.

A browser shows the depth of a list by its indentation; without it, ``1.`` of a list within a list would look like one
of the list around it.  Word processors save an outline as lists that begin with a list (``<ol><ol><li>``): such a list
goes on counting where the last one of its depth ended.
"""

from __future__ import annotations

from typing import Any

from checker.read.numerals import format_number

Element = Any
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LISTS = frozenset(["ol", "ul"])


class ListNumbers:
    """Counts the items of the numbered lists of a page, list by list in its order."""

    def __init__(self) -> None:
        self._last: dict[int, int] = {}  # the last number by depth

    def begin(self, numbered: Element) -> None:
        """A numbered list begins."""
        start = _number(numbered.get("start"))
        if start is not None:
            self._last[_depth(numbered)] = start - 1
        elif not _goes_on(numbered):
            self._last[_depth(numbered)] = 0

    def label(self, item: Element) -> str:
        """The mark before an item; empty where its list is not numbered."""
        numbered = item.getparent()
        if numbered is None or numbered.tag != "ol":
            return ""
        depth = _depth(numbered)
        told = _number(item.get("value"))
        self._last[depth] = self._last.get(depth, 0) + 1 if told is None else told
        return _mark(_TYPES.get(numbered.get("type", "")), depth, self._last[depth])


def _mark(format: str | None, depth: int, number: int) -> str:
    if format is None and depth == 2:
        return f"（{number}）"
    if format is None and depth == 3:
        return format_number("decimalEnclosedCircle", number)
    return f"{format_number(format or 'decimal', number)}. "


def _depth(numbered: Element) -> int:
    """How many numbered lists a list is within, itself counted."""
    return 1 + sum(1 for _ in numbered.iterancestors("ol"))


def _goes_on(numbered: Element) -> bool:
    """Whether a list begins with a list, as no page does but one saved by a word processor."""
    first = next(iter(numbered), None)
    return first is not None and first.tag in _LISTS


def _number(told: str | None) -> int | None:
    return int(told) if told is not None and told.isdecimal() and len(told) < 6 else None
