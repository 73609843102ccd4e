"""Changes of content that touch no rule change nothing: another name, other years, another order, a harmless sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from conftest import source
from test_metamorphic import SOME, judged, law_gov
from test_mutation import BASES, Judge

from checker.engine import check
from checker.models.document import RawReport
from checker.models.result import ReportResult

OF_ITS_TIME = {"outdated-reference", "set-phrase"}  # findings of a certain year
YEAR = re.compile(r"(?<!\d)20\d\d(?=\s*年|—20\d\d|-20\d\d)|(?<=\d[—-])20\d\d(?=年)")
TITLE = re.compile(r"《[^《》]*》")
HARMLESS = (
    "附：有关数据由办公室汇总，统计口径与往年一致。",
    "感谢社会各界的关心和支持。",
    "本报告电子版可以在门户网站下载。",
)


def said(result: ReportResult, *without: str) -> dict[str, object]:
    """What a result says, but for places that move and findings of some rules."""
    return {
        "kind": result.kind,
        "verdicts": {e.id: e.verdict for e in result.elements},
        "findings": [(f.id, f.severity) for f in result.findings if f.id not in without],
    }


def report(path: Path, change: Callable[[str], str] | None = None) -> ReportResult:
    text = source(path)
    return check(RawReport("x", change(text) if change else text), law_gov())


@pytest.mark.parametrize("sentence", HARMLESS)
@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem[:8])
def test_a_harmless_sentence_at_the_end_changes_nothing(path: Path, sentence: str) -> None:
    changed = report(path, lambda text: f"{text.rstrip()}\n{sentence}\n")
    assert said(changed) == said(report(path))
    assert changed.score == judged(path).score


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem[:8])
def test_another_name_of_the_place_changes_nothing(path: Path) -> None:
    before = report(path)
    place = re.match(r"(?:.*总局|.*省)?(..)(?=[市县区州镇])", before.agency or "")
    if not place:
        pytest.skip("the agency's name bears no name of a place of two characters")
    after = report(path, lambda text: text.replace(place[1], "平阳"))
    assert said(after) == said(before)
    assert [f.start for f in after.findings] == [f.start for f in before.findings]
    assert (after.agency, after.score) == ((before.agency or "").replace(place[1], "平阳"), before.score)


def shifted(text: str, years: int) -> str:
    """A text with all its years moved, but for those in titles of papers."""
    pieces = []
    end = 0
    for title in [*TITLE.finditer(text), None]:
        stop = title.start() if title else len(text)
        pieces.append(YEAR.sub(lambda year: str(int(year[0]) + years), text[end:stop]))
        if title:
            pieces.append(title[0])
            end = title.end()
    return "".join(pieces)


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem[:8])
def test_years_moved_together_change_nothing(path: Path) -> None:
    before = report(path)
    if before.report_year is None or re.search("二[〇○]", source(path)):
        pytest.skip("the year is not told in digits")
    after = report(path, lambda text: shifted(text, 1))
    assert after.report_year == before.report_year + 1
    assert said(after, *OF_ITS_TIME) == said(before, *OF_ITS_TIME)


SENTENCES = (
    "全年办理行政许可1260件，办结率100%。",
    "立案查处312件，推进法制政府建设。",
    "走访群众86余户，解决难题31个。",
    "制定行政规范性文件2件，均经合法性审核。",
)


@pytest.mark.parametrize("base", BASES)
def test_the_order_of_independent_sentences_changes_nothing(base: str, judge: Judge) -> None:
    outcomes = []
    for order in permutations(SENTENCES):
        parts = dict(BASES[base])
        parts["achievements"] += "".join(order)
        text = "\n".join(parts.values())
        result = judge(text)
        found = sorted((f.id, f.severity, f.text, f.fixed) for f in result.findings)
        outcomes.append(({e.id: e.verdict for e in result.elements}, found, result.score))
    assert {"terminology", "figure"} <= {finding[0] for finding in outcomes[0][1]}
    assert all(outcome == outcomes[0] for outcome in outcomes)
