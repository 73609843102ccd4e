"""Which kind of file bytes are, by what they hold: signatures, the members of a package, the first words of markup."""

from __future__ import annotations

import re

from checker.errors import ReadError

_SIGNATURES = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"%PDF": "pdf",
    b"\xd0\xcf\x11\xe0": "ole",
    b"{\\rtf": "rtf",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"II*\x00": "image",
    b"MM\x00*": "image",
    b"BM": "image",
    b"\x1f\x8b": "archive",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"BZh": "archive",
    b"\xfd7zXZ": "archive",
    b"\x7fELF": "program",
    b"MZ": "program",
}
_SHORT = {b"BM", b"MZ", b"BZh"}  # signatures that a text may begin with as well; a text has no zero byte at its head
_PACKAGES = (  # the first that begins the name of a member tells the kind
    ("OFD.xml", "ofd"),
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("[Content_Types].xml", "docx"),
)
_MIME_TYPES = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "xlsx"),
    (b"application/vnd.oasis.opendocument.presentation", "pptx"),
    (b"application/epub", "epub"),
)
_HEAD = 4096
_PROLOGUE = rb"(?s)(?:\s|<\?[^>]*>|<!--.*?-->)*"
_MARKUP = (
    (rb"<office:document[\s>]", "fodt"),
    (rb"<(?:w:wordDocument|pkg:package)[\s>]", "word-xml"),
    (rb"(?i)<!doctype\s+html|<(?:html|head|body|meta|title)[\s>]", "html"),
    (rb"(?i)<(?:div|p|table|span|article|section|center|style|h[1-6])(?:\s[^<>]*)?>", "html"),
)
_MAIL = rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+"


def kind_of(data: bytes) -> str | None:
    """The kind of a file; ``None`` for what should be plain text.  Raises ``ReadError`` for a damaged package."""
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature) and (signature not in _SHORT or b"\0" in data[:64]):
            return _package(data) if kind == "zip" else kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    return _markup(data[:_HEAD])


def _package(data: bytes) -> str:
    """The kind of a zip package: a document, or an archive of files."""
    from checker.read.packaged import open_package  # no plain text needs it

    package = open_package(data)
    if "mimetype" in package:
        found = package.read("mimetype")
        return next((kind for mime, kind in _MIME_TYPES if found.startswith(mime)), "zip")
    for start, kind in _PACKAGES:
        if any(name.startswith(start) for name in package.names):
            return kind
    if not package.names:
        raise ReadError("压缩文件是空的，里面没有文件。")
    return "zip"


def _markup(head: bytes) -> str | None:
    """HTML, a saved web page, or a document in one XML file, in any encoding that keeps ASCII apart."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:4]:
        head = head.lstrip(b"\xff\xfe").replace(b"\0", b"")
    head = head.lstrip()
    if head.startswith(b"<"):
        body = head[re.match(_PROLOGUE, head).end() :]  # type: ignore[union-attr]  # it matches anywhere
        return next((kind for pattern, kind in _MARKUP if re.match(pattern, body)), None)
    if b"multipart/related" in head and (headers := re.match(_MAIL, head)):
        return "mhtml" if b"mime-version:" in headers[0].lower() else None
    return None
