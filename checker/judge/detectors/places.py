"""What the detectors share: the hits of a rule's words, and faults told by one of the rule's tellings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from checker.context import names
from checker.context.document import Document
from checker.judge.detectors.fault import Fault
from checker.match.matcher import Hit
from checker.models.result import Severity
from checker.models.rule import FindingRule

_LONGEST_WORD = 120


def words(document: Document, rule: FindingRule, name: str) -> Sequence[Hit]:
    """The hits of a class of words of the rule, in order; none for a class that the rule does not list."""
    return document.hits.get(names.word(rule.id, name), [])


def told_year(document: Document) -> int | None:
    """The report year where the text tells it; one merely guessed from the years it mentions proves no fault."""
    signed = document.sign_off
    told = document.title is not None or any(not document.is_planned(place.span) for place in document.year_places)
    filed = signed is not None and signed.year - 1 == document.year  # as reports are: in the year after
    return document.year if told or filed else None


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of overlapping hits the first and longest, in the order of the text."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h[0], -h[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def within(hits: Sequence[Hit], start: int, end: int) -> list[Hit]:
    """The hits that lie wholly in a stretch."""
    found = hits[bisect_left(hits, (start, 0)) : bisect_left(hits, (end, 0))]
    return [hit for hit in found if hit[1] <= end]


def first_within(hits: Sequence[Hit], start: int, end: int) -> Hit | None:
    """The first hit that lies wholly in a stretch."""
    return next(iter(within(hits, start, end)), None)


def overlaps(hits: Sequence[Hit], start: int, end: int) -> bool:
    """Whether a hit touches a stretch."""
    index = bisect_left(hits, (max(0, start - _LONGEST_WORD), 0))
    while index < len(hits) and hits[index][0] < end:
        if hits[index][1] > start:
            return True
        index += 1
    return False


def starts_at(hits: Sequence[Hit], offset: int) -> bool:
    """Whether a hit begins at an offset."""
    index = bisect_left(hits, (offset, 0))
    return index < len(hits) and hits[index][0] == offset


def tell(
    document: Document,
    rule: FindingRule,
    telling: str,
    span: Hit,
    *,
    fixed: str | None = None,
    severity: Severity | None = None,
    values: dict[str, str] | None = None,
) -> Fault:
    """A fault at a view span, in the words of one of the rule's tellings; the rule's own words where it has none."""
    start, end = document.view.to_source(*span)
    told = rule.tellings.get(telling)
    return Fault(
        start,
        end,
        message=told.message if told else None,
        advice=told.advice if told else None,
        fixed=fixed,
        severity=severity or (told.severity if told else None),
        values=values or {},
    )
