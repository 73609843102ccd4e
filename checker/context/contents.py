"""The role of a section whose heading names none (``还需要正视的几个情况``), or of paragraphs that nothing announces: told
by what most of their segments say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from checker.context import names
from checker.match.matcher import Hits
from checker.models.document import Heading, Layout, Section, Span
from checker.models.rule import SHORTCOMINGS, Closing, Content, Sections

_FIRST = 2  # so many segments begin a section
_BARE_SHARE = 0.7  # so much of paragraphs that nothing sets off must tell their role


class _Telling(NamedTuple):
    """The segments that tell a role, and those that count neither for nor against it."""

    told: frozenset[int]
    beside: frozenset[int]

    def share(self, segments: Collection[int]) -> tuple[int, int]:
        """How many of some segments tell the role, and how many count."""
        told = sum(1 for segment in segments if segment in self.told)
        return told, sum(1 for segment in segments if segment in self.told or segment not in self.beside)

    def begins(self, segments: Collection[int]) -> bool:
        """Whether one of the first of some segments that count tells the role."""
        counting = [segment for segment in sorted(segments) if segment in self.told or segment not in self.beside]
        return any(segment in self.told for segment in counting[:_FIRST])


def by_contents(
    layout: Layout, hits: Hits, rules: Sections, sections: list[Section], unnamed: Collection[int]
) -> list[Section]:
    """The sections, those of ``unnamed`` (indexes) with the role their segments tell, where they tell one.

    A section of the highest level and the unnamed ones below it are told together; of several that tell a role the last
    has it.  A role that no section has so may be that of the one right before the plan, of which less is asked.
    """
    highest = min((section.level for section in sections if section.heading >= 0), default=1)
    blocks = [_block(sections, first) for first in unnamed if sections[first].level == highest]
    if not blocks:
        return sections
    contents = _Contents(layout, hits, rules)
    result, own = list(sections), frozenset(unnamed)
    for role, rule in rules.roles.items():
        if rule.content is None:
            continue
        free = [block for block in reversed(blocks) if result[block[0]].role == sections[block[0]].role]
        found = next((block for block in free if contents.tell(role, result, block)), None)
        if found is None and all(section.role != role for section in result):
            found = next((block for block in free if contents.close(role, result, block)), None)
        if found is not None:
            for index in own.intersection(range(found[0], found[1] + 1)):
                result[index] = result[index]._replace(role=role)
    return result


class _Contents:
    """What the segments of a block of sections (first and last) say, held against what tells a role."""

    def __init__(self, layout: Layout, hits: Hits, rules: Sections) -> None:
        self._layout, self._hits, self._rules = layout, hits, rules
        self._tellings: dict[tuple[str, bool], _Telling] = {}
        self._headings = frozenset(_segment(layout, h.start) for h in layout.headings if _is_apart(layout, h))

    def tell(self, role: str, sections: Sequence[Section], block: tuple[int, int]) -> bool:
        """Whether enough of the segments tell the role.

        Where a sentence turns to another part of the account the sections are left to their sentences; where one turns
        to the role itself, those before it decide.
        """
        content = self._rules.roles[role].content
        start, end = sections[block[0]].start, sections[block[1]].end
        if content is None or start < content.after * len(self._layout.clause) or self._turns(role, start, end):
            return False
        telling = self._told_by(role)
        return _enough(content, *telling.share(self._segments(start, self._first(role, start, end) or end)))

    def close(self, role: str, sections: Sequence[Section], block: tuple[int, int]) -> bool:
        """Whether the sections stand where the role closes the account (the plan last, behind the shortcomings; another
        right before the plan) and segments enough tell it, or say what it says there alone."""
        content = self._rules.roles[role].content
        if content is None or content.closing is None:
            return False
        start, end = sections[block[0]].start, sections[block[1]].end
        earliest = int(content.after * len(self._layout.clause))
        if start < earliest or self._first(role, earliest, len(self._layout.clause)) is not None:
            return False
        if self._is_planned(role):
            if not self._ends(sections, block):
                return False
        else:
            turn = self._before_plan(sections, block)
            if turn is None or self._turns(role, start, end):
                return False
            end = turn
        telling = self._told_by(role, closing=True)
        segments = self._segments(start, end)
        return telling.begins(segments) and _enough(content.closing, *telling.share(segments))

    def _ends(self, sections: Sequence[Section], block: tuple[int, int]) -> bool:
        """Whether sections end a text that has told its shortcomings."""
        shortcomings = self._rules.groups.get(SHORTCOMINGS, ())
        return block[1] + 1 == len(sections) and any(section.role in shortcomings for section in sections[: block[0]])

    def _before_plan(self, sections: Sequence[Section], block: tuple[int, int]) -> int | None:
        """Where the plan begins that follows sections: behind them, or where a sentence of the last of all turns to it."""
        if block[1] + 1 < len(sections):
            following = sections[block[1] + 1]
            planned = self._is_planned(following.role) or self._begins_plan(following)
            return sections[block[1]].end if planned else None
        return self._first_planned(sections[block[0]].start, sections[block[1]].end)

    def _begins_plan(self, section: Section) -> bool:
        """Whether the first sentence below a section's heading turns to the plan."""
        turn = self._first_planned(section.start, section.end)
        return turn is not None and not self._segments(section.start, turn + 1) - {_segment(self._layout, turn)}

    def _first_planned(self, start: int, end: int) -> int | None:
        """Where a sentence between two offsets first turns to the plan."""
        turns = (self._first(name, start, end) for name in self._rules.roles if self._is_planned(name))
        return min((turn for turn in turns if turn is not None), default=None)

    def _is_planned(self, role: str) -> bool:
        return self._rules.roles[role].time == "planned"

    def _told_by(self, role: str, closing: bool = False) -> _Telling:
        """What tells a role; ``closing``: with what its section says where it closes the account."""
        key = role, closing
        if key not in self._tellings:
            telling = _telling(self._layout, self._hits, role)
            if closing:
                more = _segments_of(self._layout, self._hits, names.role_closing(role))
                telling = telling._replace(told=telling.told | more)
            self._tellings[key] = telling
        return self._tellings[key]

    def _segments(self, start: int, end: int) -> frozenset[int]:
        """The segments between two offsets, headings left out."""
        return frozenset(range(_segment(self._layout, start), _segment(self._layout, end - 1) + 1)) - self._headings

    def _turns(self, role: str, start: int, end: int) -> bool:
        """Whether a sentence between two offsets turns to a role other than one's own and the plan's."""
        others = (name for name in self._rules.roles if name != role and not self._is_planned(name))
        return any(self._first(name, start, end) is not None for name in others)

    def _first(self, role: str, start: int, end: int) -> int | None:
        """Where a sentence between two offsets first turns to a role."""
        spans = self._hits.get(names.role_opening(role), ())
        at = bisect_left(spans, (start, 0))
        return spans[at][0] if at < len(spans) and spans[at][0] < end else None


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
    return _Telling(
        _segments_of(layout, hits, names.role_content(role)), _segments_of(layout, hits, names.role_beside(role))
    )


def _segments_of(layout: Layout, hits: Hits, name: str) -> frozenset[int]:
    """The segments in which hits begin."""
    return frozenset(_segment(layout, start) for start, _ in hits.get(name, ()))


def _segment(layout: Layout, offset: int) -> int:
    return layout.segment_of_clause[layout.clause[offset]]


def _enough(content: Content | Closing, told: int, all_: int) -> bool:
    return told >= content.at_least and told >= content.share * all_


def _is_apart(layout: Layout, heading: Heading) -> bool:
    """Whether a heading's wording is a segment of its own."""
    behind = min(heading.end + 1, len(layout.clause) - 1)
    return not heading.run_in or _segment(layout, heading.start) != _segment(layout, behind)


def _block(sections: list[Section], first: int) -> tuple[int, int]:
    """The first and the last of a section and those below it."""
    last = first
    while last + 1 < len(sections) and sections[last + 1].level > sections[first].level:
        last += 1
    return first, last


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
