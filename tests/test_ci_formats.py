"""Formats for build systems and code review: JUnit, GitHub annotations, GitLab Code Quality, Markdown comments."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import html5lib
import pytest
from lxml import etree
from made import EVERYTHING, HOSTILE, OTHER, hostile, in_word, report, run
from markdown_it import MarkdownIt

from checker import render
from checker.models.result import ReportResult, RunResult
from checker.render.to_github import command
from checker.render.to_markdown import MOST, text

XSD = etree.XMLSchema(etree.parse(Path(__file__).parent / "data" / "junit-10.xsd"))


def junit(result: RunResult | ReportResult) -> Element:
    """The document, once it has kept the schema."""
    xml = render(result, "junit")
    XSD.assertValid(etree.fromstring(xml.encode()))
    return fromstring(xml)


def case(suites: Element, name: str) -> Element:
    (found,) = [case for case in suites.iter("testcase") if case.get("name", "").split(" ")[0] == name]
    return found


# JUnit


def test_junit_keeps_the_schema_whatever_the_text() -> None:
    suites = junit(EVERYTHING)
    assert len(suites) == 7
    for key, tag in (("failures", "failure"), ("errors", "error"), ("tests", None)):
        counted = len(list(suites.iter("testcase"))) if tag is None else sum(1 for _ in suites.iter(tag))
        assert int(suites.get(key, "")) == counted, key


def test_junit_errors_fail_warnings_are_told_and_accepted_ones_skip() -> None:
    suites = junit(run(report()))
    assert case(suites, "总评").find("failure").get("message") == "未通过：缺少必备内容：要素c"  # type: ignore[union-attr]
    assert [child.tag for child in case(suites, "a")] == []
    assert [child.tag for child in case(suites, "b")] == ["system-out"]
    assert [child.tag for child in case(suites, "c")] == ["failure"]
    assert case(suites, "d").find("skipped").get("message") == "已豁免：本局无此职责"  # type: ignore[union-attr]
    assert case(suites, "e").find("skipped") is not None
    typo = case(suites, "typo")
    assert "第 1 行“题𠮷”" in (typo.findtext("failure") or "") and "已豁免：惯用写法" in (
        typo.findtext("system-out") or ""
    )
    assert [child.tag for child in case(suites, "silent")] == []


def test_junit_skips_the_rules_that_were_switched_off(tmp_path: Path) -> None:
    from checker.cli import main

    (tmp_path / "x.txt").write_text(
        "某市某局2024年法治政府建设年度报告\n一、主要工作\n开展检查20次，，办结案件3件。\n", encoding="utf-8"
    )
    out = tmp_path / "x.xml"
    asked = ["--disable", "stray-mark,problems", "-o", str(out), "--quiet"]
    main(["score", str(tmp_path / "x.txt"), *asked])
    suites = etree.parse(out)
    for rule in ("stray-mark", "problems"):
        (case,) = suites.xpath(f"//testcase[starts-with(@name, '{rule} ')]")
        assert "停用" in case.find("skipped").get("message")
    (case,) = suites.xpath("//testcase[starts-with(@name, 'numbering ')]")
    assert case.find("skipped") is None
    assert suites.xpath("//testsuite/@skipped") == ["2"]


def test_junit_tells_what_could_not_be_judged() -> None:
    suites = junit(run(report(rule_errors=["silent（ValueError）"]), OTHER, errors=(("坏.txt", "空的"),)))
    assert case(suites, "silent").find("error") is not None
    assert suites[1].get("failures") == "1" and len(suites[1]) == 1
    assert suites[2].find("testcase/error").get("message") == "空的"  # type: ignore[union-attr]


# GitHub


def test_github_commands_are_escaped_as_documented() -> None:
    assert command("error", {"file": "a,b:c%.txt", "line": 3}, "100%\r\n::done") == (
        "::error file=a%2Cb%3Ac%25.txt,line=3::100%25%0D%0A::done"
    )


def test_github_annotations() -> None:
    lines = render(run(report()), "github").splitlines()
    assert "::error file=报送/甲.txt,line=1,endLine=1,col=4,endColumn=6,title=错字::“题𠮷”写错了。%0A请改正。" in lines
    assert any(line.startswith("::error file=报送/甲.txt,line=1,title=要素c::") for line in lines)
    crossing = next(line for line in lines if "跨" in line)
    assert ",line=3,endLine=4,title" in crossing  # columns mean nothing over several lines
    accepted = [line for line in lines if "已豁免" in line]
    assert len(accepted) == 2 and all(line.startswith("::notice ") for line in accepted)
    order = [line.split(" ")[0] for line in lines if line.startswith("::")]
    assert order == sorted(order, key=["::error", "::warning", "::notice"].index)


def test_github_no_text_of_a_report_begins_a_command_of_its_own() -> None:
    text = render(EVERYTHING, "github")
    for line in text.splitlines():
        assert re.match(r"::(error|warning|notice) (file=[^,]+,)?[^\x00-\x1f]*$|共 \d+ 份", line), line
        assert re.match(r"::\w+ (?:\w+=[^:,]*,?)*::|共", line), line


def test_github_places_in_a_word_file_have_no_line() -> None:
    assert "line=" not in render(run(in_word()), "github")


# GitLab


def gitlab(result: RunResult) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(render(result, "gitlab"))
    return entries


def test_gitlab_entries_have_what_gitlab_asks_for() -> None:
    entries = gitlab(EVERYTHING)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker") and entry["description"]
        assert entry["location"]["path"] and entry["location"]["lines"]["begin"] >= 1
    prints = [entry["fingerprint"] for entry in entries]
    assert len(set(prints)) == len(prints)


def test_gitlab_severities() -> None:
    entries = {entry["check_name"]: entry for entry in gitlab(run(report(), errors=(("坏.txt", "空的"),)))}
    assert entries["c"]["severity"] == "major" and entries["b"]["severity"] == "minor"
    assert entries["d"]["severity"] == "info" and entries["d"]["description"].startswith("已豁免：本局无此职责")
    assert entries["unreadable"]["severity"] == "blocker"


def test_gitlab_fingerprints_survive_another_file_in_the_run() -> None:
    alone = {entry["fingerprint"] for entry in gitlab(run(report()))}
    assert alone < {entry["fingerprint"] for entry in gitlab(run(OTHER, report()))}


# Markdown


def test_markdown_tells_each_report() -> None:
    comment = render(run(report(), OTHER, errors=(("坏.txt", "空的"),)), "markdown")
    assert "| 报送/甲.txt | ❌ 未通过 | 47 | 不合格 | 1 | 1 | 3 |" in comment
    assert "| 坏.txt | ⛔ 未能审查 |" in comment and "| 讲话.txt | ➖ 另类文件 |" in comment
    assert comment.count("<details>") == comment.count("</details>") == 2
    assert "第 1 行“题𠮷”" in comment and "已豁免：惯用写法" in comment


def test_markdown_takes_nothing_from_a_report() -> None:
    """Read as GitHub reads it, a hostile report makes no element that a harmless one does not make."""
    allowed = elements_of("## a\n\nb\n\n| a |\n| - |\n| b |\n\n- c\n\n<details><summary><b>d</b></summary>")
    assert elements_of(render(run(report()), "markdown")) <= allowed
    assert elements_of(render(EVERYTHING, "markdown")) <= allowed
    seen = elements_of(f"x {HOSTILE}")
    assert {"script", "img", "a", "code", "em"} <= seen  # so the check would see them if they were not escaped


@pytest.mark.parametrize("evil", ["<script", "<img", "@someone", "#1 "])
def test_markdown_holds_no_tag_and_no_mention(evil: str) -> None:
    assert evil in HOSTILE
    assert evil not in render(hostile(), "markdown")


def elements_of(comment: str) -> set[str]:
    page = MarkdownIt("gfm-like", {"html": True}).render(comment)
    return {node.tag for node in html5lib.parse(page, namespaceHTMLElements=False).iter() if isinstance(node.tag, str)}


def test_markdown_escapes() -> None:
    assert text("a|b\n# c_d <e> @f www.g") == r"a\|b \# c\_d &lt;e&gt; @" + "\u2060" + r"f www\.g"


def test_markdown_fits_a_comment() -> None:
    many = [report(file=f"目录/{number}.txt") for number in range(400)]
    comment = render(run(*many), "markdown")
    assert len(comment) <= MOST and "篇幅所限，另有" in comment
    assert comment.count("<details>") == comment.count("</details>") > 0
    assert "| 目录/399.txt |" in comment or "另有" in comment


def test_markdown_of_one_enormous_report_is_cut_and_closed() -> None:
    made = report()
    huge = made.model_copy(update={"findings": list(made.findings) * 500})
    comment = render(run(huge), "markdown")
    assert len(comment) <= MOST and "……其余从略。" in comment and comment.rstrip().endswith("</details>")
