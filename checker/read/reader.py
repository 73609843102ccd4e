"""Picks the reader of a document by its content first, then by its suffix."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from checker.errors import ReadError
from checker.models.document import RawReport
from checker.read.from_text import decode

MAX_BYTES = 40_000_000
MAX_CHARACTERS = 10_000_000
_SIGNATURES = {
    b"%PDF": "PDF 文件",
    b"PK\x03\x04": "Word（docx）、WPS 或压缩文件",
    b"\xd0\xcf\x11\xe0": "旧版 Word（doc）或 WPS 文件",
    b"{\\rtf": "RTF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"\x1f\x8b": "压缩文件",
    b"Rar!": "压缩文件",
    b"7z\xbc\xaf": "压缩文件",
    b"\x7fELF": "程序文件",
    b"MZ": "程序文件",
}


def read_report(source: str | Path | BinaryIO, name: str | None = None) -> RawReport:
    """The document at a path, or in an open binary stream; ``-`` is standard input.

    ``name`` is how the result calls it (by default the path as given).
    Raises ``ReadError`` with one clear Chinese line if it is missing, unreadable, empty, binary, undecodable or too long.
    """
    if isinstance(source, str | Path) and str(source) != "-":
        path = Path(source)
        return read_bytes(_read_file(path), name or str(source))
    stream = sys.stdin.buffer if isinstance(source, str | Path) else source
    data = stream.read(MAX_BYTES + 1)
    return read_bytes(data, name or ("-" if isinstance(source, str | Path) else "<stream>"))


def read_bytes(data: bytes, name: str) -> RawReport:
    """The document whose bytes these are.  Raises ``ReadError`` as ``read_report`` does."""
    if len(data) > MAX_BYTES:
        raise ReadError(f"文件过大（超过 {MAX_BYTES // 1_000_000} MB），不像一份年度报告，请检查是否选错了文件。")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ReadError("文件是空的，没有可以审查的文字。")
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise ReadError(f"这是{kind}，目前只能读取纯文本（.txt、.md），请另存为纯文本后再试。")
    text, encoding = decode(data)
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise ReadError("文件是空的，没有可以审查的文字。")
    if len(text) > MAX_CHARACTERS:
        raise ReadError(f"文字过长（{len(text)} 字，上限 {MAX_CHARACTERS} 字），请检查是否选错了文件。")
    return RawReport(name, text, encoding)


def _read_file(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ReadError("这是一个目录，不是文件。")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ReadError(
                f"文件过大（{size // 1_000_000} MB，上限 {MAX_BYTES // 1_000_000} MB），请检查是否选错了文件。"
            )
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ReadError("找不到这个文件，请检查路径和文件名。") from None
    except PermissionError:
        raise ReadError("没有读取这个文件的权限。") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReadError(f"无法读取这个文件：{reason}。") from None
