"""Pictures: drawn with a Chinese font or refused; the same result gives the same picture."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import pytest
from made import EVERYTHING, OTHER, report, run

from checker import render
from checker.errors import CheckerError
from checker.render import fonts
from checker.render.fonts import chinese_font, drawable


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """What one test makes the computer look like is forgotten after it."""
    chinese_font.cache_clear()
    yield
    chinese_font.cache_clear()


@pytest.fixture
def _font() -> None:
    try:
        chinese_font()
    except CheckerError:
        pytest.skip("no Chinese font is installed")


@pytest.mark.usefixtures("_font")
def test_the_pictures_are_what_they_say() -> None:
    png = render(EVERYTHING, "png")
    assert isinstance(png, bytes) and png.startswith(b"\x89PNG\r\n\x1a\n") and len(png) > 10_000
    svg = render(EVERYTHING, "svg")
    assert isinstance(svg, str) and ElementTree.fromstring(svg).tag.endswith("svg")
    assert "<text" not in svg and "<image" not in svg  # words are shapes: no font is needed to see them


@pytest.mark.usefixtures("_font")
def test_the_same_result_gives_the_same_picture() -> None:
    result = run(report(), report(file="乙.txt"))
    assert render(result, "svg") == render(result, "svg")
    assert render(result, "png") == render(result, "png")


@pytest.mark.usefixtures("_font")
@pytest.mark.parametrize("count", [1, 61, 151])
def test_any_number_of_reports_can_be_drawn(count: int) -> None:
    png = render(run(*(report(file=f"{n}.txt") for n in range(count))), "png")
    assert isinstance(png, bytes)
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    assert 300 < width < 6000 and 150 < height < 3000


@pytest.mark.usefixtures("_font")
def test_too_many_reports_and_none_are_refused_in_words() -> None:
    with pytest.raises(CheckerError, match="报告太多"):
        render(run(*[report()] * 2001), "png")
    with pytest.raises(CheckerError, match="没有可以画图的结果"):
        render(run(OTHER), "png")


@pytest.mark.usefixtures("_font")
def test_no_boxes_for_what_the_font_lacks() -> None:
    assert drawable("报告\U000e0101.txt", chinese_font()) == "报告?.txt"


def test_without_a_chinese_font_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ("Nonesuch Sans",))
    with pytest.raises(CheckerError, match="中文字体"):
        render(run(report()), "png")


def test_a_font_that_has_no_chinese_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ("DejaVu Sans",))
    with pytest.raises(CheckerError, match="中文字体"):
        chinese_font()
