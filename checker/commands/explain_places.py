"""What an explanation says of places: where they are, what stands there, and why one does not count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker import words
from checker.context import names
from checker.context.document import Document
from checker.judge import clues
from checker.judge.elements import quote
from checker.match.matcher import Hit
from checker.models.rule import Clue, Element, RulePack
from checker.render.place import place_at
from checker.render.shown import Mask
from checker.render.width import clean, shorten

QUOTE, PLACES = 60, 5
REFUSED = {
    "in": "不在要看的部分（在“{role}”）",
    "place": "线索要看的是{place}",
    "planned": "写的是计划",
    "earlier": "写的是往年的事",
    "not-planned": "写的不是计划",
    "others": "写的是别的机关做的事",
    "denied": "被否定了",
    "not-denied": "没有被否定",
    "quoted": "在书名号里",
    "near": "附近没有须有的{near}",
    "not-near": "附近有不得有的{near}",
}


class Seen(NamedTuple):
    """A report, the rules it is explained by, and what hides that of it which is not for display."""

    document: Document
    pack: RulePack
    mask: Mask


def refusals(seen: Seen, rule: Element, name: str, counted: Iterable[Hit]) -> Iterator[tuple[Hit, clues.Refusal]]:
    """Places that look like a clue and do not count, each with the first condition that it fails."""
    counted, clue, owner = list(counted), rule.clues[name], names.clue(rule.id, name)
    for hit in seen.document.hits.get(owner, ()):
        why = clues.refusal(seen.document, owner, clue, hit)
        if why is not None and not any(start <= hit[0] and hit[1] <= end for start, end in counted):
            yield hit, why


def told_refusal(seen: Seen, hit: Hit, clue: Clue, why: clues.Refusal) -> str:
    """In words why a place does not count."""
    near = shorten(words.near(why.neighbour, seen.pack), 2 * QUOTE) if why.neighbour else ""
    where = "标题" if clue.place == "heading" else "正文"
    return REFUSED[why.kind].format(role=_role(seen.document, hit), near=near, place=where)


def _role(document: Document, hit: Hit) -> str:
    role = document.role_at(hit[0])
    rule = document.rules.roles.get(role)
    return rule.title if rule else "标题行"


def told_place(seen: Seen, hit: Hit) -> str:
    """The place, the wording that was hit, and the clauses around it."""
    around = seen.mask.quote(quote(seen.document, hit, None))
    return f"{spot(seen, hit)}，见“{short(around)}”"


def spot(seen: Seen, hit: Hit) -> str:
    """The place and the wording that was hit."""
    report = seen.document.report
    start, end = seen.document.view.to_source(*hit)
    return f"{place_at(report, start)}“{short(seen.mask.text(report.text[start:end], start))}”"


def short(text: str) -> str:
    """A quotation within quotation marks, cut to what a line bears."""
    return shorten(clean(text).replace("“", "‘").replace("”", "’"), QUOTE)
