"""Comparisons where people look: shortcomings beside plans and last year's report, in pages, workbooks and comments."""

from __future__ import annotations

import html
import io
import re

import pytest
from openpyxl import load_workbook

from checker import check, load_pack, render
from checker.models.document import RawReport
from checker.models.result import ReportResult
from checker.render.remarks import remarks

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


def sheet(result: ReportResult) -> list[dict[str, str]]:
    """The rows of the workbook's sheet of comparisons; none where there is no such sheet."""
    book = load_workbook(io.BytesIO(bytes(render(result, "xlsx"))))  # type: ignore[arg-type]
    if "比对" not in book.sheetnames:
        return []
    header, *rows = book["比对"].values
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_workbook_has_a_row_for_each_thing_compared(result: ReportResult) -> None:
    rows = sheet(result)
    told = {(row["比对什么"], row["结果"]): row for row in rows}
    lacking = told["不足与安排的对应", "没有对应的安排"]
    assert lacking["位置"] == "第 5 行" and "普法宣传形式单一" in lacking["原文"]
    assert lacking["对照的原文"] is None and "补写" in lacking["说明"]
    again = told["上年度的安排", "又列入"]
    assert again["位置"] == "上年第 7 行" and again["对照的位置"] == "第 7 行"
    assert "上年度的不足" in {row["比对什么"] for row in rows}
    assert "与上年度相同的段落" in {row["比对什么"] for row in rows}


def test_a_workbook_without_comparisons_has_no_sheet_for_them() -> None:
    text = "某市司法局2024年法治政府建设年度报告\n一、主要工作\n开展执法检查120次。\n"
    assert sheet(check(RawReport("今年.txt", text), load_pack("law-gov"))) == []


def comments(result: ReportResult) -> list[tuple[str, ...]]:
    return [remark.paragraphs for remark in remarks(result)]


def test_comments_stand_where_this_years_report_should_be_looked_at(result: ReportResult) -> None:
    assert result.source is not None
    said = {r.paragraphs[0]: (result.source.text[r.start : r.end], " ".join(r.paragraphs)) for r in remarks(result)}
    place, told = said["【没有对应的安排】不足与安排的对应"]
    assert "普法宣传形式单一" in place and "补写" in told and "不影响得分" in told
    place, told = said["【又列入】上年度的安排"]
    assert "加强行政执法人员培训" in place and "上年第 7 行" in told
    assert not any(heading.startswith("【有安排】") for heading in said), "nothing to look at"


def test_one_comment_tells_of_last_years_report_and_what_has_no_place(result: ReportResult) -> None:
    assert result.previous is not None
    (told,) = (told for told in comments(result) if told[0] == "与上年度报告比对（2023 年度）：去年.txt")
    assert any(line.startswith("上年度的不足：") for line in told)
    silent = [item for item in result.previous.problems if item.status == "silent"]
    assert sum(line.startswith("· 没有提：") for line in told) == len(silent)


def test_a_doubtful_comparison_is_told_in_the_workbook_and_the_comments() -> None:
    last = RawReport("前年.txt", LAST.replace("2023", "2021").replace("2024", "2022"))
    made = check(RawReport("今年.txt", THIS), load_pack("law-gov"), previous=last)
    assert any(row["结果"] == "注意" and "2021 年度" in row["说明"] for row in sheet(made))
    assert any("2021 年度报告" in line for told in comments(made) for line in told)


def test_without_anything_compared_there_is_no_comment_about_it() -> None:
    text = "某市司法局2024年法治政府建设年度报告\n一、主要工作\n开展执法检查120次。\n"
    made = check(RawReport("今年.txt", text), load_pack("law-gov"))
    assert not any("不影响得分" in line for told in comments(made) for line in told)
