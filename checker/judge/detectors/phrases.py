"""Set wordings written wrongly: the corrections that a rule lists."""

from __future__ import annotations

from checker.context import names
from checker.context.document import Document
from checker.judge.clues import Neighbours
from checker.judge.detectors.fault import Fault
from checker.judge.elements import year_matches
from checker.match.matcher import Hit
from checker.models.rule import Correction, FindingRule, RulePack
from checker.structure.view import squeeze


def detect(document: Document, rule: FindingRule, pack: RulePack) -> list[Fault]:
    """A fault at each hit of a correction that its conditions let stand."""
    faults = []
    for index, correction in enumerate(rule.corrections):
        owner = names.clue(rule.id, str(index))
        hits = document.hits.get(owner)
        if not hits or not _in_force(correction, document.year):
            continue
        neighbours = Neighbours(document, owner, correction.near, correction.not_near)
        for hit in hits:
            if not correction.quoted and document.is_quoted(hit):
                continue
            if neighbours.hold(hit):
                faults.append(_fault(document, correction, hit))
    return faults


def _in_force(correction: Correction, year: int | None) -> bool:
    """Whether a correction holds for reports on this year; one bound to years needs a report year."""
    if correction.years is None:
        return True
    return year is not None and year_matches(correction.years, year)


def _fault(document: Document, correction: Correction, hit: Hit) -> Fault:
    span = document.view.to_source(*hit)
    fixed = correction.right or _swapped(document, correction.swap, hit)
    return Fault(
        span.start,
        span.end,
        message=correction.say,
        advice=correction.advise,
        fixed=fixed,
        severity=correction.severity,
    )


def _swapped(document: Document, swap: dict[str, str], hit: Hit) -> str | None:
    """The source slice with the wrong wordings replaced, quotes and line breaks around them left as they are."""
    found: list[tuple[int, int, str]] = []
    for wrong, right in swap.items():
        wording = squeeze(wrong)
        place = document.view.text.find(wording, *hit)
        while place >= 0:
            found.append((*document.view.to_source(place, place + len(wording)), right))
            place = document.view.text.find(wording, place + len(wording), hit[1])
    if not found:
        return None
    start, end = document.view.to_source(*hit)
    pieces: list[str] = []
    for first, last, right in sorted(found, key=lambda change: (change[0], -change[1])):
        if first >= start:
            pieces += [document.report.text[start:first], right]
            start = last
    return "".join([*pieces, document.report.text[start:end]])
