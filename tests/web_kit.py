"""Shared by the tests of the web face."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
SEED = SEEDS[0]
DUTY = "局党组书记、局长认真履行推进法治建设第一责任人职责，全年主持召开党组会研究法治工作4次，听取法治工作汇报2次。"


def upload(name: str = "草稿.txt", data: bytes | None = None) -> dict[str, Any]:
    """The ``files`` argument of a request that sends one report."""
    return {"file": (name, SEED.read_bytes() if data is None else data)}


def fields(**values: str) -> dict[str, Any]:
    """The ``files`` argument of a multipart request that sends fields alone."""
    return {name: (None, value) for name, value in values.items()}


def finished_desk(client: Any, answer: Any) -> str:
    """The address of a desk, once all its reports are judged."""
    assert answer.status_code == 200, answer.text
    place: str = answer.url.path
    for _ in range(600):
        status = client.get(f"{place}/status").json()
        if status["done"] == status["total"]:
            return place
        time.sleep(0.05)
    raise AssertionError("the desk never finished")
