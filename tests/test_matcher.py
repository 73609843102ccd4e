"""Phrases, chains, guards, gaps and the matcher that links them up."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left

import pytest

from checker.match.matcher import Matcher
from checker.match.notation import NotationError, parse
from checker.match.planning import Concept, ConceptError, build_plan
from checker.structure.layout import build_layout
from checker.structure.view import Furniture, build_view


def hits(text: str, name: str = "x", year: int | None = None, **concepts: Concept | str | list[str]) -> list[str]:
    view = build_view(text, Furniture())
    made = {}
    for key, value in concepts.items():
        phrases = [value] if isinstance(value, str) else value
        made[key.replace("_", "-")] = value if isinstance(value, Concept) else Concept(tuple(phrases))
    found = Matcher(build_plan(made)).scan(view.text, build_layout(view), [name], lambda _: year)
    return [view.text[start:end] for start, end in found[name]]


def test_words_alternatives_and_optional_parts() -> None:
    assert hits("审议议题、研究议题、讨论议题", x="(研究|审议)议题") == ["审议议题", "研究议题"]
    assert hits("第一责任人职责，第一责任人的职责", x="第一责任人[的]职责") == ["第一责任人职责", "第一责任人的职责"]


def test_quotes_spaces_and_width_do_not_matter() -> None:
    assert hits("“放管服” 改 革", x="放管服改革") == ["放管服改革"]
    assert hits("ＡＰＰ（试行）", x="APP（试行）") == ["APP(试行)"]


def test_a_number_is_not_found_within_a_longer_one() -> None:
    assert hits("拨打12345热线，手机13812345678，编号112345，12345.6元", x="12345") == ["12345", "12345"]
    assert hits("2024年5月，12024年", x="2024年") == ["2024年"]


def test_figures_in_chinese_numerals() -> None:
    assert hits("收到一百零三份，办结九十七桩，谈成二十九回。", x="{quantity}") == [
        "一百零三份",
        "九十七桩",
        "二十九回",
    ]
    assert hits("四位一体，两头跑，五一期间，千头万绪。", x="{quantity}") == []
    assert hits("三月出台，十二月四日宣传，每三月一次，第三月。", x="{date}") == ["三月", "十二月四日"]
    assert hits("达98.5%，占3％。", x="{percent}") == ["98.5%", "3%"]


def test_the_first_text_is_searched_for_all_words_as_later_ones_are() -> None:
    """It has an automaton of its own, of the words whose ends it holds."""
    words = ["法", "法治", "法治政府", "府", "2024年", "政府建设", "治理", "法律政府"]
    matcher = Matcher(build_plan({"x": Concept(tuple(words)), "y": Concept(("{x}~{x}",))}))
    for text in ("2024年法治政府", "府法", "法", "", "治。理", "法法治法治政府建设12024年"):
        view = build_view(text, Furniture())
        layout = build_layout(view)
        fresh = Matcher(matcher.plan)
        first, later, used = (
            one.scan(view.text, layout, ["x", "y"], lambda _: None) for one in (fresh, fresh, matcher)
        )
        for name in ("x", "y"):
            assert list(first[name]) == list(later[name]) == list(used[name])
        assert len(first["x"]) == sum(
            view.text.startswith(word, place) for place in range(len(text)) for word in words
        ) - ("12024年" in text)


def test_hits_of_a_very_long_text_are_all_there_and_in_order() -> None:
    """They are kept packed: found in pieces of the text, and counted within blocks of 65,536 characters."""
    text = "执法检查。" + "今年，" * 40_000 + "执法。" + "水务" * 50_000 + "执法人员执法。\n" + "今年。" * 3
    view = build_view(text, Furniture())
    plan = build_plan({"law": Concept(("执法", "执法检查")), "now": Concept(("今年",)), "not": Concept(("税务",))})
    found = Matcher(plan).scan(view.text, build_layout(view), ["law", "now", "not"], lambda _: None)
    for name, words in {"law": ("执法", "执法检查"), "now": ("今年",), "not": ("税务",)}.items():
        wanted = sorted((hit.start(), hit.end()) for word in words for hit in re.finditer(word, view.text))
        packed = found[name]
        assert list(packed) == wanted == [packed[place] for place in range(len(packed))] == packed[:]
        assert [packed[-place] for place in range(1, len(wanted) + 1)] == wanted[::-1]
        assert [bisect_left(packed, hit) for hit in wanted] == list(range(len(wanted)))
    with pytest.raises(IndexError):
        found["law"][len(found["law"])]
    with pytest.raises(IndexError):
        found["law"][-len(found["law"]) - 1]


def test_a_gap_stays_within_its_sentence_and_a_short_gap_within_its_clause() -> None:
    assert hits("局长今年主持会议。", x="局长…主持") == ["局长今年主持"]
    assert hits("局长讲话。主持会议。", x="局长…主持") == []
    assert hits("局长讲话，主持会议。", x="局长…主持") == ["局长讲话,主持"]
    assert hits("局长讲话，主持会议。", x="局长~主持") == []
    assert hits("局长" + "很" * 31 + "主持", x="局长…主持") == []
    assert hits("局长" + "很" * 31 + "主持", x="局长{..31}主持") == ["局长" + "很" * 31 + "主持"]


def test_concepts_refer_to_concepts() -> None:
    found = hits("局长今年主持召开会议4次", x="{who}…{act}…{quantity}", who=["局长", "镇长"], act="主持召开")
    assert found == ["局长今年主持召开会议4次"]


def test_a_guard_cancels_what_it_covers_and_nothing_else() -> None:
    assert hits("查明原因，备案原因", x=Concept(("原因",), ("备案原因",))) == ["原因"]


def test_words_beside_a_reference_are_compared_on_the_spot() -> None:
    assert hits("以甲思想为指导，以甲思想为名", x="以{t}为(指导|引领)", t="甲思想") == ["以甲思想为指导"]
    assert hits("学甲思想", x="[深入]学{t}", t="甲思想") == ["学甲思想"]


def test_relative_years_are_counted_from_the_report_year() -> None:
    text = "2023年完成，2024年将开展，依据《规划（2021—2025年）》"
    assert hits(text, x="{next-year}将", year=2023) == ["2024年将"]
    assert hits(text, x="{later-year}", year=2023) == ["2024年"]
    assert hits("二〇二三年完成", x="{report-year}", year=2023) == ["二〇二三年"]


def test_whole_words_ask_the_segmentation() -> None:
    assert hits("逐件研究答复意见", x=Concept(("复意",), whole_words=True)) == []
    assert hits("行政复意案件", x=Concept(("复意",), whole_words=True)) == ["复意"]


def test_a_regular_expression_is_the_exception_and_linear() -> None:
    assert hits("编号A-12，A-3", x=r"re:A-\d+") == ["A-12", "A-3"]
    with pytest.raises(ConceptError, match="线性"):
        build_plan({"x": Concept((r"re:(a)\1",))})
    with pytest.raises(ConceptError, match="空"):
        build_plan({"x": Concept(("re:a*",))})


def test_heavy_libraries_are_not_loaded_without_need() -> None:
    import subprocess

    code = (
        "import sys; from checker import check, load_pack; from checker.models.document import RawReport;"
        "check(RawReport('x', '某局2024年法治政府建设报告\\n2024年制定文件3件。'), load_pack());"
        "print([m for m in ('jieba', 're2', 'opencc', 'charset_normalizer', 'tabulate') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "phrase", ["(甲|乙", "甲]", "…甲", "甲…", "{甲", "{..0}甲乙", "[甲]", "", "甲{..999}乙", "(甲)?乙", "甲……~乙"]
)
def test_a_malformed_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(NotationError):
        parse(phrase)


def test_an_unknown_concept_and_a_circle_are_refused() -> None:
    with pytest.raises(ConceptError, match="不存在"):
        build_plan({"x": Concept(("{nobody}",))})
    with pytest.raises(ConceptError, match="引用了自己"):
        build_plan({"x": Concept(("{y}甲",)), "y": Concept(("乙{x}",))})
    with pytest.raises(ConceptError, match="报告年度"):
        build_plan({"x": Concept(("{next-year}计划",))}, early=["x"])


def test_many_combinations_are_refused_rather_than_expanded() -> None:
    with pytest.raises(NotationError, match="组合过多"):
        parse("".join(f"[{{a}}{n}]" for n in range(9)) + "甲")
