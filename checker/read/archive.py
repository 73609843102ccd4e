"""Zip archives of documents: an archive stands for the documents in it, each under ``archive.zip/path inside``.

Such a path is read like any other, see ``read_report``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from checker.errors import ReadError
from checker.read.kinds import kind_of
from checker.read.packaged import open_package

MAX_DOCUMENTS = 500
_NOT_DOCUMENTS = ("__MACOSX", ".", "~$")  # what begins so is of the system, or of a program that was writing


def documents(archive: str, data: bytes, suffixes: tuple[str, ...]) -> list[str]:
    """The paths of the documents in an archive, sorted; its own path alone if it is a document and no archive.

    Raises ``ReadError``: damaged, without any document, with too many.
    """
    if kind_of(data) != "zip":
        return [archive]
    names = sorted(name for name in open_package(data).names if _is_document(name, suffixes))
    if not names:
        raise ReadError("压缩包里没有可以审查的文件（" + "、".join(suffixes) + "）。")
    if len(names) > MAX_DOCUMENTS:
        raise ReadError(f"压缩包里的文件过多（{len(names)} 份，上限 {MAX_DOCUMENTS} 份），请解压后分批审查。")
    return [f"{archive}/{name}" for name in names]


def split(path: Path) -> tuple[Path, str] | None:
    """The archive and the path inside it, where a path leads into a zip file; ``None`` where it does not."""
    for parent in path.parents:
        if os.path.isfile(parent):
            with parent.open("rb") as stream:
                is_zip = stream.read(2) == b"PK"
            return (parent, path.relative_to(parent).as_posix()) if is_zip else None
    return None


def folders_inside(name: str) -> list[str]:
    """The folders of a document inside its archive, outermost first, as names that are safe to make elsewhere."""
    cleaned = (re.sub(r'[\x00-\x1f<>:"|?*\\]', "_", part).strip(" ") for part in name.split("/")[:-1])
    return [part for part in cleaned if part.strip(".")]


def read_member(data: bytes, name: str) -> bytes:
    """The bytes of a document in an archive.  Raises ``ReadError``: not there, damaged, or itself an archive."""
    package = open_package(data)
    if name not in package:
        raise ReadError("压缩包里没有这个文件，请检查路径。")
    member = package.read(name)
    if kind_of(member) == "zip":
        raise ReadError("这是压缩包里的压缩包，不再展开，请先解压。")
    return member


def _is_document(name: str, suffixes: tuple[str, ...]) -> bool:
    hidden = any(part.startswith(_NOT_DOCUMENTS) for part in name.split("/"))
    return not hidden and name.lower().endswith(suffixes)
