"""What comparing found as rows for tables: shortcomings beside plans, last year's report beside this year's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from checker.models.compared import Labels, Pair, Place, PlanFollowed, PreviousResult, ProblemAnswer, ProblemFollowed
from checker.models.result import ReportResult
from checker.render import compared_words
from checker.render.place import stretch
from checker.render.shown import Mask, Shown
from checker.render.width import clean, shorten

_QUOTE = 2000  # terminal cells of one quote
_GOOD = frozenset(["rectified", "done"])


class ComparedRow(NamedTuple):
    """One thing compared: the list it is of, how it came out (``key``: as good as ``met``, ``weak`` or ``missing``),
    what it is with its place, what stands beside it with its places, and what is to be said of it.

    ``last``: it stands in last year's report, what is beside it in this year's; ``spot`` is the first place of this
    year's report (source offsets), if it has any."""

    group: str
    key: str
    status: str
    place: str
    text: str
    beside_place: str
    beside_text: str
    told: str
    last: bool
    spot: tuple[int, int] | None


def compared_rows(report: ReportResult) -> Iterator[ComparedRow]:
    """A row for each thing compared; none where nothing was.  What is not for display is hidden."""
    shown, labels, previous = Shown(report), report.labels, report.previous
    if labels is not None:
        yield from (_answer(item, labels, shown) for item in report.answers)
    if previous is not None:
        yield from (_row(compared_words.TITLE, "weak", "注意", told=note) for note in previous.notes)
    if previous is not None and labels is not None:
        yield from _followed(labels.last_problems, previous.problems, labels.problem_status, shown)
        yield from _followed(labels.last_plans, previous.plans, labels.plan_status, shown)
        yield from _repeated(previous, shown)


def _answer(item: ProblemAnswer, labels: Labels, shown: Shown) -> ComparedRow:
    key, status = ("met", labels.answered) if item.plan else ("weak", labels.unanswered)
    return _row(
        labels.answers, key, status, [item.problem], shown, [item.plan] if item.plan else [], shown, item.advice or ""
    )


def _followed(
    group: str, items: Iterable[ProblemFollowed | PlanFollowed], words: Mapping[Any, str], shown: Shown
) -> Iterator[ComparedRow]:
    for item in items:
        key = "met" if item.status in _GOOD else "missing" if item.status == "silent" else "weak"
        yield _row(
            group, key, words[item.status], [item.quote], shown.before, item.evidence, shown, item.reason, last=True
        )


def _repeated(previous: PreviousResult, shown: Shown) -> Iterator[ComparedRow]:
    """Passages, figures and years that stand as they stood last year."""
    same = f"这样的段落合计占正文 {previous.copied.share:.0%}。"
    groups: list[tuple[str, Iterable[tuple[Pair, str]]]] = [
        (compared_words.COPIED, ((pair, same) for pair in previous.copied.passages)),
        (compared_words.UNCHANGED, ((pair, compared_words.CHECK) for pair in previous.unchanged_figures)),
        (compared_words.YEARS_LEFT, ((left, f"{compared_words.expected(left)}。") for left in previous.years_left)),
    ]
    for group, pairs in groups:
        for pair, told in pairs:
            yield _row(group, "weak", "请核对", [pair.before], shown.before, [pair.here], shown, told, last=True)


def _row(
    group: str,
    key: str,
    status: str,
    places: Sequence[Place] = (),
    mask: Mask | None = None,
    beside: Sequence[Place] = (),
    beside_mask: Mask | None = None,
    told: str = "",
    last: bool = False,
) -> ComparedRow:
    """A row; ``last``: the thing itself stands in last year's report."""
    where = "、".join(map(stretch, places))
    return ComparedRow(
        group,
        key,
        status,
        f"上年{where}" if last else where,
        _quotes(places, mask),
        "、".join(map(stretch, beside)),
        _quotes(beside, beside_mask),
        clean(told),
        last,
        next(((place.start, place.end) for place in (beside if last else places)), None),
    )


def _quotes(places: Sequence[Place], mask: Mask | None) -> str:
    return "；".join(shorten(clean(mask.quote(place) if mask else place.text), _QUOTE) for place in places)
