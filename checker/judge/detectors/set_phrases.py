"""Set phrases: wordings the rule corrects, and lists of members that lack one, name a wrong one or are out of order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.context import names
from checker.context.document import Document
from checker.judge.detectors import phrases
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.places import overlaps, starts_at, tell, words
from checker.judge.elements import year_matches
from checker.models.rule import FindingRule, RulePack

_WRONG = -1
_NAME = -2
_UNLESS = -3
_NAME_REACH = 12  # how far from a list its name may stand
_FOREIGN = 12  # how long an item may be that does not belong to the set
_BREAKS = frozenset("。;!?\n")


class _Item(NamedTuple):
    start: int
    end: int
    member: int


class _Run(NamedTuple):
    """Members that stand one after another; ``foreign`` where something else is listed among them."""

    items: list[_Item]
    foreign: bool


def detect(document: Document, rule: FindingRule, pack: RulePack) -> list[Fault]:
    """The rule's corrections, then each list that its set phrases do not let stand."""
    faults = phrases.detect(document, rule, pack)
    for number, phrase_set in enumerate(rule.sets):
        if phrase_set.years and (document.year is None or not year_matches(phrase_set.years, document.year)):
            continue
        for run in _runs(document.view.text, _items(document, rule, number), phrase_set.gap):
            fault = _judge(document, rule, number, run)
            if fault:
                faults.append(fault)
    return faults


def _items(document: Document, rule: FindingRule, number: int) -> list[_Item]:
    """The members of a set in the order of the text, of overlapping ones the first and longest."""
    found = [
        _Item(start, end, member)
        for member in range(_WRONG, len(rule.sets[number].members))
        for start, end in document.hits.get(names.member(rule.id, number, member), ())
    ]
    kept: list[_Item] = []
    for item in sorted(found, key=lambda i: (i.start, -i.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _runs(text: str, items: list[_Item], gap: int) -> Iterator[_Run]:
    """Items that follow one another, at most ``gap`` characters or one foreign item apart; a member twice parts runs."""
    current: list[_Item] = []
    foreign = False
    for item in items:
        link = _link(text, current[-1].end, item.start, gap) if current else None
        repeated = item.member >= 0 and any(item.member == other.member for other in current)
        if link is None or repeated:
            if len(current) > 1:
                yield _Run(current, foreign)
            current, foreign = [], False
        else:
            foreign = foreign or link == "foreign"
        current.append(item)
    if len(current) > 1:
        yield _Run(current, foreign)


def _link(text: str, start: int, end: int, gap: int) -> str | None:
    """How two members hang together: ``joined``, by a ``foreign`` item between them, or not at all."""
    between = end - start
    if between > max(gap, _FOREIGN):
        return None
    stretch = text[start:end]
    if any(mark in _BREAKS for mark in stretch):
        return None
    if between <= gap:
        return "joined"
    listed = stretch[0] in "、," and stretch[-1] in "、," and not any(mark in "、," for mark in stretch[1:-1])
    return "foreign" if listed else None


def _judge(document: Document, rule: FindingRule, number: int, run: _Run) -> Fault | None:
    """What is wrong with one list: a wrong member, else a missing one, else the order."""
    phrase_set, items = rule.sets[number], run.items
    named = _is_named(document, rule, number, items)
    least = phrase_set.least_named if named else phrase_set.least
    if least is None or len(items) < least:
        return None
    allowed = document.hits.get(names.member(rule.id, number, _UNLESS), [])
    if allowed and overlaps(allowed, items[0].start, items[-1].end):
        return None
    present = [item.member for item in items if item.member >= 0]
    wrong = [document.view.text[item.start : item.end] for item in items if item.member == _WRONG]
    missing = [phrases_[0] for index, phrases_ in enumerate(phrase_set.members) if index not in present]
    abridged = starts_at(words(document, rule, "abridged"), items[-1].end)
    if not present:
        return None
    if wrong and missing and phrase_set.outdated != "ignore":
        telling, severity = "wrong-member", phrase_set.outdated
    elif missing and not abridged and phrase_set.lacking != "ignore":
        telling, severity = "lacking", (phrase_set.lacking_named if named else None) or phrase_set.lacking
    elif present != sorted(present) and phrase_set.misordered != "ignore":
        telling, severity = "misordered", phrase_set.misordered
    else:
        return None
    fixed = None if run.foreign or severity == "note" else phrase_set.right
    return tell(
        document,
        rule,
        telling,
        (items[0].start, items[-1].end),
        fixed=fixed,
        severity=severity,
        values={
            "set": phrase_set.title,
            "missing": "、".join(missing),
            "wrong": "、".join(wrong),
            "right": phrase_set.right or "、".join(phrases_[0] for phrases_ in phrase_set.members),
        },
    )


def _is_named(document: Document, rule: FindingRule, number: int, items: list[_Item]) -> bool:
    """Whether the name of a set stands beside a list: fewer of its members tell that it is the set phrase."""
    named = document.hits.get(names.member(rule.id, number, _NAME), [])
    return bool(named) and overlaps(named, items[0].start - _NAME_REACH, items[-1].end + _NAME_REACH)
