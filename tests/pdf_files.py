"""Writes raw PDF files for tests: ordinary ones by hand, and such as only a stranger with bad intentions would send."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def raw_pdf(objects: Sequence[bytes], root: int = 1) -> bytes:
    """A PDF of numbered objects, with a sound cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, table)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %b >>\nstream\n%b\nendstream" % (len(packed), entries, packed)


def simple_pdf(
    content: bytes, pages: int = 1, box: bytes = b"0 0 595 842", extra: bytes = b"", more: Sequence[bytes] = ()
) -> bytes:
    """A PDF all of whose pages show the same content, in Helvetica; ``more`` objects are numbered from 5."""
    first = 5 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + i) for i in range(pages))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%b] /Contents 4 0 R /Resources << /Font << /F 3 0 R >> %b >> >>"
        % (box, extra)
    )
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count %d /Kids [%b] >>" % (pages, kids),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            stream(content),
            *more,
            *([page] * pages),
        ]
    )


def shown(text: bytes, x: int = 72, y: int = 700) -> bytes:
    """Content that shows a line of Latin text."""
    return b"BT /F 12 Tf %d %d Td (%b) Tj ET\n" % (x, y, text)


def laughs(depth: int = 12, width: int = 10) -> bytes:
    """Forms that draw forms that draw forms: ``width ** depth`` times the text of the innermost."""
    forms = []
    for level in range(depth):
        inner = shown(b"ha") if level == depth - 1 else b"/X Do " * width
        resources = b"/Resources << /Font << /F 3 0 R >> /XObject << /X %d 0 R >> >>" % (6 + level)
        forms.append(stream(inner, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + resources))
    return simple_pdf(b"/X Do", extra=b"/XObject << /X 5 0 R >>", more=forms)
