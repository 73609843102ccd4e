"""Rendering: the table is aligned, fits 80 columns, says what matters; JSON holds everything."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from wcwidth import wcswidth

from checker import render
from checker.errors import UsageError
from checker.models.result import (
    ElementResult,
    Evidence,
    FileError,
    Finding,
    PackInfo,
    ReportResult,
    RunResult,
)
from checker.render import RENDERERS, SUFFIXES, Style
from checker.render.priorities import mends
from checker.render.width import clean, shorten, shorten_left, width, wrap

LONG = (
    "局党组理论学习中心组于4月、9月两次专题学习“有关思想”，举办专题培训班1期，120人参加，并印发《实施方案（2024—2025年）》；"
    * 4
)


def place(text: str = "办结案件86件", line: int = 4) -> Evidence:
    return Evidence(start=10, end=10 + len(text), line=line, column=2, text=text, section="work-done")


def element(id: str, verdict: Any, points: float, most: float, **more: Any) -> ElementResult:
    told = {
        "title": f"要素{id}", "part": "required", "reason": f"{id} 的理由。", "basis": ["某规定"],
        "advice": None if verdict in ("met", "not-applicable") else f"{id} 的建议。",
        "evidence": [place()] if verdict in ("met", "weak") else [],
    }  # fmt: skip
    return ElementResult(id=id, verdict=verdict, points=points, max_points=most, **(told | more))


def finding(severity: Any = "error", line: int = 7, text: str = "图书官", **more: Any) -> Finding:
    told = {"message": f"“{text}”写错了。", "advice": "请改正。", "fixed": None, "id": "typo", "start": 30, "column": 3}
    return Finding(severity=severity, line=line, text=text, end=30 + len(text), **(told | more))


def report(**more: Any) -> ReportResult:
    elements = [
        element("a", "met", 30, 30),
        element("b", "weak", 10, 20),
        element("c", "missing", 0, 40),
        element("d", "met", 10, 10, part="coverage"),
        element("e", "not-applicable", 0, 0, part="coverage"),
    ]
    told: dict[str, Any] = {
        "file": "甲.txt", "kind": "report", "kind_reason": "标题表明是这类报告。", "agency": "某市某局",
        "level": "city", "report_year": 2023, "score": 47.0, "max_score": 100.0, "grade": "不合格", "passed": False, "deducted": 3.0, "fail_reason": "得分低于 60 分",
        "elements": elements, "findings": [finding(), finding("note", 9, "一处提示")],
    }  # fmt: skip
    return ReportResult(**(told | more))


OTHER = report(
    file="乙.txt", kind="other", kind_reason="这是一篇讲话。", score=None, grade=None, passed=None, elements=[]
)


def run(*reports: ReportResult, errors: tuple[FileError, ...] = ()) -> RunResult:
    return RunResult(checker="9.9", pack=PackInfo(id="p", version="1"), reports=list(reports), errors=list(errors))


def table(*reports: ReportResult, style: Style | None = None) -> str:
    return render(run(*reports), "table", style or Style())


def assert_fits(text: str, columns: int = 80) -> None:
    for line in text.splitlines():
        assert 0 <= wcswidth(re.sub(r"\x1b\[\d+m", "", line)) <= columns, line


def test_the_block_tells_everything() -> None:
    text = table(report())
    for part in (
        "甲.txt", "47 / 100 分", "问题扣 3 分", "等次：不合格", "结论：未通过", "某市某局　2023 年度　市级",
        "一、必备要素（40 / 90 分）", "二、覆盖领域（10 / 10 分）", "达标", "薄弱", "缺失", "不适用",
        "第 4 行“办结案件86件”",
        "b 的理由。", "c 的理由。", "问题（2 处：错误 1，提示 1）", "第 7 行“图书官”", "写错了", "请改正。", "先做什么",
    ):  # fmt: skip
        assert part in text, part
    assert "a 的理由" not in text  # where evidence stands, the quote tells enough


def test_the_corrected_text_is_shown_where_there_is_one() -> None:
    assert "改为  “图书馆”" in table(report(findings=[finding(fixed="图书馆")]))
    assert "改为" not in table(report(findings=[finding()]))


def test_like_faults_of_one_line_are_told_apart() -> None:
    twice = [finding().model_copy(update={"column": column}) for column in (3, 86)]
    text = table(report(findings=twice))
    assert "该行第 3 字" in text and "该行第 86 字" in text
    assert "该行第" not in table(report(findings=[finding(), finding(line=9)]))


def test_no_findings_is_said() -> None:
    assert "没有发现" in table(report(findings=[]))


def test_what_to_do_first_is_the_most_valuable() -> None:
    todo = mends(report())
    assert [mend.element.id if mend.element else "findings" for mend in todo] == ["c", "b", "findings"]
    assert [mend.gain for mend in todo] == [40, 10, 3]
    text = table(report())
    section = text[text.index("先做什么") :]
    assert section.index("补写“要素c”") < section.index("充实“要素b”") < section.index("改正 1 处问题（第 7 行）")
    assert "c 的建议。" in section and "可增 40 分" in section


def test_fields_beyond_what_is_needed_are_no_mend() -> None:
    """A field that is worth no points where enough others are met wins nothing."""
    elements = [element("a", "met", 6, 6, part="coverage"), element("b", "missing", 0, 0, part="coverage")]
    assert mends(report(elements=elements, findings=[], score=100.0)) == []
    assert "—" in table(report(elements=elements, findings=[], score=100.0))


def test_a_finding_that_is_not_for_display_is_masked() -> None:
    text = table(
        report(findings=[finding("error", text="340103197905123018", message="文中有证件号码。", sensitive=True)])
    )
    assert "340103197905123018" not in text
    assert "340" + "*" * 13 + "18" in text


def test_what_is_not_for_display_is_masked_in_evidence_too() -> None:
    words = "手机13912345670办理投诉"
    secret = finding("error", text="13912345670", message="文中有手机号码。", sensitive=True)
    secret = secret.model_copy(update={"start": 102, "end": 113})
    evidence = place(words).model_copy(update={"start": 100, "end": 100 + len(words)})
    shown = element("disputes", "weak", 1, 2).model_copy(update={"evidence": [evidence], "candidates": [evidence]})
    text = table(report(elements=[shown], findings=[secret]))
    assert "13912345670" not in text.replace("\n", "").replace(" ", "")
    assert text.count("139******70") >= 2


def test_another_kind_says_so_first_and_has_no_score() -> None:
    lines = table(OTHER).splitlines()
    assert lines[1:4] == ["乙.txt", "另一类文件，不评分", "这是一篇讲话。"]
    assert "100 分" not in table(OTHER) and "问题" not in table(OTHER)


def test_several_files_end_with_a_summary() -> None:
    text = render(run(report(), OTHER, report(score=91.0, passed=True), errors=(FileError(file="丙", message="坏了"),)))
    assert "共 4 份：通过 1 份，未通过 1 份，另类文件 1 份，未能审查 1 份；平均 69.0 分" in text
    assert "1 / 1 / 2" in text and "丙：坏了" in text
    assert "共 1 份" not in table(report())


def test_reasons_of_errors_can_be_left_to_the_terminal() -> None:
    text = render(run(report(), errors=(FileError(file="丙", message="坏了"),)), style=Style(reasons_of_errors=False))
    assert "丙" in text and "坏了" not in text


@pytest.mark.parametrize("columns", [60, 80])
def test_everything_fits(columns: int) -> None:
    full = report(
        file="很长的目录/" * 9 + "a-very-long-file-name-without-any-break-" * 3 + ".txt",
        agency="某某" * 50,
        kind_reason=LONG,
        elements=[
            element("x", "weak", 3.3333, 13, title="健全社会矛盾纠纷行政预防调处化解体系" * 2, reason=LONG, advice=LONG,
                    evidence=[place(LONG, 12345)] * 3),
            element("y", "missing", 0, 10, part="coverage", reason=LONG, advice="https://" + "a" * 200),
        ],
        findings=[finding(text=LONG, message=LONG, advice=LONG, fixed=LONG, id="outdated-reference", line=99999)],
    )  # fmt: skip
    text = render(run(full, full, OTHER, errors=(FileError(file="f" * 100, message=LONG),)), style=Style(width=columns))
    assert_fits(text, columns)
    assert text.endswith("\n") and not any(line != line.rstrip() for line in text.splitlines())


def test_columns_are_aligned_by_display_width() -> None:
    lines = [line for line in table(report()).splitlines() if re.search(r"达标|薄弱|缺失", line) and "/" in line]
    assert len({wcswidth(line[: re.search(r"达标|薄弱|缺失", line).start()]) for line in lines}) == 1  # type: ignore[union-attr]


def test_colour_changes_nothing_but_colour() -> None:
    colored = table(report(), OTHER, style=Style(color=True))
    assert "\x1b[31m缺失\x1b[0m" in colored and "\x1b[32m达标\x1b[0m" in colored
    assert re.sub(r"\x1b\[\d+m", "", colored) == table(report(), OTHER)
    assert "\x1b" not in table(report(), OTHER)


def test_what_a_text_smuggles_in_does_not_reach_the_terminal() -> None:
    evil = "甲\x1b[2J乙\u202e丙\r\n丁\x07"
    text = table(report(file=evil, agency=evil, findings=[finding(text=evil, fixed=evil)], kind_reason=evil))
    assert not set(text) & {"\x1b", "\u202e", "\r", "\x07"}
    assert "甲[2J乙丙丁" in text


def test_json_holds_everything() -> None:
    result = run(report(), OTHER, errors=(FileError(file="丙", message="坏了"),))
    text = render(result, "json")
    document = json.loads(text)
    assert document == result.model_dump()
    assert list(document) == ["version", "checker", "pack", "reports", "errors", "previous_errors", "rules"]
    assert "某市某局" in text and text.startswith('{\n  "version": 1,') and text.endswith("}\n")
    assert document["reports"][1]["score"] is None and document["reports"][0]["findings"][0]["fixed"] is None


def test_one_report_renders_alone() -> None:
    assert json.loads(render(report(), "json")) == report().model_dump()
    assert render(report()) + "\n" == table(report())


def test_formats() -> None:
    assert set(SUFFIXES.values()) <= set(RENDERERS)
    with pytest.raises(UsageError, match="pdf"):
        render(run(report()), "pdf")


# Width


def test_wrap_breaks_by_cells_and_keeps_numbers_whole() -> None:
    assert wrap("一二三四五六", 6) == ["一二三", "四五六"]
    assert wrap("共计123456件", 10) == ["共计123456", "件"]
    assert wrap("共计又123456件", 10) == ["共计又", "123456件"]
    assert wrap("", 10) == [""]
    assert wrap("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "第一，第二；（第三）《第四》“第五”、第六。" * 9
    for cells in range(8, 40):
        lines = wrap(text, cells)
        assert "".join(lines) == text
        assert not any(line[0] in "，；）》”、。" for line in lines), (cells, lines)
        assert not any(line[-1] in "（《“" for line in lines), (cells, lines)
        assert all(width(line) <= cells for line in lines)


def test_shorten() -> None:
    assert shorten("一二三", 6) == "一二三"
    assert shorten("一二三四", 6) == "一二…"
    assert shorten_left("目录/文件.txt", 10) == "…文件.txt"
    assert width(shorten("一二三四" * 9, 7)) <= 7


def test_clean() -> None:
    assert clean("  甲\u3000乙\n丙\x00\u200b ") == "甲乙丙"
    assert clean("甲 A 乙\nB") == "甲 A 乙 B"
