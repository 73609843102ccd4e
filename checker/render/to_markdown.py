"""Markdown for a comment on a pull request: a table of all reports, then each report's details, folded.

Nothing that comes from a report is taken for Markdown, HTML, a mention or a link.  A comment may hold 65 536 characters:
what does not fit is left out, and that is said.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from checker.models.result import ElementResult, ReportResult, RuleInfo, RunResult
from checker.render import PLAIN, Style
from checker.render.beside import compared
from checker.render.place import place
from checker.render.problems import Problem, accepted, as_run, problems, rules_for
from checker.render.safe import visible
from checker.render.to_table import SEVERITIES, VERDICTS, number, outcome, totals
from checker.render.width import clean, shorten

MOST = 65_000
_ROOM_FOR_TABLE = MOST // 2
_QUOTE, _WORDS = 160, 600  # terminal cells
_COMPARED = 8  # things of one kind
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#|~:!$^-])")
_MENTION = re.compile(r"([@#])(?=\w)")
_MARKS = {
    "met": "✅",
    "weak": "⚠️",
    "missing": "❌",
    "not-applicable": "➖",
    "error": "❌",
    "warning": "⚠️",
    "note": "💡",
}
_OUTCOMES = {"通过": "✅", "未通过": "❌", "另类文件": "➖"}
_BREAK = "\u2060"  # a word joiner: unseen, and keeps @name and #1 from being a mention


def to_markdown(result: RunResult | ReportResult, style: Style = PLAIN) -> str:
    """The comment."""
    run = as_run(result)
    parts = [f"## 报告审查结果\n\n{totals(run)}\n\n", _table(run)]
    room = MOST - sum(map(len, parts)) - 200
    left_out = 0
    for detail in [*(_details(report, rules_for(report, run)) for report in run.reports), _errors(run)]:
        if len(detail) <= room:
            parts.append(detail)
            room -= len(detail)
        elif (cut := _cut(detail, room)) and not left_out:
            parts.append(cut)
            room = 0
        else:
            left_out += 1
    if left_out:
        parts.append(f"篇幅所限，另有 {left_out} 份的明细没有列出。\n")
    return "".join(parts)


def text(words: str, cells: int = _WORDS) -> str:
    """Words to stand in a paragraph or a table's cell: one line, nothing in it means anything to Markdown."""
    escaped = html.escape(shorten(visible(clean(words)), cells), quote=False)
    escaped = _SPECIAL.sub(r"\\\1", escaped).replace("www.", r"www\.")
    return re.sub(r"(@|\\#)(?=\w)", rf"\1{_BREAK}", escaped)


def _in_html(words: str) -> str:
    """Words to stand between HTML tags on a line of their own, where Markdown's escapes do not hold."""
    escaped = html.escape(shorten(visible(clean(words)), _WORDS))
    return _MENTION.sub(rf"\1{_BREAK}", escaped).replace("://", f":{_BREAK}//").replace("www.", f"www{_BREAK}.")


def _table(run: RunResult) -> str:
    lines = ["| 文件 | 总评 | 得分 | 等次 | 缺失 | 薄弱 | 问题 |", "| --- | --- | ---: | --- | ---: | ---: | ---: |"]
    lines += [_row(report) for report in run.reports]
    lines += [f"| {text(error.file)} | ⛔ 未能审查 | | | | | |" for error in run.errors]
    kept, size = lines[:2], 0
    for line in lines[2:]:
        size += len(line) + 1
        if size > _ROOM_FOR_TABLE:
            kept.append(f"| …… | 另有 {len(lines) - len(kept)} 份 | | | | | |")
            break
        kept.append(line)
    return "\n".join(kept) + "\n\n"


def _row(report: ReportResult) -> str:
    word = outcome(report)
    lead = f"| {text(report.file)} | {_OUTCOMES[word]} {word} "
    if report.kind == "other":
        return f"{lead}| | | | | |"
    verdicts = Counter(element.verdict for element in report.elements if element.suppressed is None)
    standing = sum(1 for finding in report.findings if finding.suppressed is None)
    score = number(report.score or 0)
    return f"{lead}| {score} | {text(report.grade or '')} | {verdicts['missing']} | {verdicts['weak']} | {standing} |"


def _details(report: ReportResult, rules: Mapping[str, RuleInfo]) -> str:
    """One report, folded: what lacks and errs, then every element's verdict."""
    return "\n".join(_detail_lines(report, rules)) + "\n\n"


def _detail_lines(report: ReportResult, rules: Mapping[str, RuleInfo]) -> Iterator[str]:
    score = f"，{number(report.score)} / {number(report.max_score)} 分" if report.score is not None else ""
    yield f"<details><summary><b>{_in_html(report.file)}</b>：{outcome(report)}{score}</summary>"
    yield ""
    if report.fail_reason:
        yield f"未通过的原因：{text(report.fail_reason)}。"
        yield ""
    for problem in problems(report, rules):
        yield _item(problem, report)
    if report.elements:
        yield ""
        yield "| 要素 | 结论 | 得分 |"
        yield "| --- | --- | ---: |"
        yield from map(_element, report.elements)
    yield from _compared(report)
    yield from (f"\n⛔ 规则 {text(rule)} 运行出错，没有检查。" for rule in report.rule_errors)
    yield ""
    yield "</details>"


def _compared(report: ReportResult) -> Iterator[str]:
    """Shortcomings beside plans, and the report beside last year's, the first of each kind."""
    found = compared(report)
    if found is None:
        return
    yield from ("", f"**{text(found.title)}**（供参考，不计入得分）", "")
    yield from (f"- ⚠️ {text(note)}" for note in found.notes)
    for group in found.groups:
        yield f"- {text(group.title)}（{len(group.items)} 条）"
        for item in group.items[:_COMPARED]:
            places = [f"{place.label}“{text(place.text, _QUOTE)}”" for place in item.places]
            told = "；".join(filter(None, [text(item.text, _QUOTE), *places]))
            yield f"  - {f'**{item.status}** ' if item.status else ''}{told}"
        if len(group.items) > _COMPARED:
            yield f"  - 另有 {len(group.items) - _COMPARED} 条"


def _item(problem: Problem, report: ReportResult) -> str:
    level = "提示" if problem.suppressed is not None else SEVERITIES[problem.level]
    mark = "☑️" if problem.suppressed is not None else _MARKS[problem.level]
    where = f"{place(problem.places[0])}“{text(problem.quote, _QUOTE)}”：" if problem.places else ""
    told = [accepted(problem.suppressed), problem.message, problem.advice or ""]
    return f"- {mark} {level} {where}" + " ".join(text(words) for words in told if words)


def _element(element: ElementResult) -> str:
    points = f"{number(element.points)}/{number(element.max_points)}" if element.max_points else "—"
    told = VERDICTS[element.verdict] + (f"（{accepted(element.suppressed)}）" if element.suppressed is not None else "")
    return f"| {text(element.title)} | {_MARKS[element.verdict]} {text(told)} | {points} |"


def _errors(run: RunResult) -> str:
    return "".join(f"- ⛔ {text(error.file)}：{text(error.message)}\n" for error in run.errors)


def _cut(detail: str, room: int) -> str:
    """As many whole lines of a report's details as fit, closed properly; empty where hardly any would."""
    end = "\n\n……其余从略。\n\n</details>\n\n"
    head = detail[: max(room - len(end), 0)].rpartition("\n")[0]
    return head + end if head.count("\n") > 2 and detail.startswith("<details>") else ""
