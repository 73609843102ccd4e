"""JSON: the whole result as ``design.md`` fixes it (version 1); every other format shows part of it."""

from __future__ import annotations

from checker.models.result import ReportResult, RunResult
from checker.render import PLAIN, Style


def to_json(result: RunResult | ReportResult, style: Style = PLAIN) -> str:
    """The contract's document; for a single report's result, that report's object."""
    return result.model_dump_json(indent=2) + "\n"
