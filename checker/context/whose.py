"""Whose acts the clauses tell: those at whose head another body than the report's own is named as the one that acts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from checker.context import names
from checker.context.bodies import OwnBody
from checker.match import builtins
from checker.match.matcher import Hit, Hits
from checker.models.document import Layout

_TITLE = "《"
_ADDRESSES = ":"  # ends the line that names whom a report is handed to
_LONGEST_PLACE = 6  # characters of a place's name before its rank
_ACT_REACH = 12  # characters behind a name within which the verb stands that makes it an agent or a source
_OUTSIDER_REACH = 16  # characters from a clause's head within which an outsider is its subject
_GOES_ON = 2  # characters behind a name by which a longer one is known: a branch bears its bureau's name


def others_acts(text: str, layout: Layout, hits: Hits, own: OwnBody | None) -> bytearray:
    """Clause -> whether it tells of another body's act: from the clause that names the body at its head to the end of
    its segment, or until the own body is named."""
    flags = bytearray(len(layout.clause_starts))
    if own is not None:
        _Reader(text, layout, hits, own).flag(flags)
    return flags


class _Reader:
    """Reads whose act each clause of a text tells."""

    def __init__(self, text: str, layout: Layout, hits: Hits, own: OwnBody) -> None:
        self._text, self._layout, self._own, self._rules = text, layout, own, own.rules
        self._bodies = _shortest(hit for hit in hits.get(names.BODY, ()) if self._is_name(*hit))
        self._starts = {start for start, _ in self._bodies}
        self._elsewhere = {start for start, _ in hits.get(names.ELSEWHERE, ())}
        self._outsiders = hits.get(names.OUTSIDER, ())
        self._answering = {layout.clause[start] for start, _ in hits.get(names.ANSWERS, ())}
        named = {end - 1 for _, end in self._bodies}  # where another body's name ends, its own parts may be named
        parts = (start for start, _ in hits.get(names.OWN_PART, ()) if text[start] in own.name)
        ours = [*(start for start, _ in hits.get(names.OWN, ())), *parts]
        self._ours = {layout.clause[start] for start in ours if start not in named}
        self._times = dict(hits.get(builtins.YEAR, ())) | dict(hits.get(builtins.DATE, ()))

    def _is_name(self, start: int, end: int) -> bool:
        """Whether what looks like a body's name is one."""
        rules, name = self._rules, self._text[start:end]
        before = self._text[start - 1 : start]
        starts_with = self._text.startswith
        framed = starts_with(tuple(rules.no_before), start - 1) or starts_with(tuple(rules.no_behind), end)
        if framed or (name.startswith(tuple(rules.no_start)) and before not in rules.signs):
            return False
        return not set(name) & set(rules.no_name) and not name.endswith(tuple(rules.no_ending))

    def flag(self, flags: bytearray) -> None:
        """Flag the clauses that tell of others' acts."""
        layout = self._layout
        heads = {*(start for start, _ in (*self._bodies, *self._outsiders)), *self._elsewhere}
        reached = 0
        for clause in sorted({layout.clause[start] for start in heads}):
            if clause < reached or not self._is_others(clause):
                continue
            flags[clause] = 1
            reached = clause + 1 if self._is_circumstance(clause) else self._flag_on(flags, clause)

    def _flag_on(self, flags: bytearray, clause: int) -> int:
        """Flag what goes on about the body that a clause names; the first clause that does not is returned."""
        layout, last = self._layout, len(flags)
        segment = layout.segment_of_clause[clause]
        clause += 1
        while clause < last:
            if layout.segment_of_clause[clause] != segment:
                if not self._text.startswith(tuple(self._rules.continues), layout.clause_starts[clause]):
                    break
                segment = layout.segment_of_clause[clause]
            if self._names_own(clause):
                break
            flags[clause] = 1
            clause += 1
        return clause

    def _is_others(self, clause: int) -> bool:
        """Whether another body is the subject of a clause, or its agent or source, and the own one has no part."""
        start, end = self._layout.clause_span(clause)
        if self._text[end - 1] == _ADDRESSES or self._names_own(clause):
            return False
        head = self._head(start, end)
        behind_agent = head + self._length_of(self._rules.agents, head)
        if behind_agent in self._elsewhere:
            return True
        if self._outsider_acts(head, end):
            return True
        for lead, acts in (
            ((), ()),
            (self._rules.agents, self._rules.agent_acts),
            (self._rules.sources, self._rules.source_acts),
        ):
            size = self._length_of(lead, head)
            if bool(size) is bool(lead) and self._body_acts(head + size, end, acts):
                return True
        return False

    def _body_acts(self, head: int, end: int, acts: Sequence[str]) -> bool:
        """Whether a body that is not the own one is named at a clause's head, before one of the verbs if any are
        given."""
        bodies = self._bodies_in(head, end)
        if not bodies or not self._is_place(self._text[head : bodies[0][0]]):
            return False
        first = bodies[0][1]
        if self._is_own(bodies[0], head):
            return False
        if not acts and (self._is_attribute(first) or self._watches_us(bodies, end)):
            return False
        behind = self._text[first : min(end, first + _ACT_REACH)]
        return not acts or any(act in behind for act in acts)

    def _is_attribute(self, end: int) -> bool:
        """Whether a name that ends here only qualifies what stands behind it."""
        behind = self._text[end : end + _ACT_REACH]
        return behind.startswith(tuple(self._rules.follows)) or any(word in behind for word in self._rules.lends)

    def _watches_us(self, bodies: Sequence[Hit], end: int) -> bool:
        """Whether bodies named side by side watch over somebody, and nobody else is named: then it is the own body."""
        listed = next((n for n in range(1, len(bodies)) if bodies[n][0] - bodies[n - 1][1] > 1), len(bodies))
        behind = self._text[bodies[0][1] : end]
        watches = any(word in behind for word in self._rules.supervises)
        return watches and listed == len(bodies) and self._layout.clause[bodies[0][0]] not in self._answering

    def _is_place(self, before: str) -> bool:
        """Whether what stands before a body's rank is the name of a place, or nothing."""
        if not before or before in self._own.name:
            return True
        return len(before) <= _LONGEST_PLACE and before.isalpha() and not set(before) & set(self._rules.no_place)

    def _outsider_acts(self, head: int, end: int) -> bool:
        place = bisect_left(self._outsiders, (head, 0))
        if place == len(self._outsiders):
            return False
        start = self._outsiders[place][0]
        before = self._text[head:start]
        near = start < end and start - head <= _OUTSIDER_REACH
        return near and not any(word in before for word in self._rules.urges)

    def _names_own(self, clause: int) -> bool:
        """Whether a clause names the own body."""
        if clause in self._ours:
            return True
        start, end = self._layout.clause_span(clause)
        head = self._head(start, end)
        if self._text.startswith(tuple(self._rules.own_first), head):
            return True
        if self._text.find(self._own.called, head, end) >= 0:
            return True
        office = self._own.office
        if office and any(self._text.find(joint + office, head, end) >= 0 for joint in self._rules.joins):
            return True
        if any(self._names_place(place, head, end) for place in self._own.known_by if place != self._own.sign):
            return True
        return any(self._is_own(body, head) for body in self._bodies_in(head, end))

    def _names_place(self, place: str, head: int, end: int) -> bool:
        """Whether the own place is named behind a clause's head, not in a paper's title or another body's name."""
        at = self._text.find(place, head + 1, end)
        return at >= 0 and self._text[at - 1] != _TITLE and at + len(place) - 1 not in self._starts

    def _is_own(self, body: Hit, head: int) -> bool:
        """Whether a body is the own one, also where its name goes on as the own one does: a branch of a bureau."""
        start = head if self._is_place(self._text[head : body[0]]) else body[0]
        goes_on = self._text[body[0] : body[1] + _GOES_ON]
        return goes_on in self._own.name or self._own.owns(self._text[start : body[1]])

    def _bodies_in(self, start: int, end: int) -> Sequence[Hit]:
        return self._bodies[bisect_left(self._bodies, (start, 0)) : bisect_left(self._bodies, (end, 0))]

    def _head(self, start: int, end: int) -> int:
        """Where a clause's own words begin, behind a mark, a time and the like."""
        while start < end:
            size = self._length_of(self._rules.leads, start)
            behind = self._times.get(start, start + size)
            if behind == start:
                break
            start = behind
        return start

    def _length_of(self, words: Sequence[str], start: int) -> int:
        """The length of the longest of some words that stands at a place; 0: none does."""
        return max((len(word) for word in words if self._text.startswith(word, start)), default=0)

    def _is_circumstance(self, clause: int) -> bool:
        start, end = self._layout.clause_span(clause)
        if any(word in self._text[start:end] for word in self._rules.passes_down):
            return True
        return self._text[start:end].rstrip(",。;:!? \n").endswith(tuple(self._rules.circumstance))


def _shortest(hits: Iterable[Hit]) -> list[Hit]:
    """Of the hits that begin at one place the shortest."""
    shortest: dict[int, int] = {}
    for start, end in hits:
        shortest[start] = min(end, shortest.get(start, end))
    return sorted(shortest.items())
