"""Figures that contradict themselves: 余 after a number that is not round, a share over 100%, parts against their total.

Only what the text itself proves is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from checker.context.document import Document
from checker.judge.detectors import totals
from checker.judge.detectors.clauses import HAN, either, option_words, say
from checker.judge.detectors.fault import Fault
from checker.models.rule import FindingRule, RulePack

_ROUGH = re.compile(rf"[余多](?<=\d.)(?P<unit>[百千万亿]*)(?=[{HAN}])")
_ROUGH_CHINESE = re.compile(r"余(?<=[十百千][一二三四五六七八九].)")
_CHINESE_BEFORE = re.compile(r"[一二三四五六七八九十百千]+\Z")
_NUMBER_BEFORE = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?\Z")
_OVER = re.compile(r"[1-9]\d{2,5}(?:\.\d{1,4})?%")
_CLAUSE = 80  # how far before a share its clause is read


def detect(document: Document, rule: FindingRule, pack: RulePack) -> list[Fault]:
    """All figures of a text that cannot be right."""
    return [*_rough_numbers(document, rule), *_shares(document, rule), *totals.contradictions(document, rule)]


def _fault(document: Document, rule: FindingRule, kind: str, span: tuple[int, int], **values: str) -> Fault:
    place = document.view.to_source(*span)
    return Fault(place.start, place.end, message=say(rule, kind), advice=say(rule, f"{kind}-advice"), values=values)


def _rough_numbers(document: Document, rule: FindingRule) -> Iterator[Fault]:
    """余 or 多 after an exact number: before 万 it stands on the wrong side, else it contradicts the number."""
    text = document.view.text
    words = _rough_words(option_words(rule, "measures"), option_words(rule, "rough_except"))
    for match in _ROUGH.finditer(text):
        found = _NUMBER_BEFORE.search(text, max(0, match.start() - 12), match.start())
        if not found or _is_round(found[0]) or words.spared.search(text, found.start(), match.end() + 3):
            continue
        measure = words.measure.match(text, match.end())
        if measure or match[0][0] != "多":
            yield from _rough_fault(document, rule, match, found, measure.end() if measure else match.end())
    for match in _ROUGH_CHINESE.finditer(text):
        number = _CHINESE_BEFORE.search(text, max(0, match.start() - 8), match.start())
        if number and words.measure.match(text, match.end()):
            yield _fault(document, rule, "rough", (number.start(), match.end() + 1), number=number[0])


def _is_round(number: str) -> bool:
    return number.endswith("0") and "." not in number


def _rough_fault(
    document: Document, rule: FindingRule, match: re.Match[str], number: re.Match[str], end: int
) -> Iterator[Fault]:
    """The fault at a rough number, unless a quote parts it (“12345”多渠道); its remedy in the letters of the source."""
    place = document.view.to_source(number.start(), end)
    letters = "".join(document.report.text[place.start : place.end].split())
    if len(letters) != end - number.start():
        return
    cut, unit = len(number[0]), len(match["unit"])
    fixed = f"{letters[:cut]}{letters[cut + 1 : cut + 1 + unit]}{letters[cut]}{letters[cut + 1 + unit :]}"
    kind = "side" if unit else "rough"
    values = {"number": number[0]}
    yield Fault(*place, say(rule, kind), say(rule, f"{kind}-advice"), fixed=fixed if unit else None, values=values)


class _RoughWords(NamedTuple):
    measure: re.Pattern[str]
    spared: re.Pattern[str]


@lru_cache(maxsize=16)
def _rough_words(measures: tuple[str, ...], spared: tuple[str, ...]) -> _RoughWords:
    return _RoughWords(re.compile(either(measures)), re.compile(either(spared)))


def _shares(document: Document, rule: FindingRule) -> Iterator[Fault]:
    """A share of a whole that is over 100%; growth and the fulfilment of a target may be."""
    text = document.view.text
    words = _share_words(
        *(option_words(rule, name) for name in ("shares", "share_joins", "share_verbs", "share_except"))
    )
    for match in _OVER.finditer(text):
        if float(match[0].rstrip("%")) <= 100 or text[match.start() - 1 : match.start()] in tuple(".,0123456789"):
            continue
        clause = document.layout.clause_span(document.layout.clause[match.start()])
        start = max(clause.start, match.start() - _CLAUSE)
        told = words.told.search(text, max(start, match.start() - 30), match.start())
        if told and not words.spared.search(text, start, match.start()):
            yield _fault(document, rule, "share", (told.start(), match.end()), share=told[0], value=match[0])


class _ShareWords(NamedTuple):
    told: re.Pattern[str]
    spared: re.Pattern[str]


@lru_cache(maxsize=16)
def _share_words(
    shares: tuple[str, ...], joins: tuple[str, ...], verbs: tuple[str, ...], spared: tuple[str, ...]
) -> _ShareWords:
    """A share told right before a number, and the words that make it something else."""
    told = f"(?:{either(shares)})(?:{either(joins)}){{0,3}}$|(?:{either(verbs)})[^,。;:!?\n]{{0,12}}$"
    return _ShareWords(re.compile(told), re.compile(either(spared)))
