"""The role of a section whose heading names none (``还需要正视的几个情况``): told by what most of its sentences say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from checker.context import names
from checker.match.matcher import Hit, Hits
from checker.models.document import Layout, Section
from checker.models.rule import Content, Sections


def by_contents(
    layout: Layout, hits: Hits, rules: Sections, sections: list[Section], unnamed: Collection[int]
) -> list[Section]:
    """The sections, those of ``unnamed`` (indexes) with the role their sentences tell, where they tell one.

    A section of the first level and the unnamed ones below it are told together; of several that tell a role the last
    has it.  A section in which a sentence turns to some role is left to its sentences.
    """
    result = list(sections)
    own = frozenset(unnamed)
    blocks = [_block(sections, first) for first in unnamed if sections[first].level == 1]
    headings = frozenset(layout.sentence_at(heading.start) for heading in layout.headings if not heading.run_in)
    for role, rule in rules.roles.items():
        content = rule.content
        if content is None:
            continue
        spans = hits.get(names.role_content(role), ())
        earliest = content.after * len(layout.clause)
        for first, last in reversed(blocks):
            start, end = sections[first].start, sections[last].end
            if start < earliest or _turns(hits, rules, start, end):
                continue
            if _tells(layout, headings, spans, content, start, end):
                for index in range(first, last + 1):
                    if index in own:
                        result[index] = result[index]._replace(role=role)
                break
    return result


def _block(sections: list[Section], first: int) -> tuple[int, int]:
    """The first and the last of a section and those below it."""
    last = first
    while last + 1 < len(sections) and sections[last + 1].level > sections[first].level:
        last += 1
    return first, last


def _turns(hits: Hits, rules: Sections, start: int, end: int) -> bool:
    """Whether a sentence between two offsets turns to some role."""
    openings = (hits.get(names.role_opening(role), ()) for role in rules.roles)
    return any(spans[at][0] < end for spans in openings if (at := bisect_left(spans, (start, 0))) < len(spans))


def _tells(
    layout: Layout, headings: frozenset[int], spans: Sequence[Hit], content: Content, start: int, end: int
) -> bool:
    """Whether enough of the sentences between two offsets, headings left out, have a telling wording."""
    sentences = set(range(layout.sentence_at(start), layout.sentence_at(end - 1) + 1)) - headings
    telling = set()
    position = bisect_left(spans, (start, 0))
    while position < len(spans) and spans[position][0] < end:
        telling.add(layout.sentence_at(spans[position][0]))
        position += 1
    telling &= sentences
    return len(telling) >= content.at_least and len(telling) >= content.share * len(sentences)
