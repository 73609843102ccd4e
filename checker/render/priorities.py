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
    """Everything worth mending, the most valuable first; what wins no point or is accepted is left out."""
    found = [*_elements(report), *_findings(report)]
    return sorted((mend for mend in found if mend.gain > 0), key=lambda mend: -mend.gain)


def _elements(report: ReportResult) -> Iterable[Mend]:
    """What each element could still win."""
    for element in report.elements:
        if element.verdict in ("weak", "missing") and not element.suppressed:
            yield Mend(round(element.max_points - element.points, 1), element, ())


def _findings(report: ReportResult) -> Iterable[Mend]:
    """All errors and warnings together: the points that findings take off are capped as a whole."""
    group = tuple(finding for finding in report.findings if finding.severity != "note" and not finding.suppressed)
    if group:
        yield Mend(report.deducted, None, group)
