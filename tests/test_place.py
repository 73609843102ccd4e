"""Places are told in the words of the document they stand in."""

from __future__ import annotations

import pytest

from checker.models.document import Origin
from checker.models.result import Evidence
from checker.render.place import place, places


def evidence(origin: Origin | None, line: int = 5) -> Evidence:
    return Evidence(start=0, end=1, line=line, column=1, text="甲", section="work-done", origin=origin)


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        (None, "第 5 行"),
        (Origin(), "第 5 行"),
        (Origin(paragraph=12, run=2), "第 12 段"),
        (Origin("table", paragraph=14), "第 14 段（表格）"),
        (Origin("text-box", paragraph=2), "第 2 段（文本框）"),
        (Origin("footnote", paragraph=4), "脚注第 4 段"),
        (Origin(page=3, line=7), "第 3 页第 7 行"),
        (Origin(page=3), "第 3 页"),
    ],
)
def test_a_place_in_words(origin: Origin | None, told: str) -> None:
    assert place(evidence(origin)) == told


def test_places_are_told_once_and_not_all() -> None:
    lines = [evidence(None, line) for line in (3, 3, 5, 8)]
    assert places(lines, 8) == "第 3、5、8 行"
    assert places(lines, 2) == "第 3、5等 行"
    paragraphs = [evidence(Origin(paragraph=number)) for number in (3, 4, 3)]
    assert places(paragraphs, 8) == "第 3 段、第 4 段"
    assert places(paragraphs, 1) == "第 3 段等"
