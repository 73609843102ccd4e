"""What to mend first: the mends of a report in the order of the points they win back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from checker.models.result import ElementResult, Finding, ReportResult


class Mend(NamedTuple):
    """One thing to do: an element to write, or the findings to correct; ``gain`` is in points."""

    gain: float
    element: ElementResult | None
    findings: tuple[Finding, ...]


def mends(report: ReportResult) -> list[Mend]:
    """Everything worth mending, the most valuable first; what wins no point is left out."""
    found = [*_elements(report), *_findings(report)]
    return sorted((mend for mend in found if mend.gain > 0), key=lambda mend: -mend.gain)


def _elements(report: ReportResult) -> Iterable[Mend]:
    """What each element could still win; the fields together no more than their part lacks."""
    asked = sum(element.max_points for element in report.elements)
    scale = report.max_score / asked if asked else 0.0
    for element in report.elements:
        if element.verdict in ("weak", "missing"):
            own = element.max_points * _factor(report, element.part) - element.points
            gain = min(own, _left(report, element.part)) * scale
            yield Mend(round(gain, 1), element, ())


def _factor(report: ReportResult, part: str) -> float:
    """What a met element of a part earns of its own points: more than all where a few earn the whole part."""
    met = [e.points / e.max_points for e in report.elements if e.part == part and e.verdict == "met" and e.max_points]
    return max(met, default=1.0)


def _left(report: ReportResult, part: str) -> float:
    return sum(element.max_points - element.points for element in report.elements if element.part == part)


def _findings(report: ReportResult) -> Iterable[Mend]:
    """All errors and warnings together: the points that findings take off are capped as a whole."""
    group = tuple(finding for finding in report.findings if finding.severity != "note")
    if group:
        yield Mend(points_lost(report), None, group)


def points_lost(report: ReportResult) -> float:
    """Points that findings took off: what the elements earned less the score."""
    asked = sum(element.max_points for element in report.elements)
    earned = sum(element.points for element in report.elements)
    if not asked or report.score is None:
        return 0.0
    return max(round(earned / asked * report.max_score - report.score, 1), 0.0)
