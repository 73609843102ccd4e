"""GitLab Code Quality: the JSON list that merge requests show."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import Any

from checker.models.result import ReportResult, RunResult
from checker.render import PLAIN, Style
from checker.render.place import place
from checker.render.problems import Problem, accepted, as_run, problems, rules_for
from checker.render.safe import utf8_text, visible

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def to_gitlab(result: RunResult | ReportResult, style: Style = PLAIN) -> str:
    """One violation a problem; a file that could not be judged is a blocker."""
    run = as_run(result)
    told = [
        _violation(problem, report) for report in run.reports for problem in problems(report, rules_for(report, run))
    ]
    for report in run.reports:
        told += [
            _failure(report.file, "rule-error", f"规则 {rule} 运行出错，没有检查。") for rule in report.rule_errors
        ]
    told += [_failure(error.file, "unreadable", error.message) for error in run.errors]
    return utf8_text(json.dumps(_unique(told), ensure_ascii=False, indent=2)) + "\n"


def _violation(problem: Problem, report: ReportResult) -> dict[str, Any]:
    where = problem.places[0] if problem.places else None
    parts = [accepted(problem.suppressed), problem.message, problem.advice]
    if where is not None and report.format != "text":
        parts.insert(1, place(where))
    severity = "info" if problem.suppressed is not None else _SEVERITIES[problem.level]
    line = where.line if where is not None and report.format == "text" else 1
    return _entry(report.file, problem.rule.id, " ".join(filter(None, parts)), severity, line, problem.fingerprint)


def _failure(file: str, check: str, message: str) -> dict[str, Any]:
    return _entry(file, check, message, "blocker", 1, message)


def _entry(file: str, check: str, description: str, severity: str, line: int, fingerprint: str) -> dict[str, Any]:
    named = "\0".join((file, check, fingerprint)).encode("utf-8", "surrogatepass")
    return {
        "description": visible(description),
        "check_name": check,
        "fingerprint": sha256(named).hexdigest(),
        "severity": severity,
        "location": {"path": file.removeprefix("./"), "lines": {"begin": line}},
    }


def _unique(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """GitLab takes entries with one fingerprint for one: those that would collide are numbered."""
    seen: Counter[str] = Counter()
    for entry in entries:
        name = entry["fingerprint"]
        seen[name] += 1
        if seen[name] > 1:
            entry["fingerprint"] = sha256(f"{name}{seen[name]}".encode()).hexdigest()
    return entries
