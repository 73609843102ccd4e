"""CSV and XLSX: a row for everything, numbers as numbers, no formulas, ready to print."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from made import EVERYTHING, HOSTILE, IDENTITY, OTHER, finding, report, run
from openpyxl import load_workbook

from checker import render
from checker.models.result import ReportResult, RunResult
from checker.render.to_csv import HEADERS

FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://evil.example")')


def rows(result: RunResult | ReportResult) -> list[dict[str, str]]:
    text = render(result, "csv")
    assert isinstance(text, str) and text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def book(result: RunResult | ReportResult) -> Any:
    return load_workbook(io.BytesIO(render(result, "xlsx")))  # type: ignore[arg-type]


def with_formulas() -> ReportResult:
    source = "一、标题𠮷字\n" + "\n".join(FORMULAS)
    return report(
        source, file="=cmd.txt", agency="@agency", findings=[finding(source, words, id="typo") for words in FORMULAS]
    )


# CSV


def test_csv_has_a_row_for_everything() -> None:
    told = rows(run(report(), OTHER, errors=(("坏.txt", "空的"),)))
    assert [row["编号"] for row in told] == [
        "a", "b", "c", "d", "e", "typo", "typo", "personal", "typo", "other-kind", "unreadable",
    ]  # fmt: skip
    typo = told[5]
    assert (typo["行"], typo["列"], typo["原文"], typo["改为"], typo["名称"]) == ("1", "4", "题𠮷", "目𠮷", "错字")
    assert told[3]["豁免"] == "已豁免：本局无此职责" and told[10]["说明"] == "空的"
    assert told[0]["总分"] == "47.0" and told[9]["总分"] == ""


def test_csv_rows_all_have_every_column() -> None:
    table = list(csv.reader(io.StringIO(render(EVERYTHING, "csv"))))  # type: ignore[arg-type]
    assert {len(row) for row in table} == {len(HEADERS)}


def test_csv_holds_no_formula() -> None:
    for row in csv.reader(io.StringIO(render(with_formulas(), "csv"))):  # type: ignore[arg-type]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row), row
    assert "'=1+1" in render(with_formulas(), "csv")  # type: ignore[operator]


# XLSX


def test_xlsx_has_three_sheets_that_filter_freeze_and_print() -> None:
    made = book(EVERYTHING)
    assert made.sheetnames == ["总表", "要素", "问题"]
    for sheet in made:
        assert sheet.freeze_panes and sheet.auto_filter.ref.startswith("A1:")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows == "$1:$1"
        assert all(cell.alignment.wrap_text for cell in sheet[1])


def test_xlsx_numbers_are_numbers_and_verdicts_coloured() -> None:
    sheet = book(run(report(), report(file="乙.txt", score=80.0)))["总表"]
    header = [cell.value for cell in sheet[1]]
    first = dict(zip(header, sheet[2], strict=True))
    assert first["得分"].value == 47 and first["年度"].value == 2023 and first["缺失"].value == 1
    assert (first["要素a"].value, first["要素c"].value, first["要素d"].value) == ("达标", "缺失", "缺失（已豁免）")
    colors = {first[name].fill.start_color.rgb for name in ("要素a", "要素b", "要素c", "要素d")}
    assert len(colors) == 4
    below = {row[0].value: row for row in sheet.iter_rows(min_row=4)}
    assert below["缺失份数"][header.index("要素c")].value == 2
    assert below["达标份数"][header.index("得分")].value == 63.5


def test_xlsx_findings_tell_place_text_and_how_to_mend_it() -> None:
    sheet = book(run(report()))["问题"]
    header = [cell.value for cell in sheet[1]]
    told = [dict(zip(header, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert (
        told[0]["位置"] == "第 1 行"
        and told[0]["原文"] == "题𠮷"
        and told[0]["改为"] == "目𠮷"
        and told[0]["序号"] == 1
    )
    assert told[1]["豁免"] == "已豁免：惯用写法"
    assert IDENTITY not in str(told)


def test_xlsx_holds_no_formula_and_keeps_the_text_as_it_is() -> None:
    made = book(run(with_formulas()))
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    guarded = [cell for cell in cells if cell.value in FORMULAS]
    assert len(guarded) == len(FORMULAS) and all(cell.quotePrefix for cell in guarded)


def test_xlsx_takes_hostile_and_very_long_text() -> None:
    assert book(run(report(agency=HOSTILE * 400, kind_reason=HOSTILE), errors=((HOSTILE, HOSTILE),)))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_xlsx_opens_in_an_office_program_and_prints_one_page_wide(tmp_path: Path) -> None:
    made = render(run(*(report(file=f"{n}.txt", findings=[]) for n in range(5))), "xlsx")
    assert isinstance(made, bytes)
    (tmp_path / "o.xlsx").write_bytes(made)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "o.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pdf = (tmp_path / "o.pdf").read_bytes()
    assert pdf.startswith(b"%PDF") and 2 <= pdf.count(b"/Type/Page") - pdf.count(b"/Type/Pages") <= 4
