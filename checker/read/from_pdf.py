"""PDF to text: the text layer in reading order, lines joined into paragraphs; scanned pages are recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec

from checker.errors import ReadError
from checker.models.document import Origin, RawReport
from checker.read import recognition
from checker.read.building import TextBuilder
from checker.read.lines import write_sheets
from checker.read.pdf_pages import PdfPage, draw_page, open_pages
from checker.read.sheets import Sheet

if find_spec("pypdfium2") is None:
    raise ImportError("pypdfium2")

_NO_TEXT = "PDF 里没有文字，也没有可以识别的页面，请检查是否选错了文件。"
_NOTHING_SEEN = "扫描件里没有认出文字，请检查是否选错了文件，或换一份清楚的扫描件。"


def read(data: bytes, name: str) -> RawReport:
    """The document in a PDF.

    Raises ``ReadError``, one clear line: damaged, with a password, too long, or scanned and no recognition installed.
    """
    pages = open_pages(data)
    if not any(page.unread or page.sheet.pieces for page in pages):
        raise ReadError(_NO_TEXT)
    sheets, notes = _recognised(data, pages)
    if not any(sheet.pieces for sheet in sheets):
        raise ReadError(_NOTHING_SEEN)
    builder = TextBuilder()
    write_sheets(builder, sheets)
    _write_askew(builder, pages)
    return builder.report(name, "pdf", notes)


def _recognised(data: bytes, pages: Sequence[PdfPage]) -> tuple[list[Sheet], tuple[str, ...]]:
    """The sheets of all pages, those without text recognised from their pictures, and what a user must know of it.

    Where recognition is not installed, a few such pages are left out and told; a document of them is refused.
    """
    sheets = [page.sheet for page in pages]
    unread = [page.sheet.number for page in pages if page.unread]
    if not unread:
        return sheets, ()
    read_pages = sum(1 for page in pages if not page.unread and page.sheet.pieces)
    if not recognition.is_installed():
        if len(unread) >= read_pages:
            raise ReadError(recognition.ASK_TO_INSTALL)
        kept = [page.sheet for page in pages if not page.unread]
        return kept, (f"第 {_listed(unread)} 页是图片，没有文字层，没有审查。{recognition.HOW_TO_INSTALL}",)
    for number, sheet in recognition.recognise_pages(unread, lambda number: draw_page(data, number)):
        sheets[number - 1] = sheet
    which = "这是扫描件" if len(unread) >= read_pages else f"第 {_listed(unread)} 页是扫描的图片"
    return sheets, (f"{which}，文字由识别得来，可能有误，请核对原件。",)


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers[:10])) + ("等" if len(numbers) > 10 else "")


def _write_askew(builder: TextBuilder, pages: Sequence[PdfPage]) -> None:
    """Text at odd angles goes to the end; what several pages repeat is a watermark and is left out."""
    counts = Counter(text for page in pages for text in set(page.askew))
    for page in pages:
        for text in page.askew:
            if counts[text] == 1 and text.strip():
                builder.add(text.strip(), Origin(part="text-box", page=page.sheet.number))
                builder.add("\n")
