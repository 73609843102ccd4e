"""Gather the results of reports into one run, with the rules that judged them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker import __version__
from checker.judge.rule_infos import describe
from checker.models.result import FileError, PackInfo, ReportResult, RunResult
from checker.models.rule import RulePack

AUTO = "auto"  # how people ask for the pack of each report's own kind


def gather(
    reports: Sequence[ReportResult],
    errors: Sequence[FileError],
    packs: Sequence[RulePack],
    others: Iterable[RulePack] = (),
) -> RunResult:
    """One run.  ``packs`` are those asked for, several where it was ``auto``; ``others`` those asked for some files alone.

    Rules are told of packs that judged a report, or, where none was judged, of the first.
    """
    info = _info(packs[0]) if len(packs) == 1 else PackInfo.model_construct(id=AUTO, version=__version__)
    known = {(pack.id, pack.version): pack for pack in [*packs, *others]}
    judged = {(report.pack.id, report.pack.version) for report in reports if report.pack}
    used = [pack for name, pack in known.items() if name in judged] or packs[:1]
    rules = [rule for pack in used for rule in describe(pack)]
    return RunResult.model_construct(
        checker=__version__, pack=info, reports=list(reports), errors=list(errors), rules=rules
    )


def _info(pack: RulePack) -> PackInfo:
    return PackInfo.model_construct(id=pack.id, version=pack.version)
