"""Every case beside a rule holds; every rule has cases that hit and look-alikes that do not."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from checker.cases import OPEN, run_case
from checker.compiled import CompiledPack
from checker.compiling import compile_pack
from checker.models.rule import Case, Element, FindingRule
from checker.packs import case_files, load_pack, pack_ids
from checker.packs import tested_with as cases_of

COMPILED = {pack_id: compile_pack(load_pack(pack_id)) for pack_id in pack_ids()}
CASES = [
    pytest.param(pack_id, path, file.rule, case, id=f"{pack_id}-{file.rule}-{case.name}")
    for pack_id in COMPILED
    for folder in cases_of(pack_id)
    for path, file in case_files(folder)
    if folder.name == pack_id or file.rule in {rule.id for rule in COMPILED[pack_id].pack.findings}
    for case in file.cases
]


def rules(compiled: CompiledPack) -> dict[str, Element | FindingRule]:
    return {rule.id: rule for rule in (*compiled.pack.elements, *compiled.pack.findings)}


@pytest.mark.parametrize(("pack_id", "path", "rule_id", "case"), CASES)
def test_case(pack_id: str, path: Path, rule_id: str, case: Case) -> None:
    compiled = COMPILED[pack_id]
    rule = rules(compiled).get(rule_id)
    assert rule is not None, f"{path}: no rule {rule_id}"
    problem = run_case(compiled, rule, case)
    if case.todo:
        assert problem is not None, f"{path}: a known gap works now; remove its todo"
        pytest.skip(f"known gap: {case.todo}")
    assert problem is None, f"{path}: {problem}"


@pytest.mark.parametrize("pack_id", COMPILED)
def test_every_rule_has_hits_and_look_alikes(pack_id: str) -> None:
    hits: dict[str, int] = defaultdict(int)
    misses: dict[str, int] = defaultdict(int)
    for file in (file for folder in cases_of(pack_id) for _, file in case_files(folder)):
        for case in file.cases:
            is_hit = case.expect == "met" if case.expect else OPEN in case.text
            (hits if is_hit else misses)[file.rule] += 1
    for path in (path for place in cases_of(pack_id) for path in sorted(place.glob("[ef]*s/*.yaml"))):
        if path.name.endswith(".cases.yaml"):
            continue
        rule_id = next((rule for rule in rules(COMPILED[pack_id]) if path.stem.endswith(rule)), None)
        assert rule_id is None or (hits[rule_id] and misses[rule_id]), (
            f"{path.name}: needs cases that hit and look-alikes that do not"
        )


def test_a_case_that_does_not_hold_is_told() -> None:
    compiled = COMPILED["law-gov"]
    rule = rules(compiled)["title"]
    assert run_case(compiled, rule, Case(name="x", text="没有标题的一段话。", expect="met")) is not None
