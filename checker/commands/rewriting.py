"""A corrected report in the form of the file it came from: the same encoding and BOM, or changes tracked in Word."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from checker.edits import Edit, apply
from checker.errors import CheckerError
from checker.models.document import RawReport

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"")


class Rewriter(Protocol):
    """What can put edits into a file of one format."""

    def refusal(self, edit: Edit) -> str | None:
        """Why an edit cannot be made in this file, in Chinese, or ``None``."""

    def apply(self, edits: list[Edit]) -> bytes:
        """The bytes of the file with the edits made."""


def rewriter(report: RawReport, data: bytes) -> Rewriter:
    """What puts edits into the file whose bytes and text these are.

    Raises ``CheckerError`` for a format that cannot be written, or an encoding that would not come back the same.
    """
    if report.format == "text" and report.encoding:
        return _TextFile(report.text, report.encoding, _bom(report.text, report.encoding, data))
    if report.format == "docx":
        return _WordFile(report)
    raise CheckerError("这种格式只能审查，不能改写：fix 能改的是纯文本（.txt、.md）和 Word（.docx）文件。")


class _TextFile(NamedTuple):
    text: str
    encoding: str
    bom: bytes

    def refusal(self, edit: Edit) -> str | None:
        try:
            edit.text.encode(self.encoding)
        except UnicodeEncodeError:
            return f"改后的字在这个文件的编码（{self.encoding.upper()}）里没有，请人工修改"
        return None

    def apply(self, edits: list[Edit]) -> bytes:
        return self.bom + apply(self.text, edits).encode(self.encoding)


def _bom(text: str, encoding: str, data: bytes) -> bytes:
    """The BOM of the bytes.  Raises ``CheckerError`` if they are more than a BOM and the text in this encoding."""
    try:
        body = text.encode(encoding)
    except UnicodeEncodeError:
        body = b""
    for bom in _BOMS:
        if data == bom + body:
            return bom
    raise CheckerError(f"这个文件的编码（{encoding.upper()}）不能逐字节还原，请先另存为 UTF-8 再改。")


class _WordFile:
    def __init__(self, report: RawReport) -> None:
        from checker.word.changes import Tracker  # with the extra that needs it

        self._tracker = Tracker(report)
        self.refusal: Callable[[Edit], str | None] = self._tracker.refusal

    def apply(self, edits: list[Edit]) -> bytes:
        from checker.word.models import Signature

        return self._tracker.apply(edits, Signature(time=datetime.now()))
