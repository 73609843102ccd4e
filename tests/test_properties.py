"""Whatever the text: no crash, and every evidence and finding is an exact slice of the source."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from conftest import GOLD, ROOT, SEEDS, source
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import load_pack
from checker.commands import explain_report
from checker.compiled import CompiledPack
from checker.compiling import compile_pack
from checker.engine import check
from checker.errors import ReadError
from checker.models.document import RawReport
from checker.models.result import ReportResult
from checker.read import read_bytes
from checker.render.width import width as width_of

BASES = [source(path) for path in [*sorted(GOLD.glob("*.txt")), *sorted(SEEDS.glob("*.txt"))]]


def hold(result: ReportResult, text: str, before: str = "") -> None:
    """Every place of a result is an exact slice of its text, at its line and column; ``before`` is last year's text."""
    for place in here(result):
        assert_slice(place, text)
    for place in there(result):
        assert_slice(place, before)
    assert [f.start for f in result.findings] == sorted(f.start for f in result.findings)
    assert not result.rule_errors


def assert_slice(place: Any, text: str) -> None:
    assert place.text
    assert text[place.start : place.end] == place.text
    head = text[: place.start]
    assert (place.line, place.column) == (head.count("\n") + 1, place.start - (head.rfind("\n") + 1) + 1)


def here(result: ReportResult) -> Iterator[Any]:
    """All places in the report itself."""
    yield from result.findings
    for element in result.elements:
        yield from (*element.evidence, *element.candidates, *filter(None, [element.home]))
    for answer in result.answers:
        yield from filter(None, [answer.problem, answer.plan])
    if result.previous:
        for followed in (*result.previous.problems, *result.previous.plans):
            yield from followed.evidence
        yield from (pair.here for pair in pairs(result))


def there(result: ReportResult) -> Iterator[Any]:
    """All places in last year's report."""
    if result.previous:
        yield from (followed.quote for followed in (*result.previous.problems, *result.previous.plans))
        yield from (pair.before for pair in pairs(result))


def pairs(result: ReportResult) -> list[Any]:
    previous = result.previous
    return [*previous.copied.passages, *previous.unchanged_figures, *previous.years_left] if previous else []


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


LINES = [line for text in BASES for line in text.splitlines() if line.strip()]
OPEN, PREVIOUS = ROOT / "tests" / "gov_info", ROOT / "tests" / "previous"
OPEN_LINES = [line for path in sorted(OPEN.glob("*.txt")) for line in source(path).splitlines() if line.strip()]
YEARS = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(PREVIOUS.glob("*.yaml"))]
PAIRS = [(years["this"], years["last"]) for years in YEARS]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "big5")
# A pair's half alone, combining marks, marks of direction, NUL, variation selectors, line ends of all kinds ...
ODD = ["\ud83d", "\udc00", "é", "̈", "\u202e", "\u202c", "\u200f", "\x00", "\x1b", "\ufe0f", "𠮷", "👩‍⚖️", "\ufdd0"]
ODD += [
    "\r",
    "\r\n",
    "\x0b",
    "\x0c",
    "\x85",
    "\u2028",
    "\u2029",
    "\u3000",
    "\u200b",
    "\u00ad",
    "\ufeff",
    "ㄅ",
    "⺠",
    "ﬁ",
    "İ",
]
ODD += [
    "《",
    "》",
    "（",
    "）",
    "“",
    "”",
    "%%",
    "XX件",
    "20212025年",
    "，，",
    "__",
    "★",
    "一、",
    "（二）",
    "其三，",
    "2023年",
]


def composed(lines: list[str], odd: list[str] = ODD) -> st.SearchStrategy[str]:
    """Texts of lines of real reports, cut anywhere, with odd characters put between and among them."""
    piece = st.one_of(
        st.sampled_from(lines),
        st.tuples(st.sampled_from(lines), st.integers(0, 60), st.integers(0, 120)).map(lambda t: t[0][t[1] : t[2]]),
        st.sampled_from(odd),
        st.text(max_size=6),
    )
    return st.lists(st.tuples(piece, st.sampled_from(["", "\n", "\n", " ", "\u200b"])), min_size=4, max_size=24).map(
        lambda pieces: "".join(part for pair in pieces for part in pair)
    )


@pytest.fixture(scope="module")
def open_pack() -> CompiledPack:
    return compile_pack(load_pack("gov-info"))


ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FEW = settings(ANY, max_examples=30)


@ANY
@given(composed(LINES))
def test_places_are_exact_slices_of_composed_texts(pack: CompiledPack, text: str) -> None:
    hold(check(RawReport("x", text), pack), text)


@ANY
@given(st.integers(0, len(BASES) - 1), st.lists(st.tuples(st.integers(0, 4000), st.sampled_from(ODD)), max_size=40))
def test_places_are_exact_slices_with_odd_characters_anywhere(
    pack: CompiledPack, number: int, odd: list[tuple[int, str]]
) -> None:
    text = BASES[number]
    for offset, characters in odd:
        text = text[:offset] + characters + text[offset:]
    hold(check(RawReport("x", text), pack), text)


@ANY
@given(composed(OPEN_LINES))
def test_places_are_exact_slices_in_the_other_pack(open_pack: CompiledPack, text: str) -> None:
    hold(check(RawReport("x", text), open_pack), text)


@FEW
@given(st.sampled_from(PAIRS), composed(LINES), composed(LINES), st.integers(0, 3000), st.booleans())
def test_places_are_exact_slices_of_both_years(
    pack: CompiledPack, years: tuple[str, str], here: str, before: str, cut: int, turned: bool
) -> None:
    this, last = reversed(years) if turned else years
    this, last = this[:cut] + here + this[cut:], last[:cut] + before + last[cut:]
    result = check(RawReport("x", this), pack, previous=RawReport("y", last))
    assert result.previous is not None
    hold(result, this, last)


def test_every_kind_of_place_is_among_those_tried(pack: CompiledPack) -> None:
    results = [check(RawReport("x", this), pack, previous=RawReport("y", last)) for this, last in PAIRS]
    results += [check(RawReport("x", text), pack) for text in BASES]
    elements = [element for result in results for element in result.elements]
    assert any(e.candidates for e in elements) and any(e.home for e in elements)
    answers = [answer for result in results for answer in result.answers]
    assert any(a.plan for a in answers) and any(a.plan is None for a in answers)
    previous = [result.previous for result in results if result.previous]
    for name in ("problems", "plans", "unchanged_figures", "years_left"):
        assert any(getattr(one, name) for one in previous), name
    assert any(one.copied.passages for one in previous)


@FEW
@given(composed(LINES, [odd for odd in ODD if not "\ud800" <= odd[0] <= "\udfff"]), st.sampled_from(ENCODINGS))
def test_places_are_exact_slices_of_the_decoded_text(pack: CompiledPack, text: str, encoding: str) -> None:
    try:
        report = read_bytes(text.encode(encoding, "replace"), "x.txt")
    except ReadError:  # nothing to see in it, or no text at all
        return
    hold(check(report, pack), report.text)


@FEW
@given(composed(LINES), st.data())
def test_an_explanation_can_be_shown_for_any_text(pack: CompiledPack, text: str, data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from([*pack.pack.elements, *pack.pack.findings]))
    lines = list(explain_report.page(rule.id, RawReport("x", text), [pack], whole=data.draw(st.booleans())))
    assert rule.title in lines[0]
    assert all(width_of(line) <= 80 for line in lines[1:])
    assert not {unicodedata.category(character) for line in lines for character in line} & {"Cc", "Cs"}
