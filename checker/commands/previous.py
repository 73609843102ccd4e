"""``--previous``: which of last year's reports belongs to which report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from checker.commands import files
from checker.compiled import CompiledPack
from checker.errors import CheckerError, UsageError
from checker.models.document import RawReport
from checker.models.result import FileError

Facts = tuple[str | None, int | None]  # agency, report year


@dataclass
class Previous:
    """Last year's reports: one file, or those of a folder; ``troubles`` are files that could not be read.

    They are matched by agency and year, where a report names no agency by file name.  ``for_sure``: one report and one
    of last year's, which belong together whatever they say.
    """

    reports: list[RawReport]
    troubles: list[FileError]
    for_sure: bool
    _facts: dict[int, Facts] = field(default_factory=dict, repr=False)

    def beside(
        self, report: RawReport, packs: Sequence[CompiledPack], year: int | None = None
    ) -> tuple[RawReport, RawReport | None]:
        """The report, and last year's that belongs to it; a report without one gets a note that says so."""
        if self.for_sure:
            return report, self.reports[0]
        agency, told = _read_facts(report, packs)
        last = self._of(report, agency, year or told, packs)
        return (report if last else replace(report, notes=(*report.notes, self._none()))), last

    def _none(self) -> str:
        unread = f"（另有 {len(self.troubles)} 份读不了）" if self.troubles else ""
        return f"在 --previous 给出的文件里没有找到同一机关的上年度报告{unread}，没有比对。"

    def _of(
        self, report: RawReport, agency: str | None, year: int | None, packs: Sequence[CompiledPack]
    ) -> RawReport | None:
        from checker.compare.previous import same_agency

        found: list[tuple[tuple[bool, int], RawReport]] = []
        for number, last in enumerate(self.reports):
            other, before = self._facts_of(number, packs)
            if agency and other:
                fits = same_agency(agency, other)
            else:
                fits = os.path.basename(last.name) == os.path.basename(report.name)
            earlier = year is None or before is None or before < year
            if fits and earlier and last.name != report.name:
                found.append(((year is not None and before == year - 1, before or 0), last))
        return max(found, key=lambda item: item[0])[1] if found else None

    def _facts_of(self, number: int, packs: Sequence[CompiledPack]) -> Facts:
        if number not in self._facts:
            self._facts[number] = _read_facts(self.reports[number], packs)
        return self._facts[number]


def _read_facts(report: RawReport, packs: Sequence[CompiledPack]) -> Facts:
    from checker.engine import read_by_best

    _, document = read_by_best(report, packs)
    return document.agency, document.year


def find_previous(path: str, judged: Sequence[str]) -> Previous:
    """Read last year's reports; ``judged`` names the reports of this year.

    Raises ``UsageError`` where the file, or every file of the folder, cannot be read.
    """
    from checker.read import read_report

    if path == "-":
        raise UsageError("--previous 不能用标准输入（-），请给出上年度报告的文件或目录。")
    if [os.path.realpath(name) for name in judged] == [os.path.realpath(path)]:
        raise UsageError(f"--previous 给出的就是要审查的 {path} 本身，请给出上年度的报告。")
    reports: list[RawReport] = []
    troubles: list[FileError] = []
    for name, trouble in files.find_reports([path]):
        shown = files.printable(name)
        try:
            if trouble is not None:
                raise trouble
            reports.append(replace(read_report(name, shown), original=None))
        except CheckerError as error:
            troubles.append(FileError(file=shown, message=str(error)))
    if not reports:
        raise UsageError(f"--previous：{troubles[0].file}：{troubles[0].message}")
    return Previous(reports, troubles, for_sure=len(judged) == 1 and os.path.isfile(path) and len(reports) == 1)
