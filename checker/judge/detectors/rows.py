"""Numbers in a row behind the labels they belong to (甲、乙、丙三类，分别为17件、14件、16件), for the figures detector.

They are held against the number before them, or against 100%, only where the wording says that the labels are all the
classes there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from checker.context.document import Document
from checker.judge.detectors.clauses import either, in_view_form
from checker.judge.detectors.fault import Fault
from checker.models.detectors import FiguresRule
from checker.structure.view import HAN

_NUMBER = rf"(?<![\d.近超逾约第-])\d{{1,9}}(?:\.\d{{1,4}})?(?![\d.余多万亿千百])(?:人次|{HAN}|%)"
_ROW = rf"{_NUMBER}(?:(?:[、,和及与]|以及){_NUMBER}){{1,11}}"
_ONE = re.compile(rf"(?P<value>\d+(?:\.(?P<decimals>\d+))?)(?P<measure>人次|{HAN}|%)")
_BACK = 90  # characters before a row in which its total and its labels stand
_VERB = 8  # characters between “分别” and the row
_NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_OFF = 0.2  # parts further off their total, as a share of it, count something else


class _Words(NamedTuple):
    """The words of a rule that tell a row, compiled."""

    row: re.Pattern[str]
    share: re.Pattern[str]
    classed: re.Pattern[str]
    counted: re.Pattern[str]
    people: frozenset[str]


class _Figure(NamedTuple):
    value: float
    decimals: int
    measure: str
    end: int


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Rows that do not make up the number, or the whole, of which their labels are all the classes."""
    text, options = document.view.text, rule.options
    words = _words(
        *map(
            in_view_form,
            (options.respectively, options.shared, options.classed, options.class_measures, options.people),
        )
    )
    for match in words.row.finditer(text):
        row = [_figure(found, words) for found in _ONE.finditer(text, match.start("row"), match.end())]
        sentence = document.layout.sentences[document.layout.sentence_at(match.start())].start
        before = text[max(sentence, match.start() - _BACK) : match.start()]
        if len({figure.measure for figure in row}) > 1:
            continue
        if row[0].measure == "%":
            yield from _unlike_whole(document, rule, match, row, before, words)
        else:
            yield from _unlike_total(document, rule, match, row, before, words)


def _unlike_total(
    document: Document, rule: FiguresRule, match: re.Match[str], row: list[_Figure], before: str, words: _Words
) -> Iterator[Fault]:
    """A row that misses the nearest number before its labels."""
    told = [figure for found in _ONE.finditer(before) if (figure := _figure(found, words)).measure == row[0].measure]
    added = sum(figure.value for figure in row)
    if not told or any(figure.value == added for figure in told):
        return
    total = told[-1]
    near = max(figure.value for figure in row) <= total.value and abs(added - total.value) <= _OFF * total.value
    if near and _is_complete(before[total.end :], len(row), words):
        start = match.start() - len(before) + total.end
        number = f"{total.value:g}{total.measure}"
        span = start - len(number), match.end()
        say = rule.options.say
        values = {"total": number, "sum": f"{added:g}{total.measure}"}
        yield Fault(*document.view.to_source(*span), say.get("sum"), say.get("sum-advice"), values=values)


def _unlike_whole(
    document: Document, rule: FiguresRule, match: re.Match[str], row: list[_Figure], before: str, words: _Words
) -> Iterator[Fault]:
    """A row of shares of all classes that is more or less than all but for what rounding loses."""
    added = sum(figure.value for figure in row)
    lost = 0.5 * sum(10.0**-figure.decimals for figure in row) + 0.001
    if not words.share.search(before + match["lead"]) or not lost < abs(added - 100) <= 100 * _OFF:
        return
    if _is_complete(before, len(row), words):
        say = rule.options.say
        place = document.view.to_source(*match.span())
        yield Fault(*place, say.get("shares"), say.get("ratio-advice"), values={"right": f"{added:g}%"})


def _is_complete(labels: str, size: int, words: _Words) -> bool:
    """Whether labels are told to be the classes of a whole, as many as there are numbers."""
    counted = [found["count"] for found in words.counted.finditer(labels)]
    if counted:
        return _NUMERALS.get(counted[-1]) == size
    named = words.classed.split(labels)
    return len(named) > 1 and named[-1].count("、") + len(re.findall("[和及与]", named[-1])) + 1 == size


def _figure(found: re.Match[str], words: _Words) -> _Figure:
    measure = "人" if found["measure"] in words.people else found["measure"]
    return _Figure(float(found["value"]), len(found["decimals"] or ""), measure, found.end())


@lru_cache(maxsize=16)
def _words(
    respectively: tuple[str, ...],
    shared: tuple[str, ...],
    classed: tuple[str, ...],
    measures: tuple[str, ...],
    people: tuple[str, ...],
) -> _Words:
    return _Words(
        row=re.compile(rf"(?P<lead>(?:{either(respectively)})[^,。;:、()\d\n]{{0,{_VERB}}}?)(?P<row>{_ROW})"),
        share=re.compile(rf"(?:{either(shared)})[^,。;:、()\d\n]{{0,{_VERB}}}$"),
        classed=re.compile(either(classed)),
        counted=re.compile(f"(?P<count>[{''.join(_NUMERALS)}])(?:个)?(?:{either(measures)})"),
        people=frozenset(people),
    )
