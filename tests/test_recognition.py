"""Scanned pages: recognised by the optional extra; the result says that it comes from recognition."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from printed import HEADER, printed_by_word

from checker import read_report
from checker.compiled import CompiledPack
from checker.engine import check
from checker.errors import ReadError
from checker.read import pdf_pages, read_bytes, recognition
from checker.read.progress import listening

NOTE = "文字由识别得来，可能有误，请核对原件"
needs_engine = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory, seeds: list[Path]) -> list[Any]:
    """The pages of a printed seed as grey pictures."""
    image = pytest.importorskip("PIL.Image")
    folder = tmp_path_factory.mktemp("scan")
    data = printed_by_word(folder, {"a": seeds[3].read_text(encoding="utf-8")})["a"].read_bytes()
    pictures = [pdf_pages.draw_page(data, page.sheet.number) for page in pdf_pages.open_pages(data)]
    return [image.frombytes("L", (width, height), pixels) for pixels, width, height in pictures]


def pdf_of(pictures: list[Any]) -> bytes:
    stream = io.BytesIO()
    pictures[0].save(stream, "PDF", save_all=True, append_images=pictures[1:], resolution=180)
    return stream.getvalue()


@needs_engine
def test_a_scanned_report_gets_the_verdicts_of_its_text(scan: list[Any], seeds: list[Path], pack: CompiledPack) -> None:
    told: list[str] = []
    with listening(told.append):
        raw = read_bytes(pdf_of(scan), "x.pdf")
    assert told[:2] == [f"识别扫描件 1/{len(scan)} 页", f"识别扫描件 2/{len(scan)} 页"] and told[-1] == ""
    report, expected = check(raw, pack), check(read_report(seeds[3]), pack)
    assert {e.id: e.verdict for e in report.elements} == {e.id: e.verdict for e in expected.elements}
    assert (report.report_year, report.kind) == (expected.report_year, expected.kind)
    assert len(report.notes) == 1 and "这是扫描件" in report.notes[0] and NOTE in report.notes[0]
    assert all(e.origin and e.origin.page and e.origin.line for element in report.elements for e in element.evidence)
    assert HEADER not in raw.text


@needs_engine
def test_a_picture_of_a_page_is_read(scan: list[Any]) -> None:
    for kind in ("PNG", "JPEG"):
        stream = io.BytesIO()
        scan[0].save(stream, kind)
        raw = read_bytes(stream.getvalue(), "x")
        assert "政务服务" in raw.text and raw.format == "image" and NOTE in raw.notes[0]


@needs_engine
@pytest.mark.parametrize(
    ("data", "told"),
    [(b"\x89PNG\r\n\x1a\n" + bytes(64), "图片已损坏"), (b"\xff\xd8\xff" + bytes(64), "图片已损坏")],
    ids=["png", "jpeg"],
)
def test_a_broken_picture_is_told(data: bytes, told: str) -> None:
    with pytest.raises(ReadError, match=told):
        read_bytes(data, "x")


@needs_engine
def test_a_picture_without_text_or_too_large_is_told() -> None:
    image = pytest.importorskip("PIL.Image")
    for size, told in (((60, 60), "没有认出文字"), ((20_000, 6_000), "图片过大")):
        stream = io.BytesIO()
        image.new("1", size, 1).save(stream, "PNG")
        with pytest.raises(ReadError, match=told):
            read_bytes(stream.getvalue(), "x")


@needs_engine
def test_a_picture_of_several_pages_is_not_read_in_part(scan: list[Any]) -> None:
    stream = io.BytesIO()
    pages = [picture.copy() for picture in scan[:3]]  # a picture remembers how it was last saved
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:])
    with pytest.raises(ReadError, match="图片里有 3 页"):
        read_bytes(stream.getvalue(), "x")
