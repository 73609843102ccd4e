"""Odd and hostile texts: no crash, exact slices, and a cost that grows with the length alone."""

from __future__ import annotations

import random
import time

import pytest
from conftest import GOLD, REPORTS, source

from checker.compiled import CompiledPack
from checker.engine import check
from checker.models.document import RawReport
from checker.models.result import ReportResult

TITLE = "某市某局2023年法治政府建设年度报告\n"
ODD = [
    "", "a", "法", "\n", " ", "“", "“”", "”\n“", '"', "年", "一、", "一、\n二、\n三、", "。", "，。；：！？", "…", "①", "【】", "《》",
    "《" * 300, "（" * 1000 + "）" * 1000, "\x00", "\ufeff", "\ud800", "法\udfff", "0.", "（0）", "第 1 页", "★", "二OOO年",
]  # fmt: skip
STRAY = [
    *"\n\r\t \u3000\x00\ufeff\u200b“”‘’\"（）()《》【】，。；：！？、….,;:!?-—%①⑳一十〇壹19年月余多XO○_*&<>`将未没有★😀將",
    "\r\n", "\u2028", "2023年", "二〇二三年", "20232024年", "其中", "一、", "（一）", "第一部分", "一是", "13812345678",
    "占比120%", "共12件", "合计", "XX件", "\n\n\n", "１２３", "&nbsp;", "12?4", "计划", "上年",
]  # fmt: skip


def assert_exact(text: str, result: ReportResult) -> None:
    places = [(e.start, e.end, e.line, e.column, e.text) for element in result.elements for e in element.evidence]
    places += [(f.start, f.end, f.line, f.column, f.text) for f in result.findings]
    for start, end, line, column, quoted in places:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == quoted
        assert line == text.count("\n", 0, start) + 1
        assert column == start - text.rfind("\n", 0, start)


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_an_odd_text_is_another_kind_of_document_and_no_crash(text: str, pack: CompiledPack) -> None:
    result = check(RawReport("x", text), pack)
    assert result.kind == "other"
    assert_exact(text, result)


def spoiled(text: str, chance: random.Random) -> str:
    """A text cut, shuffled and strewn with stray marks."""
    if chance.random() < 0.4:
        lines = text.split("\n")
        chance.shuffle(lines)
        text = "\n".join(lines)
    if chance.random() < 0.5:
        text = text.replace("\n", chance.choice(["", "\r\n", " ", "\n\n"]))
    characters = list(text[: chance.choice([30, 800, 3000])])
    for _ in range(chance.choice([3, 30, 200])):
        place = chance.randrange(len(characters) + 1)
        characters[place:place] = [chance.choice(STRAY)]
    return "".join(characters)


@pytest.mark.parametrize("seed", range(60))
def test_a_spoiled_report_gives_exact_slices(seed: int, pack: CompiledPack) -> None:
    chance = random.Random(seed)
    text = spoiled(source(chance.choice(sorted([*GOLD.glob("*.txt"), *REPORTS.glob("*.txt")]))), chance)
    assert_exact(text, check(RawReport("x", text), pack, year=chance.choice([None, 2019, 2023])))


PATHOLOGICAL = {
    "no punctuation": "党组主要负责人主持召开会议研究法治政府建设工作没有将2024年计划未不2023年内部",
    "nothing but commas": "计划开展，将推进，上年完成，没有落实，",
    "headings of plan": "一、2020年工作计划\n",
    "bare headings": "存在的问题和不足\n下一步工作计划\n",
    "numerals in one line": "1、2、3、",
    "marks of secrecy": "内部资料机密秘密",
}


def seconds(text: str, pack: CompiledPack) -> float:
    start = time.process_time()
    check(RawReport("x", text), pack)
    return time.process_time() - start


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_four_times_the_text_costs_little_more_than_four_times(name: str, pack: CompiledPack) -> None:
    unit = PATHOLOGICAL[name]
    short, long = (TITLE + unit * (length // len(unit)) for length in (50_000, 200_000))
    least = min(seconds(short, pack), seconds(short, pack))
    assert seconds(long, pack) < 9 * least + 0.5
