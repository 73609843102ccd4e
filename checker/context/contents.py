"""The role of a section whose heading names none (``还需要正视的几个情况``), or of paragraphs that nothing announces: told
by what most of their segments say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from checker.context import names
from checker.match.matcher import Hits
from checker.models.document import Layout, Section, Span
from checker.models.rule import Content, Sections

_BARE_SHARE = 0.7  # so much of paragraphs that nothing sets off must tell their role


class _Telling(NamedTuple):
    """The segments that tell a role, and those that count neither for nor against it."""

    told: frozenset[int]
    beside: frozenset[int]

    def share(self, segments: Collection[int]) -> tuple[int, int]:
        """How many of some segments tell the role, and how many count."""
        told = sum(1 for segment in segments if segment in self.told)
        return told, sum(1 for segment in segments if segment in self.told or segment not in self.beside)


def by_contents(
    layout: Layout, hits: Hits, rules: Sections, sections: list[Section], unnamed: Collection[int]
) -> list[Section]:
    """The sections, those of ``unnamed`` (indexes) with the role their segments tell, where they tell one.

    A section of the highest level and the unnamed ones below it are told together; of several that tell a role the last
    has it.  A section in which a sentence turns to another part of the account is left to its sentences; where one turns
    to the role itself, those before it decide.
    """
    highest = min((section.level for section in sections if section.heading >= 0), default=1)
    blocks = [_block(sections, first) for first in unnamed if sections[first].level == highest]
    if not blocks:
        return sections
    result, own = list(sections), frozenset(unnamed)
    headings = frozenset(_segment(layout, heading.start) for heading in layout.headings if not heading.run_in)
    for role, rule in rules.roles.items():
        if rule.content is None:
            continue
        telling = _telling(layout, hits, role)
        free = (block for block in reversed(blocks) if result[block[0]].role == sections[block[0]].role)
        for first, last in free:
            start, end = sections[first].start, sections[last].end
            if not _turns(hits, rules, role, start, end) and _tells(
                layout, rule.content, telling, headings, start, _first(hits, role, start, end) or end
            ):
                for index in own.intersection(range(first, last + 1)):
                    result[index] = result[index]._replace(role=role)
                break
    return result


def by_paragraphs(layout: Layout, hits: Hits, rules: Sections, sections: list[Section]) -> list[Section]:
    """The sections, cut where paragraphs of the account tell a role that no section has.

    Of several stretches of such paragraphs the last has the role.
    """
    for role, rule in rules.roles.items():
        if rule.content is None or any(section.role == role for section in sections):
            continue
        stretch = _stretch(layout, _telling(layout, hits, role), rule.content, rules.default, sections)
        if stretch is not None:
            sections = _cut_out(sections, stretch, role, rules.default)
    return sections


def _telling(layout: Layout, hits: Hits, role: str) -> _Telling:
    told, beside = (
        frozenset(_segment(layout, start) for start, _ in hits.get(name, ()))
        for name in (names.role_content(role), names.role_beside(role))
    )
    return _Telling(told, beside)


def _segment(layout: Layout, offset: int) -> int:
    return layout.segment_of_clause[layout.clause[offset]]


def _enough(content: Content, told: int, all_: int) -> bool:
    return told >= content.at_least and told >= content.share * all_


def _block(sections: list[Section], first: int) -> tuple[int, int]:
    """The first and the last of a section and those below it."""
    last = first
    while last + 1 < len(sections) and sections[last + 1].level > sections[first].level:
        last += 1
    return first, last


def _tells(layout: Layout, content: Content, telling: _Telling, headings: frozenset[int], start: int, end: int) -> bool:
    """Whether the segments between two offsets, headings left out, tell a role that may stand so early."""
    if start < content.after * len(layout.clause):
        return False
    segments = set(range(_segment(layout, start), _segment(layout, end - 1) + 1)) - headings
    return _enough(content, *telling.share(segments))


def _turns(hits: Hits, rules: Sections, role: str, start: int, end: int) -> bool:
    """Whether a sentence between two offsets turns to a role other than one's own and the plan's."""
    others = (name for name, rule in rules.roles.items() if name != role and rule.time != "planned")
    return any(_first(hits, name, start, end) is not None for name in others)


def _first(hits: Hits, role: str, start: int, end: int) -> int | None:
    """Where a sentence between two offsets first turns to a role."""
    spans = hits.get(names.role_opening(role), ())
    at = bisect_left(spans, (start, 0))
    return spans[at][0] if at < len(spans) and spans[at][0] < end else None


def _stretch(layout: Layout, telling: _Telling, content: Content, default: str, sections: list[Section]) -> Span | None:
    """The last paragraphs one after another, far enough behind the start, of which each mostly tells a role."""
    segments: dict[int, list[int]] = {}  # by paragraph, those of the account
    for section in sections:
        if section.role != default or section.start >= section.end:
            continue
        for clause in range(layout.clause[section.start], layout.clause[section.end - 1] + 1):
            paragraph = layout.paragraph_of_sentence[layout.sentence_of_clause[clause]]
            inside = segments.setdefault(paragraph, [])
            segment = layout.segment_of_clause[clause]
            if not inside or inside[-1] != segment:
                inside.append(segment)
    shares = {paragraph: telling.share(inside) for paragraph, inside in segments.items()}
    earliest = content.after * len(layout.clause)
    likely = [
        paragraph
        for paragraph, (told, all_) in sorted(shares.items())
        if 2 * told > all_ and layout.paragraphs[paragraph].start >= earliest
    ]
    found = None
    for first, last in _runs(likely):
        told, all_ = (sum(shares[number][side] for number in range(first, last + 1)) for side in (0, 1))
        if _enough(content, told, all_) and told >= _BARE_SHARE * all_:
            found = Span(layout.paragraphs[first].start, layout.paragraphs[last].end)
    return found


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers in order as stretches that follow one another: first and last of each."""
    first = None
    for index, number in enumerate(numbers):
        if first is None:
            first = number
        if index + 1 == len(numbers) or numbers[index + 1] != number + 1:
            yield first, number
            first = None


def _cut_out(sections: list[Section], stretch: Span, role: str, default: str) -> list[Section]:
    """The sections, those of the ``default`` role cut so that what lies in a stretch has another."""
    result = []
    for section in sections:
        start, end = max(section.start, stretch.start), min(section.end, stretch.end)
        if section.role != default or start >= end:
            result.append(section)
            continue
        pieces = ((section.start, start, default), (start, end, role), (end, section.end, default))
        result += [section._replace(start=a, end=b, role=name) for a, b, name in pieces if a < b]
    return result
