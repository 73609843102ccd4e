"""Packages from strangers: each evil one is one clear line, in little time and memory."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest

from checker.errors import ReadError
from checker.read import packaged
from checker.read.packaged import open_package, parse_xml

LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def pack(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def told(data: bytes, name: str = "a") -> str:
    with pytest.raises(ReadError) as caught:
        open_package(data).read(name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_members_are_read_by_name() -> None:
    package = open_package(pack({"b/c.xml": b"<c/>", "a": b"1"}))
    assert package.names == ("b/c.xml", "a") and "a" in package and "b" not in package
    assert package.read("b/c.xml") == b"<c/>"


def test_a_missing_member_is_named() -> None:
    assert "缺少必需的部分 x.xml" in told(pack({"a": b""}), "x.xml")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_names_without_the_mark_of_utf_8(encoding: str) -> None:
    raw = "甲局/报告.docx".encode(encoding)
    data = pack({"x" * len(raw): b"1"}).replace(b"x" * len(raw), raw)
    assert open_package(data).names == ("甲局/报告.docx",)


def test_a_bomb_is_noticed_before_it_goes_off() -> None:
    data = pack({"a": bytes(150_000_000)})
    assert len(data) < 200_000
    start = time.perf_counter()
    assert "解压后过大" in told(data)
    assert time.perf_counter() - start < 2


def test_sizes_in_headers_are_not_trusted() -> None:
    data = bytearray(pack({"a": bytes(30_000_000)}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + offset, 10)
    assert "损坏" in told(bytes(data))


def test_many_members_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "FREE", 1000)
    monkeypatch.setattr(packaged, "RATIO", 0)
    package = open_package(pack({"a": bytes(600), "b": bytes(600)}))
    package.read("a")
    with pytest.raises(ReadError, match="解压后过大"):
        package.read("b")


def test_too_many_members() -> None:
    data = pack({"a": packaged._CENTRAL * (packaged.MAX_MEMBERS + 1)}, zipfile.ZIP_STORED)
    assert "过多" in told(data)


def test_an_encrypted_member() -> None:
    data = bytearray(pack({"a": b"secret"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert "密码" in told(bytes(data))


@pytest.mark.parametrize("cut", [4, 30, 60, -30, -5])
def test_a_truncated_package(cut: int) -> None:
    assert "损坏" in told(pack({"a": b"text " * 100})[:cut])


def test_a_package_with_broken_bytes() -> None:
    data = bytearray(pack({"a": bytes(range(256)) * 40}))
    data[40:60] = b"\xff" * 20
    assert "损坏" in told(bytes(data))


def test_an_odd_compression_is_refused() -> None:
    assert "压缩方式" in told(pack({"a": b"text"}, zipfile.ZIP_LZMA))


@pytest.mark.parametrize("xml", [XXE, LAUGHS, XXE.decode().encode("utf-16")])
def test_a_dtd_is_refused(xml: bytes) -> None:
    with pytest.raises(ReadError, match="DTD"):
        parse_xml(xml)


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        (b"", "损坏"),
        (b"<a>", "损坏"),
        (b"<a>&x;</a>", "损坏"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "损坏"),
        (b"<a>" * 1000 + b"</a>" * 1000, "嵌套过深"),
        (b"<a>" + b"<b/>" * 800_001 + b"</a>", "过大"),
        (b"<a>" + b" " * 40_000_000 + b"</a>", "过大"),
    ],
    ids=["empty", "cut", "entity", "encoding", "deep", "many", "long"],
)
def test_xml_that_cannot_be_read(xml: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        parse_xml(xml)


def test_xml_is_parsed() -> None:
    assert parse_xml('<a b="1">甲&amp;<c/>乙</a>'.encode()).xpath("string()") == "甲&乙"
