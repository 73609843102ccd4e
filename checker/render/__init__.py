"""Render: one result, many formats.  ``RENDERERS`` maps a format's name to its function; JSON holds everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from checker.models.result import ReportResult, RunResult

    Result = RunResult | ReportResult


@dataclass(frozen=True)
class Style:
    """How a text for people looks: coloured or not, how many columns wide, and whether it lists the files that
    could not be judged with their reasons (a terminal has been told them already).  ``time`` dates what is signed, such
    as comments; without it they bear no date."""

    color: bool = False
    width: int = 80
    reasons_of_errors: bool = True
    time: datetime | None = None


@dataclass(frozen=True)
class Renderer:
    """A format: where its function stands (loaded on first use), how it is told to users, and the file suffixes that
    mean it.  The function takes a result and a style and returns text, or bytes where ``binary``.  ``extra`` names the
    optional extra it needs and that extra's module.  Only where ``needs_source`` must the result carry the documents
    themselves; otherwise a run over many files keeps none of them.  Where ``single``, a file holds one report alone."""

    module: str
    function: str
    title: str
    suffixes: tuple[str, ...] = ()
    binary: bool = False
    needs_source: bool = False
    single: bool = False
    extra: tuple[str, str] | None = None

    def require(self) -> None:
        """Raise ``CheckerError`` if the extra that this format needs is not installed."""
        if self.extra is None:
            return
        from importlib.util import find_spec

        if find_spec(self.extra[1]) is None:
            from checker.errors import CheckerError

            raise CheckerError(
                f"输出{self.title}需要另装组件：python -m pip install 'checker[{self.extra[0]}]'（其中的 {self.extra[1]}）。"
            )

    def __call__(self, result: Result, style: Style) -> str | bytes:
        """Render.  Raises ``CheckerError`` if what the format needs is not installed."""
        self.require()
        rendered: str | bytes = getattr(import_module(self.module), self.function)(result, style)
        return rendered


RENDERERS: Mapping[str, Renderer] = {
    "table": Renderer("checker.render.to_table", "to_table", "表格", (".txt",)),
    "json": Renderer("checker.render.to_json", "to_json", "JSON", (".json",)),
    "html": Renderer(
        "checker.render.to_html", "to_html", "网页", (".html", ".htm"), needs_source=True, extra=("html", "jinja2")
    ),
    "xlsx": Renderer("checker.render.to_xlsx", "to_xlsx", "Excel 表格", (".xlsx",), True, extra=("office", "openpyxl")),
    "docx": Renderer(
        "checker.render.to_docx", "to_docx", "Word 批注", (".docx",), True, True, single=True, extra=("office", "docx")
    ),
    "csv": Renderer("checker.render.to_csv", "to_csv", "CSV", (".csv",)),
    "markdown": Renderer("checker.render.to_markdown", "to_markdown", "Markdown", (".md",)),
    "png": Renderer("checker.render.to_picture", "to_png", "图片", (".png",), True, extra=("plots", "matplotlib")),
    "svg": Renderer("checker.render.to_picture", "to_svg", "矢量图", (".svg",), extra=("plots", "matplotlib")),
    "sarif": Renderer("checker.render.to_sarif", "to_sarif", "SARIF", (".sarif",), needs_source=True),
    "junit": Renderer("checker.render.to_junit", "to_junit", "JUnit", (".xml",)),
    "github": Renderer("checker.render.to_github", "to_github", "GitHub Actions 批注"),
    "gitlab": Renderer("checker.render.to_gitlab", "to_gitlab", "GitLab Code Quality"),
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
