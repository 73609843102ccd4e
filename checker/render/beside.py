"""Shortcomings beside plans, and the report beside last year's, as pages and comments list them.

The places of this year's report can be led to; last year's are quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from checker.models.compared import Pair, Place, PlanFollowed, PreviousResult, ProblemAnswer, ProblemFollowed
from checker.models.result import ReportResult
from checker.render.comparing import PLAN_STATUS, PROBLEM_STATUS
from checker.render.place import place as told_place
from checker.render.shown import Shown
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
    """What comparing found, or ``None`` where nothing was compared.  What is not for display is hidden."""
    told = _Told(Shown(result))
    groups = [Group("不足与安排的对应", [told.answer(item) for item in result.answers])] if result.answers else []
    previous = result.previous
    if previous is None:
        return Compared("不足与安排", [], groups) if groups else None
    groups += [group for group in told.previous(previous) if group.items]
    year = f"（{previous.report_year} 年度）" if previous.report_year else ""
    return Compared(f"与上年度报告比对{year}", [clean(note) for note in previous.notes], groups)


class _Told:
    """The parts of a comparison in words, for one report."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    def answer(self, item: ProblemAnswer) -> Item:
        """A shortcoming and what is planned for it."""
        problem = self._passage(item.problem)
        if item.plan is None:
            return Item("", "没有对应的安排", [problem], item.advice)
        return Item("", "有安排", [problem, self._passage(item.plan)], item.advice)

    def previous(self, previous: PreviousResult) -> Iterator[Group]:
        """All that was set beside last year's report, by kind."""
        yield Group("上年度的不足", self._followed(previous.problems, PROBLEM_STATUS))
        yield Group("上年度的安排", self._followed(previous.plans, PLAN_STATUS))
        yield Group(f"与上年度相同的段落（占正文 {previous.copied.share:.0%}）", self._pairs(previous.copied.passages))
        yield Group("与上年度一样的数字，请核对", self._pairs(previous.unchanged_figures))
        left = [Item(f"年份应为 {item.expected} 年", places=[self._passage(item.here)]) for item in previous.years_left]
        yield Group("没有改的年份", left)

    def _followed(self, items: Iterable[ProblemFollowed | PlanFollowed], words: Mapping[str, str]) -> list[Item]:
        return [
            Item(
                f"上年：“{_short(self._shown.before.quote(item.quote))}”", words.get(item.status, item.status),
                [self._passage(place) for place in item.evidence], item.reason,
            )
            for item in items
        ]  # fmt: skip

    def _pairs(self, pairs: Iterable[Pair]) -> list[Item]:
        return [Item(f"上年{told_place(pair.before)}", places=[self._passage(pair.here)]) for pair in pairs]

    def _passage(self, place: Place) -> Passage:
        return Passage(place.line, told_place(place), _short(self._shown.quote(place)))


def _short(text: str) -> str:
    told = clean(text)
    return told if len(told) <= _QUOTE else told[:_QUOTE] + "…"
