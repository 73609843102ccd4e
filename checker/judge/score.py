"""Points: what each element earns, what findings take off, the grade, and whether the report passes."""

from __future__ import annotations

from collections.abc import Sequence

from checker.models.result import ElementResult, Finding
from checker.models.rule import Element, RulePack, Scale


def score(
    pack: RulePack, results: Sequence[ElementResult], findings: Sequence[Finding], level: str | None, body: str | None
) -> tuple[list[ElementResult], float, str, bool]:
    """The results with their points, the score, the grade's name and whether the report passes.

    The coverage part is earned in full at a number of fields that depends on the body; elements that are not
    applicable leave the denominator.
    """
    scale = pack.scale
    rules = {element.id: element for element in pack.elements}
    pointed = _points(results, rules, scale, _fields_needed(scale, level, body))
    asked = sum(result.max_points for result in pointed)
    earned = sum(result.points for result in pointed)
    share = earned / asked * scale.max_score if asked else 0.0
    taken = min(sum(scale.deductions.get(finding.severity, 0) for finding in findings), scale.deductions_cap)
    total = round(max(share - taken, 0.0), 1)
    grade = next((grade.name for grade in sorted(scale.grades, key=lambda g: -g.least) if total >= grade.least), "")
    lacking = [r for r in pointed if r.verdict == "missing" and r.part == "required" and not rules[r.id].may_miss]
    return pointed, total, grade, not lacking and total >= scale.pass_from


def _fields_needed(scale: Scale, level: str | None, body: str | None) -> int:
    """In how many coverage fields a body must show work to earn the coverage part in full."""
    for enough in scale.coverage:
        if (not enough.bodies or body in enough.bodies) and (not enough.levels or level in enough.levels):
            return enough.fields
    return 10


def _points(
    results: Sequence[ElementResult], rules: dict[str, Element], scale: Scale, needed: int
) -> list[ElementResult]:
    shares = {"met": 1.0, "weak": scale.weak_share}
    coverage = [result for result in results if result.part == "coverage" and result.verdict != "not-applicable"]
    whole = sum(result.max_points for result in coverage)
    earned = sum(shares.get(result.verdict, 0.0) for result in coverage)
    factor = len(coverage) / min(needed, len(coverage)) if coverage else 1.0
    if earned * factor > len(coverage):
        factor = len(coverage) / earned
    pointed = []
    left = whole
    for result in results:
        points = result.max_points * shares.get(result.verdict, 0.0)
        if result.part == "coverage":
            points = min(round(points * factor, 2), left)
            left -= points
        pointed.append(result.model_copy(update={"points": round(points, 2)}))
    return pointed
