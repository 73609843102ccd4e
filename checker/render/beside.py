"""Shortcomings beside plans, and the report beside last year's, as pages and comments list them.

The places of this year's report can be led to; last year's are quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.models.compared import Labels, Pair, Place, PlanFollowed, PreviousResult, ProblemAnswer, ProblemFollowed
from checker.models.result import ReportResult
from checker.render import compared_words
from checker.render.place import stretch
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
    previous, labels = result.previous, result.labels
    groups: list[Group] = []
    if labels is not None:
        told = _Told(Shown(result), labels)
        groups += [Group(labels.answers, [told.answer(item) for item in result.answers])] if result.answers else []
        groups += [group for group in told.previous(previous) if group.items] if previous is not None else []
    if previous is None:
        return Compared(groups[0].title, [], groups) if groups else None
    return Compared(compared_words.title(previous), [clean(note) for note in previous.notes], groups)


class _Told:
    """The parts of a comparison in words, for one report."""

    def __init__(self, shown: Shown, labels: Labels) -> None:
        self._shown, self._labels = shown, labels

    def answer(self, item: ProblemAnswer) -> Item:
        """A shortcoming and what is planned for it."""
        problem = self._passage(item.problem)
        if item.plan is None:
            return Item("", self._labels.unanswered, [problem], item.advice)
        return Item("", self._labels.answered, [problem, self._passage(item.plan)], item.advice)

    def previous(self, previous: PreviousResult) -> Iterator[Group]:
        """All that was set beside last year's report, by kind."""
        labels = self._labels
        yield Group(labels.last_problems, self._followed(previous.problems, labels.problem_status))
        yield Group(labels.last_plans, self._followed(previous.plans, labels.plan_status))
        yield Group(
            f"{compared_words.COPIED}（占正文 {previous.copied.share:.0%}）", self._pairs(previous.copied.passages)
        )
        yield Group(f"{compared_words.UNCHANGED}，请核对", self._pairs(previous.unchanged_figures))
        left = [Item(compared_words.expected(item), places=[self._passage(item.here)]) for item in previous.years_left]
        yield Group(compared_words.YEARS_LEFT, left)

    def _followed(self, items: Iterable[ProblemFollowed | PlanFollowed], words: Mapping[Any, str]) -> list[Item]:
        return [
            Item(
                f"上年：“{_short(self._shown.before.quote(item.quote))}”", words.get(item.status, item.status),
                [self._passage(place) for place in item.evidence], item.reason,
            )
            for item in items
        ]  # fmt: skip

    def _pairs(self, pairs: Iterable[Pair]) -> list[Item]:
        return [Item(f"上年{stretch(pair.before)}", places=[self._passage(pair.here)]) for pair in pairs]

    def _passage(self, place: Place) -> Passage:
        return Passage(place.line, stretch(place), _short(self._shown.quote(place)))


def _short(text: str) -> str:
    told = clean(text)
    return told if len(told) <= _QUOTE else told[:_QUOTE] + "…"
