"""Office files built for tests: a docx from a few lines of XML, a report as Word would number it, conversions."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_TYPES = 'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
_LINKS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."
LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"))
_TYPED = (r"[一二三四五六七八九十]+、", r"（[一二三四五六七八九十]+）", r"\d{1,2}\.(?!\d)", r"（\d{1,2}）")


def package(members: dict[str, str | bytes]) -> bytes:
    """A zip package."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def word(body: str, strict: bool = False, extra: dict[str, str | bytes] | None = None, **parts: str) -> bytes:
    """A docx whose body, styles, numbering, footnotes ... hold some XML."""
    relations = "".join(
        f'<Relationship Id="r{index}" Type="{_RELATIONS}/{part}" Target="{part}.xml"/>'
        for index, part in enumerate(parts)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    for name, kind in {"document": "document.main", **{part: part for part in parts}}.items():
        types += f'<Override PartName="/word/{name}.xml" ContentType="{_KINDS}{kind}+xml"/>'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f"{head}<Types {_TYPES}>{types}</Types>",
        "_rels/.rels": f'{head}<Relationships {_LINKS}><Relationship Id="r" Type="{_RELATIONS}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"{head}<Relationships {_LINKS}>{relations}</Relationships>",
        "word/document.xml": f"{head}<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        **{f"word/{part}.xml": f"{head}<w:{part} {_SPACES}>{xml}</w:{part}>" for part, xml in parts.items()},
        **(extra or {}),
    }
    if strict:
        members = {name: text.replace(W, STRICT) if isinstance(text, str) else text for name, text in members.items()}
    return package(members)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    """A paragraph; content that is no XML becomes a run."""
    inside = content if content.startswith("<") else run(content) if content else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def item(text: str, level: int = 0, list_id: int = 1) -> str:
    """A paragraph that is an item of a list."""
    return par(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell that is no XML becomes a paragraph."""
    cells = ("".join(f"<w:tc>{c if c.startswith('<') else par(c)}</w:tc>" for c in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def definition(*levels: tuple[str, str], key: int = 1, more: str = "", lists: str = "") -> str:
    """The XML of one list definition and of the list that uses it."""
    xml = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (format, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{key}">{xml}</w:abstractNum>'
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>{lists}'
    )


def numbered(text: str) -> bytes:
    """A report as docx whose typed numbers of headings are Word's automatic ones, wherever they count up in turn."""
    body, counts = [], [0] * len(_TYPED)
    from checker.read.numerals import format_number

    for line in text.splitlines():
        for depth, pattern in enumerate(_TYPED):
            typed = re.match(pattern, line)
            format, label = LEVELS[depth]
            wanted = label.replace(f"%{depth + 1}", format_number(format, counts[depth] + 1))
            if typed and typed[0] == wanted:
                counts[depth] += 1
                counts[depth + 1 :] = [0] * (len(_TYPED) - depth - 1)
                body.append(item(line[typed.end() :], depth))
                break
        else:
            body.append(par(line))
    return word("".join(body), numbering=definition(*LEVELS))


def convert(paths: list[Path], suffix: str) -> list[Path]:
    """Files of one folder in another format, by LibreOffice; the test is skipped where that is not installed."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (Debian: libreoffice-writer) is not installed")
    folder = paths[0].parent
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", suffix]
    command += ["--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [path.with_suffix(f".{suffix}") for path in paths]
