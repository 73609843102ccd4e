"""Structure: the headings of a view, by marks alone.

They are found in every usual numbering (一、 （一） 1. （1） 第一部分 壹、 【…】), on a line of their own, at the head of a
paragraph, or run into the text without any break, as web pages and PDF copies have them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from checker.models.document import Heading, Span, View
from checker.structure.heading_marks import (
    BOXED,
    DEEPEST,
    FORMAL,
    ITEM,
    LABEL,
    NUMERALS,
    ORDINAL,
    PART,
    SECTION,
    Form,
    Mark,
    candidates,
    line_of,
)
from checker.structure.view import HAN

_LONGEST_VALUE = 30  # characters behind a label that names one of a page's particulars (date, source)
# A paragraph's opening words before a colon, or after an ordinal (``第二笔,还了什么。``).
_TAG = re.compile(
    rf"(?:(?:19|20)\d\d年)?[^\n,。:;!?()\d]{{2,12}}(?=:)|第[{NUMERALS}]{{1,2}}[^\n,。:;!?\d]{{1,3}}[,、:][^\n,。:;!?]{{2,16}}(?=[。:])"
)
# A year right behind a heading's noun, which begins the text: not one that a preposition or conjunction ties to it.
_YEAR_BEHIND = re.compile(
    rf"(?<={HAN})(?<![于在对至和及与、到自从按据为因向就把将以的年月届画望接迎划启赴])(?:19|20)\d\d年"
)
OPENING_YEAR = re.compile(r"(?:19|20)\d\d年(?!\d)")  # 2024年怎么干, not a date
_LEAST_TAGS = 4
_LEAST_LINES, _LEAST_PROSE = 4, 15  # lines that divide a text, each before so many characters of a sentence
_LIST_BEHIND = 0.5  # where in a text a list under one of them stands
_LEAST_QUESTIONS = 2
_TAGS_BEGIN, _TAGS_END = 0.4, 0.6  # the first tag stands before the one, the last behind the other: the text over
_CLOSING = ("。", ";")
_HEADING_LIMIT = 60
_BARE_HEADING_LIMIT = 34
_RUN_IN_GUESS = 44


def find_headings(view: View, paragraphs: list[Span], form: Form) -> list[Heading]:
    """Accepted marks become headings; short unmarked lines become headings of level 0 for the roles to decide."""
    text = view.text
    marks = candidates(view, form)
    headings: list[Heading] = []
    position = 0
    for paragraph in paragraphs:
        inside = []
        while position < len(marks) and marks[position].start < paragraph.end:
            inside.append(marks[position])
            position += 1
        if not inside and _is_bare_heading(text, paragraph):
            headings.append(Heading(*paragraph, 0, "bare", 0, False, paragraph.start))
        for index, mark in enumerate(inside):
            limit = inside[index + 1].start if index + 1 < len(inside) else paragraph.end
            end = _heading_end(view, mark, limit)
            run_in, fixed = end < limit, mark.fixed_end > 0
            headings.append(Heading(mark.start, end, mark.level, mark.style, mark.number, run_in, mark.mark_end, fixed))
    headings = _items_apart(text, _below_lines(text, _below_parts(view, headings)))
    questions = sum(1 for heading in headings if text[heading.end - 1] == "?")
    if any(heading.level == 1 for heading in headings) or questions < _LEAST_QUESTIONS:
        headings = [heading for heading in headings if heading.level or text[heading.end - 1] != "?"]
    return headings if any(0 < heading.level < 3 for heading in headings) else _with_tags(text, paragraphs, headings)


def _items_apart(text: str, headings: list[Heading]) -> list[Heading]:
    """The headings; of numbered sentences that follow one another with nothing below them only the numbers are."""
    items: set[int] = set()
    for index, (heading, behind) in enumerate(pairwise(headings)):
        follows = heading.level and heading.style == behind.style and behind.number == heading.number + 1
        if follows and _is_sentence(text, heading, behind.start):
            items.add(index)
            if _is_sentence(text, behind, _line_end(text, behind)):
                items.add(index + 1)
    return [
        heading._replace(end=heading.mark_end, run_in=True) if index in items else heading
        for index, heading in enumerate(headings)
    ]


def _line_end(text: str, heading: Heading) -> int:
    """Where the line of a heading ends if hardly anything stands behind it, else where the heading does."""
    end = text.find("\n", heading.end, heading.end + 2)
    if end < 0:
        end = len(text) if heading.end + 1 >= len(text) else heading.end
    return end


def _is_sentence(text: str, heading: Heading, end: int) -> bool:
    """Whether a heading is all there is before an offset, and a mark closes it as a sentence or an item."""
    told = text[heading.start : end].rstrip("\n")
    return told.endswith(_CLOSING) and heading.end >= heading.start + len(told) - 1


def _below_parts(view: View, headings: list[Heading]) -> list[Heading]:
    """Headings one level deeper behind the first of several numbered parts (Part One), which stand above all others; so
    do formal numerals, sections, ordinals, and numbers and labels in brackets, where the first of them comes before any other
    numbering."""
    for style in (PART, FORMAL, SECTION, BOXED, LABEL, ORDINAL):
        others = (heading.start for heading in headings if heading.level == 1 and heading.style != style)
        numbered = next(others, len(view.text))
        parts = [heading.start for heading in headings if heading.style == style and _is_of_part(view, heading)]
        if len(parts) > 1 and (style == PART or parts[0] < numbered):
            return [_below(heading, style, parts[0]) for heading in headings]
    return headings


def _below_lines(text: str, headings: list[Heading]) -> list[Heading]:
    """Numbered headings one level deeper where lines without marks divide the text: several open prose before the first
    number, which stands right below one more of them and begins a list."""
    first = next((index for index, heading in enumerate(headings) if heading.level == 1), 0)
    if not first or headings[first].start < _LIST_BEHIND * len(text):
        return headings
    if headings[first - 1].style != "bare" or headings[first - 1].end + 1 < headings[first].start:
        return headings
    opening = sum(
        1
        for one, other in pairwise(headings[:first])
        if one.style == "bare" and text.find("。", one.end, other.start) - one.end >= _LEAST_PROSE
    )
    if opening < _LEAST_LINES:
        return headings
    return [h._replace(level=min(h.level + 1, DEEPEST)) if h.level else h for h in headings]


def _below(heading: Heading, style: str, first: int) -> Heading:
    """A heading as it stands where those of a style, from the first on, stand above all others."""
    if heading.style == style:
        return heading._replace(level=1)
    if not heading.level or heading.start < first:
        return heading
    return heading._replace(level=min(heading.level + 1, DEEPEST))


def _is_of_part(view: View, heading: Heading) -> bool:
    """Whether a heading begins a line, and, as a label in brackets, is not one of a page's buttons or the name of one of
    its particulars."""
    text = view.text
    if heading.style != LABEL or not _begins_line(view, heading.start):
        return _begins_line(view, heading.start)
    if ":" in text[heading.start : heading.end]:
        return False
    behind = line_of(text, heading.start)[0] - heading.end
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
    lines = (heading for heading in headings if not heading.level and tags[0].start < heading.start < tags[-1].start)
    if sum(1 for _ in lines) > 1:  # divided by its lines
        return headings
    return sorted([*headings, *tags])


def _is_bare_heading(text: str, paragraph: Span) -> bool:
    """A short line of its own without a closing mark, or one question: What did we do this year?"""
    length = paragraph.end - paragraph.start
    if not 2 <= length <= _BARE_HEADING_LIMIT:
        return False
    line = text[paragraph.start : paragraph.end]
    words = line.rstrip("?")
    if not words or words[-1] in "。;:!?,、…)" or "。" in words or "?" in words or "|" in line or ITEM.match(line):
        return False
    return not (line[0].isascii() and line[0].isdigit()) or OPENING_YEAR.match(line) is not None


def _heading_end(view: View, mark: Mark, limit: int) -> int:
    """Where a heading's wording ends: at the line's end, its first full stop or colon, a closed gap, or by guess."""
    text = view.text
    if mark.style == LABEL:
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
