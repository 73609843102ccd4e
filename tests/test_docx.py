"""Word documents read as their printed page reads, each character with its place in the file."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import LEVELS, W, definition, item, numbered, par, run, table, word

from checker.errors import ReadError
from checker.models.document import RawReport
from checker.read import read_bytes, wordprocessing
from checker.read.building import has_text
from checker.read.from_docx import EMBEDDED, MACROS
from checker.read.packaged import open_package, parse_xml
from checker.read.word_text import HIDDEN, TRACKED


def read(data: bytes) -> RawReport:
    report = read_bytes(data, "x")
    assert report.format == "docx" and report.original == data
    check_origins(report)
    return report


def lines(data: bytes) -> list[str]:
    return read(data).text.splitlines()


def check_origins(report: RawReport) -> None:
    """Every character that stands in a run is in the run that its origin names."""
    assert report.original is not None
    package = open_package(report.original)
    root = parse_xml(package.read("word/document.xml"))
    found = wordprocessing.paragraphs(root)
    for offset, character in enumerate(report.text):
        origin = report.origin(offset)
        if origin is None or origin.run is None or origin.part in ("footnote", "endnote") or character in "\t\n-☑":
            continue
        assert origin.paragraph is not None
        assert character in "".join(wordprocessing.runs(found[origin.paragraph - 1])[origin.run - 1].itertext())


def test_paragraphs_are_lines() -> None:
    assert read(word(par("甲。") + par("") + par(run("乙") + run("丙")))).text == "甲。\n\n乙丙\n"


def test_breaks_tabs_and_special_characters() -> None:
    xml = "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:cr/><w:t>丁</w:t><w:noBreakHyphen/><w:softHyphen/>"
    xml += '<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    assert read(word(par(xml))).text == "甲\n乙\t丙\n丁-☑\n"


def test_headings_numbered_by_word() -> None:
    body = (
        item("成效")
        + item("普法", 1)
        + item("宣讲", 2)
        + par("正文。")
        + item("执法", 1)
        + item("不足")
        + item("形式", 1)
    )
    assert lines(word(body, numbering=definition(*LEVELS))) == [
        "一、成效", "（一）普法", "1.宣讲", "正文。", "（二）执法", "二、不足", "（一）形式",
    ]  # fmt: skip


def test_a_number_shows_higher_levels_in_arabic_digits_where_it_is_told_to() -> None:
    levels = (("chineseCounting", "第%1章"), ("decimal", "%1.%2"))
    body = item("甲") + item("乙", 1) + item("丙", 1)
    plain = definition(*levels).replace('<w:lvlText w:val="%1.%2"/>', '<w:isLgl/><w:lvlText w:val="%1.%2"/>')
    assert lines(word(body, numbering=plain)) == ["第一章甲", "1.1乙", "1.2丙"]
    assert lines(word(body, numbering=definition(*levels))) == ["第一章甲", "一.1乙", "一.2丙"]


def test_lists_of_one_definition_share_its_numbers_unless_one_starts_anew() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    anew = '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    body = item("甲") + item("乙", 0, 2) + item("丙", 0, 2)
    assert lines(word(body, numbering=definition(*LEVELS, lists=again))) == ["一、甲", "二、乙", "三、丙"]
    assert lines(word(body, numbering=definition(*LEVELS, lists=anew))) == ["一、甲", "五、乙", "六、丙"]


def test_a_level_that_never_starts_anew() -> None:
    body = item("甲") + item("乙", 1) + item("丙") + item("丁", 1)
    running = definition(*LEVELS, more='<w:lvlRestart w:val="0"/>')
    assert lines(word(body, numbering=running)) == ["一、甲", "（一）乙", "二、丙", "（二）丁"]


def test_numbers_that_come_with_a_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="my heading"/><w:basedOn w:val="2"/></w:style>'
    )
    body = par("甲", '<w:pStyle w:val="1"/>') + par("乙", '<w:pStyle w:val="2"/>') + par("丙", '<w:pStyle w:val="3"/>')
    body += par("丁", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>') + par(
        "戊", '<w:pStyle w:val="1"/>'
    )
    assert lines(word(body, styles=styles, numbering=definition(*LEVELS))) == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "丁",
        "二、戊",
    ]


def test_the_level_of_a_style_may_stand_in_the_list_alone() -> None:
    style = '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    linked = definition(*LEVELS).replace(
        'w:ilvl="1"><w:start w:val="1"/>', 'w:ilvl="1"><w:start w:val="1"/><w:pStyle w:val="b"/>'
    )
    assert lines(word(item("甲") + par("乙", '<w:pStyle w:val="b"/>'), styles=style, numbering=linked)) == [
        "一、甲",
        "（一）乙",
    ]


def test_bullets_and_unknown_lists() -> None:
    body = item("甲") + item("乙", 0, 9)
    assert lines(word(body, numbering=definition(("bullet", "\uf06c")))) == ["•甲", "乙"]


def test_a_damaged_table_of_numbers_is_survived() -> None:
    body = item("甲", 12) + item("乙")
    broken = (
        definition(*LEVELS).replace('w:ilvl="1"', 'w:ilvl="x"').replace('<w:start w:val="1"/>', '<w:start w:val=""/>')
    )
    assert "甲" in read(word(body, numbering=broken)).text


def test_a_table_of_figures_is_a_line_a_row() -> None:
    data = word(table(("事项", "件数"), ("行政处罚", "86"), ("", "12")))
    assert lines(data) == ["事项 | 件数", "行政处罚 | 86", "12"]
    assert [origin.part for _, origin in read(data).origins] == ["table"] * len(read(data).origins)


def test_a_form_is_a_line_a_paragraph() -> None:
    long = "开展宣讲十二场，" * 8
    data = word(table(("主要做法", par(long) + par("第二段。")), ("不足", long)))
    assert lines(data) == ["主要做法", long, "第二段。", "不足", long]


def test_tables_in_tables_and_merged_cells() -> None:
    inner = table(("甲", "乙")) + par("")
    covered = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + par("旧") + "</w:tc>"
    data = word(table((inner, "丙")) + f"<w:tbl><w:tr>{covered}<w:tc>{par('新')}</w:tc></w:tr></w:tbl>")
    assert lines(data) == ["甲 | 乙 | 丙", "新"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{par('框中。')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    twice = f"<mc:AlternateContent>{choice}<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    report = read(word(par(run("前") + f"<w:r>{twice}</w:r>" + run("后")) + par("尾")))
    assert report.text == "前后\n框中。\n尾\n"
    places = [(origin.part, origin.paragraph, origin.run) for _, origin in report.origins]
    assert places == [("body", 1, 1), ("body", 1, 3), ("text-box", 2, 1), ("body", 4, 1)]


def test_notes_follow_the_paragraph_they_belong_to() -> None:
    notes = f'<w:footnote w:id="0" w:type="separator">{par("线")}</w:footnote><w:footnote w:id="2">{par("注文。")}</w:footnote>'
    report = read(word(par(run("甲") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + par("乙"), footnotes=notes))
    assert report.text == "甲\n注文。\n乙\n"
    assert [(origin.part, origin.paragraph) for _, origin in report.origins] == [
        ("body", 1),
        ("footnote", 2),
        ("body", 2),
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    body = par(
        run("开展")
        + f'<w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins w:id="3">{run("新")}</w:ins>'
        + run("宣讲")
    )
    body += par("上半", mark) + par("下半") + f'<w:moveFrom w:id="4">{par("移走")}</w:moveFrom>'
    body += par(f'<w:moveFrom w:id="5">{run("移走")}</w:moveFrom><w:moveTo w:id="6">{run("移来")}</w:moveTo>')
    body += f'<w:tbl><w:tr><w:trPr><w:del w:id="7"/></w:trPr><w:tc>{par("删行")}</w:tc></w:tr></w:tbl>'
    report = read(word(body))
    assert report.text == "开展新宣讲\n上半下半\n移来\n" and report.notes == (TRACKED,)


def test_a_line_of_joined_paragraphs_is_numbered_as_the_last_of_them() -> None:
    body = par("上半", '<w:rPr><w:del w:id="1"/></w:rPr>') + item("下半") + item("第二")
    assert lines(word(body, numbering=definition(*LEVELS))) == ["一、上半下半", "二、第二"]


def test_changes_of_form_alone_are_no_tracked_changes() -> None:
    assert read(word(par(run("甲", '<w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange>')))).notes == ()


def test_hidden_text_is_left_out_and_told() -> None:
    styles = '<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = par(
        run("甲") + run("藏", "<w:vanish/>") + run("也藏", '<w:rStyle w:val="h"/>') + run("乙", '<w:vanish w:val="0"/>')
    )
    report = read(word(body, styles=styles))
    assert report.text == "甲乙\n" and report.notes == (HIDDEN,)


def field(instruction: str, result: str) -> str:
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{middle}{result}{end}"


def test_a_table_of_contents_is_no_text() -> None:
    start, end = field(" TOC \\o ", "|").split("|")
    link = field(" HYPERLINK \\l x ", run("一、成效1"))
    by_field = par(start + link) + par(link) + par(end)
    by_style = par("二、不足2", '<w:pStyle w:val="T"/>')
    style = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{par('目录')}{par('三、计划3')}</w:sdtContent></w:sdt>"
    assert lines(word(par("标题") + by_field + by_style + control + par("一、成效"), styles=style)) == [
        "标题",
        "一、成效",
    ]


def test_fields_show_their_result_but_for_page_numbers() -> None:
    body = par(
        run("见")
        + field("REF x", run("第二节"))
        + field("PAGE", run("7"))
        + '<w:fldSimple w:instr=" PAGE ">'
        + run("8")
        + "</w:fldSimple>"
    )
    assert read(word(body)).text == "见第二节\n"


def test_a_field_that_never_ends_swallows_nothing_beyond_its_paragraph() -> None:
    start = field(" TOC ", "|").split("|")[0]
    assert lines(word(par(start + run("目录")) + par("正文。"))) == ["正文。"]


def test_content_controls_links_and_tags_are_looked_through() -> None:
    inside = (
        f"<w:sdt><w:sdtContent><w:smartTag><w:hyperlink>{run('甲')}</w:hyperlink></w:smartTag></w:sdtContent></w:sdt>"
    )
    ruby = f"<w:r><w:ruby><w:rt>{run('pin')}</w:rt><w:rubyBase>{run('乙')}</w:rubyBase></w:ruby></w:r>"
    formula = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    body = f"<w:sdt><w:sdtContent>{par(inside + ruby + formula)}</w:sdtContent></w:sdt>"
    assert read(word(body)).text == "甲乙x=1\n"


def test_headers_and_comments_are_no_text() -> None:
    body = par(
        '<w:commentRangeStart w:id="1"/>'
        + run("甲")
        + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    )
    parts = {
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{par("页眉")}</w:hdr>',
        "word/comments.xml": f'<w:comments xmlns:w="{W}"/>',
    }
    assert read(word(body, extra=parts)).text == "甲\n"


def test_macros_and_embedded_files_are_told() -> None:
    report = read(word(par("甲") + "<w:altChunk/>", extra={"word/vbaProject.bin": b"\0" * 64}))
    assert report.notes == (MACROS, EMBEDDED)


def test_strict_documents_read_the_same() -> None:
    body = item("成效") + table(("甲", "乙")) + par(run("藏", "<w:vanish/>") + run("见"))
    assert (
        read(word(body, True, numbering=definition(*LEVELS))).text
        == read(word(body, numbering=definition(*LEVELS))).text
    )


def test_a_document_without_text_is_empty() -> None:
    with pytest.raises(ReadError, match="没有可以审查的文字"):
        read_bytes(word(par("") + par("")), "x")


def test_deep_tables_are_read_or_refused_in_one_line() -> None:
    for depth in (20, 70, 2000):
        body = par("底")
        for _ in range(depth):
            body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
        if depth < 100:
            assert read(word(body)).text == "底\n"
        else:
            with pytest.raises(ReadError, match="嵌套过深"):
                read_bytes(word(body), "x")


def test_thousands_of_tables_take_little_time() -> None:
    body = table(("甲", "乙")) * 5000
    assert read_bytes(word(body), "x").text == "甲 | 乙\n" * 5000


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=30)


@given(st.lists(st.lists(_TEXT, max_size=4), min_size=1, max_size=8))
def test_any_text_comes_back_at_its_place(paragraphs: list[list[str]]) -> None:
    document = docx.Document()
    for pieces in paragraphs:
        paragraph = document.add_paragraph()
        for piece in pieces:
            paragraph.add_run(piece)
    stream = io.BytesIO()
    document.save(stream)
    wanted = "".join("".join(pieces) + "\n" for pieces in paragraphs)
    if not has_text(wanted):
        return
    report = read_bytes(stream.getvalue(), "x")
    assert report.text == wanted
    offset = 0
    for count, pieces in enumerate(paragraphs, 1):
        for index, piece in enumerate(pieces, 1):
            for position in range(offset, offset + len(piece)):
                origin = report.origin(position)
                assert origin is not None and (origin.paragraph, origin.run) == (count, index)
            offset += len(piece)
        offset += 1


def test_numbers_in_place_of_typed_ones_give_the_same_text(seeds: list, judge: Callable[..., object]) -> None:
    for seed in seeds:
        text = seed.read_text(encoding="utf-8")
        assert read(numbered(text)).text.rstrip() == "\n".join(text.splitlines()).rstrip()
