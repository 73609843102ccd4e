"""The server under load, beside the same judgement in this process: ``python bench/serve.py [seconds]``.

A server of its own on loopback (``checker serve``, one worker a processor) gets one seed after another from 1, 8 and 32
clients at ``POST /api/v1/score``; told are requests per second and the times of the middle and the slowest hundredth.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from checker import check, load_pack
from checker.compiling import compile_pack
from checker.read import read_bytes
from checker.render import render

ROOT = Path(__file__).resolve().parent.parent
SEED = sorted((ROOT / "seeds").glob("*.txt"))[0]
CLIENTS = (1, 8, 32)


@contextmanager
def server() -> Iterator[str]:
    command = [sys.executable, "-m", "checker", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True, encoding="utf-8")
    assert process.stdout is not None
    yield next(word for word in process.stdout.readline().split() if word.startswith("http"))
    process.terminate()
    process.wait()


def in_process(data: bytes, seconds: float) -> list[float]:
    """The times of the same work without a server: read, judge, render as JSON."""
    pack = compile_pack(load_pack("law-gov"))
    check(read_bytes(data, "warm"), pack)
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        render(check(read_bytes(data, "report.txt"), pack), "json")
        times.append(time.perf_counter() - start)
    return times


def load(address: str, data: bytes, clients: int, seconds: float) -> tuple[list[float], int, float]:
    """The times of all requests of some clients, how many failed, and how long it went on."""
    times: list[float] = []
    failed = 0
    end = time.perf_counter() + seconds

    def ask() -> None:
        nonlocal failed
        with httpx.Client(base_url=address, timeout=60) as client:
            while time.perf_counter() < end:
                start = time.perf_counter()
                answer = client.post("/api/v1/score", content=data, headers={"content-type": "text/plain"})
                times.append(time.perf_counter() - start)
                failed += answer.status_code != 200

    begin = time.perf_counter()
    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, failed, time.perf_counter() - begin


def show(name: str, times: list[float], seconds: float, failed: int = 0) -> None:
    ordered = sorted(times)
    slowest = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    middle = statistics.median(ordered)
    told = f"{len(times) / seconds:8.1f} /s   median {middle * 1e3:7.1f} ms   p99 {slowest * 1e3:7.1f} ms"
    print(f"{name:14} {told}   {len(times)} requests, {failed} failed")


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    data = SEED.read_bytes()
    times = in_process(data, seconds / 2)
    show("in process", times, sum(times))
    with server() as address:
        load(address, data, 4, 2)  # all workers have their packs
        for clients in CLIENTS:
            times, failed, took = load(address, data, clients, seconds)
            show(f"{clients} client{'s' if clients > 1 else ''}", times, took, failed)


if __name__ == "__main__":
    main()
