"""Shared fixtures: the pack, compiled once, and the labelled reports."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tiny import GOOD, OTHER, POOR, WEAK, write_pack

from checker import load_pack
from checker.compiled import CompiledPack
from checker.compiling import compile_pack
from checker.engine import check
from checker.models.document import RawReport
from checker.models.result import ReportResult

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # a shell started the tests in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what they start must be breakable all the same

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"
REPORTS = ROOT / "tests" / "reports"
SHARED = ROOT.parent / "shared"  # reports of others that may be measured on but not copied; absent in a clone alone


@pytest.fixture(scope="session")
def pack() -> CompiledPack:
    return compile_pack(load_pack("law-gov"))


@pytest.fixture(scope="session")
def judge(pack: CompiledPack) -> Callable[..., ReportResult]:
    def run(text: str, year: int | None = None, name: str = "report.txt") -> ReportResult:
        return check(RawReport(name, text), pack, year=year)

    return run


def labelled(*folders: Path) -> Iterator[tuple[Path, dict[str, Any], Path]]:
    """Label file, label and report of every labelled report in some folders."""
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            label = yaml.safe_load(path.read_text(encoding="utf-8"))
            for place in (folder, SEEDS):
                if (place / label["file"]).is_file():
                    yield path, label, place / label["file"]
                    break


def source(path: Path) -> str:
    """A report's text with its line ends as they stand."""
    return path.read_bytes().decode("utf-8-sig")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The folder of the small pack."""
    return write_pack(tmp_path / "tiny")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with four texts: a good one, a weak one, a poor one, and one of another kind."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in (("good", GOOD), ("weak", WEAK), ("poor", POOR), ("other", OTHER)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def seeds(project: Path) -> list[Path]:
    """The real reports that the project starts from."""
    found = sorted((project / "seeds").glob("*.txt"))
    assert len(found) == 5
    return found
