"""A part whose heading says nothing of it is told by where it stands and by what its sentences say."""

from __future__ import annotations

from itertools import islice

import pytest
from conftest import REPORTS, labelled, source

from checker.compiled import CompiledPack
from checker.context.document import Document
from checker.engine import check, read_by_best
from checker.models.document import RawReport
from checker.ready import ready_pack

EVERY = 6  # of so many reports one is taken
SHARES = {  # role: its element, a heading that says nothing, how many of the verdicts must stay
    "problems": ("problems", "另一面", 0.88),
    "plan": ("next-plan", "新的路", 0.80),
    "rectification": ("prior-problems", "再说一件事", 0.93),
}


@pytest.fixture(scope="module")
def pack() -> CompiledPack:
    return ready_pack("law-gov")


@pytest.mark.parametrize("role", SHARES)
def test_most_verdicts_stay_without_the_wording_of_the_heading(role: str, pack: CompiledPack) -> None:
    element, wording, least = SHARES[role]
    verdicts = []
    for _, label, path in islice(labelled(REPORTS), 0, None, EVERY):
        if label.get("kind") == "other" or label["elements"].get(element) != "met":
            continue
        report = RawReport(path.name, source(path))
        _, document = read_by_best(report, [pack])
        renamed = _renamed(document, role, wording)
        if renamed is not None and _verdict(report, element, pack) == "met":
            verdicts.append(_verdict(renamed, element, pack))
    assert len(verdicts) >= 20
    assert verdicts.count("met") >= least * len(verdicts)


def _renamed(document: Document, role: str, wording: str) -> RawReport | None:
    """The report with another heading above the one section of a role; ``None`` where there is no such section."""
    sections = [s for s in document.sections if s.role == role and s.level == 1 and s.heading >= 0]
    if len(sections) != 1:
        return None
    heading = document.layout.headings[sections[0].heading]
    if heading.run_in or heading.end - heading.mark_end < 2:
        return None
    place = document.view.to_source(heading.mark_end, heading.end)
    text = document.report.text
    return RawReport("renamed", text[: place.start] + wording + text[place.end :])


def _verdict(report: RawReport, element: str, pack: CompiledPack) -> str:
    return next(one.verdict for one in check(report, pack).elements if one.id == element)
