"""Word documents (docx, docm, dotx) to text: one line a paragraph, as a reader of the printed page would read it.

Numbers of lists stand where Word shows them; tracked changes count as accepted; hidden text, tables of contents, page
numbers, headers, footers and comments are left out.  A text box and a footnote follow the paragraph they belong to, so
that they are judged with its section.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree  # noqa: F401 - so that a missing extra is told by the import of this module

from checker.errors import ReadError
from checker.models.document import Origin, RawReport
from checker.read import wordprocessing as word
from checker.read.building import TextBuilder
from checker.read.packaged import TOO_DEEP, Package, open_package, parse_xml
from checker.read.rows import Line, line_text, row_lines
from checker.read.word_numbering import Numbering
from checker.read.word_styles import Styles
from checker.read.word_text import DROPPED, TRACKED, WRAPPERS, Content, PartText
from checker.read.wordprocessing import Element, alternative, attribute, child, is_alternatives, local

MACROS = "文件带有宏，宏没有运行，也没有审查。"
EMBEDDED = "文中嵌入了另一份文件，嵌入的内容没有计入审查。"
_NOTES = ("footnotes", "endnotes")


def read(data: bytes, name: str) -> RawReport:
    """The document whose bytes these are.  Raises ``ReadError``: encrypted, damaged, without text, too big."""
    package = open_package(data)
    builder = TextBuilder()
    try:
        reader = _Reader(package)
        builder.add_lines(reader.lines())
    except RecursionError:
        raise ReadError(TOO_DEEP) from None
    return builder.report(name, "docx", tuple(reader.notes), data)


@dataclass
class _Open:
    """A line that is being read, of one paragraph or of several whose marks were deleted, and what is to follow it."""

    pieces: Line = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    left_out: bool = False

    def close(self) -> list[Line]:
        """The line and what follows it; a line that has lost all it held is none."""
        is_line = line_text(self.pieces) or not self.left_out
        return [self.pieces, *self.after] if is_line else self.after


class _Reader:
    """One document: ``lines`` gives its text, ``notes`` (a dictionary to keep their order) what a user must know."""

    def __init__(self, package: Package) -> None:
        self.notes: dict[str, None] = {}
        if any(member.endswith("vbaProject.bin") for member in package.names):
            self.notes[MACROS] = None
        main = word.main_part(package)
        self._root = parse_xml(package.read(main))
        roots = {kind: _related(package, main, kind) for kind in ("styles", "numbering", *_NOTES)}
        self._styles = Styles(roots["styles"])
        self._numbering = Numbering(roots["numbering"], self._styles)
        self._text = PartText(self._root, self._styles, self.notes)
        self._note_texts = {
            kind[:-1]: PartText(root, self._styles, self.notes) for kind in _NOTES if (root := roots[kind]) is not None
        }
        self._foot: dict[tuple[str, str], Element] = {
            (kind[:-1], attribute(note, "id") or ""): note for kind in _NOTES for note in _children(roots[kind])
        }

    def lines(self) -> Iterator[Line]:
        """The lines of the document."""
        body = child(self._root, "body")
        if body is not None:
            yield from self._blocks(body, "body", self._text)

    def _blocks(self, container: Element, place: str, text: PartText) -> Iterator[Line]:
        """The lines of a body, a cell, a text box or a note."""
        line: _Open | None = None
        for block in self._unwrapped(container):
            if local(block) == "tbl":
                yield from line.close() if line else ()
                line = None
                yield from self._table(block, place, text)
                continue
            line = line or _Open()
            self._add(block, place, text, line)
            if not self._goes_on(block):
                yield from line.close()
                line = None
        yield from line.close() if line and (line.pieces or line.after) else ()

    def _unwrapped(self, container: Element) -> Iterator[Element]:
        """The paragraphs and tables of a container, out of content controls and the like."""
        for item in container:
            name = local(item)
            if name in ("p", "tbl"):
                yield item
            elif name == "altChunk":
                self.notes[EMBEDDED] = None
            elif name in DROPPED:
                self.notes[TRACKED] = None
            elif name in WRAPPERS and not _holds_contents(item):
                yield from self._unwrapped(item)
            elif is_alternatives(item) and (chosen := alternative(item)) is not None:
                yield from self._unwrapped(chosen)

    def _goes_on(self, paragraph: Element) -> bool:
        """Whether a paragraph's mark was deleted, so that the next paragraph goes on in its line."""
        mark = child(paragraph, "pPr", "rPr")
        if mark is None or not any(local(item) in DROPPED for item in mark):
            return False
        self.notes[TRACKED] = None
        return True

    def _add(self, paragraph: Element, place: str, text: PartText, line: _Open) -> None:
        """Read a paragraph into a line; where several make one line, the last one rules its number."""
        properties = child(paragraph, "pPr")
        content = text.read(paragraph, place)
        if self._styles.is_contents(attribute(child(paragraph, "pPr", "pStyle"))):
            content = Content(left_out=True)
        line.pieces += content.pieces
        line.left_out = line.left_out or content.left_out
        is_line = bool(content.pieces) or not content.left_out
        if is_line and not self._goes_on(paragraph) and (label := self._numbering.label(properties)):
            line.pieces.insert(0, (label, Origin(place, paragraph=text.count(paragraph))))
        for box in content.boxes:
            line.after += self._blocks(box, "text-box", text)
        for kind, key in content.notes:
            if (note := self._foot.get((kind, key))) is not None:
                line.after += self._blocks(note, kind, self._note_texts[kind])

    def _table(self, table: Element, place: str, text: PartText) -> Iterator[Line]:
        """The rows of a table that were not deleted, in reading order."""
        inside = "table" if place == "body" else place
        for row in _named(table, "tr"):
            if any(child(row, "trPr", change) is not None for change in DROPPED):
                self.notes[TRACKED] = None
                continue
            cells = [list(self._blocks(cell, inside, text)) for cell in _named(row, "tc") if not _goes_up(cell)]
            yield from row_lines(cells)


def _related(package: Package, main: str, kind: str) -> Element | None:
    name = word.related(package, main, kind)
    return parse_xml(package.read(name)) if name else None


def _children(element: Element | None) -> list[Element]:
    return [] if element is None else list(element)


def _named(container: Element, name: str) -> Iterator[Element]:
    """The rows of a table, the cells of a row: out of content controls and the like."""
    for item in container:
        if local(item) == name:
            yield item
        elif local(item) in WRAPPERS:
            yield from _named(item, name)


def _goes_up(cell: Element) -> bool:
    """Whether a cell is the covered part of one that reaches down over several rows."""
    merged = child(cell, "tcPr", "vMerge")
    return merged is not None and attribute(merged) != "restart"


def _holds_contents(control: Element) -> bool:
    """Whether a content control is a table of contents."""
    gallery = attribute(child(control, "sdtPr", "docPartObj", "docPartGallery"))
    return gallery == "Table of Contents"
