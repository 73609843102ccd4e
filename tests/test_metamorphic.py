"""The same report in another dress gets the same verdicts, score and evidence, and the same findings at the same places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from conftest import GOLD, REPORTS, SHARED, labelled, source
from dresses import ALL, DRESSES, Judgement, judgement
from papers import paper, saved

from checker import load_pack
from checker.compiled import CompiledPack
from checker.compiling import compile_pack
from checker.engine import check
from checker.models.document import RawReport
from checker.read import read_bytes

FILES = [report for _, label, report in labelled(GOLD, REPORTS, SHARED / "real") if label.get("kind") != "other"]
NAMES = {path.stem for path in FILES}
# Their headings are bare lines, or lines with nothing to mark their end: on one line nothing tells them from the text.
UNMARKED = {
    "c06",
    "d16",
    "d18",
    "e06",
    "h09",
    "h12",
    "i08",
    "k06",
    "k08",
    "k10",
    "l03",
    "l04",
    "l05",
    "l16",
    "l21",
    "l22",
    "l23",
    "l30",
    "l35",
    "m10",
    "m12",
    "m17",
    "m18",
    "m21",
    "n04",
    "u04",
    "y13",
    "ac08",
    "ag04",
    "ag08",
    "ah03",
    "ah09",
    "ai02",
    "ai06",
    "ai10",
    "aj02",
    "aj04",
    "aj09",
    "aj12",
    "am01",
    "am05",
    "am08",
    "am12",
    "an04",
    "an10",
    "aq12",
    "at03",
    "at07",
    "at09",
    "au05",
    "au08",
    "au10",
    "aw06",
    "ax01",
    "ax03",
    "ax04",
    "ba05",
    "ba07",
    "ba09",
    "bb09",
    "bc01",
    "bc07",
    "bd07",
    "bd11",
    "be05",
    "bf01",
    "bf04",
    "bf06",
    "bf10",
    "bh07",
    "bi05",
    "bi06",
    "bi08",
    "bi12",
    "bj04",
    "bj08",
    "bj11",
    "bj12",
    "bl01",
    "bl02",
    "bl03",
    "bl11",
    "bl12",
    "bm01",
    "bm04",
    "bm06",
    "bm08",
    "bn07",
    "bn12",
}
# Furniture of a web page, or text, that runs into the title, or into the first words where there is no title, when line
# ends are gone or moved.
FURNITURE = {
    "g05",
    "h08",
    "j05",
    "j09",
    "m15",
    "s08",
    "v07",
    "z04",
    "ab02",
    "ab06",
    "ac10",
    "af09",
    "ah10",
    "an03",
    "ao12",
    "bj10",
    "bl04",
    "bm03",
    "bn11",
}
# Wrapped by hand, or rows of a table: wrapped (once more), its lines have no one width.
WRAPPED = {"v04", "x06", "ad09", "aj08", "aj10", "ak04", "ak09", "ao03", "at03", "at12", "ax04", "ax11", "bf08", "bg11"}
# Where headings that run into the text have no visible end, another of the places that carry a verdict may be shown.
NO_HEADING_ENDS = {"one-line", "wrapped", "spaces-between-characters"}
# Verdicts that hang on the line ends themselves.
CHANGED_VERDICTS = {
    ("one-line", "bn05"): "a heading that names no part runs into the sentence whose first words would tell it",
}
# Findings that hang on the line ends themselves.
CHANGED_FINDINGS = {
    ("one-line", "b07"): "a paragraph that breaks off is one no more",
    ("one-line", "e07"): "a paragraph that breaks off is one no more",
    ("one-line", "h13"): "a list that starts with 二是 right behind its heading may go on from anywhere",
    ("one-line", "i13"): "the number that stands twice follows a paragraph that breaks off",
    ("one-line", "n05"): "a paragraph that breaks off before a number is an item of a list",
    ("one-line", "o08"): "a paragraph that breaks off is one no more",
    ("one-line", "s07"): "a paragraph that breaks off is one no more",
    ("one-line", "z09"): "a heading that ends in 法制文化 runs into 街道: a street may be called so",
    ("one-line", "ag03"): "a paragraph that breaks off is one no more",
    ("wrapped", "ag03"): "a paragraph that breaks off looks like a wrapped line",
    ("one-line", "ag10"): "the rows of a table run into one another",
    ("wrapped", "bm08"): "a paragraph that breaks off looks like a wrapped line",
    ("one-line", "bk02"): "a list that starts with 二是 right behind its heading may go on from anywhere",
    ("one-line", "aj06"): "a list that starts with 第二 right behind its heading may go on from anywhere",
    ("one-line", "aj10"): "a mark of secrecy is one on a line of its own",
    ("one-line", "al02"): "a paragraph that breaks off is one no more",
    ("one-line", "am03"): "a paragraph that breaks off is one no more",
    ("one-line", "am09"): "the signature, which alone names the agency, runs into the text",
    ("one-line", "ao09"): "a paragraph that breaks off is one no more",
    ("one-line", "ap09"): "a mark of secrecy is one on a line of its own",
    ("wrapped", "ap09"): "a mark of secrecy below the title looks like its next line",
    ("one-line", "ap10"): "a list that starts with （二） right behind its heading may go on from anywhere",
    ("one-line", "al10"): "a paragraph that breaks off is one no more",
    ("one-line", "as10"): "the signature, which with the title gone tells the report year, runs into the text",
    ("wrapped", "as11"): "a line ends between the strokes of a blank",
    ("one-line", "at10"): "the paragraph that stands twice runs into its headings",
    ("one-line", "aw02"): "an unmarked heading between two numbered ones is lost",
    ("one-line", "aw04"): "an unmarked heading between two numbered ones is lost",
    ("one-line", "aw09"): "a list that starts with 二是 right behind its heading may go on from anywhere",
    ("one-line", "aw12"): "a paragraph that breaks off is one no more",
    ("one-line", "ax11"): "a list that starts with 二是 right behind its heading may go on from anywhere",
    ("one-line", "ba04"): "a sentence that stands again as a line of its own is part of another",
    ("one-line", "ba10"): "doubled marks at the end of a paragraph run into the next number",
    ("wrapped", "s03"): "a line ends between the strokes of a blank",
    ("wrapped", "t08"): "a line ends between the two crosses of a blank",
    ("wrapped", "k09"): "a line ends between the two crosses of a blank",
    ("wrapped", "p12"): "a line ends between the two crosses of a blank",
    ("spaces-between-characters", "g04"): "the text was wrapped before: with the spaces its lines have no one width",
    ("wrapped", "b04"): "the text was wrapped before: the second wrapping leaves lines that break off",
    ("wrapped", "b07"): "a paragraph that breaks off looks like a wrapped line",
    ("wrapped", "e07"): "a paragraph that breaks off looks like a wrapped line",
    ("one-line", "bg02"): "a paragraph that breaks off is one no more",
    ("one-line", "bi12"): "a paragraph that breaks off is one no more",
    ("wrapped", "bi12"): "a paragraph that breaks off looks like a wrapped line",
    ("one-line", "bg10"): "the opening runs on from the addressee",
}
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODT_SPACES = re.compile("(?<= ) ")
ENCODINGS = ("gb18030", "utf-16", "utf-16-le", "utf-8-sig")


@cache
def law_gov() -> CompiledPack:
    return compile_pack(load_pack("law-gov"))


@cache
def judged(path: Path, dress: str | None = None) -> Judgement:
    """What is said of a report in a dress; judged once."""
    text = ALL[dress](source(path)) if dress else source(path)
    return judgement(check(RawReport("x", text), law_gov()), text)


def some(times: int = 2) -> list[Path]:
    """Reports in which every kind of finding stands, in so many of them where there are."""
    count: Counter[str] = Counter()
    kept = []
    for path in FILES:
        kinds = {finding[0] for finding in judged(path).findings}
        if any(count[kind] < times for kind in kinds):
            count.update(kinds)
            kept.append(path)
    return kept


SOME = some()
EVERY = [
    pytest.param(path, dress, id=f"{path.stem[:8]}-{dress}")
    for path in FILES
    for dress in (ALL if path in SOME else DRESSES)
]


def skip_what_no_one_can_tell(path: Path, dress: str) -> None:
    if dress == "one-line" and path.stem in UNMARKED:
        pytest.skip("headings without number or mark cannot be told from the text once line ends are gone")
    if dress == "wrapped" and path.stem in WRAPPED:
        pytest.skip("the text was wrapped before: the second wrapping leaves lines that break off")
    if dress in ("one-line", "wrapped") and path.stem in FURNITURE:
        pytest.skip("the page's furniture cannot be told from the title once line ends are gone or moved")


@pytest.mark.parametrize(("path", "dress"), EVERY)
def test_another_dress_changes_no_verdict(path: Path, dress: str, request: pytest.FixtureRequest) -> None:
    skip_what_no_one_can_tell(path, dress)
    if reason := CHANGED_VERDICTS.get((dress, path.stem)):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    expected, got = judged(path).verdicts, judged(path, dress).verdicts
    assert {k: (v, got.get(k)) for k, v in expected.items() if got.get(k) != v} == {}


@pytest.mark.parametrize(("path", "dress"), EVERY)
def test_another_dress_changes_no_finding_and_no_score(path: Path, dress: str, request: pytest.FixtureRequest) -> None:
    skip_what_no_one_can_tell(path, dress)
    if reason := CHANGED_FINDINGS.get((dress, path.stem)) or CHANGED_VERDICTS.get((dress, path.stem)):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    expected, got = judged(path), judged(path, dress)
    if dress == "one-line":  # a clause is told to end where its line does
        assert [f[:2] for f in got.findings] == [f[:2] for f in expected.findings]
        assert all(a[2] < b[3] and b[2] < a[3] for a, b in zip(expected.findings, got.findings, strict=True))
    else:
        assert got.findings == expected.findings
    assert got.score == expected.score


@pytest.mark.parametrize(("path", "dress"), [case for case in EVERY if case.values[1] not in NO_HEADING_ENDS])
def test_another_dress_changes_no_evidence(path: Path, dress: str) -> None:
    assert judged(path, dress).evidence == judged(path).evidence


def test_every_kind_of_finding_is_tried_in_every_dress() -> None:
    found = {finding[0] for path in SOME for finding in judged(path).findings}
    assert found == {rule.id for rule in law_gov().pack.findings}


def as_docx(text: str) -> bytes:
    return saved(paper(*text.splitlines()))


def as_html(text: str) -> bytes:
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{lines}</body></html>".encode()


def as_odt(text: str) -> bytes:
    lines = "".join(f"<text:p>{_ODT_SPACES.sub('<text:s/>', escape(line))}</text:p>" for line in text.splitlines())
    names = "".join(f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text"))
    document = f"<office:document{names} office:mimetype='application/vnd.oasis.opendocument.text'>"
    return f"<?xml version='1.0'?>{document}<office:body><office:text>{lines}</office:text></office:body></office:document>".encode()


@pytest.mark.parametrize("format", [as_docx, as_html, as_odt])
@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem[:8])
def test_another_format_changes_nothing(path: Path, format: Callable[[str], bytes]) -> None:
    report = read_bytes(format(source(path)), "x")
    assert report.format in format.__name__ or report.format == "fodt"
    assert judgement(check(report, law_gov()), report.text) == judged(path)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("path", FILES[:20], ids=lambda path: path.stem[:8])
def test_another_encoding_changes_nothing(path: Path, encoding: str, pack: CompiledPack) -> None:
    text = source(path)
    report = read_bytes(text.encode(encoding), "x")
    assert report.text == text
    assert check(report, pack).model_dump() == check(RawReport("x", text), pack).model_dump()
