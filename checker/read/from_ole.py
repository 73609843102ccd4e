"""Old Word and WPS files (doc, wps) and Word XML: told apart from other office files, then converted by LibreOffice."""

from __future__ import annotations

import io
import struct
from dataclasses import replace

import olefile

from checker.errors import ReadError
from checker.models.document import RawReport
from checker.read.converting import convert
from checker.read.packaged import DAMAGED, ENCRYPTED

_OTHERS = {
    "Workbook": "电子表格", "Book": "电子表格", "PowerPoint Document": "演示文稿", "VisioDocument": "Visio 图",
    "FileHeader": "韩文 HWP 文档", "__properties_version1.0": "Outlook 邮件",
}  # fmt: skip
_TEXTS = ("WordDocument", "CONTENTS", "MatOST", "MM")  # of Word and WPS, the others of Microsoft Works
_ENCRYPTED_FLAG = 0x0100  # of the word at offset 10 of Word's first stream


def read(data: bytes, name: str) -> RawReport:
    """The document whose bytes these are.

    Raises ``ReadError``: no text document, encrypted, damaged, or no program there that can convert it.
    """
    kind = _kind(data) if data.startswith(b"\xd0\xcf") else "xml"
    return replace(convert(data, name, kind), name=name)


def _kind(data: bytes) -> str:
    """``doc`` or ``wps``.  Raises ``ReadError`` for anything else."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {path[0] for path in ole.listdir()}
            if "EncryptedPackage" in streams:
                raise ReadError(ENCRYPTED)
            other = next((title for stream, title in _OTHERS.items() if stream in streams), None)
            if "WordDocument" in streams:
                _check_word(ole.openstream("WordDocument").read(32))
                return "doc"
    except (OSError, struct.error, ValueError, LookupError, TypeError, RecursionError):
        raise ReadError(DAMAGED) from None
    if other is not None:
        raise ReadError(f"这是{other}，无法审查；请把报告存为 Word（docx）后再试。")
    if streams.intersection(_TEXTS):
        return "wps"
    raise ReadError("这不是 Word 或 WPS 文字文档，无法审查；请把报告存为 Word（docx）后再试。")


def _check_word(head: bytes) -> None:
    """Raises ``ReadError`` if a Word document is damaged or encrypted."""
    if len(head) < 12:
        raise ReadError(DAMAGED)
    (flags,) = struct.unpack_from("<H", head, 10)
    if flags & _ENCRYPTED_FLAG:
        raise ReadError(ENCRYPTED)
