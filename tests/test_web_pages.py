"""Web pages: the main text and its title, whatever the layout; not the furniture around it."""

from __future__ import annotations

import base64

import pytest
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
