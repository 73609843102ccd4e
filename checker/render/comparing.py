"""The table's blocks about comparing: shortcomings beside plans, the report beside last year's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checker.models.compared import Labels, Pair, Place, PlanFollowed, PreviousResult, ProblemAnswer, ProblemFollowed
from checker.render import compared_words
from checker.render.place import place as told_place
from checker.render.place import stretch
from checker.render.shown import Mask, Shown
from checker.render.width import clean, shorten, wrap

_QUOTE = 56
_SHOWN = 8  # of figures and copied passages
_COPIED = 0.3  # from this share on a report should be told to be rewritten


def answers(items: Sequence[ProblemAnswer], labels: Labels, shown: Shown, width: int) -> Iterator[str]:
    """Each shortcoming and the plan item that answers it."""
    for number, item in enumerate(items, 1):
        yield from _hang(f"{number:>3}. ", f"{labels.problem}  {quote(item.problem, shown)}", width)
        told = quote(item.plan, shown) if item.plan else labels.unanswered
        yield from _hang(" " * 5, f"{labels.plan}  {told}", width)
        if item.advice:
            yield from _hang(" " * 5, f"提示  {item.advice}", width)


def answers_title(items: Sequence[ProblemAnswer], labels: Labels) -> str:
    """The heading of the block, with the count."""
    lacking = sum(1 for item in items if item.plan is None)
    told = f"{lacking} 条{labels.unanswered}" if lacking else labels.all_answered
    return f"{labels.answers}（{labels.problem} {len(items)} 条，{told}；供参考，不扣分）"


def previous(result: PreviousResult, labels: Labels | None, shown: Shown, width: int) -> Iterator[str]:
    """The whole comparison with last year's report; without labels the pack compares nothing, and the notes say so."""
    year = f"，{result.report_year} 年度" if result.report_year else ""
    yield from _hang("  ", f"上年度报告：{clean(result.file)}{year}", width)
    for note in result.notes:
        yield from _hang("  ", f"注意：{note}", width)
    if labels is None:
        return
    yield from _followed(labels.last_problems, result.problems, labels.problem_status, shown, width)
    yield from _followed(labels.last_plans, result.plans, labels.plan_status, shown, width)
    yield from _copied(result, shown, width)
    yield from _pairs(compared_words.UNCHANGED, result.unchanged_figures, compared_words.CHECK, shown, width)
    if result.years_left:
        yield ""
        yield f"  {compared_words.YEARS_LEFT}（{len(result.years_left)} 处）"
        for left in result.years_left:
            told = f"{quote(left.here, shown)}：照抄了上年度报告{told_place(left.before)}，{compared_words.expected(left)}。"
            yield from _hang("    - ", told, width)


def _followed(
    title: str, items: Sequence[ProblemFollowed | PlanFollowed], statuses: Mapping[Any, str], shown: Shown, width: int
) -> Iterator[str]:
    """What became of each item of last year's report."""
    yield ""
    if not items:
        yield f"  {title}：没有在上年度报告里找到"
        return
    counts: Counter[str] = Counter(item.status for item in items)
    told = "，".join(f"{name} {counts[status]}" for status, name in statuses.items() if counts[status])
    yield f"  {title}（{len(items)} 条：{told}）"
    for number, item in enumerate(items, 1):
        yield from _hang(f"{number:>5}. ", f"{statuses[item.status]}  上年{quote(item.quote, shown.before)}", width)
        for evidence in item.evidence:
            yield from _hang(" " * 7, f"今年{quote(evidence, shown)}", width)
        if item.status not in ("rectified", "done"):
            yield from _hang(" " * 7, item.reason, width)


def _copied(result: PreviousResult, shown: Shown, width: int) -> Iterator[str]:
    yield ""
    share = f"{result.copied.share * 100:.0f}%"
    if not result.copied.passages:
        yield f"  {compared_words.COPIED}：没有发现"
        return
    advice = "，比例偏高，请按本年度情况重写" if result.copied.share >= _COPIED else ""
    yield f"  {compared_words.COPIED}（{len(result.copied.passages)} 处，占正文 {share}{advice}）"
    yield from _listed(result.copied.passages, shown, width)


def _pairs(title: str, pairs: Sequence[Pair], advice: str, shown: Shown, width: int) -> Iterator[str]:
    if not pairs:
        return
    yield ""
    yield f"  {title}（{len(pairs)} 处）：{advice}"
    yield from _listed(pairs, shown, width)


def _listed(pairs: Sequence[Pair], shown: Shown, width: int) -> Iterator[str]:
    for pair in pairs[:_SHOWN]:
        here = f"{stretch(pair.here)}“{_words(pair.here, shown)}”"
        yield from _hang("    - ", f"{here}（上年{stretch(pair.before)}）", width)
    if len(pairs) > _SHOWN:
        yield f"      另有 {len(pairs) - _SHOWN} 处，加 -o 结果.html 或 -o 结果.xlsx 可以看全。"


def quote(place: Place, shown: Mask) -> str:
    """A place and its words as they may be shown."""
    return f"{told_place(place)}“{_words(place, shown)}”"


def _words(place: Place, shown: Mask) -> str:
    return shorten(clean(shown.quote(place)).replace("“", "‘").replace("”", "’"), _QUOTE)


def _hang(lead: str, text: str, width: int) -> Iterator[str]:
    for index, line in enumerate(wrap(text, width - len(lead))):
        yield (" " * len(lead) if index else lead) + line
