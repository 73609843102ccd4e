"""The page: valid, self-contained, every link leads somewhere, nothing of a report is taken for HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import pytest
from made import EVERYTHING, HOSTILE, IDENTITY, OTHER, TEXT, hostile, in_word, report, run

from checker import render
from checker.models.result import ReportResult, RunResult
from checker.render.page import report_page, tallies


def page(result: RunResult | ReportResult) -> Any:
    """The tree of a page, once a strict parser has found no error in it."""
    html = render(result, "html")
    assert isinstance(html, str)
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


def texts(node: Any) -> str:
    return "".join(node.itertext())


def ids(tree: Any) -> list[str]:
    return [node.get("id") for node in tree.iter() if node.get("id")]


def links(tree: Any) -> Iterator[str]:
    return (node.get("href") for node in tree.iter("a"))


@pytest.fixture(scope="module")
def real(judge: Callable[..., ReportResult], seeds: list[Path]) -> RunResult:
    return run(*(judge(path.read_text(encoding="utf-8"), name=path.name) for path in seeds))


def test_pages_are_valid_ids_unique_and_links_resolve(real: RunResult) -> None:
    for result in (real, EVERYTHING, run(OTHER), run(), report(), hostile(), in_word()):
        tree = page(result)
        found = Counter(ids(tree))
        assert not [name for name, times in found.items() if times > 1]
        assert {link.removeprefix("#") for link in links(tree)} <= set(found)
        assert all(link.startswith("#") for link in links(tree))


def test_the_page_needs_nothing_else_and_no_script() -> None:
    tree = page(EVERYTHING)
    tags = {node.tag for node in tree.iter() if isinstance(node.tag, str)}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    for node in tree.iter():
        assert not [name for name in node.attrib if str(name).startswith("on") or name in ("src", "style", "srcset")]
    assert "url(" not in texts(tree.find(".//style")) and "@import" not in texts(tree.find(".//style"))


def test_hostile_text_stands_on_the_page_as_text() -> None:
    told = texts(page(hostile()))
    assert "<script>alert(1)</script>" in told and "{{ 7*7 }}" in told
    assert not set(told) & set("\x00\x07\x1b\u202e\ud800")


def test_the_source_stands_on_the_page_whole(real: RunResult) -> None:
    for result, node in zip(real.reports, page(real).iter("article"), strict=True):
        assert result.source is not None
        assert "\n".join(texts(words) for words in _lines(node)) == result.source.text


def _lines(article: Any) -> Iterator[Any]:
    """The words of each line, without the small links before marks."""
    for words in article.iterfind(".//span[@class='words']"):
        for reference in words.findall("a"):
            reference.text = ""
        yield words


def test_each_piece_of_evidence_and_its_place_in_the_text_link_to_each_other(real: RunResult) -> None:
    tree = page(real)
    by_id = {node.get("id"): node for node in tree.iter() if node.get("id")}
    marks = [node for node in tree.iter("a") if node.get("class", "").startswith("ref ")]
    count = sum(len(r.findings) + sum(len(e.evidence) for e in r.elements) for r in real.reports)
    assert len(marks) == count > 100
    for mark in marks:
        item = by_id[mark.get("href")[1:]]
        assert f"#{mark.get('id')}" in set(links(item))


def test_nested_and_overlapping_marks_show_both_kinds() -> None:
    tree = page(report())
    kinds = {texts(node): node.get("class") for node in tree.iter("mark")}
    assert kinds["标"] == "m-met" and kinds["题"] == "m-met m-error" and kinds["𠮷"] == "m-met m-error"
    assert kinds["字"] == "m-met m-suppressed"
    assert f"340{'*' * 13}18" in kinds and IDENTITY not in texts(tree)


def test_a_crossing_mark_goes_on_in_the_next_line() -> None:
    made = report_page(report(), {})
    crossing = [[s.text for s in line.segments if any(id.startswith("r1-f4") for id in s.ids)] for line in made.lines]
    assert [words for words in crossing if words] == [["跨"], ["行"]]


def test_language_headings_and_verdicts_in_words() -> None:
    tree = page(EVERYTHING)
    assert tree.get("lang") == "zh-CN" and tree.find(".//title") is not None
    levels = [int(node.tag[1]) for node in tree.iter() if re.fullmatch(r"h[1-6]", str(node.tag))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    told = texts(tree)
    assert all(
        word in told for word in ("达标", "薄弱", "缺失", "不适用", "已豁免：本局无此职责", "未能审查", "另一类文件")
    )
    assert all(th.get("scope") for th in tree.iter("th"))


def test_colours_have_contrast(project: Path) -> None:
    """WCAG AA, 4.5 to 1, for dark text on every light ground and the dim colour on white."""
    css = (project / "checker" / "render" / "templates" / "report.css").read_text(encoding="utf-8")
    grounds = re.findall(r"\.[km]-[\w-]+(?:\.m-\w+)? \{ background: (#[0-9a-f]{6})", css)
    assert len(grounds) > 8
    assert min(_contrast("#1b1f24", ground) for ground in grounds) >= 4.5
    for name in ("dim", "link"):
        color = re.search(rf"--{name}: (#[0-9a-f]{{6}})", css)
        assert color and _contrast(color[1], "#ffffff") >= 4.5


def _contrast(one: str, other: str) -> float:
    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_many_reports_get_a_summary_a_heat_map_and_what_is_missing_most() -> None:
    tree = page(run(report(), report(file="乙.txt"), OTHER, errors=(("坏.txt", "空的"),)))
    heat = tree.find(".//table[@class='heat']")
    assert [texts(cell) for cell in heat.findall(".//tr")[1].findall("td")] == ["达", "弱", "缺", "免", "—"]
    assert len(heat.findall(".//tr")) == 3  # a document of another kind has no verdicts
    (bars,) = tree.iterfind(".//table[@class='bars']")
    assert texts(bars.find(".//tbody/tr/th")) == "要素c"
    assert len(tree.find(".//table[@class='summary']").findall(".//tbody/tr")) == 4


def test_reports_of_two_packs_shapes_stay_in_their_columns() -> None:
    """A report that lacks an element leaves its cell empty."""
    short = report(elements=[e for e in report().elements if e.id != "b"])
    rows = page(run(report(), short)).find(".//table[@class='heat']").findall(".//tbody/tr")
    assert [texts(cell) for cell in rows[1].findall("td")] == ["达", "", "缺", "免", "—"]


def test_what_is_missing_most_comes_first_and_accepted_or_not_asked_does_not_count() -> None:
    told = tallies([report(), report()])
    assert [(t.title, t.missing, t.weak, t.asked) for t in told] == [("要素c", 2, 0, 2), ("要素b", 0, 2, 2)]


def test_one_report_has_no_summary() -> None:
    tree = page(report())
    assert tree.find(".//table[@class='summary']") is None and "先做什么" in texts(tree)


def test_a_report_without_its_text_has_no_dead_links() -> None:
    tree = page(report(source=None))
    assert not list(tree.iter("mark")) and "题𠮷" in texts(tree)


def test_a_word_file_is_labelled_by_paragraph() -> None:
    labels = [texts(node) for node in page(in_word()).iterfind(".//span[@class='no']")]
    assert labels[:3] == ["段1", "段2", ""]


def test_line_ends_of_all_kinds_keep_the_lines() -> None:
    text = "一、标题𠮷字\r\n二\r三\n"
    made = report_page(report(text), {})
    assert ["".join(s.text for s in line.segments) for line in made.lines] == ["一、标题𠮷字", "二\n三", ""]


def test_hostile_marks_are_the_source(judge: Callable[..., ReportResult]) -> None:
    assert TEXT.count(HOSTILE) == 1
    assert "<script>" not in str(render(hostile(), "html")).split("</style>")[1]
