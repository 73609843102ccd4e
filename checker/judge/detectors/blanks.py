"""Blanks: what a template or a draft left to fill in (XX件, ____, （此处填写……）, 共 件, 〔2024〕 号).

Blanks of signs are sought in the source, whose spaces and widths tell; wordings such as 待补充 are corrections of the rule.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from checker.context.document import Document
from checker.judge.detectors import phrases
from checker.judge.detectors.clauses import Patterns, clause_around, either, in_view_form, is_han
from checker.judge.detectors.fault import Fault
from checker.models.detectors import BlanksRule
from checker.models.rule import RulePack
from checker.structure.view import HAN, invisible_places, plain_characters, squeeze, without_invisible

_CROSSES = "XxＸｘ×✕╳"
_LETTERS = "NnＮｎ"  # as in so many of a draft: N件
_CIRCLES = "○◯〇"
_SHAPES = "□■●▲△◆"
_SPACE = " \u3000\u00a0\t"
_QUERIES = "?？"
_RUN = re.compile(
    rf"[{_CROSSES}{_LETTERS}{_CIRCLES}{_SHAPES}_＿*＊?？](?<![A-Za-z\d].)(?:[{_CROSSES}]+|[{_LETTERS}]+|[{_CIRCLES}]+|[{_SHAPES}]+|[_＿]+|[*＊]+|[?？]+)?"
)
_YEAR = re.compile(rf"(?:19|20)\d?[{_CROSSES}_＿○]{{1,2}}\s?年")
_TOKEN = re.compile(r"\{\{[^{}\n]{1,40}\}\}|\$\{[^{}\n]{1,40}\}")
_EMPTY = re.compile(rf"[（(《【“][{_SPACE}]*[）)》】”]")
_NO_DATE = re.compile(rf"年[{_SPACE}]+月(?:[{_SPACE}]+日)?(?!{HAN})")
_NO_NUMBER = re.compile(rf"[〔\[【［][12１２][09０９]\d\d[〕\]】］][{_SPACE}]*号(?=[)）》」，。；、,;\s]|$)")
_CLOSED = re.compile("[，。；、,;）)]")
_COLONS = "：:"
_FULL_MARKS = "，。；、,;"
_OPENING, _CLOSING = r"[〔\[【［]", r"[〕\]】］]"
_CHINESE_DIGITS = "一二三四五六七八九十零百千两○〇"
_NEAR = 24
_SPACED = 3  # characters beside a line to fill in, of which all but one may be spaces


class _Words(Patterns):
    """The words of a rule that tell a blank from a mask, compiled."""

    leads: tuple[str, ...]
    spread: frozenset[str]


def detect(document: Document, rule: BlanksRule, pack: RulePack) -> list[Fault]:
    """All blanks of a text, one a clause."""
    options = rule.options
    words = _compiled(
        *(tuple(words) for words in (options.measures, options.masked_after, options.masked_before)),
        *(tuple(words) for words in (options.masked_near, options.fields, options.spread_words)),
        *(
            tuple(words)
            for words in (options.field_measures, options.plain_measures, options.in_brackets, options.many)
        ),
    )
    faults = phrases.detect(document, rule, pack)
    for span in _blanks(document, words):
        mark = " ".join(document.report.text[slice(*span)].split())
        faults.append(Fault(*clause_around(document, *span), message=options.say.get("blank"), values={"mark": mark}))
    return faults


def _blanks(document: Document, words: _Words) -> Iterator[tuple[int, int]]:
    """The source spans of all blanks of signs."""
    bare = _bare(document.report.text)
    for start, end in _runs(bare.text, words):
        span = bare.span(start, end)
        if not _may_mask(bare.text, start, end, words) or not _is_mask(document, *span, words):
            yield span
    yield from (bare.span(*span) for span in _fields(bare.text, words))
    for pattern in (_YEAR, _TOKEN, _EMPTY, _NO_DATE, _NO_NUMBER, words.plain_field, words.bracketed):
        yield from (bare.span(*match.span()) for match in pattern.finditer(bare.text))


class _Bare(NamedTuple):
    """A text in simplified characters without those of no width, and where these stood."""

    text: str
    invisible: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of a stretch."""
        last = end - 1
        return start + bisect_right(self.invisible, start), last + bisect_right(self.invisible, last) + 1


def _bare(source: str) -> _Bare:
    return _Bare(plain_characters(without_invisible(source)), invisible_places(source))


def _runs(source: str, words: _Words) -> Iterator[tuple[int, int]]:
    """Runs of signs that may stand for something to fill in; a sign alone only before a measure (X件)."""
    for match in _RUN.finditer(source):
        start, end = match.span()
        if _is_blank(source, start, end, words):
            yield start, end


def _is_blank(source: str, start: int, end: int, words: _Words) -> bool:
    sign = source[start]
    before, after = source[start - 1 : start], source[end : end + 1]
    if (after.isascii() and after.isalnum()) or (sign in _QUERIES and before in ("", "\n", "\r")):
        return False  # question marks at a line's head are what a page makes of its indents
    if sign in "*＊?？" + _LETTERS or end - start == 1:
        return _is_number(source, start, end, words)
    if sign in _CIRCLES:
        return before not in tuple(_CHINESE_DIGITS) and after not in tuple(_CHINESE_DIGITS)
    if sign in _CROSSES:
        return before not in tuple(".@/-") and after not in tuple(".@/-")
    around = source[max(start - _SPACED, 0) : start].rstrip(_SPACE)[-1:], source[end : end + _SPACED].lstrip(_SPACE)[:1]
    return any(map(is_han, around)) or _is_labelled(source, start, end)


def _is_number(source: str, start: int, end: int, words: _Words) -> bool:
    """Whether signs that may mean many a thing stand for a number: a measure follows, and a word stands before one alone."""
    sign, measure = source[start], words.measured.match(source, end)
    if measure is None or sign in _CIRCLES + _SHAPES:
        return False
    if sign in _LETTERS:
        clause = re.split(f"[{_FULL_MARKS}]", source[max(start - _NEAR, 0) : start])[-1]
        return is_han(source[start - 1 : start].strip()) and words.many.search(clause) is None
    if end - start > 1:
        return True
    if sign in _QUERIES:
        return is_han(source[start - 1 : start]) and _CLOSED.match(source, measure.end()) is not None
    around = _SPACE + _CROSSES if sign in _CROSSES else ""  # X 次, X X 次
    return sign not in "*＊" and is_han(source[max(start - _SPACED, 0) : start].rstrip(around)[-1:])


def _is_labelled(source: str, start: int, end: int) -> bool:
    """Whether signs stand where a label wants its value, in running text: 电话：____，."""
    label = source[max(start - _SPACED, 0) : start].rstrip(_SPACE)
    return label[-1:] in tuple(_COLONS) and is_han(label[-2:-1]) and source[end : end + 1] in tuple(_FULL_MARKS)


def _may_mask(source: str, start: int, end: int, words: _Words) -> bool:
    """Whether signs are such as hide names: two crosses or more, not before a measure."""
    return source[start] in _CROSSES and end - start > 1 and not words.measured.match(source, end)


def _is_mask(document: Document, start: int, end: int, words: _Words) -> bool:
    """Whether signs hide the name of a person or company (张××, ××公司, 原告××诉)."""
    clause = clause_around(document, start, end, before=_NEAR, after=_NEAR)
    source = document.report.text
    before, after = squeeze(source[clause.start : start]), squeeze(source[end : clause.end])
    return (
        words.masked_after.search(after) is not None
        or words.masked_before.search(before) is not None
        or words.masked_near.search(before + after) is not None
    )


def _fields(source: str, words: _Words) -> Iterator[tuple[int, int]]:
    """Fields with nothing but spaces where a number belongs (共　　件); 文　　件 is a word spread over a line."""
    for match in words.field.finditer(source):
        start = match.start()
        wide = match.end("gap") - start > 1
        known = source.endswith(words.leads, 0, start)
        last = source[start - 1 : start]
        if known or (wide and is_han(last) and last + match["measure"] not in words.spread):
            yield start, match.end()


@lru_cache(maxsize=16)
def _compiled(
    measures: tuple[str, ...],
    after: tuple[str, ...],
    before: tuple[str, ...],
    near: tuple[str, ...],
    fields: tuple[str, ...],
    spread: tuple[str, ...],
    field_measures: tuple[str, ...],
    plain_measures: tuple[str, ...],
    in_brackets: tuple[str, ...],
    many: tuple[str, ...],
) -> _Words:
    counted = f"(?:{either(measures)})"
    return _Words(
        {"leads": fields, "spread": frozenset(spread)},
        measured=rf"[{_SPACE}]?[余多]?[万亿]?{counted}",
        masked_after=either(in_view_form(after)),
        masked_before=f"(?:{either(in_view_form(before))})$",
        masked_near=either(in_view_form(near)),
        field=(
            rf"(?P<gap>[{_SPACE}](?<![{_SPACE}].)[{_SPACE}]*)(?P<measure>{either(measures + field_measures)})"
            r"(?=[，。；、,;）)\r\n]|$)"
        ),
        plain_field=rf"(?<={HAN})[{_SPACE}](?:{either(plain_measures)})(?=[，。；])",
        bracketed=(
            rf"{_OPENING}[{_SPACE}]*(?:{either(in_brackets)})[{_SPACE}]*{_CLOSING}"
            rf"|(?<={HAN}){_OPENING}[{_SPACE}]*{_CLOSING}(?=(?:{either(measures)})(?!{HAN}{HAN}))"
        ),
        many=rf"(?<!\d)(?:{either(many)})(?!\d)",
    )
