"""Points: what each element earns, what findings take off, the grade, and whether the report passes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from checker.models.result import ElementResult, Finding
from checker.models.rule import Element, RulePack, Scale


class Scored(NamedTuple):
    """The results with their points, and what comes of them."""

    results: list[ElementResult]
    total: float
    deducted: float
    grade: str
    fail_reason: str | None


def score(
    pack: RulePack, results: Sequence[ElementResult], findings: Sequence[Finding], level: str | None, body: str | None
) -> Scored:
    """Points, score, grade, and why the report does not pass, if so.

    The points of all elements that apply sum to the pack's maximum.  In a part of which the best count, only as many
    fields do as the body must show: the best ones share the part's points, the others are worth none.
    """
    scale = pack.scale
    rules = {element.id: element for element in pack.elements}
    worth = _worth(results, rules, pack, _fields_needed(scale, level, body))
    shares = {"met": 1.0, "weak": scale.weak_share}
    pointed = [
        result.model_copy(
            update={
                "points": _round(value * shares.get(result.verdict, 0.0)),
                "max_points": value,
                "part_title": pack.parts[result.part].title,
            },
        )
        for result, value in zip(results, _whole_cents(worth), strict=True)
    ]
    deducted = min(sum(scale.deductions.get(finding.severity, 0) for finding in findings), scale.deductions_cap)
    earned = sum(result.points for result in pointed)
    total = max(math.floor((earned - deducted) * 10 + 1e-6) / 10, 0.0)
    grade = next((grade.name for grade in sorted(scale.grades, key=lambda g: -g.least) if total >= grade.least), "")
    lacking = [
        r.title for r in pointed if r.verdict == "missing" and pack.parts[r.part].must and not rules[r.id].may_miss
    ]
    reason = f"缺少必备内容：{'、'.join(lacking)}" if lacking else None
    if reason is None and total < scale.pass_from:
        reason = f"得分低于 {scale.pass_from:g} 分"
    return Scored(pointed, total, deducted, grade, reason)


def _round(points: float) -> float:
    return math.floor(points * 100 + 0.5) / 100


def _whole_cents(worth: Sequence[float]) -> list[float]:
    """The values to two decimals, the same sum kept: what rounding leaves over goes to the first values."""
    cents = [math.floor(value * 100 + 1e-6) for value in worth]
    spare = round(sum(worth) * 100) - sum(cents)
    order = sorted(range(len(worth)), key=lambda i: cents[i] - worth[i] * 100)
    for index in order[:spare]:
        cents[index] += 1
    return [cent / 100 for cent in cents]


def _fields_needed(scale: Scale, level: str | None, body: str | None) -> int | None:
    """In how many coverage fields a body must show work to earn the coverage part in full; ``None``: in all."""
    for enough in scale.coverage:
        if (not enough.bodies or body in enough.bodies) and (not enough.levels or level in enough.levels):
            return enough.fields
    return None


def _worth(
    results: Sequence[ElementResult], rules: dict[str, Element], pack: RulePack, needed: int | None
) -> list[float]:
    """What each element is worth at most; what does not apply is shared out among the rest."""
    shares: dict[str, float] = {}
    for part in (name for name, rule in pack.parts.items() if rule.best):
        shares.update(_best_shares([r for r in results if r.part == part], rules, needed))
    worth = [
        0.0
        if r.verdict == "not-applicable"
        else shares.get(r.id, 0.0)
        if pack.parts[r.part].best
        else rules[r.id].weight
        for r in results
    ]
    factor = pack.scale.max_score / sum(worth) if sum(worth) else 0.0
    return [weight * factor for weight in worth]


def _best_shares(results: Sequence[ElementResult], rules: dict[str, Element], needed: int | None) -> dict[str, float]:
    """What the best fields of a part are worth: its whole weight, shared out among as many as are needed."""
    order = {"met": 0, "weak": 1, "missing": 2}
    fields = [result for result in results if result.verdict != "not-applicable"]
    best = sorted(fields, key=lambda result: (order.get(result.verdict, 3), rules[result.id].order))[:needed]
    whole = sum(rules[result.id].weight for result in fields)
    weight_of_best = sum(rules[result.id].weight for result in best)
    return {result.id: rules[result.id].weight * whole / weight_of_best for result in best if weight_of_best}
