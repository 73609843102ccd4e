"""``score --previous``: one of last year's reports, or a folder of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import SEEDS

from checker.cli import main

PAIRS = [
    yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).resolve().parent / "previous").glob("*.yaml"))
]


@pytest.fixture
def years(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders: this year's reports of three agencies, and last year's under other names."""
    this, last = tmp_path / "this", tmp_path / "last"
    this.mkdir()
    last.mkdir()
    for number in (0, 2, 3):
        (this / f"{number}.txt").write_text(PAIRS[number]["this"], encoding="utf-8")
        (last / f"x{9 - number}.txt").write_text(PAIRS[number]["last"], encoding="utf-8")
    return this, last


def judged(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    code = main(["score", *map(str, words), "--format", "json"])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_one_report_is_compared_with_the_file_given(
    years: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    this, last = years
    _, made, _ = judged(capsys, this / "0.txt", "--previous", last / "x9.txt")
    assert made["reports"][0]["previous"]["file"] == str(last / "x9.txt")


def test_a_folder_is_paired_by_agency(years: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    this, last = years
    _, made, _ = judged(capsys, this, "--previous", last)
    assert [(Path(r["file"]).name, Path(r["previous"]["file"]).name) for r in made["reports"]] == [
        ("0.txt", "x9.txt"),
        ("2.txt", "x7.txt"),
        ("3.txt", "x6.txt"),
    ]
    assert all(report["previous"]["notes"] == [] for report in made["reports"])


def test_a_report_without_its_last_years_is_judged_and_told(
    years: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    this, last = years
    (last / "x7.txt").unlink()
    code, made, _ = judged(capsys, this, "--previous", last)
    assert code in (0, 1)
    assert [report["previous"] is None for report in made["reports"]] == [False, True, False]
    assert any("没有找到同一机关的上年度报告" in note for note in made["reports"][1]["notes"])


def test_of_several_years_the_year_before_is_taken(
    years: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    this, last = years
    (last / "a.txt").write_text(PAIRS[0]["last"].replace("2024", "2023").replace("2023年", "2022年"), encoding="utf-8")
    _, made, _ = judged(capsys, this / "0.txt", "--previous", last)
    assert Path(made["reports"][0]["previous"]["file"]).name == "x9.txt"


@pytest.mark.parametrize("wrong", ["none.txt", "-", "empty.txt", "empty"])
def test_what_cannot_be_read_is_one_line_and_exit_2(
    years: tuple[Path, Path], wrong: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    this, _ = years
    monkeypatch.chdir(this)
    (this / "empty.txt").write_bytes(b"")
    (this / "empty").mkdir()
    assert main(["score", "0.txt", "--previous", wrong]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "--previous" in err


def test_a_bad_file_among_last_years_is_told_and_the_rest_compared(
    years: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    this, last = years
    (last / "bad.txt").write_bytes(b"")
    code, made, err = judged(capsys, this, "--previous", last)
    assert code == 2
    assert [error["file"] for error in made["previous_errors"]] == [str(last / "bad.txt")]
    assert made["errors"] == [], "it is none of the reports to be judged"
    assert "上年度的报告" in err and "bad.txt 没有用来比对" in err
    assert all(report["previous"] for report in made["reports"])
    main(["score", str(this), "--previous", str(last)])
    assert "未能审查" not in capsys.readouterr().out


def test_a_report_without_its_last_years_is_told_that_some_could_not_be_read(
    years: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    this, last = years
    (last / "x9.txt").write_bytes(b"")
    _, made, _ = judged(capsys, this, "--previous", last)
    assert "另有 1 份读不了" in made["reports"][0]["notes"][-1]
    assert not any("读不了" in note for note in made["reports"][1]["notes"])


def test_the_table_tells_what_became_of_last_years(
    years: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    this, last = years
    main(["score", str(this / "0.txt"), "--previous", str(last / "x9.txt")])
    out = capsys.readouterr().out
    for told in (
        "与上年度报告比对",
        "上年度的不足（4 条：已整改 2，只提到 2）",
        "又列入",
        "与上年度一样的数字",
        "占正文",
    ):
        assert told in out


def test_a_report_is_never_compared_with_itself(years: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    this, _ = years
    _, made, _ = judged(capsys, this, "--previous", this)
    assert [report["previous"] for report in made["reports"]] == [None, None, None]


def test_workers_compare_too(years: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    this, last = years
    one, many = (judged(capsys, this, "--previous", last, "--jobs", jobs)[1] for jobs in (1, 2))
    assert one == many
    assert all(report["previous"] for report in many["reports"])


def test_a_file_that_cannot_be_read_is_listed_once_where_both_years_are_in_one_folder(
    years: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    this, _ = years
    (this / "空.txt").write_text("", encoding="utf-8")
    code, made, _ = judged(capsys, this, "--previous", this)
    assert code == 2
    assert [Path(error["file"]).name for error in made["errors"]] == ["空.txt"]


@pytest.mark.parametrize("words", [[""], ["report.txt", "--previous", ""]])
def test_an_empty_name_is_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--no-config", *words]) == 2
    assert "文件名是空的" in capsys.readouterr().err


def test_a_run_of_copied_paragraphs_is_told_from_its_first_line_to_its_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = sorted(SEEDS.glob("*.txt"))[-1].read_text(encoding="utf-8")
    last, this = tmp_path / "2023.txt", tmp_path / "2024.txt"
    last.write_text(seed.replace("2024年", "2023年"), encoding="utf-8")
    this.write_text(seed, encoding="utf-8")
    assert main(["score", str(this), "--previous", str(last), "--format", "table"]) in (0, 1)
    out = capsys.readouterr().out
    assert "第 1—" in out and "可以看全" in out


def test_a_report_is_not_compared_with_itself(years: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    this, _ = years
    report = next(this.glob("*.txt"))
    assert main(["score", str(report), "--previous", str(report)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert "本身" in err and err.count("\n") == 1
