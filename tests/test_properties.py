"""Whatever the text: no crash, and every evidence and finding is an exact slice of the source."""

from __future__ import annotations

import random
from collections.abc import Callable

from conftest import GOLD, SEEDS, source
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.compiled import CompiledPack
from checker.engine import check
from checker.models.document import RawReport
from checker.models.result import ReportResult

BASES = [source(path) for path in [*sorted(GOLD.glob("*.txt")), *sorted(SEEDS.glob("*.txt"))]]


def hold(result: ReportResult, text: str) -> None:
    places = [e for element in result.elements for e in element.evidence] + list(result.findings)
    for place in places:
        assert place.text
        assert text[place.start : place.end] == place.text
        before = text[: place.start]
        assert (place.line, place.column) == (before.count("\n") + 1, place.start - (before.rfind("\n") + 1) + 1)
    assert [f.start for f in result.findings] == sorted(f.start for f in result.findings)


def spoilt(seed: int) -> str:
    """A labelled report with stretches cut, doubled, swapped and strange characters thrown in."""
    chance = random.Random(seed)
    text = chance.choice(BASES)
    for _ in range(chance.randint(1, 12)):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.randint(0, 80))
        change = chance.choice(
            ["", text[start:end] * 2, text[start:end][::-1], chance.choice("\n\r\t\x0c\u2028（《“\ud7ff𠮷\ufeff一、")]
        )
        text = text[:start] + change + text[end:]
    return text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_places_are_exact_slices_of_a_spoilt_report(pack: CompiledPack, seed: int) -> None:
    text = spoilt(seed)
    hold(check(RawReport("x", text), pack), text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_places_are_exact_slices_of_any_text(pack: CompiledPack, text: str) -> None:
    hold(check(RawReport("x", text), pack), text)


def test_judging_is_pure(judge: Callable[..., ReportResult]) -> None:
    assert judge(BASES[0]) == judge(BASES[0])
