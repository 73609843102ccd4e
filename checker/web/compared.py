"""Shortcomings beside plans, and the report beside last year's, as the review page lists them.

The places of this year's report are led to; last year's are quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checker.models.compared import Pair, Place, PlanFollowed, PreviousResult, ProblemAnswer, ProblemFollowed
from checker.models.result import ReportResult
from checker.render.comparing import PLAN_STATUS, PROBLEM_STATUS
from checker.render.width import clean

_QUOTE = 90


@dataclass(frozen=True)
class Passage:
    """A place of this year's report to jump to."""

    line: int
    label: str
    text: str


@dataclass(frozen=True)
class Item:
    """One thing compared: how it came out, what it is about, where."""

    text: str
    status: str = ""
    places: list[Passage] = field(default_factory=list)
    advice: str | None = None


@dataclass(frozen=True)
class Group:
    """The things compared of one kind."""

    title: str
    items: list[Item]


@dataclass(frozen=True)
class Compared:
    """All there is to say."""

    title: str
    notes: list[str]
    groups: list[Group]


def compared(result: ReportResult) -> Compared | None:
    """What comparing found, or ``None`` where nothing was compared."""
    answers, previous = result.answers, result.previous
    groups = [Group("不足与安排的对应", [_answer(item) for item in answers])] if answers else []
    if previous is None:
        return Compared("不足与安排", [], groups) if groups else None
    groups += [group for group in _previous(previous) if group.items]
    year = f"（{previous.report_year} 年度）" if previous.report_year else ""
    return Compared(f"与上年度报告比对{year}", [clean(note) for note in previous.notes], groups)


def _previous(previous: PreviousResult) -> Iterator[Group]:
    yield Group("上年度的不足", _followed(previous.problems, PROBLEM_STATUS))
    yield Group("上年度的安排", _followed(previous.plans, PLAN_STATUS))
    yield Group(f"与上年度相同的段落（占正文 {previous.copied.share:.0%}）", _pairs(previous.copied.passages))
    yield Group("与上年度一样的数字，请核对", _pairs(previous.unchanged_figures))
    left = [Item(f"年份应为 {item.expected} 年", places=[_passage(item.here)]) for item in previous.years_left]
    yield Group("没有改的年份", left)


def _answer(item: ProblemAnswer) -> Item:
    if item.plan is None:
        return Item(_short(item.problem.text), "没有对应的安排", [_passage(item.problem)], item.advice)
    return Item(_short(item.problem.text), "有安排", [_passage(item.problem), _passage(item.plan)], item.advice)


def _followed(items: Iterable[ProblemFollowed | PlanFollowed], words: dict[str, str]) -> list[Item]:
    return [
        Item(
            f"上年：“{_short(item.quote.text)}”", words.get(item.status, item.status),
            [_passage(place) for place in item.evidence], item.reason,
        )
        for item in items
    ]  # fmt: skip


def _pairs(pairs: Iterable[Pair]) -> list[Item]:
    return [Item(f"上年第 {pair.before.line} 行", places=[_passage(pair.here)]) for pair in pairs]


def _passage(place: Place) -> Passage:
    return Passage(place.line, f"第 {place.line} 行", _short(place.text))


def _short(text: str) -> str:
    told = clean(text)
    return told if len(told) <= _QUOTE else told[:_QUOTE] + "…"
