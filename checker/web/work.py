"""What a worker process does: judge drafts, render results.  Plain functions that run off the event loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from checker.compiled import CompiledPack
from checker.engine import check
from checker.errors import CheckerError
from checker.fix import fix
from checker.gather import AUTO, gather
from checker.models.document import RawReport
from checker.models.result import FileError, ReportResult, RunResult
from checker.models.rule import Body, RulePack
from checker.read import read_bytes
from checker.ready import ready_pack
from checker.render import RENDERERS, render
from checker.word.models import Signature


@dataclass(frozen=True)
class Draft:
    """A document as it was sent: its name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Options:
    """How drafts are to be judged: the pack (``auto``: the one whose kind of document a report is), what the user told,
    last year's report.  ``places`` are the packs' ids or folders, which only the server knows."""

    pack: str = AUTO
    year: int | None = None
    body: Body | None = None
    previous: Draft | None = None
    places: tuple[str, ...] = ()

    def told(self) -> Mapping[str, Any]:
        """The engine's keywords.  Raises ``ReadError`` if last year's report cannot be read."""
        previous = read_previous(self.previous) if self.previous is not None else None
        return {"year": self.year, "body": self.body, "previous": previous}


def read_previous(draft: Draft) -> RawReport:
    """Last year's report.  Raises ``CheckerError`` that says which document cannot be read."""
    try:
        return read_bytes(draft.data, draft.name)
    except CheckerError as error:
        raise CheckerError(f"上一年度的报告：{error}") from None


def warm(packs: Sequence[str]) -> None:
    """Have packs at hand before the first request."""
    for pack in packs:
        _pack(pack)


def judge(draft: Draft, options: Options) -> ReportResult:
    """One report's result.  Raises ``CheckerError`` for what the user can mend."""
    return check(read_bytes(draft.data, draft.name), _packs(options.places), **options.told())


def run(drafts: Sequence[Draft], options: Options) -> RunResult:
    """Many drafts; what cannot be read is listed.  Raises ``CheckerError`` if last year's report cannot be read."""
    reports, errors = [], []
    told = options.told()
    for draft in drafts:
        try:
            reports.append(check(read_bytes(draft.data, draft.name), _packs(options.places), **told))
        except CheckerError as error:
            errors.append(FileError(file=draft.name, message=str(error)))
    return gather(reports, errors, _rules(options.places))


def score(drafts: Sequence[Draft], options: Options) -> tuple[bytes, list[dict[str, str]], int]:
    """The JSON contract of a run, its errors, and how many reports were judged."""
    result = run(drafts, options)
    return as_bytes(result, "json"), [error.model_dump() for error in result.errors], len(result.reports)


def export(places: Sequence[str], reports: Sequence[ReportResult], errors: Sequence[FileError], format: str) -> bytes:
    """Results in one of the formats of ``RENDERERS``.  Raises ``CheckerError`` as the renderer does."""
    return as_bytes(gather(reports, errors, _rules(places)), format)


def correct(report: RawReport, options: Options) -> bytes | None:
    """A Word document in which what has one right form is put in as tracked changes; the report's own where it is one.

    None where nothing can be corrected so.  Raises ``CheckerError`` where Word documents cannot be written.
    """
    RENDERERS["docx"].require()
    from checker.render.to_docx import in_word  # with the extra that these need
    from checker.word.changes import Tracker

    document = in_word(report)
    tracker = Tracker(document)
    packs = _packs(options.places)
    fixed = fix(document, lambda draft: check(draft, packs, year=options.year, body=options.body), (), tracker.refusal)
    if not fixed.corrections:
        return None
    return tracker.apply(fixed.edits, Signature(time=datetime.now()))


def as_bytes(result: RunResult, format: str) -> bytes:
    """A run rendered; text as UTF-8."""
    content = render(result, format)
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def _packs(places: Sequence[str]) -> list[CompiledPack]:
    return [_pack(place) for place in places]


def _rules(places: Sequence[str]) -> list[RulePack]:
    return [pack.pack for pack in _packs(places)]


@cache
def _pack(pack: str) -> CompiledPack:
    return ready_pack(pack)


TASKS = {"judge": judge, "score": score, "export": export, "correct": correct}
