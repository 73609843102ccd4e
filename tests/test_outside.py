"""Files for other programs: hook, action, pipeline template, container; and the example repository of drafts."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.cli import main
from checker.render import RENDERERS

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
BAD, EXCEPTED, GOOD = "drafts/街道/临河街道.txt", "drafts/街道/柳桥街道.txt", "drafts/县直/林业局.md"


def tool(name: str) -> str:
    """A program of the development extra."""
    found = shutil.which(name, path=f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        pytest.skip(f"{name} is not installed (pip install -e '.[dev]')")
    return found


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def done(*words: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, as a repository; the working directory."""
    folder = tmp_path / "gate"
    shutil.copytree(ROOT / "examples" / "gate", folder)
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def command(tmp_path: Path) -> str:
    """A folder for PATH with the command ``checker`` of this checkout."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "checker"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m checker "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return f"{folder}{os.pathsep}{BIN}{os.pathsep}{os.environ['PATH']}"


# The example


def test_the_good_draft_passes_the_bad_one_fails(example: Path) -> None:
    assert main(["score", GOOD]) == 0
    assert main(["score", "drafts/县直"]) == 0
    assert main(["score", BAD]) == 1
    assert main(["score", "drafts"]) == 1


def test_the_accepted_place_passes_until_the_list_is_left_aside(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", EXCEPTED]) == 0
    assert "引用旧标语的原文" in capsys.readouterr().out
    assert main(["score", EXCEPTED, "--no-ignore"]) == 1
    assert "有错误级的问题" in capsys.readouterr().err


def test_the_drafts_are_as_good_and_as_bad_as_the_example_says(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["score", "drafts", "--format", "json"])
    reports = {report["file"]: report for report in json.loads(capsys.readouterr().out)["reports"]}
    assert reports[GOOD]["score"] >= 90 and reports[GOOD]["findings"] == []
    assert not reports[BAD]["passed"]
    lines = (example / BAD).read_text(encoding="utf-8").splitlines()
    found = {(finding["id"], finding["line"]) for finding in reports[BAD]["findings"]}
    expected = {
        ("terminology", "法制政府"),
        ("numbering", "（三）规范"),
        ("placeholder", "××"),
        ("plan-year", "三、2025年"),
    }
    numbers = {(rule, next(n for n, line in enumerate(lines, 1) if words in line)) for rule, words in expected}
    assert numbers <= found


@pytest.mark.skipif("github" not in RENDERERS, reason="no annotations in this version")
def test_the_annotations_stand_at_the_right_lines(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "drafts", "--format", "github"]) == 1
    out = capsys.readouterr().out
    lines = (example / BAD).read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines, 1) if "法制政府" in line)
    assert re.search(rf"^::error .*file={re.escape(BAD)}.*line={place}\b.*法治政府", out, re.MULTILINE), out
    assert not re.search(rf"^::error .*file={re.escape(GOOD)}", out, re.MULTILINE)
    assert not re.search(rf"^::error .*file={re.escape(EXCEPTED)}", out, re.MULTILINE)


def test_with_a_baseline_only_what_is_new_fails(example: Path) -> None:
    assert main(["score", "drafts", "--write-baseline", ".checker-baseline.json"]) == 0
    assert main(["score", "drafts", "--baseline", ".checker-baseline.json"]) == 0
    text = (example / BAD).read_text(encoding="utf-8")
    (example / BAD).write_text(text + "\n\n附：法制政府建设台账。\n", encoding="utf-8")
    assert main(["score", "drafts", "--baseline", ".checker-baseline.json"]) == 1


# pre-commit


def test_the_hook_is_well_formed() -> None:
    result = done(tool("pre-commit"), "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert result.returncode == 0, result.stdout
    (hook,) = load(".pre-commit-hooks.yaml")
    (used,) = load("examples/gate/.pre-commit-config.yaml")["repos"][0]["hooks"]
    assert used["id"] == hook["id"] == "checker"


def test_the_hook_stops_the_bad_draft_and_lets_the_good_one_through(
    example: Path, command: str, tmp_path: Path
) -> None:
    """The hook as the manifest has it, run from this checkout instead of an environment of its own."""
    (hook,) = load(".pre-commit-hooks.yaml")
    (used,) = load("examples/gate/.pre-commit-config.yaml")["repos"][0]["hooks"]
    local = {**hook, **used, "language": "system"}
    local.pop("minimum_pre_commit_version")
    config = {"repos": [{"repo": "local", "hooks": [local]}]}
    (example / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    words = (tool("pre-commit"), "run", "--verbose")
    environment = {"PATH": command, "PRE_COMMIT_HOME": str(tmp_path / "home")}
    every = done(*words, "--all-files", cwd=example, **environment)
    assert every.returncode == 1 and "临河街道" in every.stdout and "README" not in every.stdout
    assert "exit code: 1" in every.stdout
    good = done(*words, "--files", GOOD, EXCEPTED, cwd=example, **environment)
    assert good.returncode == 0, good.stdout


# GitHub


def action(example: Path, command: str, tmp_path: Path, **inputs: str) -> tuple[int, str, dict[str, str], str]:
    """Run what the action runs: exit code, log, outputs and the summary of the job."""
    temporary = tmp_path / "temp"
    temporary.mkdir(exist_ok=True)
    files = {name: tmp_path / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    for file in files.values():
        file.write_text("", encoding="utf-8")
    named = {f"INPUT_{name.upper()}": value for name, value in inputs.items()}
    result = done(
        "bash", str(ROOT / "ci" / "github.sh"), cwd=example, PATH=command, RUNNER_TEMP=str(temporary),
        **{name: str(file) for name, file in files.items()}, **named,
    )  # fmt: skip
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines())
    return result.returncode, result.stdout + result.stderr, outputs, files["GITHUB_STEP_SUMMARY"].read_text("utf-8")


@pytest.mark.skipif(not {"github", "sarif", "markdown"} <= set(RENDERERS), reason="not all formats in this version")
def test_the_action_annotates_summarises_and_leaves_sarif(example: Path, command: str, tmp_path: Path) -> None:
    code, log, outputs, summary = action(example, command, tmp_path, files="drafts\n")
    assert code == 1 and "::error " in log
    assert outputs["exit-code"] == "1" and "临河街道" in summary
    assert json.loads(Path(outputs["sarif"]).read_text(encoding="utf-8"))["version"] == "2.1.0"
    code, _, outputs, _ = action(example, command, tmp_path, files=f"{GOOD}\n{EXCEPTED}", fail_under="70")
    assert code == 0 and outputs["exit-code"] == "0"


@pytest.mark.skipif(not {"github", "sarif", "markdown"} <= set(RENDERERS), reason="not all formats in this version")
def test_inputs_of_the_action_are_never_run_as_commands(example: Path, command: str, tmp_path: Path) -> None:
    code, log, _, _ = action(example, command, tmp_path, files="$(touch broken)\n; touch broken\n--help")
    assert code == 2 and not (example / "broken").exists()
    assert "用法：checker score" not in log, "what comes after -- is a file, whatever its name"


def test_the_action_passes_every_input_to_the_script() -> None:
    data = load("action.yml")
    step = next(step for step in data["runs"]["steps"] if step.get("id") == "score")
    script = (ROOT / "ci" / "github.sh").read_text(encoding="utf-8")
    taken = {*step["env"], "INPUT_EXTRAS", "INPUT_PYTHON_VERSION"}
    assert {f"INPUT_{name.upper().replace('-', '_')}" for name in data["inputs"]} == taken
    assert [name for name in step["env"] if name not in script] == []
    runs = [step["run"] for step in data["runs"]["steps"] if "run" in step]
    assert not any("${{" in run for run in runs), "inputs must not become text of a script"


# Schemas and linters


@pytest.mark.parametrize(
    "words",
    [
        ["--builtin-schema", "vendor.github-actions", "action.yml"],
        ["--builtin-schema", "vendor.github-workflows", "examples/gate/.github/workflows/drafts.yml"],
        ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", "ci/gitlab.yml", "examples/gate/.gitlab-ci.yml"],
    ],
)  # fmt: skip
def test_the_files_for_others_follow_their_schemas(words: list[str]) -> None:
    result = done(tool("check-jsonschema"), *words)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_template_for_gitlab_writes_what_it_publishes() -> None:
    job = load("ci/gitlab.yml")["checker"]
    published = {*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()}
    assert all(any(name in line for line in job["script"]) for name in published)
    assert load("examples/gate/.gitlab-ci.yml")["include"][0]["file"] == "ci/gitlab.yml"


def test_the_container_passes_its_linter() -> None:
    result = done(tool("hadolint"), "Dockerfile")
    assert result.returncode == 0, result.stdout


def test_the_script_of_the_action_passes_its_linter() -> None:
    result = done(tool("shellcheck"), "ci/github.sh")
    assert result.returncode == 0, result.stdout


def test_the_container_copies_what_the_build_needs() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = {word for line in re.findall(r"^COPY (?!--)(.*) \S+$", text, re.MULTILINE) for word in line.split()}
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"
    }
    assert copied == allowed and all((ROOT / name).exists() for name in copied)
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {"pyproject.toml", project["project"]["readme"], *project["project"]["license-files"]}
    assert needed | set(wheel["packages"]) | set(wheel["force-include"]) <= copied
