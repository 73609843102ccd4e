"""Phrases and concepts: what a clerk may write by mistake is answered, never a crash."""

from __future__ import annotations

import pytest

from checker.match.notation import NotationError, Ref, Words, parse
from checker.match.planning import MAX_DEPTH, Concept, ConceptError, build_plan


def test_an_alternative_given_twice_counts_once() -> None:
    assert parse("({a}|{b}|{a})") == [(Ref("a"),), (Ref("b"),)]
    assert parse("(甲|甲)") == [(Words(frozenset({"甲"})),)]


def test_an_optional_part_in_an_optional_part_may_be_empty() -> None:
    with pytest.raises(NotationError, match="可能为空"):
        parse("[[甲]]")
    assert len(parse("乙[[甲]]")) == 1


@pytest.mark.parametrize("upwards", [True, False])
def test_concepts_nested_too_deep_are_refused(upwards: bool) -> None:
    chain = {f"c{i}": Concept((f"{{c{i + 1}}}",)) for i in range(3000)} | {"c3000": Concept(("法",))}
    names = sorted(chain, key=lambda name: int(name[1:]), reverse=upwards)
    with pytest.raises(ConceptError, match=f"超过 {MAX_DEPTH} 层"):
        build_plan({name: chain[name] for name in names})


def test_concepts_nested_as_deep_as_allowed_compile() -> None:
    depth = MAX_DEPTH - 1
    chain = {f"c{i}": Concept((f"{{c{i + 1}}}",)) for i in range(depth)} | {f"c{depth}": Concept(("法",))}
    assert build_plan(chain).words.all == ["法"]
