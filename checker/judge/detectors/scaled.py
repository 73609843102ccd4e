"""Amounts in 万 and 亿 against their parts (1.36亿元，其中……7200万元、……4100万元，其余2500万元), for the figures detector.

An amount with decimals, or in 万, was rounded: it stands for all that rounds to it.  Only a plain list is read, labels and
amounts by turns, and only one that tells all: down to the rest, the two halves, or what the total is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from checker.context.document import Document
from checker.judge.detectors.clauses import Patterns, either, in_view_form
from checker.judge.detectors.exact_numbers import read_numbers
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.parts import are_halves, pairs_of
from checker.models.detectors import FiguresRule
from checker.structure.view import HAN

_NEVER = re.compile("(?!)")
_FIGURE = r"(?<![\d.近超逾约])\d{1,9}(?:\.\d{1,4})?[万亿]?"
_LABEL = r"[^,。;:、()\d\n]{1,14}"
_SCALED = re.compile(r"\d[万亿]|\.\d")
_BEHIND = 16  # characters behind a list that may tell that its parts are not all, or overlap
_OFF = 0.1  # parts further off their total, as a share of it, count something else
_OFF_MADE_OF = 0.5  # the same where the total is told to be made of them


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Totals of which all parts are told, and whose parts together are more or less."""
    text, options = document.view.text, rule.options
    measures = [measure for measure in options.measures if measure not in options.people]  # of whom one may be both
    words = _words(
        *map(in_view_form, (options.of_which, options.rest, options.list_aside, measures)),
        *map(in_view_form, (options.made_of, options.whole, options.pairs, options.sorts, options.money)),
    )
    for match in chain(*(pattern.finditer(text) for pattern in _lists(text, words))):
        told = match["unit"].startswith(words.measures) and _SCALED.search(match[0]) and _is_whole(match, words)
        if not told or words.patterns.aside.search(match["parts"]):
            continue
        if any(word in text[match.end() : match.end() + _BEHIND] for word in in_view_form(options.overlapping)):
            continue
        total, *parts = read_numbers(match[0], _NEVER)
        if {part.measure for part in parts} != {total.measure}:
            continue
        least, most = sum(part.least for part in parts), sum(part.most for part in parts)
        listed = match.re in (words.patterns.sorts, words.patterns.sums)  # not all need be there
        too_few = 0.0 if listed else total.least - most
        off = max(least - total.most, too_few)
        if 0 < off <= (_OFF_MADE_OF if match.re is words.patterns.made_of else _OFF) * total.most:
            say = options.say
            values = {"total": match["total"], "sum": _told((least + most) / 2, match["unit"])}
            span = document.view.to_source(*match.span())
            yield Fault(*span, say.get("sum"), say.get("sum-advice"), values=values)


def _lists(text: str, words: _Words) -> Iterator[re.Pattern[str]]:
    """The patterns of lists whose own words a text has."""
    patterns = words.patterns
    if any(word in text for word in words.rest):
        yield patterns.down_to_rest
    if any(one in text and other in text for one, other in words.pairs):
        yield patterns.halves
    if any(word in text for word in words.whole):
        yield patterns.made_of
    if any(word in text for word in words.sorts):
        yield patterns.sorts
    if any(word in text for word in words.of_which) and any(word in text for word in words.money):
        yield patterns.sums


def _is_whole(match: re.Match[str], words: _Words) -> bool:
    """Whether a list tells all parts: two alone only where they are the halves that a rule lists."""
    return "first" not in match.groupdict() or are_halves(match["first"], match["second"], words.pairs)


def _told(value: float, unit: str) -> str:
    for scale, name in ((100_000_000, "亿"), (10_000, "万")):
        if value >= scale:
            return f"{round(value / scale, 4):g}{name}{unit}"
    return f"{value:g}{unit}"


class _Words(NamedTuple):
    """The patterns of lists that tell all parts, and the words in them with which they prove nothing."""

    patterns: Patterns
    rest: tuple[str, ...]
    whole: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    measures: tuple[str, ...]
    sorts: tuple[str, ...]
    of_which: tuple[str, ...]
    money: tuple[str, ...]


@lru_cache(maxsize=16)
def _words(
    of_which: tuple[str, ...],
    rest: tuple[str, ...],
    aside: tuple[str, ...],
    measures: tuple[str, ...],
    made_of: tuple[str, ...],
    whole: tuple[str, ...],
    pairs: tuple[str, ...],
    sorts: tuple[str, ...],
    money: tuple[str, ...],
) -> _Words:
    """A list is whole where its last part is the rest, where the total is made of it (由……组成), where two parts are the
    halves that a rule lists."""
    total, amount = rf"(?P<total>{_FIGURE}(?P<unit>人次|{HAN}{{1,3}}?))", f"{_FIGURE}(?P=unit)"
    listed = f"{_LABEL}{amount}(?:[,、和及]{_LABEL}{amount}){{1,8}}"
    down_to_rest = rf"{_LABEL}{amount}(?:[,、]{_LABEL}{amount}){{0,8}}?[,、](?:{either(rest)}){amount}"
    halves = f"(?P<first>{_LABEL}){amount}[,、](?P<second>{_LABEL}){amount}(?![,、;]{_LABEL}{amount})"
    sort = rf"[^,。;:、()\d\n]{{1,14}}(?:{either(sorts)}){amount}"
    lead, part = rf"[^,。;:、()\d\n]{{0,20}}[,(:](?:{either(of_which)})", _LABEL + amount
    patterns = Patterns(
        down_to_rest=rf"{total}{lead}(?P<parts>{down_to_rest})",
        halves=rf"{total}{lead}(?P<parts>{halves})",
        made_of=rf"{total},(?:{either(made_of)})(?P<parts>{listed})(?:{either(whole)})",
        sorts=rf"{total}{lead}(?P<parts>{sort}(?:、{sort}){{2,8}})(?![万亿、])",
        sums=rf"(?P<total>{_FIGURE}(?P<unit>{either(money)})){lead}(?P<parts>{part}(?:、{part}){{2,8}})(?![万亿、])",
        aside=either(aside),
    )
    return _Words(patterns, rest, whole, pairs_of(pairs), measures, sorts, of_which, money)
