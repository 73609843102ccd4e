"""Corrections: what findings give as the one right form is put in, so far as it mends the fault and makes no new one.

Pure: the text is judged again by a function that the caller gives, nothing is read or written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from checker.edits import Edit, Shift, Spans, apply, smallest
from checker.models.document import RawReport
from checker.models.result import Finding, ReportResult
from checker.structure.view import simplify

Judge = Callable[[RawReport], ReportResult]
Refusal = Callable[[Edit], str | None]

NO_ONE_FORM = "没有唯一的改法，请人工修改"
TRADITIONAL = "原文是繁体字，请人工修改"
NOT_MENDED = "改后仍有问题或引出新的问题，没有改"


@dataclass(frozen=True)
class Correction:
    """A finding put right: the finding and the change of the text; offsets are those of the text as it was."""

    finding: Finding
    edit: Edit


@dataclass(frozen=True)
class Left:
    """A finding that was not put right: why, and where it stands in the text as it was."""

    finding: Finding
    start: int
    reason: str


@dataclass(frozen=True)
class Fixed:
    """The outcome: the corrected text, what was corrected and what was left, each in the order of the text; for a
    document of another kind, which is not judged, how that was told."""

    text: str
    corrections: tuple[Correction, ...]
    left: tuple[Left, ...]
    other: str | None = None

    @property
    def edits(self) -> list[Edit]:
        """The changes of the text, in the offsets of the text as it was."""
        return [correction.edit for correction in self.corrections]


class _Places:
    """Places at fault by their rules, in the offsets of the text as it was."""

    def __init__(self) -> None:
        self._of: defaultdict[str, Spans] = defaultdict(Spans)

    def add(self, finding: Finding, shift: Shift) -> None:
        self._of[finding.id].add(*shift.back(finding.start, finding.end))

    def have(self, finding: Finding, shift: Shift) -> bool:
        """Whether a place of the finding's rule overlaps it."""
        return self._of[finding.id].overlap(*shift.back(finding.start, finding.end))


def never(edit: Edit) -> str | None:
    """The refusal of none."""
    return None


def fix(report: RawReport, judge: Judge, only: Collection[str] = (), refusal: Refusal = never) -> Fixed:
    """Correct all findings that have one right form, of the rules ``only`` where some are named.

    ``judge`` judges a text; ``refusal`` tells why an edit cannot be made in the document, or ``None``.  What a user has
    accepted (``suppressed``) stays.  Faults that others covered come to light after these are mended, and are mended then.
    """
    return _Work(report, judge, frozenset(only), refusal).done()


class _Work:
    """One report on its way: what was corrected so far, what was refused and why, the faults known."""

    def __init__(self, report: RawReport, judge: Judge, only: frozenset[str], refusal: Refusal) -> None:
        self._report, self._judge, self._only, self._refusal = report, judge, only, refusal
        self._made: list[Correction] = []
        self._refused: dict[Edit, str] = {}
        self._known = _Places()
        self._accepted = _Places()
        self._other: str | None = None

    def done(self) -> Fixed:
        """Correct until nothing more can be corrected."""
        findings = self._findings(self._made)
        while True:
            shift = Shift(_edits(self._made))
            for finding in findings:
                self._known.add(finding, shift)
            wanted = self._wanted(findings, shift)
            sound = self._sound(wanted, self._made)
            self._refused |= dict.fromkeys({item.edit for item in wanted} - {item.edit for item in sound}, NOT_MENDED)
            if not sound:
                break
            self._made = sorted([*self._made, *sound], key=lambda item: item.edit)
            findings = self._findings(self._made)
        text = apply(self._report.text, _edits(self._made))
        return Fixed(text, tuple(self._made), tuple(self._left(findings, shift)), self._other)

    def _findings(self, corrections: Iterable[Correction]) -> list[Finding]:
        """The findings of the text with corrections, those that a user has accepted left out, whatever is near them."""
        edits = _edits(corrections)
        shift = Shift(edits)
        result = self._judge(replace(self._report, text=apply(self._report.text, edits), origins=()))
        found = result.findings
        if not edits:
            self._other = result.kind_reason if result.kind == "other" else None
            for finding in found:
                if finding.suppressed is not None:
                    self._accepted.add(finding, shift)
        return [finding for finding in found if not self._accepted.have(finding, shift)]

    def _wanted(self, findings: Sequence[Finding], shift: Shift) -> list[Correction]:
        """The corrections to try next, none overlapping another."""
        chosen: list[Correction] = []
        taken = Spans()
        for finding in findings:
            edit = self._edit(finding, shift)
            if edit is None or edit in self._refused:
                continue
            reason = self._refusal(edit)
            if reason is not None:
                self._refused[edit] = reason
            elif not taken.overlap(edit.start, max(edit.end, edit.start + 1)):
                taken.add(edit.start, max(edit.end, edit.start + 1))
                chosen.append(Correction(finding, edit))
        return chosen

    def _edit(self, finding: Finding, shift: Shift) -> Edit | None:
        """The change a finding asks for; ``None`` where it gives no right form, is not asked for, or where the text has
        been changed already."""
        if finding.fixed is None or (self._only and finding.id not in self._only) or _is_traditional(finding):
            return None
        edit = smallest(finding.start, finding.text, finding.fixed)
        if shift.touches(edit.start, edit.end):
            return None
        return Edit(*shift.back(edit.start, edit.end), edit.text)

    def _sound(self, tried: Sequence[Correction], base: Sequence[Correction]) -> list[Correction]:
        """Of corrections those that mend their faults and make none, found by halving."""
        if not tried:
            return []
        if self._is_clean([*base, *tried]):
            return list(tried)
        if len(tried) == 1:
            return []
        middle = len(tried) // 2
        first = self._sound(tried[:middle], base)
        return first + self._sound(tried[middle:], [*base, *first])

    def _is_clean(self, corrections: Sequence[Correction]) -> bool:
        """Whether every finding that remains was there before, and none is one of those corrected."""
        shift = Shift(_edits(corrections))
        changed: defaultdict[str, Spans] = defaultdict(Spans)
        for item in corrections:
            changed[item.finding.id].add(item.edit.start, item.edit.end + 1)
        return all(self._is_old(finding, shift, changed[finding.id]) for finding in self._findings(corrections))

    def _is_old(self, finding: Finding, shift: Shift, changed: Spans) -> bool:
        """Whether a finding was known before; one in words that a correction of its own rule has changed is not."""
        start, end = shift.back(finding.start, finding.end)
        mended = changed.overlap(start, end + 1) and shift.touches(finding.start, finding.end)
        return not mended and self._known.have(finding, shift)

    def _left(self, findings: Iterable[Finding], shift: Shift) -> Iterable[Left]:
        for finding in findings:
            if self._only and finding.id not in self._only:
                continue
            edit = self._edit(finding, shift)
            reason = NO_ONE_FORM if finding.fixed is None else TRADITIONAL if _is_traditional(finding) else NOT_MENDED
            if edit is not None:
                reason = self._refused.get(edit, reason)
            yield Left(finding, shift.back(finding.start, finding.end)[0], reason)


def _is_traditional(finding: Finding) -> bool:
    """Whether the words are in traditional characters: the right forms are in simplified ones."""
    return simplify(finding.text) != finding.text


def _edits(corrections: Iterable[Correction]) -> list[Edit]:
    return [correction.edit for correction in corrections]
