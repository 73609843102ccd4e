"""The rules of a pack as results carry them: for readers who ask what a rule asks, and on what basis."""

from __future__ import annotations

import re

from checker.models.result import RuleInfo
from checker.models.rule import Element, FindingRule, RulePack

_BLANK = re.compile(r"\{[a-z-]+\}")  # what a report fills in: {year}, {fixed} ...


def describe(pack: RulePack) -> list[RuleInfo]:
    """Every rule of a pack, elements first, in the order in which results list them."""
    return [*map(_element, pack.elements), *map(_finding, pack.findings)]


def _element(rule: Element) -> RuleInfo:
    return RuleInfo(
        id=rule.id,
        kind="element",
        title=rule.title,
        basis=rule.basis,
        advice=_BLANK.sub("……", rule.advice),
        part=rule.part,
        weight=rule.weight,
        may_miss=rule.may_miss,
        model=_BLANK.sub("……", rule.model),
    )


def _finding(rule: FindingRule) -> RuleInfo:
    return RuleInfo(
        id=rule.id,
        kind="finding",
        title=rule.title,
        basis=rule.basis,
        advice=_BLANK.sub("……", rule.advice),
        severity=rule.severity,
    )
