"""``--previous``: which of last year's reports belongs to which report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from checker.commands import files, output
from checker.compiled import CompiledPack
from checker.errors import CheckerError, ReadError, UsageError
from checker.models.document import RawReport


@dataclass
class Previous:
    """Last year's reports: one file, or those of a folder; ``troubles`` are files that could not be read.

    A folder's reports are matched by agency, then by file name; so is a single one, where several reports are judged.
    """

    reports: list[RawReport]
    troubles: list[tuple[str, str]]
    pack: CompiledPack
    for_sure: bool  # one report and one of last year's: they belong together whatever they say

    def of(self, report: RawReport) -> RawReport | None:
        """Last year's report that belongs to a report; ``None``, and a line on standard error, where there is none."""
        if self.for_sure and self.reports:
            return self.reports[0]
        found = self._by_agency(report) or self._by_name(report)
        if found is None:
            output.tell(f"{report.name}：在 --previous 给出的文件里没有找到同一机关的上年度报告，没有比对。")
        return found

    def _by_agency(self, report: RawReport) -> RawReport | None:
        from checker.compare.previous import same_agency

        agency, year = self._facts(report)
        if agency is None:
            return None
        same = [item for item in self._known if item[1] and same_agency(agency, item[1])]
        if year is not None:
            same.sort(key=lambda item: (item[2] != year - 1, -(item[2] or 0)))
        return same[0][0] if same else None

    def _by_name(self, report: RawReport) -> RawReport | None:
        name = os.path.basename(report.name)
        agency, _ = self._facts(report)
        return next(
            (
                last
                for last, other, _ in self._known
                if os.path.basename(last.name) == name and (agency is None or other is None)
            ),
            None,
        )

    @cached_property
    def _known(self) -> list[tuple[RawReport, str | None, int | None]]:
        return [(report, *self._facts(report)) for report in self.reports]

    def _facts(self, report: RawReport) -> tuple[str | None, int | None]:
        from checker.engine import read_document

        document = read_document(report, self.pack)
        return document.agency, document.year


def find_previous(path: str, judged: Sequence[files.Operand], pack: CompiledPack) -> Previous:
    """Read last year's reports.  Raises ``UsageError`` where the file, or every file of the folder, cannot be read."""
    from checker.read import read_report

    if path == "-":
        raise UsageError("--previous 不能用标准输入（-），请给出上年度报告的文件或目录。")
    reports: list[RawReport] = []
    troubles: list[tuple[str, str]] = []
    for name, trouble in files.find_reports([path]):
        shown = files.printable(name)
        try:
            if trouble is not None:
                raise trouble
            reports.append(read_report(name, shown))
        except (CheckerError, ReadError) as error:
            troubles.append((shown, str(error)))
    if not reports:
        name, message = troubles[0]
        raise UsageError(f"--previous：{name}：{message}")
    return Previous(
        reports, troubles, pack, for_sure=len(reports) == 1 and len(judged) == 1 and not os.path.isdir(path)
    )
