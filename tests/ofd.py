"""Writes small OFD files as GB/T 33190-2016 has them, for tests: paragraphs set in lines, pages with a template."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE, LEADING, LEFT, TOP, WIDTH, LINES = 5.64, 10.0, 28.0, 40.0, 27, 22  # millimetres, characters, lines


def set_lines(text: str, width: int = WIDTH, indent: int = 2) -> Iterator[tuple[int, str]]:
    """The lines of a text as (indent, characters), first lines indented; a closing mark hangs over the margin."""
    for paragraph in (line.strip() for line in text.splitlines() if line.strip()):
        start, room = 0, width - indent
        while start < len(paragraph):
            end = start + room
            if paragraph[end : end + 1] in tuple("，。；：、）》”,.;:)"):
                end += 1
            yield (indent if start == 0 else 0), paragraph[start:end]
            start, room = end, width


def text_object(number: int, x: float, y: float, text: str, size: float = SIZE, extra: str = "") -> str:
    """A text object; its steps are written both as a list and as a repetition."""
    deltas = (
        f'DeltaX="g {len(text) - 1} {size}"' if number % 2 else f'DeltaX="{" ".join([str(size)] * (len(text) - 1))}"'
    )
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x} {y - size} {len(text) * size} {size * 1.3}" Font="3" Size="{size}" {extra}>'
        f'<ofd:TextCode X="0" Y="{size}" {deltas if len(text) > 1 else ""}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def page(objects: str, template: bool = True) -> str:
    """The content of a page."""
    used = '<ofd:Template TemplateID="9" ZOrder="Background"/>' if template else ""
    layer = f'<ofd:Layer Type="Body" ID="2"><ofd:PageBlock ID="3">{objects}</ofd:PageBlock></ofd:Layer>'
    return f"<ofd:Page {NAMESPACE}>{used}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def package(pages: list[str], template: str = "", *, absolute: bool = False) -> bytes:
    """An OFD file of some pages."""
    root = "/Doc_0/" if absolute else ""
    listed = "".join(
        f'<ofd:Page ID="{100 + i}" BaseLoc="{root}Pages/Page_{i}/Content.xml"/>' for i in range(len(pages))
    )
    members = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID>'
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f'<ofd:TemplatePage ID="9" BaseLoc="{root}Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": page(template, template=False),
    } | {f"Doc_0/Pages/Page_{i}/Content.xml": content for i, content in enumerate(pages)}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return stream.getvalue()


def ofd_of(text: str, *, absolute: bool = False) -> bytes:
    """A text as an OFD file with running page numbers on its pages and a letterhead in its template."""
    lines = list(set_lines(text))
    chunks = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    pages = []
    for index, chunk in enumerate(chunks):
        objects = [
            text_object(10 + i, LEFT + indent * SIZE, TOP + i * LEADING, line) for i, (indent, line) in enumerate(chunk)
        ]
        objects.append(text_object(900, 98, 280, f"- {index + 1} -"))
        pages.append(page("".join(reversed(objects))))  # the order of objects is that of drawing, not of reading
    return package(pages, text_object(901, 28, 15, "某市文件汇编"), absolute=absolute)
