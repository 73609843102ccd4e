"""Amounts in 万 and 亿 against their parts (1.36亿元，其中……7200万元、……4100万元，其余2500万元), for the figures detector.

An amount with decimals, or in 万, was rounded: it stands for all that rounds to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from checker.context.document import Document
from checker.judge.detectors.clauses import either, in_view_form
from checker.judge.detectors.exact_numbers import Number, read_numbers
from checker.judge.detectors.fault import Fault
from checker.models.detectors import FiguresRule

_NEVER = re.compile("(?!)")
_LONGEST = 160  # characters of a list of parts
_BARE = 16  # characters between a total and its list
_SCALED = re.compile(r"\d[万亿]|\.\d")


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Totals of which the last part is told to be the rest, and whose parts together are more or less."""
    text, options = document.view.text, rule.options
    of_which, rest = _words(*map(in_view_form, (options.of_which, options.rest)))
    for match in of_which.finditer(text):
        sentence = document.layout.sentences[document.layout.sentence_at(match.start())]
        total = _last(text[max(sentence.start, match.start() - _LONGEST) : match.start()])
        behind = text[match.end() : min(sentence.end, match.end() + _LONGEST)]
        last = rest.search(behind)
        if total is None or last is None:
            continue
        parts = [n for n in read_numbers(behind, _NEVER) if n.start <= last.end()]
        if len(parts) < 2 or parts[-1].start != last.end() or {part.measure for part in parts} != {total.measure}:
            continue
        least, most = sum(part.least for part in parts), sum(part.most for part in parts)
        if not _SCALED.search(behind[: parts[-1].end]) or (least <= total.most and most >= total.least):
            continue
        start = max(sentence.start, match.start() - _LONGEST) + total.start
        told = options.say
        values = {
            "total": text[start : start + total.end - total.start],
            "sum": _told((least + most) / 2, total.measure),
        }
        span = document.view.to_source(start, match.end() + parts[-1].end)
        yield Fault(*span, told.get("sum"), told.get("sum-advice"), values=values)


def _last(before: str) -> Number | None:
    """The number right before a list, with no more than a few words between."""
    numbers = list(read_numbers(before, _NEVER))
    return numbers[-1] if numbers and len(before) - numbers[-1].end <= _BARE else None


def _told(value: float, measure: str) -> str:
    for scale, name in ((100_000_000, "亿"), (10_000, "万")):
        if value >= scale:
            return f"{round(value / scale, 4):g}{name}{measure}"
    return f"{value:g}{measure}"


@lru_cache(maxsize=16)
def _words(of_which: tuple[str, ...], rest: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(either(of_which)), re.compile(rf"[,、;](?:{either(rest)})[^,。;:、()\d\n]{{0,6}}(?=\d)")
