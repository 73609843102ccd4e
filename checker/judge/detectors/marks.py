"""Stray marks: doubled or mixed punctuation, paragraphs that break off, marks without their partner, signs left over.

The view shows where paragraphs are; what is said of a mark is always checked in the source, for the view evens out widths
and drops quotes and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from checker.context.document import Document
from checker.judge.detectors.clauses import clause_around, in_view_form, is_han, view_offset, with_quotes
from checker.judge.detectors.fault import Fault
from checker.models.detectors import MarkFault, MarksRule
from checker.models.document import Heading
from checker.models.rule import RulePack
from checker.structure.view import HAN, QUOTES, fold, visible

_RUN = re.compile(
    r"[,。、;:!?](?=[,。、;:!?])[,。、;:!?]+|\([,。、;:!?]|[,、][)》]|\n[,。、;:!?](?<=[。;!?]\n.)"
    rf"|\.(?<={HAN}.)[,。、;:!?]+|[,。、;:!?]+\.(?={HAN}|\n|\Z)"  # a half-width full stop beside another mark
)
_OPEN_END = re.compile(r"[,、](?=\n|\Z)")
_LOST_DASH = re.compile(r"[12]\d{7}(?=[年)])(?<![\dA-Za-z].{8})")
_ODD = re.compile(r"[&<\ufffd`^\\$]")
_LEFT_OVER = re.compile(
    r"&(?:nbsp|amp|quot|lt|gt|[lr][ds]quo|[mn]dash|middot|#\d{1,6});|</?[a-zA-Z][^<>\n]{0,120}>|\ufffd+|[`^\\$]+"
)
_TWICE = re.compile(r"([,。、;:%‰])\s*\1")  # of these two alike one is right; other rows of marks may hide lost words
_BETWEEN_DIGITS = re.compile(r"[?](?<=\d.)(?=\d{1,2}(?!\d))")
_SHORT = 12  # a line this short may end in a comma: a salutation, a cell of a table
_BROKEN_LINES = 3  # so many paragraphs that break off before running text are a way of setting lines, no slip
_HEADER = 300  # what a web page prints above a text is no longer than this
_PARTNERS = (("（(", "）)"), ("《", "》"), ("“", "”"), ("【", "】"), ("「", "」"), ("『", "』"), ("〔", "〕"))
_LIST_NUMBER = re.compile(r"(?:^|[\s。；：，、;:,.])[一二三四五六七八九十\da-zA-Z]{1,3}$")


class _Place(NamedTuple):
    """A stray mark: of what kind, its source span, and an offset in the view that tells where it belongs."""

    kind: MarkFault
    start: int
    end: int
    offset: int


class _Lone(NamedTuple):
    """A mark without its partner: where it stands in the source, in which paragraph, of which pair."""

    start: int
    paragraph: int
    pair: int
    opens: bool


def detect(document: Document, rule: MarksRule, pack: RulePack) -> list[Fault]:
    """All stray marks of a text but for its title line and page furniture."""
    if not document.view.text:  # nothing but quotes, page numbers or furniture
        return []
    found = [
        *_runs(document),
        *_open_ends(document),
        *_lone_marks(document),
        *_percent_signs(document, in_view_form(rule.options.percent_after)),
        *_between_digits(document),
    ]
    furniture = in_view_form(rule.options.page_furniture)
    faults = [_fault(document, rule, place) for place in found if not _is_apart(document, place.offset, furniture)]
    return [*faults, *_left_over(document, rule), *_lost_dashes(document, rule)]


def _is_apart(document: Document, offset: int, furniture: tuple[str, ...]) -> bool:
    """Whether a place in the view belongs to the title line or to what a web page prints around the text."""
    if document.title and document.title.span.start <= offset < document.title.span.end:
        return True
    start = document.layout.sentences[document.layout.sentence_at(offset)].start
    before = document.view.text[max(start, offset - _HEADER) : offset + 1]
    return any(word in before for word in furniture)


def _fault(document: Document, rule: MarksRule, place: _Place) -> Fault:
    """A fault at a mark, shown with its clause."""
    source = document.report.text
    mark = " ".join(source[place.start : place.end].split())
    span = clause_around(document, place.start, place.end)
    single = _TWICE.fullmatch(fold(mark))
    right = None if single is None else source[span.start : place.start] + mark[0] + source[place.end : span.end]
    return Fault(span.start, span.end, message=rule.options.say.get(place.kind), fixed=right, values={"mark": mark})


def _runs(document: Document) -> Iterator[_Place]:
    """Marks in a row, at a bracket's inner edge or at a paragraph's head, with nothing but spaces between them."""
    source = document.report.text
    for match in _RUN.finditer(document.view.text):
        marks = match[0].strip()
        if set(marks) == {"?", "!"} or _is_indent(document.view.text, match.start(), marks):
            continue
        span = document.view.to_source(match.end() - len(marks), match.end())
        if len(visible(source[span.start : span.end])) == len(marks):
            yield _Place("doubled", *span, match.start())


def _is_indent(text: str, start: int, marks: str) -> bool:
    """Whether marks are what a page makes of a paragraph's indent: question marks at its head."""
    return set(marks) == {"?"} and (start == 0 or "\n" in (text[start], text[start - 1]))


def _open_ends(document: Document) -> list[_Place]:
    """Paragraphs that end in a comma; sure where a heading or nothing follows, else only where they are few."""
    text, source = document.view.text, document.report.text
    sure: list[_Place] = []
    doubtful: list[_Place] = []
    for match in _OPEN_END.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        span = document.view.to_source(*match.span())
        if match.start() - start < _SHORT or source[span.end : span.end + 1] in tuple(QUOTES):
            continue
        last = match.end() == len(text) or document.in_heading(match.end() + 1)
        (sure if last else doubtful).append(_Place("unfinished", *span, match.start()))
    sure += [_Place("unfinished", *document.view.to_source(at, at + 1), at) for at in _run_in_ends(document)]
    return sure + (doubtful if len(doubtful) < _BROKEN_LINES else [])


def _run_in_ends(document: Document) -> Iterator[int]:
    """Commas right before an upper heading that was run into the text and carries its series on; one whose forerunner
    holds no full stop is an item of a list ((一)清理47件,(二)培训3期)."""
    text, last = document.view.text, dict[str, Heading]()
    for heading in document.layout.headings:
        if heading.style not in ("han", "paren"):
            continue
        before = last.get(heading.style)
        last[heading.style] = heading
        if before is None or heading.number != before.number + 1 or "。" not in text[before.start : heading.start]:
            continue
        if text[heading.start - 1] in ",、" and is_han(text[heading.start - 2]):
            yield heading.start - 1


def _lone_marks(document: Document) -> Iterator[_Place]:
    """Brackets, book-title marks and quotes without their partner in the paragraph or the next one."""
    source = document.report.text
    present = [pair for pair in _PARTNERS if any(mark in source for mark in pair[0] + pair[1])]
    lone: list[_Lone] = []
    for index, paragraph in enumerate(document.layout.paragraphs):
        start, end = with_quotes(source, *document.view.to_source(*paragraph))
        lone += _lone_in(source[start:end], present, start, index)
    for mark in _without_neighbours(lone):
        place: MarkFault = "unclosed" if mark.opens else "unopened"
        yield _Place(place, mark.start, mark.start + 1, view_offset(document.view, mark.start))


def _lone_in(text: str, pairs: list[tuple[str, str]], offset: int, paragraph: int) -> Iterator[_Lone]:
    """The lone marks of one paragraph; counting alone clears nearly all."""
    for pair, (opening, closing) in enumerate(pairs):
        opened, closed = _count(text, opening), _count(text, closing)
        if opened == closed and (not opened or len(opening) > 1 or text.find(opening) < text.find(closing)):
            continue
        if opening == "“" and text.count('"') >= abs(opened - closed):
            continue  # curly quotes partnered by straight ones
        waiting = []
        for match in re.finditer(f"[{re.escape(opening + closing)}]", text):
            if match[0] in opening:
                waiting.append(match.start())
            elif waiting:
                waiting.pop()
            elif not _LIST_NUMBER.search(text[max(0, match.start() - 5) : match.start()]):
                yield _Lone(offset + match.start(), paragraph, pair, False)
        for start in waiting:
            yield _Lone(offset + start, paragraph, pair, True)


def _count(text: str, marks: str) -> int:
    return text.count(marks) if len(marks) == 1 else text.count(marks[0]) + text.count(marks[1])


def _without_neighbours(lone: list[_Lone]) -> list[_Lone]:
    """Lone marks but for those whose partner stands in the next paragraph: a title or quotation over two lines."""
    kept: list[_Lone] = []
    for mark in sorted(lone, key=lambda m: (m.pair, m.start)):
        before = kept[-1] if kept else None
        partnered = before and before.pair == mark.pair and before.opens and not mark.opens
        if before and partnered and mark.paragraph == before.paragraph + 1:
            kept.pop()
        else:
            kept.append(mark)
    return kept


def _percent_signs(document: Document, rates: tuple[str, ...]) -> Iterator[_Place]:
    """A percent sign that follows a word instead of a number, and a doubled one."""
    source = document.report.text
    for match in _percent(rates).finditer(document.view.text):
        span = document.view.to_source(*match.span())
        if len(match[0]) > 1 or is_han(source[span.start - 1 : span.start]):
            yield _Place("sign", *span, match.start())


@lru_cache(maxsize=16)
def _percent(words: tuple[str, ...]) -> re.Pattern[str]:
    """Percent signs after a Chinese character, but for words that name a rate (合格率%)."""
    sides = "".join(f"(?<!{re.escape(word)}.)" for word in words)
    return re.compile(f"%%+|‰‰+|[%‰](?<={HAN}.){sides}")


def _between_digits(document: Document) -> Iterator[_Place]:
    """A question mark between digits: a dot that was lost in conversion (12？4)."""
    for match in _BETWEEN_DIGITS.finditer(document.view.text):
        yield _Place("sign", *document.view.to_source(*match.span()), match.start())


def _left_over(document: Document, rule: MarksRule) -> Iterator[Fault]:
    """What a web page or a lost character left in the text."""
    source = document.report.text
    if not _ODD.search(source):
        return
    for match in _LEFT_OVER.finditer(source):
        if match[0][0] not in "`^\\$" or _among_words(source, match.span()):
            yield _fault(document, rule, _Place("sign", *match.span(), 0))


def _among_words(source: str, span: tuple[int, int]) -> bool:
    """Whether Chinese stands on both sides."""
    around = source[span[0] - 1 : span[0]], source[span[1] : span[1] + 1]
    return all(is_han(character) or character in tuple("，。、；") for character in around)


def _lost_dashes(document: Document, rule: MarksRule) -> Iterator[Fault]:
    """Two years run together (20212025年): no date is written so, for no month has these numbers."""
    text, source = document.view.text, document.report.text
    for match in _LOST_DASH.finditer(text):
        first, last = match[0][:4], match[0][4:]
        bracketed = text[match.end()] != ")" or text[match.start() - 1 : match.start()] == "("
        place = document.view.to_source(*match.span())
        whole = fold(visible(source[place.start : place.end])) == match[0]
        if bracketed and whole and last[:2] in ("19", "20") and 0 < int(last) - int(first) <= 30:
            yield Fault(
                *place, message=rule.options.say.get("span"), fixed=f"{first}—{last}", values={"mark": match[0]}
            )
