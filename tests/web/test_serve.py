"""``checker serve`` itself: it tells its address, warns, refuses in one line, and ends cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from web_kit import ROOT

from checker.cli import main

pytest.importorskip("uvicorn", reason="the extra “web” is not installed")


def started(*words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "checker", "serve", "--port", "0", "--workers", "1", *words]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True, encoding="utf-8"
    )


def told_and_refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one line on standard error of a start that fails."""
    assert main(["serve", *words]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and err.startswith("checker: ")
    return err


def children(pid: int) -> list[int]:
    """The processes that a process has started (Linux)."""
    return [
        int(word) for task in Path(f"/proc/{pid}/task").iterdir() for word in (task / "children").read_text().split()
    ]


def is_deaf_to_ctrl_c(pid: int) -> bool:
    """Whether a process ignores the signal or puts it off (Linux)."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return bool((int(status["SigBlk"], 16) | int(status["SigIgn"], 16)) >> (signal.SIGINT - 1) & 1)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
def test_it_tells_its_address_and_ctrl_c_ends_it_with_all_its_workers() -> None:
    server = started()
    assert server.stdout is not None
    line = server.stdout.readline()
    assert "http://127.0.0.1:" in line and "Ctrl-C" in line
    workers = children(server.pid)
    assert workers
    assert all(is_deaf_to_ctrl_c(pid) for pid in workers), "from their first moment, not only once they have started"
    for pid in (server.pid, *workers):  # as a terminal does: the whole group is told
        os.kill(pid, signal.SIGINT)
    out, err = server.communicate(timeout=20)
    assert server.returncode == 0 and out == "" and err == "checker: 已停止。\n"
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in workers):
            break
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


def test_a_host_that_others_reach_is_warned_of() -> None:
    server = started("--host", "0.0.0.0")
    assert server.stdout is not None
    server.stdout.readline()
    server.send_signal(signal.SIGINT)
    _, err = server.communicate(timeout=20)
    assert server.returncode == 0 and "别的机器也能访问" in err


def test_a_port_in_use_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert "已被占用" in told_and_refused(capsys, "--port", str(other.getsockname()[1]))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["报告.txt"], "不需要文件"),
        (["--port", "99999"], "端口号"),
        (["--prot", "80"], "--port"),
        (["--workers", "0"], "个数"),
        (["--pack", "nothing"], "没有名为"),
        (["--host", "no.such.host.invalid"], "--host"),
        (["--host", "203.0.113.7"], "--host"),
    ],
)
def test_wrong_usage_is_one_line(capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
    assert told in told_and_refused(capsys, *words)


@pytest.mark.parametrize("module", ["uvicorn", "starlette", "jinja2", "python_multipart"])
def test_without_the_extra_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    for name in list(sys.modules):
        if name.startswith("checker.web") or name.partition(".")[0] == module:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)  # as if it were not installed
    monkeypatch.setattr("checker.commands.serve.listen", lambda *_: pytest.fail("it would have served"))
    assert "checker[web]" in told_and_refused(capsys)


def test_help_is_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--help"]) == 0
    out = capsys.readouterr().out
    assert "--port" in out and "浏览器" in out
