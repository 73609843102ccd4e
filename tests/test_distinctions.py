"""What keyword search cannot see, and what keywords miss.

Each file of `tests/distinctions/` holds passages for one distinction (time, modality, denial, whose act, which duty and so
on) with the verdict of the element they bear on; each of `tests/passages/` one element told in as many ways as there are
passages, and its look-alikes.  They were written by authors who had not read the rules; a `todo` names a known gap, which
must be removed once it works.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.models.result import ReportResult

FOLDER = Path(__file__).resolve().parent / "distinctions"
FILES = sorted(FOLDER.glob("*.yaml"))
PASSAGES = sorted((FOLDER.parent / "passages").glob("*.yaml"))
LEAST = 30


def load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in (*FILES, *PASSAGES)
    for number, case in enumerate(load(path)["cases"], 1)
]


@pytest.mark.parametrize("case", CASES)
def test_passage(case: dict[str, Any], judge: Callable[..., ReportResult]) -> None:
    result = judge(case["text"], year=case.get("year"))
    verdict = next((e.verdict for e in result.elements if e.id == case["element"]), "other")
    if case.get("todo"):
        assert verdict not in case["expect"].split("|"), "a known gap works now; remove its todo"
        pytest.skip(f"known gap: {case['todo']}")
    assert verdict in case["expect"].split("|"), f"{case['why']}: {verdict}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_distinction_has_enough_passages_and_look_alikes(path: Path) -> None:
    cases = load(path)["cases"]
    look_alikes = sum(bool(case.get("look_alike")) for case in cases)
    assert len(cases) >= LEAST
    assert 0.4 * len(cases) <= look_alikes <= 0.6 * len(cases)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_known_gaps_stay_few(path: Path) -> None:
    cases = load(path)["cases"]
    assert sum(bool(case.get("todo")) for case in cases) <= 0.15 * len(cases)
