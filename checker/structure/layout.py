"""Structure, step 2: headings, paragraphs, sentences, segments and clauses of a view, by marks alone.

Headings are found in every usual numbering (一、 （一） 1. （1） 第一部分 壹、 【…】), on a line of their own, at the head of a
paragraph, or run into the text without any break, as web pages and PDF copies have them.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import replace
from typing import NamedTuple

from checker.models.document import Heading, Layout, Span, View
from checker.structure.view import chinese_number

_NUMERALS = "一二三四五六七八九十"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
# The usual marks, one named group a style; the level of each style stands in _LEVELS.
_MARK = re.compile(
    rf"第(?P<part>[{_NUMERALS}]{{1,3}})(?:部分|章)[、,:.。]?"
    rf"|第(?P<section>[{_NUMERALS}]{{1,3}})[节篇](?![课车次])[、,:.。]?"
    rf"|(?P<formal>[{_FORMAL}]{{1,2}})[、,.。]?(?=[^{_FORMAL}元仟佰圆角分])"
    rf"|(?P<han>[{_NUMERALS}]{{1,3}})(?:、|[.。](?=[^\d]))"
    rf"|[(](?P<paren>[{_NUMERALS}]{{1,3}})[)][、,.]?"
    rf"|(?P<open>[{_NUMERALS}]{{1,2}})[)][、,.]?"
    r"|(?P<arabic>(?<![\d.])\d{1,2})(?:[.](?!\d(?!\d{3}年|\d?月))|、)"
    r"|[(](?P<small>\d{1,2})[)]"
    r"|【(?P<label>[^【】\n]{2,14})】"
)
_PART, _SECTION, _LABEL = "part", "section", "label"
MAIN = "han"  # the style of main headings, whatever stands above them
_DEEPEST = 4
_LONGEST_VALUE = 30  # characters behind a label that names one of a page's particulars (date, source)
_LEVELS = {_PART: 1, _SECTION: 2, "formal": 1, "han": 1, _LABEL: 2, "paren": 2, "open": 2, "arabic": 3, "small": 4}
_BOUNDARY = frozenset("。;:!?\n…)]")
_SECOND_ITEM = re.compile(r";二[、.]")
_COUNTING = frozenset(f"第点之百千万0123456789{_NUMERALS}")  # after these a numeral goes on behind a space
_SENTENCE_END = re.compile(r"[。!?\n]+|(?<=[^\d:])…+")
ITEM = re.compile(rf"(?:[{_NUMERALS}]{{1,2}}是|其[{_NUMERALS}][,:]|第[{_NUMERALS}]{{1,2}}[,、:]|[{_NUMERALS}]要)")
_LATER = _NUMERALS[1:]
FIRST_ITEM = re.compile(r"一[是要]|[其第]一[,、:]|首先[,、]")
LATER_ITEM = re.compile(rf"(?:[{_LATER}][是要]|其[{_LATER}][,:]|第[{_LATER}][,、:])")
# A paragraph's opening words before a colon, or after an ordinal (``第二笔,还了什么。``).
_TAG = re.compile(
    rf"[^\n,。:;!?()\d]{{2,12}}(?=:)|第[{_NUMERALS}]{{1,2}}[^\n,。:;!?\d]{{1,3}}[,、:][^\n,。:;!?]{{2,16}}(?=[。:])"
)
# A year right behind a heading's noun, which begins the text: not one that a preposition or conjunction ties to it.
_YEAR_BEHIND = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<![于在对至和及与、到自从按据为因向就把将以的年月届画望接迎划启赴])(?:19|20)\d\d年"
)
_OPENING_YEAR = re.compile(r"(?:19|20)\d\d年(?!\d)")  # 2024年怎么干, not a date
_LEAST_TAGS = 4
_LEAST_QUESTIONS = 2
_TAGS_BEGIN, _TAGS_END = 0.4, 0.6  # the first tag stands before the one, the last behind the other: the text over
_HEADING_LIMIT = 60
_FEW_BETWEEN_SPACES = 12  # characters; a line is longer
_BARE_HEADING_LIMIT = 34
_RUN_IN_GUESS = 44


class Form(NamedTuple):
    """What an official format fixes word for word: headings, which open a part wherever their marks stand, and the rows
    of its tables, which are none although they are numbered."""

    headings: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


NO_FORM = Form()


class _Candidate(NamedTuple):
    start: int
    mark_end: int
    level: int
    style: str
    number: int
    fixed_end: int  # where the wording that a format fixes ends; 0 for another heading


def build_layout(view: View, form: Form = NO_FORM) -> Layout:
    """Units and headings of a view; linear in its length."""
    if _is_spaced_out(view):  # its spaces tell no ends of lines
        view = replace(view, gaps=frozenset())
    paragraphs = _paragraphs(view.text)
    headings = _headings(view, paragraphs, form)
    return _units(view.text, paragraphs, headings)


def _is_spaced_out(view: View) -> bool:
    """Whether spaces stand all over the text between its characters, as some programs leave them."""
    text = view.text
    between = sum(1 for gap in view.gaps if 0 < gap < len(text) and not (text[gap - 1] + text[gap]).isascii())
    return between * _FEW_BETWEEN_SPACES > len(text)


def _paragraphs(text: str) -> list[Span]:
    spans, start = [], 0
    while (end := text.find("\n", start)) >= 0:
        spans.append(Span(start, end))
        start = end + 1
    spans.append(Span(start, len(text)))
    return spans


def _headings(view: View, paragraphs: list[Span], form: Form) -> list[Heading]:
    """Accepted marks become headings; short unmarked lines become headings of level 0 for the roles to decide."""
    text = view.text
    candidates = _candidates(view, form)
    headings: list[Heading] = []
    position = 0
    for paragraph in paragraphs:
        inside = []
        while position < len(candidates) and candidates[position].start < paragraph.end:
            inside.append(candidates[position])
            position += 1
        if not inside and _is_bare_heading(text, paragraph):
            headings.append(Heading(*paragraph, 0, "bare", 0, False, paragraph.start))
        for index, mark in enumerate(inside):
            limit = inside[index + 1].start if index + 1 < len(inside) else paragraph.end
            end = _heading_end(view, mark, limit)
            run_in, fixed = end < limit, mark.fixed_end > 0
            headings.append(Heading(mark.start, end, mark.level, mark.style, mark.number, run_in, mark.mark_end, fixed))
    headings = _below_parts(view, headings)
    questions = sum(1 for heading in headings if text[heading.end - 1] == "?")
    if any(heading.level for heading in headings) or questions < _LEAST_QUESTIONS:
        headings = [heading for heading in headings if heading.level or text[heading.end - 1] != "?"]
    return headings if any(heading.level for heading in headings) else _with_tags(text, paragraphs, headings)


def _below_parts(view: View, headings: list[Heading]) -> list[Heading]:
    """Headings one level deeper behind the first of several numbered parts (Part One), which stand above all others; so
    do sections, and labels in brackets, where the first of them comes before any other numbering."""
    numbered = next((heading.start for heading in headings if heading.level == 1), len(view.text))
    for style in (_PART, _SECTION, _LABEL):
        parts = [heading.start for heading in headings if heading.style == style and _is_of_part(view, heading)]
        if len(parts) > 1 and (style == _PART or parts[0] < numbered):
            return [_below(heading, style, parts[0]) for heading in headings]
    return headings


def _below(heading: Heading, style: str, first: int) -> Heading:
    """A heading as it stands where those of a style, from the first on, stand above all others."""
    if heading.style == style:
        return heading._replace(level=1)
    if not heading.level or heading.start < first:
        return heading
    return heading._replace(level=min(heading.level + 1, _DEEPEST))


def _is_of_part(view: View, heading: Heading) -> bool:
    """Whether a heading begins a line, and, as a label in brackets, is not one of a page's buttons or the name of one of
    its particulars."""
    text = view.text
    if heading.style != _LABEL or not _begins_line(view, heading.start):
        return _begins_line(view, heading.start)
    if ":" in text[heading.start : heading.end]:
        return False
    behind = _line(text, heading.start)[0] - heading.end
    return behind == 0 or behind > _LONGEST_VALUE


def _begins_line(view: View, offset: int) -> bool:
    """Whether a line begins at an offset, or did where only a space is left of its end."""
    return offset == 0 or view.text[offset - 1] == "\n" or offset in view.gaps


def _with_tags(text: str, paragraphs: list[Span], headings: list[Heading]) -> list[Heading]:
    """The headings of a text without marks, and the tags its paragraphs begin with, where that is how it is divided."""
    tags = [
        Heading(match.start(), match.end(), 0, "tag", 0, True, match.start())
        for paragraph in paragraphs
        if (match := _TAG.match(text, paragraph.start, paragraph.end)) and match.end() + 1 < paragraph.end
    ]
    if len(tags) < _LEAST_TAGS or tags[0].start > _TAGS_BEGIN * len(text) or tags[-1].start < _TAGS_END * len(text):
        return headings
    if sum(1 for heading in headings if tags[0].start < heading.start < tags[-1].start) > 1:  # divided by its lines
        return headings
    return sorted([*headings, *tags])


def _candidates(view: View, form: Form) -> list[_Candidate]:
    """Marks that can open a heading: at a boundary, in mid-text where they carry on their series, or before a heading
    that a format fixes."""
    text, accepted = view.text, []
    last: dict[str, int] = {}
    line_end, dense = -1, False
    listed = 0  # the last number of a list within a sentence (任务如下:一、……;二、……), whose items are no headings
    for match in _MARK.finditer(text):
        style = match.lastgroup or ""
        start = match.start()
        number = chinese_number(match[style]) if style != _LABEL else 0
        if number is None or (form.rows and text.startswith(form.rows, match.end())):
            continue
        at_start = start == 0 or text[start - 1] == "\n"
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
                line_end, dense = _line(text, start)
            loose = style in ("paren", "small") or dense
            follows = (number == expected and (number > 1 or style != "han")) or (
                number == 1 and style in ("paren", "arabic")
            )
            if not (loose and follows and _may_interrupt(text, start, style)):
                continue
        if style == "formal" and not at_start and not {start, match.end()} <= view.gaps:
            continue
        if style == "small" and not at_start and text[start - 1] not in "。;:":
            continue
        if style == _LABEL and not at_start and text[start - 1] not in "。;:":
            continue
        if style in ("arabic", "open") and not firm and not text[start - 1].isalnum():
            continue
        accepted.append(_Candidate(start, match.end(), level, style, number, fixed_end))
        last[style] = number
        for deeper, depth in _LEVELS.items():
            if depth > level:
                last.pop(deeper, None)
    return accepted


def _listed(text: str, start: int, number: int, before: int, last: int) -> int:
    """The number of a mark that opens a list behind a colon, under a heading marked alike, or goes on with one behind a
    semicolon; 0 for a heading's."""
    opens = (
        number == 1 and last > 0 and text[start - 1] == ":" and _SECOND_ITEM.search(text, start, _line(text, start)[0])
    )
    goes_on = before > 0 and number == before + 1 and text[start - 1] == ";"
    return number if opens or goes_on else 0


def _fixed_end(text: str, start: int, form: Form) -> int:
    """Where a heading that a format fixes ends, if one begins here, else 0."""
    end = max((start + len(words) for words in form.headings if text.startswith(words, start)), default=0)
    return 0 if text[end : end + 1] in ("、", ",", ";") else end  # a contents list within a sentence


def _line(text: str, offset: int) -> tuple[int, bool]:
    """Where the line of an offset ends, and whether it is a very long one: a page whose paragraphs were lost."""
    start = text.rfind("\n", 0, offset)
    end = text.find("\n", offset)
    end = end if end >= 0 else len(text)
    return end, end - start > 900


def _may_interrupt(text: str, start: int, style: str) -> bool:
    """Whether a mark in mid-text can be a heading's: not a numeral of the sentence itself (第一、星期二、十二、)."""
    before = text[start - 1]
    if style == "han":
        return before not in "第是期十百千万初" + _NUMERALS and not before.isascii()
    if style == "arabic":
        return not before.isascii() and before not in "第.-·"
    return before not in "《〈"


def _is_bare_heading(text: str, paragraph: Span) -> bool:
    """A short line of its own without a closing mark, or one question: What did we do this year?"""
    length = paragraph.end - paragraph.start
    if not 2 <= length <= _BARE_HEADING_LIMIT:
        return False
    line = text[paragraph.start : paragraph.end]
    words = line.rstrip("?")
    if not words or words[-1] in "。;:!?,、…)" or "。" in words or "?" in words or "|" in line or ITEM.match(line):
        return False
    return not line[0].isdigit() or _OPENING_YEAR.match(line) is not None


def _heading_end(view: View, mark: _Candidate, limit: int) -> int:
    """Where a heading's wording ends: at the line's end, its first full stop or colon, a closed gap, or by guess."""
    text = view.text
    if mark.style == _LABEL:
        return mark.mark_end
    if mark.fixed_end:
        return mark.fixed_end
    stop = re.compile(r"[。:!?]").search(text, mark.mark_end, limit)
    end = stop.start() if stop else limit
    goes_on = stop is not None or limit - mark.start > _HEADING_LIMIT  # else a space is one of the heading's own
    if mark.level < 3 and goes_on:
        for gap in range(mark.mark_end + 4, min(end, mark.mark_end + 40)):
            if (
                gap in view.gaps
                and text[gap - 1] not in ",、"
                and not text[gap - 1].isascii()
                and not text[gap].isascii()
            ):
                return gap
    item = ITEM.search(text, mark.mark_end + 4, end)
    if item:
        end = item.start()
    guessed = mark.mark_end + _RUN_IN_GUESS
    year = _YEAR_BEHIND.search(text, mark.mark_end + 4, min(end, guessed))
    if year and limit - mark.start > _HEADING_LIMIT:
        return year.start()
    if end - mark.mark_end <= _HEADING_LIMIT and (item or stop or limit - mark.start <= _HEADING_LIMIT):
        return end
    return min(guessed, end)


def _units(text: str, paragraphs: list[Span], headings: list[Heading]) -> Layout:
    """Cut the text into sentences, segments and clauses; a heading is a sentence of its own."""
    sentence_cuts = {match.end() for match in _SENTENCE_END.finditer(text)}
    for heading in headings:
        sentence_cuts.add(heading.start)
        if heading.style != _LABEL and (heading.end == len(text) or text[heading.end] in "。\n:"):
            sentence_cuts.add(min(heading.end + 1, len(text)))
        elif heading.run_in and (heading.fixed or _OPENING_YEAR.match(text, heading.end)):
            sentence_cuts.add(heading.end)
    segment_cuts = set(sentence_cuts)
    clause_cuts = set()
    for match in re.finditer(r"[,:;]", text):
        cut = match.end()
        clause_cuts.add(cut)
        if match[0] == ";" or ITEM.match(text, cut):
            segment_cuts.add(cut)
    starts = array("i", sorted({0} | sentence_cuts | segment_cuts | clause_cuts))
    if starts[-1] >= len(text) and len(starts) > 1:
        starts.pop()
    clause = array("i")
    segment_of = array("i")
    sentence_of = array("i")
    sentences: list[Span] = []
    segment = -1
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        clause.extend(array("i", [index]) * (end - start))
        if start == 0 or start in sentence_cuts:
            if sentences:
                sentences[-1] = Span(sentences[-1].start, start)
            sentences.append(Span(start, len(text)))
            segment += 1
        elif start in segment_cuts:
            segment += 1
        segment_of.append(segment)
        sentence_of.append(len(sentences) - 1)
    paragraph_starts = [paragraph.start for paragraph in paragraphs]
    paragraph_of = array("i", (max(bisect_left(paragraph_starts, s.start + 1) - 1, 0) for s in sentences))
    return Layout(headings, clause, starts, segment_of, sentence_of, sentences, paragraph_of, paragraphs)
