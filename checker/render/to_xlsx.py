"""Excel: all reports on one sheet, every element's reason on the second, every finding on the third, on
a fourth what was compared, if anything was; prints on A4."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from checker.models.result import ElementResult, ReportResult, RunResult
from checker.render import PLAIN, Style
from checker.render.compared_rows import compared_rows
from checker.render.problems import OTHER_KIND, accepted, as_run, rules_for
from checker.render.rows import Row, element_rows, finding_rows, titles_of
from checker.render.safe import xml_text
from checker.render.to_table import VERDICTS, outcome, totals
from checker.render.width import clean, width

Cell = str | int | float | None
_COLORS = {
    "met": "C6E7CE", "weak": "FFE699", "missing": "F8B4AE", "not-applicable": "E7E6E6", "suppressed": "DDE7F3",
    "error": "F8B4AE", "warning": "FFE699", "note": "DDEBF7", "通过": "C6E7CE", "未通过": "F8B4AE", "head": "DCE6F1",
}  # fmt: skip
_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTERED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_LINE = 15.0  # height of a line in points
_TALLEST = 400.0  # Excel refuses rows above 409 points
_LONGEST = 32_000  # Excel refuses cells above 32 767 characters

_LEAD = (
    ("文件", 30),
    ("机关", 20),
    ("年度", 6),
    ("总评", 8),
    ("得分", 7),
    ("等次", 8),
    ("缺失", 6),
    ("薄弱", 6),
    ("问题", 6),
)
_VERDICT_WIDTH = 6.5
_ELEMENTS = (
    ("文件", 32), ("类别", 9), ("要素", 22), ("结论", 7), ("得分", 7), ("满分", 7), ("位置", 12), ("依据原文", 40),
    ("理由", 30), ("改法", 40), ("豁免", 14),
)  # fmt: skip
_FINDINGS = (
    ("文件", 32), ("序号", 6), ("级别", 7), ("规则", 18), ("位置", 11), ("原文", 34), ("说明", 36), ("改法", 36),
    ("改为", 18), ("豁免", 14),
)  # fmt: skip
_COMPARED = (
    ("文件", 32), ("比对什么", 16), ("结果", 12), ("位置", 14), ("原文", 40), ("对照的位置", 14), ("对照的原文", 40),
    ("说明", 36),
)  # fmt: skip


def to_xlsx(result: RunResult | ReportResult, style: Style = PLAIN) -> bytes:
    """The workbook."""
    run = as_run(result)
    book = Workbook()
    summary = book.active
    assert isinstance(summary, Worksheet)
    _summary(summary, run)
    _elements(book.create_sheet("要素"), run)
    _findings(book.create_sheet("问题"), run)
    _compared(book, run)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _summary(sheet: Worksheet, run: RunResult) -> None:
    """One row a report: outcome, score, counts, the verdict of each element; below, how often each verdict was given."""
    sheet.title = "总表"
    titles = titles_of(run.reports)
    _header(sheet, [*_LEAD, *((title, _VERDICT_WIDTH) for title in titles.values())])
    for report in run.reports:
        _report(sheet, report, list(titles))
    for error in run.errors:
        _append(sheet, [clean(error.file), clean(error.message), None, "未能审查"])
    _finish(sheet, frozen="B2")
    if len(run.reports) > 1:
        _totals(sheet, run.reports, list(titles))
    _append(sheet, [totals(run)], bordered=False)
    sheet.cell(sheet.max_row, 1).alignment = Alignment()


def _report(sheet: Worksheet, report: ReportResult, ids: Sequence[str]) -> None:
    word = outcome(report)
    if report.kind == "other":
        _append(sheet, [clean(report.file), clean(report.kind_reason), None, word])
        return
    verdicts = Counter(element.verdict for element in report.elements if element.suppressed is None)
    standing = sum(1 for finding in report.findings if finding.suppressed is None)
    lead: list[Cell] = [
        clean(report.file), clean(report.agency or "不明"), report.report_year, word, report.score, report.grade,
        verdicts["missing"], verdicts["weak"], standing,
    ]  # fmt: skip
    by_id = {element.id: element for element in report.elements}
    row = _append(sheet, [*lead, *(_verdict(by_id.get(id)) for id in ids)])
    _fill(sheet, row, 4, word)
    for column, id in enumerate(ids, len(_LEAD) + 1):
        if id in by_id:
            accepted_here = by_id[id].suppressed is not None
            _fill(sheet, row, column, "suppressed" if accepted_here else by_id[id].verdict)
    for column in (1, 2):
        sheet.cell(row, column).alignment = Alignment(vertical="center", wrap_text=True)
    _center(sheet, row, range(3, len(_LEAD) + len(ids) + 1))


def _verdict(element: ElementResult | None) -> str | None:
    if element is None:
        return None
    return VERDICTS[element.verdict] + ("（已豁免）" if element.suppressed is not None else "")


def _totals(sheet: Worksheet, reports: Sequence[ReportResult], ids: Sequence[str]) -> None:
    """Below the table, outside its filter: how many reports got each verdict on each element; the mean score."""
    scores = [report.score for report in reports if report.score is not None]
    given: Counter[tuple[str, str]] = Counter(
        (element.id, element.verdict) for report in reports for element in report.elements
    )
    for verdict in ("met", "weak", "missing"):
        counts: list[Cell] = [given[id, verdict] for id in ids]
        mean = round(sum(scores) / len(scores), 1) if scores and verdict == "met" else None
        label = "平均分" if mean is not None else None
        row = _append(sheet, [f"{VERDICTS[verdict]}份数", None, None, label, mean, None, None, None, None, *counts])
        sheet.cell(row, 1).font = Font(bold=True)
        _center(sheet, row, range(4, len(_LEAD) + len(ids) + 1))


def _elements(sheet: Worksheet, run: RunResult) -> None:
    _header(sheet, _ELEMENTS)
    for report in run.reports:
        for r in element_rows(report):
            told = [
                clean(report.file), r.group, r.title, r.verdict, r.points, r.max_points, r.place, r.text, r.message,
                r.advice, r.suppressed and accepted(r.suppressed),
            ]  # fmt: skip
            row = _append(sheet, told)
            _fill(sheet, row, 4, "suppressed" if r.suppressed else r.key)
    _finish(sheet, frozen="D2")


def _findings(sheet: Worksheet, run: RunResult) -> None:
    _header(sheet, _FINDINGS)
    for report in run.reports:
        if report.kind == "other":
            _append(sheet, [clean(report.file), None, None, OTHER_KIND.title, None, None, clean(report.kind_reason)])
        for index, r in enumerate(finding_rows(report, rules_for(report, run)), 1):
            _finding(sheet, report, index, r)
    for error in run.errors:
        _append(sheet, [clean(error.file), None, None, "未能审查", None, None, clean(error.message)])
    _finish(sheet, frozen="B2")


def _finding(sheet: Worksheet, report: ReportResult, index: int, r: Row) -> None:
    told: list[Cell] = [
        clean(report.file), index, r.verdict, r.title, r.place, r.text, r.message, r.advice, r.fixed,
        r.suppressed and accepted(r.suppressed),
    ]  # fmt: skip
    row = _append(sheet, told)
    _fill(sheet, row, 3, "suppressed" if r.suppressed else r.key)


def _compared(book: Workbook, run: RunResult) -> None:
    """A sheet for what was set beside something else, if anything was."""
    rows = [(report, row) for report in run.reports for row in compared_rows(report)]
    if not rows:
        return
    sheet = book.create_sheet("比对")
    _header(sheet, _COMPARED)
    for report, r in rows:
        told = [
            clean(report.file), r.group, r.status, r.place, r.text, r.beside_place, r.beside_text, r.told,
        ]  # fmt: skip
        _fill(sheet, _append(sheet, told), 3, r.key)
    _finish(sheet, frozen="B2")


def _header(sheet: Worksheet, columns: Iterable[tuple[str, float]]) -> None:
    """The first row, as wide and as high as its columns need."""
    lines = 1
    for column, (title, wide) in enumerate(columns, 1):
        cell = sheet.cell(1, column, title)
        cell.font, cell.alignment, cell.border = Font(bold=True), _CENTERED, _BORDER
        cell.fill = PatternFill("solid", start_color=_COLORS["head"])
        sheet.column_dimensions[get_column_letter(column)].width = wide
        lines = max(lines, _lines(title, wide))
    sheet.row_dimensions[1].height = max(lines, 2) * _LINE


def _append(sheet: Worksheet, values: Sequence[Cell], bordered: bool = True) -> int:
    """A row below the last; its number.  Text stays text: nothing in it becomes a formula."""
    row = sheet.max_row + 1
    lines = 1
    for column, value in enumerate(values, 1):
        cell: Any = sheet.cell(row, column)
        if isinstance(value, str):
            cell.value = xml_text(value)[:_LONGEST]
            cell.data_type, cell.quotePrefix = "s", value.startswith(("=", "+", "-", "@"))
            lines = max(lines, _lines(value, sheet.column_dimensions[get_column_letter(column)].width))
        else:
            cell.value = value
        cell.alignment = _TOP
        if bordered:
            cell.border = _BORDER
    sheet.row_dimensions[row].height = min((lines if bordered else 1) * _LINE + 3, _TALLEST)
    return row


def _lines(text: str, wide: float) -> int:
    """How many lines a text takes in a column: two columns' worth to a Chinese character, some room at the edges."""
    return max(1, -(-width(text) // max(int(wide * 0.92) // 2 * 2, 2)))


def _fill(sheet: Worksheet, row: int, column: int, key: str) -> None:
    if key in _COLORS:
        sheet.cell(row, column).fill = PatternFill("solid", start_color=_COLORS[key])
    sheet.cell(row, column).alignment = _CENTERED


def _center(sheet: Worksheet, row: int, columns: Iterable[int]) -> None:
    for column in columns:
        sheet.cell(row, column).alignment = _CENTERED


def _finish(sheet: Worksheet, frozen: str) -> None:
    """Frozen panes, filter, and how the sheet prints: A4 across, one page wide, the header on every page."""
    sheet.freeze_panes = frozen
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    properties: Any = sheet.sheet_properties
    properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.5
    footer: Any = sheet.oddFooter
    footer.center.text = "第 &P 页，共 &N 页"
