"""Places for the detectors: a fault widened to its clause, and the words a rule gives in its options."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from checker.context.document import Document
from checker.models.document import Span, View
from checker.structure.view import INVISIBLE, QUOTES, squeeze

_STOPS = frozenset(",。;:、!?\n")
_QUOTED = 16
_QUOTES_BEFORE = re.compile(f"(?:[{QUOTES}][{INVISIBLE}]*)+\\Z")
_QUOTES_AFTER = re.compile(f"(?:[{INVISIBLE}]*[{QUOTES}])+")


def clause_around(document: Document, start: int, end: int, before: int = 20, after: int = 12) -> Span:
    """A source span widened to the clause around it, by so many characters of the view at most.

    A clause goes on over the end of a wrapped line; spaces and whatever else the view drops count for nothing.
    """
    source, view = document.report.text, document.view
    here, behind = view.before(start), view.before(end)
    first, last = here, behind
    while first > max(0, here - before) and view.text[first - 1] not in _STOPS:
        first -= 1
    while last < min(len(view.text), behind + after) and view.text[last] not in _STOPS:
        last += 1
    left = min(start, view.to_source(first, here).start) if first < here else start
    right = max(end, view.to_source(behind, last).end) if last > behind else end
    left = max(left, source.rfind("\t", left, start) + 1)  # cells of a table are parted by tabs
    cell_end = source.find("\t", end, right)
    return with_quotes(source, left, cell_end if cell_end >= 0 else right)


def with_quotes(source: str, start: int, end: int) -> Span:
    """A source span with the quotes at its edges, which the view drops."""
    before = _QUOTES_BEFORE.search(source[max(0, start - _QUOTED) : start])
    after = _QUOTES_AFTER.match(source, end)
    return Span(start - len(before[0]) if before else start, after.end() if after else end)


def is_han(character: str) -> bool:
    """Whether a character (or nothing, at the edge of a text) is a Chinese one."""
    return "\u3400" <= character <= "\u4dbf" or "\u4e00" <= character <= "\u9fff"


def view_offset(view: View, source: int) -> int:
    """Where a source offset stands in the view; for a character that the view drops, the place where it was."""
    run = max(bisect_right(view.run_sources, source) - 1, 0)
    end = view.run_starts[run + 1] if run + 1 < len(view.run_starts) else len(view.text)
    return max(min(view.run_starts[run] + source - view.run_sources[run], end - 1), 0)


class Patterns:
    """Regular expressions by name, each compiled when it is first asked for: most reports need few of a rule's.

    ``values`` are kept as they are; a subclass declares their names and types.
    """

    def __init__(self, values: Mapping[str, object] | None = None, /, **sources: str) -> None:
        self.__dict__.update(values or {}, _sources=sources)

    def __getattr__(self, name: str) -> re.Pattern[str]:
        source = self.__dict__["_sources"].get(name)
        if source is None:
            raise AttributeError(name)
        self.__dict__[name] = pattern = re.compile(source)
        return pattern


def in_view_form(words: Sequence[str]) -> tuple[str, ...]:
    """The words a rule lists under an option, in view form."""
    return _squeezed(tuple(words))


def either(words: tuple[str, ...]) -> str:
    """A regular expression for any of the words, longest first; one that never matches for none."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


@lru_cache(maxsize=256)
def _squeezed(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(squeeze(word) for word in words)
