"""The table for people: one block a report, aligned for wide characters, at most 80 columns, coloured on request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tabulate import tabulate

from checker.models.result import ElementResult, Evidence, FileError, Finding, ReportResult, RunResult
from checker.render import PLAIN, Style, compared_words, comparing
from checker.render.place import place, places
from checker.render.priorities import Mend, mends
from checker.render.safe import utf8_text
from checker.render.shown import Shown
from checker.render.width import clean, shorten, shorten_left, wrap

VERDICTS = {"met": "达标", "weak": "薄弱", "missing": "缺失", "not-applicable": "不适用"}
SEVERITIES = {"error": "错误", "warning": "警告", "note": "提示"}
LEVELS = {"national": "国家级", "province": "省级", "city": "市级", "county": "县级", "township": "乡镇级"}
PARTS = {"required": "必备要素", "coverage": "覆盖领域"}
_COLORS = {
    "met": "32", "weak": "33", "missing": "31", "not-applicable": "2", "error": "31", "warning": "33", "note": "36",
    "bold": "1", "dim": "2",
}  # fmt: skip
_TITLE, _VERDICT, _POINTS = 22, 6, 9
_REST = 52  # columns of the summary beside the file's name
_QUOTE = 64
_ASKED = 44  # columns of a passage that is asked about
_MENDS = 5


def to_table(result: RunResult | ReportResult, style: Style = PLAIN) -> str:
    """All reports as blocks; for several files a summary at the end."""
    if isinstance(result, ReportResult):
        return _lines(_block(result, style))
    lines: list[str] = [] if result.reports or result.errors else ["没有审查任何文件。"]
    for report in result.reports:
        lines += [*_block(report, style), ""]
    if len(result.reports) + len(result.errors) > 1:
        lines += _summary(result, style)
    if style.reasons_of_errors and result.errors:
        lines += _errors(result.errors, style)
    return _lines(lines)


def paint(text: str, color: str, style: Style) -> str:
    """The text in a colour, where colour is wanted."""
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if style.color and text else text


def number(value: float) -> str:
    """A score without needless digits."""
    return f"{round(value, 2):g}"


def part_title(part: str, title: str | None) -> str:
    """What a part of the score is called: by its pack where that is told."""
    return title or PARTS.get(part, part)


def grid(rows: Sequence[Sequence[str]], headers: Sequence[str], align: Sequence[str], indent: str = "  ") -> list[str]:
    """The lines of a table whose cells may hold several lines."""
    text = tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True, colalign=align)
    return [(indent + line).rstrip() for line in text.splitlines()]


def _lines(lines: Iterable[str]) -> str:
    return utf8_text("".join(line.rstrip() + "\n" for line in lines))


def _block(report: ReportResult, style: Style) -> list[str]:
    """Everything about one report."""
    lines, shown = _head(report, style), Shown(report)
    if report.kind == "other":
        return [*lines, *_compared(report, iter("一二"), shown, style)]
    numerals = iter("一二三四五六七八九")
    for part in dict.fromkeys(element.part for element in report.elements):
        elements = [element for element in report.elements if element.part == part]
        earned, asked = sum(e.points for e in elements), sum(e.max_points for e in elements)
        title = f"{next(numerals)}、{part_title(part, elements[0].part_title)}（{number(earned)} / {number(asked)} 分）"
        lines += ["", paint(title, "bold", style), "", *_elements(elements, shown, style)]
        if any(e.max_points == 0 and e.verdict != "not-applicable" for e in elements):
            counted = sum(1 for e in elements if e.max_points)
            lines.append(f"  按这类机关，{len(elements)} 个领域中取最好的 {counted} 个计分，其余（—）不计。")
    lines += ["", *_findings(report, f"{next(numerals)}、问题", shown, style)]
    lines += _compared(report, numerals, shown, style)
    if report.rule_errors:
        told = (
            f"有 {len(report.rule_errors)} 条规则运行出错，没有检查：{'、'.join(report.rule_errors)}。请报告给维护者。"
        )
        lines += ["", *wrap(told, style.width)]
    todo = mends(report)
    if todo:
        lines += ["", paint(f"{next(numerals)}、先做什么", "bold", style), "", *_todo(todo, style)]
    return lines


def _compared(report: ReportResult, numerals: Iterator[str], shown: Shown, style: Style) -> list[str]:
    """Shortcomings beside plans, and the report beside last year's, where there is anything to say."""
    lines: list[str] = []
    labels = report.labels
    if report.answers and labels:
        title = f"{next(numerals)}、{comparing.answers_title(report.answers, labels)}"
        lines += ["", *(paint(line, "bold", style) for line in wrap(title, style.width)), ""]
        lines += comparing.answers(report.answers, labels, shown, style.width)
    if report.previous is not None:
        lines += ["", paint(f"{next(numerals)}、{compared_words.TITLE}", "bold", style), ""]
        lines += comparing.previous(report.previous, labels, shown, style.width)
    return lines


def _head(report: ReportResult, style: Style) -> list[str]:
    lines = ["=" * style.width, *(paint(line, "bold", style) for line in wrap(_name(report.file), style.width))]
    if report.kind == "other":
        lines.append(paint("另一类文件，不评分", "missing", style))
        return [*lines, *(line for text in _told_of_reading(report) for line in wrap(text, style.width))]
    year = f"{report.report_year} 年度" if report.report_year is not None else "年度不明"
    facts = [clean(report.agency or "机关名称不明"), year, LEVELS.get(report.level or "", "")]
    lines += wrap("　".join(fact for fact in facts if fact), style.width)
    verdict = paint("通过", "met", style) if report.passed else paint("未通过", "missing", style)
    score = f"{number(report.score or 0)} / {number(report.max_score)} 分"
    taken = f"（问题扣 {number(report.deducted)} 分）" if report.deducted else ""
    lines.append(f"{paint(score, 'bold', style)}{taken}　等次：{report.grade}　结论：{verdict}")
    if report.fail_reason:
        lines += wrap(f"未通过的原因：{report.fail_reason}。", style.width)
    return lines + [paint(line, "dim", style) for text in _told_of_reading(report) for line in wrap(text, style.width)]


def _told_of_reading(report: ReportResult) -> list[str]:
    """Why the document is taken for what it is, and what reading it did that a user must know."""
    return [clean(report.kind_reason), *(f"注意：{clean(note)}" for note in report.notes)]


def _name(file: str) -> str:
    return "标准输入" if file == "-" else clean(file)


def _elements(elements: Sequence[ElementResult], shown: Shown, style: Style) -> list[str]:
    room = style.width - 2 - _TITLE - _VERDICT - _POINTS - 3 * 2
    rows = []
    for element in elements:
        verdict = paint(VERDICTS[element.verdict], element.verdict, style)
        points = f"{number(element.points)}/{number(element.max_points)}" if element.max_points else "—"
        told = "\n".join(_told(element, shown, room))
        rows.append(["\n".join(wrap(clean(element.title), _TITLE)), verdict, points, told])
    return grid(rows, ("要素", "结论", "得分", "依据与理由"), ("left", "left", "right", "left"))


def _told(element: ElementResult, shown: Shown, room: int) -> list[str]:
    """The place and a short quote; where something lacks, the reason before it."""
    lines = [] if element.verdict == "met" and element.evidence else wrap(clean(element.reason), room)
    if element.evidence:
        more = f"（共 {len(element.evidence)} 处）" if len(element.evidence) > 1 else ""
        lines += wrap(_quoted(element.evidence[0], shown) + more, room)
    for candidate in element.candidates:
        why = f"（{candidate.note}）" if candidate.note else ""
        lines += wrap(f"是否指此处？{_quoted(candidate, shown, _ASKED)}{why}", room)
    return lines + (wrap(f"已豁免：{clean(element.suppressed)}", room) if element.suppressed else [])


def _quoted(item: Evidence | Finding, shown: Shown, cells: int = _QUOTE) -> str:
    return f"{place(item)}“{shorten(_inner(clean(shown.quote(item))), cells)}”"


def _inner(text: str) -> str:
    """Text to stand inside quotes: its own quotes become single ones."""
    return text.replace("“", "‘").replace("”", "’")


def _findings(report: ReportResult, title: str, shown: Shown, style: Style) -> list[str]:
    """Each finding: severity, place, quote; what is wrong; how to mend it; the corrected text."""
    if not report.findings:
        return [paint(f"{title}：没有发现", "bold", style)]
    counts: Counter[str] = Counter(finding.severity for finding in report.findings)
    counted = "，".join(f"{name} {counts[key]}" for key, name in SEVERITIES.items() if counts[key])
    lines = [paint(f"{title}（{len(report.findings)} 处：{counted}）", "bold", style)]
    shown = Shown(report)
    quoted = [_quoted(finding, shown) for finding in report.findings]
    told_twice = {where for where, times in Counter(quoted).items() if times > 1}
    for index, finding in enumerate(report.findings, 1):
        mark = paint(SEVERITIES[finding.severity], finding.severity, style)
        where = quoted[index - 1]
        if where in told_twice and finding.origin is None:  # else like faults of one line could not be told apart
            where += f"，该行第 {finding.column} 字"
        lines += ["", *_item(f"{index:>3}. ", mark, f"{where}（{finding.id}）", style)]
        right = shown.fixed(finding)
        fixed = f"“{_inner(clean(right))}”" if right else None
        message, advice = shown.message(finding), shown.advice(finding)
        told = (("说明", message), ("改法", advice), ("改为", fixed), ("豁免", finding.suppressed))
        for name, text in told:
            if text:
                lines += _item(" " * 5, name, clean(text), style)
    return lines


def _item(lead: str, label: str, text: str, style: Style, label_width: int = 4) -> list[str]:
    """A label and its text, wrapped with a hanging indent."""
    indent = len(lead) + label_width + 2
    first, *rest = wrap(text, style.width - indent)
    return [f"{lead}{label}  {first}", *(" " * indent + line for line in rest)]


def _todo(todo: Sequence[Mend], style: Style) -> list[str]:
    lines: list[str] = []
    for index, mend in enumerate(todo[:_MENDS], 1):
        lead = f"{index:>3}. "
        title, advice = _mend(mend)
        room = style.width - len(lead)
        for position, line in enumerate(wrap(f"{title}（可增 {number(mend.gain)} 分）", room)):
            lines.append((" " * len(lead) if position else lead) + line)
        lines += [" " * len(lead) + line for line in wrap(advice, room)] if advice else []
    left = len(todo) - _MENDS
    return [*lines, f"  另有 {left} 项，见上表。"] if left > 0 else lines


def _mend(mend: Mend) -> tuple[str, str]:
    if mend.element is not None:
        verb = "补写" if mend.element.verdict == "missing" else "充实"
        return f"{verb}“{clean(mend.element.title)}”", clean(mend.element.advice or "")
    return f"改正 {len(mend.findings)} 处问题（{places(mend.findings, 8)}）", ""


def outcome(report: ReportResult) -> str:
    """In one word how a report came out."""
    if report.kind == "other":
        return "另类文件"
    return "通过" if report.passed else "未通过"


def _summary(run: RunResult, style: Style) -> list[str]:
    """A table with a line a file, and the totals."""
    rows = [_row(report, style) for report in run.reports]
    rows += [[shorten_left(clean(error.file), style.width - _REST), "", "", "", "未能审查", ""] for error in run.errors]
    headers = ("文件", "年度", "得分", "等次", "结论", "缺失/薄弱/问题")
    align = ("left", "right", "right", "left", "left", "right")
    lead = [paint(line, "bold", style) for line in wrap(totals(run), style.width)]
    return ["=" * style.width, *lead, "", *grid(rows, headers, align, "")]


def _row(report: ReportResult, style: Style) -> list[str]:
    verdicts = Counter(element.verdict for element in report.elements)
    name, word = shorten_left(clean(report.file), style.width - _REST), outcome(report)
    if report.kind == "other":
        return [name, "", "", "", word, ""]
    colored = paint(word, "met" if report.passed else "missing", style)
    year, score = str(report.report_year or ""), number(report.score or 0)
    counts = f"{verdicts['missing']} / {verdicts['weak']} / {len(report.findings)}"
    return [name, year, score, report.grade or "", colored, counts]


def totals(run: RunResult) -> str:
    """The summary line of a run over many files."""
    counts = Counter(outcome(report) for report in run.reports)
    counts["未能审查"] = len(run.errors)
    parts = [f"{word} {counts[word]} 份" for word in ("通过", "未通过", "另类文件", "未能审查") if counts[word]]
    scores = [report.score for report in run.reports if report.score is not None]
    mean = f"；平均 {sum(scores) / len(scores):.1f} 分" if len(scores) > 1 else ""
    return f"共 {len(run.reports) + len(run.errors)} 份：{'，'.join(parts)}{mean}"


def _errors(errors: Sequence[FileError], style: Style) -> list[str]:
    lines = ["", paint("未能审查的文件", "bold", style)]
    for error in errors:
        first, *rest = wrap(clean(f"{error.file}：{error.message}"), style.width - 2)
        lines += ["  " + first, *("  " + line for line in rest)]
    return lines
