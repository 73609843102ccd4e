"""The document with all its context: what the judges ask of a place in the text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from checker.context import names
from checker.context.facts import Title, YearPlace
from checker.match import builtins
from checker.match.matcher import Hits
from checker.models.document import Layout, RawReport, Section, Span, View
from checker.models.rule import Sections

_DENIAL_REACH = 24


@dataclass
class Document:
    """A report structured and matched; all spans are view spans unless said otherwise."""

    report: RawReport
    view: View
    layout: Layout
    hits: Hits
    sections: list[Section]
    title: Title | None
    year: int | None
    year_places: list[YearPlace]
    agency: str | None
    level: str | None
    body: str | None
    rules: Sections

    @cached_property
    def section_starts(self) -> list[int]:
        """Where each section begins, for looking sections up."""
        return [section.start for section in self.sections]

    def section_at(self, offset: int) -> int:
        """The index of the section at an offset."""
        return bisect_right(self.section_starts, offset) - 1

    def role_at(self, offset: int) -> str:
        """The role of the place: a section's role, or ``title`` within the title line."""
        if self.title and self.title.span.start <= offset < self.title.span.end:
            return "title"
        return self.sections[self.section_at(offset)].role

    @cached_property
    def _heading_marks(self) -> tuple[list[int], list[int]]:
        headings = self.layout.headings
        return [h.start for h in headings], [h.end for h in headings]

    def in_heading(self, offset: int) -> bool:
        """Whether an offset lies in the wording of a heading."""
        starts, ends = self._heading_marks
        index = bisect_right(starts, offset) - 1
        return index >= 0 and offset < ends[index]

    @cached_property
    def _planned(self) -> dict[int, int]:
        """Sentence -> offset from which it speaks of the time to come."""
        found: dict[int, int] = {}
        for start, _ in self.hits.get(names.PLANNED, ()):
            found.setdefault(self.layout.sentence_at(start), start)
        return found

    def is_planned(self, span: Span | tuple[int, int]) -> bool:
        """Whether a place speaks of the time to come: by its section or by its sentence."""
        if self.rules.roles[self.sections[self.section_at(span[0])].role].time == "planned":
            return True
        since = self._planned.get(self.layout.sentence_at(span[0]))
        return since is not None and span[1] > since

    @cached_property
    def _earlier(self) -> dict[int, int]:
        """Segment -> offset from which it speaks of years before the report year."""
        layout = self.layout
        found: dict[int, int] = {}
        for start, _ in self.hits.get(names.EARLIER, ()):
            found.setdefault(layout.segment_of_clause[layout.clause[start]], start)
        return found

    @cached_property
    def _this_year(self) -> list[int]:
        return sorted(start for start, _ in self.hits.get(builtins.REPORT_YEAR, ()))

    def is_earlier(self, span: Span | tuple[int, int]) -> bool:
        """Whether a place tells of years before the report year."""
        layout = self.layout
        since = self._earlier.get(layout.segment_of_clause[layout.clause[span[0]]])
        if since is None or span[1] <= since:
            return False
        place = bisect_right(self._this_year, span[1]) - 1
        return not (place >= 0 and self._this_year[place] > since)

    @cached_property
    def _denials(self) -> dict[int, list[tuple[int, int]]]:
        """Clause -> denials in it."""
        return self._by_clause(names.DENIAL)

    @cached_property
    def _denied_after(self) -> dict[int, list[tuple[int, int]]]:
        """Clause -> wordings that deny what stands before them."""
        return self._by_clause(names.DENIED_AFTER)

    def _by_clause(self, name: str) -> dict[int, list[tuple[int, int]]]:
        found: dict[int, list[tuple[int, int]]] = {}
        for hit in self.hits.get(name, ()):
            found.setdefault(self.layout.clause[hit[0]], []).append(hit)
        return found

    def is_denied(self, span: Span | tuple[int, int]) -> bool:
        """Whether a denial governs the place: before or inside it in a clause it touches, or behind it in its last."""
        start, end = span
        first, last = self.layout.clause[start], self.layout.clause[end - 1]
        for clause in range(first, last + 1):
            for denial in self._denials.get(clause, ()):
                inside = denial[0] >= start and denial[1] <= end
                before = denial[0] < start and start - denial[1] <= _DENIAL_REACH
                if inside or before:
                    return True
        return any(0 <= denial[0] - end <= _DENIAL_REACH for denial in self._denied_after.get(last, ()))

    @cached_property
    def _titles(self) -> tuple[list[int], list[int]]:
        spans = sorted(self.hits.get(builtins.DOCUMENT, ()))
        return [start for start, _ in spans], [end for _, end in spans]

    def is_quoted(self, span: Span | tuple[int, int]) -> bool:
        """Whether a place lies inside book-title marks."""
        starts, ends = self._titles
        index = bisect_right(starts, span[0]) - 1
        return index >= 0 and span[0] > starts[index] and span[1] < ends[index]

    def unit(self, offset: int, name: str) -> int:
        """The number of the clause, segment, sentence, paragraph, section or report at an offset."""
        layout = self.layout
        clause = layout.clause[offset]
        if name == "clause":
            return clause
        if name == "segment":
            return layout.segment_of_clause[clause]
        sentence = layout.sentence_of_clause[clause]
        if name == "sentence":
            return sentence
        if name == "paragraph":
            return layout.paragraph_of_sentence[sentence]
        if name == "section":
            return self.section_at(offset)
        return 0
