"""Runs the cases that stand beside each rule: the texts that must give a verdict or a finding, and the look-alikes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checker.compiled import CompiledPack
from checker.compiling import compile_pack
from checker.engine import read_document
from checker.judge.elements import judge_element
from checker.judge.findings import find_rule
from checker.models.document import RawReport
from checker.models.rule import Case, Element, FindingRule
from checker.packs import case_files, load_pack, tested_with

OPEN, CLOSE = "⟦", "⟧"
DEFAULT_YEAR = 2024


@dataclass(frozen=True)
class CaseResult:
    """How one case came out: ``problem`` is ``None`` where it holds; ``todo`` tells a known gap."""

    rule: str
    name: str
    problem: str | None
    todo: str | None
    path: Path


def run_cases(pack: str | Path) -> Iterator[CaseResult]:
    """All cases of a pack's own rules, and of those it has from abstract packs, unless it switched them off.

    Raises ``PackError`` for a faulty pack or case file.
    """
    compiled = compile_pack(load_pack(pack))
    rules: dict[str, Element | FindingRule] = {rule.id: rule for rule in compiled.pack.elements}
    rules.update({rule.id: rule for rule in compiled.pack.findings})
    own, *inherited = tested_with(pack)
    for folder in (own, *inherited):
        for path, file in case_files(folder):
            rule = rules.get(file.rule)
            if rule is None and folder != own:
                continue
            for case in file.cases:
                problem = f"没有名为“{file.rule}”的规则" if rule is None else run_case(compiled, rule, case)
                yield CaseResult(file.rule, case.name, problem, case.todo, path)


def run_case(compiled: CompiledPack, rule: Element | FindingRule, case: Case) -> str | None:
    """What is wrong with one case, in words, or ``None``."""
    text, marks = unmark(case.text)
    year = case.year or (None if isinstance(rule, FindingRule) else DEFAULT_YEAR)
    document = read_document(RawReport(case.name, text), compiled, year)
    if isinstance(rule, Element):
        result = judge_element(document, rule)
        if result.verdict != case.expect:
            quotes = "；".join(evidence.text for evidence in result.evidence)
            return f"应为 {case.expect}，得到 {result.verdict}（依据：{quotes or '无'}）"
        for start, end in marks:
            if not any(e.start < end and start < e.end for e in result.evidence):
                return f"依据里没有“{text[start:end]}”"
        return None
    findings = find_rule(document, rule, compiled.pack)
    for start, end in marks:
        if not any(f.start < end and start < f.end for f in findings):
            return f"没有发现“{text[start:end]}”"
    for finding in findings:
        if not any(finding.start < end and start < finding.end for start, end in marks):
            return f"误报“{finding.text}”"
    if case.fixed is not None:
        fixed = _apply(text, [(f.start, f.end, f.fixed) for f in findings if f.fixed is not None])
        if fixed != case.fixed:
            return f"改正后应为“{case.fixed}”，得到“{fixed}”"
    return None


def unmark(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A case's text without its marks, and the marked spans."""
    plain: list[str] = []
    marks: list[tuple[int, int]] = []
    start = length = 0
    for character in text:
        if character == OPEN:
            start = length
        elif character == CLOSE:
            marks.append((start, length))
        else:
            plain.append(character)
            length += 1
    return "".join(plain), marks


def _apply(text: str, changes: list[tuple[int, int, str]]) -> str:
    for start, end, fixed in sorted(changes, reverse=True):
        text = text[:start] + fixed + text[end:]
    return text
