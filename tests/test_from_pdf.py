"""PDF: the report in it is judged as its text would be, wherever lines, columns and pages break; places stay known."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from ofd import ofd_of
from printed import HEADER, drawn, printed_by_word, printed_in_columns, printed_lines, put_lines
from tiny import GOOD

from checker import read_report
from checker.cli import main
from checker.compiled import CompiledPack
from checker.engine import check
from checker.errors import ReadError
from checker.models.document import RawReport
from checker.models.result import ReportResult
from checker.read import pdf_pages, read_bytes, recognition

pytest.importorskip("pypdfium2")

LINE = "我局认真贯彻落实上级部署要求扎实推进各项工作取"  # 24 characters, 384 points at 16
WORDS = "零甲乙丙丁"
LEFT, FULL = 100, 100 + 16 * 24


def outcome(report: ReportResult) -> dict[str, Any]:
    """What the file's format must not change."""
    return {
        "facts": (report.kind, report.agency, report.level, report.report_year, report.score),
        "verdicts": {element.id: element.verdict for element in report.elements},
        "findings": [(finding.id, finding.text) for finding in report.findings],
    }


def paragraphs(text: str) -> list[str]:
    return ["".join(line.split()) for line in text.splitlines() if line.strip()]


def check_places(raw: RawReport, report: ReportResult, pages: int) -> None:
    """Every place is an exact slice with a page and a line, in the order of the text."""
    places = [*report.findings, *(place for element in report.elements for place in element.evidence)]
    assert places
    for place in places:
        assert raw.text[place.start : place.end] == place.text
        assert place.origin is not None and place.origin.page and place.origin.line
    told = [(origin.page, origin.line) for _, origin in raw.origins]
    assert told == sorted(set(told)) and told[-1][0] == pages


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, seeds: list[Path]) -> dict[str, dict[bool, Path]]:
    """The seeds printed by LibreOffice, with first lines indented or not."""
    texts = {seed.stem: seed.read_text(encoding="utf-8") for seed in seeds}
    found = {way: printed_by_word(tmp_path_factory.mktemp("word"), texts, indent=way) for way in (True, False)}
    return {name: {way: found[way][name] for way in found} for name in texts}


@pytest.mark.parametrize("indent", [True, False], ids=["indented", "spaced"])
def test_a_printed_word_document_is_judged_as_its_text(
    indent: bool, printed: dict[str, dict[bool, Path]], seeds: list[Path], pack: CompiledPack
) -> None:
    for seed in seeds:
        raw, text = read_report(printed[seed.stem][indent]), read_report(seed)
        assert paragraphs(raw.text) == paragraphs(text.text)  # so no head, foot or page number either
        report = check(raw, pack)
        assert outcome(report) == outcome(check(text, pack))
        assert (report.format, report.notes) == ("pdf", [])
        check_places(raw, report, pages_of(printed[seed.stem][indent].read_bytes()))


@pytest.mark.parametrize(("columns", "indent", "size"), [(1, 2, 12), (1, 0, 12), (2, 2, 10), (2, 0, 10), (3, 2, 8)])
def test_columns_and_margins_change_no_verdict(
    columns: int, indent: int, size: float, seeds: list[Path], pack: CompiledPack
) -> None:
    for seed in seeds:
        data = printed_in_columns(seed.read_text(encoding="utf-8"), columns, indent, size)
        raw, text = read_bytes(data, "x.pdf"), read_report(seed)
        assert "".join(paragraphs(raw.text)) == "".join(paragraphs(text.text))
        report = check(raw, pack)
        assert outcome(report) == outcome(check(text, pack))
        check_places(raw, report, pages_of(data))


def pages_of(data: bytes) -> int:
    return len(pdf_pages.open_pages(data))


def lines(*texts: str, top: float = 100, x: float = LEFT) -> list[tuple[float, float, str]]:
    return [(x, top + 28 * index, text) for index, text in enumerate(texts)]


def indented(*texts: str, top: float = 100) -> list[tuple[float, float, str]]:
    """Lines of one paragraph: the first one indented."""
    first, *others = lines(*texts, top=top)
    return [(LEFT + 32, first[1], first[2]), *others]


def test_a_place_is_told_by_page_and_line() -> None:
    body = [*indented(LINE[:22], LINE, "得成效。"), *indented("二、不足", top=184)]
    foot = [(280, 800, "- 1 -")]
    raw = read_bytes(printed_lines([[*body, *foot], [*lines("最后一行在第二页。"), (280, 800, "- 2 -")]]), "x")
    assert raw.text == f"{LINE[:22]}{LINE}得成效。\n二、不足\n最后一行在第二页。\n"
    places = {word: raw.origin(raw.text.index(word)) for word in ("得成效", "不足", "最后")}
    assert {word: (o.page, o.line) for word, o in places.items() if o} == {
        "得成效": (1, 3),
        "不足": (1, 4),
        "最后": (2, 1),
    }


def test_a_page_may_end_in_mid_sentence_and_inside_a_heading() -> None:
    heading = "二、深入学习贯彻重要思想切实增强依法履职的思想自觉和行动自觉"
    first = [*indented(LINE[:22], LINE), *indented(LINE[:22], LINE, top=700)]
    second = [*lines(LINE, "得成效。"), *indented(heading[:22], top=740)]
    third = [*lines(heading[22:]), *indented(LINE[:22], LINE, "得成效。", top=128)]
    pages = [[*page, (280, 810, f"— {n} —"), (100, 40, HEADER)] for n, page in enumerate((first, second, third), 1)]
    raw = read_bytes(printed_lines(pages), "x")
    assert raw.text.splitlines() == [
        LINE[:22] + LINE,
        LINE[:22] + LINE * 2 + "得成效。",
        heading,
        LINE[:22] + LINE + "得成效。",
    ]


def test_a_letter_spaced_title_is_the_title(pack: CompiledPack) -> None:
    def title(canvas: Any) -> None:
        put_lines(canvas, [(110, 90, "某市司法局")], size=26)
        put_lines(canvas, [(110 + 52 * i, 140, c) for i, c in enumerate("年度工作报告")], size=26)
        put_lines(canvas, [*indented(LINE[:22], LINE, "得成效。", top=200)])

    assert read_bytes(drawn([title]), "x").text.splitlines()[1] in ("年 度 工 作 报 告", "年\t度\t工\t作\t报\t告")
    spaced = drawn(
        [lambda canvas: put_lines(canvas, [(90 + 32 * i, 90, c) for i, c in enumerate("2023年法治政府建设报告")])]
    )
    element = check(read_bytes(spaced, "x"), pack, year=2023).report_year
    assert element == 2023 and check(read_bytes(spaced, "x"), pack).report_year == 2023


def test_a_title_that_fills_its_first_line_is_one_title() -> None:
    def page(canvas: Any) -> None:
        put_lines(canvas, [(LEFT, 80, "某某县市场监督管理局二〇二四年度工作"), (LEFT + 148, 110, "年度报告")], size=22)
        put_lines(canvas, [*indented(LINE[:22], LINE, "得成效。", top=180), *indented(LINE[:22], LINE, top=264)])

    assert read_bytes(drawn([page]), "x").text.splitlines()[0] == "某某县市场监督管理局二〇二四年度工作年度报告"


@pytest.mark.parametrize(
    "numbers",
    ["- {} -", "— {} —", "第 {} 页 共 4 页", "第{}页", "{}", "{}/4", "Page {} of 4", "·{}·"],
)
def test_page_numbers_and_running_heads_go_and_nothing_else(numbers: str) -> None:
    pages = []
    for n in (1, 2, 3, 4):
        head = "单页的页眉" if n % 2 else "双页的页眉"
        body = (
            indented(f"{WORDS[n]}这是第 {n} 页", top=100)
            + indented("- 5 -", top=400)
            + indented("重复的一行。", top=500)
        )
        pages.append([(300, 40, head), *body, (270, 800, numbers.format(n))])
    raw = read_bytes(printed_lines(pages), "x")
    expected = [line for n in (1, 2, 3, 4) for line in (f"{WORDS[n]}这是第 {n} 页", "- 5 -", "重复的一行。")]
    assert raw.text.splitlines() == expected


def test_rows_of_a_table_stay_rows() -> None:
    rows = [("单位", "件数", "比例"), ("甲局", "12", "30%"), ("乙局", "28", "70%"), ("合计", "40", "100%")]
    table = [
        (x, 200 + 28 * i, cell) for i, row in enumerate(rows) for x, cell in zip((100, 250, 400), row, strict=True)
    ]
    raw = read_bytes(printed_lines([[*indented(LINE[:22], LINE, "得成效。"), *table]]), "x")
    assert raw.text.splitlines()[1:] == ["\t".join(row) for row in rows]


def test_turned_pages_are_read_as_they_are_seen() -> None:
    text = indented(LINE[:22], LINE, "得成效。")

    def sideways(canvas: Any) -> None:
        canvas.rotate(90)
        canvas.translate(0, -842)
        put_lines(canvas, text)

    def turned(canvas: Any) -> None:
        canvas.setPageRotation(90)
        put_lines(canvas, text)

    expected = read_bytes(printed_lines([text]), "x").text
    assert read_bytes(drawn([sideways], (842, 842)), "x").text == expected
    assert read_bytes(drawn([turned]), "x").text == expected


def test_invisible_text_counts_as_text() -> None:
    assert read_bytes(printed_lines([lines(LINE)], mode=3), "x").text == LINE + "\n"


def test_watermarks_across_the_text_are_left_out() -> None:
    def page(canvas: Any) -> None:
        put_lines(canvas, indented(LINE[:22], LINE, "得成效。"))
        canvas.translate(200, 500)
        canvas.rotate(45)
        canvas.setFont("STSong-Light", 50)
        canvas.drawString(0, 0, "内部资料")

    text = read_bytes(drawn([page, page, page]), "x").text
    assert "内部" not in text and text.count("得成效。") == 3


def test_english_words_keep_their_spaces_at_line_ends() -> None:
    raw = read_bytes(printed_lines([lines("x" * 46 + " end", "Word and 20", "23 go on.")]), "x")
    assert "end Word" in raw.text


def locked(data: bytes, user: str, owner: str) -> bytes:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, owner, algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_password_to_open_is_told_one_to_edit_is_none() -> None:
    pytest.importorskip("cryptography")
    data = printed_lines([lines(LINE)])
    assert read_bytes(locked(data, "", "owner"), "x").text == LINE + "\n"
    with pytest.raises(ReadError, match="有打开密码"):
        read_bytes(locked(data, "user", "owner"), "x")


def picture(canvas: Any) -> None:
    """A page that is nothing but a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)


def test_a_scan_is_told_where_recognition_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PIL")
    monkeypatch.setattr(recognition, "is_installed", lambda: False)
    with pytest.raises(ReadError, match=r"这是扫描件.*checker\[ocr\]"):
        read_bytes(drawn([picture, picture]), "x")
    text = lambda canvas: put_lines(canvas, indented(LINE[:22], LINE, "得成效。"))  # noqa: E731
    raw = read_bytes(drawn([text, picture, lambda canvas: put_lines(canvas, lines(WORDS))]), "x")
    assert raw.text == f"{LINE[:22]}{LINE}得成效。\n{WORDS}\n"
    assert len(raw.notes) == 1 and "第 2 页是图片" in raw.notes[0] and "没有审查" in raw.notes[0]


def test_without_the_extra_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "checker.read.from_pdf", None)
    with pytest.raises(ReadError, match=r"checker\[pdf\]"):
        read_bytes(printed_lines([lines(LINE)]), "x")


def test_folders_are_searched_for_pdf_and_ofd(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(printed_in_columns(GOOD, 1, 2))
    (folder / "b.OFD").write_bytes(ofd_of(GOOD))
    (folder / "c.pdf").write_bytes(b"%PDF-1.7\n")
    assert main(["score", "--pack", str(tiny), "--format", "json", str(folder)]) == 2
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert [(r["format"], r["score"]) for r in document["reports"]] == [("pdf", 100), ("ofd", 100)]
    assert len(err.splitlines()) == 1 and "c.pdf：PDF 文件已损坏" in err
