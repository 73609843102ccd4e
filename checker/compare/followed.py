"""What became of last year's shortcomings and plan items: told as done, mentioned, or not a word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.compare.passages import Passage, Unit, items, units
from checker.compare.places import quoted
from checker.compare.subjects import Likeness, Nearest, Subject, Subjects
from checker.context import names
from checker.context.document import Document
from checker.models.compared import PlanFollowed, PlanStatus, ProblemFollowed
from checker.models.document import Span
from checker.models.rule import Comparison, ProblemTold, RulePack

SAME = 0.45  # from this likeness on a passage is about the same matter
_RATHER = 0.15  # so much nearer must an act be than a shortcoming told again
_NAMED = 6  # characters in a row name a shortcoming
_MENTIONED: dict[str, ProblemTold] = {
    "problem": "again",
    "unfinished": "unfinished",
    "plan": "plan",
    "passing": "passing",
}
_YEARLY = 0.7  # so much in common has what is told every year


@dataclass(frozen=True)
class Telling:
    """A passage of this year's report: what it is about and how it tells it (``done``, ``unfinished``, ``problem``,
    ``plan`` or ``passing``); ``looks_back``: it names last year's shortcomings."""

    span: Span
    subject: Subject
    how: str
    looks_back: bool


class Follower:
    """This year's report made ready to be asked what it says of last year's items."""

    def __init__(self, this: Document, last: Document, pack: RulePack, rules: Comparison) -> None:
        self._this, self._last, self._rules = this, last, rules
        cut, before = units(this), units(last)
        told, asked = Subjects(this, rules), Subjects(last, rules)
        self._tellings = _tellings(this, pack, rules, cut, told)
        self._problems = [
            (item, subject)
            for item in items(last, pack, rules.shortcomings, before)
            if (subject := asked.of(item.span)).told
        ]
        self._plans = [
            (item, subject) for item in items(last, pack, rules.plans, before) if (subject := asked.of(item.span)).told
        ]
        self._nearest = Nearest([telling.subject for telling in self._tellings])
        aside = {*rules.shortcomings.within_roles, *rules.plans.within_roles}
        self._yearly = [asked.of(unit.span) for unit in before if unit.role not in aside]
        self._nearest_before = Nearest(self._yearly)
        known = [subject for _, subject in (*self._problems, *self._plans)]
        self._likeness = Likeness([*known, *(telling.subject for telling in self._tellings)], rules)

    def problems(self) -> list[ProblemFollowed]:
        """Each shortcoming of last year's report with what this year's says of it."""
        return [self._problem(item, subject) for item, subject in self._problems]

    def plans(self) -> list[PlanFollowed]:
        """Each plan item of last year's report with what this year's says of it."""
        return [self._plan(item, subject) for item, subject in self._plans]

    def _problem(self, item: Passage, subject: Subject) -> ProblemFollowed:
        if named := self._named(item):
            return self._problem_is("rectified", "rectified", item, [named])
        best = self._best(subject, yearly_counts=False)
        done, again = best.get("done"), best.get("problem")
        if done and again and not (done[1].looks_back and done[0] >= again[0]) and done[0] < again[0] + _RATHER:
            done = None
        unfinished = best.get("unfinished")
        if done and unfinished and unfinished[0] >= done[0]:
            done = None
        if done:
            return self._problem_is("rectified", "rectified", item, [done[1]])
        for how, said in _MENTIONED.items():
            if how in best:
                return self._problem_is("mentioned", said, item, [best[how][1]])
        return self._problem_is("silent", "silent", item, [])

    def _named(self, item: Passage) -> Telling | None:
        """What this year's report tells as done about a shortcoming of last year that it names in the same words."""
        words = self._last.view.text[item.span.start : item.span.end]
        openings = {words[start : start + _NAMED] for start in range(max(0, len(words) - _NAMED + 1))}
        openings = {opening for opening in openings if not any(mark in opening for mark in ",;。:、\n")}
        for telling in self._tellings:
            if telling.looks_back and telling.how == "done":
                name = self._name(telling)
                if any(opening in name for opening in openings):
                    return telling
        return None

    def _name(self, telling: Telling) -> str:
        """The words of a passage by which it names last year's shortcoming; behind them it tells the measure."""
        told = self._this.view.text[telling.span.start : telling.span.end]
        ends = [told.index(word) for word in self._rules.last_named_until if word in told]
        return told[: min(ends, default=len(told))]

    def _problem_is(
        self, status: str, said: ProblemTold, item: Passage, tellings: Iterable[Telling]
    ) -> ProblemFollowed:
        return ProblemFollowed.model_validate(
            {
                "status": status,
                "quote": quoted(self._last, item.span),
                "evidence": [quoted(self._this, telling.span) for telling in tellings],
                "reason": self._rules.reasons.problems[said],
            }
        )

    def _plan(self, item: Passage, subject: Subject) -> PlanFollowed:
        best = self._best(subject, yearly_counts=True)
        done, unfinished, again = best.get("done"), best.get("unfinished"), best.get("plan")
        status: PlanStatus = "silent"
        told = [telling for _, telling in filter(None, (unfinished, again))]
        if done and not (unfinished and unfinished[0] > done[0]):
            status, told = "done", [done[1]]
        elif told:
            status = "planned-again" if again else "not-done"
        return PlanFollowed.model_validate(
            {
                "status": status,
                "quote": quoted(self._last, item.span),
                "evidence": [quoted(self._this, telling.span) for telling in told],
                "reason": self._rules.reasons.plans[status],
            }
        )

    def _best(self, asked: Subject, yearly_counts: bool) -> dict[str, tuple[float, Telling]]:
        """Of each manner of telling the passage nearest in subject, if it is about the same matter.

        An act of the same field need not be an act on this very matter, nor, unless ``yearly_counts``, is one that is
        told in the same words every year.
        """
        best: dict[str, tuple[float, Telling]] = {}
        for number in self._nearest.of(asked):
            telling = self._tellings[number]
            score, how = self._likeness.of(asked, telling.subject), telling.how
            if score < SAME or (how in best and score <= best[how][0]):
                continue
            if how == "done" and not self._is_act_on(asked, telling, yearly_counts):
                how = "passing"
            if how not in best or score > best[how][0]:
                best[how] = score, telling
        return best

    def _is_act_on(self, asked: Subject, telling: Telling, yearly_counts: bool) -> bool:
        """Whether an act is one on the very matter, not merely in its field, and not the usual one of every year."""
        if not self._likeness.same_matter(asked, telling.subject):
            return False
        return yearly_counts or telling.looks_back or not self._is_yearly(telling.subject)

    def _is_yearly(self, subject: Subject) -> bool:
        """Whether last year's report told the same in nearly the same words."""
        for number in self._nearest_before.of(subject):
            other = self._yearly[number].pairs
            if len(subject.pairs & other) >= _YEARLY * max(1, len(subject.pairs | other)):
                return True
        return False


def _tellings(
    document: Document, pack: RulePack, rules: Comparison, cut: Sequence[Unit], subjects: Subjects
) -> list[Telling]:
    """Everything this year's report tells, by the manner it is told in."""
    found = []
    for how, rule in (("problem", rules.shortcomings), ("plan", rules.plans)):
        found += [Telling(item.span, subjects.of(item.span), how, False) for item in items(document, pack, rule, cut)]
    aside = {*rules.shortcomings.within_roles, *rules.plans.within_roles}
    for number, unit in enumerate(cut):
        if unit.role in aside or unit.label:
            continue
        span = _with_measure(document, cut, number)
        found.append(Telling(span, subjects.of(span), _how(document, span), _has(document, names.LAST_TOLD, unit.span)))
    return found


def _with_measure(document: Document, cut: Sequence[Unit], number: int) -> Span:
    """A unit that names last year's shortcoming, with the next one of its paragraph where that tells the measure."""
    unit = cut[number]
    if number + 1 == len(cut) or cut[number + 1].paragraph != unit.paragraph or cut[number + 1].opens:
        return unit.span
    if _has(document, names.LAST_TOLD, unit.span) and _how(document, unit.span) == "passing":
        return Span(unit.span.start, cut[number + 1].span.end)
    return unit.span


def _how(document: Document, span: Span) -> str:
    """Whether a passage outside problems and plans tells something done in the report year."""
    if _has(document, names.UNFINISHED, span):
        return "unfinished"
    hits = document.hits.get(names.DONE, ())
    for index in range(bisect_left(hits, (span.start, 0)), len(hits)):
        hit = hits[index]
        if hit[0] >= span.end:
            break
        if not (document.is_planned(hit) or document.is_denied(hit) or document.is_earlier(hit)):
            return "done"
    return "passing"


def _has(document: Document, name: str, span: Span) -> bool:
    hits = document.hits.get(name, ())
    index = bisect_left(hits, (span.start, 0))
    return index < len(hits) and hits[index][0] < span.end
