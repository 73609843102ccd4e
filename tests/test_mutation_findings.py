"""A fault put into a clean report is found once, at its place; put right it is found no more; a look-alike never is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from conftest import REPORTS, source
from test_mutation import BASES, FORMAL, Judge

from checker.cases import unmark
from checker.compiled import CompiledPack
from checker.fix import fix
from checker.models.document import RawReport
from checker.models.result import Finding

FAULTS: dict[str, dict[str, list[Any]]] = yaml.safe_load(
    (Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8")
)
PARTS = BASES | {"formal": FORMAL | {"xi-thought": "一、学习和履职情况\n" + FORMAL["xi-thought"]}}
MADE = {name: "\n".join(parts.values()) for name, parts in PARTS.items()}
CLEAN = {name: source(REPORTS / f"{name}.txt") for name in ("b05", "e03", "f08")}
LONG = 60  # characters: a paragraph, no heading or salutation
ITEM = "二是"


class Mutant(NamedTuple):
    """A report with a sentence put in or a wording changed: where, its text, and what was put in, from where to where."""

    where: str
    text: str
    start: int
    end: int

    @staticmethod
    def of(where: str, base: str, offset: int, sentence: str, before: str = "", after: str = "") -> Mutant:
        start = offset + len(before)
        text = base[:offset] + before + sentence + after + base[offset:]
        return Mutant(where, text, start, start + len(sentence))


def mutants(number: int, change: Any, wording: str) -> list[Mutant]:
    """What a fault, or a look-alike, is put into: a report made of parts at all places, and a place in a clean report.

    Which reports these are goes by the number of the fault: so all are tried with every rule.
    """
    if "in" in change:
        base = MADE[change["in"]]
        assert base.count(change["was"]) == 1, change
        rest = base.index(change["was"]) + len(change["was"])
        head, text = base[: rest - len(change["was"])], unmark(wording)[0]
        return [Mutant(change["in"], head + text + base[rest:], len(head), len(head) + len(text))]
    sentence = unmark(wording)[0]
    made = list(PARTS)[number % len(PARTS)]
    clean = list(CLEAN)[number % len(CLEAN)]
    return [*in_parts(made, sentence), in_report(clean, sentence, number)]


def in_parts(name: str, sentence: str) -> Iterator[Mutant]:
    """A sentence put into a report made of parts, at one place of every kind."""
    base, parts = MADE[name], PARTS[name]
    ends = {part: base.index(text) + len(text) for part, text in parts.items()}
    opening = base.index("：\n") + 2
    done = ends["achievements"]
    yield Mutant.of("before the first sentence", base, opening, sentence)
    yield Mutant.of("behind the last sentence of a paragraph", base, done, sentence)
    yield Mutant.of("in a paragraph of its own", base, done, sentence, "\n")
    yield Mutant.of("as an item", base, done, sentence, f"\n一是加强学习，开展交流3次。{ITEM}", "三是加强检查。")
    yield Mutant.of("in a row of a table", base, done, sentence, "\n事项\t情况\n重点事项\t", "\n")
    yield Mutant.of("in the shortcomings", base, ends["problems"], sentence)
    yield Mutant.of("in the plan", base, ends["next-plan"], sentence)
    yield Mutant.of("at the end", base, ends["next-plan"], sentence, "\n")


def in_report(name: str, sentence: str, number: int) -> Mutant:
    """A sentence put into a report as it came: behind its first long paragraph, or after the middle one."""
    ends, offset = [], 0
    for line in CLEAN[name].splitlines(keepends=True):
        if len(line) > LONG:
            ends.append(offset + len(line.rstrip()))
        offset += len(line)
    if number % 2:
        return Mutant.of(f"{name}, behind the opening", CLEAN[name], ends[0], sentence)
    return Mutant.of(f"{name}, in the middle", CLEAN[name], ends[len(ends) // 2], sentence, "\n")


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(rule, number, case, id=f"{rule}-{number}")
        for rule, group in FAULTS.items()
        for number, case in enumerate(group[kind], start=1)
    ]


@pytest.fixture(scope="session")
def severities(pack: CompiledPack) -> dict[str, str]:
    return {rule.id: rule.severity for rule in pack.pack.findings}


def test_every_kind_of_finding_has_enough_of_both(pack: CompiledPack) -> None:
    assert set(FAULTS) == {rule.id for rule in pack.pack.findings}
    for rule, group in FAULTS.items():
        assert min(len(group["faults"]), len(group["right"])) >= 6, rule


@pytest.mark.parametrize("name", [*MADE, *CLEAN])
def test_the_bases_are_clean(name: str, judge: Judge) -> None:
    assert judge((MADE | CLEAN)[name]).findings == []


@pytest.mark.parametrize(("rule", "number", "fault"), cases("faults"))
def test_a_fault_is_found_once_at_its_place(
    rule: str, number: int, fault: dict[str, Any], judge: Judge, severities: dict[str, str]
) -> None:
    wording = fault.get("now") or fault["text"]
    _, [(first, last)] = unmark(wording)
    for mutant in mutants(number, fault, wording):
        findings = judge(mutant.text).findings
        if mutant.where in fault.get("except", ()):
            assert findings == []
            continue
        assert [finding.id for finding in findings] == [rule], (mutant.where, findings)
        [finding] = findings
        assert finding.start < mutant.start + last and mutant.start + first < finding.end, mutant.where
        if "in" in fault:
            assert finding.start == mutant.start + first
        else:
            assert mutant.start <= finding.start + len(ITEM) and finding.end <= mutant.end, mutant.where
        assert finding.severity == fault.get("severity", severities[rule]), mutant.where
        assert corrected(mutant.text, finding) == put_right(mutant, fault), mutant.where


def corrected(text: str, finding: Finding) -> str | None:
    """The text with the finding's own correction, ``None`` where it has none."""
    return None if finding.fixed is None else text[: finding.start] + finding.fixed + text[finding.end :]


def put_right(mutant: Mutant, fault: dict[str, str]) -> str | None:
    """The text as it ought to be, ``None`` where there is no one right form."""
    if "fixed" not in fault:
        return None
    return mutant.text[: mutant.start] + fault["fixed"] + mutant.text[mutant.end :]


@pytest.mark.parametrize(("rule", "number", "sentence"), cases("right"))
def test_a_look_alike_is_no_finding(rule: str, number: int, sentence: Any, judge: Judge) -> None:
    change = sentence if isinstance(sentence, dict) else {}
    for mutant in mutants(number, change, change.get("now", sentence)):
        assert [(f.id, f.text) for f in judge(mutant.text).findings] == [], mutant.where


@pytest.mark.parametrize(("rule", "number", "fault"), [case for case in cases("faults") if "fixed" in case.values[2]])
def test_fixing_mends_the_fault_and_changes_nothing_else(
    rule: str, number: int, fault: dict[str, Any], judge: Judge
) -> None:
    for mutant in mutants(number, fault, fault.get("now") or fault["text"])[:1]:
        outcome = fix(RawReport("x", mutant.text), lambda report: judge(report.text))
        assert outcome.text == put_right(mutant, fault)
        assert judge(outcome.text).findings == []
        assert [item.finding.id for item in outcome.corrections] == [rule] and outcome.left == ()


@pytest.mark.parametrize(("rule", "number", "fault"), [c for c in cases("faults") if "fixed" not in c.values[2]])
def test_what_has_no_one_right_form_is_left_to_people(
    rule: str, number: int, fault: dict[str, Any], judge: Judge
) -> None:
    mutant = mutants(number, fault, fault.get("now") or fault["text"])[0]
    outcome = fix(RawReport("x", mutant.text), lambda report: judge(report.text))
    assert outcome.text == mutant.text
    assert [left.finding.id for left in outcome.left] == [rule]
