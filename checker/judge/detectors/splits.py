"""Small sums that the text itself tells, for the figures detector: so many of whom some passed and some failed, so many
courses of so many people, so many papers that are then named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Literal

from checker.context.document import Document
from checker.judge.detectors.clauses import either, in_view_form
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.parts import pairs_of
from checker.models.detectors import FiguresRule

_NUMBER = r"(?<![\d.近超逾约第])(?<!\d,)(?P<{0}>\d{{1,6}})(?![\d.余多万亿千百%])"
_BESIDE, _PAUSED = r"[^,。;:、()\d\n]", r"[^。;:()\d\n]"
_NAMES = r"《[^《》\n]{2,60}》(?:[、,]?[^《》,。;:、\d\n]{0,5}《[^《》\n]{2,60}》)*"
_NEVER = re.compile("(?!)")
_BEHIND = 12  # characters behind that may tell more
Kind = Literal["sum", "product", "listed"]
_SEVERAL = 3  # times what the courses give, so many may have been taught: a slip, not another count


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Two parts that are more than their whole, products that are told otherwise, names that are not so many as told."""
    yield from _parts(document, rule)
    yield from _done_and_not(document, rule)
    yield from _courses(document, rule)
    yield from _teams(document, rule)
    yield from _papers(document, rule)


def _parts(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Two parts of a whole that exclude each other: together they are too many, though neither is."""
    options, text = rule.options, document.view.text
    pairs = _pairs(in_view_form(options.pairs))
    words = map(in_view_form, (options.measures, options.people, options.among, options.also, options.grades))
    also = _also(*words) if any(word in text for word in in_view_form(options.also)) else _NEVER
    both = [pair for pair in pairs if pair[0] in text and pair[1] in text]
    outcomes = _outcomes(in_view_form(options.people), tuple(sorted({*chain(*both)}))) if both else _NEVER
    for match in chain(also.finditer(text), outcomes.finditer(text)):
        excluding = match.re is also or (match["first"], match["second"]) in pairs
        aside = any(word in text[match.start() : match.end("part")] for word in in_view_form(options.bounds_aside))
        if excluding and not aside:
            yield from _too_many(document, rule, match, int(match["part"]), int(match["other"]))


def _done_and_not(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """So many of which so many have something and so many have it not yet: together they are too many."""
    options, text = rule.options, document.view.text
    if not any(word in text for word in in_view_form(options.not_yet)):
        return
    words = map(in_view_form, (options.measures, options.done_already, options.not_yet, options.still))
    for match in _both_states(*words).finditer(text):
        done, left = (int(match[name] or match[f"{name}_after"]) for name in ("part", "other"))
        yield from _too_many(document, rule, match, done, left)


def _too_many(document: Document, rule: FiguresRule, match: re.Match[str], part: int, other: int) -> Iterator[Fault]:
    """Two parts that are more than their whole, though neither is."""
    total, measure = int(match["whole"]), match["measure"]
    if max(part, other) <= total < part + other:
        yield _fault(document, rule, match, "sum", total=f"{total}{measure}", sum=f"{part + other}{measure}")


def _courses(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """So many courses of so many people each, and a sum that is not their product."""
    options, text = rule.options, document.view.text
    turns = tuple(turn for turn in in_view_form(options.turns) if f"每{turn}" in text)
    if not turns:
        return
    words = map(in_view_form, (options.sums, options.taught, options.people))
    for match in _turns(turns, *words).finditer(text):
        if any(word in text[match.end() : match.end() + _BEHIND] for word in in_view_form(options.absent)):
            continue
        product, told = int(match["turns"]) * int(match["each"]), int(match["told"])
        if told != product and product <= told * _SEVERAL and told <= product * _SEVERAL:
            yield _fault(document, rule, match, "product", right=f"{product}{match['unit']}")


def _teams(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """So many teams of so many people each, and a sum that is not their product."""
    options, text = rule.options, document.view.text
    if not any(word in text for word in in_view_form(options.teams)):
        return
    words = map(in_view_form, (options.team_measures, options.teams, options.sums, options.people))
    for match in _team_words(*words).finditer(text):
        product = int(match["turns"]) * int(match["each"])
        if int(match["told"]) != product:
            yield _fault(document, rule, match, "product", right=f"{product}{match['unit']}")


def _papers(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """So many papers, and another number of names behind them."""
    options, text = rule.options, document.view.text
    namely = tuple(word for word in in_view_form(options.namely) if f"{word}《" in text)
    for match in _named(in_view_form(options.papers), namely).finditer(text) if namely else ():
        listed = match["names"].count("《")
        rest = text[match.end() : match.end() + _BEHIND]
        more = any(word in rest for word in in_view_form(options.more_to_come))
        if listed > 1 and listed != int(match["number"]) and not more:
            yield _fault(document, rule, match, "listed", number=match["number"], listed=str(listed))


def _fault(document: Document, rule: FiguresRule, match: re.Match[str], kind: Kind, **values: str) -> Fault:
    say = rule.options.say
    advices: dict[Kind, str | None] = {
        "sum": say.get("sum-advice"),
        "product": say.get("ratio-advice"),
        "listed": say.get("names-advice"),
    }
    return Fault(*document.view.to_source(*match.span()), say.get(kind), advices[kind], values=values)


@lru_cache(maxsize=16)
def _pairs(pairs: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Outcomes that exclude each other, in either order."""
    halves = pairs_of(pairs)
    return frozenset(halves) | {(b, a) for a, b in halves}


@lru_cache(maxsize=16)
def _also(
    measures: tuple[str, ...],
    people: tuple[str, ...],
    among: tuple[str, ...],
    also: tuple[str, ...],
    grades: tuple[str, ...],
) -> re.Pattern[str]:
    grade = f"{_BESIDE}{{0,8}}(?:{either(grades)})"
    same = f"(?:(?P=measure)|(?:{either(people)}))"
    whole = f"{_NUMBER.format('whole')}(?P<measure>{either(measures)}){_BESIDE}{{0,16}}(?:{either(among)})"
    parts = f"{_NUMBER.format('part')}{same}{grade}{_BESIDE}{{0,4}},(?:{either(also)}){_NUMBER.format('other')}{same}(?={grade})"
    return re.compile(whole + parts)


@lru_cache(maxsize=16)
def _both_states(
    measures: tuple[str, ...], already: tuple[str, ...], not_yet: tuple[str, ...], still: tuple[str, ...]
) -> re.Pattern[str]:
    whole = f"{_NUMBER.format('whole')}(?P<measure>{either(measures)}){_BESIDE}{{0,12}},?"
    done = (
        f"(?:{either(already)}){_BESIDE}{{1,16}}{_NUMBER.format('part')}(?P=measure)"
        f"|{_NUMBER.format('part_after')}(?P=measure)(?:{either(already)}){_BESIDE}{{1,16}}"
    )
    left = (
        f"(?:{either(not_yet)}){_BESIDE}{{1,16}}{_NUMBER.format('other')}(?P=measure)"
        f"|(?:{either(still)}){_NUMBER.format('other_after')}(?P=measure)(?:{either(not_yet)})"
    )
    return re.compile(f"{whole}(?:{done}),(?:{left})")


@lru_cache(maxsize=64)
def _outcomes(people: tuple[str, ...], outcomes: tuple[str, ...]) -> re.Pattern[str]:
    person, outcome = either(people), either(outcomes)
    whole = f"{_NUMBER.format('whole')}(?P<measure>{person}){_PAUSED}{{0,24}}"
    part = f",{_NUMBER.format('part')}(?:{person}){_BESIDE}{{0,4}}?(?P<first>{outcome})"
    other = f",{_NUMBER.format('other')}(?:{person}){_BESIDE}{{0,4}}?(?P<second>{outcome})"
    return re.compile(whole + part + other)


@lru_cache(maxsize=64)
def _turns(
    turns: tuple[str, ...], sums: tuple[str, ...], taught: tuple[str, ...], people: tuple[str, ...]
) -> re.Pattern[str]:
    person = either(people)
    each = (
        f"{_NUMBER.format('turns')}(?P<turn>{either(turns)}),每(?P=turn)(?:{either(taught)})?{_NUMBER.format('each')}"
    )
    told = f"(?P<unit>{person}),(?:{either(sums)})(?:{either(taught)}){_BESIDE}{{0,4}}{_NUMBER.format('told')}(?:{person}|人次)"
    return re.compile(each + told)


@lru_cache(maxsize=16)
def _team_words(
    measures: tuple[str, ...], teams: tuple[str, ...], sums: tuple[str, ...], people: tuple[str, ...]
) -> re.Pattern[str]:
    measure, team, person = either(measures), either(teams), either(people)
    several = f"{_NUMBER.format('turns')}(?:{measure}){_BESIDE}{{0,12}}(?:{team})"
    each = f",每(?:{measure})?(?:{team})?{_NUMBER.format('each')}(?P<unit>{person})"
    return re.compile(f"{several}{each},(?:{either(sums)})有?{_NUMBER.format('told')}(?:{person})(?=[,。;])")


@lru_cache(maxsize=64)
def _named(papers: tuple[str, ...], namely: tuple[str, ...]) -> re.Pattern[str]:
    counted = f"{_NUMBER.format('number')}(?:{either(papers)}),?(?:{either(namely)})"
    return re.compile(f"{counted}(?P<names>{_NAMES})(?=[,。;])")
