"""Figures that contradict themselves: 余 after a number that is not round, a share over 100%, parts against their total,
percentages and changes against their numbers, parts larger than their whole, tables against their totals.

Only what the text itself proves is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from checker.context.document import Document
from checker.judge.detectors import bounds, dates, ratios, rows, scaled, splits, tables, totals
from checker.judge.detectors.clauses import Patterns, either, in_view_form
from checker.judge.detectors.fault import Fault
from checker.models.detectors import FiguresRule
from checker.models.rule import RulePack
from checker.structure.view import HAN, visible

_ROUGH = re.compile(rf"[余多](?<=\d.)(?P<unit>[百千万亿]*)(?={HAN})")
_ROUGH_CHINESE = re.compile(r"余(?<=[十百千][一二三四五六七八九].)")
_CHINESE_BEFORE = re.compile(r"[一二三四五六七八九十百千]+\Z")
_NUMBER_BEFORE = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?\Z")
_OVER = re.compile(r"[1-9]\d{2,5}(?:\.\d{1,4})?%")
Kind = Literal["rough", "side", "share"]
_ROAD = 6  # characters before a number that may tell that it is a name
_PERCENTS, _LISTED = re.compile("%"), re.compile("[、和及]")
_ROW = 40  # how far before a share the words may stand that lead to a row of them
_CLAUSE = 80  # how far before a share its clause is read


def detect(document: Document, rule: FiguresRule, pack: RulePack) -> list[Fault]:
    """All figures of a text that cannot be right."""
    return [
        *_rough_numbers(document, rule),
        *_rough_twice(document, rule),
        *_shares(document, rule),
        *totals.contradictions(document, rule),
        *rows.contradictions(document, rule),
        *scaled.contradictions(document, rule),
        *ratios.contradictions(document, rule),
        *bounds.contradictions(document, rule),
        *splits.contradictions(document, rule),
        *dates.contradictions(document, rule),
        *tables.contradictions(document, rule),
    ]


def _fault(document: Document, rule: FiguresRule, kind: Kind, span: tuple[int, int], **values: str) -> Fault:
    place = document.view.to_source(*span)
    return Fault(place.start, place.end, message=rule.options.say.get(kind), advice=_advice(rule, kind), values=values)


def _advice(rule: FiguresRule, kind: Kind) -> str | None:
    advices: dict[Kind, str | None] = {
        "rough": rule.options.say.get("rough-advice"),
        "side": rule.options.say.get("side-advice"),
        "share": rule.options.say.get("share-advice"),
    }
    return advices[kind]


def _rough_numbers(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """余 or 多 after an exact number: before 万 it stands on the wrong side, else it contradicts the number."""
    text = document.view.text
    words = _rough_words(
        *map(in_view_form, (rule.options.measures, rule.options.rough_except, rule.options.numbered)),
    )
    for match in _ROUGH.finditer(text):
        found = _NUMBER_BEFORE.search(text, max(0, match.start() - 12), match.start())
        if not found or _is_round(found[0]) or words.spared.search(text, found.start(), match.end() + 3):
            continue
        if words.numbered.search(text, max(0, found.start() - _ROAD), found.start()):
            continue
        measure = words.measure.match(text, match.end())
        if measure or match[0][0] != "多":
            yield from _rough_fault(document, rule, match, found, measure.end() if measure else match.end())
    for match in _ROUGH_CHINESE.finditer(text):
        number = _CHINESE_BEFORE.search(text, max(0, match.start() - 8), match.start())
        if number and words.measure.match(text, match.end()):
            yield _fault(document, rule, "rough", (number.start(), match.end() + 1), number=number[0])


def _rough_twice(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Two words for a rough number at once (120多余万元)."""
    text, twice = document.view.text, in_view_form(rule.options.rough_twice)
    if not any(word in text for word in twice):
        return
    for match in _twice_rough(twice, in_view_form(rule.options.measures)).finditer(text):
        yield _fault(document, rule, "rough", match.span(), number=match["number"])


@lru_cache(maxsize=16)
def _twice_rough(twice: tuple[str, ...], measures: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.])(?P<number>\d{{1,7}})(?:{either(twice)})[百千万亿]*(?:{either(measures)})")


def _is_round(number: str) -> bool:
    return number.endswith("0") and "." not in number


def _rough_fault(
    document: Document, rule: FiguresRule, match: re.Match[str], number: re.Match[str], end: int
) -> Iterator[Fault]:
    """The fault at a rough number, unless a quote parts it (“12345”多渠道); its remedy in the letters of the source."""
    place = document.view.to_source(number.start(), end)
    letters = visible(document.report.text[place.start : place.end])
    if len(letters) != end - number.start():
        return
    cut, unit = len(number[0]), len(match["unit"])
    fixed = f"{letters[:cut]}{letters[cut + 1 : cut + 1 + unit]}{letters[cut]}{letters[cut + 1 + unit :]}"
    kind: Kind = "side" if unit else "rough"
    values = {"number": number[0]}
    yield Fault(*place, rule.options.say.get(kind), _advice(rule, kind), fixed=fixed if unit else None, values=values)


@lru_cache(maxsize=16)
def _rough_words(measures: tuple[str, ...], spared: tuple[str, ...], numbered: tuple[str, ...]) -> Patterns:
    """``numbered``: what a number names instead of counting (国道318, Y018)."""
    return Patterns(measure=either(measures), spared=either(spared), numbered=f"(?:{either(numbered)})$|[A-Za-z]$")


def _shares(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """A share of a whole that is over 100%; growth and the fulfilment of a target may be."""
    text, options = document.view.text, rule.options
    words = _share_words(
        *map(in_view_form, (options.shares, options.share_joins, options.share_verbs, options.share_except)),
        in_view_form(options.share_rows),
    )
    for match in _OVER.finditer(text):
        if float(match[0].rstrip("%")) <= 100 or text[match.start() - 1 : match.start()] in tuple(".,0123456789"):
            continue
        clause = document.layout.clause_span(document.layout.clause[match.start()])
        start = max(clause.start, match.start() - _CLAUSE)
        told = words.told.search(text, max(start, match.start() - 30), match.start())
        if told is None:
            told = words.row.search(text, max(start, match.start() - _ROW), match.start())
            told = told if told and _are_shares(text, start, told, words) else None
        if told and not words.spared.search(text, start, match.start()):
            yield _fault(document, rule, "share", (told.start(), match.end()), share=told[0], value=match[0])


def _are_shares(text: str, start: int, told: re.Match[str], words: Patterns) -> bool:
    """Whether the labels of a row of rates (办结率、回访率分别为99.6%和102%), one for each number, all name shares."""
    values = words.values.match(text, told.end("row"))
    count = len(_PERCENTS.findall(values[0])) if values else 0
    labels = _LISTED.split(text[start : told.start("row")])[-count:]
    return 1 < count == len(labels) and all(words.share.search(label) for label in labels)


@lru_cache(maxsize=16)
def _share_words(
    shares: tuple[str, ...],
    joins: tuple[str, ...],
    verbs: tuple[str, ...],
    spared: tuple[str, ...],
    rows: tuple[str, ...],
) -> Patterns:
    """``told``: a share right before a number; ``row``: what leads to several; ``spared``: the words that make it
    something else."""
    told = f"(?:{either(shares)})(?:{either(joins)}){{0,3}}$|(?:{either(verbs)})[^,。;:!?\n]{{0,12}}$"
    value = r"\d[\d.]*%"
    return Patterns(
        told=told,
        spared=either(spared),
        share=f"(?:{either(shares)})$",
        row=rf"(?P<row>{either(rows)})(?:{value}[、和及])*$",
        values=rf"{value}(?:[、和及]{value})*",
    )
