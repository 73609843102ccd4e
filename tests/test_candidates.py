"""Candidates: where an element lacks, the nearest passages are asked about, never counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import GOLD, SEEDS, source

from checker.models.result import ReportResult
from checker.render import render

Judge = Callable[..., ReportResult]
HEAD = "青柏县水利局2023年法治政府建设年度报告\n一、主要举措和成效\n召开水利工程调度会12次。举办节水技术培训班6期。完成水库除险加固工程4座。"
BASES = [source(path) for path in [*sorted(GOLD.glob("*.txt")), *sorted(SEEDS.glob("*.txt"))]]


@pytest.mark.parametrize(
    ("element", "passage", "why"),
    [
        ("emergency", "街面上出事的时候，老预案派不上用场，大家心里没底", "写得不够具体，或没有点明"),
        ("problems", "但与兄弟县相比，仍有几处工程验收资料不够齐全", "写得不够具体，或没有点明"),
        ("next-plan", "来年要把剩下的两座水库修好", "写得不够具体，或没有点明"),
        ("first-responsible", "班子会议确定由一把手牵头抓总依法行政", "写得不够具体，或没有点明"),
    ],
)
def test_a_passage_that_may_be_meant_is_asked_about(judge: Judge, element: str, passage: str, why: str) -> None:
    result = judge(HEAD + f"{passage}。").element(element)
    assert result.verdict != "met"
    assert [(candidate.text, candidate.note) for candidate in result.candidates] == [(passage, why)]


def test_what_is_planned_is_asked_about_as_planned(judge: Judge) -> None:
    text = HEAD + "种树600亩。\n二、下一年度工作安排\n2024年，开展突发事件应急演练4次，修订应急预案3件。\n"
    result = judge(text).element("emergency")
    assert result.verdict == "missing"
    assert [candidate.note for candidate in result.candidates] == ["写的是计划"]


def test_where_nothing_is_near_nothing_is_offered(judge: Judge) -> None:
    result = judge(HEAD + "种树600亩。")
    offered = {element.id: element.candidates for element in result.elements if element.candidates}
    assert offered == {}


@pytest.mark.parametrize("text", BASES)
def test_candidates_are_few_exact_and_no_evidence(judge: Judge, text: str) -> None:
    for element in judge(text).elements:
        if element.verdict == "met":
            assert element.candidates == []
        assert len(element.candidates) <= 3
        for candidate in element.candidates:
            assert text[candidate.start : candidate.end] == candidate.text
            assert not any(e.start < candidate.end and candidate.start < e.end for e in element.evidence)


def test_candidates_change_no_verdict_and_no_point(judge: Judge) -> None:
    plain = HEAD + "种树600亩。"
    with_candidate = plain + "法治宣传栏换了新面貌，群众爱看。"
    assert (
        judge(plain).element("first-responsible").points
        == judge(with_candidate).element("first-responsible").points
        == 0
    )


def test_the_table_asks(judge: Judge) -> None:
    text = HEAD + "种树600亩。\n二、下一年度工作安排\n2024年，开展突发事件应急演练4次。\n"
    table = str(render(judge(text)))
    assert "是否指此处？" in table
    assert "写的是计划" in table.replace("\n", "").replace(" ", "")
