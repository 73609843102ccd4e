"""Set wordings written wrongly: the corrections that a rule lists."""

from __future__ import annotations

from checker.context import names
from checker.context.document import Document
from checker.judge.clues import neighbours_hold
from checker.judge.detectors.fault import Fault
from checker.judge.elements import year_matches
from checker.models.rule import Correction, FindingRule, RulePack


def detect(document: Document, rule: FindingRule, pack: RulePack) -> list[Fault]:
    """A fault at each hit of a correction that its conditions let stand."""
    faults = []
    for index, correction in enumerate(rule.corrections):
        if correction.years and document.year is not None and not year_matches(correction.years, document.year):
            continue
        owner = names.clue(rule.id, str(index))
        for hit in document.hits.get(owner, ()):
            if not correction.quoted and document.is_quoted(hit):
                continue
            if neighbours_hold(document, owner, hit, correction.near, correction.not_near):
                faults.append(_fault(document, correction, hit))
    return faults


def _fault(document: Document, correction: Correction, hit: tuple[int, int]) -> Fault:
    span = document.view.to_source(*hit)
    source = document.report.text[span.start : span.end]
    fixed = correction.right
    if correction.swap:
        fixed = source
        for wrong, right in correction.swap.items():
            fixed = fixed.replace(wrong, right)
        fixed = fixed if fixed != source else None
    return Fault(span.start, span.end, message=correction.say, fixed=fixed, severity=correction.severity)
