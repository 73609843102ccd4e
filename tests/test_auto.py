"""``--pack auto`` in every format: each report is told by the rules of the pack that judged it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from checker import check, load_pack, render
from checker.cli import main
from checker.gather import gather
from checker.models.document import RawReport
from checker.models.result import RunResult
from checker.models.rule import RulePack

LAW = "某市司法局2024年法治政府建设年度报告\n一、主要工作\n全年开展执法检查120次，，办理行政复议案件36件。\n二、存在的问题\n执法力量不足。\n"
GOV = "某市司法局2024年政府信息公开工作年度报告\n一、总体情况\n（一）主动公开\n主动公开信息120条，，收到依申请公开申请3件。\n"


@pytest.fixture(scope="module")
def packs() -> list[RulePack]:
    return [load_pack("law-gov"), load_pack("gov-info")]


@pytest.fixture(scope="module")
def run(packs: list[RulePack]) -> RunResult:
    reports = [check(RawReport("法治.txt", LAW), packs), check(RawReport("公开.txt", GOV), packs)]
    assert [report.pack and report.pack.id for report in reports] == ["law-gov", "gov-info"]
    return gather(reports, [], packs)


def test_the_rules_of_a_run_tell_their_pack_and_none_stands_twice(run: RunResult) -> None:
    named = [(rule.pack, rule.id) for rule in run.rules]
    assert len(named) == len(set(named))
    assert {pack for pack, _ in named} == {"law-gov", "gov-info"}


def test_a_pack_that_judged_nothing_is_not_told(packs: list[RulePack], run: RunResult) -> None:
    assert {rule.pack for rule in gather(run.reports[1:], [], packs).rules} == {"gov-info"}
    assert {rule.pack for rule in gather([], [], packs).rules} == {"law-gov"}


def test_a_pack_that_was_asked_for_some_files_is_told(packs: list[RulePack], run: RunResult) -> None:
    made = gather(run.reports, [], packs[:1], packs)
    assert made.pack.id == "law-gov"
    assert {rule.pack for rule in made.rules} == {"law-gov", "gov-info"}


@pytest.mark.parametrize("format", ["table", "html", "csv"])
def test_the_parts_of_the_score_bear_the_names_of_their_pack(
    run: RunResult, packs: list[RulePack], format: str
) -> None:
    shown = str(render(run, format))
    for pack in packs:
        assert all(part.title in shown for part in pack.parts.values())


def test_csv_quotes_the_basis_of_the_pack_that_judged(run: RunResult, packs: list[RulePack]) -> None:
    rows = list(csv.DictReader(io.StringIO(str(render(run, "csv")).lstrip("\ufeff"))))
    for pack, file in zip(packs, ("法治.txt", "公开.txt"), strict=True):
        basis = next(rule.basis for rule in pack.elements if rule.id == "problems")
        assert [row["依据"] for row in rows if row["文件"] == file and row["编号"] == "problems"] == ["；".join(basis)]


def test_sarif_has_a_run_for_each_pack_with_rules_of_its_own(run: RunResult) -> None:
    log: Any = json.loads(render(run, "sarif"))
    assert [one["automationDetails"]["id"] for one in log["runs"]] == ["checker/law-gov/", "checker/gov-info/"]
    for one in log["runs"]:
        rules = one["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in one["results"])
        assert len(one["artifacts"]) == 1


def test_junit_has_no_case_for_a_rule_of_another_pack(run: RunResult, packs: list[RulePack]) -> None:
    suites = ElementTree.fromstring(str(render(run, "junit")))
    for suite, pack in zip(suites, packs, strict=True):
        names = [case.get("name", "").split(" ")[0] for case in suite if case.get("classname") == "问题"]
        assert sorted(names) == sorted(rule.id for rule in pack.findings)


def test_html_names_the_packs_that_judged(run: RunResult) -> None:
    shown = str(render(run, "html"))
    assert "规则包 law-gov" in shown
    assert "gov-info 0" in shown
    assert "auto" not in shown.partition("<footer>")[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a report of each kind."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "法治.txt").write_text(LAW, "utf-8")
    (tmp_path / "公开.txt").write_text(GOV, "utf-8")
    return tmp_path


def test_settings_for_some_files_bring_the_rules_of_their_pack(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "checker.toml").write_text('[[paths]]\nmatch = "公开.txt"\npack = "gov-info"\n', "utf-8")
    main(["score", "法治.txt", "公开.txt", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert {rule["pack"] for rule in told["rules"]} == {"law-gov", "gov-info"}


@pytest.mark.parametrize(
    ("pack", "hinted"),
    [("law-gov", "gov-info"), ("law-gov-jilin", "gov-info"), ("gov-info", "law-gov"), ("auto", None)],
)
def test_a_pack_that_would_recognise_the_document_is_named_in_one_line(
    pack: str, hinted: str | None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = "法治.txt" if hinted == "law-gov" else "公开.txt"
    main(["score", file, "--pack", pack])
    err = capsys.readouterr().err
    if hinted is None:
        assert "--pack" not in err
    else:
        assert err.count("\n") == 1
        assert f"审查，请加 --pack auto 或 --pack {hinted}" in err


def test_no_pack_is_named_for_a_document_that_none_recognises(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "通知.txt").write_text("关于召开年度工作会议的通知\n各科室：请准时参加。\n", "utf-8")
    assert main(["score", "通知.txt"]) == 1
    assert "--pack" not in capsys.readouterr().err


def test_several_documents_that_another_pack_recognises_take_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "公开二.txt").write_text(GOV, "utf-8")
    main(["score", "公开.txt", "公开二.txt", "法治.txt"])
    assert capsys.readouterr().err.count("--pack gov-info") == 1


def test_a_baseline_of_one_of_the_packs_holds_for_all_of_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--fail-on", "stray-mark", "--fail-on", "missing"]
    main(["score", "法治.txt", "--write-baseline", "base.json"])
    assert main(["score", "法治.txt", "--pack", "auto", *asked]) == 1
    assert main(["score", "法治.txt", "--pack", "auto", "--baseline", "base.json", *asked]) == 0
    assert "基线中已有" in capsys.readouterr().out
    assert main(["score", "法治.txt", "公开.txt", "--pack", "auto", "--baseline", "base.json", *asked]) == 1, "new"


def test_a_baseline_of_quite_another_pack_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["score", "公开.txt", "--pack", "gov-info", "--write-baseline", "base.json"])
    capsys.readouterr()
    assert main(["score", "法治.txt", "--baseline", "base.json"]) == 2
    assert "gov-info" in capsys.readouterr().err


@pytest.mark.parametrize("turned", [False, True])
def test_an_element_of_two_packs_has_one_column_with_its_first_title(run: RunResult, turned: bool) -> None:
    from checker.render.rows import titles_of

    reports = run.reports[::-1] if turned else run.reports
    titles = titles_of(reports)
    assert titles["problems"] == reports[0].element("problems").title
    assert list(titles)[: len(reports[0].elements)] == [element.id for element in reports[0].elements]
