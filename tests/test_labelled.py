"""The labelled reports: verdicts, kind, year and findings against what careful readers say."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import GOLD, REPORTS, SHARED, labelled, source

from checker.compiled import CompiledPack
from checker.engine import check
from checker.evaluate import Evaluation, compare
from checker.models.document import RawReport

OWN, HOSTILE = "abcefg", "dp"  # letters of the first sets, and of those that an examiner wrote to mislead


def evaluate(pack: CompiledPack, *folders: Path, rows: Iterable[tuple[Path, dict[str, Any], Path]] = ()) -> Evaluation:
    evaluation = Evaluation()
    for path, label, report in [*labelled(*folders), *rows]:
        text = source(report)
        compare(evaluation, path.stem, label, check(RawReport(report.name, text), pack), text)
    return evaluation


def ids(pack: CompiledPack, part: str) -> list[str]:
    return [element.id for element in pack.pack.elements if element.part == part]


@pytest.fixture(scope="module")
def nineteen(pack: CompiledPack) -> Evaluation:
    return evaluate(pack, GOLD, SHARED / "real")


def select(folder: Path, sets: Iterable[str]) -> list[tuple[Path, dict[str, Any], Path]]:
    """The reports of some sets, which the letters of their names tell."""
    wanted = set(sets)
    return [row for row in labelled(folder) if row[0].stem.rstrip("0123456789") in wanted]


@pytest.fixture(scope="module")
def own(pack: CompiledPack) -> Evaluation:
    return evaluate(pack, rows=select(REPORTS, OWN))


@pytest.fixture(scope="module")
def varied(pack: CompiledPack) -> Evaluation:
    sets = {path.stem.rstrip("0123456789") for path, _, _ in labelled(REPORTS)}
    return evaluate(pack, rows=select(REPORTS, sets - {*OWN, *HOSTILE, "h"}))


@pytest.fixture(scope="module")
def hostile(pack: CompiledPack) -> Evaluation:
    return evaluate(pack, rows=select(REPORTS, HOSTILE))


def test_required_contents(nineteen: Evaluation, pack: CompiledPack) -> None:
    assert nineteen.total(ids(pack, "required")).accuracy >= 0.97, nineteen.misses


def test_coverage(nineteen: Evaluation, pack: CompiledPack) -> None:
    assert nineteen.total(ids(pack, "coverage")).accuracy >= 0.93, nineteen.misses


def test_kind_and_report_year_are_all_right(nineteen: Evaluation, own: Evaluation) -> None:
    for evaluation in (nineteen, own):
        for fact in ("kind", "year"):
            wrong = [miss for miss in evaluation.misses if miss.what == fact]
            assert evaluation.facts_right[fact] == evaluation.facts_total[fact], wrong


def test_findings(nineteen: Evaluation) -> None:
    assert nineteen.all_findings.precision >= 0.95, nineteen.misses
    assert nineteen.all_findings.recall >= 0.9, nineteen.misses


def test_own_reports(own: Evaluation, pack: CompiledPack) -> None:
    assert own.total(ids(pack, "required")).accuracy >= 0.97, own.misses
    assert own.total(ids(pack, "coverage")).accuracy >= 0.95, own.misses
    assert own.all_findings.precision >= 0.95, own.misses
    assert own.all_findings.recall >= 0.9, own.misses


def test_reports_in_varied_wording(varied: Evaluation, pack: CompiledPack) -> None:
    assert varied.total(ids(pack, "required")).accuracy >= 0.97, varied.misses
    assert varied.total(ids(pack, "coverage")).accuracy >= 0.97, varied.misses
    assert varied.all_findings.precision >= 0.97, varied.misses
    assert varied.all_findings.recall >= 0.97, varied.misses


def test_a_hostile_examiner_is_met_half_way(hostile: Evaluation, pack: CompiledPack) -> None:
    """Reports written to defeat a keyword search: what holds today must go on holding."""
    assert hostile.total(ids(pack, "required")).accuracy >= 0.65, hostile.misses
    assert hostile.total(ids(pack, "coverage")).accuracy >= 0.55, hostile.misses


OTHER = sorted((SHARED / "other").glob("*.txt"))


@pytest.mark.skipif(not OTHER, reason="documents of others, not copied into the project")
@pytest.mark.parametrize("path", OTHER, ids=lambda path: path.stem)
def test_documents_of_other_kinds_are_told_apart(path: Path, pack: CompiledPack) -> None:
    result = check(RawReport("x", source(path)), pack)
    assert result.kind == "other"
    assert result.score is None
