"""Baselines: what a run found is written down, so that a later run fails only on what is new since then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict

from checker.judge.fingerprints import even, fingerprint
from checker.models.result import ElementResult, Finding, ReportResult, Verdict

VERSION = 1
_RANK: Mapping[str, int] = {"not-applicable": 0, "met": 0, "weak": 1, "missing": 2}
_Place = TypeVar("_Place", Finding, ElementResult)
_SHOWN = 40  # characters of a faulty place that are written down, for the person who reads the file


class Known(BaseModel):
    """One report as it was: the elements that were not met, the findings by fingerprint with what people read.

    ``trace`` stands for all its evidence and findings: by it, or by agency and year, a file that was moved or renamed
    is known again."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["report", "other"]
    agency: str | None = None
    report_year: int | None = None
    score: float | None = None
    trace: str
    elements: dict[str, Verdict] = {}
    findings: dict[str, str] = {}


class Baseline(BaseModel):
    """All reports of a run by their paths, and the packs that judged them with their versions."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: Literal[1] = 1
    checker: str
    packs: dict[str, str]
    files: dict[str, Known]


class Compared(NamedTuple):
    """A report with what the baseline knows marked, what it was then, and in words what has been mended since."""

    report: ReportResult
    known: Known | None
    mended: tuple[str, ...]


def take(report: ReportResult) -> Known:
    """What a baseline writes down of a report."""
    return Known(
        kind=report.kind,
        agency=report.agency,
        report_year=report.report_year,
        score=report.score,
        trace=_trace(report),
        elements={element.id: element.verdict for element in report.elements if _RANK[element.verdict]},
        findings={finding.fingerprint: _shown(finding, report) for finding in report.findings},
    )


def partners(reports: Mapping[str, ReportResult], baseline: Baseline, still_there: Collection[str]) -> dict[str, Known]:
    """For each path that the baseline knows, or whose file it knows under a path that is gone, what it was then."""
    found = {path: baseline.files[path] for path in reports if path in baseline.files}
    gone = {path: known for path, known in baseline.files.items() if path not in reports and path not in still_there}
    for same in (_same_trace, _same_body, _same_findings):
        for path, report in reports.items():
            old = next((old for old, known in gone.items() if path not in found and same(known, report)), None)
            if old is not None:
                found[path] = gone.pop(old)
    return found


def compare(report: ReportResult, known: Known | None, reason: str) -> Compared:
    """Mark what was there already with a reason: findings of the same fingerprint, elements that are no worse."""
    if known is None:
        return Compared(report, None, ())
    findings = [_mark(f, reason) if f.fingerprint in known.findings else f for f in report.findings]
    elements = [_mark(e, reason) if 0 < _RANK[e.verdict] <= _was(e, known) else e for e in report.elements]
    marked = report.model_copy(update={"findings": findings, "elements": elements})
    return Compared(marked, known, tuple(_mended(report, known)))


def _mended(report: ReportResult, known: Known) -> Iterable[str]:
    for element in report.elements:
        if _RANK[element.verdict] < _was(element, known):
            yield f"要素“{element.title}”已改进"
    there = {finding.fingerprint for finding in report.findings}
    for name, shown in known.findings.items():
        if name not in there:
            yield f"问题“{shown}”已不在"


def _was(element: ElementResult, known: Known) -> int:
    return _RANK[known.elements.get(element.id, "met")]


def _mark(place: _Place, reason: str) -> _Place:
    """A reason that a person gave comes before this one."""
    return place if place.suppressed else place.model_copy(update={"suppressed": reason})


def _shown(finding: Finding, report: ReportResult) -> str:
    """A finding for the reader of the file; words that are sensitive or reach into such are left out."""
    sensitive = any(f.sensitive and f.start < finding.end and finding.start < f.end for f in report.findings)
    words = "" if sensitive else "".join(finding.text.split())
    return f"{finding.id} {words[:_SHOWN]}".rstrip()


def _trace(report: ReportResult) -> str:
    evidence = [even(place.text) for element in report.elements for place in element.evidence]
    return fingerprint(report.agency or "", *evidence, *(finding.fingerprint for finding in report.findings))


def _same_trace(known: Known, report: ReportResult) -> bool:
    return known.kind == report.kind == "report" and known.trace == _trace(report)


def _same_body(known: Known, report: ReportResult) -> bool:
    then, now = (known.agency, known.report_year), (report.agency, report.report_year)
    return None not in then and then == now


def _same_findings(known: Known, report: ReportResult) -> bool:
    """Whether at least half of the findings that were there then are here."""
    shared = Counter(finding.fingerprint in known.findings for finding in report.findings)[True]
    return shared > 0 and 2 * shared >= len(known.findings)
