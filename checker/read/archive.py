"""Zip archives of documents: an archive stands for the documents in it, each under ``archive.zip/path inside``.

Such a path is read like any other; only the archive's own directory says whether it exists.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from checker.errors import ReadError
from checker.read.kinds import kind_of
from checker.read.packaged import Package, open_package

MAX_DOCUMENTS = 500
_NOT_DOCUMENTS = ("__MACOSX/", ".", "~$")  # what begins so is of the system or of a program that was writing


def documents(archive: Path, data: bytes, suffixes: tuple[str, ...]) -> list[str] | None:
    """The paths of the documents in an archive, sorted; ``None`` if the bytes are no archive but a document.

    Raises ``ReadError``: damaged, without any document, with too many.
    """
    if kind_of(data) != "zip":
        return None
    names = sorted(name for name in open_package(data).names if _is_document(name, suffixes))
    if not names:
        raise ReadError("压缩包里没有可以审查的文件（" + "、".join(suffixes) + "）。")
    if len(names) > MAX_DOCUMENTS:
        raise ReadError(f"压缩包里的文件过多（{len(names)} 份，上限 {MAX_DOCUMENTS} 份），请解压后分批审查。")
    return [f"{archive}/{name}" for name in names]


def split(path: Path) -> tuple[Path, str] | None:
    """The archive and the path inside it, where a path leads through a file; ``None`` where it does not."""
    for parent in path.parents:
        if parent.is_file():
            return parent, path.relative_to(parent).as_posix()
    return None


def read_member(archive: Path, name: str) -> bytes:
    """The bytes of a document in an archive.  Raises ``ReadError``: no such member, or another archive."""
    stat = archive.stat()
    package = _opened(archive, stat.st_mtime_ns, stat.st_size)
    if name not in package:
        raise ReadError("压缩包里没有这个文件，请检查路径。")
    data = package.read(name)
    if kind_of(data) == "zip":
        raise ReadError("这是压缩包里的压缩包，不再展开，请先解压。")
    return data


@lru_cache(maxsize=1)  # the documents of an archive are read one after another
def _opened(archive: Path, _mtime: int, _size: int) -> Package:
    return open_package(archive.read_bytes())


def _is_document(name: str, suffixes: tuple[str, ...]) -> bool:
    parts = name.split("/")
    return not any(part.startswith(_NOT_DOCUMENTS) for part in parts) and name.lower().endswith(suffixes)
