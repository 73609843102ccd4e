"""Repetition: a paragraph or long sentence that stands twice, word for word or nearly so.

Every segment (up to 。；！？ or a line's end) is looked up by its wording once; segments that repeat one after the other make
one run.  Set phrases, quoted titles, headings and the title line do not count towards its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from checker.context.document import Document
from checker.judge.detectors.clauses import either, in_view_form
from checker.judge.detectors.fault import Fault
from checker.judge.wording import own_length
from checker.models.detectors import RepetitionRule
from checker.models.document import Span
from checker.models.rule import RulePack

_SEGMENT = re.compile(r"[^。;!?\n]{8,}")
_HEAD = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[是要、,.:]|其[一二三四五六七八九十][,:]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d)|[①-⑳])?[,:]?"
)
_STOPS = frozenset("。;!?")  # a heading that ends with one is a sentence, such as an item of a list
_KEY = 10  # near repeats begin or end with the same characters
_LONG = 50  # only sentences this long are compared for near repeats
_ALIKE = 0.9
_LONGEST_END = 200  # characters of the end of a segment that may stand again as one of its own
_HEADING, _MARK = 24, "、"  # the longest heading in front of a repeated sentence, and what ends a main one's mark


def detect(document: Document, rule: RepetitionRule, pack: RulePack) -> list[Fault]:
    """A fault at the second occurrence of each repeated stretch that is long enough."""
    text = document.view.text
    least = rule.options.at_least
    formulas = _formulas(in_view_form(rule.options.set_phrases))
    segments = list(_segments(document, _formulas(in_view_form(rule.options.openers))))
    faults = []
    for first, last in _runs(_with_repeats(text, segments, least)):
        span = Span(segments[first].start, segments[last].end)
        if own_length(text[span.start : span.end], formulas) < least:
            continue
        place = document.view.to_source(*span)
        source = document.report.text[place.start : place.end]
        opening = source.split("\n", 1)[0][:30].strip()
        faults.append(Fault(place.start, place.end, values={"opening": opening}))
    return faults


def _segments(document: Document, openers: re.Pattern[str]) -> Iterator[Span]:
    """Segments of running text without the marks and words that open them: no headings, no title line."""
    text, headings = document.view.text, {heading.start: heading.end for heading in document.layout.headings}
    title = document.title.span if document.title else Span(-1, -1)
    for match in _SEGMENT.finditer(text):
        start, end = match.span()
        if (
            (headings.get(start, 0) >= end and text[end : end + 1] not in _STOPS)
            or title.start <= start < title.end
            or _is_line(text, start, end)
        ):
            continue
        head = _HEAD.match(text, start, end)
        start = head.end() if head else start
        opener = openers.match(text, start, end)
        yield Span(opener.end() if opener else start, end)


def _is_line(text: str, start: int, end: int) -> bool:
    """Whether a segment is a line of its own without any pause: the name of a paper or a page."""
    alone = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
    return alone and text.find(",", start, end) < 0


def _with_repeats(text: str, segments: list[Span], least: int) -> list[int | None]:
    """For each segment the earlier one it repeats, or whose last clauses it repeats."""
    seen: dict[str, int] = {}
    heads: dict[str, int] = {}
    tails: dict[str, int] = {}
    repeats: list[int | None] = []
    for index, (start, end) in enumerate(segments):
        wording = text[start:end]
        before = seen.setdefault(wording, index)
        if before == index and end - start >= _LONG:
            before = _nearly(
                text, segments, index, heads.setdefault(wording[:_KEY], index), tails.setdefault(wording[-_KEY:], index)
            )
        # where a run goes on, the segment after the last one repeated is meant, not the first of its wording
        last = repeats[-1] if repeats else None
        if last is not None and before != index and text[slice(*segments[last + 1])] == wording and last + 1 < index:
            before = last + 1
        repeats.append(before if before < index else None)
        for clause in _ends(text, start, end, least):
            seen.setdefault(clause, index)
    return repeats


def _ends(text: str, start: int, end: int, least: int) -> Iterator[str]:
    """The last clauses of a segment, from each of its commas on, where they are long enough to stand alone."""
    comma = text.find(",", max(start, end - _LONGEST_END), end - least)
    while comma >= 0:
        yield text[comma + 1 : end]
        comma = text.find(",", comma + 1, end - least)


def _nearly(text: str, segments: list[Span], index: int, *candidates: int) -> int:
    """An earlier segment that differs in one short stretch only, a stretch without figures; else the segment itself."""
    own = text[slice(*segments[index])]
    for candidate in candidates:
        other = text[slice(*segments[candidate])]
        if candidate == index:
            continue
        if _but_for_heading(text, segments[index], segments[candidate]):
            return candidate
        if not _ALIKE < len(own) / len(other) < 1 / _ALIKE:
            continue
        shorter = min(len(own), len(other))
        head = _shared(own, other, shorter)
        tail = min(_shared(own[::-1], other[::-1], shorter), shorter - head)
        changed = own[head : len(own) - tail] + other[head : len(other) - tail]
        if head + tail >= _ALIKE * max(len(own), len(other)) and not any(c.isdigit() for c in changed):
            return candidate
    return index


def _but_for_heading(text: str, *pair: Span) -> bool:
    """Whether of two segments the longer is the other behind a heading whose line end was lost (六、促进和谐依托……)."""
    shorter, longer = sorted(pair, key=lambda span: span.end - span.start)
    extra = (longer.end - longer.start) - (shorter.end - shorter.start)
    if not 0 < extra <= _HEADING or shorter.end - shorter.start < _LONG or text[longer.start - 1] != _MARK:
        return False
    if any(c.isdigit() or c == "," for c in text[longer.start : longer.start + extra]):
        return False
    return text[slice(*shorter)] == text[longer.start + extra : longer.end]


def _shared(one: str, other: str, most: int) -> int:
    """How many characters two texts share from their start, found by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _runs(repeats: list[int | None]) -> Iterator[tuple[int, int]]:
    """Stretches of segments that repeat an earlier stretch in the same order."""
    first: int | None = None
    for index, repeated in enumerate(repeats):
        follows = first is not None and repeated is not None and repeats[index - 1] == repeated - 1
        if not follows:
            if first is not None:
                yield first, index - 1
            first = index if repeated is not None else None
    if first is not None:
        yield first, len(repeats) - 1


@lru_cache(maxsize=16)
def _formulas(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(either(words))
