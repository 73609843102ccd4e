"""Results written into a folder, one file for each report: ``-o docx:审查/``, or ``-o 审查/ --format docx``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from checker.errors import UsageError
from checker.models.result import ReportResult, RunResult
from checker.render import RENDERERS

_RESULT = re.compile(r"\.reviewed(?:-\d+)?$")


class Outputs(NamedTuple):
    """What ``-o`` and ``--format`` ask for: folders with the format of their files, files, and the format to show."""

    folders: list[tuple[str, str]]
    files: list[str]
    format: str | None


def part(outputs: Iterable[str], shown: str | None) -> Outputs:
    """The folders and the files among the outputs; a folder is there already or ends in a slash.

    One without a format of its own takes the one to show, which is not shown then.  Raises ``UsageError`` for a folder
    without a format, of a format that no file has, or that cannot be made.
    """
    asked = Outputs([], [], shown)
    for output in outputs:
        format, path = _parted(output)
        if not path.endswith(("/", os.sep)) and not os.path.isdir(path):
            asked.files.append(output)
            continue
        asked.folders.append((path, _check(path, format or shown)))
        if format is None:
            asked = asked._replace(format=None)
    return asked


def results_among(names: Iterable[str], outputs: Outputs) -> list[str]:
    """The files that an earlier run has written: those in the folder of an output that are named as its files are."""
    written = [(Path(os.path.realpath(folder)), RENDERERS[format].suffixes) for folder, format in outputs.folders]
    found = []
    for name in names:
        path = Path(os.path.realpath(name))
        if _RESULT.search(path.stem) and any(
            folder in path.parents and path.suffix in suffixes for folder, suffixes in written
        ):
            found.append(name)
    return found


def check_single(outputs: Iterable[tuple[str, str]], reports: int) -> None:
    """Refuse a file for many reports in a format that holds one alone.  Raises ``UsageError``."""
    for path, format in outputs:
        if RENDERERS[format].single and reports > 1:
            raise UsageError(
                f"-o {path}：这种文件一个只能写一份报告，这里有 {reports} 份；请改为给出目录：-o {format}:审查/。"
            )


def each_report(
    folder: str, format: str, result: RunResult, operands: Iterable[str], kept: Iterable[str]
) -> Iterator[tuple[str, RunResult]]:
    """A path in the folder for each report, with the run narrowed to it; made if it is not there.

    A report keeps the folders it has below those of the ``operands`` that are folders, or in an archive.  The path is
    none of ``kept``, the files that the run reads, and no two are alike.  Raises ``OSError``.
    """
    os.makedirs(folder, exist_ok=True)
    taken = {os.path.realpath(path).casefold() for path in kept}
    top = top_of(operands)
    for report in result.reports:
        path = _free(Path(folder, *_inner(report, top)), report, RENDERERS[format].suffixes, taken)
        taken.add(os.path.realpath(path).casefold())
        os.makedirs(path.parent, exist_ok=True)
        yield str(path), result.model_copy(update={"reports": [report], "errors": []})


def _parted(output: str) -> tuple[str | None, str]:
    """The format and the path of ``format:path``; no format for a path alone."""
    format, colon, path = output.partition(":")
    return (format, path) if colon and path and format in RENDERERS else (None, output)


def _check(folder: str, format: str | None) -> str:
    if format is None or not RENDERERS[format].suffixes:
        raise UsageError(f"-o {folder} 是一个目录，请说明每份报告写成什么格式，例如 -o docx:{folder}。")
    RENDERERS[format].require()
    if not os.path.isdir(os.path.dirname(os.path.realpath(folder))):
        raise UsageError(f"-o {folder} 的上级目录不存在，请先建立目录。")
    return format


def top_of(operands: Iterable[str]) -> Path | None:
    """The folder that holds all operands that are folders; none where there are no such, or on several drives."""
    folders = [os.path.realpath(operand) for operand in operands if os.path.isdir(operand)]
    try:
        return Path(os.path.commonpath(folders)) if folders else None
    except ValueError:
        return None


def below(name: str, top: Path | None) -> tuple[str, ...]:
    """The folders that a file has below the top one."""
    place = Path(os.path.realpath(name)).parent
    return place.relative_to(top).parts if top is not None and place.is_relative_to(top) else ()


def _inner(report: ReportResult, top: Path | None) -> list[str]:
    """The folders that a report has below the top one, then those in the archive it came from."""
    from checker.read.archive import folders_inside, split

    inside = None if os.path.exists(report.file) else split(Path(report.file))
    folders = below(str(inside[0]) if inside else report.file, top)
    return [*folders, *(folders_inside(inside[1]) if inside else ())]


def _free(folder: Path, report: ReportResult, suffixes: Sequence[str], taken: set[str]) -> Path:
    stem = "标准输入" if report.file == "-" else Path(report.file).stem
    number = 1
    while True:
        path = folder / f"{stem}.reviewed{f'-{number}' if number > 1 else ''}{suffixes[0]}"
        if os.path.realpath(path).casefold() not in taken:
            return path
        number += 1
