"""Settings files: where they are found, what they may say, what beats what, and what holds for which files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from test_cli import one_line, run
from tiny import GOOD, TINY_PACK, WEAK, write_pack

from checker.commands.globs import matches


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two folders of drafts and the small pack; the working directory."""
    (tmp_path / ".git").mkdir()
    write_pack(tmp_path / "rules" / "tiny")
    for folder, text in (("县直", GOOD), ("街道", WEAK)):
        (tmp_path / "drafts" / folder).mkdir(parents=True)
        (tmp_path / "drafts" / folder / "a.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(folder: Path, text: str, name: str = "checker.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def judged(capsys: pytest.CaptureFixture[str], *words: object) -> list[dict[str, Any]]:
    capsys.readouterr()
    run("score", *words, "--format", "json")
    reports: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["reports"]
    return reports


def test_the_nearest_file_above_the_working_directory_holds_and_is_told(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(repository, 'pack = "rules/tiny"\nfail-under = 90\n')
    monkeypatch.chdir(repository / "drafts")
    assert run("score", "街道/a.txt") == 1
    err = capsys.readouterr().err
    assert f"采用 {repository / 'checker.toml'} 中的设置" in err and "80 分，低于要求的 90 分" in err
    settings(repository / "drafts", f'pack = "{repository}/rules/tiny"\nquiet = true\n')
    assert run("score", "街道/a.txt") == 0
    assert capsys.readouterr().err == ""


def test_the_root_of_a_repository_ends_the_search(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(repository, "fail-under = 100\n")
    inner = repository / "drafts"
    (inner / ".git").mkdir()
    monkeypatch.chdir(inner)
    assert run("score", "街道/a.txt", "--pack", repository / "rules" / "tiny") == 0
    assert "采用" not in capsys.readouterr().err


def test_pyproject_serves_too_but_comes_second(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(
        repository,
        '[project]\nname = "x"\n[tool.checker]\npack = "rules/tiny"\nfail-under = 90\n'
        '[[tool.checker.paths]]\nmatch = "街道"\nfail-under = 70\n',
        "pyproject.toml",
    )
    assert run("score", "drafts/街道/a.txt") == 0
    assert "采用 pyproject.toml" in capsys.readouterr().err
    settings(repository, 'pack = "rules/tiny"\nfail-under = 95\n')
    assert run("score", "drafts/街道/a.txt") == 1
    assert "采用 checker.toml" in capsys.readouterr().err


def test_a_pyproject_without_our_table_is_no_settings_file(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(repository, "[tool.checkers]\nfail-under = 100\n[tool.checker-other]\nx = 1\n", "pyproject.toml")
    assert run("score", "drafts/街道/a.txt", "--pack", "rules/tiny") == 0
    assert "采用" not in capsys.readouterr().err


def test_settings_can_be_left_aside(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(repository, "fail-under = 100\n")
    assert run("score", "drafts/街道/a.txt", "--pack", "rules/tiny", "--no-config") == 0
    assert run("score", "a.txt", "--no-config", "--config", "checker.toml") == 2
    assert "不能同时使用" in capsys.readouterr().err


def test_paths_in_the_file_start_from_its_folder(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(repository, 'pack = "rules/tiny"\noutput = ["结果.json"]\nexclude = ["drafts/街道"]\n')
    monkeypatch.chdir(repository / "drafts")
    assert run("score", ".") == 0
    reports = json.loads((repository / "结果.json").read_text(encoding="utf-8"))["reports"]
    assert [report["file"] for report in reports] == ["./县直/a.txt"]


def test_settings_for_some_files(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(
        repository,
        'pack = "rules/tiny"\nfail-under = 90\n[[paths]]\nmatch = "drafts/**"\nyear = 2021\n'
        '[[paths]]\nmatch = ["街道"]\nfail-under = 70\nyear = 2022\n',
    )
    assert [report["report_year"] for report in judged(capsys, "drafts")] == [2021, 2022]
    assert run("score", "drafts") == 0
    assert run("score", "drafts", "--fail-under", "85") == 1, "what is typed beats the file, for all files"
    assert [report["report_year"] for report in judged(capsys, "drafts", "--year", "2019")] == [2019, 2019]


def test_another_pack_for_some_files_is_told_in_the_result(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pack(repository / "rules" / "other", {"pack.yaml": _other_pack()})
    settings(repository, 'pack = "rules/tiny"\n[[paths]]\nmatch = "街道/**"\npack = "rules/other"\n')
    assert [report["pack"]["id"] for report in judged(capsys, "drafts")] == ["tiny"] * 2, "街道/** means ./街道 alone"
    settings(repository, 'pack = "rules/tiny"\n[[paths]]\nmatch = "**/街道/**"\npack = "rules/other"\n')
    packs = [report["pack"] for report in judged(capsys, "drafts")]
    assert packs == [{"id": "tiny", "version": "1.0.0"}, {"id": "other", "version": "2.0.0"}]


def test_the_rules_of_a_pack_for_some_files_are_told_too(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typo = TINY_PACK["findings/typo.yaml"].replace("id: typo", "id: slip")
    write_pack(repository / "rules" / "other", {"pack.yaml": _other_pack(), "findings/typo.yaml": typo})
    settings(repository, 'pack = "rules/tiny"\n[[paths]]\nmatch = "街道"\npack = "rules/other"\n')
    assert run("score", "drafts", "--format", "json") == 0
    rules = json.loads(capsys.readouterr().out)["rules"]
    assert [rule["id"] for rule in rules] == ["loans", "guides", "typo", "slip"]


def _other_pack() -> str:
    return TINY_PACK["pack.yaml"].replace("id: tiny", "id: other").replace("1.0.0", "2.0.0")


def test_rules_can_be_switched_off(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(repository, 'pack = "rules/tiny"\n[[paths]]\nmatch = "街道"\ndisable = ["guides", "typo"]\n')
    (repository / "drafts/街道/a.txt").write_text(WEAK + "图书官谢谢读者。\n", encoding="utf-8")
    first, second = judged(capsys, "drafts")
    assert [element["id"] for element in first["elements"]] == ["loans", "guides"]
    assert [element["id"] for element in second["elements"]] == ["loans"]
    assert second["findings"] == [] and second["score"] == 100, "the points go to the rules that are left"


def test_excluded_files_are_passed_over_and_told_when_named(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(repository, 'pack = "rules/tiny"\nexclude = ["街道/", "*.bak.txt"]\n')
    (repository / "drafts" / "b.bak.txt").write_text("x", encoding="utf-8")
    assert [report["file"] for report in judged(capsys, "drafts")] == ["drafts/县直/a.txt"]
    assert run("score", "drafts/街道/a.txt", "drafts/县直/a.txt") == 0
    assert "drafts/街道/a.txt：按 exclude 的设置略过" in capsys.readouterr().err
    assert len(judged(capsys, "drafts", "--exclude", "nothing")) == 3, "what is typed replaces the file's list"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('x = 1\npack = "a"', ["第 1 行", "不认识的选项“x”", "可用：", "paths"]),
        ("fail-undr = 90", ["第 1 行", "是否想写 fail-under？"]),
        ("write-baseline = 'b.json'", ["不认识的选项“write-baseline”"]),
        ("year = 2024\n\n[[paths]]\nmatch = 'a'\nyear = 2023\n[[paths]]\nmatch = 'b'\nyaer = 1", ["第 8 行", "是否想写 year？"]),
        ("[[paths]]\nmatch = 'a'\nformat = 'json'", ["第 3 行", "不认识的选项“format”", "可用：pack、year"]),
        ("[[paths]]\nyear = 2023", ["第 1 行", "要写明 match"]),
        ("[[paths]]\nmatch = ['']", ["第 2 行", "要写明 match"]),
        ("paths = 3", ["第 1 行", "[[paths]]"]),
        ("fail-on = ['mising']", ["配置文件 checker.toml", "“mising”无效", "是否想写 missing？"]),
        ("disable = ['tpyo']", ["“tpyo”无效", "是否想写 typo？"]),
        ("fail-on = [1, true]", ["第 1 行", "写法不对"]),
        ("jobs = 0", ["第 1 行", "1 到 256 的整数"]),
        ("exclude = {a = 1}", ["第 1 行", "写法不对"]),
        ("[[paths]]\nmatch = 'drafts/**'\nfail-under = 200", ["超过了满分 100"]),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_file_line_and_what_is_allowed(
    repository: Path, capsys: pytest.CaptureFixture[str], text: str, told: list[str]
) -> None:
    settings(repository, text)
    assert run("score", "drafts/街道/a.txt", "--quiet", "--config", "checker.toml", "--pack", "rules/tiny") == 2
    line = one_line(capsys)
    assert all(part in line for part in told), line


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("街道/a.txt", "街道/**", True),
        ("街道/x/a.txt", "街道/**", True),
        ("街道/x/a.txt", "街道/*", True),
        ("县/街道/a.txt", "街道/**", False),
        ("县/街道/a.txt", "**/街道/**", True),
        ("县/街道/a.txt", "街道", True),
        ("县/街道/a.txt", "街道/", True),
        ("街道.txt", "街道", False),
        ("a/b/旧稿.txt", "*.txt", True),
        ("a/b/旧稿.txt", "a/*.txt", False),
        ("a/b/旧稿.txt", "a/**/*.txt", True),
        ("a/旧稿.txt", "a/**/*.txt", True),
        ("a/b.txt", "./a/b.txt", True),
        ("a/b.txt", "a/[bc].txt", True),
        ("../b.txt", "**", True),
        ("a", "a/**", False),
    ],
)
def test_globs(path: str, pattern: str, fits: bool) -> None:
    assert matches(path, [pattern]) is fits


# The schemas for editors


def schema(kind: str, capsys: pytest.CaptureFixture[str]) -> Any:
    from jsonschema import Draft202012Validator

    capsys.readouterr()
    assert run("rules", "schema", kind) == 0
    made = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ((ROOT / "examples/gate/checker.toml").read_text(encoding="utf-8"), True),
        ('year = 2024\nfail-on = "weak"\noutput = ["a.json", "b.txt"]\nstrict = true\njobs = 2\n', True),
        ('paths = [{match = "a", disable = ["typo"]}]', True),
        ("fail-undr = 90", False),
        ('strict = "yes"', False),
        ("config = 'x'", False),
        ("paths = [{year = 2024}]", False),
        ("paths = [{match = 'a', jobs = 2}]", False),
    ],
)
def test_the_schema_of_settings_allows_what_the_program_allows(
    repository: Path, capsys: pytest.CaptureFixture[str], text: str, valid: bool
) -> None:
    import tomllib

    assert schema("settings", capsys).is_valid(tomllib.loads(text)) is valid
    settings(repository, text)
    assert (run("score", "drafts/街道/a.txt", "--pack", "rules/tiny", "--format", "json") != 2) is valid


def test_every_option_in_the_schema_of_settings_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    properties = schema("settings", capsys).schema["properties"]
    assert {"pack", "fail-on", "exclude", "baseline", "paths"} <= set(properties)
    assert [key for key, value in properties.items() if not value.get("description")] == []


def test_the_schema_of_exemptions(capsys: pytest.CaptureFixture[str]) -> None:
    import yaml

    sound = schema("exemptions", capsys)
    assert sound.is_valid([{"rule": "typo", "reason": "可"}])
    assert not sound.is_valid([{"rule": "typo"}]) and not sound.is_valid([{"reason": "可", "rul": "typo"}])
    shipped = yaml.load((ROOT / "examples/gate/.checker-ignore.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert sound.is_valid(shipped)
