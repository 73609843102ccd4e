"""HTML: one page that holds everything, needs no script and no other file, and prints."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from checker.models.result import ReportResult, RunResult
from checker.render import PLAIN, Style
from checker.render.page import LETTERS, columns, report_page, tallies
from checker.render.problems import as_run, rules_for, runs_of_packs
from checker.render.safe import visible
from checker.render.to_table import totals


def to_html(result: RunResult | ReportResult, style: Style = PLAIN) -> str:
    """The page of a run: for several reports a summary, then each report with its text."""
    run = as_run(result)
    pages = [report_page(report, rules_for(report, run), f"r{index}") for index, report in enumerate(run.reports, 1)]
    page = environment().get_template("page.html")
    return (
        page.render(
            run=run,
            pages=pages,
            packs=[f"{one.pack.id} {one.pack.version}" for one in runs_of_packs(run) if one.pack.id],
            errors=[(visible(error.file), visible(error.message)) for error in run.errors],
            totals=visible(totals(run)),
            tallies=tallies(run.reports),
        ).rstrip()
        + "\n"
    )


@cache
def environment() -> Environment:
    """The templates of reports, for this page and for others that show its parts: everything is escaped, and what no
    page may hold is replaced."""
    env = Environment(
        loader=PackageLoader("checker.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals |= {"LETTERS": LETTERS, "columns": columns}
    return env


def _finalize(value: object) -> object:
    """Only plain text: what a macro has made is fit for a page already."""
    return visible(value) if type(value) is str else value
