"""Percentages and changes that the numbers beside them belie, for the figures detector.

Three ways to tell one are read here: a change against an earlier figure (1520件，比上年的1900件下降25%), a move from one figure
to another (由58件下降至63件), and a part of a whole (86所中75所，占93%; 150件，办结140件，办结率98%).  Numbers are often rounded or
cut off: what is told counts as wrong only where no number they may stand for gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from checker.context.document import Document
from checker.judge.detectors.clauses import Patterns, either, in_view_form
from checker.judge.detectors.exact_numbers import BESIDE, FAR, PERCENT, POINTS, Number, Wrong, read_numbers, written
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.shares import share_words, wrong_shares
from checker.models.detectors import FiguresOptions, FiguresRule
from checker.structure.view import HAN

_WORDS = (
    "rises", "falls", "apart", "ranks", "times", "rates", "shared", "due_rates", "due_plainly", "due_said", "other_whole",
    "of_which", "earlier", "compared", "planned", "carried_out", "achieved",
)  # fmt: skip
_NEAR_POINTS = 20  # a rate further from its two numbers is one of another whole
_EARLIER = 4  # numbers before a whole of which a share may be told
_BEFORE = 20  # how far before a move a word may tell that its numbers cannot be compared


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Percentages and changes that their own numbers belie."""
    options, text = rule.options, document.view.text
    words = _words(*(in_view_form(_listed(options, name, document.year)) for name in _WORDS))
    numbers = list(read_numbers(text, words.way))
    for wrong in (*_of_neighbours(text, numbers, words), *wrong_shares(text, numbers, options)):
        place = document.view.to_source(wrong.start, wrong.end)
        message, advice = options.say.get(wrong.kind), options.say.get("ratio-advice")
        yield Fault(*place, message=message, advice=advice, values={"right": wrong.right})


def _listed(options: FiguresOptions, name: str, year: int | None) -> list[str]:
    """A list of the rule; the year before the report's is an earlier one by its number too."""
    last = [f"{year - 1}年"] if name == "earlier" and year is not None else []
    return [*getattr(options, name), *last]


@lru_cache(maxsize=16)
def _words(*lists: tuple[str, ...]) -> Patterns:
    """What stands before, between and behind numbers, made of the lists of ``_WORDS``."""
    listed = dict(zip(_WORDS, lists, strict=True))
    of = {name: either(words) for name, words in listed.items()}
    way, share = either((*listed["rises"], *listed["falls"])), share_words(listed["shared"])
    then = f"(?:{of['compared']})"
    said = {deed: tuple(also.split("/")) for deed, _, also in (item.partition("|") for item in listed["due_said"])}
    return Patterns(
        way=way,
        rises=of["rises"],
        apart=of["apart"],
        ranks=of["ranks"],
        times=of["times"],
        rates=of["rates"],
        due_rate=f"{BESIDE}{{0,4}}[,、](?P<deed>{of['due_rates']})率(?:为|达到?)?",
        due_deed=f"(?:{of['due_plainly']})*(?P<deed>{of['due_rates']})(?:{of['due_plainly']})*",
        other_whole=rf"[(,][^()。;\n]{{0,20}}?(?:{of['other_whole']})",
        against=rf"{BESIDE}{{0,8}},?同?[比较]{BESIDE}{{0,20}}",
        changed=rf"(?:{BESIDE}{{0,4}}?|,{then})(?P<way>{way})了?",
        starting=rf"[由从]{BESIDE}{{0,20}}\Z",
        moved=rf"{BESIDE}{{0,8}}?(?P<way>{way})[到至为成]{BESIDE}{{0,20}}",
        by=rf"{BESIDE}{{0,4}}[,、](?P<then>{then})?(?:{way})(?:幅度?|率)?[了达为]?",
        within=rf"{BESIDE}{{0,10}}中,?{BESIDE}{{0,12}}",
        share=rf"{BESIDE}{{0,14}},?{share}",
        stem=rf"{BESIDE}{{0,10}}[,、](?:其中)?(?P<stem>{BESIDE}{{2,6}})",
        told_before=rf"(?:{way})了?(?P<value>\d{{1,7}})(?P<measure>{HAN})[,(]\Z",
        earlier=of["earlier"],
        was=rf"{BESIDE}{{0,8}},(?:{of['earlier']}){BESIDE}{{0,4}}",
        grown=rf"{BESIDE}{{0,4}},(?:{then})(?P<way>{way})了?",
        had=rf"[,(][比较]?(?:{of['earlier']})[为是的]?",
        among=rf"{BESIDE}{{0,8}},(?:{of['of_which']}),?{BESIDE}{{1,14}}",
        bare_share=rf"[,(]{share}",
        rate_within="|".join(_rate_within(deed, said.get(deed, ()), of["due_plainly"]) for deed in listed["due_rates"])
        or "(?!)",
        done=rf"{BESIDE}{{0,6}}[,、](?:{of['carried_out']}){BESIDE}{{0,8}}",
        planned=rf"(?:{of['planned']}){BESIDE}{{1,12}}\Z",
        achieved=rf"{BESIDE}{{0,6}}[,、](?:{of['achieved']})率(?:为|达到?)?",
    )


def _rate_within(deed: str, aliases: tuple[str, ...], plainly: str) -> str:
    """A deed, or what it is called too, told plainly, and its rate behind it (取得证书，持证率为)."""
    told = f"(?:{plainly})*(?:{either((deed, *aliases))})(?:{plainly})*"
    return rf"{told}[,、]{re.escape(deed)}率(?:为|达到?)?"


def _of_neighbours(text: str, numbers: Sequence[Number], words: Patterns) -> Iterator[Wrong]:
    """What two numbers and the one behind them say wrongly."""
    for index, (first, second, third) in enumerate(zip(numbers, numbers[1:], [*numbers[2:], None], strict=False)):
        if third is not None and second.measure == PERCENT and first.measure == third.measure:
            yield from _grown(text, (first, second, third), words)
        if second.start - first.end > FAR or first.measure != second.measure:
            continue
        joint = text[first.end : second.start]
        behind = text[second.end : third.start] if third and third.start - second.end <= FAR else "\n"
        wrong = _moved(text, joint, behind, (first, second, third), words)
        if wrong is None and third is not None:
            wrong = _compared(joint, behind, (first, second, third), words)
            wrong = wrong or _part(text, joint, behind, (first, second, third), words)
            earlier = numbers[max(0, index - _EARLIER) : index]
            wrong = wrong or _share_of_which(behind, joint, earlier, (first, second, third), words)
        if wrong is not None:
            yield wrong


def _moved(
    text: str, joint: str, behind: str, numbers: tuple[Number, Number, Number | None], words: Patterns
) -> Wrong | None:
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
        return Wrong("direction", "", begin.start(), now.end)
    before = words.told_before.search(text, max(0, begin.start() - _BEFORE), begin.start())
    if before and before["measure"] == now.measure and not then.decimals and not now.decimals:
        value = float(before["value"])
        wrong = _change(then, now, now._replace(least=value, most=value), rises, before.start())
        return wrong and wrong._replace(end=now.end)
    by = words.by.fullmatch(behind)
    if told is None or by is None or (by["then"] and len(begin[0]) > 1 and not words.earlier.search(begin[0])):
        return None
    return _change(then, now, told, rises, begin.start())


def _grown(text: str, numbers: tuple[Number, Number, Number], words: Patterns) -> Iterator[Wrong]:
    """A change told before the earlier figure (863万元，同比增长12%，上年为963万元)."""
    now, told, then = numbers
    change = words.grown.fullmatch(text, now.end, told.start)
    if change is None or now.measure == PERCENT or not words.had.fullmatch(text, told.end, then.start):
        return
    rises = words.rises.fullmatch(change["way"]) is not None
    if _runs_back(then, now, rises, words):
        yield Wrong("direction", "", now.start, then.end)
    elif wrong := _change(then, now, told, rises, now.start):
        yield wrong._replace(end=then.end)


def _clause_before(text: str, offset: int) -> int:
    """From where on the clause that an offset stands in is read."""
    low = max(0, offset - _BEFORE)
    return low + 1 + max(text[low:offset].rfind(mark) for mark in ",;。\n")


def _compared(joint: str, behind: str, numbers: tuple[Number, Number, Number], words: Patterns) -> Wrong | None:
    """A change against an earlier figure (1520件，比上年的1900件下降25%)."""
    now, then, told = numbers
    against = words.against.fullmatch(joint) or words.was.fullmatch(joint)
    change = words.changed.fullmatch(behind) if against else None
    if change is None or words.way.search(joint) or words.apart.search(joint):
        return None
    rises = words.rises.fullmatch(change["way"]) is not None
    if _runs_back(then, now, rises, words):
        return Wrong("direction", "", now.start, told.end)
    return _change(then, now, told, rises, now.start)


def _runs_back(then: Number, now: Number, rises: bool, words: Patterns) -> bool:
    """Whether a rise leads to a smaller number, or a fall to a larger one; speed that rises takes less time, and the
    first rank is the highest."""
    if words.ranks.fullmatch(now.measure):
        return False
    if rises:
        return now.most < then.least and not words.times.fullmatch(now.measure)
    return now.least > then.most


def _change(then: Number, now: Number, told: Number, rises: bool, start: int) -> Wrong | None:
    """A change told as a percentage, in points or as a number, that the two figures do not give."""
    sign = 1 if rises else -1
    pairs = [(a, b) for a in (then.least, then.most) for b in (now.least, now.most)]
    if told.measure == PERCENT and now.measure != PERCENT and then.least > 0:
        changes = [sign * (b / a - 1) * 100 for a, b in pairs]
    elif told.measure == (POINTS if now.measure == PERCENT else now.measure):
        changes = [sign * (b - a) for a, b in pairs]
    else:
        return None
    slack = 10.0**-told.decimals if told.measure in (PERCENT, POINTS) else 0.0
    if told.least <= max(changes) + slack and told.most >= min(changes) - slack:
        return None
    return Wrong("change", written(sum(changes) / len(changes), told.measure), start, told.end)


def _part(text: str, joint: str, behind: str, numbers: tuple[Number, Number, Number], words: Patterns) -> Wrong | None:
    """A part of a whole (86所中75所，占93%), or what was done of it (150件，办结140件，办结率98%)."""
    whole, part, told = numbers
    if told.measure != PERCENT or not part.measure or part.least > whole.most or whole.least <= 0:
        return None
    stem = words.stem.fullmatch(joint)
    rate = (
        stem is not None
        and words.rates.fullmatch(stem["stem"])
        and re.fullmatch(rf"{BESIDE}{{0,4}}[,、]{re.escape(stem['stem'])}率(?:为|达到?|均为)?", behind)
    )
    share = words.share.fullmatch(behind) and words.within.fullmatch(joint)
    due = _is_due_rate(stem, behind, words) or _is_rate_within(joint, behind, words)
    due = due or _is_of_plan(text, joint, behind, whole, words)
    if not (rate or share or (due and _can_be_held(text, numbers, words))) or _fits(whole, part, told):
        return None
    least, most = part.least / whole.most * 100, part.most / whole.least * 100
    return Wrong("part", written((least + most) / 2, PERCENT), whole.start, told.end)


def _fits(whole: Number, part: Number, told: Number) -> bool:
    """Whether a percentage can be that of a part in its whole, as far as rounding tells."""
    least, most, slack = part.least / whole.most * 100, part.most / whole.least * 100, 10.0**-told.decimals
    return told.least < most + slack and told.most > least - slack


def _share_of_which(
    behind: str, joint: str, earlier: Sequence[Number], numbers: tuple[Number, Number, Number], words: Patterns
) -> Wrong | None:
    """So many, of which so many, with their share (62万元，其中罚款45万元，占82%); the whole may stand further back."""
    whole, part, told = numbers
    if told.measure != PERCENT or not words.bare_share.fullmatch(behind) or not words.among.fullmatch(joint):
        return None
    wholes = [number for number in (*earlier, whole) if number.measure == part.measure and number.least > 0]
    wholes += [_together(wholes[start:]) for start in range(len(wholes) - 1)]
    if not part.measure or part.most > whole.least or any(_fits(number, part, told) for number in wholes):
        return None
    return Wrong(
        "part", written((part.least + part.most) / (whole.least + whole.most) * 100, PERCENT), whole.start, told.end
    )


def _together(numbers: Sequence[Number]) -> Number:
    """Several numbers told one after another, as one."""
    least, most = sum(number.least for number in numbers), sum(number.most for number in numbers)
    return numbers[-1]._replace(least=least, most=most)


def _is_due_rate(stem: re.Match[str] | None, behind: str, words: Patterns) -> bool:
    """Whether a rate that may be one of what was due (办结率) is that of two numbers: they tell the deed it names and no
    narrower one."""
    named = words.due_rate.fullmatch(behind)
    done = words.due_deed.fullmatch(stem["stem"]) if named and stem else None
    return named is not None and done is not None and done["deed"] == named["deed"]


def _is_rate_within(joint: str, behind: str, words: Patterns) -> bool:
    """Whether a rate names what so many of so many did (18名中，12名已取得证书，持证率为67%)."""
    return bool(words.within.fullmatch(joint) and words.rate_within.fullmatch(behind))


def _is_of_plan(text: str, joint: str, behind: str, whole: Number, words: Patterns) -> bool:
    """Whether a rate is that of what was planned and what was done (计划60卷，实际54卷，完成率90%)."""
    if not words.achieved.fullmatch(behind) or not words.done.fullmatch(joint):
        return False
    return words.planned.search(text, max(0, whole.start - _BEFORE), whole.start) is not None


def _can_be_held(text: str, numbers: tuple[Number, Number, Number], words: Patterns) -> bool:
    """Whether a rate that may have another whole must be that of two numbers: it is no round hundred, it comes near
    them, and no other whole is told behind it."""
    whole, part, told = numbers
    near = abs(part.most / whole.most * 100 - told.most) <= _NEAR_POINTS
    return told.most < 100 and near and not words.other_whole.match(text, told.end)
