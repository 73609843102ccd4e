"""Percentages and changes that the numbers beside them belie, for the figures detector.

Four ways to tell one are read: a change against an earlier figure (1520件，比上年的1900件下降25%), a move from one figure to
another (由58件下降至63件), a part of a whole (86所中75所，占93%; 150件，办结140件，办结率98%), and shares that make up one whole
(占46%、占32%、其他占27%).  Numbers are often rounded or cut off: what is told counts as wrong only where no number they may
stand for gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from checker.context.document import Document
from checker.judge.detectors.clauses import either, in_view_form
from checker.judge.detectors.fault import Fault
from checker.models.detectors import FiguresRule
from checker.structure.view import HAN

_SCALE = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_PERCENT, _POINTS = "%", "个百分点"
_NUMBER = re.compile(
    r"(?<![\d.,第近约超逾-])(?P<value>\d{1,9}(?:\.\d{1,4})?)(?P<scale>[百千万亿]?)(?![余多\d]|\.\d)"
    rf"(?P<measure>人次|{_POINTS}|个工作日|个自然日|个{HAN}{{0,2}}|(?:{HAN}|%)?)"
)
_YEAR = re.compile(r"(?:19|20)\d\d年")
_BESIDE = r"[^,。;:、%\n]"  # what may stand between two numbers: no pause
_FAR = 40  # characters between two numbers of one telling at most
_NEAR_POINTS = 20  # a rate further from its two numbers is one of another whole
_SEPARATE = 150  # opinions of so many in a hundred answer several questions
_BEFORE = 20  # how far before a move a word may tell that its numbers cannot be compared
Kind = Literal["change", "direction", "part", "shares"]


class _Number(NamedTuple):
    """An exact number as told: the least and the most it may stand for, its decimals, what it measures, its place."""

    least: float
    most: float
    decimals: int
    measure: str
    start: int
    end: int


class _Wrong(NamedTuple):
    """What is wrong, what the numbers say instead, and the place."""

    kind: Kind
    right: str
    start: int
    end: int


class _Words(NamedTuple):
    """The words of a rule that tell changes and shares, as what stands before, between and behind numbers."""

    way: re.Pattern[str]
    rises: re.Pattern[str]
    apart: re.Pattern[str]
    ranks: re.Pattern[str]
    times: re.Pattern[str]
    rates: re.Pattern[str]
    due_rate: re.Pattern[str]
    due_deed: re.Pattern[str]
    other_whole: re.Pattern[str]
    rest: re.Pattern[str]
    against: re.Pattern[str]
    changed: re.Pattern[str]
    starting: re.Pattern[str]
    moved: re.Pattern[str]
    by: re.Pattern[str]
    within: re.Pattern[str]
    share: re.Pattern[str]
    stem: re.Pattern[str]
    next_share: re.Pattern[str]
    opinion: re.Pattern[str]
    scale: re.Pattern[str]
    told_before: re.Pattern[str]


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Percentages and changes that their own numbers belie."""
    options, text = rule.options, document.view.text
    words = _words(
        *map(in_view_form, (options.rises, options.falls, options.apart, options.ranks)),
        *map(in_view_form, (options.times, options.rates, options.shared, options.rest)),
        *map(in_view_form, (options.due_rates, options.due_plainly, options.other_whole)),
        *map(in_view_form, (options.opinions, options.opinion_scale)),
    )
    numbers = list(_numbers(text, words))
    for wrong in (
        *_of_neighbours(text, numbers, words),
        *_of_shares(text, numbers, words),
        *_of_opinions(text, numbers, words),
    ):
        place = document.view.to_source(wrong.start, wrong.end)
        message, advice = options.say.get(wrong.kind), options.say.get("ratio-advice")
        yield Fault(*place, message=message, advice=advice, values={"right": wrong.right})


@lru_cache(maxsize=16)
def _words(
    rises: tuple[str, ...],
    falls: tuple[str, ...],
    apart: tuple[str, ...],
    ranks: tuple[str, ...],
    times: tuple[str, ...],
    rates: tuple[str, ...],
    shared: tuple[str, ...],
    rest: tuple[str, ...],
    due_rates: tuple[str, ...],
    plainly: tuple[str, ...],
    other_whole: tuple[str, ...],
    opinions: tuple[str, ...],
    scale: tuple[str, ...],
) -> _Words:
    way, share = either((*rises, *falls)), f"(?:{either(shared)})(?:为|达到?|到)?"
    return _Words(
        way=re.compile(way),
        rises=re.compile(either(rises)),
        apart=re.compile(either(apart)),
        ranks=re.compile(either(ranks)),
        times=re.compile(either(times)),
        rates=re.compile(either(rates)),
        due_rate=re.compile(f"{_BESIDE}{{0,4}}[,、](?P<deed>{either(due_rates)})率(?:为|达到?)?"),
        due_deed=re.compile(f"(?:{either(plainly)})*(?P<deed>{either(due_rates)})(?:{either(plainly)})*"),
        other_whole=re.compile(rf"[(,][^()。;\n]{{0,20}}?(?:{either(other_whole)})"),
        rest=re.compile(either(rest)),
        against=re.compile(rf"{_BESIDE}{{0,8}},?同?[比较]{_BESIDE}{{0,20}}"),
        changed=re.compile(rf"{_BESIDE}{{0,4}}?(?P<way>{way})了?"),
        starting=re.compile(rf"[由从]{_BESIDE}{{0,20}}\Z"),
        moved=re.compile(rf"{_BESIDE}{{0,8}}?(?P<way>{way})[到至为成]{_BESIDE}{{0,20}}"),
        by=re.compile(rf"{_BESIDE}{{0,4}}[,、](?:{way})(?:幅度?|率)?[了达为]?"),
        within=re.compile(rf"{_BESIDE}{{0,10}}中,?{_BESIDE}{{0,12}}"),
        share=re.compile(rf"{_BESIDE}{{0,14}},?{share}"),
        stem=re.compile(rf"{_BESIDE}{{0,10}}[,、](?:其中)?(?P<stem>{_BESIDE}{{2,6}})"),
        next_share=re.compile(rf"、?{_BESIDE}{{1,16}}{share}"),
        opinion=re.compile(rf"[,、;]?{_BESIDE}{{0,6}}(?:{either(opinions)}){_BESIDE}{{1,12}}{share}"),
        scale=re.compile(either(scale)),
        told_before=re.compile(rf"(?:{way})了?(?P<value>\d{{1,7}})(?P<measure>{HAN})[,(]\Z"),
    )


def _numbers(text: str, words: _Words) -> Iterator[_Number]:
    """The exact numbers of a text, years left aside: one with decimals or in 万 was rounded or cut off."""
    for match in _NUMBER.finditer(text):
        if _YEAR.match(text, match.start()):
            continue
        decimals = len(match["value"].partition(".")[2])
        scale = _SCALE[match["scale"]]
        slack = 10.0**-decimals if decimals or scale > 1 else 0.0
        value, bare = float(match["value"]), words.way.match(text, match.end("scale"))
        yield _Number(
            (value - slack) * scale,
            (value + slack) * scale,
            decimals,
            "" if bare else match["measure"],
            match.start(),
            match.end("scale") if bare else match.end(),
        )


def _of_neighbours(text: str, numbers: Sequence[_Number], words: _Words) -> Iterator[_Wrong]:
    """What two numbers and the one behind them say wrongly."""
    for first, second, third in zip(numbers, numbers[1:], [*numbers[2:], None], strict=False):
        if second.start - first.end > _FAR or first.measure != second.measure:
            continue
        joint = text[first.end : second.start]
        behind = text[second.end : third.start] if third and third.start - second.end <= _FAR else "\n"
        wrong = _moved(text, joint, behind, (first, second, third), words)
        if wrong is None and third is not None:
            wrong = _compared(joint, behind, (first, second, third), words)
            wrong = wrong or _part(text, joint, behind, (first, second, third), words)
        if wrong is not None:
            yield wrong


def _moved(
    text: str, joint: str, behind: str, numbers: tuple[_Number, _Number, _Number | None], words: _Words
) -> _Wrong | None:
    """A move from one figure to another (由12项精简为10项，减少3项): its direction, and how much it is told to be."""
    then, now, told = numbers
    move = words.moved.fullmatch(joint)
    begin = words.starting.search(text, max(0, then.start - _BEFORE), then.start) if move else None
    if not move or not begin or words.apart.search(text, _clause_before(text, begin.start()), now.end):
        return None
    if words.way.search(begin[0]) or words.way.search(joint, move.end("way")):
        return None  # from a rise of so much to a fall of so much
    rises = words.rises.fullmatch(move["way"]) is not None
    if _runs_back(then, now, rises, words):
        return _Wrong("direction", "", begin.start(), now.end)
    before = words.told_before.search(text, max(0, begin.start() - _BEFORE), begin.start())
    if before and before["measure"] == now.measure and not then.decimals and not now.decimals:
        value = float(before["value"])
        wrong = _change(then, now, now._replace(least=value, most=value), rises, before.start())
        return wrong and wrong._replace(end=now.end)
    if told is None or not words.by.fullmatch(behind):
        return None
    return _change(then, now, told, rises, begin.start())


def _clause_before(text: str, offset: int) -> int:
    """From where on the clause that an offset stands in is read."""
    low = max(0, offset - _BEFORE)
    return low + 1 + max(text[low:offset].rfind(mark) for mark in ",;。\n")


def _compared(joint: str, behind: str, numbers: tuple[_Number, _Number, _Number], words: _Words) -> _Wrong | None:
    """A change against an earlier figure (1520件，比上年的1900件下降25%)."""
    now, then, told = numbers
    change = words.changed.fullmatch(behind) if words.against.fullmatch(joint) else None
    if change is None or words.way.search(joint) or words.apart.search(joint):
        return None
    rises = words.rises.fullmatch(change["way"]) is not None
    if _runs_back(then, now, rises, words):
        return _Wrong("direction", "", now.start, told.end)
    return _change(then, now, told, rises, now.start)


def _runs_back(then: _Number, now: _Number, rises: bool, words: _Words) -> bool:
    """Whether a rise leads to a smaller number, or a fall to a larger one; speed that rises takes less time, and the
    first rank is the highest."""
    if words.ranks.fullmatch(now.measure):
        return False
    if rises:
        return now.most < then.least and not words.times.fullmatch(now.measure)
    return now.least > then.most


def _change(then: _Number, now: _Number, told: _Number, rises: bool, start: int) -> _Wrong | None:
    """A change told as a percentage, in points or as a number, that the two figures do not give."""
    sign = 1 if rises else -1
    pairs = [(a, b) for a in (then.least, then.most) for b in (now.least, now.most)]
    if told.measure == _PERCENT and now.measure != _PERCENT and then.least > 0:
        changes = [sign * (b / a - 1) * 100 for a, b in pairs]
    elif told.measure == (_POINTS if now.measure == _PERCENT else now.measure):
        changes = [sign * (b - a) for a, b in pairs]
    else:
        return None
    slack = 10.0**-told.decimals if told.measure in (_PERCENT, _POINTS) else 0.0
    if told.least <= max(changes) + slack and told.most >= min(changes) - slack:
        return None
    return _Wrong("change", _told(sum(changes) / len(changes), told.measure), start, told.end)


def _part(
    text: str, joint: str, behind: str, numbers: tuple[_Number, _Number, _Number], words: _Words
) -> _Wrong | None:
    """A part of a whole (86所中75所，占93%), or what was done of it (150件，办结140件，办结率98%)."""
    whole, part, told = numbers
    if told.measure != _PERCENT or not part.measure or part.least > whole.most or whole.least <= 0:
        return None
    stem = words.stem.fullmatch(joint)
    rate = (
        stem is not None
        and words.rates.fullmatch(stem["stem"])
        and re.fullmatch(rf"{_BESIDE}{{0,4}}[,、]{re.escape(stem['stem'])}率(?:为|达到?|均为)?", behind)
    )
    due = _is_due_rate(stem, behind, numbers, words) and not words.other_whole.match(text, told.end)
    if not (rate or due or (words.within.fullmatch(joint) and words.share.fullmatch(behind))):
        return None
    least, most = part.least / whole.most * 100, part.most / whole.least * 100
    slack = 10.0**-told.decimals
    if told.least < most + slack and told.most > least - slack:
        return None
    return _Wrong("part", _told((least + most) / 2, _PERCENT), whole.start, told.end)


def _is_due_rate(
    stem: re.Match[str] | None, behind: str, numbers: tuple[_Number, _Number, _Number], words: _Words
) -> bool:
    """Whether a rate that may be one of what was due (办结率) can only be that of the two numbers: they tell the deed it
    names and no narrower one, it is no round hundred, and it comes near them."""
    named = words.due_rate.fullmatch(behind)
    done = words.due_deed.fullmatch(stem["stem"]) if named and stem else None
    if named is None or done is None or done["deed"] != named["deed"]:
        return False
    whole, part, told = numbers
    return told.most < 100 and abs(part.most / whole.most * 100 - told.most) <= _NEAR_POINTS


def _of_opinions(text: str, numbers: Sequence[_Number], words: _Words) -> Iterator[_Wrong]:
    """Shares of those who answered so and so, told one after another, that are more than all."""
    run: list[_Number] = []
    start = 0
    for number in (*numbers, None):
        last = run[-1].end if run else max(0, number.start - _FAR) if number else 0
        lead = words.opinion.search(text, last, number.start) if number and number.measure == _PERCENT else None
        if number and lead and lead.end() == number.start and (not run or lead.start() == last):
            start = start if run else lead.start() + (text[lead.start()] in ",、;")
            run.append(number)
            continue
        of_one_question = len(run) > 2 and words.scale.search(text, start, run[-1].start) is not None
        if of_one_question and 100 + len(run) * 0.5 < sum(share.least for share in run) < _SEPARATE:
            yield from _unlike_whole(run, start)
        run = []


def _of_shares(text: str, numbers: Sequence[_Number], words: _Words) -> Iterator[_Wrong]:
    """Shares of one whole that do not make it up: told one after another, the last of them the rest."""
    run: list[_Number] = []
    start = 0
    for number in numbers:
        last = run[-1].end if run else max(0, number.start - _FAR)
        lead = words.next_share.search(text, last, number.start) if number.measure == _PERCENT else None
        if lead is None or lead.end() != number.start or (run and lead.start() != last):
            run = []
            continue
        start = start if run else lead.start() + (text[lead.start()] == "、")
        run.append(number)
        if words.rest.search(lead[0]):
            if len(run) > 2:
                yield from _unlike_whole(run, start)
            run = []


def _unlike_whole(shares: Sequence[_Number], start: int) -> Iterator[_Wrong]:
    least, most = sum(share.least for share in shares), sum(share.most for share in shares)
    slack = 0.5 * sum(10.0**-share.decimals for share in shares)
    total = (least + most) / 2
    if abs(total - 100) > slack + 0.001:
        yield _Wrong("shares", _told(total, _PERCENT), start, shares[-1].end)


def _told(value: float, unit: str) -> str:
    """A number as people write it, with its unit."""
    return f"{round(abs(value), 1):g}{unit}"
