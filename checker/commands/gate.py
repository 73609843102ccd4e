"""The gate: whether a run is good enough, told by the exit code and in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from checker.commands import FELL_SHORT, NOT_DONE, PASSED, output
from checker.commands.arguments import rule_suggestion
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.baseline import Known
    from checker.models.result import ElementResult, Finding, ReportResult, RunResult
    from checker.models.rule import RulePack

WORDS = {
    "not-passed": "未通过",
    "other": "不是这类文件",
    "missing": "有缺失的要素",
    "weak": "有薄弱或缺失的要素",
    "error": "有错误级的问题",
    "warning": "有警告级以上的问题",
    "note": "有问题",
    "none": "",
}
USUAL = ("not-passed", "other")
_SEVERITIES = {"error": ("error",), "warning": ("error", "warning"), "note": ("error", "warning", "note")}
_VERDICTS = {"missing": ("missing",), "weak": ("weak", "missing")}


class Demand(NamedTuple):
    """What is asked of a report: the least score, what it fails on (``WORDS`` and ids of rules), and what a baseline
    knows of it: no better score is asked, and it may be of another kind if it was."""

    fail_under: float | None = None
    fail_on: tuple[str, ...] = USUAL
    known: Known | None = None

    @classmethod
    def of(cls, options: Mapping[str, Any], known: Known | None = None) -> Demand:
        """The demand that options make; ``--strict`` adds to what fails."""
        words = [word for word in options.get("fail_on", USUAL) if word != "none"]
        if options.get("strict"):
            words += ["weak", "error"]
        return cls(options.get("fail_under"), tuple(dict.fromkeys(words)), known)


def check_demand(options: Mapping[str, Any], packs: Collection[RulePack]) -> None:
    """Raise ``UsageError`` for a score beyond the packs', or a word or rule that is not known."""
    least, full = options.get("fail_under"), min(pack.scale.max_score for pack in packs)
    if least is not None and least > full:
        raise UsageError(f"选项 --fail-under：{least:g} 超过了满分 {full:g}。")
    rules = rule_ids(packs)
    for name, known in (("fail-on", {*WORDS, *rules}), ("disable", rules)):
        for word in options.get(name.replace("-", "_"), ()):
            if word not in known:
                allowed = " " + "、".join(WORDS) + " 和规则编号" if name == "fail-on" else "规则编号"
                end = rule_suggestion(
                    word, dict.fromkeys(sorted(known), "") | _titles(packs), "，全部编号见 checker rules list。"
                )
                raise UsageError(f"选项 --{name}：“{word}”无效，应为{allowed}{end}")


def _titles(packs: Iterable[RulePack]) -> dict[str, str]:
    titles = {element.id: element.title for pack in packs for element in pack.elements}
    return titles | {finding.id: finding.title for pack in packs for finding in pack.findings}


def rule_ids(packs: Iterable[RulePack]) -> set[str]:
    """The ids of all rules of some packs."""
    return {element.id for pack in packs for element in pack.elements} | {
        finding.id for pack in packs for finding in pack.findings
    }


def exit_code(result: RunResult, reasons: Iterable[str], exit_zero: bool = False) -> int:
    """``NOT_DONE`` beats ``FELL_SHORT``; ``--exit-zero`` forgives the latter alone."""
    if result.errors or result.previous_errors or any(report.rule_errors for report in result.reports):
        return NOT_DONE
    return FELL_SHORT if any(reasons) and not exit_zero else PASSED


def tell(report: ReportResult, reason: str) -> None:
    """Why a report falls short, or that it does not although it did not pass, where the result does not say so."""
    if reason not in ("", WORDS["not-passed"], WORDS["other"]):
        output.tell(f"{report.file}：{reason}")
    elif not reason and report.passed is False:
        output.tell(f"{report.file}：虽未通过，但按设置、豁免清单或基线不影响退出码")


def shortfall(report: ReportResult, demand: Demand, pack: RulePack) -> str:
    """Why a report falls short of what is asked, in words; empty if it does not.  What is suppressed counts for
    nothing but the score."""
    if report.kind == "other":
        was_other = demand.known is not None and demand.known.kind == "other"
        return WORDS["other"] if "other" in demand.fail_on and not was_other else ""
    if "not-passed" in demand.fail_on and _not_passed(report, demand, pack):
        return WORDS["not-passed"]
    score = report.score or 0
    if demand.fail_under is not None and score < demand.fail_under and not _no_worse(score, demand):
        return f"{score:g} 分，低于要求的 {demand.fail_under:g} 分"
    elements = [element for element in report.elements if not element.suppressed]
    findings = [finding for finding in report.findings if not finding.suppressed]
    return next(filter(None, (_on(word, elements, findings) for word in demand.fail_on)), "")


def _no_worse(score: float, demand: Demand) -> bool:
    return demand.known is not None and demand.known.score is not None and score >= demand.known.score


def _not_passed(report: ReportResult, demand: Demand, pack: RulePack) -> bool:
    """Whether the pack's own bar is missed: a required element lacks, unless accepted, or the score is too low."""
    needed = {rule.id for rule in pack.elements if pack.parts[rule.part].must and not rule.may_miss}
    lacks = any(
        element.verdict == "missing" and element.id in needed for element in report.elements if not element.suppressed
    )
    score = report.score or 0
    return lacks or (score < pack.scale.pass_from and not _no_worse(score, demand))


def _on(word: str, elements: Collection[ElementResult], findings: Collection[Finding]) -> str:
    """Why a report fails on a word, or the empty string."""
    if word in _SEVERITIES:
        return f"{WORDS[word]}（{word}）" if any(f.severity in _SEVERITIES[word] for f in findings) else ""
    if word in _VERDICTS:
        titles = [element.title for element in elements if element.verdict in _VERDICTS[word]]
        return f"{WORDS[word]}（{word}）：{'、'.join(titles)}" if titles else ""
    title = next((e.title for e in elements if e.id == word and e.verdict in _VERDICTS["weak"]), "")
    if title:
        return f"要素“{title}”没有达标（{word}）"
    lines = [str(finding.line) for finding in findings if finding.id == word]
    return f"第 {'、'.join(lines[:8])} 行有问题（{word}）" if lines else ""
