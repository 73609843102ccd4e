"""Results as rows for tables that people sort and filter: one row an element and one a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from checker.models.result import ElementResult, Finding, ReportResult, RuleInfo
from checker.render.place import place, places
from checker.render.shown import Shown
from checker.render.to_table import SEVERITIES, VERDICTS, part_title
from checker.render.width import clean, shorten

_EVIDENCE_SHOWN = 3
_QUOTE = 2000  # terminal cells of one quote; no cell of Excel holds more than 32 767 characters


class Row(NamedTuple):
    """An element or a finding; texts are one line each and hide what is sensitive.  ``key`` is the verdict or severity
    as the models name it, ``verdict`` as people do."""

    group: str
    id: str
    title: str
    key: str
    verdict: str
    points: float | None
    max_points: float | None
    place: str
    line: int | None
    column: int | None
    text: str
    message: str
    advice: str
    fixed: str
    basis: str
    suppressed: str


def titles_of(reports: Iterable[ReportResult]) -> dict[str, str]:
    """The elements of some reports by id, in order; one that two packs title differently bears its first title."""
    titles: dict[str, str] = {}
    for report in reports:
        for element in report.elements:
            titles.setdefault(element.id, clean(element.title))
    return titles


def element_rows(report: ReportResult) -> Iterator[Row]:
    """One row an element: verdict, points, reason, the first places of its evidence."""
    shown = Shown(report)
    return (_element(element, shown) for element in report.elements)


def finding_rows(report: ReportResult, rules: Mapping[str, RuleInfo]) -> Iterator[Row]:
    """One row a finding, in the order of the text; none for a document of another kind, which was not judged."""
    shown = Shown(report)
    return (_finding(finding, rules[finding.id], shown) for finding in report.findings if report.kind == "report")


def _element(element: ElementResult, shown: Shown) -> Row:
    items = element.evidence[:_EVIDENCE_SHOWN]
    first = items[0] if items else None
    return Row(
        group=part_title(element.part, element.part_title),
        id=element.id,
        title=clean(element.title),
        key=element.verdict,
        verdict=VERDICTS[element.verdict],
        points=element.points,
        max_points=element.max_points,
        place=places(items, _EVIDENCE_SHOWN) if items else "",
        line=first.line if first else None,
        column=first.column if first else None,
        text="；".join(_line(shown.quote(item)) for item in items),
        message=_line(element.reason),
        advice=_line(element.advice),
        fixed="",
        basis=_line("；".join(element.basis)),
        suppressed=_line(element.suppressed),
    )


def _finding(finding: Finding, rule: RuleInfo, shown: Shown) -> Row:
    return Row(
        group="问题",
        id=finding.id,
        title=clean(rule.title),
        key=finding.severity,
        verdict=SEVERITIES[finding.severity],
        points=None,
        max_points=None,
        place=place(finding),
        line=finding.line,
        column=finding.column,
        text=_line(shown.quote(finding)),
        message=_line(shown.message(finding)),
        advice=_line(shown.advice(finding)),
        fixed=_line(shown.fixed(finding)),
        basis=_line("；".join(rule.basis)),
        suppressed=_line(finding.suppressed),
    )


def _line(text: str | None) -> str:
    return shorten(clean(text or ""), _QUOTE)
