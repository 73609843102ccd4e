"""Which plan item answers which shortcoming of the same report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.compare.passages import Passage, items, units
from checker.compare.places import quoted
from checker.compare.subjects import Likeness, Nearest, Subjects
from checker.context.document import Document
from checker.models.compared import ProblemAnswer
from checker.models.rule import RulePack

LEAST = 0.35
LONGEST_COMPARED = 1_000_000  # characters: no report is longer; beyond, memory is kept for the judgement itself


def find_answers(document: Document, pack: RulePack) -> list[ProblemAnswer]:
    """Each shortcoming, in order, with the plan item nearest to it in subject, if any is near enough."""
    rules = pack.comparison
    if len(document.view.text) > LONGEST_COMPARED:
        return []
    if rules is None or not set(document.roles) & set(rules.shortcomings.within_roles):
        return []
    cut = units(document, {*rules.shortcomings.within_roles, *rules.plans.within_roles})
    problems = items(document, pack, rules.shortcomings, cut)
    subjects = Subjects(document, rules)
    problems = [problem for problem in problems if subjects.of(problem.span).told]
    if not problems:
        return []
    plans = items(document, pack, rules.plans, cut)
    asked = [subjects.of(problem.span) for problem in problems]
    told = [subjects.of(plan.span) for plan in plans]
    likeness, nearest = Likeness([*asked, *told], rules), Nearest(told)
    paired = _paired(problems, plans)
    answers = []
    for problem, subject in zip(problems, asked, strict=True):
        scores = {number: likeness.of(subject, told[number]) for number in nearest.of(subject)}
        if problem.clauses.stop in paired:
            number = paired[problem.clauses.stop]
            scores[number] = scores.get(number, 0.0) + LEAST
        answers.append(_answer(document, problem, plans, scores, rules.reasons.unanswered))
    return answers


def _paired(problems: Sequence[Passage], plans: Sequence[Passage]) -> dict[int, int]:
    """Where a report tells each shortcoming and at once what will be done: the end of the one -> the plan's number."""
    ends = {problem.clauses.stop for problem in problems}
    starts = {problem.clauses.start for problem in problems}
    follow = {plan.clauses.start: number for number, plan in enumerate(plans) if plan.clauses.start in ends}
    taken_up = any(plans[number].clauses.stop in starts for number in follow.values())
    return follow if taken_up or len(follow) > 1 else {}


def _answer(
    document: Document, problem: Passage, plans: Sequence[Passage], scores: Mapping[int, float], advice: str
) -> ProblemAnswer:
    best = max(scores, key=lambda number: (scores[number], -number), default=-1)
    answered = best >= 0 and scores[best] >= LEAST
    return ProblemAnswer.model_construct(
        problem=quoted(document, problem.span),
        plan=quoted(document, plans[best].span) if answered else None,
        advice=None if answered else advice,
    )
