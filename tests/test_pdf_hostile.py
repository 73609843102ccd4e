"""PDF files that are broken or mean harm: one clear line each, in bounded time; the others are judged all the same."""

from __future__ import annotations

import time

import pytest
from pdf_files import laughs, raw_pdf, shown, simple_pdf, stream

from checker.errors import ReadError
from checker.read import pdf_pages, read_bytes, recognition

pytest.importorskip("pypdfium2")

GOOD = simple_pdf(shown(b"A good line of text."))
DAMAGED, COSTLY, EMPTY = "已损坏或不完整", "超出了读取所允许的时间或内存", "没有文字"
IMAGE = b"/Type /XObject /Subtype /Image /Width 20000 /Height 20000 /ColorSpace /DeviceGray /BitsPerComponent 8"
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
HOSTILE = {
    "head alone": (b"%PDF-1.7\n", DAMAGED),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 50, DAMAGED),
    "cut in the middle": (GOOD[: len(GOOD) // 2], DAMAGED),
    "cut at the end": (GOOD[: GOOD.index(b"trailer")], DAMAGED),
    "no pages": (simple_pdf(b"", pages=0), EMPTY),
    "blank page": (simple_pdf(b""), EMPTY),
    "page tree in a circle": (
        raw_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1000000000 /Kids [2 0 R 2 0 R] >>"]),
        EMPTY,
    ),
    "pages that are not there": (
        raw_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [] >>"]),
        "第 1 页已损坏",
    ),
    "3000 pages": (simple_pdf(shown(b"x"), pages=3000), "3000 页（上限 2000 页）"),
    "nested too deep": (raw_pdf([b"<< /Type /Catalog /Pages " + b"[" * 100_000 + b"]" * 100_000 + b" >>"]), EMPTY),
    "forms that draw forms": (laughs(), COSTLY),
    "form that draws itself": (
        simple_pdf(b"/X Do", extra=b"/XObject << /X 5 0 R >>", more=[stream(b"/X Do /X Do", FORM)]),
        COSTLY,
    ),
    "gigabyte of text": (
        simple_pdf(b"BT /F 12 Tf 72 700 Td " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 1_000_000 + b"ET"),
        COSTLY,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_told_in_one_line_and_in_time(name: str) -> None:
    data, told = HOSTILE[name]
    start = time.monotonic()
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "x.pdf")
    assert told in str(caught.value) and "\n" not in str(caught.value)
    assert time.monotonic() - start < 60


@pytest.mark.parametrize(
    "data",
    [
        simple_pdf(shown(b"A good line of text."), box=b"0 0 1e9 1e9"),
        simple_pdf(shown(b"A good line of text."), box=b"0 0 -10 0"),
        simple_pdf(b"BT /F 1e30 Tf 1e30 -1e30 Td (gone) Tj ET " + shown(b"A good line of text.")),
        GOOD + b"<html>what a server appends</html>",
    ],
    ids=["huge page", "page without size", "text far away", "trailing bytes"],
)
def test_odd_but_readable_files_are_read(data: bytes) -> None:
    assert read_bytes(data, "x.pdf").text.strip() == "A good line of text."


def test_a_file_that_keeps_the_worker_too_busy_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "SECONDS", 0.01)
    with pytest.raises(ReadError, match=COSTLY):
        read_bytes(GOOD, "x.pdf")


def test_a_bug_in_the_worker_is_no_damaged_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(pdf_pages, "MAX_PAGES", "no number")
    with pytest.raises(RuntimeError, match="pdf_worker: ValueError"):
        read_bytes(GOOD, "x.pdf")


def test_1500_pages_are_read() -> None:
    pages = pdf_pages.open_pages(simple_pdf(shown(b"Hello") + shown(b"again", 72, 400), pages=1500))
    assert len(pages) == 1500 and pages[-1].sheet.pieces[0].text == "Hello"


def test_a_scan_of_too_many_pages_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "is_installed", lambda: True)
    monkeypatch.setattr(recognition, "MAX_PAGES", 2)
    content, image = b"q 595 0 0 842 0 0 cm /I Do Q", stream(bytes(100), IMAGE.replace(b"20000", b"10"))
    with pytest.raises(ReadError, match="扫描件有 3 页，超过识别的上限 2 页"):
        read_bytes(simple_pdf(content, pages=3, extra=b"/XObject << /I 5 0 R >>", more=[image]), "x.pdf")


def test_a_huge_picture_is_drawn_small() -> None:
    content, image = b"q 595 0 0 842 0 0 cm /I Do Q", stream(bytes(400_000_000), IMAGE)
    data = simple_pdf(content, extra=b"/XObject << /I 5 0 R >>", more=[image])
    pixels, width, height = pdf_pages.draw_page(data, 1)
    assert max(width, height) <= pdf_pages.MAX_SIDE and len(pixels) == width * height
