"""Render: one result, many formats.  ``RENDERERS`` maps a format's name to its function; JSON holds everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
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


@dataclass(frozen=True)
class Renderer:
    """A format: where its function stands (loaded on first use), how it is told to users, and the file suffixes that
    mean it.  The function takes a result and a style and returns text, or bytes where ``binary``.  Where it can do
    without the documents themselves, ``needs_source`` is false, and a run over many files keeps none of them."""

    module: str
    function: str
    title: str
    suffixes: tuple[str, ...] = ()
    binary: bool = False
    needs_source: bool = True

    def __call__(self, result: Result, style: Style) -> str | bytes:
        """Render."""
        rendered: str | bytes = getattr(import_module(self.module), self.function)(result, style)
        return rendered


RENDERERS: Mapping[str, Renderer] = {
    "table": Renderer("checker.render.to_table", "to_table", "表格", (".txt",), needs_source=False),
    "json": Renderer("checker.render.to_json", "to_json", "JSON", (".json",), needs_source=False),
}
SUFFIXES: Mapping[str, str] = {suffix: name for name, renderer in RENDERERS.items() for suffix in renderer.suffixes}
PLAIN = Style()


def render(result: Result, format: str = "table", style: Style = PLAIN) -> str | bytes:
    """A run, or one report's result, in a format of ``RENDERERS``; text ends with a line end.

    Raises ``UsageError`` for an unknown format.
    """
    if format not in RENDERERS:
        from checker.errors import UsageError

        raise UsageError(f"没有名为“{format}”的格式，可用：{'、'.join(RENDERERS)}。")
    return RENDERERS[format](result, style)
