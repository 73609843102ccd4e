"""OFD: the report in it is judged as its text would be; templates and page numbers are no part of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from ofd import LEADING, LEFT, SIZE, TOP, ofd_of, package, page, text_object
from test_from_pdf import check_places, outcome, paragraphs

from checker import read_report
from checker.compiled import CompiledPack
from checker.engine import check
from checker.errors import ReadError
from checker.read import read_bytes
from checker.read.packaged import open_package

pytest.importorskip("lxml")


@pytest.mark.parametrize("absolute", [False, True], ids=["relative", "absolute"])
def test_an_ofd_is_judged_as_its_text(absolute: bool, seeds: list[Path], pack: CompiledPack) -> None:
    for seed in seeds:
        data = ofd_of(seed.read_text(encoding="utf-8"), absolute=absolute)
        raw, text = read_bytes(data, "x.ofd"), read_report(seed)
        assert "".join(paragraphs(raw.text)) == "".join(paragraphs(text.text))
        report = check(raw, pack)
        assert outcome(report) == outcome(check(text, pack))
        assert report.format == "ofd"
        check_places(raw, report, sum("Pages/" in name for name in open_package(data).names))


def test_text_stands_where_its_matrix_puts_it() -> None:
    """Objects in any order, scaled, with steps left out, several codes in one object."""
    scaled = text_object(1, 28, TOP, "第一行的前半", extra="").replace('Font="3"', 'Font="3" CTM="0.5 0 0 0.5 0 0"')
    codes = (
        f'<ofd:TextObject Boundary="28 {TOP + 20} 100 9" Size="5"><ofd:TextCode X="0" Y="5">第三行</ofd:TextCode>'
        '<ofd:TextCode X="40">后半</ofd:TextCode><ofd:TextCode X="0" Y="15">第四行</ofd:TextCode></ofd:TextObject>'
    )
    hidden = text_object(5, 28, 200, "看不见的", extra='Visible="false"')
    text = read_bytes(package([page(codes + text_object(3, 28, TOP + LEADING, "第二行") + hidden + scaled)]), "x").text
    assert text.splitlines() == ["第一行的前半", "第二行", "第三行\t后半", "第四行"]


def test_text_that_stands_in_templates_alone_is_the_report() -> None:
    assert (
        read_bytes(package([page("")], text_object(1, LEFT, TOP, "全部文字在模板里")), "x").text == "全部文字在模板里\n"
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (package([page("")]), "OFD 里没有文字"),
        (package([page('<ofd:ImageObject ID="1" Boundary="0 0 210 297" ResourceID="5"/>')]), "页面是图片"),
        (package([]), "OFD 里没有文字"),
        (package(["<ofd:Page"]), "损坏"),
        (package(['<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>']), "外部实体"),
        (package([page("")]).replace(b"Doc_0/Document.xml", b"Doc_0/Missing0.xml"), "缺少必需的部分"),
        (ofd_of("一行")[:-30], "损坏"),
        (package([page(text_object(1, LEFT, TOP, "字").replace("28.0", "nan"))] * 2001), "超过 2000 页"),
    ],
    ids=["empty", "picture", "no pages", "broken", "entity", "missing", "cut off", "too many"],
)
def test_what_cannot_be_read_is_told(data: bytes, told: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "x.ofd")
    assert told in str(caught.value) and "\n" not in str(caught.value)


def test_numbers_without_sense_do_no_harm() -> None:
    odd = (
        text_object(1, LEFT, TOP, "字" * 9)
        .replace(f'DeltaX="{" ".join([str(SIZE)] * 8)}"', "")
        .replace("g 8", "g 999999999")
    )
    sized = text_object(3, LEFT, TOP + 40, "大").replace(f'Size="{SIZE}"', 'Size="1e300"')
    assert read_bytes(package([page(odd + sized)]), "x").text.count("字") == 9
