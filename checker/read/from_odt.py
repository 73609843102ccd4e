"""OpenDocument texts (odt, flat fodt) to text: one line a paragraph, lists numbered, contents and changes as printed.

Deleted text stands apart in such a file, so reading the body alone reads all changes as accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree  # noqa: F401 - so that a missing extra is told by the import of this module

from checker.errors import ReadError
from checker.models.document import Origin, RawReport
from checker.read.building import TextBuilder
from checker.read.odf_numbering import STYLE, TEXT, Counter, Level, read_levels, whole
from checker.read.packaged import ENCRYPTED, TOO_DEEP, open_package, parse_xml
from checker.read.rows import Line, row_lines
from checker.read.word_text import HIDDEN, TRACKED

Element = Any
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_MANIFEST = "META-INF/manifest.xml"
_LEFT_OUT = frozenset([
    f"{TEXT}table-of-content", f"{TEXT}alphabetical-index", f"{TEXT}illustration-index", f"{TEXT}table-index",
    f"{TEXT}tracked-changes", f"{TEXT}page-number", f"{TEXT}page-count", f"{TEXT}note-citation", f"{TEXT}ruby-text",
    f"{TEXT}bibliography", f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_OFFICE}forms",
    f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls",
])  # fmt: skip
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_MOST_SPACES = 200


def read(data: bytes, name: str) -> RawReport:
    """The document whose bytes these are.  Raises ``ReadError``: encrypted, damaged, without text, too big."""
    flat = not data.startswith(b"PK")
    content, styles = (parse_xml(data), None) if flat else _open(data)
    reader = _Reader(content, styles)
    builder = TextBuilder()
    try:
        builder.add_lines(reader.lines())
    except RecursionError:
        raise ReadError(TOO_DEEP) from None
    return builder.report(name, "fodt" if flat else "odt", tuple(reader.notes), data)


def _open(data: bytes) -> tuple[Element, Element | None]:
    """The content and the styles of a package."""
    package = open_package(data)
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise ReadError(ENCRYPTED)
    styles = parse_xml(package.read("styles.xml")) if "styles.xml" in package else None
    return parse_xml(package.read("content.xml")), styles


class _Reader:
    """One document: ``lines`` gives its text, ``notes`` (a dictionary to keep their order) what a user must know."""

    def __init__(self, content: Element, styles: Element | None) -> None:
        self.notes: dict[str, None] = {}
        self._content = content
        self._counted = {element: count for count, element in enumerate(content.iter(*_PARAGRAPHS), 1)}
        self._lists: dict[str, dict[int, Level]] = {}
        self._outline: dict[int, Level] = {}
        self._hidden: set[str] = set()
        for root in (styles, content) if styles is not None else (content,):
            self._read_styles(root)
        self._outlined = Counter()
        self._by_style: dict[str, Counter] = {}
        self._by_id: dict[str, Counter] = {}

    def _read_styles(self, root: Element) -> None:
        for style in root.iter(f"{TEXT}list-style", f"{TEXT}outline-style", f"{STYLE}style"):
            if style.tag == f"{TEXT}outline-style":
                self._outline = read_levels(style)
            elif style.tag == f"{TEXT}list-style":
                self._lists[style.get(f"{STYLE}name") or ""] = read_levels(style)
            elif any(item.get(f"{TEXT}display") in ("none", "true") for item in style):
                self._hidden.add(style.get(f"{STYLE}name") or "")

    def lines(self) -> Iterator[Line]:
        """The lines of the document."""
        for text in self._content.iter(f"{_OFFICE}text"):
            if text.find(f"{TEXT}tracked-changes") is not None:
                self.notes[TRACKED] = None
            yield from self._blocks(text, "body")
            return

    def _blocks(self, container: Element, place: str) -> Iterator[Line]:
        for item in container:
            if item.tag in _LEFT_OUT:
                continue
            if item.tag in _PARAGRAPHS:
                yield from self._paragraph(item, place, self._outline_label(item))
            elif item.tag == f"{TEXT}list":
                yield from self._list(item, place, "", self._counter(item), 1)
            elif item.tag == f"{_TABLE}table":
                yield from self._table(item, "table" if place == "body" else place)
            elif len(item) and item.get(f"{TEXT}display") != "none":
                yield from self._blocks(item, place)

    def _outline_label(self, paragraph: Element) -> str:
        depth = whole(paragraph.get(f"{TEXT}outline-level"))
        if depth is None or paragraph.get(f"{TEXT}is-list-header") == "true":
            return ""
        return self._outlined.label(self._outline, depth)

    def _counter(self, element: Element) -> Counter:
        """The numbers of a list: those of an earlier list that it continues, or new ones."""
        style = element.get(f"{TEXT}style-name") or ""
        counter = None
        if (earlier := element.get(f"{TEXT}continue-list")) is not None:
            counter = self._by_id.get(earlier)
        elif element.get(f"{TEXT}continue-numbering") == "true":
            counter = self._by_style.get(style)
        counter = counter or Counter()
        self._by_style[style] = counter
        if (key := element.get("{http://www.w3.org/XML/1998/namespace}id")) is not None:
            self._by_id[key] = counter
        return counter

    def _list(self, element: Element, place: str, style: str, counter: Counter, depth: int) -> Iterator[Line]:
        """The items of a list; of an item the first paragraph alone bears the label."""
        style = element.get(f"{TEXT}style-name") or style
        levels = self._lists.get(style, {})
        for item in element:
            labelled = item.tag == f"{TEXT}list-item"
            for block in item:
                if block.tag == f"{TEXT}list":
                    yield from self._list(block, place, style, counter, depth + 1)
                elif block.tag in _PARAGRAPHS:
                    start = whole(item.get(f"{TEXT}start-value"))
                    label = counter.label(levels, depth, start) if labelled else ""
                    labelled = False
                    yield from self._paragraph(block, place, label)

    def _table(self, table: Element, place: str) -> Iterator[Line]:
        for row in table.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table")) is table:
                yield from row_lines(
                    [list(self._blocks(cell, place)) for cell in row.iterchildren(f"{_TABLE}table-cell")]
                )

    def _paragraph(self, paragraph: Element, place: str, label: str) -> Iterator[Line]:
        """A paragraph's line, then the lines of the text boxes and notes in it."""
        origin = Origin(place, paragraph=self._counted[paragraph])
        apart: list[tuple[Element, str]] = []
        text = "".join(self._inline(paragraph, apart))
        yield [(label + text, origin)] if label + text else []
        for element, inside in apart:
            yield from self._blocks(element, inside)

    def _inline(self, element: Element, apart: list[tuple[Element, str]]) -> Iterator[str]:
        """The text of a paragraph or span in pieces; what stands apart from it is gathered."""
        if element.get(f"{TEXT}style-name") in self._hidden:
            self.notes[HIDDEN] = None
            return
        yield _squeezed(element.text)
        for item in element:
            if item.tag == f"{TEXT}s":
                yield " " * min(whole(item.get(f"{TEXT}c")) or 1, _MOST_SPACES)
            elif item.tag == f"{TEXT}tab":
                yield "\t"
            elif item.tag == f"{TEXT}line-break":
                yield "\n"
            elif item.tag == f"{TEXT}note-body":
                apart.append((item, "footnote"))
            elif item.tag == f"{_DRAW}text-box":
                apart.append((item, "text-box"))
            elif item.tag not in _LEFT_OUT:
                yield from self._inline(item, apart)
            yield _squeezed(item.tail)


def _squeezed(text: str | None) -> str:
    """Text with its white space as OpenDocument counts it: any stretch of it is one space."""
    if not text:
        return ""
    words = " ".join(part for part in text.replace("\t", " ").replace("\r", " ").replace("\n", " ").split(" ") if part)
    return (" " if text[0] in " \t\r\n" else "") + words + (" " if words and text[-1] in " \t\r\n" else "")
