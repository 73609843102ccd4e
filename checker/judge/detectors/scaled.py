"""Amounts in 万 and 亿 against their parts (1.36亿元，其中……7200万元、……4100万元，其余2500万元), for the figures detector.

An amount with decimals, or in 万, was rounded: it stands for all that rounds to it.  Only a plain list is read: labels
and amounts by turns, the last of them the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from checker.context.document import Document
from checker.judge.detectors.clauses import either, in_view_form
from checker.judge.detectors.exact_numbers import read_numbers
from checker.judge.detectors.fault import Fault
from checker.models.detectors import FiguresRule

_NEVER = re.compile("(?!)")
_FIGURE = r"(?<![\d.近超逾约])\d{1,9}(?:\.\d{1,4})?[万亿]?"
_LABEL = r"[^,。;:、()\d\n]{1,14}"
_SCALED = re.compile(r"\d[万亿]|\.\d")
_OFF = 0.1  # parts further off their total, as a share of it, count something else


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Totals of which the last part is told to be the rest, and whose parts together are more or less."""
    text, options = document.view.text, rule.options
    measures = [measure for measure in options.measures if measure[0] not in options.people]  # of whom one may be both
    pattern, aside = _words(*map(in_view_form, (options.of_which, options.rest, options.list_aside, measures)))
    for match in pattern.finditer(text):
        if not _SCALED.search(match[0]) or aside.search(match["parts"]):
            continue
        total, *parts = read_numbers(match[0], _NEVER)
        if {part.measure for part in parts} != {total.measure}:
            continue
        least, most = sum(part.least for part in parts), sum(part.most for part in parts)
        off = max(least - total.most, total.least - most)
        if 0 < off <= _OFF * total.most:
            told = options.say
            values = {"total": match["total"], "sum": _told((least + most) / 2, match["unit"])}
            span = document.view.to_source(*match.span())
            yield Fault(*span, told.get("sum"), told.get("sum-advice"), values=values)


def _told(value: float, unit: str) -> str:
    for scale, name in ((100_000_000, "亿"), (10_000, "万")):
        if value >= scale:
            return f"{round(value / scale, 4):g}{name}{unit}"
    return f"{value:g}{unit}"


@lru_cache(maxsize=16)
def _words(
    of_which: tuple[str, ...], rest: tuple[str, ...], aside: tuple[str, ...], measures: tuple[str, ...]
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern of a list, and the words in it with which it proves nothing."""
    total, amount = rf"(?P<total>{_FIGURE}(?P<unit>{either(measures)}))", f"{_FIGURE}(?:{either(measures)})"
    parts = rf"(?P<parts>{_LABEL}{amount}(?:[,、]{_LABEL}{amount}){{0,8}}?[,、](?:{either(rest)}){amount})"
    return re.compile(rf"{total}[^,。;:、()\d\n]{{0,20}}[,(](?:{either(of_which)}){parts}"), re.compile(either(aside))
