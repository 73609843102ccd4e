"""Points: what each element earns, what findings take off, the grade, and whether the report passes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from checker.models.result import ElementResult, Finding
from checker.models.rule import Element, RulePack, Scale


def score(
    pack: RulePack, results: Sequence[ElementResult], findings: Sequence[Finding], level: str | None, body: str | None
) -> tuple[list[ElementResult], float, str, bool]:
    """The results with their points, the score, the grade's name and whether the report passes.

    The points of all elements that apply sum to the pack's maximum.  In the coverage part only as many fields count as
    the body must show: the best ones share the part's points, the others are worth none.
    """
    scale = pack.scale
    rules = {element.id: element for element in pack.elements}
    worth = _worth(results, rules, scale, _fields_needed(scale, level, body))
    shares = {"met": 1.0, "weak": scale.weak_share}
    pointed = [
        result.model_copy(
            update={
                "points": round(value * shares.get(result.verdict, 0.0), 2),
                "max_points": round(value, 2),
            }
        )
        for result, value in zip(results, worth, strict=True)
    ]
    taken = min(sum(scale.deductions.get(finding.severity, 0) for finding in findings), scale.deductions_cap)
    earned = min(sum(result.points for result in pointed), scale.max_score)
    total = max(math.floor((earned - taken) * 10 + 1e-6) / 10, 0.0)
    grade = next((grade.name for grade in sorted(scale.grades, key=lambda g: -g.least) if total >= grade.least), "")
    lacking = [r for r in pointed if r.verdict == "missing" and r.part == "required" and not rules[r.id].may_miss]
    return pointed, total, grade, not lacking and total >= scale.pass_from


def _fields_needed(scale: Scale, level: str | None, body: str | None) -> int:
    """In how many coverage fields a body must show work to earn the coverage part in full."""
    for enough in scale.coverage:
        if (not enough.bodies or body in enough.bodies) and (not enough.levels or level in enough.levels):
            return enough.fields
    return 10


def _worth(results: Sequence[ElementResult], rules: dict[str, Element], scale: Scale, needed: int) -> list[float]:
    """What each element is worth at most; what does not apply is shared out among the rest."""
    order = {"met": 0, "weak": 1, "missing": 2}
    fields = [r for r in results if r.part == "coverage" and r.verdict != "not-applicable"]
    best = sorted(fields, key=lambda result: (order.get(result.verdict, 3), rules[result.id].order))[:needed]
    whole = sum(rules[result.id].weight for result in fields)
    weight_of_best = sum(rules[result.id].weight for result in best)
    worth = []
    for result in results:
        weight = rules[result.id].weight
        if result.verdict == "not-applicable":
            weight = 0.0
        elif result.part == "coverage":
            weight = weight * whole / weight_of_best if result in best else 0.0
        worth.append(weight)
    factor = scale.max_score / sum(worth) if sum(worth) else 0.0
    return [weight * factor for weight in worth]
