"""Structure, step 1: the source text becomes a view in which every usual dress of a text looks the same.

Widths, quotes, brackets, dashes, script, spaces and line breaks are evened out; page numbers and web-page furniture
fall away.  The source is never changed: the view knows where each of its characters stands in it.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from checker.models.document import Span, View

_CLOSING = "。!?:;"


# Radicals that stand for whole characters and that Unicode's compatibility forms leave alone, each before its character
# (Unicode Character Database, EquivalentUnifiedIdeograph.txt).
_RADICALS = (
    "⺁厂⺒巳⺓幺⺝月⺠民⺦丬⺩王⺬示⺼肉⻁虎⻄西⻅见⻆角⻇角⻉贝⻋车⻑長⻓长⻔门"
    "⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻱龜"
)


def _character_forms() -> dict[int, str]:
    """Radicals and compatibility forms, which the text layer of a PDF often has in place of the characters."""
    table = dict(zip(map(ord, _RADICALS[::2]), _RADICALS[1::2], strict=True))
    for code in (*range(0x2F00, 0x2FD6), 0x2E9F, 0x2EF3, *range(0xF900, 0xFADA)):
        form = unicodedata.normalize("NFKC", chr(code))
        if len(form) == 1 and form != chr(code):
            table[code] = form
    return table


_FORMS = _character_forms()


def _fold_table() -> dict[int, str]:
    """One character for one: full-width forms to ASCII, variants of brackets and dashes to one form.

    The last groups are traditional characters that GB2312 holds too; folding them always costs nothing, for patterns
    are folded alike.
    """
    table = dict(_FORMS)
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # lone halves of a pair cannot be encoded, so not matched
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    groups = {
        "[": "〔［", "]": "〕］", "-": "—–―‐‑─━～~－", "·": "•・‧∙⋅", "。": "｡", ",": "，﹐", "%": "﹪",
        ":": "：∶﹕", ";": "；﹔", "《": "«", "》": "»", " ": "\u3000\u00a0\u2002\u2003\u2009\t", "〇": "○", "、": "､",
        "…": "⋯", "于": "於", "后": "後", "征": "徵", "复": "覆復複", "折": "摺", "干": "乾", "了": "瞭", "伙": "夥",
        "里": "裡裏", "么": "麽", "着": "著",
    }  # fmt: skip
    for target, variants in groups.items():
        table.update({ord(variant): target for variant in variants})
    return table


_FOLD = _fold_table()
# A Chinese character in a regular expression: by what it is not, since compiling a range of thousands takes a millisecond.
HAN = r"[^\W\d_A-Za-z]"
# A half-width full stop after a Chinese character, a closing mark or a percent sign, not before a decimal.
_STOP = re.compile(
    rf"\.(?:(?<={HAN}\.)(?=\s|$|{HAN}|[\d\"“(《\[【])|(?<=[%)\]》”\"]\.)(?=\s|$|{HAN}|[\"“(《\[【]|\d{{1,2}}[.、]))"
)
QUOTES = "“”‘’\"'「」『』"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_DROPPED = re.compile(f"[ \\r\\n{QUOTES}{INVISIBLE}]+")
_ANY_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_PAGE_NUMBER = re.compile(r"[-·\s]*(?:第\s*)?\d{1,3}\s*(?:页|/\s*\d{1,3})?(?:\s*,?\s*共\s*\d+\s*页)?[-·\s]*")
_NEW_PARAGRAPH = re.compile(
    r"\s*(?:第?[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}(?:部分)?[、.:。]|第[一二三四五六七八九十]{1,3}(?:部分|章|节) "
    r"|[(][一二三四五六七八九十\d]{1,3}[)]"
    r"|\d{1,2}[.、](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3} |【|[①-⑳])"
)


_BEFORE_YEAR = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?= +(?:19|20)\d\d年)")  # 6 2019年的安排: the chapter, then its year
_CHAPTER = re.compile(r"\d{1,2} [^,。;:、\d]{2,24}")  # a heading of an outline: 3 存在的不足
_LINE_END = re.compile(r"\r\n|[\r\n]")
_PAGE_HEAD, _PAGE_FOOT = 20, 12  # lines
_RATHER_FULL = 0.7  # a line so full goes on in a wrapped text if it ends in a comma or a sentence began within it


class Furniture(NamedTuple):
    """Wordings of page furniture: how a short line at a page's head or foot begins, what it contains, what it is."""

    starts: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()


class _Line(NamedTuple):
    start: int
    end: int
    indented: bool


def fold(text: str) -> str:
    """The same text, character for character, in the forms that patterns and views use."""
    folded = text.translate(_FOLD)
    return _STOP.sub("。", simplify(folded))


def plain_characters(text: str) -> str:
    """The same text, character for character, with simplified characters in place of traditional ones and of forms that
    look like them."""
    return simplify(text.translate(_FORMS))


def squeeze(text: str) -> str:
    """Folded text without white space and quotes: how a pattern's wording looks in a view."""
    return _DROPPED.sub("", fold(text))


def visible(text: str) -> str:
    """A source text without white space and characters of no width."""
    return "".join(without_invisible(text).split())


def without_invisible(text: str) -> str:
    """A text without characters of no width; the text itself where it has none."""
    return text.translate(_WITHOUT_INVISIBLE) if _ANY_INVISIBLE.search(text) else text


def build_view(source: str, furniture: Furniture) -> View:
    """The view of a source text; linear in its length."""
    bare = without_invisible(source)
    view = _build(bare, furniture)
    return view if len(bare) == len(source) else _in_offsets_of(source, view)


def invisible_places(source: str) -> list[int]:
    """For each character of no width, in order, how many others stand before it.

    The character ``i`` of the text without them stands in the source at ``i + bisect_right(places, i)``.
    """
    return [match.start() - number for number, match in enumerate(_ANY_INVISIBLE.finditer(source))]


def _in_offsets_of(source: str, view: View) -> View:
    """A view of a text without characters of no width, in the offsets of the text with them."""
    places = invisible_places(source)
    starts, sources = array("i"), array("i")
    ends = [*view.run_starts[1:], len(view.text)]
    for run_start, run_source, run_end in zip(view.run_starts, view.run_sources, ends, strict=True):
        first = bisect_right(places, run_source)
        last = bisect_left(places, run_source + run_end - run_start)
        for cut in dict.fromkeys((run_source, *places[first:last])):
            starts.append(run_start + cut - run_source)
            sources.append(cut + bisect_right(places, cut))
    return View(view.text, starts, sources, view.gaps)


def _build(source: str, furniture: Furniture) -> View:
    folded = fold(source)
    lines = list(_content_lines(folded))
    pieces: list[str] = []
    run_starts, run_sources = array("i"), array("i")
    gaps: set[int] = set()
    length = 0
    wrap = _find_wrap(folded, lines)
    lines = _without_furniture(folded, lines, furniture, wrap)
    previous: _Line | None = None
    in_prose = False  # inside a paragraph of prose that has already been carried over a line end
    for line in lines:
        if previous is not None:
            if _continues(folded, previous, line, wrap, in_prose):
                gaps.add(length)
                in_prose = in_prose or not _NEW_PARAGRAPH.match(folded, previous.start, previous.end)
            else:
                in_prose = False
                pieces.append("\n")
                run_starts.append(length)
                run_sources.append(previous.end)
                length += 1
        position = line.start
        number = _BEFORE_YEAR.match(folded, line.start, line.end)
        for gap in _DROPPED.finditer(folded, line.start, line.end):
            if gap.start() > position:
                pieces.append(folded[position : gap.start()])
                run_starts.append(length)
                run_sources.append(position)
                length += gap.start() - position
            if number and number.end() == gap.start():  # kept apart from the year by a mark
                pieces.append(".")
                run_starts.append(length)
                run_sources.append(gap.start())
                length += 1
            if " " in gap[0]:
                gaps.add(length)
            position = gap.end()
        if position < line.end:
            pieces.append(folded[position : line.end])
            run_starts.append(length)
            run_sources.append(position)
            length += line.end - position
        previous = line
    return View("".join(pieces), run_starts or array("i", [0]), run_sources or array("i", [0]), frozenset(gaps))


def simplify(text: str) -> str:
    """Traditional characters to simplified, one for one; text without any is returned as it is, unconverted.

    GB2312 holds the simplified characters alone, so what it cannot encode tells whether there is anything to do.
    """
    if text.isascii():
        return text
    strange = set(text) - set(text.encode("gb2312", "ignore").decode("gb2312"))
    if not any("\u4e00" <= character <= "\u9fff" for character in strange):
        return text
    whole = (c for c in strange if not "\ud800" <= c <= "\udfff")  # a pair's half alone cannot be converted
    return text.translate({ord(c): _simplified(c) for c in whole})


@cache
def _simplified(character: str) -> str:
    """The simplified form of one character; itself where there is none of one character."""
    simplified: str = _converter().convert(character)
    return simplified if len(simplified) == 1 else character


@cache
def _converter() -> Any:
    from opencc import OpenCC  # only where needed: most drafts have no traditional character

    return OpenCC("t2s")


def _content_lines(folded: str) -> Iterable[_Line]:
    """The lines that carry text: stripped, without blank lines and page numbers."""
    spans = [Span(match.start(), match.end()) for match in re.finditer(r"[^\r\n\f\v\u2028\u2029]+", folded)]
    for start, end in spans:
        raw = folded[start:end]
        text = raw.strip(" \ufeff")
        if not text or (len(text) < 16 and _PAGE_NUMBER.fullmatch(text)):
            continue
        left = start + len(raw) - len(raw.lstrip(" \ufeff"))
        yield _Line(left, left + len(text), left > start)


def _without_furniture(folded: str, lines: list[_Line], furniture: Furniture, wrap: _Wrap | None) -> list[_Line]:
    """The lines without a web page's furniture, which stands at its head and foot; a line that goes on is none."""
    kept = []
    for index, line in enumerate(lines):
        if index < _PAGE_HEAD or index >= len(lines) - _PAGE_FOOT:
            text = folded[line.start : line.end]
            goes_on = wrap is not None and _width(text, wrap.half_width) >= wrap.full
            if len(text) <= 120 and not goes_on and _is_furniture(text, furniture):
                continue
        kept.append(line)
    return kept


def _is_furniture(text: str, furniture: Furniture) -> bool:
    bare = text.replace(" ", "")
    return (
        bare in furniture.whole
        or bare.startswith(furniture.starts)
        or any(wording in bare for wording in furniture.contains)
    )


class _Wrap(NamedTuple):
    """How a machine broke a text into lines: from which width on a line counts as full, and how width is counted;
    whether the first lines of paragraphs, and they alone, are indented, and whether blank lines stand all over."""

    full: float
    half_width: float
    indents: bool = False
    spaced: bool = False


def _width(text: str, half_width: float) -> float:
    """Width in Chinese characters; digits and the like count ``half_width``."""
    return len(text) - (1 - half_width) * sum(map(text.count, "0123456789 .%-"))


def _find_wrap(folded: str, lines: Sequence[_Line]) -> _Wrap | None:
    """How the text was broken into lines, or ``None`` where its lines are paragraphs.

    A wrapped text has many lines that end in mid-sentence at about one width and hardly any longer line.
    """
    open_ended = [folded[line.start : line.end] for line in lines if folded[line.end - 1] not in _CLOSING]
    long_lines = [text for text in open_ended if len(text) >= 15]
    if len(long_lines) < 6 or len(long_lines) < 0.25 * len(lines):
        return None
    indents = 0.03 * len(lines) <= sum(line.indented for line in lines) <= 0.5 * len(lines)
    spaced = sum(_are_apart(folded, *pair) for pair in pairwise(lines)) > 0.5 * len(lines)
    best, best_share = None, 0.0
    for half_width in (1.0, 0.5):
        widths = sorted(_width(text, half_width) for text in long_lines)
        longest = widths[int(len(widths) * 0.97)]
        longer = sum(1 for line in lines if line.end - line.start > 1.3 * longest)
        if longest > 90 or longer > 0.03 * len(lines):
            continue
        for slack in (2.0, 0.2 * longest):
            share = sum(1 for width in widths if width >= longest - slack) / len(widths)
            if share >= 0.6 and share * (1.2 if slack == 2.0 else 1.0) > best_share:
                best, best_share = _Wrap(longest - slack, half_width, indents, spaced), share
    return best


def _continues(folded: str, previous: _Line, line: _Line, wrap: _Wrap | None, in_prose: bool) -> bool:
    """Whether a line goes on in the middle of the sentence of the line before.

    In wrapped prose a short line goes on too where its sentence is open: the text was wrapped twice.
    """
    if (line.indented and not previous.indented) or _NEW_PARAGRAPH.match(folded, line.start, line.end):
        return False
    if _are_rows(folded, previous, line, wrap) or folded[previous.end - 1] == "|":
        return False
    width = _width(folded[previous.start : previous.end], wrap.half_width if wrap else 1.0)
    if folded[previous.end - 1] in _CLOSING:  # a sentence may end where its line does, if indents tell paragraphs
        if wrap is None or width < wrap.full or line.indented or _CHAPTER.fullmatch(folded, line.start, line.end):
            return False
        return wrap.indents or folded[previous.end - 1] == ":"
    if wrap is not None:
        blank = not wrap.spaced and _are_apart(folded, previous, line) and not folded[previous.end : line.start].strip()
        if blank and not in_prose:
            return False  # blank lines part a title from the text; a page's end amid prose may leave some too
        has_begun = folded[previous.end - 1] in ",、" or folded.find("。", previous.start, previous.end) >= 0
        return width >= wrap.full or in_prose or (has_begun and width >= _RATHER_FULL * wrap.full)
    return width > 60 and folded[previous.end - 1] not in "、,|" and not _are_apart(folded, previous, line)


def _are_apart(folded: str, previous: _Line, line: _Line) -> bool:
    """Whether more than one line end stands between two lines."""
    return len(_LINE_END.findall(folded, previous.end, line.start)) > 1


def _are_rows(folded: str, previous: _Line, line: _Line, wrap: _Wrap | None) -> bool:
    """Whether two lines are rows of one table, their cells parted by ``|``; rows that were wrapped differ in cells."""
    above, below = (folded.count("|", one.start, one.end) for one in (previous, line))
    return above == below > 0 or (wrap is None and min(above, below) > 0)


def chinese_number(text: str) -> int | None:
    """The value of an ordinal in Chinese or Arabic digits up to 99 (``三``, ``十二``, ``贰``, ``12``), else ``None``."""
    if text.isdigit() and text.isascii():
        return int(text)
    tens, marker, ones = text.replace("拾", "十").partition("十")
    try:
        high = int(unicodedata.numeric(tens)) if tens else 1
        low = int(unicodedata.numeric(ones)) if ones else 0
    except (TypeError, ValueError):
        return None
    return high * 10 + low if marker else high
