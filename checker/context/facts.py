"""Facts of the whole document: its report year, the level and the kind of body of its agency."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from checker.context import names
from checker.context.title import ADDRESSEE, YEAR, Title
from checker.match import builtins
from checker.match.matcher import Hits
from checker.models.document import Layout, Span
from checker.structure.view import chinese_number

_CLAUSE_ENDS = ("", *"\n。,;:!?)")
_OPENING = 1500
_HEAD = 300
_DATE_LINE = re.compile(
    r"(?:^|(?<=[。!?]))[^\n,。!?;:、《]{0,40}?[(]?"
    rf"(?P<date>(?P<year>{builtins.YEAR_FORM})年(?P<month>\d{{0,2}}[一二三四五六七八九十]{{0,3}})月(?P<day>.{{0,4}})日)[)]?$",
    re.MULTILINE,
)
_FOOT = 200  # characters, or
_FOOT_LINES = 4  # lines, within which a text is signed


class YearPlace(NamedTuple):
    """A place that tells the report year: ``title``, ``opening``, ``formula`` or ``heading``."""

    kind: str
    year: int
    span: Span


class SignOff(NamedTuple):
    """The date under a text and its view span; month and day are ``None`` where they are blank or unreadable."""

    year: int
    month: int | None
    day: int | None
    span: Span


def find_years(text: str, layout: Layout, title: Title | None, hits: Hits) -> list[YearPlace]:
    """Where the report year is told, in order of place: title, first sentence that opens with the year as reports do,
    formula, headings."""
    places: list[YearPlace] = []
    if title and title.year is not None:
        places.append(YearPlace("title", title.year, title.span))
    body_start = title.span.end if title else 0
    addressee = ADDRESSEE.match(text, body_start)
    openings = {body_start, addressee.end() if addressee else body_start}  # where line ends were lost
    spans = [Span(*span) for span in sorted(hits.get(builtins.YEAR, [])) if span[0] >= body_start]
    for span in spans:
        if span.start > body_start + _OPENING:
            break
        opens = span.start in openings or span.start == layout.sentences[layout.sentence_at(span.start)].start
        if opens and (text[span.end : span.end + 1] in (",", "度") or _opens_otherwise(span, spans, layout, hits)):
            places.append(YearPlace("opening", builtins.year_value(text[span.start : span.end]), span))
            break
    if not any(place.kind == "opening" and place.span.start <= body_start + _HEAD for place in places):
        places += _amid_sentence(text, layout, spans, hits, body_start)
    for start, end in sorted(hits.get(names.YEAR_FORMULA, [])):
        if start >= body_start + _OPENING:
            break
        inner = next((span for span in spans if start <= span.start and span.end <= end), None)
        if inner and not builtins.ends_span(text, inner.start):  # as the last year of a plan's own name does
            places.append(YearPlace("formula", builtins.year_value(text[inner.start : inner.end]), inner))
            break
    for heading in layout.headings:
        marked = not heading.run_in or text[heading.end : heading.end + 1] in tuple("。:\n")
        match = YEAR.search(text, heading.mark_end, min(heading.end, heading.mark_end + (12 if marked else 5)))
        if match and heading.level == 1:
            places.append(YearPlace("heading", builtins.year_value(match[1]), Span(match.start(), match.end())))
    return places


def _amid_sentence(text: str, layout: Layout, years: list[Span], hits: Hits, start: int) -> list[YearPlace]:
    """The year of the own body's acts that opens a clause near the head, if one alone does."""
    ours = {hit[0] for hit in hits.get(names.OURS, ())}
    found = [
        year
        for year in years
        if year.start <= start + _HEAD
        and year.end + 1 in ours
        and year.start == layout.clause_starts[layout.clause[year.start]]
    ]
    if len(found) != 1:
        return []
    return [YearPlace("opening", builtins.year_value(text[found[0].start : found[0].end]), found[0])]


def _opens_otherwise(span: Span, years: list[Span], layout: Layout, hits: Hits) -> bool:
    """Whether a year opens the report in another of the usual ways, and its sentence names no other year."""
    sentence = layout.sentences[layout.sentence_at(span.start)]
    alone = all(year == span or not sentence.start <= year.start < sentence.end for year in years)
    return alone and any(start == span.start for start, _ in hits.get(names.YEAR_OPENING, ()))


_LATE = 10  # from this month on a report on the year itself may be signed
_YEAR_VOTES = {"title": 4.0, "opening": 2.5, "formula": 2.0, "heading": 1.0}


def report_year(places: list[YearPlace], text: str, hits: Hits) -> int | None:
    """The report year on which the telling places agree best.

    A heading may tell the report year or, over the plan, the next, unless one of the year after is there; a report is
    signed early in the next year, or late in its own.
    """
    votes: defaultdict[int, float] = defaultdict(float)
    openings = [place for place in places if place.kind == "opening"]
    headed = {place.year for place in places if place.kind == "heading"}
    for place in places:
        if place in openings[:-1]:  # of two the one in mid-sentence, which comes last, counts
            continue
        votes[place.year] += _YEAR_VOTES[place.kind]
        if place.kind == "heading" and place.year + 1 not in headed:
            votes[place.year - 1] += 1
    signed = find_sign_off(text)
    if signed is not None:
        late = signed.month is not None and signed.month >= _LATE
        votes[signed.year - (not late)] += 2
        votes[signed.year - late] += 0.5
    titled = [place.span.end for place in places if place.kind == "title"]
    mentions = Counter(
        builtins.year_value(text[start:end])
        for start, end in hits.get(builtins.YEAR, ())
        if not titled or start >= titled[0]  # a title has its own say
    )
    most = mentions.most_common(2)
    if most and (not votes or len(most) == 1 or most[0][1] > most[1][1]):
        votes[most[0][0]] += 1
    return max(votes, key=lambda year: (votes[year], -year)) if votes else None


def find_sign_off(text: str) -> SignOff | None:
    """The date under the text: the last of those that end one of its last lines, alone or behind a name, and begin it or
    follow a sentence (where line ends were lost)."""
    foot = len(text) - len("\n".join(text[-_FOOT:].split("\n")[-_FOOT_LINES:]))
    dates = list(_DATE_LINE.finditer(text, foot))
    if not dates:
        return None
    year, month, day = dates[-1]["year"], _number(dates[-1]["month"]), _number(dates[-1]["day"])
    return SignOff(builtins.year_value(year), month, day, Span(*dates[-1].span("date")))


def _number(digits: str) -> int | None:
    return chinese_number(digits) if digits else None


def classify(hits: Hits, classes: dict[str, str], agency: str | None, text: str, title: Title | None) -> str | None:
    """The class (level, kind of body) whose wordings the agency's name bears, else its pronouns, else the text's head.

    ``classes`` maps each class to its concept; the hit that ends last in a name decides, the longer one on a tie;
    without a name the class that pronouns (our town) or the text's head mention most.
    """
    for start, end in _name_places(text, agency, title):
        if best := _borne(hits, classes, start, end):
            return best
    pronouns = _by_pronouns(hits, classes, text)
    titles = [span for span in hits.get(builtins.DOCUMENT, ()) if span[0] < _HEAD]
    head = Counter(
        name
        for name, concept in classes.items()
        for start, end in hits.get(concept, ())
        if start < _HEAD and not any(first < start and end < last for first, last in titles)
    )
    sure = Counter({name: times for name, times in pronouns.items() if times > 1})
    return next((counted.most_common(1)[0][0] for counted in (sure, head, pronouns) if counted), None)


def _by_pronouns(hits: Hits, classes: dict[str, str], text: str) -> Counter[str]:
    """How often pronouns that begin a clause speak of each class."""
    places: dict[str, tuple[int, int]] = {}
    counted: Counter[str] = Counter()
    for start, end in hits.get(names.OURS, ()):
        if text[start - 1 : start] in _CLAUSE_ENDS:
            places.setdefault(text[start:end], (start, end))
            counted[text[start:end]] += 1
    classed: Counter[str] = Counter()
    for pronoun, place in places.items():
        if name := _borne(hits, classes, *place):
            classed[name] += counted[pronoun]
    return classed


def _borne(hits: Hits, classes: dict[str, str], start: int, end: int) -> str | None:
    """The class whose wordings stand in a stretch, the one that ends last."""
    ranked = [
        (hit[1], hit[1] - hit[0], name)
        for name, concept in classes.items()
        for hit in hits.get(concept, ())
        if start <= hit[0] and hit[1] <= end
    ]
    return max(ranked)[2] if ranked else None


def _name_places(text: str, agency: str | None, title: Title | None) -> list[tuple[int, int]]:
    """Where the agency is named: the title, its first and last mention."""
    places = [tuple(title.span)] if title else []
    if agency:
        for found in (text.find(agency), text.rfind(agency)):
            if found >= 0:
                places.append((found, found + len(agency)))
    return [(start, end) for start, end in places]
