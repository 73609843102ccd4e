"""One run over reports: what holds for each file, judging them, and how it all came out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.commands import NOT_DONE, files, gate, output
from checker.commands.exemptions import Exemptions
from checker.commands.globs import matches, within
from checker.commands.hints import tell_fits
from checker.commands.judging import Judge, Judged, Task, collect
from checker.commands.packs import DEFAULT, open_packs
from checker.commands.scoped import Settings
from checker.errors import UsageError
from checker.models.result import ReportResult, RunResult
from checker.read.progress import listening

if TYPE_CHECKING:
    from checker.baseline import Compared
    from checker.commands.previous import Previous
    from checker.compiled import CompiledPack
    from checker.models.rule import RulePack

_FEW = 20  # so many texts are judged in less time than worker processes need to start
_WORTH_IT = 10  # so many texts for each worker
_HEAVY = 10  # a document of another format takes as long to read as so many texts
_LIGHT = (".txt", ".md", "-")
_BAR = 5  # more files than this are worth a progress bar


class Run:
    """A run by the settings of a file and the options typed, which beat them."""

    def __init__(self, settings: Settings, typed: Mapping[str, Any]) -> None:
        self._settings, self._typed = settings, typed
        self.options: dict[str, Any] = {**settings.options, **typed}
        self.quiet = bool(self.options.get("quiet"))
        self._exemptions = Exemptions(date.today(), self.options.get("ignore"), bool(typed.get("no_ignore")))
        self._packs: dict[str, list[CompiledPack]] = {}
        self._judged: list[Judged] = []
        self._compared: list[Compared] = []
        self._previous: Previous | None = None

    def kept(self, reports: Iterable[files.Operand], operands: Iterable[str]) -> list[files.Operand]:
        """The files that no ``exclude`` means; one that was named itself is told."""
        base = Path.cwd() if "exclude" in self._typed else self._settings.base
        globs, named = self.options.get("exclude", ()), set(operands)
        kept = []
        for name, trouble in reports:
            if name == "-" or not matches(within(name, base), globs):
                kept.append((name, trouble))
            elif name in named and not self.quiet:
                output.tell(f"{files.printable(name)}：按 exclude 的设置略过")
        return kept

    def tasks(self, reports: Iterable[files.Operand], keep_text: bool) -> list[Task]:
        """What is to be done for each file.

        Raises ``CheckerError`` for a mistake in a pack, an exemption, the baseline or what is asked.
        """
        self._check(self.options)
        reports = list(reports)
        if "previous" in self.options:
            from checker.commands.previous import find_previous

            self._previous = find_previous(self.options["previous"], [name for name, _ in reports])
        tasks = [self._task(name, trouble, keep_text) for name, trouble in reports]
        known = gate.rule_ids(self._all_packs)
        self._exemptions.check_rules(known)
        _ = self._baseline
        return tasks

    def judge(self, tasks: Sequence[Task]) -> RunResult:
        """Judge them all, over several processes if that is worth it, and hold them against the baseline."""
        with listening(None if self.quiet or len(tasks) > _BAR else output.progress):  # the bar tells enough
            self._judged = list(_progress(self._each(tasks), len(tasks), self.quiet))
        for judged in self._judged:
            self._exemptions.use(judged.used)
        if self._baseline is not None:
            from checker.commands.baselines import compare_all

            self._compared = compare_all(self._baseline, self.options["baseline"], self._named())
            marked = iter(self._compared)
            self._judged = [
                one._replace(outcome=next(marked).report) if isinstance(one.outcome, ReportResult) else one
                for one in self._judged
            ]
        result = collect(self._judged, self._open(self._main), self._all_packs)
        more = [error for error in (self._previous.troubles if self._previous else ()) if error not in result.errors]
        return result.model_copy(update={"previous_errors": more})

    def verdict(self, result: RunResult) -> int:
        """The exit code; on the way, what people should know beside the result is told."""
        if not self.quiet:
            self._exemptions.tell()
            tell_fits((one.outcome.file, one.fit) for one in self._judged)
        if self._compared and not self.quiet:
            from checker.commands.baselines import tell_mended

            tell_mended(self._compared)
        if "write_baseline" in self._typed:
            return self._write_baseline(self._typed["write_baseline"], gate.exit_code(result, ()))
        known = [one.known for one in self._compared] or [None] * len(result.reports)
        reasons = []
        for (name, report), before in zip(self._named(), known, strict=True):
            options = self._options(name)
            reason = gate.shortfall(report, gate.Demand.of(options, before), self._pack_that_judged(report, options))
            reasons.append(reason)
            if not self.quiet:
                gate.tell(report, reason)
        return gate.exit_code(result, reasons, bool(self.options.get("exit_zero")))

    def reads(self, names: Iterable[str]) -> list[str]:
        """The files among some names, and those that the options name: what no output may overwrite.

        Raises ``UsageError`` if the new baseline would.
        """
        named = [self.options.get(key) for key in ("previous", "ignore", "config")]
        kept = [name for name in [*names, *named] if name and name != "-"]
        target = self._typed.get("write_baseline")
        if target is not None and os.path.realpath(target) in map(os.path.realpath, kept):
            raise UsageError(files.overwrites(f"--write-baseline {target}"))
        return [*kept, *filter(None, [self.options.get("baseline")])]

    @property
    def packs(self) -> Mapping[str, Sequence[CompiledPack]]:
        """The packs opened for the tasks, by how they were asked for."""
        return self._packs

    @property
    def _all_packs(self) -> list[RulePack]:
        return list({pack.pack.id: pack.pack for packs in self._packs.values() for pack in packs}.values())

    def _pack_that_judged(self, report: ReportResult, options: Mapping[str, Any]) -> RulePack:
        packs = [compiled.pack for compiled in self._open(self._pack_of(options))]
        return next((pack for pack in packs if report.pack and pack.id == report.pack.id), packs[0])

    @property
    def _main(self) -> str:
        return self._pack_of(self.options)

    @cached_property
    def _baseline(self) -> Any:
        if "baseline" not in self.options:
            return None
        from checker.commands.baselines import read_baseline

        return read_baseline(
            self.options["baseline"], [[pack.pack for pack in packs] for packs in self._packs.values()]
        )

    def _options(self, name: str) -> dict[str, Any]:
        return {**self._settings.options_for(name), **self._typed}

    def _pack_of(self, options: Mapping[str, Any]) -> str:
        pack: str = options.get("pack", DEFAULT)
        return pack

    def _open(self, pack: str) -> list[CompiledPack]:
        if pack not in self._packs:
            self._packs[pack] = open_packs(pack)
        return self._packs[pack]

    def _task(self, name: str, trouble: Any, keep_text: bool) -> Task:
        options = self._options(name)
        self._check(options)
        entries = self._exemptions.entries_for(name)
        disabled = tuple(sorted(set(options.get("disable", ()))))
        return Task(name, trouble, self._pack_of(options), options.get("year"), disabled, entries, keep_text)

    def _check(self, options: Mapping[str, Any]) -> None:
        """Raise ``UsageError`` for a demand that the pack cannot meet, with the place if it was not typed."""
        packs = [compiled.pack for compiled in self._open(self._pack_of(options))]
        gate.check_demand(self._typed, packs)
        try:
            gate.check_demand(options, packs)
        except UsageError as error:
            raise UsageError(f"{self._settings.file}：{error}") from None

    def _each(self, tasks: Sequence[Task]) -> Iterator[Judged]:
        judge = Judge(self._packs, self._previous)
        jobs = self.options.get("jobs") or default_jobs([task.name for task in tasks])
        if jobs == 1:
            return map(judge, tasks)
        from checker.commands.workers import judge_each

        return judge_each(tasks, judge, jobs)

    def _named(self) -> list[tuple[str, ReportResult]]:
        return [(one.task.name, one.outcome) for one in self._judged if isinstance(one.outcome, ReportResult)]

    def _write_baseline(self, path: str, code: int) -> int:
        from checker.commands.baselines import write_baseline

        try:
            write_baseline(path, self._named(), self._all_packs)
        except OSError as error:
            output.tell(f"无法写入基线 {path}：{output.reason(error)}。")
            return NOT_DONE
        if not self.quiet:
            output.tell(f"基线已写入 {path}，以后用 --baseline {path} 只看新出现的问题")
        return code


def default_jobs(names: Sequence[str]) -> int:
    """How many processes suit some files: all cores for many, one for few."""
    work = sum(1 if name.lower().endswith(_LIGHT) else _HEAVY for name in names)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, len(names), work // _WORTH_IT)) if work >= _FEW else 1


def _progress(judged: Iterator[Judged], total: int, quiet: bool) -> Iterable[Judged]:
    """The same; on a terminal a bar on standard error tells how far the run is."""
    if quiet or total <= _BAR or not sys.stderr.isatty():
        return judged
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread beside the workers
    bar = "审查中 {n_fmt}/{total_fmt} |{bar}| 还需 {remaining}"
    shown: Iterable[Judged] = tqdm(
        judged, total=total, bar_format=bar, leave=False, mininterval=0, miniters=1, file=sys.stderr
    )
    return shown
