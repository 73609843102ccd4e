"""Totals that do not agree with their parts (共27项，完成24项，剩余5项), for the figures detector.

Lists need not be complete, kinds may overlap and measures may differ, so parts are held against their total only where the
wording says that they are all there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from checker.context.document import Document
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.parts import (
    BESIDE,
    PAUSES,
    QUANTITY,
    Part,
    TotalWords,
    are_halves,
    part_of,
    runs,
    total_words,
)
from checker.models.detectors import FiguresRule
from checker.structure.view import HAN

_DATE = re.compile(r"(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?|(?<!\d)(?:1[0-2]|[1-9])月(?:\d{1,2}日|[底初末中])")
_ITEM_MARK = re.compile(r"(?:^\s*|(?<=[;:]))\(?\d{1,2}(?:[.、](?!\d)|\))")
_BRACKETED = re.compile(r"\([^()\n]*\)")
_BREAKDOWN = re.compile(rf"{QUANTITY.pattern}\((?P<parts>[^()\n]{{6,120}})\)")
_KINDS = re.compile(  # 13个乡镇(8个镇、6个乡)
    rf"{QUANTITY.pattern}{HAN}{{2,8}}\((?P<parts>\d{{1,9}}(?P=measure){HAN}{{1,6}}(?:[、,和]\d{{1,9}}(?P=measure){HAN}{{1,6}})+)\)"
)
_LEAST_OUTCOMES = 3
_OFF, _OFF_AT_LEAST = 0.1, 5  # how far from their total parts may be, as a share of it and as a number
_AROUND = 12  # characters behind a list that may tell what it counts
_PAIR_OFF = 0.5  # two parts that exclude each other may be further off
_LITTLE = 0.02  # a breakdown of two in brackets that lacks more, as a share of its total, tells some of it
_LONGEST = 400  # how far from its clue a list of parts is read
_MOST_PARTS = 15  # longer lists are not read: in how many ways one may add up grows with its length


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Totals that their own parts belie."""
    text, layout, words = document.view.text, document.layout, total_words(rule.options)
    done = -1
    for match in words.trigger.finditer(text):
        sentence = layout.sentence_at(match.start())
        if sentence == done:
            continue
        done = sentence
        start, end = layout.sentences[sentence]
        if text[end - 1] == ":" and sentence + 1 < len(layout.sentences):
            end = layout.sentences[sentence + 1].end  # what was taken for a heading leads to its parts
        start, end = max(start, match.start() - _LONGEST), min(end, match.end() + _LONGEST)
        plain = _BRACKETED.sub(partial(_aside, beyond=words.beyond), text[start:end])
        for meaningless in (_DATE, _ITEM_MARK, words.hotline):
            plain = meaningless.sub(_filler, plain)
        for wrong in _contradictions(plain, words):
            yield _sum_fault(document, rule, wrong, start)
    for pattern in (_BREAKDOWN, _KINDS):
        for match in pattern.finditer(text):
            breakdown = _breakdown(match, words)
            if breakdown:
                yield _sum_fault(document, rule, breakdown, 0)


def _filler(match: re.Match[str]) -> str:
    """As many characters that mean nothing, so that offsets hold."""
    return "#" * len(match[0])


def _aside(bracketed: re.Match[str], beyond: Sequence[str]) -> str:
    """What stands in brackets breaks no list, unless it tells that not all were of the same lot (含上年结转3件)."""
    return bracketed[0] if any(word in bracketed[0] for word in beyond) else _filler(bracketed)


class _Wrong(NamedTuple):
    """A total and the parts that do not add up to it."""

    total: Part
    parts: Sequence[Part]


def _sum_fault(document: Document, rule: FiguresRule, wrong: _Wrong, offset: int) -> Fault:
    parts, told = (wrong.total, *wrong.parts), rule.options.say
    span = offset + min(p.start for p in parts), offset + max(p.end for p in parts)
    values = {"total": f"{wrong.total.value}{wrong.total.measure}", "sum": f"{_sum(wrong.parts)}{wrong.total.measure}"}
    place = document.view.to_source(*span)
    return Fault(place.start, place.end, message=told.get("sum"), advice=told.get("sum-advice"), values=values)


def _contradictions(sentence: str, words: TotalWords) -> Iterator[_Wrong]:
    """The totals of one sentence that their parts belie: parts 其中, parts down to the rest, parts before a sum."""
    for run in runs(sentence, words):
        if len(run) > _MOST_PARTS:
            continue
        wrong = _of_year(run, words)
        if wrong:
            yield wrong
            continue
        closing = next((i for i, part in enumerate(run) if i >= 2 and words.sums.search(part.wording)), None)
        if closing is not None:
            wrong = _against_sum(run[:closing], run[closing])
            if wrong:
                yield wrong
            continue
        wrong = _of_outcomes(run, sentence, words)
        if wrong:
            yield wrong
            continue
        leads = words.made_of if words.whole.match(sentence, run[-1].end) else words.of_which
        first = next(
            (i for i, part in enumerate(run[1:], 1) if leads.search(part.wording)), _divided(run, sentence, words)
        )
        wrong = _of_total(run, first, sentence, words)
        if wrong:
            yield wrong


def _divided(run: list[Part], sentence: str, words: TotalWords) -> int | None:
    """The first of the parts into which a total is divided (按类型划分,……)."""
    return next((i for i in range(1, len(run)) if words.divided.match(sentence, run[i - 1].end)), None)


def _against_sum(parts: list[Part], total: Part) -> _Wrong | None:
    """Parts followed by their sum (……，合计38件); whatever stands before the list may be left out of it."""
    if any(_sum(parts[i:]) == total.value for i in range(len(parts))):
        return None
    return _Wrong(total, parts)


def _of_total(run: list[Part], first: int | None, sentence: str, words: TotalWords) -> _Wrong | None:
    """A total followed by parts that are all there, or are too many."""
    if first is None:
        last = next((i for i, part in enumerate(run) if i >= 2 and words.left.search(part.wording)), None)
        if any(word in sentence[run[0].start : run[-1].end + _AROUND] for word in words.carried):
            return None
        if last is None or _settles(run[: last + 1]) or _settles(run):
            return None
        total, parts = run[0], run[1 : last + 1]
        return _Wrong(total, parts) if _near(total, parts) else None
    if any(_reaches(total, run[first:]) for total in run[: first - 1]):
        return None  # parts of what came in, not of what was settled of it
    joined = _joined_end(run, first, sentence)
    if _settles(run[first - 1 :]) if joined is None else _reaches(run[first - 1], run[first:]):
        return None
    last = next((i for i, part in enumerate(run) if i > first and words.rest.search(part.wording)), joined)
    total, parts = run[first - 1], run[first : len(run) if last is None else last + 1]
    if len(parts) < 2 or not _near(total, parts):
        return None
    return _Wrong(total, parts) if _is_proof(total, parts, sentence, words) else None


def _joined_end(run: list[Part], first: int, sentence: str) -> int | None:
    """The last of the parts that ``、`` joins to the first, if three or more are: they are alike, none the sum of others."""
    last = first
    while last + 1 < len(run) and sentence[run[last].end] == "、":
        last += 1
    return last if last - first >= 2 else None


def _reaches(total: Part, parts: list[Part]) -> bool:
    """Whether the first of some parts, or all of them, add up to their total."""
    return any(_sum(parts[:end]) == total.value for end in range(1, len(parts) + 1))


def _of_year(run: list[Part], words: TotalWords) -> _Wrong | None:
    """All spans of a year (一季度……四季度) and, right behind or before them, what the whole year had."""
    for spans in words.periods:
        kinds = [_kind(part.wording, spans) for part in run]
        complete = list(range(1, len(spans) + 1))
        first = next((i for i in range(len(run)) if kinds[i : i + len(spans)] == complete), None)
        if first is None or run[0].measure in words.people:  # who came twice counts twice
            continue
        parts = run[first : first + len(spans)]
        beside = [*run[first - 1 : first], *run[first + len(spans) : first + len(spans) + 1]]
        total = next((part for part in beside if any(word in part.wording for word in words.year_long)), None)
        if total and _sum(parts) != total.value and _near(total, parts):
            return _Wrong(total, parts)
    return None


def _of_outcomes(run: list[Part], sentence: str, words: TotalWords) -> _Wrong | None:
    """A total followed by outcomes that exclude one another (一般程序、简易程序): together they are too many, or they do not
    make it up though they are all told."""
    if any(word in part.wording for part in run for word in words.beyond):
        return None
    for family in words.exclusive:
        kinds = [_kind(part.wording, family) for part in run]
        first = next((i for i in range(1, len(run)) if kinds[i] and not kinds[i - 1]), len(run))
        ends = (
            i for i in range(first, len(run)) if not kinds[i] or (i > first and words.of_which.search(run[i].wording))
        )
        last = next(ends, len(run))
        total, parts = run[first - 1], run[first:last]
        if len(parts) < 2 or len(set(kinds[first:last])) < len(parts) or _settles(run[first - 1 :]):
            continue
        nested = any(words.of_which.search(part.wording) for part in run[1:first])
        if nested or any(_reaches(earlier, parts) for earlier in run[: first - 1]):
            continue
        if total.measure in words.people and any(word in part.wording for part in parts for word in words.halves):
            continue  # who came twice counts twice
        if not _near(total, parts, _PAIR_OFF if len(parts) == 2 else _OFF):
            continue
        if _sum(parts) > total.value or _all_told(total, parts, sentence, words):
            return _Wrong(total, parts)
    return None


def _all_told(total: Part, parts: list[Part], sentence: str, words: TotalWords) -> bool:
    """Whether outcomes are all there are: three with what was kept among them (保留、修改、废止), or the sentence ends with
    those under way behind a total told as such (共46件，办结39件，正在办理5件。)."""
    if len(parts) >= _LEAST_OUTCOMES:
        return any(word in part.wording for part in parts for word in words.kept)
    ended = sentence[parts[-1].end : parts[-1].end + 1] in ("。", ";", "\n", "")
    return bool(ended and words.totalled.search(total.wording) and words.running.search(parts[-1].wording))


def _kind(wording: str, family: Sequence[Sequence[str]]) -> int:
    """Which of a family's outcomes a wording tells, from 1 on: by the longest of their names; 0 for none."""
    found = [(len(name), number) for number, names in enumerate(family, 1) for name in names if _tells(wording, name)]
    return max(found)[1] if found else 0


def _tells(wording: str, name: str) -> bool:
    """Whether a wording before a number tells an outcome; one that must stand beside its number ends the wording."""
    return wording.endswith(name.rstrip(BESIDE)) if name.endswith(BESIDE) else name in wording


def _near(total: Part, parts: list[Part], off: float = _OFF) -> bool:
    """Whether parts can be those of a total: none is larger, and together they are off by a small share of it."""
    far = max(total.value * off, _OFF_AT_LEAST)
    return all(part.value <= total.value for part in parts) and abs(_sum(parts) - total.value) <= far


def _settles(run: list[Part]) -> bool:
    """Whether some reading of the run adds up: a number as the total of what follows it, or two sides that balance."""
    if any(_sum(run[:cut]) == _sum(run[cut:]) for cut in range(1, len(run))):
        return True
    for index, total in enumerate(run[:-1]):
        rest = run[index + 1 :]
        if any(_sum(rest[i:j]) == total.value for i in range(len(rest)) for j in range(i + 1, len(rest) + 1)):
            return True
    return False


def _is_proof(total: Part, parts: list[Part], sentence: str, words: TotalWords) -> bool:
    """Whether parts that do not add up prove a slip: the rest is named, or they are too many, or one digit is off."""
    added = _sum(parts)
    if words.whole.match(sentence, parts[-1].end):
        return True
    if any(words.rest.search(part.wording) for part in parts[1:]) or _is_pair(parts, words):
        return True
    if total.measure in words.people and not all(words.roles.search(part.wording) for part in parts):
        return False  # qualities of people overlap: 其中党员30人、女性25人
    if added > total.value and words.running.search(parts[-1].wording):
        return True
    listed = len(parts) >= 3 and "," not in sentence[parts[0].end : parts[-1].start]
    slip = total.value >= 100 and abs(added - total.value) in (10, 100, 1000)
    return listed and (total.value < added <= total.value * 1.2 or slip)


def _is_pair(parts: list[Part], words: TotalWords) -> bool:
    """Whether two parts are the two halves of a whole, such as those a rule lists (甲|乙)."""
    return len(parts) == 2 and are_halves(parts[0].wording, parts[1].wording, words.pairs)


def _breakdown(match: re.Match[str], words: TotalWords) -> _Wrong | None:
    """A number with its breakdown in brackets, 127个（……107个、……19个）, that comes close without adding up."""
    inside = match["parts"]
    if words.of_which.search(inside):
        return None
    total = Part(int(match["number"]), match["measure"], match.start(), match.end(), "")
    parts: list[Part] = []
    start = 0
    for end in [*(m.start() for m in PAUSES.finditer(inside)), len(inside)]:
        part = part_of(inside, start, end)
        if part is None or part.measure != total.measure:
            return None
        parts.append(part)
        start = end + 1
    added = _sum(parts)
    if len(parts) < 2 or total.measure in words.people or added == total.value:
        return None
    little = _LITTLE if len(parts) == 2 else 2 * _LITTLE
    if not _is_pair(parts, words) and total.value - added > little * total.value:
        return None  # some of them, told as examples
    if abs(added - total.value) > _OFF * total.value:
        return None
    return _Wrong(total, _moved(parts, match.start("parts")))


def _moved(parts: list[Part], offset: int) -> list[Part]:
    return [part._replace(start=part.start + offset, end=part.end + offset) for part in parts]


def _sum(parts: Sequence[Part]) -> int:
    return sum(part.value for part in parts)
