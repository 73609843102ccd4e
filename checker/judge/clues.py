"""From hits to evidence: which places count for a clue, given where they stand, their time, denial and neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from checker.context import names
from checker.context.document import Document
from checker.match.matcher import Hit
from checker.models.rule import ACCOUNT, Clue, Near

MOST_KEPT = 10_000  # hits of one clue kept for those who ask again
_LONGEST = 200  # characters: no hit is longer


def roles_of(clue_roles: Sequence[str], document: Document) -> frozenset[str] | None:
    """The roles a clue counts in, groups resolved; ``None`` for anywhere."""
    roles: set[str] = set()
    for name in clue_roles or (ACCOUNT,):
        if name == "any":
            return None
        roles.update(document.rules.groups.get(name, [name]))
    return frozenset(roles)


def find(document: Document, owner: str, clue: Clue) -> list[Hit]:
    """The hits of a clue that count, in order, one of overlapping ones kept: the longest.  Looked for once a document,
    unless it is so long that they would fill the memory."""
    counted = document.counted.get(owner)
    if counted is None:
        counted = _find(document, owner, clue)
        if len(counted) <= MOST_KEPT:
            document.counted[owner] = counted
    return counted


def _find(document: Document, owner: str, clue: Clue) -> list[Hit]:
    hits = document.hits.get(owner)
    if not hits:
        return []
    roles = roles_of(clue.within_roles, document)
    clause_at, role_of = document.layout.clause, document.roles
    title_end = document.title_end
    past, coming, own = clue.time == "done", clue.time == "planned", clue.own_only
    neighbours = Neighbours(document, owner, clue.near, clue.not_near) if clue.near or clue.not_near else None
    counted = []
    for hit in hits:
        start = hit[0]
        if roles is not None and ("title" if start < title_end else role_of[clause_at[start]]) not in roles:
            continue
        if clue.place != "either" and document.in_heading(start) is not (clue.place == "heading"):
            continue
        if past and (document.is_planned(hit) or document.is_earlier(hit)):
            continue
        if coming and not document.is_planned(hit):
            continue
        if own and document.is_others(hit):
            continue
        if clue.denied != "either" and document.is_denied(hit) is not (clue.denied == "yes"):
            continue
        if not clue.quoted and document.is_quoted(hit):
            continue
        if neighbours is None or neighbours.hold(hit):
            counted.append(hit)
    return _longest(counted)


class Refusal(NamedTuple):
    """The condition of a clue that a hit fails first; for ``near`` and ``not-near`` with the neighbour in question."""

    kind: str
    neighbour: Near | None = None


def refusal(document: Document, owner: str, clue: Clue, hit: Hit) -> Refusal | None:
    """Why a hit does not count, or ``None`` if it holds all conditions of its clue.

    The conditions are those of ``find``, one by one, for whoever asks about a single place.
    """
    roles = roles_of(clue.within_roles, document)
    title_end = document.title_end
    planned = document.is_planned(hit)
    role = "title" if hit[0] < title_end else document.roles[document.layout.clause[hit[0]]]
    conditions = (
        ("in", roles is None or role in roles),
        ("place", clue.place == "either" or document.in_heading(hit[0]) is (clue.place == "heading")),
        ("planned", clue.time != "done" or not planned),
        ("earlier", clue.time != "done" or not document.is_earlier(hit)),
        ("not-planned", clue.time != "planned" or planned),
        ("others", not clue.own_only or not document.is_others(hit)),
        ("denied" if clue.denied == "no" else "not-denied", _denial_fits(document, clue, hit)),
        ("quoted", clue.quoted or not document.is_quoted(hit)),
    )
    failed = next((name for name, holds in conditions if not holds), None)
    if failed is not None:
        return Refusal(failed)
    return Neighbours(document, owner, clue.near, clue.not_near).refuse(hit)


def _denial_fits(document: Document, clue: Clue, hit: Hit) -> bool:
    return clue.denied == "either" or document.is_denied(hit) is (clue.denied == "yes")


class Neighbours:
    """What must and what must not stand near the hits of one owner (a clue or a correction)."""

    def __init__(self, document: Document, owner: str, near: list[Near], not_near: list[Near]) -> None:
        self._document = document
        self._wanted = [(condition, names.near(owner, index, False)) for index, condition in enumerate(near)]
        self._refused = [(condition, names.near(owner, index, True)) for index, condition in enumerate(not_near)]

    def hold(self, hit: Hit) -> bool:
        """Whether everything that must stand near a hit does, and nothing that must not."""
        return self.refuse(hit) is None

    def refuse(self, hit: Hit) -> Refusal | None:
        """The first neighbour that a hit lacks or must not have; ``None`` where all is as it must be."""
        for condition, name in self._wanted:
            if not self._has(name, hit, condition):
                return Refusal("near", condition)
        for condition, name in self._refused:
            if self._has(name, hit, condition):
                return Refusal("not-near", condition)
        return None

    def _has(self, name: str, hit: Hit, condition: Near) -> bool:
        others = self._document.hits[name]
        if not others:
            return False
        start, end = hit
        low, high = self._document.bounds(hit, condition.within)
        if condition.at_most is not None:
            low, high = max(low, start - condition.at_most - _LONGEST), min(high, end + condition.at_most + 1)
        reach = condition.at_most if condition.at_most is not None else high
        before, after = condition.side != "after", condition.side != "before"
        if not before:
            low = max(low, start - _LONGEST)
        for index in range(bisect_left(others, (low, 0)), len(others)):
            begin, stop = others[index]
            if begin >= high or (begin >= start and not after):
                return False
            reached = (before or stop > end) and start - stop <= reach
            if reached and (condition.denied == "either" or not self._document.is_denied((begin, stop))):
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
