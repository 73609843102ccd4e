"""Judge the files of a run; what goes wrong in one is listed and does not stop the others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from checker.commands import files
from checker.errors import CheckerError

if TYPE_CHECKING:
    from checker.compiled import CompiledPack
    from checker.models.result import FileError, ReportResult, RunResult


def judge_all(reports: Iterable[files.Operand], pack: CompiledPack, report_year: int | None) -> RunResult:
    """Judge each file; what goes wrong in one is listed and does not stop the others."""
    from checker import __version__
    from checker.judge.rule_infos import describe
    from checker.models.result import FileError, PackInfo, RunResult

    judged: list[ReportResult] = []
    errors: list[FileError] = []
    for name, trouble in reports:
        outcome = _judge(name, trouble, pack, report_year)
        if isinstance(outcome, FileError):
            errors.append(outcome)
        else:
            judged.append(outcome)
    info = PackInfo(id=pack.pack.id, version=pack.pack.version)
    return RunResult(checker=__version__, pack=info, reports=judged, errors=errors, rules=describe(pack.pack))


def _judge(name: str, trouble: CheckerError | None, pack: CompiledPack, year: int | None) -> ReportResult | FileError:
    """One file's result, or why there is none.  A bug of ours is listed by its class and place, never hidden."""
    from checker.engine import check
    from checker.models.result import FileError
    from checker.read import read_report

    shown = files.printable(name)
    if trouble is not None:
        return FileError(file=shown, message=str(trouble))
    try:
        return check(read_report(name, shown), pack, year=year)
    except CheckerError as error:
        return FileError(file=shown, message=str(error))
    except Exception as error:  # told by name in the result; the other files must still be judged
        return FileError(file=shown, message=_bug(error))


def _bug(error: Exception) -> str:
    """One line about a bug: class, place, message."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name} 第 {trace.tb_lineno} 行" if trace else "位置不明"
    message = " ".join(str(error).split())[:200]
    return f"程序内部出错（{type(error).__name__}，{place}：{message}），这份文件没有审查，请把这一行告诉维护者。"
