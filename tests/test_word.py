"""Word with comments: they stand on the very words, all else of the document stays as it was."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from lxml import etree
from papers import NS, add_xml, commented, looks, paper, part, parts, replaced, run_xml, saved, w

from checker.cli import main
from checker.compiled import CompiledPack
from checker.engine import check
from checker.errors import CheckerError, UsageError
from checker.models.result import PackInfo, ReportResult, RunResult
from checker.read.reader import read_bytes
from checker.render import Style, render
from checker.render.remarks import remarks
from checker.word.comments import add_comments
from checker.word.models import Comment, Signature

CHANGED = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
NO_ONE = Signature()

Judge = Callable[..., ReportResult]


def reviewed(data: bytes, pack: CompiledPack, style: Style | None = None) -> tuple[ReportResult, bytes]:
    """A document's result, and the document with its comments."""
    result = check(read_bytes(data, "报告.docx"), pack)
    content = render(result, "docx", style or Style())
    assert isinstance(content, bytes)
    return result, content


def with_comments(data: bytes, *spans: tuple[int, int]) -> bytes:
    """A document with comments on some stretches of its text."""
    return add_comments(read_bytes(data, "a.docx"), [Comment(*span, ("批注",)) for span in spans], NO_ONE)


def on(data: bytes, words: str) -> str:
    """The text that a comment on these words stands on."""
    start = read_bytes(data, "a.docx").text.index(words)
    return commented(part(with_comments(data, (start, start + len(words)))))[0]


@pytest.fixture(scope="module")
def seed_paper(seeds: list[Path]) -> bytes:
    """A real report as a document: runs of five characters in three looks, a table, a numbered list."""
    lines = seeds[3].read_text(encoding="utf-8-sig").split("\n")
    document = paper(*([line[at : at + 5] for at in range(0, len(line), 5)] for line in lines))
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "加快建设法制政府，截止目前办结12件。"
    table.cell(1, 1).text = "张某，身份证号110101199003074514。"
    document.add_paragraph("第一项工作，，全部完成。", style="List Number")
    return saved(document)


# What changes and what does not


def test_only_the_text_and_the_parts_of_comments_change(seed_paper: bytes, pack: CompiledPack) -> None:
    before, after = parts(seed_paper), parts(reviewed(seed_paper, pack)[1])
    assert {name for name in after if after[name] != before.get(name)} == CHANGED
    assert before.keys() - after.keys() == set()


def test_without_the_comments_text_and_formatting_are_as_they_were(seed_paper: bytes, pack: CompiledPack) -> None:
    _, content = reviewed(seed_paper, pack)
    assert looks(part(content)) == looks(part(seed_paper))
    assert read_bytes(content, "a.docx").text == read_bytes(seed_paper, "a.docx").text


def test_the_same_report_gives_the_same_bytes(
    seed_paper: bytes, judge: Judge, seeds: list[Path], pack: CompiledPack
) -> None:
    assert reviewed(seed_paper, pack)[1] == reviewed(seed_paper, pack)[1]
    text = seeds[0].read_text(encoding="utf-8-sig")
    assert render(judge(text), "docx") == render(judge(text), "docx")


def test_a_reviewed_document_gives_the_same_verdicts(seed_paper: bytes, pack: CompiledPack) -> None:
    result, content = reviewed(seed_paper, pack)
    again = check(read_bytes(content, "报告.docx"), pack)
    assert [(f.id, f.text) for f in again.findings] == [(f.id, f.text) for f in result.findings]
    assert again.score == result.score


# Where the comments stand


def test_a_comment_stands_on_each_weak_place_and_each_finding(seed_paper: bytes, pack: CompiledPack) -> None:
    result, content = reviewed(seed_paper, pack)
    texts = commented(part(content))
    expected = remarks(result)
    assert len(texts) == len(expected) > 5
    source = read_bytes(seed_paper, "a.docx").text
    said = [comment.findtext("w:p/w:r[2]/w:t", namespaces=NS) for comment in part(content, "word/comments.xml")]
    for number, remark in enumerate(expected):
        assert said[number] == remark.paragraphs[0]
        assert texts[number] == source[remark.start : remark.end].removeprefix("1. ")
    assert {"法制政府", "截止目前", "第一项工作，，全部完成"} < set(texts.values())


def test_marks_are_paired_and_their_numbers_unique(seed_paper: bytes, pack: CompiledPack) -> None:
    _, content = reviewed(seed_paper, pack)
    root, comments = part(content), part(content, "word/comments.xml")
    numbers = [comment.get(w("id")) for comment in comments]
    assert len(set(numbers)) == len(numbers)
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(mark.get(w("id")) for mark in root.iter(w(name))) == sorted(numbers)
    order = [
        (etree.QName(mark).localname, mark.get(w("id"))) for mark in root.iter() if mark.tag.startswith(w("comment"))
    ]
    for number in numbers:
        mine = [name for name, of in order if of == number]
        assert mine == ["commentRangeStart", "commentRangeEnd", "commentReference"]


def test_comments_are_built_in_the_order_that_the_standard_asks(seed_paper: bytes, pack: CompiledPack) -> None:
    _, content = reviewed(seed_paper, pack, Style(time=datetime(2025, 3, 1, 9, 30)))
    order = {
        "p": ["pPr", "r"],
        "pPr": ["spacing", "ind", "jc"],
        "rPr": ["b", "sz", "szCs"],
        "r": ["rPr", "annotationRef", "t"],
    }
    for element in part(content, "word/comments.xml").iter():
        names = [etree.QName(item).localname for item in element]
        known = order.get(etree.QName(element).localname, names)
        assert names == sorted(names, key=known.index)
    comment = part(content, "word/comments.xml")[0]
    assert (comment.get(w("author")), comment.get(w("initials"))) == ("checker", "CK")
    assert comment.get(w("date")) == "2025-03-01T09:30:00Z"
    assert reviewed(seed_paper, pack)[1].find(b"w:date") < 0


@pytest.mark.parametrize("seed", range(12))
def test_any_stretch_is_marked_to_the_character_and_nothing_is_lost(seed: int) -> None:
    pick = random.Random(seed)
    words = "加快建设法治政府　推进依法行政 abc，。、“引号”"
    document = paper(
        *(["".join(pick.choices(words, k=pick.randint(0, 6))) for _ in range(pick.randint(1, 6))] for _ in range(8))
    )
    document.paragraphs[3].add_run("制表\t符\n换行")
    data = saved(document)
    report = read_bytes(data, "a.docx")
    ends = [sorted(pick.sample(range(len(report.text)), 2)) for _ in range(15)]
    spans = [(start, end) for start, end in ends if report.text[start:end].replace("\n", "")]
    content = with_comments(data, *spans)
    found = commented(part(content))
    assert looks(part(content)) == looks(part(data))
    for number, (start, end) in enumerate(spans):
        assert found[number].replace("\n", "") == report.text[start:end].replace("\n", "").replace("\t", "")


def test_a_range_may_reach_over_paragraphs() -> None:
    assert (
        on(saved(paper("第一段前半，后半", "第二段全部", "第三段前半，后半")), "后半\n第二段全部\n第三段")
        == "后半\n第二段全部\n第三段"
    )


def test_words_in_a_table_a_link_an_insertion_and_a_numbered_paragraph() -> None:
    document = paper("开头")
    document.add_table(1, 2).cell(0, 1).text = "表格里的话要改"
    document.add_paragraph("自动编号的一段", style="List Number")
    add_xml(
        document, f"{run_xml('前文')}<w:hyperlink w:anchor='x'>{run_xml('链接里的话')}</w:hyperlink>{run_xml('后文')}"
    )
    inserted = f"<w:ins w:id='7' w:author='张三'>{run_xml('新写的话')}</w:ins>"
    add_xml(
        document, f"{run_xml('前文')}{inserted}<w:del w:id='8' w:author='张三'>{run_xml('删去的话', 'delText')}</w:del>"
    )
    data = saved(document)
    for words in ("格里的话", "动编号的", "接里的", "新写", "写的话", "文链接", "话后"):
        assert on(data, words) == words
    start = read_bytes(data, "a.docx").text.index("写的")
    content = with_comments(data, (start, start + 2))
    assert looks(part(content)) == looks(part(data))
    reference = part(content).find(".//w:commentReference", NS).getparent()
    assert reference.getparent().tag == w("p")  # not in the insertion, which may be refused


@pytest.mark.parametrize("twice", [False, True])
def test_a_comment_on_words_in_a_text_box_stands_at_what_holds_the_box(twice: bool) -> None:
    box = f"<w:txbxContent><w:p>{run_xml('框里的话')}</w:p></w:txbxContent>"
    drawing = f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"
    if twice:
        choice = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        drawing = f"<mc:AlternateContent>{choice}<mc:Fallback>{drawing}</mc:Fallback></mc:AlternateContent>"
    document = paper("开头")
    add_xml(document, f"{run_xml('框前')}<w:r>{drawing}</w:r>{run_xml('框后')}")
    data = saved(document)
    start = read_bytes(data, "a.docx").text.index("里的")
    root = part(with_comments(data, (start, start + 2)))
    assert root.find(".//w:txbxContent//w:commentRangeStart", NS) is None
    holder = root.find(".//w:commentRangeStart", NS).getnext()
    assert holder.find(".//w:txbxContent", NS) is not None
    assert holder.getnext().tag == w("commentRangeEnd")


def test_a_comment_on_a_footnote_stands_at_the_paragraph_of_its_mark() -> None:
    note = f"<w:footnotes xmlns:w='{NS['w']}'><w:footnote w:id='2'><w:p>{run_xml('脚注里的话')}</w:p></w:footnote></w:footnotes>"
    document = paper("开头")
    add_xml(document, f"{run_xml('正文有注')}<w:r><w:footnoteReference w:id='2'/></w:r>")
    data = saved(document)
    relations = parts(data)["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Target="footnotes.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>',
    )
    data = replaced(data, {"word/footnotes.xml": note.encode(), "word/_rels/document.xml.rels": relations})
    assert on(data, "注里的") == "正文有注"


def test_comments_that_are_there_stay_and_the_numbers_go_on() -> None:
    document = paper("第一段的话", "第二段的话")
    document.add_comment(document.paragraphs[0].runs[0], "请核对", "李四", "LS")
    document.add_comment(document.paragraphs[1].runs[0], "同意", "王五", "WW")
    data = saved(document)
    content = with_comments(data, (2, 4), (6, 8))
    found = Document(BytesIO(content)).comments
    assert [(c.comment_id, c.author, c.text) for c in found] == [
        (0, "李四", "请核对"), (1, "王五", "同意"), (2, "checker", "批注"), (3, "checker", "批注"),
    ]  # fmt: skip
    assert commented(part(content))[0] == "第一段的话"
    assert parts(content)["[Content_Types].xml"] == parts(data)["[Content_Types].xml"]


def test_a_strict_document_gets_comments_in_its_own_vocabulary() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = saved(paper("严格格式的文档"))
    old = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = replaced(
        data,
        {
            "word/document.xml": parts(data)["word/document.xml"].replace(NS["w"].encode(), strict.encode()),
            "_rels/.rels": parts(data)["_rels/.rels"].replace(
                old, b"http://purl.oclc.org/ooxml/officeDocument/relationships"
            ),
        },
    )
    content = with_comments(data, (2, 4))
    assert part(content, "word/comments.xml").tag == f"{{{strict}}}comments"
    assert (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
        in parts(content)["word/_rels/document.xml.rels"]
    )
    assert part(content).find(f".//{{{strict}}}commentRangeStart") is not None


# What the comments say


def summary(result: ReportResult) -> str:
    return "\n".join(remarks(result)[0].paragraphs)


def test_the_summary_tells_score_grade_mends_and_what_is_missing(judge: Judge, seeds: list[Path]) -> None:
    result = judge(seeds[0].read_text(encoding="utf-8-sig"))
    told = summary(result)
    assert f"{result.score:g} / 100 分，{result.grade}，未通过" in told
    assert "先做什么：\n1. " in told and "可增" in told
    for element in result.elements:
        if element.verdict == "missing":
            assert f"· {element.title}：{element.reason}{element.advice}" in told


def test_a_missing_element_is_told_at_the_heading_where_it_belongs(judge: Judge, seeds: list[Path]) -> None:
    result = judge(seeds[0].read_text(encoding="utf-8-sig"))
    assert result.source is not None
    at = {r.paragraphs[0]: result.source.text[r.start : r.end] for r in remarks(result)}
    assert at["【缺失】不足的原因（0 / 6 分）"] == "二、存在问题"
    assert result.element("causes").home is not None


def test_a_document_of_another_kind_is_told_so(judge: Judge) -> None:
    assert summary(judge("关于召开会议的通知\n各科室：\n定于周五下午召开会议，请准时参加。")).startswith(
        "审查结果：另一类文件，不评分"
    )


def test_sensitive_words_are_masked(seed_paper: bytes, pack: CompiledPack) -> None:
    result, content = reviewed(seed_paper, pack)
    assert any(finding.sensitive for finding in result.findings)
    assert b"110101199003074514" not in parts(content)["word/comments.xml"]


def test_what_a_user_has_accepted_has_no_comment(seed_paper: bytes, pack: CompiledPack) -> None:
    result, _ = reviewed(seed_paper, pack)
    accepted = result.model_copy(
        update={
            "findings": [finding.model_copy(update={"suppressed": "已核实"}) for finding in result.findings],
            "elements": [element.model_copy(update={"suppressed": "已核实"}) for element in result.elements],
        }
    )
    assert len(remarks(accepted)) == 1 and len(remarks(result)) > 1
    assert "（缺失），理由：已核实" in summary(accepted) and "110101199003074514" not in summary(accepted)


# Reports that are no Word documents


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_becomes_a_document_with_a_paragraph_a_line(judge: Judge, seeds: list[Path], end: str) -> None:
    lines = seeds[2].read_text(encoding="utf-8-sig").split("\n")
    result = judge(end.join(lines))
    content = render(result, "docx")
    assert isinstance(content, bytes)
    document = Document(BytesIO(content))
    assert [paragraph.text for paragraph in document.paragraphs] == lines
    assert document.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.CENTER
    fonts = {node.get(w("eastAsia")) for node in part(content).iter(w("rFonts"))}
    assert fonts == {"宋体"}
    assert b'w:eastAsia="\xe4\xbb\xbf\xe5\xae\x8b"' in parts(content)["word/styles.xml"]
    texts = commented(part(content))
    for number, remark in enumerate(remarks(result)):
        assert texts[number].replace("\n", "") == result.source.text[remark.start : remark.end].replace(end, "")  # type: ignore[union-attr]


def test_a_heading_or_a_sentence_at_the_head_is_no_title(judge: Judge) -> None:
    for head in ("一、工作情况", "2023年，我局认真履职。"):
        content = render(judge(f"{head}\n办理许可12件。"), "docx")
        assert isinstance(content, bytes)
        assert Document(BytesIO(content)).paragraphs[0].alignment is None


def test_characters_that_xml_cannot_hold_do_no_harm(judge: Judge) -> None:
    content = render(judge("某局2023年度法治政府建设报告\f\n加快建设法制政府\x0b。\ud800完"), "docx")
    assert isinstance(content, bytes)
    assert "法制政府" in commented(part(content)).values()


# The command line


def test_score_writes_a_reviewed_copy_and_leaves_the_report_alone(
    tmp_path: Path, seed_paper: bytes, capsys: Any
) -> None:
    source, out = tmp_path / "报告.docx", tmp_path / "批注.docx"
    source.write_bytes(seed_paper)
    assert main(["score", str(source), "-o", str(out), "--exit-zero"]) == 0
    assert source.read_bytes() == seed_paper
    assert len(list(Document(str(out)).comments)) > 5
    assert main(["score", str(source), "-o", str(source)]) == 2
    assert "覆盖" in capsys.readouterr().err


def test_many_reports_go_into_a_folder_each_under_a_name_of_its_own(
    tmp_path: Path, seeds: list[Path], seed_paper: bytes, capsys: Any
) -> None:
    (tmp_path / "乙").mkdir()
    (tmp_path / "甲.docx").write_bytes(seed_paper)
    (tmp_path / "甲.txt").write_bytes(seeds[0].read_bytes())
    (tmp_path / "乙" / "甲.txt").write_bytes(seeds[1].read_bytes())
    (tmp_path / "甲.reviewed.docx").write_bytes(seed_paper)
    names = ["甲.docx", "甲.txt", "乙/甲.txt", "甲.reviewed.docx"]
    files = [str(tmp_path / name) for name in names]
    assert main(["score", *files, "-o", f"docx:{tmp_path}/审查/", "--exit-zero"]) == 0
    written = sorted(path.name for path in (tmp_path / "审查").iterdir())
    assert written == ["甲.reviewed-2.docx", "甲.reviewed-3.docx", "甲.reviewed.docx", "甲.reviewed.reviewed.docx"]
    assert capsys.readouterr().out == ""
    assert main(["score", *files, "-o", str(tmp_path), "--format", "docx", "--exit-zero"]) == 0
    assert (tmp_path / "甲.reviewed.docx").read_bytes() == seed_paper  # an operand is never written over


def test_reports_of_a_folder_keep_their_folders_and_results_are_not_judged_again(
    tmp_path: Path, seeds: list[Path], capsys: Any
) -> None:
    for number, place in enumerate(["局", "街道/东街"]):
        (tmp_path / "报送" / place).mkdir(parents=True)
        (tmp_path / "报送" / place / "报告.txt").write_bytes(seeds[number].read_bytes())
    run = ["score", str(tmp_path / "报送"), "-o", f"docx:{tmp_path}/报送/审查/", "--exit-zero"]
    assert main(run) == 0
    capsys.readouterr()
    assert main(run) == 0  # the second time the results of the first are there
    assert "以前写下的 2 个结果文件没有审查" in capsys.readouterr().err
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.docx")) == [
        "报送/审查/局/报告.reviewed.docx", "报送/审查/街道/东街/报告.reviewed.docx",
    ]  # fmt: skip
    both = [str(tmp_path / "报送" / place) for place in ("局", "街道")]
    assert main(["score", *both, "-o", f"docx:{tmp_path}/两处/", "--exit-zero"]) == 0
    assert len(list((tmp_path / "两处").rglob("*.docx"))) == 2
    assert (tmp_path / "两处" / "街道" / "东街" / "报告.reviewed.docx").exists()


@pytest.mark.parametrize(
    ("out", "options", "said"),
    [
        ("审查.docx", [], "一个只能写一份报告"),
        ("审查/", [], "请说明每份报告写成什么格式"),
        ("审查/", ["--format", "github"], "请说明每份报告写成什么格式"),
        ("没有/审查/", ["--format", "docx"], "上级目录不存在"),
    ],
)
def test_what_cannot_be_written_for_many_reports_is_told_before_any_is_judged(
    tmp_path: Path, seeds: list[Path], capsys: Any, out: str, options: list[str], said: str
) -> None:
    assert (
        main(
            [
                "score",
                str(seeds[0]),
                str(seeds[1]),
                "-o",
                str(tmp_path / out) + ("/" if out.endswith("/") else ""),
                *options,
            ]
        )
        == 2
    )
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_a_report_or_with_several_has_no_document(judge: Judge) -> None:
    run = RunResult(checker="0", pack=PackInfo(id="law-gov", version="1"), reports=[], errors=[])
    with pytest.raises(CheckerError, match="没有可以批注的报告"):
        render(run, "docx")
    one = judge("某局2023年度法治政府建设报告\n办理许可12件。")
    with pytest.raises(UsageError, match="2 份"):
        render(run.model_copy(update={"reports": [one, one]}), "docx")
    with pytest.raises(CheckerError, match="原文"):
        render(one.model_copy(update={"source": None}), "docx")


def test_without_the_components_one_line_tells_what_to_install(
    tmp_path: Path, judge: Judge, seeds: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(CheckerError, match=r"checker\[office\]"):
        render(judge("某局2023年度法治政府建设报告\n办理许可12件。"), "docx")
    for out in ("批注.docx", "docx:审查/"):
        assert main(["score", str(seeds[0]), "-o", out]) == 2
        err = capsys.readouterr().err
        assert "checker[office]" in err and err.count("\n") == 1


# Other programs


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("kind", ["docx", "txt"])
def test_libreoffice_opens_it_and_shows_every_comment(
    tmp_path: Path, seed_paper: bytes, seeds: list[Path], pack: CompiledPack, judge: Judge, kind: str
) -> None:
    pypdf = pytest.importorskip("pypdf")
    if kind == "docx":
        result, content = reviewed(seed_paper, pack)
    else:
        result = judge(seeds[2].read_text(encoding="utf-8-sig"))
        content = render(result, "docx")  # type: ignore[assignment]
    (tmp_path / "a.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    export = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        export,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    notes = [
        "".join(str(note.get_object().get("/Contents", "")).split())
        for page in pypdf.PdfReader(tmp_path / "a.pdf").pages
        for note in page.get("/Annots", [])
    ]
    for remark in remarks(result):
        heading = "".join(remark.paragraphs[0].split())
        assert any(heading in note for note in notes), heading


def test_an_unknown_original_is_set_anew(judge: Judge) -> None:
    """A report read from a PDF has bytes of its own, which are no Word document."""
    result = judge("某局2023年度法治政府建设报告\n加快建设法制政府。")
    assert result.source is not None
    result = result.model_copy(update={"source": replace(result.source, format="pdf", original=b"%PDF-1.7")})
    content = render(result, "docx")
    assert isinstance(content, bytes)
    assert "法制政府" in commented(part(content)).values()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_an_old_word_file_gets_its_comments_in_its_own_layout(tmp_path: Path, pack: CompiledPack) -> None:
    document = paper("某局2023年度法治政府建设报告", ["加快建设", "法制政府", "。"])
    (tmp_path / "a.docx").write_bytes(saved(document))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    result = check(read_bytes((tmp_path / "a.doc").read_bytes(), "a.doc"), pack)
    content = render(result, "docx")
    assert isinstance(content, bytes)
    assert "法制政府" in commented(part(content)).values()
    bold = [run for run in part(content).iter(w("r")) if run.find("w:rPr/w:b", NS) is not None]
    assert ["".join(run.itertext()) for run in bold] == ["法制政府"]
