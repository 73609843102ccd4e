"""The JSON contract of the shipped pack on the real reports: the checks of the shared contract.py, in process."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from checker import check, load_pack, read_report
from checker.cli import main
from checker.compiled import CompiledPack
from checker.compiling import compile_pack
from checker.models.result import FileError, ReportResult, RunResult

ELEMENTS = [
    "title", "xi-thought", "first-responsible", "achievements", "problems", "causes", "prior-problems", "next-plan",
    "functions", "institutions", "decisions", "enforcement", "emergency", "disputes", "oversight", "digital",
    "leadership", "education",
]  # fmt: skip
FINDINGS = {
    "plan-year", "report-year", "numbering", "placeholder", "stray-mark", "terminology", "set-phrase",
    "outdated-reference", "repetition", "personal-data", "secrecy", "figure",
}  # fmt: skip
TOP = ["version", "checker", "pack", "reports", "errors", "previous_errors", "rules"]
REPORT = [
    "file", "kind", "kind_reason", "agency", "level", "report_year", "score", "max_score", "grade", "passed", "fail_reason", "deducted",
    "elements", "findings", "rule_errors", "disabled", "pack", "format", "notes", "answers", "previous",
    "labels",
]  # fmt: skip
ELEMENT = [
    "id", "title", "part", "part_title", "verdict", "points", "max_points", "reason", "advice", "basis", "evidence",
    "candidates", "home", "fingerprint", "suppressed",
]  # fmt: skip
EVIDENCE = ["start", "end", "line", "column", "text", "section", "note", "origin"]
FINDING = [
    "id", "severity", "message", "advice", "start", "end", "line", "column", "text", "fixed", "sensitive", "origin",
    "fingerprint", "suppressed",
]  # fmt: skip


@pytest.fixture(scope="module")
def pack() -> CompiledPack:
    return compile_pack(load_pack("law-gov"))


def breaches(report: dict[str, Any], text: str) -> Iterator[str]:
    """Every way in which a report's result breaks the contract; ``text`` is the source, decoded, without BOM."""
    if list(report) != REPORT:
        yield f"keys {list(report)}"
    if report["kind"] not in ("report", "other"):
        yield f"kind {report['kind']!r}"
    if report["kind"] == "other":
        if any(report[key] is not None for key in ("score", "grade", "passed")):
            yield "a document of another kind has a score"
    else:
        yield from _judgement(report)
    for finding in report["findings"]:
        if list(finding) != FINDING or finding["id"] not in FINDINGS or not finding["message"]:
            yield f"finding {finding}"
        if finding["severity"] not in ("error", "warning", "note"):
            yield f"severity {finding['severity']!r}"
    if [f["start"] for f in report["findings"]] != sorted(f["start"] for f in report["findings"]):
        yield "findings are not in the order of the text"
    places = [(e["id"], place) for e in report["elements"] for place in e["evidence"]]
    for who, place in [*places, *((f["id"], f) for f in report["findings"])]:
        if text[place["start"] : place["end"]] != place["text"] or not place["text"]:
            yield f"{who}: text at {place['start']}:{place['end']} is not the slice of the source"
        before = text[: place["start"]]
        expected = (before.count("\n") + 1, place["start"] - (before.rfind("\n") + 1) + 1)
        if (place["line"], place["column"]) != expected:
            yield f"{who}: {place['line']}:{place['column']}, expected {expected}"


def _judgement(report: dict[str, Any]) -> Iterator[str]:
    ids = [element["id"] for element in report["elements"]]
    if ids != [element_id for element_id in ELEMENTS if element_id in ids]:
        yield f"elements are not in the order of elements.md: {ids}"
    total = sum(element["points"] for element in report["elements"])
    asked = sum(element["max_points"] for element in report["elements"])
    if not 0 <= report["score"] <= report["max_score"] or not report["grade"] or report["passed"] not in (True, False):
        yield f"score {report['score']}, grade {report['grade']}, passed {report['passed']}"
    slack = 1e-6 if asked == report["max_score"] else 0.051  # contract.py: never above the sum of the points
    if report["score"] > total / asked * report["max_score"] + slack:
        yield f"score {report['score']} does not follow from its elements ({total} of {asked})"
    for e in report["elements"]:
        if list(e) != ELEMENT or any(list(place) != EVIDENCE for place in e["evidence"]):
            yield f"{e['id']}: keys"
        if e["part"] not in ("required", "coverage") or not e["title"] or not e["basis"]:
            yield f"{e['id']}: part, title or basis"
        if e["verdict"] not in ("met", "weak", "missing", "not-applicable"):
            yield f"{e['id']}: verdict {e['verdict']!r}"
        if (
            not 0
            <= e["points"]
            <= sum(other["max_points"] for other in report["elements"] if other["part"] == e["part"])
        ):
            yield f"{e['id']}: {e['points']} of {e['max_points']} points"
        if not e["reason"]:
            yield f"{e['id']}: no reason"
        if (e["advice"] is None) != (e["verdict"] in ("met", "not-applicable")):
            yield f"{e['id']}: {e['verdict']} with advice {e['advice']!r}"
        if e["verdict"] in ("met", "weak") and not e["evidence"]:
            yield f"{e['id']}: {e['verdict']} without evidence"


def test_the_seeds_keep_the_contract(seeds: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in seeds]
    assert main(["score", "--format", "json", *files]) in (0, 1)
    document = json.loads(capsys.readouterr().out)
    assert list(document) == TOP and document["version"] == 1 and document["errors"] == []
    assert [report["file"] for report in document["reports"]] == files
    for path, report in zip(seeds, document["reports"], strict=True):
        assert list(breaches(report, path.read_bytes().decode("utf-8-sig"))) == []
        assert report["kind"] == "report" and report["max_score"] == 100


def test_what_judging_makes_is_what_its_models_allow(seeds: list[Path], pack: CompiledPack) -> None:
    """Judging makes its results without validating them, to start fast: here they are validated."""
    for last, path in pairwise(seeds):
        result = check(read_report(path), pack, previous=read_report(last))
        values = result.model_dump(warnings="error")
        assert result.findings and result.answers and result.previous
        assert ReportResult.model_validate(values, strict=True).model_dump() == values
        for key, value in (("score", "98"), ("elements", ["met"]), ("kind", "book"), ("colour", "red")):
            with pytest.raises(ValidationError):
                ReportResult.model_validate({**values, key: value}, strict=True)


def test_the_shipped_pack_has_the_elements_of_the_contract(pack: CompiledPack) -> None:
    assert [element.id for element in pack.pack.elements] == ELEMENTS
    assert sum(element.weight for element in pack.pack.elements if element.part == "required") == 70
    assert sum(element.weight for element in pack.pack.elements) == 100


DRESSES: dict[str, Callable[[str], tuple[bytes, str]]] = {
    "crlf": lambda t: (t.replace("\n", "\r\n").encode(), t.replace("\n", "\r\n")),
    "cr": lambda t: (t.replace("\n", "\r").encode(), t.replace("\n", "\r")),
    "bom": lambda t: (codecs.BOM_UTF8 + t.encode(), t),
    "utf-16 crlf": lambda t: (t.replace("\n", "\r\n").encode("utf-16"), t.replace("\n", "\r\n")),
    "gb18030": lambda t: (t.encode("gb18030"), t),
    "blank lines and indents": lambda t: ((s := "\n\n\u3000\u3000" + t.replace("\n", "\n\n\t ")).encode(), s),
    "one line": lambda t: ((s := t.replace("\n", "")).encode(), s),
    "rare characters first": lambda t: ((s := "𠮷" * 3 + "\n" + t).encode(), s),
}


@pytest.mark.parametrize("dress", list(DRESSES))
def test_every_place_is_an_exact_slice_in_every_dress(
    seeds: list[Path], pack: CompiledPack, tmp_path: Path, dress: str
) -> None:
    for path in seeds:
        data, text = DRESSES[dress](path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_bytes(data)
        result = check(read_report(tmp_path / path.name), pack)
        assert list(breaches(result.model_dump(), text)) == []
        assert sum(len(element.evidence) for element in result.elements) > 0


def test_bom_and_encoding_change_nothing(seeds: list[Path], pack: CompiledPack, tmp_path: Path) -> None:
    for path in seeds:
        text = path.read_text(encoding="utf-8")
        plain = check(read_report(path, "x"), pack).model_dump()
        for index, data in enumerate((codecs.BOM_UTF8 + text.encode(), text.encode("utf-16"), text.encode("gb18030"))):
            (tmp_path / f"{index}.txt").write_bytes(data)
            assert check(read_report(tmp_path / f"{index}.txt", "x"), pack).model_dump() == plain


def test_the_checks_notice_breaches(seeds: list[Path], pack: CompiledPack) -> None:
    """The checks above can fail: a shifted slice, a wrong line, a lost reason, a wrong order are all seen."""
    path = seeds[1]
    text = path.read_text(encoding="utf-8")
    plain = check(read_report(path), pack).model_dump()
    assert list(breaches(plain, text)) == []
    assert list(breaches(plain, "字" + text))
    index = next(i for i, element in enumerate(plain["elements"]) if element["evidence"])
    for key, value in (("reason", ""), ("verdict", "good"), ("evidence", []), ("points", 101), ("id", "zzz")):
        spoilt = json.loads(json.dumps(plain))
        spoilt["elements"][index][key] = value
        assert list(breaches(spoilt, text)), key
    for key in ("line", "column", "end"):
        spoilt = json.loads(json.dumps(plain))
        spoilt["elements"][index]["evidence"][0][key] += 1
        assert list(breaches(spoilt, text)), key
    spoilt = {**plain, "elements": plain["elements"][::-1], "score": 101}
    assert len(list(breaches(spoilt, text))) >= 2


def test_the_models_are_the_contract() -> None:
    assert list(RunResult.model_fields) == TOP
    assert [name for name, field in ReportResult.model_fields.items() if not field.exclude] == REPORT
    assert list(FileError.model_fields) == ["file", "message"]
