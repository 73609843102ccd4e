"""CSV for spreadsheets: a row an element, a finding or a file that has no result; UTF-8 with a BOM, as Excel expects.

Lines end with ``\\n``: no cell holds a line end, and every spreadsheet reads both.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from checker.models.result import FileError, ReportResult, RuleInfo, RunResult
from checker.render import PLAIN, Style
from checker.render.problems import OTHER_KIND, accepted, as_run, rules_for
from checker.render.rows import Row, element_rows, finding_rows
from checker.render.safe import no_formula
from checker.render.to_table import number, outcome
from checker.render.width import clean

HEADERS = (
    "文件", "机关", "年度", "总分", "总评", "类别", "编号", "名称", "结论", "得分", "满分", "位置", "行", "列", "原文",
    "说明", "改法", "改为", "依据", "豁免",
)  # fmt: skip
_Cell = str | int | float | None


def to_csv(result: RunResult | ReportResult, style: Style = PLAIN) -> str:
    """One table of all reports; its columns are ``HEADERS``."""
    run = as_run(result)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADERS)
    for report in run.reports:
        writer.writerows(map(_guarded, _rows(report, rules_for(report, run))))
    writer.writerows(_guarded(_unread(error)) for error in run.errors)
    return "\ufeff" + out.getvalue()


def _rows(report: ReportResult, rules: Mapping[str, RuleInfo]) -> Iterator[list[_Cell]]:
    lead: list[_Cell] = [
        clean(report.file),
        clean(report.agency or ""),
        report.report_year,
        None if report.score is None else float(number(report.score)),
        outcome(report),
    ]
    if report.kind == "other":
        yield _padded([*lead, "文件", OTHER_KIND.id, OTHER_KIND.title], report.kind_reason)
    for row in [*element_rows(report), *finding_rows(report, rules)]:
        yield lead + _cells(row)
    for rule in report.rule_errors:
        yield _padded([*lead, "文件", "rule-error", "规则运行出错"], f"规则 {rule} 没有检查。")


def _cells(row: Row) -> list[_Cell]:
    return [
        row.group, row.id, row.title, row.verdict, row.points, row.max_points, row.place, row.line, row.column, row.text,
        row.message, row.advice, row.fixed, row.basis, accepted(row.suppressed or None),
    ]  # fmt: skip


def _unread(error: FileError) -> list[_Cell]:
    return _padded(
        [clean(error.file), "", None, None, "未能审查", "文件", "unreadable", "未能审查"], clean(error.message)
    )


def _padded(lead: list[_Cell], message: str) -> list[_Cell]:
    """A row that has nothing to tell but a message."""
    row: list[_Cell] = [*lead, *[""] * (len(HEADERS) - len(lead))]
    row[HEADERS.index("说明")] = clean(message)
    return row


def _guarded(row: list[_Cell]) -> list[_Cell]:
    return [no_formula(cell) if isinstance(cell, str) else cell for cell in row]
