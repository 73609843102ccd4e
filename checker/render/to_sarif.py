"""SARIF 2.1.0, for code review: weak and missing elements and findings as results, with exact places and corrections.

Columns and offsets count code points.  A region speaks of the bytes of the very file, so places in Word or PDF files,
whose text was taken out of them, carry logical locations (paragraph, page) and no region.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from checker.models.result import Evidence, FileError, Finding, ReportResult, RuleInfo, RunResult
from checker.render import PLAIN, Style
from checker.render.place import place
from checker.render.problems import OTHER_KIND, Problem, as_run, problems, rules_of, runs_of_packs
from checker.render.safe import utf8_text
from checker.render.shown import Shown
from checker.render.to_table import part_title

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "checkerFingerprint/v1"
_MEDIA = {
    "text": "text/plain",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_NEAR = 3  # passages named beside a result
_Json = dict[str, Any]


def to_sarif(result: RunResult | ReportResult, style: Style = PLAIN) -> str:
    """One SARIF log with a run for each pack that judged: the rules of two packs may share ids."""
    runs = [_run(run) for run in runs_of_packs(as_run(result))]
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": runs}
    return utf8_text(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _run(run: RunResult) -> _Json:
    rules = rules_of(run)
    if any(report.kind == "other" for report in run.reports):
        rules[OTHER_KIND.id] = OTHER_KIND
    indices = {name: index for index, name in enumerate(rules)}
    files = [_File(report, index) for index, report in enumerate(run.reports)]
    results = [
        _result(problem, file, indices[problem.rule.id]) for file in files for problem in problems(file.report, rules)
    ]
    return {
        "tool": {"driver": _driver(run, rules)},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": f"checker/{quote(run.pack.id)}/" if run.pack.id else "checker/"},
        "invocations": [_invocation(run)],
        "artifacts": [*map(_artifact, run.reports), *(_unread(error) for error in run.errors)],
        "results": results,
    }


def _driver(run: RunResult, rules: Mapping[str, RuleInfo]) -> _Json:
    driver: _Json = {"name": "checker", "version": run.checker}
    if re.fullmatch(r"\d+\.\d+\.\d+([-+].+)?", run.checker):
        driver["semanticVersion"] = run.checker
    if run.pack.id:
        driver["properties"] = {"pack": run.pack.id, "packVersion": run.pack.version}
    driver["rules"] = [_rule(rule) for rule in rules.values()]
    return driver


def _rule(rule: RuleInfo) -> _Json:
    """A rule with what its reader needs to mend a report: basis, advice, a model sentence."""
    kind = part_title(rule.part or "", rule.part_title) if rule.kind == "element" else "问题"
    level = rule.severity or ("error" if rule.must and not rule.may_miss else "warning")
    properties: _Json = {"tags": [kind], "basis": rule.basis, "problem.severity": _SEVERITY[level]}
    if rule.weight is not None:
        properties["weight"] = rule.weight
    return {
        "id": rule.id,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": _full(rule, kind)},
        "help": {"text": "\n".join(_help(rule, "{}：{}")), "markdown": "\n\n".join(_help(rule, "**{}**：{}"))},
        "defaultConfiguration": {"level": level},
        "properties": properties,
    }


_SEVERITY = {"error": "error", "warning": "warning", "note": "recommendation"}


def _full(rule: RuleInfo, kind: str) -> str:
    return f"{kind}：{rule.title}" + (f"。依据：{'；'.join(rule.basis)}。" if rule.basis else "。")


def _help(rule: RuleInfo, line: str) -> list[str]:
    told = [("依据", "；".join(rule.basis)), ("改法", rule.advice), ("示范句", rule.model and f"“{rule.model}”")]
    return [line.format(name, text) for name, text in told if text] or [rule.title]


class _File:
    """One report of the log: its artifact, and how places in it are told."""

    def __init__(self, report: ReportResult, index: int) -> None:
        self.report, self.artifact = report, {"uri": uri(report.file), "index": index}
        self._shown = Shown(report)
        self.is_text = report.format == "text"
        self._elements = {element.id: element for element in report.elements}

    def location(self, item: Evidence | Finding | None) -> _Json:
        """A place of the report; without one, the beginning of the file."""
        physical: _Json = {"artifactLocation": self.artifact}
        location: _Json = {"physicalLocation": physical}
        if self.is_text:
            physical["region"] = {"startLine": 1} if item is None else self._region(item)
        elif item is not None:
            location["logicalLocations"] = [_logical(item)]
        return location

    def _region(self, item: Evidence | Finding) -> _Json:
        return region(item) | {"snippet": {"text": self._shown.quote(item)}}

    def near(self, problem: Problem) -> list[tuple[Evidence | Finding, str]]:
        """What else to look at: further evidence, and where a missing element may have been meant."""
        told: list[tuple[Evidence | Finding, str]] = [(item, "另一处依据") for item in problem.places[1:]]
        if problem.rule.id in self._elements:
            told += [(item, "相近的文字") for item in self._elements[problem.rule.id].candidates[:_NEAR]]
        return told


def _result(problem: Problem, file: _File, rule: int) -> _Json:
    where = problem.places[0] if problem.places else None
    told: _Json = {
        "ruleId": problem.rule.id,
        "ruleIndex": rule,
        "level": problem.level,
        "message": {"text": _message(problem, where, file)},
        "locations": [file.location(where)],
    }
    near = [file.location(item) | {"message": {"text": words}} for item, words in file.near(problem)]
    if near:
        told["relatedLocations"] = [{"id": number, **location} for number, location in enumerate(near, 1)]
    if problem.fingerprint:
        told["partialFingerprints"] = {FINGERPRINT: problem.fingerprint}
    if problem.suppressed is not None:
        told["suppressions"] = [{"kind": "external", "status": "accepted", "justification": problem.suppressed}]
    if where is not None and problem.fixed is not None and file.is_text:
        told["fixes"] = [_fix(problem.fixed, where, file)]
    return told


def _message(problem: Problem, where: Evidence | Finding | None, file: _File) -> str:
    """What is wrong and how to mend it; with place and words where no region shows them."""
    parts = [problem.message]
    if where is not None and not file.is_text:
        parts.append(f"{place(where)}“{problem.quote}”")
    return "\n".join([*parts, *([problem.advice] if problem.advice else [])])


def region(item: Evidence | Finding) -> _Json:
    """The exact stretch: lines end at ``\\n``, the end column is that after the last character."""
    lines = item.text.split("\n")
    return {
        "startLine": item.line,
        "startColumn": item.column,
        "endLine": item.line + len(lines) - 1,
        "endColumn": (item.column if len(lines) == 1 else 1) + len(lines[-1]),
        "charOffset": item.start,
        "charLength": item.end - item.start,
    }


def _logical(item: Evidence | Finding) -> _Json:
    """The place in the words of the document, and the path that names it in full."""
    location: _Json = {"name": place(item)}
    if item.origin is not None:
        origin = item.origin
        steps = (("page", origin.page), ("paragraph", origin.paragraph), ("line", origin.line))
        location["fullyQualifiedName"] = "/".join(
            [origin.part, *(f"{name}[{number}]" for name, number in steps if number is not None)]
        )
        location["kind"] = "page" if origin.paragraph is None and origin.page is not None else "paragraph"
    return location


def _fix(fixed: str, item: Evidence | Finding, file: _File) -> _Json:
    change = {
        "artifactLocation": file.artifact,
        "replacements": [{"deletedRegion": region(item), "insertedContent": {"text": fixed}}],
    }
    return {"description": {"text": f"改为“{fixed}”"}, "artifactChanges": [change]}


def _artifact(report: ReportResult) -> _Json:
    artifact: _Json = {"location": {"uri": uri(report.file)}, "roles": ["analysisTarget"]}
    if report.format in _MEDIA:
        artifact["mimeType"] = _MEDIA[report.format]
    if report.format == "text" and report.source is not None and report.source.encoding:
        artifact["encoding"] = report.source.encoding
    if report.file == "-":
        artifact["description"] = {"text": "标准输入"}
    return artifact


def _unread(error: FileError) -> _Json:
    return {"location": {"uri": uri(error.file)}, "roles": ["analysisTarget"]}


def _invocation(run: RunResult) -> _Json:
    """Whether the run was done wholly, and what stood in the way."""
    told = list(_notifications(run))
    invocation: _Json = {"executionSuccessful": not told}
    if told:
        invocation["toolExecutionNotifications"] = told
    return invocation


def _notifications(run: RunResult) -> Iterable[_Json]:
    for index, report in enumerate(run.reports):
        for rule in report.rule_errors:
            yield _notification(report.file, index, f"规则 {rule} 运行出错，没有检查。")
    for index, error in enumerate(run.errors, len(run.reports)):
        yield _notification(error.file, index, error.message)


def _notification(file: str, index: int, message: str) -> _Json:
    location = {"physicalLocation": {"artifactLocation": {"uri": uri(file), "index": index}}}
    return {"level": "error", "message": {"text": f"{file}：{message}"}, "locations": [location]}


def uri(file: str) -> str:
    """A path as a URI reference: relative ones stay relative, absolute ones become ``file:``."""
    if file == "-":
        return "stdin"
    file = utf8_text(file)
    if PurePosixPath(file).is_absolute():
        return "file://" + quote(file)
    if PureWindowsPath(file).is_absolute():
        return "file:///" + quote(file.replace("\\", "/"), safe="/:")
    return quote(file.removeprefix("./"))
