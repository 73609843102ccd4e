"""RTF as Chinese programs write it: GBK bytes escaped in every way, Unicode escapes, lists, tables, hidden text."""

from __future__ import annotations

import pytest

from checker.errors import ReadError
from checker.models.document import RawReport
from checker.read import read_bytes
from checker.read.from_rtf import CUT_OFF
from checker.read.word_text import HIDDEN, TRACKED

FONTS = rb"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}"


def read(body: bytes, head: bytes = rb"\ansi\ansicpg936\deff0" + FONTS) -> RawReport:
    report = read_bytes(rb"{\rtf1" + head + body + b"}", "x")
    assert report.format == "rtf"
    return report


def escaped(text: str, encoding: str = "gbk") -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in text.encode(encoding))


@pytest.mark.parametrize(
    "body",
    [
        escaped("一、法治政府"),
        rb"\f1 " + escaped("一、法治政府"),
        "一、法治政府".encode("gbk"),
        rb"\u19968?\u12289?\u27861?\u27835?\u25919?\u24220?",
        rb"\uc2\u19968\'d2\'bb\u12289\'a1\'a2\u27861\'b7\'a8\u27835\'d6\'ce\u25919\'d5\'fe\u24220\'b8\'ae",
        rb"\uc0\u19968 \u12289 \u27861 \u27835 \u25919 \u24220 ",
        rb"{\u19968{}?}" + escaped("、法治") + b"\r\n" + escaped("政府"),
    ],
    ids=["bytes", "font", "raw", "unicode", "two for one", "none for one", "groups and lines"],
)
def test_chinese_in_every_escape(body: bytes) -> None:
    assert read(body).text.replace("?", "") == "一、法治政府\n"


def test_characters_whose_second_byte_is_a_letter() -> None:
    for character in "镕瑄珺":
        first, second = character.encode("gbk")
        assert second < 128
        mixed = b"\\'%02x%c" % (first, second)
        assert read(mixed + escaped("某")).text == f"{character}某\n"


def test_characters_beyond_the_basic_plane() -> None:
    assert read(rb"\u-10179?\u-8375?" + escaped("甲")).text == "\U0001f749甲\n"


def test_western_bytes_in_a_chinese_file() -> None:
    assert read(escaped("甲") + rb"\'93" + b" x").text == "甲“ x\n"


def test_paragraphs_lines_and_marks() -> None:
    report = read(
        escaped("甲")
        + rb"\par "
        + escaped("乙")
        + rb"\line "
        + escaped("丙")
        + rb"\tab\ldblquote x\rdblquote\~\{\}\par"
    )
    assert report.text == "甲\n乙\n丙\t“x” {}\n\n"
    assert [origin.paragraph for _, origin in report.origins] == [1, 2]


def test_what_is_no_text_is_left_out() -> None:
    groups = rb"{\header h}{\*\foo z}{\info{\title t}}{\pict 00ff}{\stylesheet{\s1 Heading;}}{\*\bkmkstart b}"
    assert (
        read(
            groups + escaped("甲") + rb"{\field{\*\fldinst PAGE}{\fldrslt 7}}{\field{\*\fldinst REF x}{\fldrslt 8}}"
        ).text
        == "甲8\n"
    )


def test_binary_data_is_passed_over() -> None:
    assert read(rb"{\pict\bin5 }{}\x}" + escaped("甲")).text == "甲\n"


def test_hidden_and_deleted_text() -> None:
    report = read(
        escaped("甲")
        + rb"{\v hidden}\deleted gone\deleted0{\revised "
        + escaped("乙")
        + rb"}\v more\plain "
        + escaped("丙")
    )
    assert report.text == "甲乙丙\n" and set(report.notes) == {HIDDEN, TRACKED}


def test_numbers_of_lists_as_written() -> None:
    assert (
        read(rb"{\listtext\pard\plain \f1 " + escaped("一、") + rb"\tab}" + escaped("成效") + rb"\par").text
        == "一、 成效\n\n"
    )


def test_rows_of_a_table() -> None:
    row = rb"\trowd\pard\intbl " + escaped("事项") + rb"\cell " + escaped("件数") + rb"\cell\row"
    report = read(row + row + rb"\pard " + escaped("尾"))
    assert report.text == "事项 | 件数\n事项 | 件数\n尾\n"
    assert {origin.part for _, origin in report.origins} == {"table", "body"}


def test_notes_follow_their_paragraph() -> None:
    report = read(
        escaped("甲") + rb"{\footnote\pard " + escaped("注") + rb"}" + escaped("乙") + rb"\par " + escaped("丙")
    )
    assert report.text == "甲乙\n注\n丙\n"
    assert [origin.part for _, origin in report.origins] == ["body", "footnote", "body"]


def test_a_file_that_breaks_off_is_told() -> None:
    assert read_bytes(rb"{\rtf1\ansi\ansicpg936 " + escaped("甲") + rb"\par " + escaped("乙"), "x").notes == (CUT_OFF,)


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(ReadError, match="嵌套过深"):
        read_bytes(rb"{\rtf1" + b"{" * 1_000_000, "x")


@pytest.mark.parametrize("body", [rb"\par a" * 200_002, rb"\b" * 4_000_001])
def test_endless_files_are_refused(body: bytes) -> None:
    with pytest.raises(ReadError, match="过大"):
        read(body)


def test_an_rtf_file_without_text_is_empty() -> None:
    with pytest.raises(ReadError, match="没有可以审查的文字"):
        read(rb"\par\par")
