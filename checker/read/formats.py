"""The formats that can be read: how each is recognised by its content, and which module reads it.

A module of ``checker.read`` that reads a format has one public function ``read(data: bytes, name: str) -> RawReport``,
which raises ``ReadError``; it is loaded only when a file of its format comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from checker.errors import ReadError
from checker.models.document import RawReport
from checker.read.kinds import kind_of


@dataclass(frozen=True)
class Format:
    """One kind of file: its name for users, the module that reads it (``None``: not readable), the optional extra it
    needs."""

    title: str
    module: str | None = None
    extra: str | None = None


FORMATS = {
    "docx": Format("Word 文档（docx）", "checker.read.from_docx", "office"),
    "odt": Format("OpenDocument 文档（odt）", "checker.read.from_odt", "office"),
    "fodt": Format("OpenDocument 文档（fodt）", "checker.read.from_odt", "office"),
    "rtf": Format("RTF 文档", "checker.read.from_rtf"),
    "html": Format("网页", "checker.read.from_html", "office"),
    "mhtml": Format("网页（mhtml）", "checker.read.from_html", "office"),
    "ole": Format("旧版 Word（doc）或 WPS 文档", "checker.read.from_ole", "office"),
    "word-xml": Format("Word XML 文档", "checker.read.from_ole", "office"),
    "pdf": Format("PDF 文件", "checker.read.from_pdf", "pdf"),
    "ofd": Format("OFD 文件", "checker.read.from_ofd", "office"),
    "xlsx": Format("电子表格"),
    "pptx": Format("演示文稿"),
    "epub": Format("电子书（epub）"),
    "image": Format("图片", "checker.read.from_image", "ocr"),
    "archive": Format("压缩文件（不是 zip）"),
    "program": Format("程序文件"),
}
SUFFIXES = (
    ".txt", ".md", ".docx", ".docm", ".dotx", ".doc", ".wps", ".odt", ".fodt", ".rtf", ".html", ".htm", ".mhtml",
    ".mht", ".zip", ".pdf", ".ofd",
)  # fmt: skip
READABLE = "纯文本、Word（docx、doc）、WPS、PDF、OFD、RTF、ODT、网页"


def recognise(data: bytes) -> str | None:
    """The format of a file by its content; ``None`` for what should be plain text, ``zip`` for an archive of files."""
    return kind_of(data)


def read_as(format: str, data: bytes, name: str) -> RawReport:
    """Read a file of a format.  Raises ``ReadError``: not readable at all, its extra not installed, or damaged."""
    if format == "zip":
        raise ReadError(
            "这是压缩包，里面的文件要逐份审查：请用 checker score 审查整个压缩包（网页上用“多份汇总”），或先解压。"
        )
    known = FORMATS[format]
    if known.module is None:
        raise ReadError(f"这是{known.title}，无法审查；可以审查的有{READABLE}，请另存后再试。")
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
