"""Word documents for tests: made by python-docx, with the odd things that it has no words for put in as XML."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.oxml import parse_xml
from docx.shared import RGBColor
from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {"w": W}
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def paper(*paragraphs: str | Iterable[str]) -> Any:
    """A document; a paragraph given in parts has a run for each, every other one bold, every third one red."""
    document = Document()
    for parts in paragraphs:
        paragraph = document.add_paragraph()
        for index, text in enumerate([parts] if isinstance(parts, str) else parts):
            run = paragraph.add_run(text)
            run.bold = True if index % 2 else None
            if index % 3 == 2:
                run.font.color.rgb = RGBColor(255, 0, 0)
    return document


def add_xml(document: Any, xml: str) -> None:
    """A paragraph given by what stands in it, as XML, at the end of the document."""
    document.element.body.insert(-1, parse_xml(f"<w:p {NAMESPACES}>{xml}</w:p>"))


def run_xml(text: str, kind: str = "t") -> str:
    return f'<w:r><w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def part(data: bytes, name: str = "word/document.xml") -> Any:
    with ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def replaced(data: bytes, changes: dict[str, bytes]) -> bytes:
    """The document with some parts replaced."""
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, content in {**parts(data), **changes}.items():
            package.writestr(name, content)
    return out.getvalue()


def looks(root: Any) -> list[Any]:
    """Everything in a document's main part but the marks of comments: runs that look alike and follow one another are
    one, each with its properties and its text."""
    found: list[Any] = []
    for element in root.iter():
        name = etree.QName(element).localname
        if name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            continue
        if name == "r":
            if element.find("w:commentReference", NS) is None:
                properties = element.find("w:rPr", NS)
                shown = b"" if properties is None else etree.tostring(properties)
                where = root.getroottree().getpath(element.getparent())
                if not found or found[-1][:3] != ["run", where, shown]:
                    found.append(["run", where, shown, ""])
        elif name in ("t", "delText"):
            found[-1][3] += element.text or ""
        elif name in ("tab", "br") and element.getparent().tag == w("r"):
            found[-1][3] += f"<{name}>"
        elif not any(above.tag == w("r") for above in element.iterancestors()):
            found.append([name, sorted(element.attrib.items())])
    return [[item[0], *item[2:]] if item[0] == "run" else item for item in found]


def commented(root: Any) -> dict[int, str]:
    """The text that each comment stands on, paragraphs parted by a line end."""
    texts: dict[int, str] = {}
    opened: set[int] = set()
    for element in root.iter():
        name = etree.QName(element).localname
        if name == "commentRangeStart":
            number = int(element.get(w("id")))
            opened.add(number)
            texts[number] = ""
        elif name == "commentRangeEnd":
            opened.remove(int(element.get(w("id"))))
        elif name in ("p", "t"):
            for number in opened:
                texts[number] += "\n" if name == "p" else element.text or ""
    assert not opened
    return texts
