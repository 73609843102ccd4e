"""Where an element belongs that is not there: the heading of the section in which its evidence would count."""

from __future__ import annotations

from collections.abc import Iterator

from checker.context.document import Document
from checker.judge.clues import roles_of
from checker.match.matcher import Hit
from checker.models.rule import Element


def home(document: Document, element: Element) -> Hit | None:
    """The heading's view span; ``None`` where the report has no such section.

    The roles that the element names as its home come first, then those in which some clue of it counts, the clue that is
    the least at large first.  Of the sections of the first that has any, the one that gives the main account, else the
    first and highest.
    """
    for roles in _homes(document, element):
        sections = [s for s in document.sections if s.role in roles and s.heading >= 0]
        if sections:
            best = min(sections, key=lambda s: (s.role != document.rules.default, s.level, s.start))
            heading = document.layout.headings[best.heading]
            return heading.start, heading.end
    return None


def _homes(document: Document, element: Element) -> Iterator[frozenset[str]]:
    yield from (frozenset([role]) for role in element.home)
    found = (roles_of(element.clues[name].within_roles, document) for name in element.met_clues)
    yield from sorted((roles for roles in found if roles is not None), key=len)
