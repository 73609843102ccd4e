"""Web pages: the main text and its title, whatever the layout; not the furniture around it."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from web_pages import government_page, old_page, saved_by_word

from checker.errors import ReadError
from checker.read import read_bytes

TITLE = "某市某局2023年度法治政府建设情况报告"
BODY = (
    "2023年，我局认真开展各项工作，现将情况报告如下：\n一、主要做法\n开展宣讲12场，办结案件86件，群众评价良好。\n"
    + "逐条对照检查，逐项抓好落实，逐件跟踪问效，发现问题及时纠正。" * 12
    + "\n二、不足\n宣传形式还不够多样，今后加以改进。"
)


def text(page: str | bytes) -> str:
    report = read_bytes(page.encode() if isinstance(page, str) else page, "x")
    assert report.format in ("html", "mhtml")
    return report.text


@pytest.mark.parametrize("build", [government_page, old_page, saved_by_word])
def test_the_main_text_and_its_title_alone(build: object) -> None:
    assert text(build(TITLE, BODY)) == f"{TITLE}\n{BODY}\n"  # type: ignore[operator]


@pytest.mark.parametrize(
    "data",
    [
        government_page(TITLE, BODY).decode().encode("utf-8-sig"),
        government_page(TITLE, BODY).decode().encode("utf-16"),
        government_page(TITLE, BODY).decode().replace('<meta charset="utf-8">', "").encode("gbk"),
        government_page(TITLE, BODY).decode().encode("gbk"),
        b"\r\n\r\n<!-- x -->" + government_page(TITLE, BODY),
    ],
    ids=["bom", "utf-16", "gbk unsaid", "gbk that says utf-8", "comment first"],
)
def test_encodings(data: bytes) -> None:
    assert text(data) == f"{TITLE}\n{BODY}\n"


def test_paragraphs_breaks_and_spaces() -> None:
    assert text(
        "<html><body><p>甲\n  乙<b>丙</b></p><div>丁<br>戊<div>己</div>庚</div><pre>辛\n壬</pre></body></html>"
    ) == ("甲 乙丙\n丁\n戊\n己\n庚\n辛\n壬\n")


def test_tables_and_lists() -> None:
    page = "<html><body><table><tr><th>事项</th><th>件数</th></tr><tr><td>处罚</td><td></td><td>86</td></tr></table>"
    page += '<ol start="3"><li>甲</li><li><p>乙</p></li></ol><ul><li>丙</li></ul></body></html>'
    report = read_bytes(page.encode(), "x")
    assert report.text == "事项 | 件数\n处罚 | 86\n3. 甲\n4. 乙\n丙\n"
    assert [(origin.part, origin.paragraph) for _, origin in report.origins][:3] == [
        ("table", 1),
        ("table", 2),
        ("body", 3),
    ]


def test_a_list_within_a_list_bears_marks_of_its_own() -> None:
    inner = "<ol><li>乙<ol><li>丙</li><li>丁</li></ol></li><li>戊</li></ol>"
    page = f"<html><body><ol><li>甲{inner}</li><li>己</li><li value='7'>庚</li><li>辛</li></ol></body></html>"
    assert text(page) == "1. 甲\n（1）乙\n①丙\n②丁\n（2）戊\n2. 己\n7. 庚\n8. 辛\n"


OUTLINE = (
    (0, "2024年主要工作"), (1, "加强党的领导"), (None, "主要负责人听取法治政府建设汇报3次，推动解决问题5个。"),
    (2, "组织集中学习12次"), (2, "开展述法8人次"), (1, "规范行政执法"), (None, "全年办理行政处罚案件12件，无一被撤销。"),
    (2, "开展检查20次"), (0, "存在的问题"), (1, "执法力量不足"), (1, "普法形式单一"), (None, "以上两项均列入整改台账。"),
    (1, "制度供给偏慢"), (0, "2025年工作安排"), (1, "充实执法人员"),
)  # fmt: skip
NUMBERED = """1. 2024年主要工作
（1）加强党的领导
主要负责人听取法治政府建设汇报3次，推动解决问题5个。
①组织集中学习12次
②开展述法8人次
（2）规范行政执法
全年办理行政处罚案件12件，无一被撤销。
①开展检查20次
2. 存在的问题
（1）执法力量不足
（2）普法形式单一
以上两项均列入整改台账。
（3）制度供给偏慢
3. 2025年工作安排
（1）充实执法人员
"""


SAVED = (  # by LibreOffice, without its styles
    "<ol><li><p>2024年主要工作</p>"
    "<ol><li><p>加强党的领导</p></ol></ol>"
    "<p>主要负责人听取法治政府建设汇报3次，推动解决问题5个。</p>"
    "<ol><ol><ol><li><p>组织集中学习12次</p><li><p>开展述法8人次</p></ol><li><p>规范行政执法</p></ol></ol>"
    "<p>全年办理行政处罚案件12件，无一被撤销。</p>"
    "<ol><ol><ol><li><p>开展检查20次</p></ol></ol><li><p>存在的问题</p>"
    "<ol><li><p>执法力量不足</p><li><p>普法形式单一</p></ol></ol>"
    "<p>以上两项均列入整改台账。</p>"
    "<ol><ol start='3'><li><p>制度供给偏慢</p></ol><li><p>2025年工作安排</p>"
    "<ol><li><p>充实执法人员</p></ol></ol>"
)


def test_the_outline_of_a_page_saved_by_libreoffice_is_counted_on() -> None:
    title = "<p>某县司法局2024年法治政府建设年度报告</p>"
    head, foot = '<div title="header"><p>某县人民政府办公室文件</p></div>', '<div title="footer"><p>第1页</p></div>'
    contents = '<div id="Table of Contents1" dir="ltr"><p>主要工作 1</p></div>'
    page = f"<html><body>{head}{title}{contents}{SAVED}{foot}</body></html>"
    assert text(page) == f"某县司法局2024年法治政府建设年度报告\n{NUMBERED}"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_a_word_file_saved_as_a_page_by_libreoffice_keeps_its_outline(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "某县人民政府办公室文件"
    document.add_paragraph("某县司法局2024年法治政府建设年度报告")
    number(document, OUTLINE)
    document.save(str(tmp_path / "x.docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "html",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "x.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert text((tmp_path / "x.html").read_bytes()) == f"某县司法局2024年法治政府建设年度报告\n{NUMBERED}"


def number(document: Any, outline: Iterable[tuple[int | None, str]]) -> None:
    """Write an outline as one automatic list of three levels, with plain paragraphs in between."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{level + 1}."/></w:lvl>'
        for level in range(3)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, words in outline:
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        if depth is not None:
            marks = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
            properties.append(parse_xml(marks))


def test_a_title_broken_over_lines_above_the_text() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY.splitlines())
    page = f"<html><head><title>{TITLE}-某局</title></head><body><div>某市某局2023年度<br/>法治政府建设情况报告</div><div>时间：2024</div>"
    assert text(f"{page}<div>{paragraphs}</div></body></html>") == f"某市某局2023年度\n法治政府建设情况报告\n{BODY}\n"


def test_hidden_parts_and_scripts_are_left_out() -> None:
    page = (
        "<html><body><script>var x='甲。';</script><div style='display: none'>乙</div><p>"
        + BODY
        + "</p><noscript>丙</noscript></body></html>"
    )
    assert text(page) == " ".join(BODY.splitlines()) + "\n"


def test_what_calls_itself_navigation_but_holds_the_text_is_read() -> None:
    assert text(f'<html><body><div class="nav"><p>{"正文很长，" * 20}</p></div></body></html>').startswith("正文很长，")


def test_a_page_saved_with_its_pictures() -> None:
    page = base64.encodebytes(government_page(TITLE, BODY)).decode()
    head = 'From: <Saved>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"; type="text/html"\n\n'
    parts = f"--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{page}\n"
    parts += "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw==\n--b--\n"
    report = read_bytes((head + parts).encode(), "报告.doc")
    assert report.format == "mhtml" and report.text == f"{TITLE}\n{BODY}\n"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html><head><script>load()</script></head><body><div id=app></div></body></html>",
        "<!DOCTYPE html>",
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: image/png\n\nx\n--b--\n',
    ],
)
def test_a_page_without_text_is_told(page: str) -> None:
    with pytest.raises(ReadError, match="正文"):
        text(page)


def test_deep_and_huge_pages_take_little_time() -> None:
    assert "正文" in text("<html><body>" + "<div>" * 150 + "正文" + "</div>" * 150)
    with pytest.raises(ReadError):
        text("<html><body>" + "<div>" * 100_000 + "正文")
    with pytest.raises(ReadError, match="过大"):
        text("<html><body>" + "<p>甲" * 800_001)
    assert text("<html><body>" + "<p>甲</p>" * 50_000).count("\n") == 50_000


def test_plain_text_with_an_angle_bracket_stays_text() -> None:
    for source in ("<2023年>某局报告，办结案件86件，是规范的。", "< 一 > 主要做法，的确是有的。"):
        assert read_bytes(source.encode(), "x").format == "text"
