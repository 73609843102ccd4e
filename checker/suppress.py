"""Places that a person has accepted: kept in view with the reason given, but no ground for the gate to fail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from checker.judge.fingerprints import even
from checker.models.result import ElementResult, Finding, ReportResult

_SLACK = 50  # white space that may stand between the words of a quote


def _not_blank(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise ValueError("不能留空；reason 要写明理由，其他键不用时请删去")
    return value


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError(f"until 的值“{value}”不是日期，或者日期不存在，写法如 2025-12-31") from None


_Words = Annotated[str, BeforeValidator(_not_blank), Field(max_length=2000)]


class Suppression(BaseModel):
    """What is accepted, why, and until when (that day included; ``None``: for good).

    ``rule`` is an element or a kind of finding, ``quote`` narrows it to the places with these words, ``fingerprint``
    names one place by itself, ``file`` is a glob from the folder of the file that says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rule: _Words | None = None
    quote: _Words | None = None
    fingerprint: _Words | None = None
    file: _Words | None = None
    reason: _Words
    until: Annotated[date | None, BeforeValidator(_day)] = None

    @model_validator(mode="after")
    def _names_something(self) -> Suppression:
        if self.rule is None and self.fingerprint is None:
            raise ValueError("要写明豁免什么：rule（规则编号）或 fingerprint（指纹）")
        return self


class Suppressed(NamedTuple):
    """A result with its accepted places marked, and the numbers of the suppressions that held for one of them."""

    report: ReportResult
    used: frozenset[int]


def suppress(report: ReportResult, suppressions: Sequence[Suppression]) -> Suppressed:
    """Mark what the suppressions accept: findings, and elements that are weak or missing; the first that holds gives
    the reason.  Verdicts, points and score stay as they are."""
    text = report.source.text if report.source else ""
    used: set[int] = set()
    findings, elements = list(report.findings), list(report.elements)
    for number, suppression in enumerate(suppressions):
        mark = {"suppressed": suppression.reason}
        for index, finding in enumerate(findings):
            if _means_finding(suppression, finding, text):
                used.add(number)
                findings[index] = finding if finding.suppressed else finding.model_copy(update=mark)
        for index, element in enumerate(elements):
            if _means_element(suppression, element):
                used.add(number)
                elements[index] = element if element.suppressed else element.model_copy(update=mark)
    marked = report.model_copy(update={"findings": findings, "elements": elements}) if used else report
    return Suppressed(marked, frozenset(used))


def _means_finding(suppression: Suppression, finding: Finding, text: str) -> bool:
    if suppression.rule not in (None, finding.id) or suppression.fingerprint not in (None, finding.fingerprint):
        return False
    return suppression.quote is None or _quotes(suppression.quote, finding, text)


def _quotes(quote: str, finding: Finding, text: str) -> bool:
    """Whether a quote is of this very place: words of the faulty text, or words around it that hold all of it."""
    wanted, faulty = even(quote), even(finding.text)
    if wanted in faulty:
        return True
    before = even(text[max(finding.start - 2 * len(quote) - _SLACK, 0) : finding.start])
    after = even(text[finding.end : finding.end + 2 * len(quote) + _SLACK])
    start = (before + faulty + after).find(wanted)
    while start >= 0:
        if start <= len(before) and start + len(wanted) >= len(before) + len(faulty):
            return True
        start = (before + faulty + after).find(wanted, start + 1)
    return False


def _means_element(suppression: Suppression, element: ElementResult) -> bool:
    if element.verdict not in ("weak", "missing"):
        return False
    if suppression.rule not in (None, element.id) or suppression.fingerprint not in (None, element.fingerprint):
        return False
    wanted = even(suppression.quote or "")
    return not wanted or any(wanted in even(place.text) for place in element.evidence)
