"""``-o`` and ``--format``: every format by its suffix or its name; a format whose extra is absent is refused at once."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from checker.cli import main
from checker.commands.score import HELP
from checker.render import RENDERERS, SUFFIXES

pytestmark = pytest.mark.usefixtures("_chinese_font")


@pytest.fixture
def _chinese_font() -> None:
    from checker.errors import CheckerError
    from checker.render.fonts import chinese_font

    try:
        chinese_font()
    except CheckerError:
        pytest.skip("no Chinese font is installed")


@pytest.fixture
def score(tiny: Path, reports: Path, tmp_path: Path) -> Any:
    def run(*words: str) -> int:
        return main(["score", "--pack", str(tiny), str(reports), *words])

    return run


def test_every_suffix_writes_its_format(score: Any, tmp_path: Path) -> None:
    outputs = [
        word
        for suffix, name in SUFFIXES.items()
        if not RENDERERS[name].single
        for word in ("-o", str(tmp_path / f"out{suffix}"))
    ]
    assert score(*outputs) == 1
    begins = {
        ".html": b"<!DOCTYPE html>", ".xlsx": b"PK", ".png": b"\x89PNG", ".svg": b"<?xml", ".csv": b"\xef\xbb\xbf",
        ".md": b"## ", ".sarif": b"{", ".xml": b"<?xml", ".json": b"{", ".txt": b"====",
    }  # fmt: skip
    for suffix, start in begins.items():
        assert (tmp_path / f"out{suffix}").read_bytes().startswith(start), suffix


def test_a_format_can_be_named_before_the_path(score: Any, tmp_path: Path) -> None:
    target = tmp_path / "gl-code-quality.json"
    assert score("-o", f"gitlab:{target}", "-o", str(tmp_path / "r.json")) == 1
    assert isinstance(json.loads(target.read_text("utf-8")), list)
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["version"] == 1


def test_one_path_under_two_names_is_one_path(score: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score("-o", f"gitlab:{tmp_path}/a.json", "-o", f"{tmp_path}/a.json") == 2
    assert "给出了两次" in capsys.readouterr().err


def test_an_unknown_format_before_the_path_is_part_of_the_name(
    score: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert score("-o", f"nonesuch:{tmp_path}/a.zzz") == 2
    told = capsys.readouterr().err
    assert "无法从" in told and "gitlab:结果.json" in told


@pytest.mark.parametrize("format", [name for name, renderer in RENDERERS.items() if not renderer.binary])
def test_every_text_format_can_be_shown(score: Any, format: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert score("--format", format) == 1
    assert capsys.readouterr().out


@pytest.mark.parametrize(("name", "extra"), [("html", "html"), ("xlsx", "office"), ("png", "plots"), ("svg", "plots")])
def test_a_missing_extra_is_told_before_anything_is_judged(
    name: str,
    extra: str,
    score: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda module: None)
    target = tmp_path / f"out.{name}"
    assert score("-o", str(target)) == 2
    told = capsys.readouterr().err
    assert f"checker[{extra}]" in told and told.count("\n") == 1 and not target.exists()


def test_a_picture_that_cannot_be_drawn_does_not_cost_the_other_outputs(
    score: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from checker.render import fonts

    fonts.chinese_font.cache_clear()
    monkeypatch.setattr(fonts, "FAMILIES", ())
    assert score("-o", str(tmp_path / "o.png"), "-o", str(tmp_path / "o.md")) == 2
    assert "中文字体" in capsys.readouterr().err and (tmp_path / "o.md").exists()


def test_the_help_names_every_format_and_suffix() -> None:
    formats = HELP[HELP.index("格式（") :]
    for name, renderer in RENDERERS.items():
        assert name in formats, name
        assert not renderer.suffixes or renderer.suffixes[0] in formats
        assert renderer.extra is None or f"checker[{renderer.extra[0]}]" in formats


def test_the_extras_are_those_of_the_project(project: Path) -> None:
    import tomllib

    extras = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for renderer in RENDERERS.values():
        if renderer.extra is not None:
            extra, module = renderer.extra
            assert any(line.lower().removeprefix("python-").startswith(module) for line in extras[extra])
            assert importlib.util.find_spec(module)


@pytest.mark.parametrize("output", ["-o", "--write-baseline"])
@pytest.mark.parametrize("victim", ["报告.txt", "包.zip", "去年.txt", "豁免.yaml"])
def test_nothing_that_the_run_reads_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], output: str, victim: str
) -> None:
    import zipfile

    monkeypatch.chdir(tmp_path)
    Path("报告.txt").write_text("某市司法局2024年法治政府建设年度报告\n", "utf-8")
    Path("去年.txt").write_text("某市司法局2023年法治政府建设年度报告\n", "utf-8")
    Path("豁免.yaml").write_text("- {rule: causes, reason: 试点}\n", "utf-8")
    with zipfile.ZipFile("包.zip", "w") as archive:
        archive.write("报告.txt")
    before = Path(victim).read_bytes()
    target = f"json:{victim}" if output == "-o" else victim
    words = ["报告.txt", "包.zip", "--previous", "去年.txt", "--ignore", "豁免.yaml", output, target]
    assert main(["score", *words]) == 2
    assert "会把它覆盖" in capsys.readouterr().err
    assert Path(victim).read_bytes() == before
