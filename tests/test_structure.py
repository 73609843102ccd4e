"""View and layout: every usual dress of a text looks the same, and every part knows where it stands in the source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.structure.heading_marks import Form
from checker.structure.layout import build_layout
from checker.structure.view import Furniture, build_view, chinese_number, fold, simplify, without_invisible

FURNITURE = Furniture(("来源", "浏览次数"), ("首页>",), frozenset({"打印"}))


def paragraphs(text: str) -> list[str]:
    return build_view(text, FURNITURE).text.split("\n")


def headings(text: str) -> list[tuple[int, int, str]]:
    view = build_view(text, FURNITURE)
    return [(h.level, h.number, view.text[h.start : h.end]) for h in build_layout(view).headings]


def test_width_script_quotes_and_spaces_are_evened_out() -> None:
    assert build_view("２０２４ 年，“一網通辦”", Furniture()).text == "2024年,一网通办"
    assert fold("2021—2025年〔3〕号") == "2021-2025年[3]号"


def test_a_half_width_full_stop_ends_a_sentence_but_no_decimal() -> None:
    assert fold("共12件.全部办结.占3.5%") == "共12件。全部办结。占3.5%"


def test_wrapped_lines_are_joined_and_page_numbers_fall_away() -> None:
    line = "这是一份被机器按固定宽度断成多行的公文其中每一行都在句子中间结束"
    text = "\n".join([line] * 6 + ["- 3 -"] + [line] * 6 + ["到此为止。"])
    assert paragraphs(text) == [line * 12 + "到此为止。"]


def test_a_sentence_begun_in_a_rather_full_line_goes_on_in_the_next() -> None:
    """Some programs break lines early before a word, a digit or a mark; a heading holds no end of a sentence."""
    full = "全镇持续推进各项执法工作并逐项落实到人到岗到位不留任何死角"
    body = "\n".join([full] * 8)
    broken = paragraphs(f"{body}。\n(一)强化责任。镇党委书记履行推进法治建设第一责\n任人职责,{full}\n{body}")
    assert broken[1].startswith("(一)强化责任。镇党委书记履行推进法治建设第一责任人职责")
    headed = paragraphs(f"{body}。\n(一)强化责任并履行推进法治建设的各项职责\n任人职责,{full}\n{body}")
    assert headed[1] == "(一)强化责任并履行推进法治建设的各项职责"


def test_headings_and_short_lines_are_no_wrapped_text() -> None:
    text = (
        "某局2024年报告\n"
        + "\n".join(f"（{n}）加强某某方面的工作建设" for n in "一二三四五六七八")
        + "\n"
        + "很" * 90
        + "。"
    )
    assert len(paragraphs(text)) == 10


def test_page_furniture_falls_away_at_head_and_foot_only() -> None:
    assert paragraphs("首页>公开\n标题\n来源：某局\n正文。\n打印") == ["标题", "正文。"]


def test_headings_in_every_numbering() -> None:
    text = "一、甲部分\n（一）乙。正文。\n1.丙。正文。\n（2）丁。正文。\n第二部分 戊\n叁、己\n【庚辛】正文。"
    assert [(level, number) for level, number, _ in headings(text)] == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 2),
        (1, 2),
        (1, 3),
        (2, 0),
    ]


def test_headings_run_into_one_line() -> None:
    text = (
        "报告如下：一、工作情况（一）抓学习。学了3次。（二）抓执法。查了4次。"
        + "很" * 900
        + "。二、存在问题在看到成绩的同时还有不足。"
    )
    assert [(level, number) for level, number, _ in headings(text)] == [(1, 1), (2, 1), (2, 2), (1, 2)]


def test_a_comma_behind_the_number_makes_a_heading_at_the_head_of_a_line_only() -> None:
    text = "一，工作情况\n其中之一，是查案；第二，是普法。\n二，存在问题。人员少。"
    assert [words for _, _, words in headings(text)] == ["一,工作情况", "二,存在问题"]


def test_a_heading_may_begin_with_a_numeral_of_its_own() -> None:
    told = headings("一.三项制度落实\n公示28件。\n二.一季度工作\n巡查。")
    assert [words for _, _, words in told] == ["一。三项制度落实", "二。一季度工作"]


def test_where_headings_are_marked_otherwise_a_comma_marks_none() -> None:
    told = headings("（一）做法\n一，抓学习。\n二，抓执法。\n（二）成效\n办案。")
    assert [number for _, number, _ in told] == [1, 2]


def test_numerals_of_the_sentence_are_no_headings() -> None:
    assert headings("坚持一是一、二是二，十一、十二月各查一次，3.5万元。") == []


@pytest.mark.parametrize(
    ("text", "value"), [("三", 3), ("十", 10), ("十二", 12), ("二十一", 21), ("贰", 2), ("7", 7), ("甲", None)]
)
def test_ordinals(text: str, value: int | None) -> None:
    assert chinese_number(text) == value


TEXTS = st.text(
    alphabet=st.sampled_from("一二三、（）。，；：“”《》\n\r\t 　年月2024法治局.()%—网網後\u200b𠮷"), max_size=120
) | st.text(max_size=60)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_view_character_knows_its_place(text: str) -> None:
    view, bare = build_view(text, FURNITURE), without_invisible(text)
    for offset, character in enumerate(view.text):
        start, end = view.to_source(offset, offset + 1)
        assert end == start + 1
        place = len(without_invisible(text[:start]))
        assert fold(bare)[place : place + 1] == character or character == "\n"


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_units_nest_and_cover_the_view(text: str) -> None:
    view = build_view(text, FURNITURE)
    layout = build_layout(view)
    assert len(layout.clause) == len(view.text)
    for before, after in zip(layout.clause, layout.clause[1:], strict=False):
        assert after - before in (0, 1)
    if view.text:
        assert layout.sentences[0].start == 0
        assert layout.sentences[-1].end == len(view.text)
    for one, next_one in zip(layout.sentences, layout.sentences[1:], strict=False):
        assert one.end == next_one.start


def test_characters_of_no_width_are_not_seen_and_move_no_place() -> None:
    text = "\u200b一、主要\u00ad工作\n\ufeff办理\u200c\u200d许可12件。\u2060\n"
    view = build_view(text, Furniture())
    assert view.text == build_view(without_invisible(text), Furniture()).text
    for start in range(len(view.text)):
        first, last = view.to_source(start, start + 1)
        if view.text[start] != "\n":
            assert text[first:last] == view.text[start]
            assert view.before(first) == start


def test_traditional_characters_beside_half_a_pair_are_simplified() -> None:
    assert simplify("\ud83d裡漢") == "\ud83d里汉"


FORM = Form(("总体情况", "存在的主要问题", "存在的主要问题及改进情况"), ("结转下年度", "总计"))


def formed(text: str) -> list[str]:
    view = build_view(text, FURNITURE)
    return [view.text[h.start : h.end] for h in build_layout(view, FORM).headings]


def test_headings_that_a_format_fixes_stand_anywhere() -> None:
    """Behind figures of a table whose cells were run together, with the text right behind them."""
    text = "某局年度报告\n一、总体情况2024年公开80条。总计2131五、存在的主要问题及改进情况解读少。"
    assert formed(text)[1:] == ["一、总体情况", "五、存在的主要问题及改进情况"]
    assert "五、存在的主要问题及改进情况" not in [words for _, _, words in headings(text)]


def test_rows_of_a_fixed_table_are_no_headings() -> None:
    text = "三、收到申请\n四、结转下年度继续办理 | 0\n（七）总计 | 12\n四、存在的主要问题\n解读少。"
    assert formed(text) == ["三、收到申请", "四、存在的主要问题"]


def test_a_list_within_a_sentence_is_no_row_of_headings() -> None:
    text = "四、重点任务\n确定如下任务：一、修订办法；二、开展回头看；三、建设队伍12支；四、完成建库。\n五、保障"
    assert [words for _, _, words in headings(text)] == ["四、重点任务", "五、保障"]
    alone = "新的一年做三件事：一、修订办法；二、开展回头看；三、建设队伍12支。"
    assert headings(alone) == []
    run_in = "现将情况报告如下：一、主要工作。办理12件；二、存在问题。人员少。"
    assert [number for _, number, _ in headings(run_in)] == [1, 2]


@pytest.mark.parametrize(
    ("first", "second"),
    [("【工作情况】", "【来年打算】"), ("第一节 工作情况", "第二节 来年打算"), ("第一部分 工作", "第二部分 打算")],
)
def test_parts_stand_above_the_numbering_below_them(first: str, second: str) -> None:
    levels = [
        level for level, _, _ in headings(f"{first}\n一、规范执法\n办案。\n（一）查\n{second}\n（一）培训\n（二）评查")
    ]
    assert levels == [1, 2, 3, 1, 3, 3]


def test_numbered_sentences_with_nothing_below_them_are_items() -> None:
    told = headings(
        "一、不足\n（一）人手不够，两个所无人。\n（二）卷宗太粗，三份缺页。\n二、打算\n（一）补人手。招两人。\n（二）评卷宗。"
    )
    assert [words for _, _, words in told] == ["一、不足", "(一)", "(二)", "二、打算", "(一)补人手", "(二)评卷宗"]


@pytest.mark.parametrize(("first", "second"), [("壹　做了什么", "贰　差在哪里"), ("【一】做了什么", "【二】差在哪里")])
def test_formal_numerals_and_numbers_in_brackets_stand_above_the_usual_ones(first: str, second: str) -> None:
    told = headings(f"{first}\n办案3件。\n{second}\n一、人手\n少两人。\n二、卷宗\n缺三份。")
    assert [level for level, _, _ in told] == [1, 1, 2, 2]


def test_ordinals_on_lines_of_their_own_are_headings_and_those_of_sentences_none() -> None:
    told = headings(
        "某局报告\n第一，做了什么\n办案3件。\n第二，差在哪里\n第一，少两人。第二，缺三份卷宗。\n第三，力量薄弱，缺两人；"
    )
    assert [(level, number) for level, number, _ in told if level] == [(1, 1), (1, 2)]
    told = headings("某局报告\n一、不足\n第一，人手不够\n少两人。\n第二，卷宗太粗\n缺三份。\n二、打算\n补人手。")
    assert [level for level, _, _ in told if level] == [1, 2, 2, 1]


def test_a_year_behind_a_number_without_a_mark_is_the_headings_own() -> None:
    told = headings("某局报告\n1 做了什么\n1.1 执法\n办案3件。\n1.2 普法\n讲座2场。\n2 2024年的安排\n2.1 培训\n讲课。")
    assert [(level, words) for level, _, words in told][4] == (1, "2.2024年的安排")


def test_questions_divide_a_text_that_numbers_only_below_them() -> None:
    told = headings(
        "一问：差在哪？\n先讲不足。\n（一）人手不够。两个所无人。\n（二）卷宗太粗。三份缺页。\n二问：做了什么？\n办案3件。"
    )
    assert [(level, words) for level, _, words in told if words.endswith("?")] == [
        (0, "一问:差在哪?"),
        (0, "二问:做了什么?"),
    ]


def test_labels_of_a_page_are_no_parts() -> None:
    told = headings("【发布日期】2025-01-15\n【来源】办公室\n一、规范执法\n办案。\n二、培训\n讲课。")
    assert [(level, words) for level, _, words in told if words[0] != "【"] == [(1, "一、规范执法"), (1, "二、培训")]


def test_rows_of_a_table_are_never_joined() -> None:
    rows = [f"检查单位第{n}批次办理情况登记|{n}|{n + 1}" for n in range(10, 18)]
    assert paragraphs("\n".join(rows)) == rows


def test_a_section_counted_in_a_sentence_is_no_heading() -> None:
    assert headings("举办讲座。\n第一节课讲宪法，第二节课讲民法典。\n一、规范执法\n办案。")[0][2] == "一、规范执法"


OUTLINED = "某局报告\n1 工作情况\n1.1 执法\n全年办案3件。\n1.2 普法\n1.2.1 宪法宣传\n办讲座2场。\n2 下一步安排\n2.1 3月底前培训。\n2.2 配法制员。"


def test_headings_numbered_in_decimals() -> None:
    assert headings(OUTLINED) == [
        (0, 0, "某局报告"),
        (1, 1, "1工作情况"),
        (2, 1, "1.1执法"),
        (2, 2, "1.2普法"),
        (3, 1, "1.2.1宪法宣传"),
        (1, 2, "2下一步安排"),
        (2, 1, "2.1"),
        (2, 2, "2.2"),
    ]


def test_decimals_stand_below_the_usual_numbering() -> None:
    text = "一、工作\n（一）执法\n1.办案\n1.1 立案\n立案3件。\n1.2 结案\n结案2件。\n二、安排\n抓培训。"
    levels = [level for level, _, _ in headings(text)]
    assert levels == [1, 2, 3, 4, 4, 1]


@pytest.mark.parametrize(
    "lines",
    [
        "投资情况\n1.5 亿元用于水利。\n2.3 万人受益。",
        "同比情况\n3.1%的户数减少。\n3.2%的户数增加。",
        "时间表\n3.12 植树活动。\n12.4 宪法宣传。",
    ],
)
def test_figures_and_dates_at_the_head_of_lines_are_no_headings(lines: str) -> None:
    assert all(number == 0 for _, number, _ in headings(lines))


def test_lines_numbered_in_circles_are_headings() -> None:
    text = "某局报告\n③ 制度建设\n全年出台文件4件。\n④ 依法决策\n论证事项2项。"
    assert [words for _, _, words in headings(text)] == ["某局报告", "③制度建设", "④依法决策"]


def test_a_list_under_an_unmarked_heading_divides_no_text() -> None:
    lines = [f"{name}\n全年办理了各类事项若干件并且逐件答复。" for name in ("执法", "普法", "监督", "复议", "整改")]
    text = "\n".join([*lines, "2025年安排\n一、起草办法1部。\n二、培训2期。"])
    assert {level for level, number, _ in headings(text) if number} == {2}


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        (
            "1.主要工作\n1.1学习\n开会3次。\n1.2执法\n办案3件。\n2.2025年安排\n2.1培训。",
            ["1.1学习", "1.2执法", "2.1培训"],
        ),
        (
            "1 工作\n1.1 多元化解\n调解3件。\n1.2 “12·4”宣传\n3场。\n1.3 年度执法\n5件。",
            ["1.1多元化解", "1.212·4宣传", "1.3年度执法"],
        ),
        (
            "1 工作\n1.1 学习\n1、开会3次。\n2、培训2次。\n1.2 执法\n办案3件。\n12.4国家宪法日，宣传3场。",
            ["1.1学习", "1.2执法"],
        ),
    ],
)
def test_decimals_go_on_from_one_another(text: str, marks: list[str]) -> None:
    assert [words for level, _, words in headings(text) if level == 2] == marks
