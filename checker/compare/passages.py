"""Cuts a report into the items it lists: shortcomings, plan items, and what is told of the year's work."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from checker.context import names
from checker.context.document import Document
from checker.context.roles import in_heading
from checker.judge import clues
from checker.match import builtins
from checker.models.document import Heading, Span
from checker.models.rule import Items, RulePack

_LEAD_IN = 10  # characters before the first of several items: 下一步，我局将
_LABEL = 14  # characters of a short heading
_STOPS = ",。;:!?"
_DATED = re.compile(rf"{builtins.YEAR_FORM}年.{{1,3}}月.{{1,3}}日\)?\Z")  # how a signature ends


@dataclass(frozen=True)
class Unit:
    """Clauses of one segment with one role; ``opens``: it begins an item of a list; ``heading``: it is a heading of its
    own, ``label``: one that names its part of the report and nothing else."""

    span: Span
    role: str
    opens: bool
    heading: bool
    label: bool
    paragraph: int
    clauses: range


def units(document: Document, roles: Collection[str] | None = None) -> list[Unit]:
    """The report behind its title, cut at segments and where the role changes; only parts with the roles, if given."""
    layout = document.layout
    openers = {start for start, _ in document.hits.get(names.OPENER, ())}
    headings = {heading.start: heading for heading in layout.headings if heading.level or not heading.run_in}
    found = []
    body = document.title_end
    for section in document.sections:
        if roles is not None and section.role not in roles:
            continue
        first = bisect_left(layout.clause_starts, max(body, section.start))
        stop = bisect_left(layout.clause_starts, section.end)
        while first < stop:
            last = first + 1
            while last < stop and layout.segment_of_clause[first] == layout.segment_of_clause[last]:
                last += 1
            unit = _unit(document, range(first, last), headings, openers)
            if document.view.text[unit.span.start : unit.span.end].strip("\n"):
                found.append(unit)
            first = last
    return found


def _unit(document: Document, clauses: range, headings: dict[int, Heading], openers: set[int]) -> Unit:
    layout = document.layout
    span = Span(layout.clause_starts[clauses.start], layout.clause_span(clauses.stop - 1).end)
    heading = headings.get(span.start)
    alone = heading is not None and heading.end >= span.end - 1
    names_part = heading is not None and _is_label(document, heading)
    opens = (heading is not None and heading.level > 0 and (alone or not names_part)) or span.start in openers
    paragraph = layout.paragraph_of_sentence[layout.sentence_of_clause[clauses.start]]
    return Unit(span, document.roles[clauses.start], opens, alone, alone and names_part, paragraph, clauses)


def _is_label(document: Document, heading: Heading) -> bool:
    """Whether a heading names its part of the report: worded as such parts are called, and of the first level or a short
    line of its own."""
    text = document.view.text
    short = text[heading.end : heading.end + 1] in ("\n", "") and heading.end - heading.mark_end <= _LABEL
    if heading.level > 1 and not short:
        return False
    return (
        in_heading(heading, document.hits, document.role_at(heading.start), heading.end, document.view.text) is not None
    )


@dataclass(frozen=True)
class Passage:
    """An item: its span without the marks around it, its clauses, its role; whether a mark of a list opens it, and
    whether it is nothing but a line without marks, such as a signature."""

    span: Span
    role: str
    clauses: range
    listed: bool
    bare: bool


def items(document: Document, pack: RulePack, rule: Items, cut: Sequence[Unit]) -> list[Passage]:
    """The items of the parts a rule names: those that a mark opens, and those that hold one of its clues.

    An item begins at a heading, an opener (一是) or, where neither is, with each segment; what follows an opener belongs
    to it up to the next one.
    """
    roles = clues.roles_of(rule.within_roles, document)
    element = next((element for element in pack.elements if element.id == rule.element), None)
    if element is None:
        return []
    hits = {name: clues.find(document, names.clue(element.id, name), element.clues[name]) for name in rule.clues}
    clause_of = document.layout.clause
    telling = {clause_of[hit[0]] for found in hits.values() for hit in found}
    telling |= {
        clause_of[hit[0]]
        for hit in document.hits.get(names.also(element.id), ())
        if roles is None or document.role_at(hit[0]) in roles
    }
    own = {clause_of[hit[0]] for name in rule.own_items for hit in hits.get(name, ())}
    first = {clause_of[hit[0]] for found in hits.values() for hit in found if _begins_clause(document, hit[0])}
    wanted = [
        unit
        for unit, behind in zip_longest(cut, cut[1:])
        if not (unit.label or (behind and behind.opens and _announces(document, unit)))
        and (roles is None or unit.role in roles or _tells(unit, telling))
    ]
    passages = [passage for group in _groups(wanted) for passage in _pieces(document, group, own, first)]
    return [
        passage
        for passage in passages
        if passage.listed
        or (rule.every and passage.role in (roles or ()) and not passage.bare)
        or any(clause in telling for clause in passage.clauses)
    ]


def _announces(document: Document, unit: Unit) -> bool:
    """Whether a unit only says that a list follows (主要表现在：)."""
    return document.view.text[unit.span.start : unit.span.end].endswith(":")


def _tells(unit: Unit, telling: set[int]) -> bool:
    return any(clause in telling for clause in unit.clauses)


def _groups(wanted: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Units that make one item."""
    group: list[Unit] = []
    for unit in wanted:
        if group and not _goes_on(group, unit):
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def _goes_on(group: list[Unit], unit: Unit) -> bool:
    """Whether a unit carries on the item: nothing new opens, and the item was opened by a mark."""
    if unit.opens or unit.role != group[0].role or unit.clauses.start != group[-1].clauses.stop:
        return False
    if unit.paragraph != group[-1].paragraph:
        return group[-1].heading
    return group[0].opens or group[0].heading


def _begins_clause(document: Document, offset: int) -> bool:
    return offset - document.layout.clause_starts[document.layout.clause[offset]] <= 1


def _pieces(document: Document, group: list[Unit], own: set[int], first_words: set[int]) -> Iterator[Passage]:
    """The group as one passage, or cut before each clause that makes an item of its own: by its clue, or where all
    clauses behind the first begin alike (公布……，健全……，设立……)."""
    layout = document.layout
    start, stop = group[0].clauses.start, group[-1].clauses.stop
    start = _behind_announcement(document, group[0], start, stop)
    alike = stop - start > 2 and all(clause in first_words | own for clause in range(start + 1, stop))
    cuts = [clause for clause in range(start, stop) if clause in own or (alike and clause in first_words)]
    if group[0].opens or len(cuts) < 2:
        cuts = []
    if cuts and layout.clause_starts[cuts[0]] - layout.clause_starts[start] < _LEAD_IN:
        cuts[0] = start
    elif start not in cuts:
        cuts.insert(0, start)
    for first, last in zip(cuts, [*cuts[1:], stop], strict=True):
        span = trimmed(document, Span(layout.clause_starts[first], layout.clause_span(last - 1).end))
        if span.end > span.start:
            listed = group[0].opens and first == start
            bare = not any(mark in document.view.text[span.start : span.end + 1] for mark in _STOPS)
            if not (bare and _DATED.search(document.view.text, span.start, span.end)):
                yield Passage(span, group[0].role, range(first, last), listed, bare)


def _behind_announcement(document: Document, unit: Unit, start: int, stop: int) -> int:
    """The first clause of an item behind words that only announce it (主要表现为：)."""
    text, layout = document.view.text, document.layout
    if unit.opens:
        return start
    ends = (clause for clause in range(start, stop - 1) if text[layout.clause_span(clause).end - 1] == ":")
    return next(ends, start - 1) + 1


def trimmed(document: Document, span: Span) -> Span:
    """A span without the marks and line ends around it, nor the mark of a heading."""
    text, (start, end) = document.view.text, span
    headings = document.layout.headings
    index = bisect_left(headings, start, key=lambda heading: heading.start)
    if index < len(headings) and headings[index].start == start and headings[index].mark_end < end:
        start = headings[index].mark_end
    while start < end and text[start] in "\n,;。:":
        start += 1
    while end > start and text[end - 1] in "\n,;。:":
        end -= 1
    return Span(start, end)
