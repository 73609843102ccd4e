"""A path, an open stream or bytes to a document: bounds and system errors here, formats by their content elsewhere."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO

from checker.errors import ReadError
from checker.models.document import RawReport
from checker.read.building import EMPTY, MAX_CHARACTERS, has_text, too_long
from checker.read.formats import SUFFIXES, read_as, recognise
from checker.read.from_text import decode

_REASONS = {
    errno.ENAMETOOLONG: "文件名过长", errno.ELOOP: "链接绕成了一圈", errno.ENOTDIR: "路径中有一段不是目录",
    errno.EIO: "磁盘读取出错", errno.EISDIR: "这是一个目录",
}  # fmt: skip
MAX_BYTES = 40_000_000


def read_report(source: str | Path | BinaryIO, name: str | None = None) -> RawReport:
    """The document at a path, or in an open binary stream; ``-`` is standard input.

    ``name`` is how the result calls it (by default the path as given).
    Raises ``ReadError``, one clear Chinese line: missing, unreadable, empty, binary, undecodable or too long.
    """
    if isinstance(source, str | Path) and str(source) != "-":
        return read_bytes(_read_path(Path(source)), name or str(source))
    if isinstance(source, str | Path):
        return read_bytes(_read_stdin(), name or "-")
    return read_bytes(source.read(MAX_BYTES + 1), name or "<stream>")


def read_bytes(data: bytes, name: str) -> RawReport:
    """The document whose bytes these are.  Raises ``ReadError`` as ``read_report`` does."""
    if len(data) > MAX_BYTES:
        raise ReadError(f"文件过大（超过 {MAX_BYTES // 1_000_000} MB），不像一份年度报告，请检查是否选错了文件。")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ReadError(EMPTY)
    format = recognise(data)
    if format is not None:
        return read_as(format, data, name)
    try:
        text, encoding = decode(data)
    except ReadError as error:
        raise _misnamed(name) or error from None
    if not has_text(text):
        raise ReadError(EMPTY)
    if len(text) > MAX_CHARACTERS:
        raise ReadError(too_long(len(text)))
    return RawReport(name, text, encoding)


def _misnamed(name: str) -> ReadError | None:
    """What to say of a file that is no text, nor what its suffix promises."""
    suffix = os.path.splitext(name)[1].lower()
    if suffix not in SUFFIXES or suffix in (".txt", ".md"):
        return None
    return ReadError(f"后缀是 {suffix}，内容却不是这种文件，可能已损坏或没有下载完整，请从原文件重新导出。")


def _read_stdin() -> bytes:
    if sys.stdin is None:
        raise ReadError("没有标准输入可读。")
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadError(f"无法读取标准输入：{_reason(error)}。") from None


def _reason(error: OSError | ValueError) -> str:
    """Why the system refused, in Chinese."""
    number = getattr(error, "errno", None)
    return _REASONS.get(number or 0) or (f"系统错误 {number}" if number else "路径写法不对")


def _read_path(path: Path) -> bytes:
    """The bytes of a file, or of a document inside a zip archive."""
    if not os.path.exists(path):  # unlike the method, never raises
        from checker.read import archive

        if (found := archive.split(path)) is not None:
            return archive.read_member(read_file(found[0]), found[1])
    return read_file(path)


def read_file(path: Path) -> bytes:
    """The bytes of a file.  Raises ``ReadError``: missing, unreadable, too big."""
    try:
        if path.is_dir():
            raise ReadError("这是一个目录，不是文件。")
        size = path.stat().st_size
        if size > MAX_BYTES:
            megabytes = (size // 1_000_000, MAX_BYTES // 1_000_000)
            raise ReadError("文件过大（{} MB，上限 {} MB），请检查是否选错了文件。".format(*megabytes))
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ReadError("找不到这个文件，请检查路径和文件名。") from None
    except PermissionError:
        raise ReadError("没有读取这个文件的权限。") from None
    except (OSError, ValueError) as error:
        raise ReadError(f"无法读取这个文件：{_reason(error)}。") from None
