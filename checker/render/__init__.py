"""Render: one result, many formats.  ``RENDERERS`` maps a format's name to its function; JSON holds everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.models.result import ReportResult, RunResult

    Result = RunResult | ReportResult


@dataclass(frozen=True)
class Style:
    """How a text for people looks: coloured or not, how many columns wide, and whether it lists the files that
    could not be judged with their reasons (a terminal has been told them already)."""

    color: bool = False
    width: int = 80
    reasons_of_errors: bool = True


def _table(result: Result, style: Style) -> str:
    from checker.render.to_table import to_table

    return to_table(result, style)


def _json(result: Result, style: Style) -> str:
    from checker.render.to_json import to_json

    return to_json(result, style)


RENDERERS: Mapping[str, Callable[[Result, Style], str]] = {"table": _table, "json": _json}
SUFFIXES: Mapping[str, str] = {".json": "json", ".txt": "table"}
PLAIN = Style()


def render(result: Result, format: str = "table", style: Style = PLAIN) -> str:
    """A run, or one report's result, in a format of ``RENDERERS``; the text ends with a line end.

    Raises ``UsageError`` for an unknown format.
    """
    if format not in RENDERERS:
        from checker.errors import UsageError

        raise UsageError(f"没有名为“{format}”的格式，可用：{'、'.join(RENDERERS)}。")
    return RENDERERS[format](result, style)
