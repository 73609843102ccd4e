"""Opens a PDF in a process of its own: PDFium is native code, and a file from a stranger may crash it or keep it busy.

Run as a script, with the document on standard input; imports nothing of ours, so it starts fast:

    pdf_worker.py text MAX_PAGES MAX_CHARACTERS     one JSON object: {"pages": [...]} or {"error": ..., ...}
    pdf_worker.py image PAGE MAX_SIDE               one page as grey pixels: {"width", "height", "scale"}, newline, bytes

A page's text comes as runs of characters on one base line: ``[text, x0, x1, y, size]`` in points, ``y`` downwards, turned
so that most of the page's text runs from left to right; ``askew`` holds the runs at other angles.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

MEMORY = 1_200_000_000  # bytes of address space
SECONDS = 120  # of processor time
_ERRORS = {pdfium.FPDF_ERR_PASSWORD: "password", pdfium.FPDF_ERR_SECURITY: "password"}
_APART = 0.2  # a gap of so many ems ends a run: a mark of another font may have been drawn into it later
_MAX_OBJECTS = 2_000  # of a page, looked at for pictures
_FAR, _TINY = 1e6, 0.1  # points: what no real page has
_UNMAPPED = {0, 0xFFFD, 0xFFFE, 0xFFFF}

Run = list[Any]


def main(argv: list[str]) -> None:
    """Read, and write what was asked for to standard output."""
    _limit()
    data = sys.stdin.buffer.read()
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        _answer({"error": _ERRORS.get(pdfium.FPDF_GetLastError(), "damaged")})
    elif argv[0] == "text":
        _answer(read_text(document, int(argv[1]), int(argv[2])))
    else:
        _draw(document, int(argv[1]), int(argv[2]))


def _limit() -> None:
    """Bound memory and time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value))


def read_text(document: Any, max_pages: int, max_characters: int) -> dict[str, Any]:
    """The text of all pages, or why there is none."""
    count = pdfium.FPDF_GetPageCount(document)
    if count > max_pages:
        return {"error": "pages", "pages": count}
    pages: list[dict[str, Any]] = []
    missing: list[int] = []
    length = 0
    for index in range(count):
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            missing.append(index + 1)
            pages.append({"width": 0, "height": 0, "runs": [], "askew": [], "unmapped": 0, "drawn": False})
            continue
        pages.append(_page(page))
        length += sum(len(run[0]) for run in pages[-1]["runs"])
        pdfium.FPDF_ClosePage(page)
        if length > max_characters:
            return {"error": "long", "length": length}
    return {"pages": pages, "missing": missing}


def _page(page: Any) -> dict[str, Any]:
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return {"width": width, "height": height, "runs": [], "askew": [], "unmapped": 0, "drawn": _is_drawn(page)}
    characters, unmapped = _characters(text_page)
    pdfium.FPDFText_ClosePage(text_page)
    angle = _main_angle(characters)
    straight = [item for item in characters if _difference(item[4], angle) < 5]
    askew = [item for item in characters if _difference(item[4], angle) >= 5]
    runs = list(_runs(straight, angle))
    left, top, right, bottom = _frame(_box(page, width, height), angle)
    shifted = [[text, x0 - left, x1 - left, y - top, size] for text, x0, x1, y, size in runs]
    return {
        "width": right - left, "height": bottom - top, "runs": shifted, "askew": [run[0] for run in _runs(askew, None)],
        "unmapped": unmapped, "drawn": _is_drawn(page),
    }  # fmt: skip


def _box(page: Any, width: float, height: float) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what is shown of a page."""
    sides = [ctypes.c_float() for _ in range(4)]
    for getter in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if getter(page, *sides):
            left, bottom, right, top = (side.value for side in sides)
            return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    return 0.0, 0.0, width, height


def _frame(box: tuple[float, float, float, float], angle: float) -> tuple[float, float, float, float]:
    """The shown part of a page, as left, top, right, bottom in the coordinates of text that runs at an angle."""
    left, bottom, right, top = box
    corners = [_turn(x, y, -math.radians(angle)) for x in (left, right) for y in (bottom, top)]
    across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(across), min(down), max(across), max(down)


def _turn(x: float, y: float, radians: float) -> tuple[float, float]:
    """A point of the page, turned about its origin; the second coordinate counts downwards."""
    return x * math.cos(radians) - y * math.sin(radians), -(x * math.sin(radians) + y * math.cos(radians))


def _characters(text_page: Any) -> tuple[list[tuple[str, float, float, float, int, float]], int]:
    """All characters as (character, x of its origin, y, advance, angle in degrees, size), and how many have no code."""
    found: list[tuple[str, float, float, float, int, float]] = []
    unmapped = 0
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code in _UNMAPPED or 0xE000 <= code < 0xF900:
            unmapped += 1
            if code in _UNMAPPED:
                continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            if not high:
                continue
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        if code < 32 or code == 0x7F:
            code = 0x2D if code == 2 else 0x20  # PDFium marks a hyphen at a line's end with 2
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        pdfium.FPDFText_GetMatrix(text_page, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = max(abs(pdfium.FPDFText_GetFontSize(text_page, index) * scale), _TINY)
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
        turned = angle % 180 != 0 and angle % 90 == 0
        advance = abs(box.top - box.bottom) if turned else abs(box.right - box.left)
        if all(abs(value) < _FAR for value in (x.value, y.value, advance, size)):  # false for no-numbers too
            found.append((chr(code), x.value, y.value, advance, angle, size))
    return found, unmapped


def _difference(angle: float, other: float) -> float:
    """Degrees between two directions."""
    return abs((angle - other + 180) % 360 - 180)


def _main_angle(characters: list[tuple[str, float, float, float, int, float]]) -> int:
    """The direction, in quarters of a circle, in which most of the text runs."""
    votes: dict[int, int] = {}
    for item in characters:
        quarter = round(item[4] / 90) % 4 * 90
        votes[quarter] = votes.get(quarter, 0) + 1
    return max(votes, key=lambda angle: (votes[angle], -angle)) if votes else 0


def _runs(characters: list[tuple[str, float, float, float, int, float]], turned: int | None) -> Iterator[Run]:
    """Characters that follow each other on one base line, joined; ``turned``: the angle to undo, ``None``: each its own."""
    run: Run | None = None
    last, last_x = "", 0.0
    for character, x, y, advance, angle, size in characters:
        radians = -math.radians(angle if turned is None else turned)
        across, down = _turn(x, y, radians)
        if run is not None and _goes_on(run, across, down, size):
            if character == last and abs(across - last_x) < 0.2 * size:  # struck twice, to look bold
                continue
            run[0] += character
            run[2] = max(run[2], across + advance)
        else:
            if run is not None:
                yield run
            run = [character, across, across + advance, down, size]
        last, last_x = character, across
    if run is not None:
        yield run


def _goes_on(run: Run, across: float, down: float, size: float) -> bool:
    larger = max(run[4], size)
    return bool(
        abs(down - run[3]) < 0.2 * larger
        and -0.7 * larger < across - run[2] < _APART * larger
        and 0.8 < run[4] / size < 1.25
    )


def _is_drawn(page: Any) -> bool:
    """Whether a page shows more than text: pictures that fill much of it, or very many strokes."""
    strokes, covered = 0, 0.0
    sides = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        strokes += kind == pdfium.FPDF_PAGEOBJ_PATH
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM) and pdfium.FPDFPageObj_GetBounds(item, *sides):
            left, bottom, right, top = (side.value for side in sides)
            covered += abs(right - left) * abs(top - bottom)
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    return covered > 0.3 * area or strokes > 200


def _draw(document: Any, number: int, max_side: int) -> None:
    """One page in grey, its longer side of ``max_side`` pixels at most and no finer than 200 dots an inch."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        _answer({"error": "damaged"})
        return
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(max_side / max(width, height, 1.0), 200 / 72)
    columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_Gray, None, 0)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, pdfium.FPDF_ANNOT)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
    _answer({"width": columns, "height": rows, "scale": scale})
    sys.stdout.write("\n")
    sys.stdout.flush()
    for row in range(rows):
        sys.stdout.buffer.write(pixels[row * stride : row * stride + columns])


if __name__ == "__main__":
    main(sys.argv[1:])
