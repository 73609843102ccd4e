"""The text of a Word paragraph, run by run, as a reader of the printed page sees it.

Fields may begin in one paragraph and end in another, so one ``PartText`` reads all paragraphs of a part, in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.models.document import Origin
from checker.read import wordprocessing as word
from checker.read.rows import Line
from checker.read.word_styles import Styles
from checker.read.wordprocessing import Element, alternative, attribute, child, is_alternatives, is_on, local

TRACKED = "文中有修订痕迹，按已接受的内容审查。"
HIDDEN = "文中有隐藏文字，没有计入审查。"

WRAPPERS = frozenset(
    ["sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo"]
)
DROPPED = frozenset(["del", "moveFrom"])
_INSERTED = frozenset(["ins", "moveTo"])
_CONTENTS = frozenset(["TOC", "TOA", "INDEX"])
_LEFT_OUT = frozenset([*_CONTENTS, "PAGE", "NUMPAGES", "SECTIONPAGES"])
MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Boxes and ticks of the Wingdings fonts, which forms are full of.
_SYMBOLS = {0xFC: "√", 0xFE: "☑", 0x52: "☑", 0xA8: "□", 0x6F: "□", 0xFB: "×", 0x6C: "●", 0x6E: "■"}
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


@dataclass
class Content:
    """What a paragraph holds: its text in pieces, the text boxes and notes that hang on it, and whether something was
    left out that is no text of the author's (a page number, a table of contents)."""

    pieces: Line = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    left_out: bool = False


@dataclass
class _Field:
    """A field that is open: its instruction so far, and whether its result has begun."""

    instruction: str = ""
    in_result: bool = False

    def is_shown(self) -> bool:
        return self.in_result and _kind(self.instruction) not in _LEFT_OUT


class PartText:
    """Reads the paragraphs of one part.  ``notes`` (a dictionary to keep their order) gathers what a user must know."""

    def __init__(self, root: Element, styles: Styles, notes: dict[str, None]) -> None:
        self._styles = styles
        self._notes = notes
        self._counted = {element: count for count, element in enumerate(word.paragraphs(root), 1)}
        self._fields: list[_Field] = []
        self._fields_end = _fields_end(root)

    def count(self, paragraph: Element) -> int:
        """The number of a paragraph in its part."""
        return self._counted[paragraph]

    def read(self, paragraph: Element, place: str) -> Content:
        """The content of a paragraph that stands in a place (``body``, ``table`` ...)."""
        content, count = Content(), self._counted[paragraph]
        content.left_out = any(_kind(item.instruction) in _CONTENTS for item in self._fields)
        numbers = {run: index for index, run in enumerate(word.runs(paragraph), 1)}
        style = attribute(child(paragraph, "pPr", "pStyle")) or self._styles.default
        for element in self._inline(paragraph, content):
            text = "".join(self._run(element, content)) if local(element) else _formula(element)
            if not text:
                continue
            if self._is_hidden(element, style):
                self._notes[HIDDEN] = None
            else:
                content.pieces.append((text, Origin(place, paragraph=count, run=numbers.get(element))))
        if not self._fields_end:
            self._fields.clear()
        return content

    def _inline(self, element: Element, content: Content) -> Iterator[Element]:
        """The runs and formulas of a paragraph that count, in order."""
        for item in element:
            name = local(item)
            if name == "r":
                yield item
            elif name in DROPPED:
                self._notes[TRACKED] = None
            elif name == "fldSimple" and _kind(attribute(item, "instr")) in _LEFT_OUT:
                content.left_out = True
            elif name in WRAPPERS:
                if name in _INSERTED:
                    self._notes[TRACKED] = None
                yield from self._inline(item, content)
            elif item.tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
                yield item
            elif is_alternatives(item) and (chosen := alternative(item)) is not None:
                yield from self._inline(chosen, content)

    def _run(self, run: Element, content: Content) -> Iterator[str]:
        """The text of a run; what hangs on it goes into the content."""
        for item in run:
            name = local(item)
            if name == "fldChar":
                self._turn(attribute(item, "fldCharType"))
            elif name == "instrText" and self._fields:
                self._fields[-1].instruction += item.text or ""
            elif not all(open_field.is_shown() for open_field in self._fields):
                content.left_out = True
            elif name == "t":
                yield item.text or ""
            elif name in MARKS:
                yield MARKS[name]
            elif name == "sym":
                yield symbol(attribute(item, "char"))
            elif name == "ruby":
                base = child(item, "rubyBase")
                for inner in word.runs(base) if base is not None else ():
                    yield from self._run(inner, content)
            elif name in ("footnoteReference", "endnoteReference"):
                content.notes.append((name.removesuffix("Reference"), attribute(item, "id") or ""))
            elif is_alternatives(item) and (chosen := alternative(item)) is not None:
                yield from self._run(chosen, content)
            elif len(item):
                content.boxes += _boxes(item)

    def _turn(self, kind: str | None) -> None:
        """A field begins, turns to its result, or ends."""
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_hidden(self, run: Element, style: str | None) -> bool:
        """Whether the run says so, or else its style, or else that of the paragraph."""
        properties = child(run, "rPr")
        if properties is not None:
            own = is_on(child(properties, "vanish"))
            if own is None:
                own = self._styles.is_hidden(attribute(child(properties, "rStyle")))
            if own is not None:
                return own
        return bool(self._styles.is_hidden(style))


def _kind(instruction: str | None) -> str:
    """The first word of a field's instruction."""
    return ((instruction or "").split() or [""])[0].upper()


def _fields_end(root: Element) -> bool:
    """Whether every field of a part that begins also ends; if not, none may reach beyond its paragraph."""
    kinds = [attribute(item, "fldCharType") for item in root.iter() if local(item) == "fldChar"]
    return kinds.count("begin") == kinds.count("end")


def _formula(element: Element) -> str:
    return "".join(item.text or "" for item in element.iter(f"{_MATH}t"))


def symbol(code: str | None) -> str:
    """A character of a symbol font: the common boxes and ticks as such, of the others those that are text."""
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    if 0xF000 <= value <= 0xF0FF:
        return _SYMBOLS.get(value - 0xF000, "")
    return chr(value) if 0x20 <= value < 0xE000 and not 0xD800 <= value < 0xE000 else ""


def _boxes(element: Element) -> Iterator[Element]:
    """The contents of the text boxes in a drawing, each once."""
    if local(element) == "txbxContent":
        yield element
    elif is_alternatives(element):
        chosen = alternative(element)
        if chosen is not None:
            yield from _boxes(chosen)
    else:
        for item in element:
            yield from _boxes(item)
