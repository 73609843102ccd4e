"""The same report in another dress gets the same verdicts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import GOLD, REPORTS, SHARED, labelled, source
from opencc import OpenCC

from checker.compiled import CompiledPack
from checker.engine import check
from checker.models.document import RawReport
from checker.read import read_bytes

FILES = [report for _, label, report in labelled(GOLD, REPORTS, SHARED / "real") if label.get("kind") != "other"]
TO_FULL = {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)} | {
    ord(half): full
    for half, full in {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "%": "％", "?": "？", "!": "！"}.items()
}
# Radicals in place of characters, as the text layer of a PDF often has them.
TO_RADICALS = {ord(unicodedata.normalize("NFKC", chr(code))): code for code in range(0x2F00, 0x2FD6)} | {
    ord("民"): 0x2EA0
}
TO_TRADITIONAL = OpenCC("s2t")
# Their headings are bare lines, or lines with nothing to mark their end: on one line nothing tells them from the text.
UNMARKED = {"c06", "d16", "d18", "e06", "h09", "h12"}
# A web page whose furniture runs into the title where line ends are gone or moved.
FURNITURE = {"g05", "h08"}


def wrap(text: str, width: int) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        lines += [line[start : start + width] for start in range(0, len(line), width)] or [""]
    return "\n".join(lines)


DRESSES: dict[str, Callable[[str], str]] = {
    "full-width": lambda text: text.translate(TO_FULL),
    "indented": lambda text: "\n".join("　　" + line for line in text.splitlines()),
    "wrapped": lambda text: wrap(text, 34),
    "one-line": lambda text: "".join(text.splitlines()),
    "doubled-blank-lines": lambda text: "\n\n".join(text.splitlines()),
    "crlf": lambda text: "\r\n".join(text.splitlines()),
    "cr": lambda text: "\r".join(text.splitlines()),
    "radicals": lambda text: text.translate(TO_RADICALS),
    "traditional": TO_TRADITIONAL.convert,
}
ENCODINGS = ("gb18030", "utf-16", "utf-16-le", "utf-8-sig")


def verdicts(text: str, pack: CompiledPack) -> dict[str, str]:
    result = check(RawReport("x", text), pack)
    return {"kind": result.kind, "year": str(result.report_year)} | {e.id: e.verdict for e in result.elements}


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:8])
def test_another_dress_changes_no_verdict(path: Path, dress: str, pack: CompiledPack) -> None:
    if dress == "one-line" and path.stem in UNMARKED:
        pytest.skip("headings without number or mark cannot be told from the text once line ends are gone")
    if dress in ("one-line", "wrapped") and path.stem in FURNITURE:
        pytest.skip("the page's furniture cannot be told from the title once line ends are gone or moved")
    text = source(path)
    changed = DRESSES[dress](text)
    expected, got = verdicts(text, pack), verdicts(changed, pack)
    assert {k: (v, got.get(k)) for k, v in expected.items() if got.get(k) != v} == {}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("path", FILES[:20], ids=lambda path: path.stem[:8])
def test_another_encoding_changes_nothing(path: Path, encoding: str, pack: CompiledPack) -> None:
    text = source(path)
    report = read_bytes(text.encode(encoding), "x")
    assert report.text == text
    assert check(report, pack).model_dump() == check(RawReport("x", text), pack).model_dump()
