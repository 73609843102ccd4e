"""Web pages (html, mhtml, and pages saved as .doc) to text: the main text alone, one line a paragraph.

The main text is found by where the prose is, not by a list of ids: the smallest element that holds nearly all sentences
that are not links.  The title often stands above it, outside; it is looked for there and in the page's own description.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from lxml import etree

from checker.errors import ReadError
from checker.models.document import Origin, RawReport
from checker.read.building import TextBuilder
from checker.read.from_text import decode
from checker.read.html_lines import HtmlLine, lines_of
from checker.read.packaged import MAX_XML, TOO_DEEP, TOO_MUCH

Element = Any
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "unicode": "utf-16"}
_NO_TEXT = "网页里没有正文（也许正文要由浏览器另行载入），请在浏览器里复制正文，存为文本文件后再试。"
_HEAD = 4096
_MOST_TAGS = 300_000
_OUTSIDE = 0.05, 150  # prose that may stand outside the main text: this share, or so many characters (a page's foot)
_SENTENCE = re.compile("[，。；,;]")
_PARTS_OF_TITLE = re.compile(r"[_|–—-]")
_PARAGRAPHS = frozenset(["p", "li", "ol", "ul", "pre", "blockquote", "tr", "tbody"])
_HEADINGS = frozenset(["h1", "h2", "h3"])


def read(data: bytes, name: str) -> RawReport:
    """The page whose bytes these are.  Raises ``ReadError``: undecodable, without text, too big."""
    archived = not data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
    source = _decode(_page_in(data) if archived else data)
    if len(source) > MAX_XML or source.count("<") > _MOST_TAGS:
        raise ReadError(TOO_MUCH)
    builder = TextBuilder()
    try:
        lines = _main_text(_parse(source))
    except RecursionError:
        raise ReadError(TOO_DEEP) from None
    for count, (text, part) in enumerate(lines, 1):
        builder.add(text + "\n", Origin(part, paragraph=count))
    return builder.report(name, "mhtml" if archived else "html")


def _page_in(data: bytes) -> bytes:
    """The page in a file that holds it with its pictures: its longest HTML part."""
    import email

    pages: list[bytes] = []
    for part in email.message_from_bytes(data.lstrip()).walk():
        if part.get_content_type() == "text/html" and isinstance(found := part.get_payload(decode=True), bytes):
            pages.append(found)
    if not pages:
        raise ReadError(_NO_TEXT)
    return max(pages, key=len)


def _decode(data: bytes) -> str:
    """The page as text: in the encoding it tells, unless that is wrong."""
    told = _CHARSET.search(data[:_HEAD])
    if told and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = told[1].decode("ascii").lower()
        try:
            return data.decode(_CHINESE.get(encoding, encoding))
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data)[0]


def _parse(source: str) -> Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise ReadError(_NO_TEXT)
    return root


def _main_text(root: Element) -> list[tuple[str, str]]:
    """The lines of the main text with the part each stands in, the title first."""
    body = root.find("body")
    lines = lines_of(root if body is None else body)
    if not lines:
        raise ReadError(_NO_TEXT)
    main = _find_main(lines)
    inside = [main in (line.holder, *line.holder.iterancestors()) for line in lines]
    first = inside.index(True)
    text = [line for line, is_inside in zip(lines, inside, strict=True) if is_inside and not _is_link(line)]
    told = [(line.text, line.part) for line in text]
    title = _find_title(root, lines[:first])
    if title and not _holds(told[:5], title):
        told[:0] = [(part, "body") for part in title]
    return told


def _is_link(line: HtmlLine) -> bool:
    """Whether a line is a link and no more, such as one to another page."""
    return line.linked >= 0.8 * len(line.text) and len(line.text) <= 40


def _find_main(lines: Sequence[HtmlLine]) -> Element:
    """The smallest element that holds nearly all prose; without any prose, the whole page."""
    weights = [_prose(line) for line in lines]
    if not any(weights):
        return lines[0].holder.getroottree().getroot()
    held: Counter[Element] = Counter()
    for line, weight in zip(lines, weights, strict=True):
        for element in (line.holder, *line.holder.iterancestors()) if weight else ():
            held[element] += weight
    whole, (share, characters) = sum(weights), _OUTSIDE
    enough = max(whole * 2 / 3, whole - max(share * whole, characters))
    main = min((found for found in held if held[found] >= enough), key=lambda found: (held[found], -_depth(found)))
    while main.tag in _PARAGRAPHS and main.getparent() is not None:  # its neighbours belong to the text, however short
        main = main.getparent()
    return main


def _prose(line: HtmlLine) -> int:
    is_prose = len(line.text) >= 20 and _SENTENCE.search(line.text) and line.linked * 2 < len(line.text)
    return len(line.text) if is_prose else 0


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _find_title(root: Element, before: Sequence[HtmlLine]) -> list[str]:
    """The lines of the title: of the lines above the main text those that the page's name repeats, else the nearest
    heading, else the page's name itself."""
    names = [text for text in (_meta_title(root), root.findtext("head/title") or "") if text.strip()]
    title: list[str] = []
    for line in reversed(before):
        is_named = len(_bare(line.text)) >= 4 and any(_bare(line.text) in _bare(name) for name in names)
        if is_named and not _is_link(line):
            title.insert(0, line.text)
        elif title:
            break
    if sum(map(len, title)) >= 8:
        return title
    headings = [line.text for line in before if line.holder.tag in _HEADINGS and not _is_link(line)]
    if headings:
        return headings[-1:]
    parts = [part.strip() for name in names for part in _PARTS_OF_TITLE.split(name) if len(part.strip()) >= 8]
    return parts[:1]


def _meta_title(root: Element) -> str:
    """What a page of a government site calls its article (``ArticleTitle``, a name fixed for such sites)."""
    return next((m.get("content", "") for m in root.iter("meta") if m.get("name", "").lower() == "articletitle"), "")


def _holds(opening: Sequence[tuple[str, str]], title: Sequence[str]) -> bool:
    return _bare("".join(title)) in _bare("".join(text for text, _ in opening))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
