"""Judge the files of a run, here or in worker processes; what goes wrong in one is listed and does not stop the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker.commands import files
from checker.commands.hints import Fit, Others
from checker.errors import CheckerError, ReadError

if TYPE_CHECKING:
    from checker.commands.exemptions import Entry
    from checker.commands.previous import Previous
    from checker.compiled import CompiledPack
    from checker.models.result import FileError, ReportResult, RunResult
    from checker.models.rule import RulePack


class Task(NamedTuple):
    """One file to judge: why it cannot even be tried, if so, and what holds for it.

    ``entries`` are the exemptions that may hold; without ``keep_text`` the result does not carry the document."""

    name: str
    trouble: ReadError | None
    pack: str
    year: int | None = None
    disabled: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    keep_text: bool = True


class Judged(NamedTuple):
    """What came of a task, the exemptions that held, and, of a document of another kind, which pack it fits."""

    task: Task
    outcome: ReportResult | FileError
    used: tuple[Entry, ...] = ()
    fit: Fit | None = None


class Judge:
    """Judges one task after the other by packs opened beforehand; goes into worker processes as it is.

    A name may stand for several packs (``auto``): the one whose kind of document a report is judges it."""

    def __init__(self, packs: Mapping[str, Sequence[CompiledPack]], previous: Previous | None = None) -> None:
        self._packs, self._previous = packs, previous
        self._reduced: dict[tuple[str, tuple[str, ...]], Sequence[CompiledPack]] = {}
        self._others = Others()

    def __call__(self, task: Task) -> Judged:
        """One file's result, or why there is none.  A bug of ours is listed by its class and place, never hidden."""
        if task.trouble is not None:
            return failed(task, str(task.trouble))
        try:
            return self._judged(task)
        except CheckerError as error:
            return failed(task, str(error))
        except Exception as error:  # told by name in the result; the other files must still be judged
            return failed(task, bug(error))

    def _judged(self, task: Task) -> Judged:
        from checker.engine import check
        from checker.read import read_report

        source, packs, last = read_report(task.name, files.printable(task.name)), self._pack(task), None
        if self._previous is not None:
            source, last = self._previous.beside(source, packs, task.year)
        report = check(source, packs, year=task.year, previous=last)
        report = report.model_copy(update={"disabled": list(task.disabled)})
        used: tuple[Entry, ...] = ()
        if task.entries:
            from checker.suppress import suppress

            report, numbers = suppress(report, [entry.suppression for entry in task.entries])
            used = tuple(task.entries[number] for number in numbers)
        fit = self._others.fit(source, packs) if report.kind == "other" else None
        return Judged(task, report if task.keep_text else report.model_copy(update={"source": None}), used, fit)

    def _pack(self, task: Task) -> Sequence[CompiledPack]:
        """The task's packs, without the rules that are switched off for it."""
        if not task.disabled:
            return self._packs[task.pack]
        key = (task.pack, task.disabled)
        if key not in self._reduced:
            from checker.compiled import without_rules

            self._reduced[key] = [without_rules(pack, task.disabled) for pack in self._packs[task.pack]]
        return self._reduced[key]


def judge_all(reports: Iterable[files.Operand], pack: CompiledPack, report_year: int | None) -> RunResult:
    """Judge each file by one pack."""
    judge = Judge({pack.pack.id: [pack]})
    return collect((judge(Task(name, trouble, pack.pack.id, report_year)) for name, trouble in reports), [pack])


def collect(judged: Iterable[Judged], packs: Sequence[CompiledPack], others: Iterable[RulePack] = ()) -> RunResult:
    """The run's result, in the order of the tasks; ``packs`` were asked for, ``others`` for some of the files."""
    from checker.gather import gather
    from checker.models.result import FileError

    reports: list[ReportResult] = []
    errors: list[FileError] = []
    for one in judged:
        if isinstance(one.outcome, FileError):
            errors.append(one.outcome)
        else:
            reports.append(one.outcome)
    return gather(reports, errors, [pack.pack for pack in packs], others)


def failed(task: Task, message: str) -> Judged:
    """A task of which nothing came, and why."""
    from checker.models.result import FileError

    return Judged(task, FileError(file=files.printable(task.name), message=message))


def bug(error: Exception) -> str:
    """One line about a bug: class, place, message."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name} 第 {trace.tb_lineno} 行" if trace else "位置不明"
    message = " ".join(str(error).split())[:200]
    return f"程序内部出错（{type(error).__name__}，{place}：{message}），这份文件没有审查，请把这一行告诉维护者。"
