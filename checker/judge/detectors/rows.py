"""Numbers in a row behind the classes they belong to (分为甲、乙、丙三类，分别为17件、14件、16件), for the figures detector.

They are held against the number before them, or against 100%, only where the wording says that the classes are all there
are and nothing else stands between them and the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from checker.context.document import Document
from checker.judge.detectors.clauses import Patterns, either, in_view_form
from checker.judge.detectors.fault import Fault
from checker.models.detectors import FiguresRule
from checker.structure.view import HAN

_NUMBER = rf"(?<![\d.近超逾约第-])\d{{1,9}}(?:\.\d{{1,4}})?(?![\d.余多万亿千百])(?:人次|{HAN}|%)"
_ROW = rf"{_NUMBER}(?:(?:[、,和及与]|以及){_NUMBER}){{1,11}}"
_ONE = re.compile(rf"(?P<value>\d+(?:\.(?P<decimals>\d+))?)(?P<measure>人次|{HAN}|%)")
_NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_BESIDE = r"[^,。;:()\d\n]"
_BACK = 40  # characters before the classes in which their total stands
_AROUND = 12  # characters behind a row that may tell what it leaves out
_OFF = 0.2  # parts further off their total, as a share of it, count something else


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Rows that do not make up the number, or the whole, of which they tell all classes."""
    text, options = document.view.text, rule.options
    if not any(word in text for word in in_view_form(options.respectively)):
        return
    words = _words(
        *map(
            in_view_form,
            (options.classed, options.class_measures, options.respectively, options.shared, options.row_aside),
        )
    )
    for match in words.row.finditer(text):
        found = list(_ONE.finditer(text, match.start("row"), match.end()))
        measures = {one["measure"] for one in found}
        sentence = document.layout.sentences[document.layout.sentence_at(match.start())].start
        before = max(sentence, match.start() - _BACK)
        if (
            len(found) != _NUMERALS[match["count"]]
            or len(measures) > 1
            or measures & set(options.times)
            or words.aside.search(text, before, match.end() + _AROUND)
        ):
            continue
        if measures == {"%"}:
            yield from _unlike_whole(document, rule, match, found)
        elif not match["share"]:
            yield from _unlike_total(document, rule, match, found, before)


def _unlike_total(
    document: Document, rule: FiguresRule, match: re.Match[str], row: list[re.Match[str]], before: int
) -> Iterator[Fault]:
    """A row that misses the number before its classes."""
    told = list(_ONE.finditer(document.view.text, before, match.start()))
    added = sum(float(one["value"]) for one in row)
    if not told or told[-1]["measure"] != row[0]["measure"] or any(float(one["value"]) == added for one in told):
        return
    total = float(told[-1]["value"])
    if max(float(one["value"]) for one in row) <= total and abs(added - total) <= _OFF * total:
        values = {"total": told[-1][0], "sum": f"{added:g}{row[0]['measure']}"}
        say = rule.options.say
        place = document.view.to_source(told[-1].start(), match.end())
        yield Fault(*place, say.get("sum"), say.get("sum-advice"), values=values)


def _unlike_whole(
    document: Document, rule: FiguresRule, match: re.Match[str], row: list[re.Match[str]]
) -> Iterator[Fault]:
    """A row of shares that is more or less than all but for what rounding loses."""
    added = sum(float(one["value"]) for one in row)
    lost = 0.5 * sum(10.0 ** -len(one["decimals"] or "") for one in row) + 0.001
    if match["share"] and lost < abs(added - 100) <= 100 * _OFF:
        say = rule.options.say
        place = document.view.to_source(*match.span())
        yield Fault(*place, say.get("shares"), say.get("ratio-advice"), values={"right": f"{added:g}%"})


@lru_cache(maxsize=16)
def _words(
    classed: tuple[str, ...],
    measures: tuple[str, ...],
    respectively: tuple[str, ...],
    shared: tuple[str, ...],
    aside: tuple[str, ...],
) -> Patterns:
    """``row``: numbers in a row behind their classes; ``aside``: the words with which it proves nothing."""
    row = (
        rf"(?:{either(classed)}){_BESIDE}{{2,40}}?(?P<count>[{''.join(_NUMERALS)}])个?(?:{either(measures)}),?"
        rf"(?P<share>(?:各)?(?:{either(shared)}))?(?:{either(respectively)})(?P<row>{_ROW})"
    )
    return Patterns(row=row, aside=either(aside))
