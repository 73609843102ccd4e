"""A fault as a detector reports it."""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.models.result import Severity


@dataclass(frozen=True)
class Fault:
    """A faulty place as a source span, with what differs from the rule's own words.

    ``fixed`` replaces exactly the faulty slice; ``values`` fill the blanks of message and advice.
    """

    start: int
    end: int
    message: str | None = None
    advice: str | None = None
    fixed: str | None = None
    severity: Severity | None = None
    values: dict[str, str] = field(default_factory=dict)
