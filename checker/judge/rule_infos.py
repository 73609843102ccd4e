"""The rules of a pack as results carry them: for readers who ask what a rule asks, and on what basis."""

from __future__ import annotations

import re

from checker.models.result import RuleInfo
from checker.models.rule import Element, FindingRule, RulePack

_BLANK = re.compile(r"\{[a-z-]+\}")  # what a report fills in: {year}, {fixed} ...


def describe(pack: RulePack) -> list[RuleInfo]:
    """Every rule of a pack, elements first, in the order in which results list them."""
    return [*(_element(rule, pack) for rule in pack.elements), *(_finding(rule, pack) for rule in pack.findings)]


def _element(rule: Element, pack: RulePack) -> RuleInfo:
    return RuleInfo(
        pack=pack.id,
        id=rule.id,
        kind="element",
        title=rule.title,
        basis=rule.basis,
        advice=_BLANK.sub("……", rule.advice),
        part=rule.part,
        part_title=pack.parts[rule.part].title,
        must=pack.parts[rule.part].must,
        weight=rule.weight,
        may_miss=rule.may_miss,
        model=_BLANK.sub("……", rule.model),
    )


def _finding(rule: FindingRule, pack: RulePack) -> RuleInfo:
    return RuleInfo(
        pack=pack.id,
        id=rule.id,
        kind="finding",
        title=rule.title,
        basis=rule.basis,
        advice=_BLANK.sub("……", rule.advice),
        severity=rule.severity,
    )
