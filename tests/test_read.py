"""Reading: every usual encoding and line end gives the same text; what cannot be read is one clear line."""

from __future__ import annotations

import codecs
import io
import json
import os
import random
from pathlib import Path

import pytest

from checker import read_report
from checker.cli import main
from checker.errors import ReadError
from checker.read import read_bytes, reader

TEXT = (
    "某市某局2023年度工作报告\n一、主要做法\n"
    "“三项制度”落实，办结案件86件；开展宣讲12场。\n二、不足\n宣传形式还不够多样，……\n"
)
TRADITIONAL = (
    "某市某局2023年度工作報告\n一、主要做法\n"
    "開展宣講12場，辦結案件86件，處罰是規範的。\n二、不足的地方\n宣傳形式還不夠多樣。\n"
)
RARE = TEXT + "通报了㐂某、𠮷某、䶮某三人。\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (TEXT.encode(), TEXT, "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), TEXT, "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), TEXT, "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT, "utf-16-be"),
        (TEXT.encode("utf-16-le"), TEXT, "utf-16-le"),
        (TEXT.encode("utf-16-be"), TEXT, "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), TEXT, "utf-32-le"),
        (TEXT.encode("gbk"), TEXT, "gb18030"),
        (TEXT.encode("gb2312"), TEXT, "gb18030"),
        (RARE.encode("gb18030"), RARE, "gb18030"),
        (TRADITIONAL.encode("gbk"), TRADITIONAL, "gb18030"),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "big5"),
        (RARE.encode(), RARE, "utf-8"),
        (RARE.encode("utf-16"), RARE, "utf-16-le"),
    ],
    ids=[
        "utf-8", "utf-8 bom", "utf-16le bom", "utf-16be bom", "utf-16le", "utf-16be", "utf-32", "gbk", "gb2312",
        "gb18030 four-byte", "gbk traditional", "big5", "utf-8 rare", "utf-16 rare",
    ],
)  # fmt: skip
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    report = read_bytes(data, "x.txt")
    assert (report.text, report.encoding, report.name) == (text, encoding, "x.txt")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gbk"])
def test_line_ends_stay_as_they_are(end: str, encoding: str) -> None:
    text = TEXT.replace("\n", end)
    assert read_bytes(text.encode(encoding), "x").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gbk"])
def test_short_and_long_texts(encoding: str) -> None:
    for text in ("某局2023年报告", "2023年\r\n", TEXT * 3000):
        assert read_bytes(text.encode(encoding), "x").text == text


def test_only_the_first_bom_is_taken_away() -> None:
    assert read_bytes((codecs.BOM_UTF8 * 2) + TEXT.encode(), "x").text == "\ufeff" + TEXT


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "文件是空的"),
        (b" \r\n\t\n", "文件是空的"),
        (codecs.BOM_UTF8, "文件是空的"),
        (codecs.BOM_UTF16_LE, "文件是空的"),
        ("\u3000\u00a0\u200b\n\ufeff".encode(), "文件是空的"),
        ("\u3000\n".encode("utf-16"), "文件是空的"),
        (b"\x00" * 64, "文件是空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "图片"),
        (b"PK\x03\x04" + bytes(range(256)), "损坏"),
        (b"%PDF-1.7\n" + bytes(range(256)), "PDF"),
        (b"\xd0\xcf\x11\xe0" + bytes(512), "损坏"),
        (bytes(range(256)) * 20, "二进制文件"),
        (random.Random(1).randbytes(5000), "二进制文件"),
        (bytes(random.Random(2).randrange(0x80, 0x100) for _ in range(4001)), "无法识别文字编码"),
        ("привет мир, отчёт о работе. ".encode("koi8-r") * 40, "无法识别文字编码"),
        (TEXT.encode()[:60] + b"\xff" + TEXT.encode()[60:], "第 3 行有损坏的字节（编码是 UTF-8）"),
        (TEXT.encode("gbk")[:-2] + b"\xff\n", "有损坏的字节（编码是 GB18030）"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"a", "有损坏的字节（编码是 UTF-16-LE）"),
        (TEXT.encode()[:60] + b"\x00" + TEXT.encode()[60:], "第 3 行夹有空字节"),
        (("a\x01" * 500).encode(), "二进制文件"),
    ],
    ids=[
        "empty", "blank", "bom only", "utf-16 bom only", "invisible", "utf-16 blank", "zeros", "png", "docx", "pdf",
        "doc", "all bytes", "noise", "high noise", "koi8-r", "broken utf-8", "broken gbk", "odd utf-16", "nul",
        "controls",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(data: bytes, told: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "x.txt")
    assert told in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["报告.docx", "报告.PDF", "报送.zip"])
def test_bytes_that_are_not_what_the_suffix_promises_are_told_so(name: str) -> None:
    with pytest.raises(ReadError, match="内容却不是这种文件"):
        read_bytes(random.Random(1).randbytes(5000), name)


def test_too_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reader, "MAX_CHARACTERS", len(TEXT))
    assert read_bytes(TEXT.encode(), "x").text == TEXT
    with pytest.raises(ReadError, match="文字过长"):
        read_bytes((TEXT + "了").encode(), "x")
    monkeypatch.setattr(reader, "MAX_BYTES", 20)
    (tmp_path / "long.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(ReadError, match="文件过大"):
        read_report(tmp_path / "long.txt")
    with pytest.raises(ReadError, match="文件过大"):
        read_report(io.BytesIO(TEXT.encode()))


def test_ten_million_characters_are_not_too_long() -> None:
    assert reader.MAX_CHARACTERS >= 10_000_000 and reader.MAX_BYTES >= 40_000_000


def test_paths_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path, told in (
        (tmp_path / "none.txt", "找不到"),
        (tmp_path, "目录"),
        (tmp_path / "a.txt" / "b", "不是目录"),
        (tmp_path / ("x" * 300), "文件名过长"),
        (tmp_path / "loop", "无法读取这个文件：链接绕成了一圈"),
        ("a\0b", "路径写法不对"),
    ):
        with pytest.raises(ReadError, match=told):
            read_report(path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadError, match="没有读取这个文件的权限"):
        read_report(tmp_path / "a.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(ReadError, match="没有读取这个文件的权限"):
        read_report(tmp_path / "a.txt")


def test_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert read_report(tmp_path / "a.txt").name == str(tmp_path / "a.txt")
    assert read_report(tmp_path / "a.txt", "甲.txt").name == "甲.txt"
    assert read_report(io.BytesIO(TEXT.encode())).name == "<stream>"


def test_places_count_from_one() -> None:
    report = read_bytes(b"ab\r\ncd\n", "x")
    assert [report.place(offset) for offset in (0, 2, 3, 4, 5, 6)] == [(1, 1), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3)]


def test_unreadable_files_among_readable_ones(tiny: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All kinds of bad files at once: each is one line, the good ones are judged all the same."""
    good = (reports / "good.txt").read_text(encoding="utf-8")
    for path in reports.iterdir():
        path.unlink()
    for name, data in {
        "1-empty": b"", "2-gbk": good.encode("gbk"), "3-png": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "4-noise": bytes(range(256)) * 9, "5-utf16": good.encode("utf-16"), "6-docx": b"PK\x03\x04" + bytes(64),
        "7-crlf": good.replace("\n", "\r\n").encode(),
        "8-cr": good.replace("\n", "\r").encode(),
    }.items():  # fmt: skip
        (reports / f"{name}.txt").write_bytes(data)
    assert main(["score", "--pack", str(tiny), "--format", "json", str(reports)]) == 2
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert [Path(r["file"]).stem for r in document["reports"]] == ["2-gbk", "5-utf16", "7-crlf", "8-cr"]
    assert {r["score"] for r in document["reports"]} == {100}
    assert [Path(e["file"]).stem for e in document["errors"]] == ["1-empty", "3-png", "4-noise", "6-docx"]
    assert len(err.splitlines()) == 4
