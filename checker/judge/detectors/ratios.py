"""Percentages and changes that the numbers beside them belie, for the figures detector.

Four ways to tell one are read: a change against an earlier figure (1520件，比上年的1900件下降25%), a move from one figure to
another (由58件下降至63件), a part of a whole (86所中75所，占93%; 150件，办结140件，办结率98%), and shares that make up one whole
(占46%、占32%、其他占27%).  Numbers are often rounded or cut off: what is told counts as wrong only where no number they may
stand for gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from checker.context.document import Document
from checker.judge.detectors.clauses import HAN, either, in_view_form
from checker.judge.detectors.fault import Fault
from checker.models.detectors import FiguresRule

_SCALE = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_YEAR = r"(?:(?:19|20)\d\d年度?)?"
_BESIDE = r"[^,。;:、\d%\n]"  # what may stand between two numbers: neither a pause nor another number
_PERCENT = "%"
_POINTS = "个百分点"
_BEFORE = 20  # how far before a move a word may tell that its numbers are ranks
Kind = Literal["change", "direction", "part", "shares"]


def _number(name: str, behind: str = rf"[{HAN}]?") -> str:
    """A regular expression of an exact number, its scale, and what it measures."""
    return (
        rf"(?<![\d.,第近约超逾]){_PLAIN.replace('name', name)}"
        rf"(?P<{name}_scale>[百千万亿]?)(?![余多\d]|\.\d)(?P<{name}_measure>人次|{_POINTS}|%|{behind})"
    )


_PLAIN = r"(?P<name>\d{1,9}(?:\.\d{1,4})?)"


class _Wrong(NamedTuple):
    """What is wrong, and what the numbers say instead."""

    kind: Kind
    right: str


class _Words(NamedTuple):
    """The words of a rule that tell changes and shares, compiled."""

    rises: re.Pattern[str]
    ranks: re.Pattern[str]
    rest: re.Pattern[str]
    compared: re.Pattern[str]
    moved: re.Pattern[str]
    part: re.Pattern[str]
    rate: re.Pattern[str]
    shares: re.Pattern[str]


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Percentages and changes that their own numbers belie."""
    options, text = rule.options, document.view.text
    words = _words(*map(in_view_form, (options.rises, options.falls, options.ranks, options.shared, options.rest)))
    for match in words.compared.finditer(text):
        yield from _faults(document, rule, match, _change(match, words))
    for match in words.moved.finditer(text):
        if not words.ranks.search(text, max(0, match.start() - _BEFORE), match.end()):
            yield from _faults(document, rule, match, _direction(match, words) or _change(match, words))
    for pattern in (words.part, words.rate):
        for match in pattern.finditer(text):
            yield from _faults(document, rule, match, _part(match))
    for match in words.shares.finditer(text):
        if words.rest.search(match[0]):
            yield from _faults(document, rule, match, _whole(match))


def _faults(document: Document, rule: FiguresRule, match: re.Match[str], wrong: _Wrong | None) -> Iterator[Fault]:
    if wrong is not None:
        say, place = rule.options.say, document.view.to_source(*match.span())
        yield Fault(*place, message=say.get(wrong.kind), advice=say.get("ratio-advice"), values={"right": wrong.right})


@lru_cache(maxsize=16)
def _words(
    rises: tuple[str, ...],
    falls: tuple[str, ...],
    ranks: tuple[str, ...],
    shared: tuple[str, ...],
    rest: tuple[str, ...],
) -> _Words:
    ways = f"(?P<way>{either((*rises, *falls))})"
    again = f"(?:{either((*rises, *falls))})"
    share = r"(?P<told>\d{1,3}(?:\.\d{1,4})?)%"
    earlier = rf"{_BESIDE}{{0,8}}{_YEAR}{_BESIDE}{{0,6}}"
    whole = f"(?:{either(shared)})(?:为|达到?|到)?"
    return _Words(
        rises=re.compile(either(rises)),
        ranks=re.compile(either(ranks)),
        rest=re.compile(either(rest)),
        compared=re.compile(
            rf"{_number('now')}{_BESIDE}{{0,8}},?同?[比较]{earlier}{_number('then')}{_BESIDE}{{0,4}}{ways}了?{_number('told')}"
        ),
        moved=re.compile(
            rf"[由从]{earlier}{_number('then')}{_BESIDE}{{0,8}}?{ways}[到至为成]{earlier}{_number('now')}"
            rf"(?:{_BESIDE}{{0,4}}[,、]同?比?{again}(?:幅度?|率)?[了达为]?{_number('told')})?"
        ),
        part=re.compile(
            rf"{_number('then')}{_BESIDE}{{0,10}}中,?{_BESIDE}{{0,12}}{_number('now')}{_BESIDE}{{0,14}},?{whole}{share}"
        ),
        rate=re.compile(
            rf"{_number('then')}{_BESIDE}{{0,10}}[,、](?:其中)?(?P<stem>[{HAN}]{{2,6}}?){_number('now')}{_BESIDE}{{0,4}}"
            rf"[,、](?P=stem)率(?:为|达到?|均为)?{share}"
        ),
        shares=re.compile(rf"(?:{_BESIDE}{{1,16}}(?:{either(shared)})(?:为|达到?)?\d{{1,3}}(?:\.\d+)?%[、,;]?){{3,}}"),
    )


def _span(match: re.Match[str], name: str) -> tuple[float, float]:
    """The least and the most that a number as written may stand for: one with decimals or in 万 was rounded."""
    told = match[name]
    scale = _SCALE[match[f"{name}_scale"]]
    decimals = len(told.partition(".")[2])
    slack = 10.0**-decimals if decimals or scale > 1 else 0.0
    return (float(told) - slack) * scale, (float(told) + slack) * scale


def _alike(match: re.Match[str], *names: str) -> bool:
    """Whether numbers measure the same, as far as they say."""
    return len({match[f"{name}_measure"] for name in names}) == 1


def _direction(match: re.Match[str], words: _Words) -> _Wrong | None:
    """A fall to a larger number, or a rise to a smaller one."""
    if not _alike(match, "then", "now"):
        return None
    (then_least, then_most), (now_least, now_most) = _span(match, "then"), _span(match, "now")
    rises = words.rises.fullmatch(match["way"]) is not None
    wrong = now_most < then_least if rises else now_least > then_most
    return _Wrong("direction", "") if wrong else None


def _change(match: re.Match[str], words: _Words) -> _Wrong | None:
    """A change told as a percentage, in points or as a number, that the two figures do not give."""
    if match["told"] is None or not _alike(match, "then", "now"):
        return None
    (then_least, then_most), (now_least, now_most) = _span(match, "then"), _span(match, "now")
    measure = match["told_measure"]
    if measure == _PERCENT and match["now_measure"] != _PERCENT:
        if then_least <= 0:
            return None
        changes = [(now / then - 1) * 100 for now in (now_least, now_most) for then in (then_least, then_most)]
        unit = measure
    elif measure in (match["now_measure"], _POINTS) and (measure == _POINTS) == (match["now_measure"] == _PERCENT):
        changes = [now - then for now in (now_least, now_most) for then in (then_least, then_most)]
        unit = measure
    else:
        return None
    if words.rises.fullmatch(match["way"]) is None:
        changes = [-change for change in changes]
    least, most = _span(match, "told")
    slack = 10.0 ** -len(match["told"].partition(".")[2]) if unit in (_PERCENT, _POINTS) else 0.0
    if (min(changes) - slack < most and least < max(changes) + slack) or min(changes) <= least <= most <= max(changes):
        return None
    return _Wrong("change", _told(sum(changes) / len(changes), unit))


def _part(match: re.Match[str]) -> _Wrong | None:
    """A part of a whole whose percentage the two numbers do not give."""
    if not _alike(match, "then", "now") or not match["now_measure"]:
        return None
    (all_least, all_most), (part_least, part_most) = _span(match, "then"), _span(match, "now")
    if part_least > all_most or all_least <= 0:
        return None
    slack = 10.0 ** -len(match["told"].partition(".")[2])
    least, most = part_least / all_most * 100, part_most / all_least * 100
    if least - slack < float(match["told"]) < most + slack:
        return None
    return _Wrong("part", _told((least + most) / 2, _PERCENT))


def _whole(match: re.Match[str]) -> _Wrong | None:
    """Shares of one whole, the rest among them, that do not make up the whole."""
    told = re.findall(r"(\d+(?:\.\d+)?)%", match[0])
    slack = sum(0.5 * 10.0 ** -len(share.partition(".")[2]) for share in told)
    total = sum(map(float, told))
    return _Wrong("shares", f"{total:g}%") if abs(total - 100) > slack + 0.001 else None


def _told(value: float, unit: str) -> str:
    """A number as people write it, with its unit."""
    return f"{round(abs(value), 1):g}{unit}"
