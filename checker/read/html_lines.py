"""A web page's elements as the lines that a browser would show, each with the element it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from checker.read.html_numbering import ListNumbers
from checker.read.rows import MOST_BESIDE, beside

Element = Any
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip
_NO_TEXT = frozenset([
    "script", "style", "noscript", "template", "select", "option", "button", "textarea", "input", "svg", "canvas",
    "iframe", "object", "embed", "audio", "video", "map", "head", "title", "del", "rp", "rt",
])  # fmt: skip
_FURNITURE = frozenset(["nav", "aside", "footer"])
_NAMES = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|share|footer|foot|sidebar|toolbar|copyright|qrcode"
    r"|pagination|pager|related|comments?|login|search|print|fontsize|adverts?|table of contents)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_PAGE_EDGES = frozenset(["header", "footer"])  # what LibreOffice calls them in a page it saves
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


class HtmlLine(NamedTuple):
    """A line: its text, the element it stands in, the part of the document, and how many of its characters are links."""

    text: str
    holder: Element
    part: str
    linked: int


def lines_of(body: Element) -> list[HtmlLine]:
    """The lines of a page, without its furniture: what names itself navigation, sharing and the like, unless it holds a
    good part of the page's text."""
    return list(_Walk(_furniture(body)).lines(body, "body"))


def _furniture(body: Element) -> frozenset[Element]:
    """The elements that are no text of the page."""
    sizes: dict[Element, int] = {}
    for element in reversed(list(body.iter())):  # children before their parents
        inside = sum(sizes.get(child, 0) + len((child.tail or "").strip()) for child in element)
        sizes[element] = 0 if element.tag in _NO_TEXT else inside + len((element.text or "").strip())
    return frozenset(
        element
        for element, size in sizes.items()
        if element is not body and (element.tag in _NO_TEXT or (size * 4 < sizes[body] and _is_furniture(element)))
    )


def _is_furniture(element: Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    unseen = "hidden" in element.attrib or _UNSEEN.search(element.get("style", ""))
    edge = element.tag == "div" and element.get("title") in _PAGE_EDGES
    return bool(element.tag in _FURNITURE or unseen or edge or _NAMES.search(names))


class _Walk:
    """Collects text until a block begins or ends, or a line is broken."""

    def __init__(self, skipped: frozenset[Element]) -> None:
        self._skipped = skipped
        self._pieces: list[str] = []
        self._linked = 0
        self._numbers = ListNumbers()
        self._label = ""  # the number of a list's item, for its first line

    def lines(self, element: Element, part: str, in_link: bool = False) -> Iterator[HtmlLine]:
        """The lines of an element; what stands in a line with what follows it is kept for later."""
        if element in self._skipped:
            return
        tag = element.tag
        if tag == "br":
            yield from self._end(element.getparent(), part)
            return
        if tag == "tr":
            yield from self._row(element)
            return
        block = tag in _BLOCKS
        holder = element if block else element.getparent()
        if block:
            yield from self._end(element.getparent(), part)
        if tag == "ol":
            self._numbers.begin(element)
        if tag == "li":
            self._label = self._numbers.label(element)
        in_link = in_link or tag == "a"
        yield from self._text(element.text, tag == "pre", holder, part, in_link)
        for child in element:
            yield from self.lines(child, part, in_link)
            yield from self._text(child.tail, tag == "pre", holder, part, in_link)
        if block:
            yield from self._end(element, part)

    def _text(self, text: str | None, kept: bool, holder: Element, part: str, in_link: bool) -> Iterator[HtmlLine]:
        """Add text; in preformatted text a line end is one."""
        first, *rest = (text or "").split("\n") if kept else [text or ""]
        self._add(first, in_link)
        for line in rest:
            yield from self._end(holder, part)
            self._add(line, in_link)

    def _add(self, text: str, in_link: bool) -> None:
        self._pieces.append(text)
        self._linked += len(text.strip()) if in_link else 0

    def _end(self, holder: Element, part: str) -> Iterator[HtmlLine]:
        text = _SPACE.sub(" ", "".join(self._pieces)).strip()
        linked = self._linked
        self._pieces, self._linked = [], 0
        if text:
            label, self._label = self._label, ""
            yield HtmlLine(label + text, holder, part, linked)

    def _row(self, row: Element) -> Iterator[HtmlLine]:
        """A table's row: one line where its cells are short, else the lines of each cell."""
        yield from self._end(row, "table")
        cells = [list(self.lines(cell, "table")) for cell in row]
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) == 1 and len(cell[0].text) <= MOST_BESIDE for cell in filled):
            yield HtmlLine(
                beside(cell[0].text for cell in filled), row, "table", sum(cell[0].linked for cell in filled)
            )
        else:
            yield from (line for cell in filled for line in cell)
