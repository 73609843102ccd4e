"""Structure: the marks that open headings (一、 （一） 1. 第一部分 第一， 【…】) and the items of a list (一是, 其二,), and where
they can."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.models.document import View
from checker.structure.outline import Entry, find_outline
from checker.structure.view import chinese_number

NUMERALS = "一二三四五六七八九十"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
# The usual marks, one named group a style; the level of each style stands in _LEVELS.
_MARK = re.compile(
    rf"第(?P<part>[{NUMERALS}]{{1,3}})(?:部分|章)[、,:.。]?"
    rf"|第(?P<section>[{NUMERALS}]{{1,3}})节(?![课车次点约能目日电水气])[、,:.。]?"
    rf"|(?P<formal>[{_FORMAL}]{{1,2}})[、,.。]?(?=[^{_FORMAL}元仟佰圆角分])"
    rf"|(?P<han>[{NUMERALS}]{{1,3}})(?:、|[.。](?=[^\d])|,(?=[^\d{NUMERALS}]))"
    rf"|[(](?P<paren>[{NUMERALS}]{{1,3}})[)][、,.]?"
    rf"|(?P<open>[{NUMERALS}]{{1,2}})[)][、,.]?"
    r"|(?P<arabic>(?<![\d.])\d{1,2})(?:[.](?!\d(?!\d{3}年|\d?月))|、)"
    r"|[(](?P<small>\d{1,2})[)]"
    rf"|【(?P<boxed>[{NUMERALS}]{{1,3}}|\d{{1,2}})】"
    r"|【(?P<label>[^【】\n]{2,14})】"
    rf"|(?m:^)第(?P<ordinal>[{NUMERALS}]{{1,2}})[,、:](?=[^\n。;:!]{{2,30}}[^\n。;:!,、](?:\n|$))"  # 第一,我们做了什么
)
PART, FORMAL, SECTION, BOXED, LABEL, ORDINAL = "part", "formal", "section", "boxed", "label", "ordinal"
DEEPEST = 4
MAIN = "han"  # the style of main headings, whatever stands above them
_LEVELS = {
    PART: 1, FORMAL: 1, "han": 1, SECTION: 2, BOXED: 2, LABEL: 2, ORDINAL: 2, "paren": 2, "open": 2, "arabic": 3, "small": 4,
}  # fmt: skip
_BOUNDARY = frozenset("。;:!?\n…)]")
_SECOND_ITEM = re.compile(r";二[、.]")
_COUNTING = frozenset(f"第点之百千万0123456789{NUMERALS}")  # after these a numeral goes on behind a space
ITEM = re.compile(rf"(?:[{NUMERALS}]{{1,2}}是|其[{NUMERALS}][,:]|第[{NUMERALS}]{{1,2}}[,、:]|[{NUMERALS}]要)")
_LATER = NUMERALS[1:]
# A text that marks its headings so has none that are marked by a comma.
_USUAL = re.compile(rf"^(?:[{NUMERALS}]{{1,3}}[、.。]|[(][{NUMERALS}]{{1,3}}[)])", re.MULTILINE)
_COUNTED = "[件条项个桩点处]?"
FIRST_ITEM = re.compile(rf"一[是要]|[其第头]一{_COUNTED}[,、:]|首先[,、]")
LATER_ITEM = re.compile(rf"(?:[{_LATER}][是要]|其[{_LATER}][,:]|第[{_LATER}]{_COUNTED}[,、:])")


class Form(NamedTuple):
    """What an official format fixes word for word: headings, which open a part wherever their marks stand, and the rows
    of its tables, which are none although they are numbered."""

    headings: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


NO_FORM = Form()


class Mark(NamedTuple):
    """A mark that can open a heading: where it stands, its level, style and number, and where the wording ends that a
    format fixes (0 for another heading)."""

    start: int
    mark_end: int
    level: int
    style: str
    number: int
    fixed_end: int


def candidates(view: View, form: Form) -> list[Mark]:
    """Marks that can open a heading: at a boundary, in mid-text where they carry on their series, or before a heading
    that a format fixes."""
    text = view.text
    outline, above = find_outline(view)
    numbered = {entry.start: _outline_mark(entry, above) for entry in outline}
    accepted = list(numbered.values())
    last: dict[str, int] = {}
    line_end, dense = -1, False
    otherwise = _USUAL.search(text) is not None
    listed = 0  # the last number of a list within a sentence (任务如下:一、……;二、……), whose items are no headings
    for match in _MARK.finditer(text):
        style = match.lastgroup or ""
        start = match.start()
        if start in numbered:
            continue
        number = chinese_number(match[style]) if style != LABEL else 0
        if number is None or (form.rows and text.startswith(form.rows, match.end())):
            continue
        at_start = start == 0 or text[start - 1] == "\n"
        comma = style == "han" and text[match.end() - 1] == ","
        if comma and (otherwise or not (at_start or text[start - 1] in "。;")):
            continue  # 之一, 第一,
        if style == "han" and _is_span(text, match.end(), number) and accepted and accepted[-1].mark_end == start:
            continue  # (四)一、二级响应
        if style == "han":
            listed = _listed(text, start, number, listed, last.get(style, 0)) if not at_start else 0
            if listed:
                continue
        level = _LEVELS[style]
        fixed_end = _fixed_end(text, match.end(), form) if style == "han" else 0
        firm = at_start or text[start - 1] in _BOUNDARY or (start in view.gaps and text[start - 1] not in _COUNTING)
        if not firm and not fixed_end:
            expected = last.get(style, 0) + 1
            if start > line_end:
                line_end, dense = line_of(text, start)
            loose = style in ("paren", "small") or dense
            follows = (number == expected and (number > 1 or style != "han")) or (
                number == 1 and style in ("paren", "arabic")
            )
            if not (loose and follows and _may_interrupt(text, start, style)):
                continue
        if style == FORMAL and not at_start and not _is_formal(view, start, match.end(), number - last.get(style, 0)):
            continue
        if style == "small" and not at_start and text[start - 1] not in "。;:":
            continue
        if style == BOXED and not at_start and text[start - 1] not in "。;:":
            continue
        if style == LABEL and not at_start and text[start - 1] not in "。;:":
            continue
        if style in ("arabic", "open") and not firm and not text[start - 1].isalnum():
            continue
        accepted.append(Mark(start, match.end(), level, style, number, fixed_end))
        last[style] = number
        for deeper, depth in _LEVELS.items():
            if depth > level:
                last.pop(deeper, None)
    return sorted(accepted) if numbered else accepted


def _outline_mark(entry: Entry, above: int) -> Mark:
    """The mark of an entry of the text's outline."""
    level = min(len(entry.parts) + above, DEEPEST)
    return Mark(entry.start, entry.end, level, entry.style, entry.parts[-1], 0)


def _is_formal(view: View, start: int, end: int, step: int) -> bool:
    """Whether a formal numeral in mid-text is a heading's: between two spaces, or behind a full stop as the next one."""
    if {start, end} <= view.gaps:
        return True
    return step == 1 and view.text[start - 1] == "。" and (end in view.gaps or view.text[end - 1] in "、.")


def _is_span(text: str, end: int, number: int) -> bool:
    """Whether a numeral with its pause is the first of several that belong to one word (三、四级)."""
    return text[end - 1] == "、" and number < len(NUMERALS) and text.startswith(NUMERALS[number], end)


def _listed(text: str, start: int, number: int, before: int, last: int) -> int:
    """The number of a mark that opens a list behind a colon, under a heading marked alike or as one sentence, or goes on
    with one behind a semicolon; 0 for a heading's."""
    second = None
    if number == 1 and text[start - 1] == ":":
        second = _SECOND_ITEM.search(text, start, line_of(text, start)[0])
    opens = second is not None and (last > 0 or "。" not in text[start : second.start()])
    goes_on = before > 0 and number == before + 1 and text[start - 1] == ";"
    return number if opens or goes_on else 0


def _fixed_end(text: str, start: int, form: Form) -> int:
    """Where a heading that a format fixes ends, if one begins here, else 0."""
    end = max((start + len(words) for words in form.headings if text.startswith(words, start)), default=0)
    return 0 if text[end : end + 1] in ("、", ",", ";") else end  # a contents list within a sentence


def line_of(text: str, offset: int) -> tuple[int, bool]:
    """Where the line of an offset ends, and whether it is a very long one: a page whose paragraphs were lost."""
    start = text.rfind("\n", 0, offset)
    end = text.find("\n", offset)
    end = end if end >= 0 else len(text)
    return end, end - start > 900


def _may_interrupt(text: str, start: int, style: str) -> bool:
    """Whether a mark in mid-text can be a heading's: not a numeral of the sentence itself (第一、星期二、十二、)."""
    before = text[start - 1]
    if style == "han":
        return before not in "第是期十百千万初" + NUMERALS and not before.isascii()
    if style == "arabic":
        return not before.isascii() and before not in "第.-·"
    return before not in "《〈"
