"""The gate: whether a run is good enough, told by the exit code and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checker.commands import FELL_SHORT, NOT_DONE, PASSED, output

if TYPE_CHECKING:
    from checker.models.result import ReportResult, RunResult


def exit_code(result: RunResult, options: dict[str, Any]) -> int:
    """``NOT_DONE`` beats ``FELL_SHORT``; ``--exit-zero`` forgives the latter alone."""
    if result.errors or any(report.rule_errors for report in result.reports):
        return NOT_DONE
    least, strict = options.get("fail_under"), options.get("strict")
    reasons = [(report, why) for report in result.reports if (why := shortfall(report, least, strict))]
    if not options.get("quiet"):
        for report, why in reasons:
            if report.passed:  # otherwise the result itself says so
                output.tell(f"{report.file}：{why}")
    return FELL_SHORT if reasons and not options.get("exit_zero") else PASSED


def shortfall(report: ReportResult, fail_under: float | None = None, strict: bool | None = False) -> str | None:
    """Why a report falls short of what is asked, in words, or ``None``."""
    if report.kind == "other":
        return "不是这类文件"
    if not report.passed:
        return "未通过"
    if fail_under is not None and (report.score or 0) < fail_under:
        return f"{report.score:g} 分，低于要求的 {fail_under:g} 分"
    if strict and any(element.verdict in ("weak", "missing") for element in report.elements):
        return "有薄弱或缺失的要素（--strict）"
    if strict and any(finding.severity == "error" for finding in report.findings):
        return "有错误级的问题（--strict）"
    return None
