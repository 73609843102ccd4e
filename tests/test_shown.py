"""What may be shown: sensitive places are hidden wherever they appear, in every format; unsafe characters are tamed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import EVERYTHING, HOSTILE, IDENTITY, TEXT, evidence, in_word, report, run

from checker import check, render
from checker.cli import main
from checker.compiled import CompiledPack
from checker.models.document import RawReport
from checker.models.result import ReportResult
from checker.render import RENDERERS
from checker.render.safe import no_formula, utf8_text, visible, xml_text
from checker.render.shown import Shown, hide

FORMATS = [name for name in RENDERERS if name != "json"]  # which holds all


def rendered(format: str, result: object = EVERYTHING) -> str:
    """A format's output as text; of an archive all its members."""
    content = render(result, format)  # type: ignore[arg-type]
    if isinstance(content, str):
        return content
    if not content.startswith(b"PK"):
        return content.decode("latin-1")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return unescape("".join(archive.read(name).decode("utf-8") for name in archive.namelist()))


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "docx"])  # which is the report itself
def test_an_identity_number_is_hidden_in_every_format(format: str) -> None:
    text = rendered(format, run(report(), in_word()))
    assert IDENTITY not in text and IDENTITY[4:14] not in text


@pytest.mark.parametrize("format", [name for name in FORMATS if name not in ("png", "svg")])
def test_what_is_accepted_stays_visible_with_its_reason(format: str) -> None:
    text = rendered(format, run(report()))
    for reason in ("本局无此职责", "惯用写法"):
        assert reason in text and ("已豁免" in text or format == "sarif")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_takes_one_report_alone_and_an_empty_run(format: str) -> None:
    assert render(report(), format)
    if format not in ("png", "svg") and not RENDERERS[format].single:
        assert render(run(), format)


@pytest.mark.parametrize("format", [name for name in FORMATS if not RENDERERS[name].binary])
def test_text_formats_end_with_a_line_end_and_fit_utf_8(format: str) -> None:
    text = rendered(format)
    assert text.endswith("\n")
    text.encode("utf-8")


def test_a_quote_that_overlaps_a_hidden_place_hides_its_part() -> None:
    shown = Shown(report())
    assert shown.quote(evidence(TEXT, f"身份证号{IDENTITY}，跨")) == f"身份证号340{'*' * 13}18，跨"
    assert shown.quote(evidence(TEXT, IDENTITY[5:])) == "*" * 11 + "18"
    assert shown.quote(evidence(TEXT, "标题𠮷字")) == "标题𠮷字"


def test_the_hidden_source_keeps_every_offset() -> None:
    hidden = Shown(report()).text(TEXT, 0)
    assert len(hidden) == len(TEXT) and IDENTITY not in hidden
    assert hidden.replace("*" * 13, IDENTITY[3:16]) == TEXT


def test_an_address_is_hidden_though_it_has_no_number() -> None:
    assert hide("幸福路三号院五单元二〇一室") == "幸福路********一室"
    assert hide("甲乙") == "甲*"


def test_a_correction_that_would_tell_what_is_hidden_is_not_shown() -> None:
    made = report()
    sensitive = made.findings[2].model_copy(update={"fixed": IDENTITY + "X"})
    assert Shown(made.model_copy(update={"findings": [sensitive]})).fixed(sensitive) is None


@given(st.text(max_size=60))
def test_hiding_keeps_length_and_spaces(text: str) -> None:
    hidden = hide(text)
    assert len(hidden) == len(text)
    assert [c for c in hidden if c.isspace()] == [c for c in text if c.isspace()]


@given(st.text(st.characters(), max_size=60))
def test_visible_text_keeps_its_length_and_holds_nothing_unsafe(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not any(ord(c) < 32 and c not in "\n\t\r" for c in shown)
    assert not set(shown) & set("\x7f\u202e\u2066\ud800")


def test_unsafe_characters() -> None:
    assert visible("甲\x00乙\u202e丙\ufffe") == "甲�乙�丙�"
    assert xml_text("甲\x00乙\ud800\x1b") == "甲乙"
    assert utf8_text("甲\udcff") == "甲�"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1", "\r=1"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert no_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["甲=1", "2023年", "", "（-1）"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert no_formula(text) == text


def test_hostile_text_reaches_the_source_of_the_tests() -> None:
    assert HOSTILE in TEXT and "\ud800" in TEXT and "\x00" in TEXT


def test_a_sensitive_place_of_a_real_report(judge: Callable[..., ReportResult]) -> None:
    """The shipped rules' own findings: neither number nor home address comes out."""
    text = "某市某局2023年法治政府建设年度报告\n一、主要工作\n办理许可60件。联系人张三，身份证号340103197905123018，手机13812345678。\n"
    result = judge(text)
    assert [finding.sensitive for finding in result.findings if finding.id == "personal-data"]
    for format in ("html", "csv", "markdown", "sarif", "junit", "gitlab", "github"):
        assert "340103197905123018" not in rendered(format, result), format
        assert "13812345678" not in rendered(format, result), format


def test_the_table_hides_an_identity_number_in_evidence_and_one_with_spaces(judge: Callable[..., ReportResult]) -> None:
    spaced = " ".join((IDENTITY[:6], IDENTITY[6:14], IDENTITY[14:]))
    text = f"某县司法局2024年法治政府建设年度报告\n一、主要工作\n主要负责人身份证{IDENTITY}听取汇报3次，联系人身份证{spaced}。\n"
    table = str(render(judge(text), "table"))
    assert IDENTITY[6:10] not in table
    assert "*" in table


PRIVATE = (
    f"某县司法局2024年法治政府建设年度报告\n一、主要工作\n主要负责人（身份证号{IDENTITY}）听取汇报3次。“联系人身份证{IDENTITY}。\n"
    "二、存在的问题\n一是执法人员数量不足，联系人手机13812345678，基层力量薄弱。\n"
    "三、2025年工作安排\n一是加强执法人员培训，联系人手机13812345678，充实基层力量。\n"
)
BARE = (IDENTITY[:6] + IDENTITY[6:8], IDENTITY[6:14], "13812345678")


def tells_private(text: str) -> list[str]:
    """What of the private numbers a text tells, white space and line ends aside."""
    joined = "".join(text.split())
    return [number for number in BARE if number in joined]


@pytest.mark.parametrize("rule", ["first-responsible", "problems", "personal-data", "stray-mark"])
def test_an_explanation_hides_what_the_results_hide(
    rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.txt").write_text(PRIVATE, encoding="utf-8")
    assert main(["score", str(tmp_path / "x.txt"), "--explain", rule]) == 0
    assert not tells_private(capsys.readouterr().out)
    assert main(["score", str(tmp_path / "x.txt"), "--explain", rule, "--all"]) == 0
    told = capsys.readouterr().out
    assert "*" in told
    assert not tells_private(told)


@pytest.mark.parametrize("format", [name for name in FORMATS if name not in ("docx", "png", "svg")])
def test_last_years_text_is_hidden_as_this_years(format: str, pack: CompiledPack) -> None:
    last = RawReport("去年.txt", PRIVATE.replace("2024", "2023").replace("2025", "2024"))
    result = check(RawReport("今年.txt", PRIVATE), pack, previous=last)
    assert result.previous is not None
    assert any("13812345678" in item.quote.text for item in result.previous.problems)
    assert not tells_private(rendered(format, result))


def test_a_correction_tells_no_part_of_what_is_hidden(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text(PRIVATE, encoding="utf-8")
    main(["fix", "--dry-run", str(tmp_path / "x.txt")])
    told = capsys.readouterr().out
    assert "stray-mark" in told
    assert IDENTITY[:6] not in told


def test_a_baseline_holds_no_words_that_are_hidden(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(PRIVATE, encoding="utf-8")
    main(["score", str(tmp_path / "x.txt"), "--write-baseline", str(tmp_path / "b.json"), "--quiet"])
    written = (tmp_path / "b.json").read_text(encoding="utf-8")
    assert "stray-mark" in written
    assert IDENTITY[:6] not in written
