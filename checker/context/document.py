"""The document with all its context: what the judges ask of a place in the text."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from checker.context import names
from checker.context.bodies import own_body
from checker.context.facts import SignOff, YearPlace, find_sign_off
from checker.context.title import Title
from checker.context.whose import others_acts
from checker.match import builtins
from checker.match.matcher import Hit, Hits
from checker.models.document import Layout, RawReport, Section, Span, View
from checker.models.rule import Sections

_DENIAL_REACH = 24
_NO_ROLE = ""


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
    counted: dict[str, list[Hit]] = field(
        default_factory=dict, repr=False
    )  # what counts for each clue, once looked for

    @cached_property
    def _section_of_clause(self) -> array[int]:
        """Clause -> index of its section; sections begin where clauses do."""
        found = array("i")
        section, last = 0, len(self.sections) - 1
        for start in self.layout.clause_starts:
            while section < last and self.sections[section + 1].start <= start:
                section += 1
            found.append(section)
        return found

    @cached_property
    def roles(self) -> list[str]:
        """Clause -> role of its section; the date that signs the text has none."""
        roles = [self.sections[section].role for section in self._section_of_clause]
        if self.sign_off is not None:
            roles[self.layout.clause[self.sign_off.span.start]] = _NO_ROLE
        return roles

    @cached_property
    def sign_off(self) -> SignOff | None:
        """The date under the text."""
        return find_sign_off(self.view.text)

    @property
    def title_end(self) -> int:
        """Where the title ends; 0 if there is none."""
        return self.title.span.end if self.title else 0

    def section_at(self, offset: int) -> int:
        """The index of the section at an offset."""
        return self._section_of_clause[self.layout.clause[offset]]

    def role_at(self, offset: int) -> str:
        """The role of the place: a section's role, or ``title`` within the title line."""
        if self.title and self.title.span.start <= offset < self.title.span.end:
            return "title"
        return self.roles[self.layout.clause[offset]]

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
    def planned(self) -> bytearray:
        """Clause -> whether it speaks of what is to be done: by its section, behind a word of the time to come in its
        sentence, or behind one that asks others to do something, until the sentence comes back to what was done."""
        layout = self.layout
        ahead = {name for name, role in self.rules.roles.items() if role.time == "planned"}
        flags = bytearray(role in ahead for role in self.roles)
        self._flag(flags, names.PLANNED, frozenset())
        self._flag(flags, names.DEMAND, frozenset(layout.clause[hit[0]] for hit in self.hits.get(names.RESUMED, ())))
        return flags

    def _flag(self, flags: bytearray, name: str, stops: frozenset[int]) -> None:
        """Flag the clauses from each hit of a name on, to the end of its sentence or before a clause of ``stops``."""
        clauses = self.layout.sentence_of_clause
        reached = 0
        for start, _ in self.hits.get(name, ()):
            clause = first = self.layout.clause[start]
            if clause < reached:
                continue
            while (
                clause < len(flags) and clauses[clause] == clauses[first] and (clause == first or clause not in stops)
            ):
                flags[clause] = 1
                clause += 1
            reached = clause

    def is_planned(self, span: Span | tuple[int, int]) -> bool:
        """Whether a place speaks of the time to come."""
        clause = self.layout.clause
        return bool(self.planned[clause[span[0]]] or self.planned[clause[span[1] - 1]])

    @cached_property
    def earlier(self) -> bytearray:
        """Clause -> whether it tells of years before the report year: behind such a year in its segment, until the report
        year is named or meant again."""
        layout = self.layout
        flags = bytearray(len(layout.clause_starts))
        this_year = {
            layout.clause[start]
            for name in (builtins.REPORT_YEAR, names.THIS_YEAR)
            for start, _ in self.hits.get(name, ())
        }
        reached = 0
        first = [s for s, _ in self.hits.get(names.EARLIER_FIRST, ()) if s == layout.clause_starts[layout.clause[s]]]
        for start in sorted([*(start for start, _ in self.hits.get(names.EARLIER, ())), *first]):
            clause = layout.clause[start]
            if clause < reached:
                continue
            segment = layout.segment_of_clause[clause]
            while clause < len(flags) and layout.segment_of_clause[clause] == segment and clause not in this_year:
                flags[clause] = 1
                clause += 1
            reached = clause
        return flags

    def is_earlier(self, span: Span | tuple[int, int]) -> bool:
        """Whether a place tells of years before the report year."""
        return bool(self.earlier[self.layout.clause[span[0]]])

    @cached_property
    def others(self) -> bytearray:
        """Clause -> whether it tells what another body did."""
        own = own_body(self.agency, self.level, self.body, self.rules.others)
        return others_acts(self.view.text, self.layout, self.hits, own)

    def is_others(self, span: Span | tuple[int, int]) -> bool:
        """Whether a place tells what another body did."""
        clause = self.layout.clause
        return bool(self.others[clause[span[0]]] or self.others[clause[span[1] - 1]])

    @cached_property
    def _denials(self) -> tuple[Sequence[tuple[int, int]], int]:
        """The denials in order, and the length of the longest."""
        found = self.hits.get(names.DENIAL, [])
        return found, max((end - start for start, end in found), default=0)

    def is_denied(self, span: Span | tuple[int, int]) -> bool:
        """Whether a denial governs the place: before or inside it in a clause it touches, or behind it in its last."""
        start, end = span
        layout = self.layout
        denials, longest = self._denials
        low = max(layout.clause_starts[layout.clause[start]], start - _DENIAL_REACH - longest)
        for index in range(bisect_left(denials, (low, 0)), len(denials)):
            denial = denials[index]
            if denial[0] >= end:
                break
            inside = denial[0] >= start and denial[1] <= end
            before = denial[0] < start and start - denial[1] <= _DENIAL_REACH
            if inside or before:
                return True
        after = self.hits.get(names.DENIED_AFTER, [])
        index = bisect_left(after, (end, 0))
        high = min(layout.clause_span(layout.clause[end - 1]).end, end + _DENIAL_REACH + 1)
        return index < len(after) and after[index][0] < high

    @cached_property
    def _titles(self) -> tuple[list[int], list[int]]:
        spans = sorted(self.hits.get(builtins.DOCUMENT, ()))
        return [start for start, _ in spans], [end for _, end in spans]

    def is_quoted(self, span: Span | tuple[int, int]) -> bool:
        """Whether a place lies inside book-title marks."""
        starts, ends = self._titles
        index = bisect_right(starts, span[0]) - 1
        return index >= 0 and span[0] > starts[index] and span[1] < ends[index]

    def bounds(self, span: Span | tuple[int, int], name: str) -> tuple[int, int]:
        """From where to where a place's surroundings reach: the units it touches, whole."""
        layout = self.layout
        if name in ("clause", "segment"):
            low, high = layout.clause[span[0]], layout.clause[span[1] - 1]
            if name == "segment":
                units = layout.segment_of_clause
                low, high = bisect_left(units, units[low]), bisect_right(units, units[high]) - 1
            return layout.clause_starts[low], layout.clause_span(high).end
        if name == "sentence":
            first, last = layout.sentence_at(span[0]), layout.sentence_at(span[1] - 1)
            return layout.sentences[first].start, layout.sentences[last].end
        if name == "paragraph":
            first, last = (layout.paragraph_of_sentence[layout.sentence_at(o)] for o in (span[0], span[1] - 1))
            return layout.paragraphs[first].start, layout.paragraphs[last].end
        if name == "section":
            return self.sections[self.section_at(span[0])].start, self.sections[self.section_at(span[1] - 1)].end
        return 0, len(self.view.text)

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
