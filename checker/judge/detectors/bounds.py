"""Numbers larger than what they are part of, for the figures detector: more came than were due, more firms with faults than
were looked at, more names than were counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import inf
from typing import Literal, NamedTuple

from checker.context.document import Document
from checker.judge.detectors.clauses import either, in_view_form
from checker.judge.detectors.fault import Fault
from checker.models.detectors import FiguresOptions, FiguresRule
from checker.structure.view import HAN, QUOTES

_EXACT = r"(?<![\d.近超逾约第])(?P<{0}>\d{{1,7}}(?:\.\d{{1,2}})?)(?![\d.余多万亿千百%])(?P<{0}_measure>{1})(?!次)"
_NEAR, _FAR = r"[^,。;:、()\d\n]", r"[^。;\d\n]"  # what may stand between words of one clause, and of two
_COUNTED = re.compile(rf"(?<![\d.第])(?P<number>[2-9])个{HAN}{{1,10}}\((?P<names>[^()\d\n,;:。]+)\)")
_LONGEST_NAME = 14
_BEFORE = 80  # characters before two numbers that may tell they are not of one lot
_MOST = 3  # times their whole so many told 其中 may be, by a slip
_BEHIND = 6  # characters behind two numbers that may tell they are not of one lot
Kind = Literal["bound", "names"]


class Bound(NamedTuple):
    """A whole and its part as one pattern, and the measures that count people."""

    pattern: re.Pattern[str]
    people: frozenset[str]
    most: float = inf  # times the whole: a part told to be larger is one of something else


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Parts that exceed their whole, and lists of names longer than their number."""
    text, options = document.view.text, rule.options
    for bound in _bounds(text, options):
        for match in bound.pattern.finditer(text):
            part, whole = float(match["part"]), float(match["whole"])
            if not whole < part <= bound.most * whole or not _alike(match, bound.people):
                continue
            if bound.most < inf and _is_summed(document, match):
                continue
            clause = document.layout.clause_span(document.layout.clause[match.start()]).start
            clause = max(clause, match.start() - _BEFORE)
            if not any(word in text[clause : match.end() + _BEHIND] for word in in_view_form(options.bounds_aside)):
                yield _fault(document, rule, "bound", match.span(), whole=match["whole"], part=match["part"])
    for match in _COUNTED.finditer(text):
        names = match["names"].split("、")
        listed = not any(word in match["names"] for word in options.names_not) and not _is_quoted(document, match)
        if listed and int(match["number"]) < len(names) and max(map(len, names)) <= _LONGEST_NAME:
            yield _fault(document, rule, "names", match.span(), number=match["number"], listed=str(len(names)))


def _bounds(text: str, options: FiguresOptions) -> Iterator[Bound]:
    """The bounds of a rule of which a text names both numbers."""
    people, among = in_view_form(options.people), in_view_form(options.among)
    for item in options.bounds:
        whole, part = in_view_form(item.whole), in_view_form(item.part)
        if any(word in text for word in part) and any(word in text for word in whole):
            yield _bound(whole, part, in_view_form(item.measures), people)._replace(most=item.most or inf)
    if any(word in text for word in among):
        yield _among(among, in_view_form(options.among_measures), people)
        yield _among_things(among, *map(in_view_form, (options.among_things, options.among_did)))
    if any(word in text for word in in_view_form(options.of_which)):
        words = (options.of_which, options.measures, options.people, options.attended)
        yield from _of_which(*map(in_view_form, words))


def _is_summed(document: Document, match: re.Match[str]) -> bool:
    """Whether the sentence tells a number of that measure before the whole: the part may be one of both together."""
    sentence = document.layout.sentences[document.layout.sentence_at(match.start())].start
    return re.search(rf"\d{match['whole_measure']}", document.view.text[sentence : match.start("whole")]) is not None


def _is_quoted(document: Document, match: re.Match[str]) -> bool:
    """Whether names stand in quotes, which may hold a pause of their own (“老书记、老党员”调解室)."""
    place = document.view.to_source(*match.span("names"))
    return any(mark in document.report.text[place.start : place.end] for mark in QUOTES)


def _alike(match: re.Match[str], people: frozenset[str]) -> bool:
    """Whether whole and part count the same."""
    measures = {match["whole_measure"], match["part_measure"]}
    return len(measures) == 1 or measures <= people


@lru_cache(maxsize=16)
def _bound(whole: tuple[str, ...], part: tuple[str, ...], measures: tuple[str, ...], people: tuple[str, ...]) -> Bound:
    measure = either(measures)
    pattern = (
        f"(?:{either(whole)}){_NEAR}{{0,14}}{_EXACT.format('whole', measure)}"
        f"{_FAR}{{0,20}}?(?:{either(part)}){_NEAR}{{0,10}}{_EXACT.format('part', measure)}"
    )
    return Bound(re.compile(pattern), frozenset(people))


@lru_cache(maxsize=16)
def _among(words: tuple[str, ...], measures: tuple[str, ...], people: tuple[str, ...]) -> Bound:
    """So many of so many: 12名队员中有15人."""
    measure = either(measures)
    pattern = f"{_EXACT.format('whole', measure)}{_NEAR}{{1,12}}(?:{either(words)}){_NEAR}{{0,4}}{_EXACT.format('part', measure)}"
    return Bound(re.compile(pattern), frozenset(people))


@lru_cache(maxsize=16)
def _among_things(words: tuple[str, ...], measures: tuple[str, ...], did: tuple[str, ...]) -> Bound:
    """So many of so many that did something: 12个乡镇中有13个完成; a part that is named (26家分店) is of another kind."""
    measure = either(measures)
    pattern = (
        f"{_EXACT.format('whole', measure)}{_NEAR}{{1,12}}(?:{either(words)})"
        f"{_EXACT.format('part', measure)}(?:{either(did)})"
    )
    return Bound(re.compile(pattern), frozenset(), _MOST)


@lru_cache(maxsize=16)
def _of_which(
    words: tuple[str, ...], measures: tuple[str, ...], people: tuple[str, ...], attended: tuple[str, ...]
) -> list[Bound]:
    """So many, of which so many: 检查组12人,其中律师15人."""
    measure = either(measures)
    part = f"(?:{either(words)}){_NEAR}{{0,14}}{_EXACT.format('part', measure)}"
    adjacent, whose = _EXACT.format("whole", measure), _EXACT.format("whole", either(people))
    pattern = f"{adjacent},{part}(?=[,。;、])"
    came = f"{whose}{_NEAR}{{1,8}}(?:{either(attended)}){_NEAR}{{0,10}}"  # 46名干部参加测试,其中52人
    of_people = f"{came},(?:{either(words)}),?有?{_EXACT.format('part', measure)}"
    return [Bound(re.compile(text), frozenset(people), _MOST) for text in (pattern, of_people)]


def _fault(document: Document, rule: FiguresRule, kind: Kind, span: tuple[int, int], **values: str) -> Fault:
    place, say = document.view.to_source(*span), rule.options.say
    advice = say.get("bound-advice" if kind == "bound" else "names-advice")
    return Fault(*place, message=say.get(kind), advice=advice, values=values)
