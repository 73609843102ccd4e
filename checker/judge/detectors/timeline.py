"""Papers, bodies and events of another time: cited as in force although they had ended, or named before they existed."""

from __future__ import annotations

from collections.abc import Sequence

from checker.context import names
from checker.context.document import Document
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.places import longest, overlaps, tell, told_year, words
from checker.match.matcher import Hit
from checker.models.detectors import TimelineRule
from checker.models.result import Severity
from checker.models.rule import RulePack, TimelineEntry


def detect(document: Document, rule: TimelineRule, pack: RulePack) -> list[Fault]:
    """Faults of every entry of the timeline that the report names; none where the report year is not told."""
    year = told_year(document)
    if year is None:
        return []
    filed = f"{year + 1}-{rule.options.filed_by}"
    replaced = f"{year}-{rule.options.replaced_by}"
    faults = []
    for entry in pack.timeline:
        hits = document.hits.get(names.timeline(entry.id))
        if not hits:
            continue
        if entry.begins and entry.begins > filed:
            faults += _early(document, rule, entry, longest(hits))
        elif entry.ends and entry.ends <= replaced:
            faults += _outdated(document, rule, entry, longest(hits), year)
    return faults


def _early(document: Document, rule: TimelineRule, entry: TimelineEntry, hits: list[Hit]) -> list[Fault]:
    """The first mention of what did not exist yet; what is awaited or planned may be named."""
    awaited = words(document, rule, "awaited")
    for hit in hits:
        if document.is_planned(hit) or overlaps(awaited, *_clauses(document, hit)):
            continue
        severity: Severity | None = None if entry.certain else "note"
        return [tell(document, rule, "early", hit, severity=severity, values=_values(document, entry, hit))]
    return []


def _outdated(document: Document, rule: TimelineRule, entry: TimelineEntry, hits: list[Hit], year: int) -> list[Fault]:
    """Each clause that cites an ended paper as in force; told as history it is none."""
    present, history, studied = (words(document, rule, name) for name in ("present", "history", "studied"))
    old, basis_words, succeeded = (words(document, rule, name) for name in ("old", "basis", "succeeded"))
    historic_roles = rule.options.historic_roles
    faults = []
    for hit in hits:
        clauses = _clauses(document, hit)
        if overlaps(history, *clauses) or document.is_earlier(hit) or document.role_at(hit[0]) in historic_roles:
            continue
        if overlaps(succeeded, hit[1], document.bounds(hit, "sentence")[1]):
            continue
        if entry.edition and overlaps(_outside(old, hit), *document.bounds(hit, "sentence")):
            continue
        basis = entry.kind == "body" or (
            _overlaps_outside(basis_words, clauses, hit) if entry.edition else overlaps(present, *clauses)
        )
        if not basis and not overlaps(studied, *clauses):
            continue
        severity = _severity(entry, year)
        if not basis:  # an old law may be taught, though hardly years after it ended
            severity = "warning" if entry.kind == "law" and severity == "error" else "note"
        telling = "renamed" if entry.kind == "body" else "replaced" if entry.successor else "ended"
        faults.append(tell(document, rule, telling, hit, severity=severity, values=_values(document, entry, hit)))
    return faults


def _outside(hits: Sequence[Hit], name: Hit) -> list[Hit]:
    """The hits that do not begin within a name (2017年修正）作出: the year is that of the edition)."""
    return [one for one in hits if not name[0] <= one[0] < name[1]]


def _overlaps_outside(hits: Sequence[Hit], stretch: Hit, name: Hit) -> bool:
    """Whether a stretch holds some of the hits beside those within a name of its own (1996年施行的《……法》)."""
    return overlaps(hits, stretch[0], name[0]) or overlaps(hits, name[1], stretch[1])


def _severity(entry: TimelineEntry, year: int) -> Severity:
    """How sure and how grave: replaced before the report year is an error, in its course or without successor a warning;
    a body's old name is a warning."""
    if not entry.certain:
        return "note"
    if entry.kind == "body":
        return "warning"
    return "error" if entry.successor and (entry.ends or "") < f"{year}-01-01" else "warning"


def _clauses(document: Document, hit: Hit) -> Hit:
    """The clauses a hit lies in, as one stretch; a title that holds a comma counts as one with its clause."""
    layout = document.layout
    return layout.clause_span(layout.clause[hit[0]]).start, layout.clause_span(layout.clause[hit[1] - 1]).end


def _day(date: str | None) -> str:
    """A date, or a year alone, as it is written (2020-11-16: 2020年11月16日)."""
    numbers = [int(number) for number in (date or "").split("-") if number]
    return "".join(f"{number}{unit}" for number, unit in zip(numbers, "年月日", strict=False))


def _values(document: Document, entry: TimelineEntry, hit: Hit) -> dict[str, str]:
    return {
        "name": "".join(document.report.text[slice(*document.view.to_source(*hit))].split()),
        "begins": _day(entry.begins),
        "ends": _day(entry.ends),
        "successor": entry.successor or "",
        "year": str(document.year),
    }
