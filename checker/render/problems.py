"""What a report lacks and where it errs, as one list: what formats for code review and build systems show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from checker import __version__
from checker.models.result import (
    ElementResult,
    Evidence,
    Finding,
    PackInfo,
    ReportResult,
    RuleInfo,
    RunResult,
    Severity,
)
from checker.render.shown import Shown

OTHER_KIND = RuleInfo.model_construct(
    id="other-kind",
    kind="finding",
    title="不是这类文件",
    basis=["规则包关于文件类别的规定"],
    advice="请核对是否选错了文件或规则包；这份文件没有评分。",
    severity="error",
)


class Problem(NamedTuple):
    """A weak or missing element, a finding, or that the document is of another kind.

    ``places`` are where it stands, the place itself first (none: the document as a whole); ``quote`` are the words
    there, fit to be shown; ``fixed`` are the words that should stand there; ``suppressed`` is why a user accepts it.
    """

    rule: RuleInfo
    level: Severity
    message: str
    advice: str | None
    places: tuple[Evidence | Finding, ...] = ()
    quote: str = ""
    fixed: str | None = None
    fingerprint: str = ""
    suppressed: str | None = None


def as_run(result: RunResult | ReportResult) -> RunResult:
    """A run, or one report's result made a run of one."""
    if isinstance(result, RunResult):
        return result
    pack = result.pack or PackInfo.model_construct(id="", version="")
    return RunResult.model_construct(checker=__version__, pack=pack, reports=[result], errors=[])


def runs_of_packs(run: RunResult) -> list[RunResult]:
    """The run cut into one for each pack that judged, in the order of the reports; errors stay with the first."""
    cut: dict[PackInfo | None, list[ReportResult]] = {}
    for report in run.reports:
        cut.setdefault(report.pack, []).append(report)
    return [
        run.model_copy(
            update={
                "pack": pack or run.pack,
                "reports": reports,
                "rules": [rule for rule in run.rules if _is_of(rule, pack)],
                "errors": run.errors if pack == run.reports[0].pack else [],
            }
        )
        for pack, reports in cut.items()
    ] or [run]


def rules_for(report: ReportResult, run: RunResult) -> dict[str, RuleInfo]:
    """Every rule that judged a report or that its result mentions, by id; what is not told of one comes from the result."""
    rules = {rule.id: rule for rule in run.rules if _is_of(rule, report.pack)}
    for element in report.elements:
        if element.id not in rules:
            rules[element.id] = _rule_of_element(element)
    for finding in report.findings:
        if finding.id not in rules:
            rules[finding.id] = _rule_of_finding(finding)
    return rules


def rules_of(run: RunResult) -> dict[str, RuleInfo]:
    """The same for all reports of a run that one pack judged."""
    rules = {rule.id: rule for rule in run.rules}
    for report in run.reports:
        rules |= {id: rule for id, rule in rules_for(report, run).items() if id not in rules}
    return rules


def _is_of(rule: RuleInfo, pack: PackInfo | None) -> bool:
    return not rule.pack or pack is None or rule.pack == pack.id


def problems(report: ReportResult, rules: Mapping[str, RuleInfo]) -> list[Problem]:
    """The weak and missing elements, then the findings in the order of the text; for a document of another kind, that."""
    if report.kind == "other":
        return [Problem(OTHER_KIND, "error", f"{OTHER_KIND.title}：{report.kind_reason}", OTHER_KIND.advice)]
    shown = Shown(report)
    lacking = [element for element in report.elements if element.verdict in ("weak", "missing")]
    return [
        *(_lack(element, rules[element.id], shown) for element in lacking),
        *(_error(finding, rules[finding.id], shown) for finding in report.findings),
    ]


def level(element: ElementResult, rule: RuleInfo) -> Severity:
    """How much a weak or missing element weighs: an error is what no report passes without; a field that counts nothing
    in this report is merely noted."""
    if element.max_points == 0:
        return "note"
    if rule.must:
        return "error" if element.verdict == "missing" and not rule.may_miss else "warning"
    return "warning" if element.verdict == "missing" else "note"


def accepted(reason: str | None) -> str:
    """How it is told that a user accepts something; empty where nobody does."""
    return "" if reason is None else f"已豁免：{reason}"


def _lack(element: ElementResult, rule: RuleInfo, shown: Shown) -> Problem:
    word = "缺失" if element.verdict == "missing" else "薄弱"
    places = tuple(element.evidence)
    return Problem(
        rule=rule,
        level=level(element, rule),
        message=f"{element.title}（{word}）：{element.reason}",
        advice=element.advice,
        places=places,
        quote=shown.quote(places[0]) if places else "",
        fingerprint=element.fingerprint,
        suppressed=element.suppressed,
    )


def _error(finding: Finding, rule: RuleInfo, shown: Shown) -> Problem:
    return Problem(
        rule=rule,
        level=finding.severity,
        message=shown.message(finding),
        advice=shown.advice(finding),
        places=(finding,),
        quote=shown.quote(finding),
        fixed=shown.fixed(finding),
        fingerprint=finding.fingerprint,
        suppressed=finding.suppressed,
    )


def _rule_of_element(element: ElementResult) -> RuleInfo:
    return RuleInfo.model_construct(
        id=element.id,
        kind="element",
        title=element.title,
        basis=element.basis,
        advice=element.advice or "",
        part=element.part,
        part_title=element.part_title or None,
        must=element.part == "required",
    )


def _rule_of_finding(finding: Finding) -> RuleInfo:
    return RuleInfo.model_construct(
        id=finding.id, kind="finding", title=finding.id, basis=[], advice="", severity=finding.severity
    )
