"""What the comparison with last year's report is called wherever it is shown, beside the labels of the pack."""

from __future__ import annotations

from checker.models.compared import PreviousResult, YearLeft

TITLE = "与上年度报告比对"
COPIED = "与上年度相同的段落"
UNCHANGED = "与上年度一样的数字"
YEARS_LEFT = "没有改的年份"
CHECK = "请核对是否漏改。"


def title(previous: PreviousResult) -> str:
    """The title with last year, where that is known."""
    return f"{TITLE}（{previous.report_year} 年度）" if previous.report_year else TITLE


def expected(left: YearLeft) -> str:
    """What a year that was left over ought to be."""
    return f"年份应为 {left.expected} 年"
