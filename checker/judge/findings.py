"""Findings: every rule's detector is run, what it finds is told in words, duplicates fall away."""

from __future__ import annotations

from checker.context.document import Document
from checker.judge.detectors import DETECTORS
from checker.judge.detectors.fault import Fault
from checker.judge.elements import year_matches
from checker.judge.fingerprints import add_fingerprints
from checker.models.result import Finding
from checker.models.rule import FindingRule, RulePack


def find_all(document: Document, pack: RulePack) -> tuple[list[Finding], list[str]]:
    """All findings in the order of the text, and the rules that failed: one rule's fault does not stop the others."""
    findings: list[Finding] = []
    failed = []
    for rule in pack.findings:
        try:
            findings += find_rule(document, rule, pack)
        except Exception as error:
            failed.append(f"{rule.id}（{type(error).__name__}）")
    findings.sort(key=lambda finding: (finding.start, finding.end, finding.id))
    add_fingerprints(findings, document.report.text)
    return findings, failed


def find_sensitive(document: Document, pack: RulePack) -> list[Finding]:
    """The findings whose words are not for display, in the order of the text: all that is needed to hide them."""
    rules = [rule for rule in pack.findings if rule.sensitive]
    return find_all(document, pack.model_copy(update={"findings": rules}))[0]


def find_rule(document: Document, rule: FindingRule, pack: RulePack) -> list[Finding]:
    """The findings of one rule in the order of the text."""
    if rule.applies.years and document.year is not None and not year_matches(rule.applies.years, document.year):
        return []
    faults = DETECTORS[rule.detect](document, rule, pack)
    return [_told(document, rule, fault) for fault in _distinct(faults)]


def _distinct(faults: list[Fault]) -> list[Fault]:
    """One of overlapping faults of a kind: the first, longest."""
    kept: list[Fault] = []
    for fault in sorted(faults, key=lambda f: (f.start, -f.end)):
        if not kept or fault.start >= kept[-1].end:
            kept.append(fault)
    return kept


def _told(document: Document, rule: FindingRule, fault: Fault) -> Finding:
    line, column = document.report.place(fault.start)
    text = document.report.text[fault.start : fault.end]
    values = {"text": " ".join(text.split()), "fixed": fault.fixed or "", **fault.values}
    advice = fault.advice or rule.advice
    return Finding.model_construct(
        id=rule.id,
        severity=fault.severity or rule.severity,
        message=(fault.message or rule.message).format_map(_Blank(values)),
        advice=advice.format_map(_Blank(values)) if advice else None,
        start=fault.start,
        end=fault.end,
        line=line,
        column=column,
        text=text,
        fixed=fault.fixed,
        sensitive=rule.sensitive,
        origin=document.report.origin(fault.start),
    )


class _Blank(dict[str, str]):
    """Values of a message; an unknown one stays as it was written."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
