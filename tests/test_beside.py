"""Comparisons where people look: shortcomings beside plans and last year's report, in HTML and Markdown."""

from __future__ import annotations

import html
import re

import pytest

from checker import check, load_pack, render
from checker.models.document import RawReport
from checker.models.result import ReportResult

LAST = (
    "某市司法局2023年法治政府建设年度报告\n一、主要工作\n开展执法检查98次。\n二、存在的问题\n"
    "一是行政执法人员数量不足，基层执法力量薄弱。\n三、2024年工作安排\n一是加强行政执法人员培训，充实基层执法力量。\n"
)
THIS = (
    "某市司法局2024年法治政府建设年度报告\n一、主要工作\n开展执法检查120次，联系人身份证号11010519491231002X。\n二、存在的问题\n"
    "一是普法宣传形式单一<b>，群众参与度不高。\n三、2025年工作安排\n一是加强行政执法人员培训，充实基层执法力量。\n"
)


@pytest.fixture(scope="module")
def result() -> ReportResult:
    made = check(RawReport("今年.txt", THIS), load_pack("law-gov"), previous=RawReport("去年.txt", LAST))
    assert made.answers
    assert made.previous is not None
    assert made.previous.problems
    return made


@pytest.mark.parametrize("format", ["html", "markdown"])
def test_what_was_compared_is_told(result: ReportResult, format: str) -> None:
    shown = html.unescape(str(render(result, format)))
    for words in ("与上年度报告比对（2023 年度）", "没有对应的安排", "行政执法人员数量不足", "上年度的安排"):
        assert words in shown


@pytest.mark.parametrize("format", ["html", "markdown"])
def test_without_last_years_report_only_the_plan_is_set_beside(format: str) -> None:
    shown = str(render(check(RawReport("今年.txt", THIS), load_pack("law-gov")), format))
    assert "不足与安排" in shown
    assert "上年度报告比对" not in shown


def test_the_page_leads_to_the_lines_compared(result: ReportResult) -> None:
    page = str(render(result, "html"))
    block = page.partition("与上年度报告比对")[2].partition("<h3>")[0]
    targets = re.findall(r'href="#(r1-l\d+)"', block)
    assert targets
    assert all(f'id="{target}"' in page for target in targets)


@pytest.mark.parametrize("format", ["html", "markdown"])
def test_words_of_the_report_stay_words(result: ReportResult, format: str) -> None:
    block = str(render(result, format)).partition("比对")[2].partition("<h3>原文")[0]
    assert "形式单一<b>" not in block
    assert "形式单一&lt;b&gt;" in block


def test_last_years_report_that_is_none_is_told_of() -> None:
    last = RawReport("去年.txt", "政府工作报告\n各位代表：\n现在，我代表市政府向大会报告工作，请予审议。\n")
    made = check(RawReport("今年.txt", THIS), load_pack("law-gov"), previous=last)
    assert made.previous is not None
    assert "不是这类报告" in made.previous.notes[0]
