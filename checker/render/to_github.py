"""GitHub Actions: workflow commands that annotate the files of a pull request, the gravest first."""

from __future__ import annotations

from checker.models.result import ReportResult, RunResult
from checker.render import PLAIN, Style
from checker.render.problems import Problem, accepted, as_run, problems, rules_for
from checker.render.safe import visible
from checker.render.to_sarif import region
from checker.render.to_table import totals

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_ORDER = list(_COMMANDS.values())
Properties = dict[str, str | int]


def to_github(result: RunResult | ReportResult, style: Style = PLAIN) -> str:
    """A command a line; GitHub shows the first few of each kind, so errors stand before warnings and notices."""
    run = as_run(result)
    told = [
        _annotation(problem, report) for report in run.reports for problem in problems(report, rules_for(report, run))
    ]
    told += [("error", {"file": error.file, "title": "未能审查"}, error.message) for error in run.errors]
    for report in run.reports:
        told += [
            ("error", {"file": report.file, "title": "规则运行出错"}, f"规则 {rule} 没有检查。")
            for rule in report.rule_errors
        ]
    told.sort(key=lambda item: _ORDER.index(item[0]))
    return "".join(f"{command(*item)}\n" for item in told) + visible(totals(run)) + "\n"


def command(name: str, properties: Properties, message: str) -> str:
    """One workflow command, escaped as GitHub documents it."""
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value not in ("", "-"))
    return f"::{name}{' ' if given else ''}{given}::{_data(message)}"


def _annotation(problem: Problem, report: ReportResult) -> tuple[str, Properties, str]:
    level = "note" if problem.suppressed is not None else problem.level
    properties: Properties = {"file": report.file.removeprefix("./")}
    if report.format == "text":
        properties |= _where(problem)
    properties["title"] = " ".join(filter(None, [problem.rule.title, accepted(problem.suppressed)]))
    return _COMMANDS[level], properties, "\n".join(filter(None, [problem.message, problem.advice]))


def _where(problem: Problem) -> Properties:
    """Line and columns; GitHub takes columns only where a place begins and ends on one line."""
    if not problem.places:
        return {"line": 1}
    place = region(problem.places[0])
    lines: Properties = {"line": place["startLine"], "endLine": place["endLine"]}
    if place["startLine"] != place["endLine"]:
        return lines
    return lines | {"col": place["startColumn"], "endColumn": place["endColumn"]}


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str | int) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")
