"""The formats that can be read: how each is recognised by its content, and which module reads it.

A module of ``checker.read`` that reads a format has one public function ``read(data: bytes, name: str) -> RawReport``,
which raises ``ReadError``; it is loaded only when a file of its format comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from checker.errors import ReadError
from checker.models.document import RawReport


@dataclass(frozen=True)
class Format:
    """One kind of file: its name for users, the module that reads it (``None``: not readable), the optional extra it
    needs."""

    title: str
    module: str | None = None
    extra: str | None = None


FORMATS = {
    "zip": Format("Word（docx）、WPS 或压缩文件"),
    "pdf": Format("PDF 文件"),
    "ole": Format("旧版 Word（doc）或 WPS 文件"),
    "rtf": Format("RTF 文件"),
    "image": Format("图片"),
    "archive": Format("压缩文件"),
    "program": Format("程序文件"),
}
SUFFIXES = (".txt", ".md")
_SIGNATURES = {
    b"%PDF": "pdf",
    b"PK\x03\x04": "zip",
    b"\xd0\xcf\x11\xe0": "ole",
    b"{\\rtf": "rtf",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"\x1f\x8b": "archive",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x7fELF": "program",
}


def recognise(data: bytes) -> str | None:
    """The format of a file by its content; ``None`` for what should be plain text."""
    return next((name for signature, name in _SIGNATURES.items() if data.startswith(signature)), None)


def read_as(format: str, data: bytes, name: str) -> RawReport:
    """Read a file of a format.  Raises ``ReadError``: not readable at all, its extra not installed, or damaged."""
    known = FORMATS[format]
    if known.module is None:
        raise ReadError(f"这是{known.title}，目前只能读取纯文本（.txt、.md），请另存为纯文本后再试。")
    try:
        module = import_module(known.module)
    except ImportError:
        if known.extra is None:
            raise
        raise ReadError(
            f"这是{known.title}，读取它需要另装组件：python -m pip install 'checker[{known.extra}]'。"
        ) from None
    report: RawReport = module.read(data, name)
    return report
