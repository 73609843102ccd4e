"""JUnit XML, for build systems: a suite a report, a case for its outcome, for each element and for each rule of findings.

Errors fail their case.  Warnings and notes are told in a case that passes; what does not apply, has been accepted or was
switched off skips its case; what could not be judged is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checker.models.result import ElementResult, FileError, ReportResult, RuleInfo, RunResult
from checker.render import PLAIN, Style
from checker.render.place import place
from checker.render.problems import OTHER_KIND, Problem, accepted, as_run, problems, rules_for
from checker.render.safe import xml_text
from checker.render.to_table import SEVERITIES, number, part_title

_COUNTED = (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))


def to_junit(result: RunResult | ReportResult, style: Style = PLAIN) -> str:
    """One ``testsuites`` document."""
    run = as_run(result)
    root = Element("testsuites", {"name": "checker"})
    for report in run.reports:
        root.append(_suite(report.file, _cases(report, rules_for(report, run))))
    for error in run.errors:
        root.append(_suite(error.file, [_unread(error)]))
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    indent(root)
    return "<?xml version='1.0' encoding='UTF-8'?>\n" + tostring(root, encoding="unicode") + "\n"


def _suite(file: str, cases: Iterable[Element]) -> Element:
    suite = Element("testsuite", {"name": xml_text(file)})
    suite.extend(cases)
    suite.set("tests", str(len(suite)))
    for key, tag in _COUNTED:
        suite.set(key, str(sum(1 for case in suite if case.find(tag) is not None)))
    return suite


def _cases(report: ReportResult, rules: Mapping[str, RuleInfo]) -> Iterable[Element]:
    found = problems(report, rules)
    yield _outcome(report)
    if report.kind == "other":
        return
    for element in report.elements:
        yield _element(element, [problem for problem in found if problem.rule.id == element.id])
    failed = {told.partition("（")[0]: told for told in report.rule_errors}
    for rule in rules.values():
        if rule.id in report.disabled:
            yield _disabled(rule)
        elif rule.kind == "finding":
            of_rule = [problem for problem in found if problem.rule.id == rule.id]
            yield _rule(rule, of_rule, failed.get(rule.id))


def _outcome(report: ReportResult) -> Element:
    """Whether the report passes as a whole."""
    case = _case("结论", "总评")
    if report.kind == "other":
        _say(case, "failure", f"{OTHER_KIND.title}：{report.kind_reason}", type=OTHER_KIND.id)
    elif report.passed is False:
        _say(case, "failure", f"未通过：{report.fail_reason or '不合要求'}", type="not-passed")
    if report.score is not None:
        told = f"{number(report.score)} / {number(report.max_score)} 分，等次：{report.grade}"
        SubElement(case, "system-out").text = xml_text(told)
    return case


def _element(element: ElementResult, found: Sequence[Problem]) -> Element:
    case = _case(part_title(element.part, element.part_title), f"{element.id} {element.title}")
    if element.verdict == "not-applicable":
        _say(case, "skipped", element.reason)
    _tell(case, found)
    return case


def _rule(rule: RuleInfo, found: Sequence[Problem], failed: str | None) -> Element:
    case = _case("问题", rule.id if rule.title == rule.id else f"{rule.id} {rule.title}")
    if failed:
        _say(case, "error", f"规则 {failed} 运行出错，没有检查。", type="rule-error")
    _tell(case, found)
    return case


def _disabled(rule: RuleInfo) -> Element:
    """A rule that a user switched off, be it an element's or a finding's."""
    part = part_title(rule.part, rule.part_title) if rule.part else "问题"
    case = _case(part, rule.id if rule.title == rule.id else f"{rule.id} {rule.title}")
    _say(case, "skipped", "已停用，没有检查。")
    return case


def _tell(case: Element, found: Sequence[Problem]) -> None:
    """The problems of one case: the errors fail it; if all are accepted it is skipped."""
    standing = [problem for problem in found if problem.suppressed is None]
    errors = [problem for problem in standing if problem.level == "error"]
    if errors:
        text = "\n".join(map(_words, errors))
        _say(case, "failure", errors[0].message, text, type=errors[0].rule.id)
    elif found and not standing:
        _say(case, "skipped", accepted(found[0].suppressed))
    rest = [problem for problem in found if problem not in errors]
    if rest:
        SubElement(case, "system-out").text = xml_text("\n".join(map(_words, rest)))


def _words(problem: Problem) -> str:
    where = f"{place(problem.places[0])}“{problem.quote}”：" if problem.places else ""
    lead = accepted(problem.suppressed) or SEVERITIES[problem.level]
    return f"[{lead}] {where}{problem.message}" + (f" 改法：{problem.advice}" if problem.advice else "")


def _unread(error: FileError) -> Element:
    case = _case("读取", "读取文件")
    _say(case, "error", error.message, type="unreadable")
    return case


def _case(group: str, name: str) -> Element:
    return Element("testcase", {"classname": xml_text(group), "name": xml_text(name)})


def _say(case: Element, tag: str, message: str, text: str = "", **attributes: str) -> None:
    child = SubElement(case, tag, {"message": xml_text(message), **attributes})
    child.text = xml_text(text) or None
