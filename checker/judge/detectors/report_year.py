"""Places that disagree on the report year: title, opening, formula, headings of the account, closing words."""

from __future__ import annotations

from checker.context import names
from checker.context.document import Document
from checker.context.facts import YearPlace
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.places import first_within, overlaps, starts_at, tell, within, words
from checker.match import builtins
from checker.match.matcher import Hit
from checker.models.detectors import ReportYearRule
from checker.models.document import Heading, Span
from checker.models.rule import RulePack

_PLANNED = 8  # characters behind a year within which it is told to be one of plans
_NEXT_SENTENCES = 300  # within which an opening on another year may turn to the report year


def detect(document: Document, rule: ReportYearRule, pack: RulePack) -> list[Fault]:
    """A fault at each place that tells another report year, or one where none is told at all."""
    if document.year is None:
        return _untold(document, rule)
    told = [place for place in document.year_places if _tells(document, rule, place)]
    told += _formulas(document, rule)
    deviating = [place for place in told if place.year != document.year]
    if _title_is_odd(told, document.year):
        deviating = [place for place in told if place.kind == "title"]
    years = {place.year for place in told}
    faults: dict[Hit, Fault] = {}
    for place in deviating:
        span = _clause(document, place)
        faults.setdefault(span, _tell(document, rule, place, span, years))
    return list(faults.values())


def _untold(document: Document, rule: ReportYearRule) -> list[Fault]:
    """A report whose title is found but whose year is nowhere told."""
    if document.title is None:
        return []
    return [tell(document, rule, "untold", document.title.span)]


def _title_is_odd(told: list[YearPlace], year: int) -> bool:
    """Whether the title stands alone against places of at least two other kinds that agree with one another."""
    title = {place.year for place in told if place.kind == "title"}
    kinds = {place.kind for place in told if place.kind != "title"}
    years = {place.year for place in told if place.kind != "title"}
    return title == {year} and len(kinds) > 1 and len(years) == 1 and not years & title


def _tells(document: Document, rule: ReportYearRule, place: YearPlace) -> bool:
    """Whether a place speaks of the report year: an opening that leads on to it, a plan or rectification does not."""
    start, end = place.span
    if place.kind != "title" and starts_at(words(document, rule, "not-dating"), end):
        return False
    if place.kind == "heading":
        return _is_account_heading(document, rule, start)
    sentence = document.layout.sentences[document.layout.sentence_at(start)]
    if place.kind == "opening":
        near = abs(place.year - (document.year or 0)) <= 1  # a year further back is history
        amid = start != sentence.start and _leads_on(document, rule, place.span)
        return near and _opens_report(document, start) and not amid and not _turns(document, sentence)
    return place.kind == "title" or not overlaps(words(document, rule, "other-matter"), *_clause(document, place))


def _is_account_heading(document: Document, rule: ReportYearRule, offset: int) -> bool:
    section = document.sections[document.section_at(offset)]
    if section.role not in (rule.options.account_roles or [document.rules.default]) or section.heading < 0:
        return False
    heading = document.layout.headings[section.heading]
    return first_within(words(document, rule, "other-matter"), heading.mark_end, heading.end) is None


def _opens_report(document: Document, offset: int) -> bool:
    """Whether a place stands before the first heading, or in the preamble where there are none."""
    first = _first_heading(document)
    return offset < first.start if first else document.role_at(offset) == document.rules.preamble


def _first_heading(document: Document) -> Heading | None:
    """The first main heading behind the title."""
    return next((h for h in document.layout.headings if h.level == 1 and h.start >= document.title_end), None)


def _preamble_end(document: Document) -> int:
    """Where the first main heading stands, or the text ends."""
    first = _first_heading(document)
    return first.start if first else len(document.view.text)


def _turns(document: Document, sentence: Span) -> bool:
    """Whether a sentence before it in the preamble, or one soon after there, opens with the report year."""
    layout = document.layout
    years = document.hits.get(builtins.REPORT_YEAR, [])
    near = within(years, document.title_end, min(sentence.end + _NEXT_SENTENCES, _preamble_end(document)))
    return any(start == layout.sentences[layout.sentence_at(start)].start for start, _ in near)


def _leads_on(document: Document, rule: ReportYearRule, span: Span) -> bool:
    """Whether a year in mid-sentence is told only to lead on to the report year, or of what is planned."""
    told = [*document.hits.get(builtins.REPORT_YEAR, ()), *words(document, rule, "this-year")]
    planned = within(document.hits.get(names.PLANNED, []), span.start, span.end + _PLANNED)
    return bool(planned) or any(document.title_end <= start < _preamble_end(document) for start, _ in told)


def _formulas(document: Document, rule: ReportYearRule) -> list[YearPlace]:
    """Formulas of the rule that name the year reported on, such as closing words."""
    years = document.hits.get(builtins.YEAR, [])
    other = words(document, rule, "other-matter")
    places = []
    for start, end in words(document, rule, "formula"):
        year = first_within(years, start, end)
        if year and not overlaps(other, start, end) and not document.is_quoted(year):
            places.append(YearPlace("formula", builtins.year_value(document.view.text[slice(*year)]), Span(*year)))
    return places


def _clause(document: Document, place: YearPlace) -> Hit:
    """The clause of a place; a title or heading as it stands."""
    layout, (start, end) = document.layout, place.span
    if place.kind == "title":
        return start, end
    clause = layout.clause_span(layout.clause[start])
    if start >= document.title_end:
        clause = Span(
            max(clause.start, document.title_end), clause.end
        )  # where line ends were lost, a clause begins in the title
    if place.kind == "opening":  # the year is a clause of its own: the next one tells whose year it is
        number = min(layout.clause[start] + 1, len(layout.clause_starts) - 1)
        if layout.sentence_of_clause[number] == layout.sentence_at(start):
            clause = Span(clause.start, layout.clause_span(number).end)
    text, last = document.view.text, clause.end
    while last > end and text[last - 1] in ",。:;\n":
        last -= 1
    return clause.start, last


def _tell(document: Document, rule: ReportYearRule, place: YearPlace, span: Hit, years: set[int]) -> Fault:
    others = sorted(years - {place.year} or {document.year or 0})
    return tell(
        document, rule, place.kind, span, values={"found": str(place.year), "year": "、".join(map(str, others))}
    )
