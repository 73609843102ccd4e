"""A document that is of no asked pack's kind: which other installed pack recognises it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from checker.commands import output
from checker.errors import PackError
from checker.gather import AUTO

if TYPE_CHECKING:
    from checker.compiled import CompiledPack
    from checker.models.document import RawReport


class Fit(NamedTuple):
    """A pack that recognises a document: its id and what it calls documents of its kind."""

    pack: str
    kind: str


class Others:
    """The installed packs of all kinds of documents, opened once one is needed."""

    def __init__(self) -> None:
        self._packs: Sequence[CompiledPack] | None = None

    def fit(self, report: RawReport, asked: Iterable[CompiledPack]) -> Fit | None:
        """The pack, none of those asked, whose kind a report is; ``None`` where there is none."""
        from checker.engine import read_by_best
        from checker.judge.kind import judge_kind

        known = {pack.pack.id for pack in asked}
        others = [pack for pack in self._open() if pack.pack.id not in known]
        if not others:
            return None
        best, document = read_by_best(report, others)
        if judge_kind(document, best.pack)[0] != "report":
            return None
        return Fit(best.pack.id, best.pack.document.name)

    def _open(self) -> Sequence[CompiledPack]:
        from checker.commands.packs import open_packs

        if self._packs is None:
            try:
                self._packs = open_packs(AUTO)
            except PackError:  # not asked for: no reason to fail
                self._packs = []
        return self._packs


def tell_fits(fits: Iterable[tuple[str, Fit | None]]) -> None:
    """One line for each pack that recognises files, given by name, which are of no asked pack's kind."""
    files: dict[Fit, list[str]] = {}
    for name, fit in fits:
        if fit is not None:
            files.setdefault(fit, []).append(name)
    for fit, names in files.items():
        more = f" 等 {len(names)} 份文件" if len(names) > 1 else ""
        output.tell(f"{names[0]}{more}：如需按{fit.kind}审查，请加 --pack {AUTO} 或 --pack {fit.pack}。")
