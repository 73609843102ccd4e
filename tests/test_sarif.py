"""SARIF: valid against the schema, exact regions in code points, fixes that can be applied, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from made import EVERYTHING, OTHER, TEXT, in_word, report, run

from checker import render
from checker.models.result import ReportResult, RunResult
from checker.render.to_sarif import uri

SCHEMA = Draft4Validator(json.loads((Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json").read_text("utf-8")))


def log(result: RunResult | ReportResult) -> dict[str, Any]:
    """The single run of a log that keeps the schema."""
    document = json.loads(render(result, "sarif"))
    assert [error.message for error in SCHEMA.iter_errors(document)] == []
    return document["runs"][0]


def regions(run: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        location["physicalLocation"]["region"]
        for result in run["results"]
        for location in [*result["locations"], *result.get("relatedLocations", [])]
        if "charOffset" in location["physicalLocation"].get("region", {})
    ]


def test_everything_keeps_the_schema() -> None:
    told = log(EVERYTHING)
    assert told["columnKind"] == "unicodeCodePoints"
    assert all(told["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in told["results"])


def test_the_schema_check_can_fail() -> None:
    assert list(SCHEMA.iter_errors({"version": "2.1.0", "runs": [{"tool": {}}]}))


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_regions_of_real_reports_are_exact(judge: Callable[..., ReportResult], seeds: list[Path], ends: str) -> None:
    found = 0
    for path in seeds:
        text = path.read_text(encoding="utf-8").replace("\n", ends)
        for region in regions(log(judge(text))):
            found += 1
            slice = text[region["charOffset"] : region["charOffset"] + region["charLength"]]
            assert slice == region["snippet"]["text"]
            lines = text.split("\n")
            first, last = region["startLine"] - 1, region["endLine"] - 1
            start = sum(len(line) + 1 for line in lines[:first]) + region["startColumn"] - 1
            end = sum(len(line) + 1 for line in lines[:last]) + region["endColumn"] - 1
            assert text[start:end] == slice
    assert found > 50


def test_a_place_over_two_lines_beyond_the_basic_plane() -> None:
    by_text = {region["snippet"]["text"]: region for region in regions(log(report()))}
    crossing = by_text["跨\n行"]
    assert (crossing["startLine"], crossing["endLine"], crossing["endColumn"]) == (3, 4, 2)
    assert (by_text["题𠮷"]["startColumn"], by_text["题𠮷"]["endColumn"]) == (4, 6)  # the rare character is one column


def test_levels_places_fingerprints_and_suppressions() -> None:
    results = {(r["ruleId"], r["message"]["text"].split("\n")[0]): r for r in log(report())["results"]}
    by_rule = {rule: r for (rule, _), r in results.items()}
    assert set(by_rule) == {"b", "c", "d", "typo", "personal"}  # nothing is said of what is met or does not apply
    assert by_rule["c"]["level"] == "error" and by_rule["b"]["level"] == "warning"
    assert by_rule["c"]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert by_rule["c"]["partialFingerprints"] == {"checkerFingerprint/v1": "f-c"}
    assert by_rule["d"]["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "本局无此职责"}]
    assert "suppressions" not in by_rule["c"]


def test_an_optional_element_that_is_missing_is_a_warning() -> None:
    result = run(report())
    rules = [rule.model_copy(update={"may_miss": rule.id == "c"}) for rule in result.rules]
    told = log(result.model_copy(update={"rules": rules}))
    assert [r["level"] for r in told["results"] if r["ruleId"] == "c"] == ["warning"]


def test_a_fix_applied_gives_the_corrected_text() -> None:
    (fixed,) = [r for r in log(report())["results"] if "fixes" in r]
    (replacement,) = fixed["fixes"][0]["artifactChanges"][0]["replacements"]
    region = replacement["deletedRegion"]
    start, end = region["charOffset"], region["charOffset"] + region["charLength"]
    assert (TEXT[:start] + replacement["insertedContent"]["text"] + TEXT[end:]).startswith("一、标目𠮷字")


def test_a_rule_tells_basis_advice_and_a_model_sentence(judge: Callable[..., ReportResult]) -> None:
    rules = {rule["id"]: rule for rule in log(run(report()))["tool"]["driver"]["rules"]}
    assert rules["c"]["help"]["text"] == "依据：某规定\n改法：写明。\n示范句：“示范。”"
    assert rules["c"]["help"]["markdown"].startswith("**依据**：某规定")
    assert rules["typo"]["defaultConfiguration"] == {"level": "error"}
    assert "silent" in rules  # a rule that found nothing is told, so that it is known to have looked


def test_places_in_a_word_file_are_logical() -> None:
    results = log(in_word())["results"]
    for result in results:
        for location in result["locations"]:
            assert "region" not in location["physicalLocation"]
    typo = next(r for r in results if r["ruleId"] == "typo")
    assert typo["locations"][0]["logicalLocations"] == [
        {"name": "第 1 段", "fullyQualifiedName": "body/paragraph[1]", "kind": "paragraph"}
    ]
    assert "第 1 段“题𠮷”" in typo["message"]["text"] and "fixes" not in typo


def test_what_could_not_be_judged_is_told() -> None:
    told = log(run(report(rule_errors=["typo（ValueError）"]), errors=(("坏 1.txt", "文件是空的。"),)))
    (invocation,) = told["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [n["message"]["text"] for n in invocation["toolExecutionNotifications"]] == [
        "报送/甲.txt：规则 typo（ValueError） 运行出错，没有检查。", "坏 1.txt：文件是空的。",
    ]  # fmt: skip
    assert told["artifacts"][1]["location"]["uri"] == "%E5%9D%8F%201.txt"
    assert log(report())["invocations"] == [{"executionSuccessful": True}]


def test_another_kind_is_one_error() -> None:
    (result,) = log(run(OTHER))["results"]
    assert result["ruleId"] == "other-kind" and "这是一篇讲话" in result["message"]["text"]


@pytest.mark.parametrize(
    ("file", "expected"),
    [("a b/甲.txt", "a%20b/%E7%94%B2.txt"), ("./a.txt", "a.txt"), ("/tmp/a.txt", "file:///tmp/a.txt"), ("-", "stdin"),
     ("C:\\a b.txt", "file:///C:/a%20b.txt"), ("x:y#z.txt", "x%3Ay%23z.txt")],
)  # fmt: skip
def test_paths_become_uris(file: str, expected: str) -> None:
    assert uri(file) == expected


def test_the_encoding_of_a_text_is_told() -> None:
    (artifact,) = log(report())["artifacts"]
    assert artifact["encoding"] == "utf-8" and artifact["mimeType"] == "text/plain"
