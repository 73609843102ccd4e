"""Many files at once: the same result as one by one, whatever happens to a worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_cli import process
from tiny import GOOD, OTHER, POOR, WEAK, write_pack

from checker.commands.running import default_jobs

COUNT = 24


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder with many texts, an empty one among them, beside the small pack."""
    write_pack(tmp_path / "tiny")
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(COUNT):
        text = (GOOD, WEAK, POOR, OTHER)[number % 4]
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "07.txt").write_bytes(b"")
    return tmp_path


def script(folder: Path, body: str, *words: str) -> list[str]:
    """A command that runs the command line after some statements, in a file that workers can import."""
    path = folder / "script.py"
    words = ("score", str(folder / "many"), "--pack", str(folder / "tiny"), "--jobs", "2", *words)
    run = f"if __name__ == '__main__':\n    from checker.cli import main\n    sys.exit(main({list(words)!r}))\n"
    path.write_text(f"import os, signal, sys, time\n{body}\n{run}", encoding="utf-8")
    return [sys.executable, str(path)]


FAULTY = """
from checker import engine
parent, sound = os.getpid(), engine.check
def check(report, pack, **options):
    if os.getpid() != parent and report.name.endswith({names!r}):
        {deed}
    return sound(report, pack, **options)
engine.check = check
"""


def test_the_result_is_the_same_as_one_by_one(many: Path) -> None:
    words = ("score", many / "many", many / "many" / "gone.txt", "--pack", many / "tiny", "--format", "json")
    alone, together = (process(*words, "--jobs", jobs) for jobs in (1, 3))
    assert alone.returncode == together.returncode == 2
    assert alone.stdout == together.stdout and alone.stderr == together.stderr
    document = json.loads(together.stdout)
    assert len(document["reports"]) == COUNT - 1 and len(document["errors"]) == 2
    files = [report["file"] for report in document["reports"]]
    assert files == sorted(files)


def test_workers_that_start_afresh_give_the_same_result(many: Path) -> None:
    words = ("--format", "json")
    started = subprocess.run(
        script(many, "from checker.commands import workers; workers.METHOD = 'spawn'", *words),
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    alone = process("score", many / "many", "--pack", many / "tiny", "--jobs", 1, *words)
    assert (started.returncode, started.stdout, started.stderr) == (2, alone.stdout, alone.stderr)


@pytest.mark.skipif(sys.platform != "linux", reason="the fault is handed to the workers by fork")
def test_a_worker_that_is_killed_costs_only_its_own_file(many: Path) -> None:
    fault = FAULTY.format(names=("03.txt", "04.txt", "23.txt"), deed="os.kill(os.getpid(), signal.SIGKILL)")
    done = subprocess.run(script(many, fault, "--format", "json"), capture_output=True, timeout=120, check=False)
    assert done.returncode == 2
    document = json.loads(done.stdout)
    assert [Path(error["file"]).name for error in document["errors"]] == ["03.txt", "04.txt", "07.txt", "23.txt"]
    assert [Path(report["file"]).name for report in document["reports"]] == [
        f"{number:02}.txt" for number in range(COUNT) if number not in (3, 4, 7, 23)
    ]
    assert "意外结束" in document["errors"][0]["message"] and "Traceback" not in done.stderr.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="the fault is handed to the workers by fork")
def test_a_break_ends_all_at_once_and_writes_nothing(many: Path) -> None:
    fault = FAULTY.format(names=("05.txt", "06.txt"), deed="os.write(1, b'stuck\\n'); time.sleep(60)")
    (many / "r.json").write_text("old", encoding="utf-8")
    command = script(many, fault, "-o", str(many / "r.json"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as running:
        assert running.stdout and running.stderr
        assert running.stdout.readline() == b"stuck\n"
        begun = time.monotonic()
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the workers too
        assert running.stderr.read() == b""
        assert running.wait(30) == 130
    assert time.monotonic() - begun < 10
    assert (many / "r.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in many.iterdir()) == ["many", "r.json", "script.py", "tiny"]


@pytest.mark.skipif(sys.platform != "linux", reason="the fault is handed to the workers by fork")
def test_workers_end_with_their_parent(many: Path) -> None:
    fault = FAULTY.format(names=("05.txt",), deed="print(os.getpid(), flush=True); time.sleep(60)")
    with subprocess.Popen(script(many, fault), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout
        worker = int(running.stdout.readline())
        running.kill()
    for _ in range(100):
        try:
            state = Path(f"/proc/{worker}/stat").read_text(encoding="utf-8").split()[2]
        except (FileNotFoundError, ProcessLookupError):
            return
        if state == "Z":  # ended, only not yet collected
            return
        time.sleep(0.1)
    pytest.fail("the worker lives on")


def test_standard_input_beside_many_files(many: Path) -> None:
    words = ("score", many / "many", "-", "--pack", many / "tiny", "--jobs", 2, "--format", "json")
    done = process(*words, input=GOOD.encode())
    assert json.loads(done.stdout)["reports"][-1]["file"] == "-"


def test_a_system_that_has_no_room_for_workers_judges_one_by_one(many: Path) -> None:
    fault = (
        "from concurrent.futures import ProcessPoolExecutor\n"
        "def refuse(*args, **options): raise BlockingIOError(11, 'Resource temporarily unavailable')\n"
        "ProcessPoolExecutor.submit = refuse"
    )
    done = subprocess.run(script(many, fault, "--format", "json"), capture_output=True, timeout=120, check=False)
    assert done.returncode == 2 and len(json.loads(done.stdout)["reports"]) == COUNT - 1


def test_few_files_need_no_workers() -> None:
    assert [default_jobs(["a.txt"] * count) for count in (0, 1, 19)] == [1, 1, 1]
    assert default_jobs(["a.pdf"]) == 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    assert default_jobs(["a.txt"] * 10_000) == cores
    assert default_jobs(["a.docx", "b.pdf"]) == min(2, cores or 1), "documents take longer to read than texts"


def test_a_run_over_few_files_loads_no_workers(many: Path) -> None:
    check = (
        "import sys; from checker.cli import main\n"
        f"main(['score', {str(many / 'many' / '00.txt')!r}, '--pack', {str(many / 'tiny')!r}])\n"
        "print(sorted({'concurrent.futures', 'multiprocessing', 'tomllib', 'tqdm', 'checker.baseline', 'checker.suppress'}"
        " & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, timeout=60, check=True)
    assert done.stderr.decode().strip() == "[]"


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("needed", [True, False])
def test_texts_are_kept_only_where_the_format_shows_them(
    many: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, needed: bool
) -> None:
    from dataclasses import replace

    from checker.commands import score
    from checker.models.result import RunResult

    kept: list[bool] = []

    def render(result: RunResult, format: str, style: object = None) -> str:
        kept.extend(report.source is not None for report in result.reports)
        return ""

    json_format = replace(score.RENDERERS["json"], needs_source=needed)
    monkeypatch.setattr(score, "RENDERERS", {**score.RENDERERS, "json": json_format})
    monkeypatch.setattr(score, "render", render)
    target = many / "r.json"
    score.run([str(many / "many"), "--pack", str(many / "tiny"), "--jobs", str(jobs), "-o", str(target), "--quiet"])
    assert kept == [needed] * (COUNT - 1)
