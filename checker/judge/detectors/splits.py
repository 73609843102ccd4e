"""Small sums that the text itself tells, for the figures detector: so many of whom some passed and some failed, so many
courses of so many people, so many papers that are then named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from checker.context.document import Document
from checker.judge.detectors.clauses import either, in_view_form
from checker.judge.detectors.fault import Fault
from checker.models.detectors import FiguresRule

_NUMBER = r"(?<![\d.近超逾约第])(?<!\d,)(?P<{0}>\d{{1,6}})(?![\d.余多万亿千百%])"
_BESIDE, _PAUSED = r"[^,。;:、()\d\n]", r"[^。;:()\d\n]"
_NAMES = r"《[^《》\n]{2,60}》(?:[、,]?[和及与]?[^《》,。;:、\d\n]{0,4}《[^《》\n]{2,60}》)*"
_SEVERAL = 3  # times what the courses give, so many may have been taught: a slip, not another count


class _Words(NamedTuple):
    """The words of a rule, compiled."""

    also: re.Pattern[str]
    outcomes: re.Pattern[str]
    pairs: tuple[tuple[str, str], ...]
    courses: re.Pattern[str]
    named: re.Pattern[str]
    aside: re.Pattern[str]


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Two parts that are more than their whole, products that are told otherwise, names that are not so many as told."""
    options, text = rule.options, document.view.text
    words = _words(
        *map(in_view_form, (options.measures, options.people, options.among, options.also, options.pairs)),
        *map(in_view_form, (options.turns, options.sums, options.namely, options.papers, options.bounds_aside)),
    )
    for pattern in (words.also, words.outcomes):
        for match in pattern.finditer(text):
            total, added = int(match["whole"]), int(match["part"]) + int(match["other"])
            fits = total >= added or max(int(match["part"]), int(match["other"])) > total
            excluding = pattern is words.also or (match["first"], match["second"]) in words.pairs
            if excluding and not fits and not words.aside.search(text, match.start(), match.end("part")):
                measure = match["measure"]
                yield _fault(document, rule, match, "sum", total=f"{total}{measure}", sum=f"{added}{measure}")
    for match in words.courses.finditer(text):
        each, told = int(match["turns"]) * int(match["each"]), int(match["told"])
        if told != each and each <= told * _SEVERAL and told <= each * _SEVERAL:
            yield _fault(document, rule, match, "product", right=f"{each}{match['unit']}")
    for match in words.named.finditer(text):
        if (listed := match["names"].count("《")) != int(match["number"]):
            yield _fault(document, rule, match, "listed", number=match["number"], listed=str(listed))


def _fault(document: Document, rule: FiguresRule, match: re.Match[str], kind: str, **values: str) -> Fault:
    say = {str(name): told for name, told in rule.options.say.items()}
    advice = {"sum": "sum-advice", "product": "ratio-advice", "listed": "names-advice"}[kind]
    return Fault(*document.view.to_source(*match.span()), say.get(kind), say.get(advice), values=values)


@lru_cache(maxsize=16)
def _words(
    measures: tuple[str, ...],
    people: tuple[str, ...],
    among: tuple[str, ...],
    also: tuple[str, ...],
    pairs: tuple[str, ...],
    turns: tuple[str, ...],
    sums: tuple[str, ...],
    namely: tuple[str, ...],
    papers: tuple[str, ...],
    aside: tuple[str, ...],
) -> _Words:
    measure, person, turn = either(measures), either(people), f"(?P<turn>{either(turns)})"
    whole, part, other = (_NUMBER.format(name) for name in ("whole", "part", "other"))
    halves = tuple((a, b) for a, _, b in (pair.partition("|") for pair in pairs))
    outcome = either(tuple(word for half in halves for word in half))
    same = f"(?:(?P=measure)|(?:{person}))"
    counted, people_counted = (f"{whole}(?P<measure>{words})" for words in (measure, person))
    return _Words(
        also=re.compile(
            f"{counted}{_BESIDE}{{0,16}}(?:{either(among)}){part}{same}{_BESIDE}{{1,12}},(?:{either(also)}){other}{same}"
        ),
        outcomes=re.compile(
            f"{people_counted}{_PAUSED}{{0,24}},{part}{same}{_BESIDE}{{0,4}}?(?P<first>{outcome}),"
            f"{other}{same}{_BESIDE}{{0,4}}?(?P<second>{outcome})"
        ),
        pairs=(*halves, *((b, a) for a, b in halves)),
        courses=re.compile(
            f"{_NUMBER.format('turns')}{turn},每(?P=turn){_BESIDE}{{0,4}}{_NUMBER.format('each')}(?P<unit>{person}),"
            f"(?:{either(sums)}){_BESIDE}{{0,6}}{_NUMBER.format('told')}(?:{person}|人次)"
        ),
        named=re.compile(
            f"{_NUMBER.format('number')}(?:{either(papers)}),?(?:{either(namely)})(?P<names>{_NAMES})(?=[,。;])"
        ),
        aside=re.compile(either(aside)),
    )
