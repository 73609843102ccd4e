"""The role of a section whose heading names none (``还需要正视的几个情况``), or of paragraphs that nothing announces: told
by what most of their sentences say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from checker.context import names
from checker.match.matcher import Hit, Hits
from checker.models.document import Layout, Section, Span
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


def by_paragraphs(layout: Layout, hits: Hits, rules: Sections, sections: list[Section]) -> list[Section]:
    """The sections, cut where paragraphs of the account tell a role that no section has.

    Of several stretches of such paragraphs the last has the role; what they say besides of what is planned does not
    count against them.
    """
    for role, rule in rules.roles.items():
        if rule.content is None or rule.time == "planned" or any(section.role == role for section in sections):
            continue
        stretch = _stretch(layout, hits, rules, role, rule.content, sections)
        if stretch is not None:
            sections = _cut_out(sections, stretch, role, rules.default)
    return sections


def _stretch(
    layout: Layout, hits: Hits, rules: Sections, role: str, content: Content, sections: list[Section]
) -> Span | None:
    """The last paragraphs one after another, far enough behind the start, most of each telling the role."""
    telling = {layout.sentence_at(start) for start, _ in hits.get(names.role_content(role), ())}
    planned = {
        layout.sentence_at(start)
        for name, rule in rules.roles.items()
        if rule.time == "planned"
        for start, _ in hits.get(names.role_content(name), ())
    } - telling
    counts: dict[int, tuple[int, int]] = {}  # paragraph -> sentences that tell the role, and all that count
    account = [section for section in sections if section.role == rules.default]
    for section in account:
        for number in range(layout.sentence_at(section.start), layout.sentence_at(section.end - 1) + 1):
            paragraph = layout.paragraph_of_sentence[number]
            told, all_ = counts.get(paragraph, (0, 0))
            counts[paragraph] = told + (number in telling), all_ + (number not in planned)
    earliest = content.after * len(layout.clause)
    found = None
    for first, last in _runs(
        [
            number
            for number, (told, all_) in sorted(counts.items())
            if 2 * told > all_ and layout.paragraphs[number].start >= earliest
        ]
    ):
        told, all_ = (sum(counts[number][side] for number in range(first, last + 1)) for side in (0, 1))
        if told >= content.at_least and told >= content.share * all_:
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
