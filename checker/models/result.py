"""What judging returns and renderers show: the JSON contract, version 1.

Judging makes these by ``model_construct``: to build validators for its own output would take a twelfth of a short run.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

from checker.models.compared import Labels, PreviousResult, ProblemAnswer
from checker.models.document import Origin, RawReport

Verdict = Literal["met", "weak", "missing", "not-applicable"]
Severity = Literal["error", "warning", "note"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Evidence(_Model):
    """A place that counts for an element.  ``start`` and ``end`` are code-point offsets into the source, end excluded;
    ``line`` and ``column`` count from 1; ``text`` is exactly that slice; ``section`` is the role of the place;
    ``origin`` is where it stands in a document that is more than text."""

    start: int
    end: int
    line: int
    column: int
    text: str
    section: str
    note: str | None = None
    origin: Origin | None = None


class ElementResult(_Model):
    """The verdict on one element, its points, the reason in words and the evidence.

    ``part`` is the part of the score it counts in, ``part_title`` its name in the pack.
    ``candidates`` are the nearest passages where it seems missing or weak: to be asked about, never proof.
    ``home`` is the heading under which it belongs where it is missing and the report has such a section.
    ``fingerprint`` names this verdict in baselines; ``suppressed`` is the reason a user gave for accepting it."""

    id: str
    title: str
    part: str
    part_title: str = ""
    verdict: Verdict
    points: float
    max_points: float
    reason: str
    advice: str | None
    basis: list[str]
    evidence: list[Evidence]
    candidates: list[Evidence] = []
    home: Evidence | None = None
    fingerprint: str = ""
    suppressed: str | None = None


class Finding(_Model):
    """One faulty place: where it stands, what is wrong, how to mend it.  ``fixed`` is the corrected text of the very
    slice ``text`` where there is one right form; ``sensitive`` text (an identity number, say) is not for display.
    ``fingerprint`` names it in baselines and suppressions and survives edits elsewhere; ``suppressed`` is the reason a
    user gave for accepting it."""

    id: str
    severity: Severity
    message: str
    advice: str | None
    start: int
    end: int
    line: int
    column: int
    text: str
    fixed: str | None = None
    sensitive: bool = False
    origin: Origin | None = None
    fingerprint: str = ""
    suppressed: str | None = None


class PackInfo(_Model):
    """Which rules judged."""

    id: str
    version: str


class ReportResult(_Model):
    """The judgement of one document.  Where ``kind`` is ``other`` there is no score, grade or pass.

    ``rule_errors`` names finding rules that failed on this document, with the kind of failure; the others ran on.
    ``disabled`` names the rules that a user switched off for it.
    ``pack`` names the rules that judged it: where each report is judged by the pack of its kind (``--pack auto``), they
    differ within a run.  ``deducted`` are the points that findings took off; ``fail_reason`` tells in words why a report
    does not pass.  ``answers`` set each shortcoming beside the plan item that answers it; ``previous`` sets the report
    beside last year's; ``labels`` are the pack's words for both.  ``format`` and ``notes`` tell how the document was
    read.  ``source`` is the document itself, for renderers that show its text; no part of the JSON."""

    file: str
    kind: Literal["report", "other"]
    kind_reason: str
    agency: str | None
    level: str | None
    report_year: int | None
    score: float | None
    max_score: float
    grade: str | None
    passed: bool | None
    fail_reason: str | None = None
    deducted: float = 0.0
    elements: list[ElementResult]
    findings: list[Finding]
    rule_errors: list[str] = []
    disabled: list[str] = []
    pack: PackInfo | None = None
    format: str = "text"
    notes: list[str] = []
    answers: list[ProblemAnswer] = []
    previous: PreviousResult | None = None
    labels: Labels | None = None
    source: SkipValidation[RawReport] | None = Field(default=None, exclude=True, repr=False)

    def element(self, element_id: str) -> ElementResult:
        """The result of one element by its id; raises ``KeyError`` for an unknown id."""
        for element in self.elements:
            if element.id == element_id:
                return element
        raise KeyError(element_id)


class RuleInfo(_Model):
    """A rule as a reader of the result needs it: what it asks, on what basis, what to write.

    ``kind`` is ``element`` (with ``part`` and ``weight``; ``must``: its part is one that a report must have; ``may_miss``:
    a report passes without it all the same) or ``finding`` (with ``severity``); ``model`` is a model sentence.  Rules of
    two packs may share an id: ``pack`` tells them apart."""

    id: str
    pack: str = ""
    kind: Literal["element", "finding"]
    title: str
    basis: list[str]
    advice: str
    part: str | None = None
    part_title: str | None = None
    weight: float | None = None
    must: bool = False
    may_miss: bool = False
    severity: Severity | None = None
    model: str | None = None


class FileError(_Model):
    """A file that could not be judged, and why."""

    file: str
    message: str


class RunResult(_Model):
    """One run over many files: the top of the JSON document.  ``pack`` is the pack asked for; where it was to be found
    for each report, its id is ``auto``, its version the program's, and each report's own ``pack`` tells which it was.
    ``previous_errors`` are last year's reports that could not be read, so that nothing was compared with them.  ``rules``
    are all the rules that judged."""

    version: Literal[1] = 1
    checker: str
    pack: PackInfo
    reports: list[ReportResult]
    errors: list[FileError]
    previous_errors: list[FileError] = []
    rules: list[RuleInfo] = []
