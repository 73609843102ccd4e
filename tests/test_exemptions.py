"""``.checker-ignore.yaml``: what people have accepted stays in sight, but does not fail the gate."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_cli import one_line, run
from tiny import GOOD, POOR, WEAK, write_pack

BAD = GOOD + "图书官谢谢读者。\n三、附则\n另设图书官一处。\n"  # two findings of the rule typo
Judged = Callable[..., dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one report and the small pack; the working directory."""
    (tmp_path / ".git").mkdir()
    write_pack(tmp_path / "tiny")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "a.txt").write_text(BAD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ignore(folder: Path, *entries: str) -> None:
    text = "".join(f"- {{{entry}}}\n" for entry in entries)
    (folder / ".checker-ignore.yaml").write_text(text, encoding="utf-8")


def score(*words: object) -> int:
    return run("score", "--pack", "tiny", "--fail-on", "error,weak,not-passed", *words)


def report(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    capsys.readouterr()
    score("--format", "json", *words)
    result: dict[str, Any] = json.loads(capsys.readouterr().out)["reports"][0]
    return result


def reasons(result: dict[str, Any]) -> list[str | None]:
    return [finding["suppressed"] for finding in result["findings"]]


def test_a_whole_rule_is_accepted_with_its_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score("drafts/a.txt") == 1
    ignore(folder, "rule: typo, reason: 馆名原来如此")
    assert score("drafts/a.txt") == 0
    out = capsys.readouterr().out
    assert out.count("馆名原来如此") == 2, "the places stay visible, with the reason"
    found = report(capsys, "drafts/a.txt")
    assert reasons(found) == ["馆名原来如此"] * 2
    assert found["score"] == 96 and found["deducted"] == 4, "accepted places take off points as before"


@pytest.mark.parametrize(
    ("quote", "held"),
    [
        ("图书官", [True, True]),
        ("图书官谢谢", [True, False]),
        ("另设 图书官", [False, True]),
        ("谢谢读者", [False, False]),
        ("书官", [True, True]),
        ("图书馆", [False, False]),
    ],
)
def test_a_quote_narrows_an_entry_to_the_places_with_these_words(
    folder: Path, capsys: pytest.CaptureFixture[str], quote: str, held: list[bool]
) -> None:
    ignore(folder, f"rule: typo, quote: {quote}, reason: 可")
    assert [bool(reason) for reason in reasons(report(capsys, "drafts/a.txt"))] == held
    assert score("drafts/a.txt") == (0 if all(held) else 1)


def test_a_fingerprint_names_one_place_and_survives_edits_elsewhere(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = report(capsys, "drafts/a.txt")["findings"][1]["fingerprint"]
    ignore(folder, f"fingerprint: {name}, reason: 可")
    assert [bool(reason) for reason in reasons(report(capsys, "drafts/a.txt"))] == [False, True]
    (folder / "drafts" / "a.txt").write_text(
        BAD.replace("一、工作情况\n", "一、工作情况\n添了一句。\n"), encoding="utf-8"
    )
    assert [bool(reason) for reason in reasons(report(capsys, "drafts/a.txt"))] == [False, True]


def test_a_weak_or_missing_element_can_be_accepted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "drafts" / "a.txt").write_text(WEAK, encoding="utf-8")
    assert score("drafts/a.txt") == 1
    ignore(folder, "rule: guides, reason: 导读由总馆统计")
    assert score("drafts/a.txt") == 0
    element = report(capsys, "drafts/a.txt")["elements"][1]
    assert element["suppressed"] == "导读由总馆统计" and element["verdict"] == "weak"
    ignore(folder, "rule: guides, quote: 扫地, reason: 可")
    assert score("drafts/a.txt") == 1, "the quote is not in the evidence"


def test_an_accepted_gap_does_not_fail_a_report_that_has_the_points(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = (
        (folder / "tiny" / "elements" / "01-loans.yaml").read_text(encoding="utf-8").replace("weight: 60", "weight: 30")
    )
    (folder / "tiny" / "elements" / "01-loans.yaml").write_text(pack, encoding="utf-8")
    (folder / "drafts" / "a.txt").write_text(POOR.replace("图书官", "图书馆"), encoding="utf-8")
    scored = report(capsys, "drafts/a.txt")
    assert scored["passed"] is False and scored["score"] < 60, "a required element is missing"
    ignore(folder, "rule: loans, reason: 闭馆改造")
    assert score("drafts/a.txt") == 1, "the score is as it was, and too low"
    pack_file = folder / "tiny" / "pack.yaml"
    pack_file.write_text(
        pack_file.read_text(encoding="utf-8").replace("scale:\n", "scale:\n  pass_from: 50\n"), encoding="utf-8"
    )
    assert score("drafts/a.txt") == 0
    assert "虽未通过，但" in capsys.readouterr().err
    ignore(folder)
    assert score("drafts/a.txt") == 1


def test_globs_start_from_the_folder_of_the_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ignore(folder, "rule: typo, file: 'a.txt', reason: 可")
    assert score("drafts/a.txt") == 0
    ignore(folder, "rule: typo, file: 'drafts/*.txt', reason: 可")
    assert score("drafts/a.txt") == 0
    ignore(folder, "rule: typo, file: '*.md', reason: 可")
    assert score("drafts/a.txt") == 1
    assert "没有用到" not in capsys.readouterr().err, "what is not about these files is no news"


def test_the_nearest_list_holds_or_the_one_that_was_named(folder: Path) -> None:
    ignore(folder, "rule: typo, reason: 可")
    assert score("drafts/a.txt") == 0
    assert score("drafts/a.txt", "--no-ignore") == 1
    ignore(folder / "drafts", "rule: guides, reason: 可")
    assert score("drafts/a.txt") == 1
    assert score("drafts/a.txt", "--ignore", ".checker-ignore.yaml") == 0


def test_until_its_last_day_an_entry_holds_then_it_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from datetime import date, timedelta

    today = date.today()
    ignore(folder, f"rule: typo, reason: 等新章程, until: {today + timedelta(days=1)}")
    assert score("drafts/a.txt") == 0
    yesterday = today - timedelta(days=2)
    ignore(folder, f"rule: typo, reason: 等新章程, until: {yesterday}")
    assert score("drafts/a.txt") == 1
    assert f"第 1 行：已于 {yesterday} 到期，不再有效（等新章程）" in capsys.readouterr().err


def test_the_last_day_itself_still_counts() -> None:
    from datetime import date

    from checker.commands.exemptions import Entry
    from checker.suppress import Suppression

    entry = Entry("x", 1, Suppression(rule="typo", reason="可", until=date(2026, 3, 31)))
    assert [entry.expired(date(2026, 3, day)) for day in (30, 31)] == [False, False]
    assert entry.expired(date(2026, 4, 1))


def test_an_entry_that_holds_for_nothing_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ignore(folder, "rule: typo, reason: 甲", "rule: guides, reason: 乙")
    assert score("drafts/a.txt") == 0
    err = capsys.readouterr().err
    assert "第 2 行：没有用到" in err and "乙" in err and "甲" not in err
    assert score("drafts/a.txt", "--quiet") == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- rule: typo\n", ["第 1 行", "缺少必填的 reason"]),
        ("- {rule: typo, reason: 可}\n- rule: typo\n  reason: ' '\n", ["第 3 行", "reason 要写明理由"]),
        ("- {rule: typo, reson: 可, reason: 可}\n", ["不认识的键“reson”", "是否想写“reason”？"]),
        ("# 注\n- reason: 可\n", ["第 2 行", "rule（规则编号）或 fingerprint"]),
        ("- {rule: tpyo, reason: 可}\n", ["第 1 行", "没有名为“tpyo”的规则", "是否想写 typo？"]),
        ("- {rule: typo, reason: 可, until: 明年}\n", ["第 1 行", "不是日期", "2025-12-31"]),
        ("- rule: typo\n  reason: 可\n  until: 2025-02-30\n", ["第 3 行", "“2025-02-30”不是日期"]),
        ("rule: typo\n", ["第 1 行", "应为列表"]),
        ("- rule: typo\n  file: *.txt\n  reason: 可\n", ["第 2 行", "要加引号"]),
        ("- [rule\n", ["不是合法的 YAML"]),
        ("- {rule: typo, reason: !!int 可}\n", ["不需要写标签"]),
    ],
)
def test_mistakes_in_the_list_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, told: list[str]
) -> None:
    (folder / ".checker-ignore.yaml").write_text(text, encoding="utf-8")
    assert score("drafts/a.txt") == 2
    line = one_line(capsys)
    assert all(part in line for part in ["豁免清单 .checker-ignore.yaml", *told]), line


def test_a_list_that_is_not_there_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score("drafts/a.txt", "--ignore", "no.yaml") == 2
    assert "找不到豁免清单 no.yaml" in one_line(capsys)
