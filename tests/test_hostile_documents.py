"""Files that would harm, and files that are none of ours: one clear Chinese line, exit code 2, in little time."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import convert, definition, item, numbered, package, par, table, word

from checker.cli import main
from checker.errors import ReadError
from checker.read import read_bytes

BOMB = b'<?xml version="1.0"?><!DOCTYPE a [' + b"".join(
    b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10 if level else b"ha") for level in range(10)
)  # fmt: skip


def refused(data: bytes, told: str, seconds: float = 3) -> None:
    start = time.perf_counter()
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "x.docx")
    assert told in str(caught.value) and "\n" not in str(caught.value)
    assert time.perf_counter() - start < seconds


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return package({**{member: archive.read(member) for member in archive.namelist()}, name: content})


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/numbering.xml", "_rels/.rels", "word/_rels/document.xml.rels"]
)
@pytest.mark.parametrize(
    ("xml", "told"),
    [
        (BOMB + b"]><a>&a9;</a>", "DTD"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DTD"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>', "DTD"),
        (b"<a><b></a>", "损坏"),
        (b"<a>" * 3000, "嵌套过深"),
    ],
    ids=["laughs", "xxe", "remote", "broken", "deep"],
)
def test_evil_xml_in_any_part(part: str, xml: bytes, told: str) -> None:
    data = word(item("甲"), numbering=definition(("decimal", "%1.")))
    refused(replaced(data, part, xml), told)


def test_evil_xml_in_other_formats() -> None:
    odt = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": BOMB + b"]><a>&a9;</a>"}
    refused(package(odt), "DTD")
    space = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    refused(f'<office:document xmlns:office="{space}"><!DOCTYPE a></office:document>'.encode(), "DTD")


def test_bombs() -> None:
    refused(replaced(word(par("甲")), "word/document.xml", b"<a>" + b" " * 150_000_000 + b"</a>"), "过大")
    refused(word("<w:p/>" * 3_000_000), "过大")


def test_big_files_are_refused_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.docx", "b.zip"):
        with (tmp_path / name).open("wb") as stream:
            stream.write(b"PK\x03\x04")
            stream.truncate(100_000_000)
        start = time.perf_counter()
        assert main(["score", str(tmp_path / name)]) == 2
        assert time.perf_counter() - start < 3
        assert "文件过大（100 MB，上限 40 MB）" in capsys.readouterr().err


def test_a_huge_text_in_word_is_refused() -> None:
    refused(word(par("字" * 10_000_001)), "过", 10)


def cfb(*streams: str) -> bytes:
    """A compound file with empty streams of some names."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    header += b"\xff" * 4 * 108
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * (512 - 8)
    entries = b""
    for index, name in enumerate(("Root Entry", *streams)):
        raw = name.encode("utf-16-le") + b"\0\0"
        last = index == len(streams)
        entries += raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), 2 if index else 5, 1)
        right = 0xFFFFFFFF if last or not index else index + 1
        below = 1 if not index and streams else 0xFFFFFFFF
        entries += struct.pack("<III", 0xFFFFFFFF, right, below) + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)
    return header + fat + entries.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("streams", "told"),
    [
        (("EncryptedPackage", "EncryptionInfo"), "密码"),
        (("Workbook",), "电子表格"),
        (("PowerPoint Document",), "演示文稿"),
        (("Something",), "不是 Word 或 WPS"),
        (("WordDocument",), "损坏"),
    ],
)
def test_ole_files_are_told_apart(streams: tuple[str, ...], told: str) -> None:
    refused(cfb(*streams), told)


def test_encrypted_and_damaged_old_word_files(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word(par("甲")))
    (path,) = convert([tmp_path / "a.docx"], "doc")
    data = bytearray(path.read_bytes())
    refused(bytes(data[:700]), "损坏")
    begin = data.index(b"\xec\xa5")
    data[begin + 11] |= 1
    refused(bytes(data), "密码")


def test_an_encrypted_odt_is_told() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    odt = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": os.urandom(99),
        "META-INF/manifest.xml": manifest,
    }
    refused(package(odt), "密码")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (package({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "电子表格"),
        (package({"ppt/presentation.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "演示文稿"),
        (package({"mimetype": "application/epub+zip"}), "电子书"),
        (package({"[Content_Types].xml": "<a/>"}), "缺少正文"),
        (package({"mimetype": "application/vnd.oasis.opendocument.text"}), "缺少必需的部分"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "图片"),
        (b"Rar!\x1a\x07" + bytes(99), "压缩文件"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(99), "压缩文件"),
        (b"\x1f\x8b\x08" + bytes(99), "压缩文件"),
        (b"MZ\x90\x00" + bytes(99), "程序"),
        (b"\x7fELF" + bytes(99), "程序"),
    ],
)
def test_other_kinds_of_files_are_named(data: bytes, told: str) -> None:
    refused(data, told)


def test_a_text_that_begins_like_a_program_is_text() -> None:
    assert read_bytes("MZ 市某局的工作报告，情况是这样的。".encode(), "x").format == "text"
    assert read_bytes("BM 市某局的工作报告，情况是这样的。".encode(), "x").format == "text"


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.99])
def test_truncated_documents(cut: float, seeds: list[Path]) -> None:
    data = numbered(seeds[0].read_text(encoding="utf-8"))
    refused(data[: int(len(data) * cut)], "损坏")


@given(st.integers(0, 10**6))
def test_damaged_documents_are_read_or_told(seed: int) -> None:
    """Whatever bytes are broken in whatever format: text or one line, never another exception."""
    chance = random.Random(seed)
    rtf = (
        b"{\\rtf1\\ansi\\ansicpg936 {\\fonttbl{\\f1\\fcharset134 x;}}"
        + "甲乙".encode("gbk")
        + b"\\par{\\footnote \\u20108?}}"
    )
    page = "<html><body><table><tr><td>甲，乙。</td></tr></table><ol><li>丙</ol></body></html>".encode()
    xml = par("甲").encode() + table(("甲", "乙")).encode() + item("乙").encode()
    for whole in (rtf, page, xml):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.choice(b"\0<>{}\\&\"'/=\xff1a")
        documents = [bytes(data)]
        if whole is xml:
            documents = [word(data.decode("utf-8", "replace"), numbering=definition(("decimal", "%1.")))]
        for document in documents:
            with contextlib.suppress(ReadError):
                read_bytes(document, "x")


def test_macros_are_noted_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docm").write_bytes(word(par("甲"), extra={"word/vbaProject.bin": b"\0"}))
    main(["score", str(tmp_path / "a.docm"), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["reports"][0]["notes"] == ["文件带有宏，宏没有运行，也没有审查。"]
