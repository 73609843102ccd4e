"""The same report in every format is judged the same, and told in the words of its format."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from office import convert, numbered, par, word
from web_pages import government_page, old_page, saved_by_word

from checker import read_report
from checker.cli import main
from checker.compiled import CompiledPack
from checker.engine import check
from checker.models.document import RawReport
from checker.models.result import ReportResult
from checker.read import converting, read_bytes


def squeezed(text: str) -> str:
    return "".join(text.split())


def outcome(report: ReportResult) -> dict[str, Any]:
    """What must not depend on the format."""
    return {
        "facts": (report.kind, report.agency, report.level, report.report_year, report.score),
        "verdicts": {element.id: element.verdict for element in report.elements},
        "findings": [(finding.id, squeezed(finding.text)) for finding in report.findings],
    }


def check_slices(raw: RawReport, report: ReportResult) -> None:
    places = [*report.findings, *(place for element in report.elements for place in element.evidence)]
    assert places
    for place in places:
        assert raw.text[place.start : place.end] == place.text
        assert place.origin is not None and place.origin.paragraph is not None


def typed(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def written(folder: Path, build: Callable[[str], bytes], seeds: list[Path]) -> list[Path]:
    for seed in seeds:
        (folder / f"{seed.stem}.docx").write_bytes(build(seed.read_text(encoding="utf-8")))
    return sorted(folder.glob("*.docx"))


@pytest.fixture(scope="module")
def as_word(tmp_path_factory: pytest.TempPathFactory, seeds: list[Path]) -> list[Path]:
    """The seeds as docx with automatic numbers, to be converted."""
    return written(tmp_path_factory.mktemp("word"), numbered, seeds)


@pytest.mark.parametrize("build", [typed, numbered])
def test_word_gives_the_verdicts_of_the_text(build: Any, seeds: list[Path], pack: CompiledPack) -> None:
    for seed in seeds:
        raw = read_bytes(build(seed.read_text(encoding="utf-8")), "x")
        report = check(raw, pack)
        assert outcome(report) == outcome(check(read_report(seed), pack))
        check_slices(raw, report)


@pytest.mark.parametrize("suffix", ["odt", "fodt", "rtf", "doc"])
def test_converted_reports_give_the_verdicts_of_the_text(
    suffix: str, as_word: list[Path], seeds: list[Path], pack: CompiledPack
) -> None:
    for seed, path in zip(seeds, convert(as_word, suffix), strict=True):
        raw = read_report(path)
        assert raw.format == suffix
        report = check(raw, pack)
        assert outcome(report) == outcome(check(read_report(seed), pack))
        check_slices(raw, report)


def test_a_web_page_by_libreoffice_gives_the_verdicts_of_the_text(
    tmp_path: Path, seeds: list[Path], pack: CompiledPack
) -> None:
    """With typed numbers: its web pages have no Chinese ones."""
    for seed, path in zip(seeds, convert(written(tmp_path, typed, seeds), "html"), strict=True):
        raw = read_report(path)
        assert raw.format == "html"
        assert outcome(check(raw, pack)) == outcome(check(read_report(seed), pack))


@pytest.mark.parametrize("build", [government_page, old_page, saved_by_word])
def test_web_pages_give_the_verdicts_of_the_text(build: Any, seeds: list[Path], pack: CompiledPack) -> None:
    for seed in seeds:
        title, _, body = seed.read_text(encoding="utf-8").strip().partition("\n")
        raw = read_bytes(build(title.strip(), body), "x")
        report = check(raw, pack)
        assert outcome(report) == outcome(check(read_bytes(f"{title}\n{body}".encode(), "x"), pack))
        check_slices(raw, report)


def test_an_old_word_file_without_any_program_is_told(monkeypatch: pytest.MonkeyPatch, as_word: list[Path]) -> None:
    (path,) = convert(as_word[:1], "doc")
    monkeypatch.setattr(converting.shutil, "which", lambda name: None)
    with pytest.raises(converting.ReadError, match=r"LibreOffice.*另存为 docx"):
        read_report(path)


def test_antiword_reads_where_libreoffice_is_not_installed(
    monkeypatch: pytest.MonkeyPatch, as_word: list[Path], seeds: list[Path]
) -> None:
    (path,) = convert(as_word[:1], "doc")
    antiword = converting.shutil.which("antiword")
    if antiword is None:
        pytest.skip("antiword is not installed")
    monkeypatch.setattr(converting.shutil, "which", lambda name: antiword if name == "antiword" else None)
    report = read_report(path)
    wanted = seeds[0].read_text(encoding="utf-8").split()[0]
    assert report.format == "doc" and squeezed(wanted) in squeezed(report.text)


def test_a_conversion_that_takes_too_long_is_stopped(
    monkeypatch: pytest.MonkeyPatch, as_word: list[Path], tmp_path: Path
) -> None:
    (path,) = convert(as_word[:1], "doc")
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr(converting.shutil, "which", lambda name: str(slow))
    monkeypatch.setattr(converting, "TIMEOUT", 0.2)
    with pytest.raises(converting.ReadError, match="超过"):
        read_report(path)


def test_a_conversion_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, as_word: list[Path], tmp_path: Path
) -> None:
    (path,) = convert(as_word[:1], "doc")
    monkeypatch.setattr(converting.tempfile, "tempdir", str(tmp_path))
    read_report(path)
    assert list(tmp_path.iterdir()) == []


def test_the_table_tells_paragraphs_and_notes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = Path(__file__).parent.parent / "seeds" / "002_8385ed8dc0152955.txt"
    (tmp_path / "a.docx").write_bytes(
        word(
            "".join(par(line) for line in seed.read_text(encoding="utf-8").splitlines())
            + par('<w:ins xmlns:w="x"/><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>')
        )
    )
    main(["score", str(tmp_path / "a.docx")])
    out = capsys.readouterr().out
    assert re.search(r"第 \d+ 段“", out) and not re.search(r"第 \d+ 行", out)
    assert "注意：文中有修订痕迹，按已接受的内容审查。" in out
    main(["score", str(tmp_path / "a.docx"), "--format", "json"])
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    assert report["format"] == "docx" and report["notes"] == ["文中有修订痕迹，按已接受的内容审查。"]
