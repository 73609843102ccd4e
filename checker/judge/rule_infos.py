"""The rules of a pack as results carry them: for readers who ask what a rule asks, and on what basis."""

from __future__ import annotations

import re
from typing import Any

from checker.models.result import RuleInfo
from checker.models.rule import Element, FindingRule, RulePack

_BLANK = re.compile(r"\{[a-z-]+\}")  # what a report fills in: {year}, {fixed} ...


def describe(pack: RulePack) -> list[RuleInfo]:
    """Every rule of a pack, elements first, in the order in which results list them."""
    return [*(_element(rule, pack) for rule in pack.elements), *(_finding(rule, pack) for rule in pack.findings)]


def _element(rule: Element, pack: RulePack) -> RuleInfo:
    part = pack.parts[rule.part]
    return RuleInfo.model_construct(
        kind="element", part=rule.part, part_title=part.title, must=part.must, weight=rule.weight,
        may_miss=rule.may_miss, model=_BLANK.sub("……", rule.model), **_common(rule, pack),
    )  # fmt: skip


def _finding(rule: FindingRule, pack: RulePack) -> RuleInfo:
    return RuleInfo.model_construct(kind="finding", severity=rule.severity, **_common(rule, pack))


def _common(rule: Element | FindingRule, pack: RulePack) -> dict[str, Any]:
    """What is told of every rule."""
    advice = _BLANK.sub("……", rule.advice)
    return {"pack": pack.id, "id": rule.id, "title": rule.title, "basis": rule.basis, "advice": advice}
