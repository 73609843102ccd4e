"""The agency a report is of: as its title, its signature, the formula that hands it over, or its opening names it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from checker.context import names
from checker.context.title import YEAR, YEAR_LEAD, Title
from checker.match.matcher import Hits
from checker.models.document import Layout, Span

_HEAD = 300  # characters in which prose names its agency
_OPENING = 1500  # characters before which a report is handed over
_LONGEST = 24
_NO_NAME = re.compile(r"[\d\W]")


def find_agency(text: str, layout: Layout, title: Title | None, hits: Hits) -> str | None:
    """The agency's name, or ``None`` where the report speaks of itself by pronouns alone."""
    if title and title.agency:
        return title.agency
    endings = sorted(hits.get(names.AGENCY, []))
    told = _Told(text, layout, hits, endings)
    return _signed(text, layout, endings) or told.handed_over() or told.subject() or told.named()


def _signed(text: str, layout: Layout, endings: list[tuple[int, int]]) -> str | None:
    """A short paragraph at the foot that ends as an agency does."""
    tail = [p for p in layout.paragraphs[-5:] if 2 <= p.end - p.start <= 30]
    for start, end in reversed(endings):
        for paragraph in tail:
            if paragraph.start <= start and end == paragraph.end:
                return text[paragraph.start : end]
    return None


class _Told:
    """Names told by prose at the head of a text."""

    def __init__(self, text: str, layout: Layout, hits: Hits, endings: list[tuple[int, int]]) -> None:
        self._text, self._layout, self._hits = text, layout, hits
        self._endings = endings
        self._name_ends = sorted({end for _, end in (*endings, *hits.get(names.PLACE, ()))})
        self._matters = {start for name in (names.TITLE, names.SIGNAL) for start, _ in hits.get(name, ())}
        self._no_heads = {start for name in (names.OURS, names.PRONOUN, names.LEAD) for start, _ in hits.get(name, ())}

    def handed_over(self) -> str | None:
        """The name in the formula that hands the report over: the … of the … Bureau is reported as follows."""
        for start, end in sorted(self._hits.get(names.HANDING_OVER, ())):
            if start > _OPENING:
                break
            for name_end in reversed(self._ends_within(end, end + _LONGEST)):
                if self._leads_on(name_end) and (name := self._name(end, name_end)):
                    return name
        return None

    def subject(self) -> str | None:
        """The name that opens a clause and of which the clause tells what it does."""
        acts = {start for start, _ in self._hits.get(names.ACT, ())}
        for start, span in self._clauses():
            for end in self._ends_within(start, min(span.end - 1, start + _LONGEST)):
                if end in acts and (name := self._name(start, end)):
                    return name
        return None

    def named(self) -> str | None:
        """The first name that opens a clause and stands alone or before its matter: the … Bureau in 2024 …"""
        for _, end in self._endings:
            if end > _HEAD + _LONGEST:
                break
            clause = self._layout.clause_span(self._layout.clause[end - 1])
            start = self._opens(clause)
            turned = any(start <= turn < end for turn, _ in self._hits.get(names.TURN, ()))
            if not turned and self._leads_on(end) and (name := self._name(start, end)):
                return name
        return None

    def _leads_on(self, end: int) -> bool:
        """Whether a name that ends here is followed by nothing, or by what a report is about."""
        ends_line = self._text[end : end + 1] in ("", "\n")
        return ends_line or end in self._matters or YEAR.match(self._text, end) is not None

    def _ends_within(self, start: int, last: int) -> list[int]:
        """Where names may end, behind ``start`` and up to ``last``."""
        return self._name_ends[bisect_right(self._name_ends, start) : bisect_right(self._name_ends, last)]

    def _clauses(self) -> Iterator[tuple[int, Span]]:
        """The clauses at the head, each with where it opens."""
        for number in range(self._layout.clause[:_HEAD][-1] + 1 if self._text else 0):
            span = self._layout.clause_span(number)
            if self._text[span.end - 1] != ":":
                yield self._opens(span), span

    def _opens(self, clause: Span) -> int:
        """Where a clause opens, its year left out."""
        lead = YEAR_LEAD.match(self._text, clause.start, clause.end)
        return lead.end() if lead else clause.start

    def _name(self, start: int, end: int) -> str | None:
        name = self._text[start:end]
        good = 3 <= len(name) <= _LONGEST and start not in self._no_heads and not _NO_NAME.search(name)
        return name if good else None
