"""Figures that stand unchanged: the same number of the same thing in both reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.context import names
from checker.context.document import Document
from checker.models.document import Span
from checker.models.rule import Comparison

_BEFORE, _AFTER = 16, 10
_NOUN = 2  # a noun has at least so many characters
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_STOP = re.compile(r"[^\u4e00-\u9fff]")


@dataclass(frozen=True)
class Figure:
    """A number with its unit and the words on both sides within its clause; ``span`` covers all three."""

    span: Span
    value: str
    before: str
    after: str


def figures(document: Document, rules: Comparison, copied: Sequence[Span] = ()) -> list[Figure]:
    """The figures of the account of the year's work; years, numbers of papers and set phrases are none.

    Figures of earlier years count only within ``copied`` spans, where the year itself may have been left over.
    """
    aside = {*rules.shortcomings.within_roles, *rules.plans.within_roles}
    found = []
    for hit in _widest(document.hits.get(names.FIGURE, ())):
        if document.role_at(hit[0]) in aside or document.is_quoted(hit):
            continue
        if document.is_earlier(hit) and not any(span.start <= hit[0] < span.end for span in copied):
            continue
        figure = _figure(document, Span(*hit))
        if figure is not None:
            found.append(figure)
    return found


def _widest(hits: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of overlapping hits the longest."""
    last: tuple[int, int] | None = None
    for hit in hits:
        if last and hit[0] < last[1]:
            last = max(last, hit, key=lambda span: span[1] - span[0])
            continue
        if last:
            yield last
        last = hit
    if last:
        yield last


def _figure(document: Document, span: Span) -> Figure | None:
    """The figure with its words; ``None`` for one without digits."""
    text = document.view.text
    wording = text[span.start : span.end]
    if not _DIGITS.match(wording):
        return None
    layout = document.layout
    clause = layout.clause_span(layout.clause[span.start])
    before = _STOP.split(text[max(clause.start, span.start - _BEFORE) : span.start])[-1]
    after = _STOP.split(text[span.end : min(clause.end, span.end + _AFTER)])[0]
    span = Span(span.start - len(before), span.end + len(after))
    return Figure(span, wording.replace(",", ""), before, after)


def unchanged(here: Sequence[Figure], before: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Each figure of this year's report that stood in last year's with the same unit and the same noun."""
    known: dict[str, list[Figure]] = {}
    for figure in before:
        known.setdefault(figure.value, []).append(figure)
    pairs = []
    for figure in here:
        others = known.get(figure.value, [])[:50]
        same = max(others, key=lambda other: _kinship(figure, other), default=None)
        if same is not None and _kinship(figure, same) >= 2 * _NOUN:
            pairs.append((figure, same))
    return pairs


def _kinship(one: Figure, other: Figure) -> int:
    """How many characters next to the figures agree."""
    ahead = _shared(one.before[::-1], other.before[::-1])
    behind = _shared(one.after, other.after)
    if not one.before and not other.before and behind >= _NOUN:
        return 2 * behind
    return ahead + behind if max(ahead, behind) >= _NOUN else 0


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
