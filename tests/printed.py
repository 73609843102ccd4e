"""Prints texts as PDF for tests: by LibreOffice from Word documents, by a library in columns, or line by line."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

FONT = "STSong-Light"
HEADER = "机关材料汇编"


def printed_by_word(folder: Path, texts: Mapping[str, str], *, indent: bool = True) -> dict[str, Path]:
    """Each text as a Word document with a running head and page numbers, printed by LibreOffice as a tagged PDF."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (Debian: libreoffice-writer, fonts-noto-cjk) is not installed")
    documents = []
    for name, text in texts.items():
        documents.append(folder / f"{name}.docx")
        documents[-1].write_bytes(word_document(text, indent=indent))
    options = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": "true"}})
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    command += [f"pdf:writer_pdf_Export:{options}", "--outdir", str(folder), *map(str, documents)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {name: folder / f"{name}.pdf" for name in texts}


def word_document(text: str, *, indent: bool) -> bytes:
    """A Word document as offices write them: 16 points, first lines indented, a head and ``— 3 —`` at the foot."""
    docx = pytest.importorskip("docx")
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = docx.Document()
    document.styles["Normal"].font.size = Pt(16)
    section = document.sections[0]
    section.header.paragraphs[0].text = HEADER
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    _add_page_field(foot.add_run())
    foot.add_run(" —")
    for line in (line.strip() for line in text.splitlines() if line.strip()):
        paragraph = document.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(32)
            paragraph.paragraph_format.space_after = Pt(0)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_page_field(run: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for tag, kind in (("w:fldChar", "begin"), ("w:instrText", None), ("w:fldChar", "end")):
        element = OxmlElement(tag)
        if kind is None:
            element.text = "PAGE"
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def printed_in_columns(text: str, columns: int, indent: int, size: float = 12) -> bytes:
    """A text set by reportlab in columns, with a running head and ``第 1 页 共 9 页`` at the foot."""
    _register_font()
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    style = ParagraphStyle(
        "body",
        fontName=FONT,
        fontSize=size,
        leading=1.6 * size,
        firstLineIndent=indent * size,
        wordWrap="CJK",
        alignment=4,
    )
    (width, height), margin, lane = A4, 70.0, 28.0
    column = (width - 2 * margin - (columns - 1) * lane) / columns
    frames = [
        Frame(margin + i * (column + lane), margin, column, height - 2 * margin, 0, 0, 0, 0) for i in range(columns)
    ]

    def furnish(canvas: Any, document: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(width / 2, 34, f"第 {document.page} 页 共 9 页")
        canvas.drawString(margin, height - 42, HEADER)

    stream = io.BytesIO()
    document = BaseDocTemplate(stream, pagesize=A4)
    document.addPageTemplates(PageTemplate("page", frames, onPage=furnish))
    document.build([Paragraph(escape(line.strip()), style) for line in text.splitlines() if line.strip()])
    return stream.getvalue()


def printed_lines(pages: Iterable[Iterable[tuple[float, float, str]]], **options: Any) -> bytes:
    """Lines put where they are told: for each page (x, y from the top, text), in points on A4, 16 points large."""
    return drawn([lambda canvas, page=page: put_lines(canvas, page, **options) for page in pages])


def put_lines(
    canvas: Any, lines: Iterable[tuple[float, float, str]], size: float = 16, mode: int | None = None
) -> None:
    """Text on the page of a canvas; ``mode`` 3 is invisible text."""
    for x, y, text in lines:
        canvas.setFont(FONT, size)
        canvas.drawString(x, 842 - y, text, mode=mode)


def drawn(pages: Iterable[Callable[[Any], None]], size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF whose pages are drawn by functions of a reportlab canvas."""
    _register_font()
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _register_font() -> None:
    pytest.importorskip("reportlab")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
