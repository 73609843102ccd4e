"""``--baseline`` and ``--write-baseline``: the file, its paths, and what is told of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.baseline import Baseline, Compared, compare, partners, take
from checker.commands import files, output
from checker.commands.globs import within
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.models.result import ReportResult
    from checker.models.rule import RulePack

Named = tuple[str, "ReportResult"]  # its path as given
_AGAIN = "请用 --write-baseline 重新生成"
REASON = "基线中已有"
_TOLD = 5  # mended places told one by one


def read_baseline(path: str, asked: Iterable[Sequence[RulePack]]) -> Baseline:
    """A baseline that was made by the packs asked for; another version of one is told, for its rules may have changed.

    Of packs of which each report gets its own (``--pack auto``), it need know one: what others judged is new.  Raises
    ``UsageError`` with the file and what to do.
    """
    baseline = _parse(path, _read(path))
    for packs in asked:
        known = [pack for pack in packs if pack.id in baseline.packs]
        if not known:
            made, now = "、".join(baseline.packs) or "别的规则包", "、".join(pack.id for pack in packs)
            raise UsageError(f"基线 {path} 是用规则包 {made} 作的，与现在的 {now} 不能比较，{_AGAIN}。")
        for pack in known:
            _tell_version(path, pack, baseline.packs[pack.id])
    return baseline


def _tell_version(path: str, pack: RulePack, version: str) -> None:
    if version != pack.version:
        output.tell(f"基线 {path} 是用规则包 {pack.id} {version} 作的，现在是 {pack.version}，规则有变，{_AGAIN}")


def write_baseline(path: str, reports: Iterable[Named], packs: Iterable[RulePack]) -> None:
    """Write down what a run found.  Raises ``OSError``."""
    import json

    from checker import __version__

    base = Path(os.path.abspath(path)).parent
    known = {_name(name, base): take(report) for name, report in reports}
    baseline = Baseline(checker=__version__, packs={pack.id: pack.version for pack in packs}, files=known)
    data = baseline.model_dump()
    files.write_aside(path, json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def compare_all(baseline: Baseline, path: str, reports: Sequence[Named]) -> list[Compared]:
    """Each report held against the baseline, in order."""
    base = Path(os.path.abspath(path)).parent
    named = {_name(name, base): report for name, report in reports}
    there = {name for name in baseline.files if (base / name).exists()}
    known = partners(named, baseline, there)
    return [compare(report, known.get(_name(name, base)), REASON) for name, report in reports]


def tell_mended(compared: Iterable[Compared]) -> None:
    """What is better than in the baseline, in a few lines."""
    mended = [(one.report.file, word) for one in compared for word in one.mended]
    for file, word in mended[:_TOLD]:
        output.tell(f"{file}：与基线相比，{word}")
    if len(mended) > _TOLD:
        output.tell(f"与基线相比，另有 {len(mended) - _TOLD} 处已改正")
    if mended:
        output.tell("基线可以收紧：用 --write-baseline 重新生成")


def _name(name: str, base: Path) -> str:
    return name if name == "-" else files.printable(within(name, base))


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"找不到基线 {path}，第一次请用 --write-baseline {path} 生成。") from None
    except (OSError, ValueError):
        raise UsageError(f"无法读取基线 {path}，它应当是由 --write-baseline 生成的文件。") from None


def _parse(path: str, text: str) -> Baseline:
    from pydantic import ValidationError

    try:
        return Baseline.model_validate_json(text)
    except ValidationError as error:
        detail = error.errors()[0]
        place = ".".join(map(str, detail["loc"]))
        where = f"（{place}）" if place else ""
        if detail["loc"] == ("version",):
            raise UsageError(f"基线 {path} 是另一版本的 checker 生成的，{_AGAIN}。") from None
        raise UsageError(f"基线 {path} 的内容不对{where}，{_AGAIN}。") from None
