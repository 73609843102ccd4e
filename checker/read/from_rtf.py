"""RTF to text: code pages, double-byte characters, ``\\u`` escapes; one line a paragraph, list numbers as written.

Our own reader, for what the libraries leave wrong in Chinese files: a character of two bytes of which only the first is
escaped, or none; hidden and deleted text; places.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from checker.errors import ReadError
from checker.models.document import Origin, RawReport
from checker.read.building import TextBuilder
from checker.read.packaged import TOO_DEEP, TOO_MUCH
from checker.read.rows import Line, row_lines
from checker.read.word_text import HIDDEN, TRACKED

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?"  # a control word
    rb"|\\'([0-9a-fA-F]{2})"  # a byte
    rb"|\\([^a-zA-Z])"  # a control symbol
    rb"|([{}])|([^\\{}\r\n\0]+)|[\r\n\0\\]",
    re.DOTALL,
)
_WESTERN = "checker.western"
_DEEPEST = 1000
_MOST_PARAGRAPHS, _MOST_WORDS = 200_000, 4_000_000
CUT_OFF = "文件末尾不完整，可能缺了内容，请与原文件核对。"
_MARKS = {
    "tab": "\t", "line": "\n", "softline": "\n", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
_PARAGRAPH_ENDS = frozenset(["par", "sect", "page", "nestcell"])
_PLACES = {"footnote": "footnote", "shptxt": "text-box", "dptxbxtext": "text-box"}
# Groups that are no text of the document; those that open with \\* are left out too, but for _STARRED.
_APART = frozenset([
    "annotation", "atnauthor", "atnid", "author", "buptim", "colortbl", "comment", "company", "creatim", "datastore",
    "doccomm", "filetbl", "footer", "footerf", "footerl", "footerr", "header", "headerf", "headerl", "headerr", "info",
    "keywords", "listtable", "manager", "nonshppict", "object", "operator", "pict", "printim", "private", "revtim",
    "rxe", "shprslt", "sp", "stylesheet", "subject", "tc", "title", "txe", "xe",
])  # fmt: skip
_STARRED = frozenset(["shpinst", "do", "fldinst", *_PLACES])
_ASIDE = frozenset(["fonts", "instruction", "label"])
_LEFT_OUT = frozenset(["TOC", "PAGE", "NUMPAGES", "SECTIONPAGES"])
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950"}


@dataclass(frozen=True)
class _State:
    """What a group hands on to the groups in it."""

    place: str = "body"  # or one of _ASIDE: no place of the text
    encoding: str | None = None
    skip: int = 1  # characters that stand in for a Unicode character, for older programs
    silent: bool = False
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False


def read(data: bytes, name: str) -> RawReport:
    """The document whose bytes these are.  Raises ``ReadError``: too big, nested too deep, without text, too long."""
    if data.count(b"\\") > _MOST_WORDS:
        raise ReadError(TOO_MUCH)
    reader = _Reader(data)
    builder = TextBuilder()
    for line in reader.lines():
        for text, origin in line:
            builder.add(text, origin)
        builder.add("\n")
    return builder.report(name, "rtf", tuple(reader.notes))


class _Reader:
    """One document: ``lines`` gives its text, ``notes`` (a dictionary to keep their order) what a user must know."""

    def __init__(self, data: bytes) -> None:
        self.notes: dict[str, None] = {}
        self._data = data
        self._state = _State()
        self._outer: list[_State] = []
        self._starred = False
        self._skipping = 0
        self._bytes = bytearray()  # not decoded yet: a character may be spread over several tokens
        self._texts: dict[str, list[str]] = {}
        self._code_page = "gb18030"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._count = 0
        self._lines: list[Line] = []
        self._after: list[Line] = []  # the notes and text boxes of the paragraph that is being read
        self._cell: list[Line] = []
        self._row: list[list[Line]] = []

    def lines(self) -> list[Line]:
        """The lines of the document."""
        position = 0
        while (token := _TOKEN.match(self._data, position)) is not None:
            position = token.end()
            word, argument, code, symbol, brace, raw = token.groups()
            if word is not None:
                number = int(argument) if argument else None
                position += self._word(word.decode("ascii"), number)
            elif code is not None:
                self._add_bytes(bytes.fromhex(code.decode("ascii")))
            elif raw is not None:
                self._add_bytes(raw)
            elif symbol is not None:
                self._symbol(symbol)
            elif brace is not None:
                self._brace(brace)
        if self._outer:
            self.notes[CUT_OFF] = None
        self._end_paragraph()
        self._end_row()
        return self._lines

    def _add_bytes(self, data: bytes) -> None:
        skipped = min(self._skipping, len(data))
        self._skipping -= skipped
        self._bytes += data[skipped:]
        self._starred = False

    def _flush(self) -> None:
        """Decode the bytes that wait, in the code page that holds here."""
        if self._bytes:
            data = bytes(self._bytes)
            self._bytes.clear()
            self._add(_decode(data, self._state.encoding or self._code_page))

    def _add(self, text: str) -> None:
        state = self._state
        if state.silent or state.place == "fonts":
            return
        if state.deleted or state.hidden:
            self.notes[TRACKED if state.deleted else HIDDEN] = None
            return
        self._texts.setdefault(state.place, []).append(text)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skipping, self._starred = 0, False
        if brace == b"{":
            if len(self._outer) >= _DEEPEST:
                raise ReadError(TOO_DEEP)
            self._outer.append(self._state)
        elif self._outer:
            inner, self._state = self._state, self._outer.pop()
            if inner.place != self._state.place and inner.place in _PLACES.values():
                self._end_paragraph(inner.place)
            elif inner.place == "label" != self._state.place:
                self._add("".join(self._texts.pop("label", ())).strip() + " ")

    def _symbol(self, symbol: bytes) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        self._flush()
        self._starred = symbol == b"*"
        if symbol in b"\r\n":
            self._end_paragraph()
        elif symbol in _SYMBOLS:
            self._add(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> int:
        """Obey a control word; how many bytes behind it are raw data to pass over."""
        if word == "bin":
            return max(0, number or 0)
        if self._skipping and word != "u":
            self._skipping = 0
        self._flush()
        starred, self._starred = self._starred, False
        if word in _APART or (starred and word not in _STARRED):
            self._state = replace(self._state, silent=True)
        elif word in _MARKS:
            self._add(_MARKS[word])
        elif word in _PARAGRAPH_ENDS:
            self._end_paragraph()
        elif word in ("cell", "row"):
            self._end_paragraph()
            self._end_cell() if word == "cell" else self._end_row()
        elif word == "u" and number is not None:
            self._add(chr(number % 0x10000))
            self._skipping = self._state.skip
        else:
            self._set(word, number)
        return 0

    def _set(self, word: str, number: int | None) -> None:
        """Control words that change the state."""
        state, on = self._state, number != 0
        match word:
            case "ansicpg":
                self._code_page = _code_page(number)
            case "fonttbl":
                self._state = replace(state, place="fonts")
            case "f" | "af" if state.place == "fonts":
                self._font = number or 0
            case "f" | "af":
                self._state = replace(state, encoding=self._fonts.get(number or 0))
            case "fcharset" if (number or 0) in _CHARSETS:
                self._fonts[self._font] = _CHARSETS[number or 0]
            case "uc":
                self._state = replace(state, skip=min(max(number or 0, 0), 10))
            case "v":
                self._state = replace(state, hidden=on)
            case "deleted":
                self._state = replace(state, deleted=on)
            case "revised" if on:
                self.notes[TRACKED] = None
            case "plain":
                self._state = replace(state, hidden=False, deleted=False, encoding=None)
            case "pard":
                self._state = replace(state, in_table=False)
            case "intbl":
                self._state = replace(state, in_table=True)
            case "listtext" | "pntext":
                self._state = replace(state, place="label")
            case "fldinst":
                self._texts["instruction"] = []
                self._state = replace(state, place="instruction")
            case "fldrslt":
                instruction = "".join(self._texts.get("instruction", ())).split() or [""]
                self._state = replace(state, silent=state.silent or instruction[0].upper() in _LEFT_OUT)
            case "footnote" | "shptxt" | "dptxbxtext":
                self._state = replace(state, place=_PLACES[word], in_table=False)

    def _end_paragraph(self, place: str | None = None) -> None:
        self._flush()
        place = place or self._state.place
        if self._state.silent or place in _ASIDE:
            return
        pieces = self._texts.pop(place, [])
        if place != "body" and not pieces:
            return
        self._count += 1
        if self._count > _MOST_PARAGRAPHS:
            raise ReadError(TOO_MUCH)
        inside = "table" if place == "body" and self._state.in_table else place
        text = "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        line: Line = [(text, Origin(inside, paragraph=self._count))] if text else []
        if place != "body":
            self._after.append(line)
            return
        lines = [line, *self._after]
        self._after = []
        if inside == "table":
            self._cell += lines
        else:
            self._end_row()
            self._lines += lines

    def _end_cell(self) -> None:
        self._row.append(self._cell)
        self._cell = []

    def _end_row(self) -> None:
        if self._cell:
            self._end_cell()
        self._lines += row_lines(self._row)
        self._row = []


def _code_page(number: int | None) -> str:
    if number in (936, 54936):
        return "gb18030"
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "gb18030"


def _decode(data: bytes, encoding: str) -> str:
    """Bytes to text: in the code page told or else the usual Chinese one; a lone byte in it is a Western character."""
    for candidate in (encoding, "gb18030"):
        try:
            return data.decode(candidate)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", _WESTERN)


def _western(error: UnicodeError) -> tuple[str, int]:
    """What a byte that fits no double-byte character is in Western files: a quotation mark, as a rule."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_WESTERN, _western)
