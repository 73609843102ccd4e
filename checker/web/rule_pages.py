"""The pages that explain the rules: all of a pack, and each one with what counts, why, and examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker import words
from checker.cases import OPEN, unmark
from checker.models.rule import Case, Element, FindingRule, RulePack
from checker.render.to_table import VERDICTS
from checker.web.problems import RequestError
from checker.web.services import services
from checker.web.templating import page

_EXAMPLES, _WORDINGS = 4, 12


@dataclass(frozen=True)
class Example:
    """A case as an example: its text in stretches, each marked or not, and the corrected text."""

    pieces: list[tuple[str, bool]]
    fixed: str | None


@dataclass(frozen=True)
class ClueView:
    """A clue of an element in words."""

    name: str
    conditions: str
    wordings: list[str]
    left: int
    unless: list[str]


async def show_all(request: Request) -> Response:
    """All rules of a pack."""
    at = services(request)
    chosen = at.offer(request.query_params.get("pack"))
    return await page("rules.html", offer=chosen, offers=at.offers, here="rules")


async def show(request: Request) -> Response:
    """One rule on a page."""
    chosen = services(request).offer(request.query_params.get("pack"))
    rule = chosen.rules.get(request.path_params["id"])
    if rule is None:
        raise RequestError(404, f"规则包“{chosen.pack.title}”里没有这条规则。")
    cases = (await run_in_threadpool(lambda: chosen.cases)).get(rule.id, [])
    return await page(
        "rule.html",
        offer=chosen,
        rule=rule,
        is_element=isinstance(rule, Element),
        examples=examples(rule, cases),
        clues=clues(rule, chosen.pack) if isinstance(rule, Element) else [],
        corrections=[words.correction(item, chosen.pack) for item in getattr(rule, "corrections", [])],
        here="rules",
    )


def examples(rule: Element | FindingRule, cases: Sequence[Case]) -> dict[str, list[Example]]:
    """A few cases under what they show; known gaps are no examples."""
    groups: dict[str, list[Example]] = {}
    for case in cases:
        if case.todo:
            continue
        if isinstance(rule, Element):
            title = VERDICTS[case.expect or "missing"]
        else:
            title = "有问题" if OPEN in case.text else "没有问题"
        group = groups.setdefault(title, [])
        if len(group) < _EXAMPLES:
            group.append(_example(case))
    return groups


def _example(case: Case) -> Example:
    text, marks = unmark(case.text.strip())
    pieces, position = [], 0
    for start, end in marks:
        pieces += [(text[position:start], False), (text[start:end], True)]
        position = end
    pieces.append((text[position:], False))
    return Example([piece for piece in pieces if piece[0]], case.fixed.strip() if case.fixed else None)


def clues(rule: Element, pack: RulePack) -> list[ClueView]:
    """The wordings that an element looks for."""
    return [
        ClueView(
            name,
            words.conditions(clue, pack),
            [words.phrase(text, pack) for text in clue.any[:_WORDINGS]],
            max(0, len(clue.any) - _WORDINGS),
            [words.phrase(text, pack) for text in clue.unless[:_WORDINGS]],
        )
        for name, clue in rule.clues.items()
    ]


ROUTES = [Route("/rules", show_all), Route("/rules/{id}", show)]
