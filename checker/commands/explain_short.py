"""The short answer of ``score --explain ID``: which conditions hold, the places that count, the nearest that do not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker import words
from checker.commands.explain_places import Seen, refusals, short, told_place, told_refusal
from checker.judge import clues
from checker.judge.elements import Found, holds
from checker.match.matcher import Hit
from checker.models.result import ElementResult
from checker.models.rule import Check, Clue, Element
from checker.render.place import place
from checker.structure.view import HAN

MORE = "各种情形找哪些写法、附近须有什么：再加 --all。"
_PLACES = 3  # how many of a kind are shown
_CHOICES = 6  # how many conditions are shown
_LEAST = 4  # how many characters a wording needs to tell anything by itself
_HAN = re.compile(HAN)
_MARKS = {True: "成立", False: "不成立"}


def answer(seen: Seen, rule: Element, result: ElementResult) -> Iterator[str]:
    """What a clerk asks first: what holds, where; what was nearly it; how to write it."""
    found = Found(seen.document, rule)
    yield from _evidence(seen, result)
    yield from _choices(seen, rule, rule.met, found, "达标")
    if result.verdict != "met":
        yield from _choices(seen, rule, rule.weak, found, "薄弱")
        yield from _nearly(seen, rule, found, result)
        yield from candidates(seen, result)
        yield from ("", "怎样写", f"  {rule.advice}", f"  例如：“{words.message(rule.model)}”")
    yield from ("", MORE)


def _evidence(seen: Seen, result: ElementResult) -> Iterator[str]:
    if not result.evidence:
        return
    more = f"（前 {_PLACES} 处，共 {len(result.evidence)} 处）" if len(result.evidence) > _PLACES else ""
    yield from ("", f"依据{more}")
    for item in result.evidence[:_PLACES]:
        yield f"  {place(item)}“{short(seen.mask.quote(item))}”"


def _choices(seen: Seen, rule: Element, condition: Check, found: Found, verdict: str) -> Iterator[str]:
    """The conditions of a verdict of which any is enough; where one holds, those that do not are left out."""
    choices = words.choices(condition)
    told = [(holds(choice, found, seen.document), words.check(choice, rule, seen.pack)) for choice in choices]
    enough = [item for item in told if item[0]]
    yield from ("", f"“{verdict}”的情形（有一种就够）" if len(choices) > 1 else f"“{verdict}”的情形")
    shown = (enough or told)[:_CHOICES]
    for held, text in shown:
        yield f"  {_MARKS[held]}：{text}"
    if rest := len(enough or told) - len(shown):
        yield f"  另有 {rest} 种{_MARKS[bool(enough)]}"


def _nearly(seen: Seen, rule: Element, found: Found, result: ElementResult) -> Iterator[str]:
    refused = nearest(seen, rule, found, result)
    if refused:
        yield from ("", "看上去像、没有算的地方")
    for hit in sorted(refused):
        yield f"  {told_place(seen, hit)}——{told_refusal(seen, hit, *refused[hit])}"


def nearest(seen: Seen, rule: Element, found: Found, result: ElementResult) -> dict[Hit, tuple[Clue, clues.Refusal]]:
    """The places that look most like evidence and are none, with the clue and why: those in the right part of the
    report first, the longest wording first, one a sentence."""
    refused: dict[Hit, tuple[Clue, clues.Refusal]] = {}
    for name, clue in rule.clues.items():
        for hit, why in refusals(seen, rule, name, found[name]):
            if len(_HAN.findall(seen.document.view.text, *hit)) >= _LEAST:
                refused.setdefault(hit, (clue, why))
    shown = [(item.start, item.end) for item in result.evidence]
    chosen: list[Hit] = []
    for hit in sorted(refused, key=lambda hit: (refused[hit][1].kind in ("in", "place"), hit[0] - hit[1], hit)):
        start, end = seen.document.view.to_source(*hit)
        counts = any(one < end and start < other for one, other in shown)
        if len(chosen) < _PLACES and not counts and not _shares_a_sentence(seen, hit, chosen):
            chosen.append(hit)
    return {hit: refused[hit] for hit in chosen}


def _shares_a_sentence(seen: Seen, hit: Hit, others: list[Hit]) -> bool:
    sentence_at = seen.document.layout.sentence_at
    return any(sentence_at(hit[0]) == sentence_at(other[0]) for other in others)


def candidates(seen: Seen, result: ElementResult) -> Iterator[str]:
    """Passages that may be meant, and why they do not count."""
    if result.candidates:
        yield from ("", "可能有关的段落（只供参考，不是依据）")
        for item in result.candidates:
            yield f"  {place(item)}“{short(seen.mask.quote(item))}”：{item.note}"
