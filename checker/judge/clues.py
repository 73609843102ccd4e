"""From hits to evidence: which places count for a clue, given where they stand, their time, denial and neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from checker.context import names
from checker.context.document import Document
from checker.match.matcher import Hit
from checker.models.rule import Clue, Near

ACCOUNT = "account"


def roles_of(clue_roles: Sequence[str], document: Document) -> frozenset[str] | None:
    """The roles a clue counts in, groups resolved; ``None`` for anywhere."""
    roles: set[str] = set()
    for name in clue_roles or (ACCOUNT,):
        if name == "any":
            return None
        roles.update(document.rules.groups.get(name, [name]))
    return frozenset(roles)


def find(document: Document, owner: str, clue: Clue) -> list[Hit]:
    """The hits of a clue that count, in order, one of overlapping ones kept: the longest."""
    hits = document.hits.get(owner)
    if not hits:
        return []
    roles = roles_of(clue.within_roles, document)
    clause_at, role_of = document.layout.clause, document.roles
    title_end = document.title.span.end if document.title else 0
    past, coming = clue.time == "done", clue.time == "planned"
    counted = []
    for hit in hits:
        start = hit[0]
        if roles is not None and (start < title_end or role_of[clause_at[start]] not in roles):
            continue
        if clue.place != "either" and document.in_heading(start) is not (clue.place == "heading"):
            continue
        if past and (document.is_planned(hit) or document.is_earlier(hit)):
            continue
        if coming and not document.is_planned(hit):
            continue
        if clue.denied != "either" and document.is_denied(hit) is not (clue.denied == "yes"):
            continue
        if not clue.quoted and document.is_quoted(hit):
            continue
        if neighbours_hold(document, owner, hit, clue.near, clue.not_near):
            counted.append(hit)
    return _longest(counted)


def neighbours_hold(document: Document, owner: str, hit: Hit, near: list[Near], not_near: list[Near]) -> bool:
    """Whether everything that must stand near does, and nothing that must not."""
    if not near and not not_near:
        return True
    for index, condition in enumerate(near):
        if not _has_neighbour(document, names.near(owner, index, False), hit, condition):
            return False
    return not any(
        _has_neighbour(document, names.near(owner, index, True), hit, condition)
        for index, condition in enumerate(not_near)
    )


def _has_neighbour(document: Document, name: str, hit: Hit, condition: Near) -> bool:
    others = document.hits.get(name)
    if not others:
        return False
    unit = condition.within
    first, last = document.unit(hit[0], unit), document.unit(hit[1] - 1, unit)
    reach = condition.at_most if condition.at_most is not None else 10_000
    index = bisect_left(others, (hit[0] - reach - 200, 0))
    while index < len(others):
        start, end = others[index]
        index += 1
        if start - hit[1] > reach:
            break
        if (condition.side == "before" and start >= hit[0]) or (condition.side == "after" and end <= hit[1]):
            continue
        if hit[0] - end > reach:
            continue
        if unit == "report" or first <= document.unit(start, unit) <= last:
            return True
    return False


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping hits the longest, in the order of the text."""
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h[0], -h[1])):
        if kept and hit[0] < kept[-1][1]:
            if hit[1] - hit[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept
