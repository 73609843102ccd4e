"""What is to be said beside a report's text: a summary at its head, a remark at each weak place and each finding.

Each remark is a stretch of the source and some paragraphs of text, the first of which is its heading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.models.result import ElementResult, Evidence, Finding, ReportResult
from checker.render.compared_remarks import compared_remarks, compared_summary
from checker.render.priorities import Mend, mends
from checker.render.remark import Remark
from checker.render.shown import Shown
from checker.render.to_table import LEVELS, SEVERITIES, VERDICTS, number
from checker.render.width import clean

_MENDS = 5
_HEAD = 30  # characters that the summary stands on


def remarks(report: ReportResult) -> list[Remark]:
    """All remarks on a report in the order of its text, the summary first; what a user has accepted is told there."""
    found = [*_on_findings(report), *(remark for element in report.elements for remark in _on_element(element))]
    found += compared_remarks(report)
    return [*_summaries(report), *sorted(found, key=lambda remark: (remark.start, remark.end))]


def _on_findings(report: ReportResult) -> Iterator[Remark]:
    shown = Shown(report)
    for finding in report.findings:
        if finding.suppressed is None:
            yield Remark(finding.start, finding.end, tuple(_told(finding, shown)))


def _told(finding: Finding, shown: Shown) -> Iterator[str]:
    """What is wrong, how to mend it, the right words, and which rule says so."""
    yield f"【{SEVERITIES[finding.severity]}】{clean(shown.message(finding))}"
    if advice := shown.advice(finding):
        yield f"改法：{clean(advice)}"
    if (fixed := shown.fixed(finding)) is not None:
        yield f"改为：“{clean(fixed)}”" if fixed else "改为：删去这几个字"
    yield f"规则：{finding.id}"


def _on_element(element: ElementResult) -> Iterator[Remark]:
    """A weak element at each place that shows it so, the advice at the first; a missing one at the heading under which it
    belongs, or at the nearest passage."""
    if element.verdict not in ("weak", "missing") or element.suppressed is not None:
        return
    homes = [element.home] if element.home else []
    places = sorted(element.evidence or homes or element.candidates[:1], key=lambda place: place.start)
    for index, place in enumerate(places):
        told = _advised(element) if index == 0 else _again(element, index + 1, len(places))
        yield Remark(place.start, place.end, (*told, *_note(place)))


def _advised(element: ElementResult) -> tuple[str, ...]:
    heading = f"【{VERDICTS[element.verdict]}】{clean(element.title)}"
    if element.max_points:
        heading += f"（{number(element.points)} / {number(element.max_points)} 分）"
    return heading, clean(element.reason), *([f"建议：{clean(element.advice)}"] if element.advice else [])


def _again(element: ElementResult, index: int, count: int) -> tuple[str, ...]:
    heading = f"【{VERDICTS[element.verdict]}】{clean(element.title)}（{count} 处中的第 {index} 处）"
    return heading, f"{clean(element.reason)}怎样写见第 1 处的批注。"


def _note(place: Evidence) -> tuple[str, ...]:
    return (clean(place.note),) if place.note else ()


def _summaries(report: ReportResult) -> Iterator[Remark]:
    """The whole judgement at the head of the first line that has words; there too, how it compares with last year's."""
    text = report.source.text if report.source else ""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)][:_HEAD].rstrip()
    for paragraphs in (tuple(_judgement(report)), compared_summary(report)):
        if paragraphs:
            yield Remark(start, start + len(line), paragraphs)


def _judgement(report: ReportResult) -> Iterator[str]:
    if report.kind == "other":
        yield "审查结果：另一类文件，不评分"
    else:
        passed = "通过" if report.passed else "未通过"
        score = f"{number(report.score or 0)} / {number(report.max_score)} 分"
        yield f"审查结果：{score}，{report.grade}，{passed}"
        yield _facts(report)
    yield clean(report.kind_reason)
    if report.fail_reason:
        yield f"未通过的原因：{clean(report.fail_reason)}。"
    yield _counts(report)
    for note in report.notes:
        yield f"注意：{clean(note)}"
    if report.rule_errors:
        yield f"有规则运行出错，没有检查：{'、'.join(report.rule_errors)}。请报告给维护者。"
    yield from _todo(report)
    yield from _missing(report)
    yield from _accepted(report)


def _facts(report: ReportResult) -> str:
    year = f"{report.report_year} 年度" if report.report_year is not None else "年度不明"
    facts = (clean(report.agency or "机关名称不明"), year, LEVELS.get(report.level or "", ""))
    return "，".join(fact for fact in facts if fact) + "。"


def _counts(report: ReportResult) -> str:
    """How many elements came out how, how many findings there are, and what they cost."""
    verdicts: Counter[str] = Counter(element.verdict for element in report.elements)
    told = "，".join(f"{name} {verdicts[key]}" for key, name in VERDICTS.items() if verdicts[key])
    severities: Counter[str] = Counter(finding.severity for finding in report.findings if finding.suppressed is None)
    faults = "，".join(f"{name} {severities[key]}" for key, name in SEVERITIES.items() if severities[key])
    taken = f"，扣 {number(report.deducted)} 分" if report.deducted else ""
    elements = f"要素：{told}。" if told else ""
    return f"{elements}问题：{faults or '没有发现'}{taken}。"


def _todo(report: ReportResult) -> Iterator[str]:
    todo = mends(report)
    if todo:
        yield "先做什么："
    for index, mend in enumerate(todo[:_MENDS], 1):
        yield f"{index}. {_mend(mend)}（可增 {number(mend.gain)} 分）"
    if len(todo) > _MENDS:
        yield f"另有 {len(todo) - _MENDS} 项，见各处批注。"


def _mend(mend: Mend) -> str:
    if mend.element is None:
        return f"改正 {len(mend.findings)} 处问题，见各处批注"
    verb = "补写" if mend.element.verdict == "missing" else "充实"
    return f"{verb}“{clean(mend.element.title)}”"


def _accepted(report: ReportResult) -> Iterator[str]:
    """What a user has accepted, and why: it has no remark of its own."""
    for element in report.elements:
        if element.suppressed is not None:
            yield f"已豁免：{clean(element.title)}（{VERDICTS[element.verdict]}），理由：{clean(element.suppressed)}"
    shown = Shown(report)
    for finding in report.findings:
        if finding.suppressed is not None:
            yield f"已豁免：{clean(shown.message(finding))}理由：{clean(finding.suppressed)}"


def _missing(report: ReportResult) -> Iterator[str]:
    missing = [e for e in report.elements if e.verdict == "missing" and e.suppressed is None]
    if missing:
        yield "缺失的内容："
    for element in missing:
        yield f"· {clean(element.title)}：{clean(element.reason)}{clean(element.advice or '')}"
