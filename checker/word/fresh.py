"""A fresh document that holds the text of a report: a paragraph a line, set as official papers are."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from checker.models.document import Origin, RawReport
from checker.word.package import repack
from checker.word.xml import fit

_BODY, _TITLE = "仿宋", "宋体"
_HEADLINE = re.compile(r"\s*(?![（(]?[一二三四五六七八九十\d]+[)）、.．])[^。；：，！？;:,!?]{1,60}\s*\Z")


def as_document(report: RawReport) -> RawReport:
    """The same text, standing in a new Word document: its bytes are the report's original, its origins lead there."""
    lines = report.text.split("\n")
    document = _blank()
    origins, offset = [], 0
    headline = next((index for index, line in enumerate(lines) if line.strip()), 0)
    for index, line in enumerate(lines):
        origins.append((offset, Origin(paragraph=index + 1, run=1)))
        _add(document, line.removesuffix("\r"), index == headline and _HEADLINE.match(line) is not None)
        offset += len(line) + 1
    out = BytesIO()
    document.save(out)
    return replace(report, origins=tuple(origins), original=repack(out.getvalue()))


def _blank() -> Any:
    document: Any = Document()
    section, normal = document.sections[0], document.styles["Normal"]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(30)
    section.left_margin = section.right_margin = Mm(27)
    _set_font(normal, _BODY, 16)
    normal.paragraph_format.line_spacing = 1.5
    normal.paragraph_format.space_after = Pt(0)
    package = document.part.package
    for key in [key for key, item in package.rels.items() if item.reltype.endswith("/thumbnail")]:
        del package.rels[key]  # a picture of python-docx's own template
    properties = document.core_properties
    properties.author = properties.comments = properties.title = ""
    return document


def _add(document: Any, line: str, is_headline: bool) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(fit(line))
    if is_headline:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _set_font(run, _TITLE, 22)
        run.bold = True
    elif not line[:1].isspace():
        paragraph.paragraph_format.first_line_indent = Pt(32)


def _set_font(styled: Any, name: str, size: int) -> None:
    """A font for Latin and Chinese letters alike; the second has no name in python-docx."""
    styled.font.name, styled.font.size = name, Pt(size)
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
