"""Which files a command line means: files, folders, wildcards and ``-``; and where results are written."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from pathlib import Path

from checker.errors import ReadError, UsageError
from checker.read.formats import SUFFIXES as READABLE
from checker.render import RENDERERS, SUFFIXES

Operand = tuple[str, ReadError | None]


def find_reports(operands: Iterable[str], skipped: list[str] | None = None) -> list[Operand]:
    """The files to judge in the order given, each with why it cannot even be tried, or ``None``.

    A folder stands for all documents below it, sorted, an archive for those in it; a wildcard that the shell left alone
    is resolved here; neither brings a file that is also given by itself, or by another folder, but two operands may
    name one file.  The files of folders that are of no readable kind are added to ``skipped``.
    """
    operands = list(operands)
    found: list[Operand] = []
    taken = {os.path.realpath(operand) for operand in operands if os.path.isfile(operand)}
    for operand in operands:
        if not operand:
            raise UsageError("有一个文件名是空的，请检查命令行（引号里是否没有内容）。")
        if operand != "-" and not os.path.lexists(operand) and glob.has_magic(operand):
            names = sorted(glob.glob(operand, recursive=True))
            if not names:
                found.append((operand, ReadError("没有文件与这个通配符相符。")))
        else:
            names = [operand]
        for name in names:
            below = _below(name, [] if skipped is None else skipped) if os.path.isdir(name) else [(name, None)]
            given_by_name = below == [(operand, None)]
            if not given_by_name:
                below = [item for item in below if os.path.realpath(item[0]) not in taken]
                taken.update(os.path.realpath(path) for path, _ in below)
            found += [document for item in below for document in _inside(item)]
    if sum(name == "-" for name, _ in found) > 1:
        raise UsageError("标准输入（-）只能给出一次。")
    return found


def _inside(operand: Operand) -> list[Operand]:
    """The documents in an archive; anything else stands for itself."""
    name, trouble = operand
    if trouble is not None or not name.lower().endswith(".zip") or not os.path.isfile(name):
        return [operand]
    from checker.read import archive, reader

    try:
        return [(path, None) for path in archive.documents(name, reader.read_file(Path(name)), READABLE)]
    except ReadError as error:
        return [(name, error)]


def _below(folder: str, skipped: list[str]) -> list[Operand]:
    """All documents below a folder; hidden files and folders are left out, what cannot be listed is told."""
    troubles: list[Operand] = []
    texts: list[str] = []

    def note(error: OSError) -> None:
        troubles.append((str(error.filename or folder), ReadError("无法列出这个目录里的文件，请检查权限。")))

    for place, folders, files in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for file in files:
            if not file.startswith((".", "~$")):  # nor the marks that Word leaves beside an open document
                (texts if file.lower().endswith(READABLE) else skipped).append(os.path.join(place, file))
    if not texts and not troubles:
        troubles.append((folder, ReadError("目录里没有可以审查的文件（" + "、".join(READABLE) + "）。")))
    return sorted([(text, None) for text in texts] + troubles, key=lambda item: item[0])


def printable(name: str) -> str:
    """A path as text: bytes that are no UTF-8 would break every output."""
    return os.fsencode(name).decode("utf-8", "replace")


def check_outputs(outputs: Iterable[str], kept: Iterable[str]) -> list[tuple[str, str]]:
    """Each output path with its format: told by ``format:path``, or by the path's suffix.

    Raises ``UsageError`` before anything is judged: an unknown suffix, a folder that is not there, one path twice, or
    a path of ``kept``, the files that the run reads; ``CheckerError`` for a format whose extra is not installed.
    """
    inputs = set(map(os.path.realpath, kept))
    checked: list[tuple[str, str]] = []
    seen: set[str] = set()
    for given in outputs:
        format, output = _format_of(given)
        target = os.path.realpath(output)
        RENDERERS[format].require()
        if target in seen:
            raise UsageError(f"-o {output} 给出了两次。")
        if target in inputs:
            raise UsageError(overwrites(f"-o {output}"))
        if os.path.isdir(target):
            raise UsageError(f"-o {output} 是一个目录，请给出文件名。")
        if not os.path.isdir(os.path.dirname(target)):
            raise UsageError(f"-o {output} 所在的目录不存在，请先建立目录。")
        seen.add(target)
        checked.append((output, format))
    return checked


def overwrites(output: str) -> str:
    """What to say of an output that would destroy what the run reads."""
    return f"{output} 正是这次要读取的文件，写入会把它覆盖，请换一个文件名。"


def _format_of(output: str) -> tuple[str, str]:
    """The format and the path that ``-o`` means."""
    format, colon, path = output.partition(":")
    if colon and path and format in RENDERERS:
        return format, path
    suffix = os.path.splitext(output)[1].lower()
    if suffix not in SUFFIXES:
        allowed = "、".join(f"{end}（{name}）" for end, name in SUFFIXES.items())
        raise UsageError(f"无法从“{output}”的后缀看出格式，可用 {allowed}；也可以写 格式:文件名，如 gitlab:结果.json。")
    return SUFFIXES[suffix], output


def write_aside(path: str, content: str | bytes) -> None:
    """Write a file whole or not at all: aside first, then renamed; text is written as UTF-8.  Raises ``OSError``."""
    target = Path(os.path.realpath(path))
    aside = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
    try:
        with aside.open("xb") as stream:
            stream.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
        if target.exists():
            os.chmod(aside, target.stat().st_mode & 0o7777)
        os.replace(aside, target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def read_text(path: str, what: str) -> str:
    """The text of a file that a user wrote; ``what`` is how messages call it.  Raises ``UsageError``."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"找不到{what}{path}。") from None
    except UnicodeDecodeError:
        raise UsageError(f"{what}{path} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    except (OSError, ValueError):
        raise UsageError(f"无法读取{what}{path}。") from None
