"""OFD (GB/T 33190-2016) to text: the text objects of each page by their places, page templates left out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from checker.errors import ReadError
from checker.models.document import RawReport
from checker.read.building import TextBuilder
from checker.read.lines import write_sheets
from checker.read.packaged import DAMAGED, ENCRYPTED, Package, open_package, parse_xml
from checker.read.sheets import Piece, Sheet, width_of

MAX_PAGES = 2_000
_DRAWN = "这份 OFD 的页面是图片，没有可以读取的文字；请在阅读器里另存为 PDF 或图片，再识别审查。"
_EMPTY = "OFD 里没有文字，请检查是否选错了文件。"
_APART = 0.3  # a gap of so many ems parts two pieces; more of them after a Latin letter, whose width is a guess
_A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres, as all lengths in OFD

_FAR = 1e6  # millimetres: what no real page has

Matrix = tuple[float, float, float, float, float, float]
_UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _Page(NamedTuple):
    """A page's content, the contents of its templates, and its box."""

    root: Any
    templates: list[Any]
    box: tuple[float, ...]


def read(data: bytes, name: str) -> RawReport:
    """The document in an OFD file.  Raises ``ReadError``: damaged, encrypted, too long, or without text."""
    package = open_package(data)
    if any(posixpath.basename(member).lower() in ("encryptions.xml", "entriesmap.dat") for member in package.names):
        raise ReadError(ENCRYPTED)
    pages = list(_pages(package))
    sheets = _sheets(pages, [[page.root] for page in pages])
    if not any(sheet.pieces for sheet in sheets):  # where all text stands in templates, they are no furniture
        sheets = _sheets(pages, [page.templates for page in pages])
    if not any(sheet.pieces for sheet in sheets):
        drawn = any(_has_picture(root) for page in pages for root in (page.root, *page.templates))
        raise ReadError(_DRAWN if drawn else _EMPTY)
    builder = TextBuilder()
    write_sheets(builder, sheets)
    return builder.report(name, "ofd")


def _pages(package: Package) -> Iterator[_Page]:
    """The pages of all documents in a package, in their order."""
    entry = parse_xml(package.read(next((n for n in package.names if n.lower() == "ofd.xml"), "OFD.xml")))
    roots = [_text(node) for node in entry.iterfind("{*}DocBody/{*}DocRoot")]
    if not roots:
        raise ReadError(DAMAGED)
    count = 0
    for location in roots:
        place = _resolved("", location)
        document = parse_xml(package.read(place))
        box = _box(document.find("{*}CommonData/{*}PageArea")) or _A4
        templates = {
            node.get("ID"): _resolved(place, node.get("BaseLoc", ""))
            for node in document.iterfind("{*}CommonData/{*}TemplatePage")
        }
        for node in document.iterfind("{*}Pages/{*}Page"):
            count += 1
            if count > MAX_PAGES:
                raise ReadError(f"OFD 超过 {MAX_PAGES} 页，不像一份年度报告，请检查是否选错了文件。")
            yield _page(package, _resolved(place, node.get("BaseLoc", "")), templates, box)


def _page(package: Package, place: str, templates: dict[str, str], box: tuple[float, ...]) -> _Page:
    root = parse_xml(package.read(place))
    used = [templates.get(node.get("TemplateID")) for node in root.iterfind("{*}Template")]
    drawn = [parse_xml(package.read(path)) for path in used if path and path in package]
    return _Page(root, drawn, _box(root.find("{*}Area")) or box)


def _resolved(base: str, location: str) -> str:
    """A location as a member's name: from the package's root, or from the folder of the file that names it."""
    location = location.strip().replace("\\", "/")
    joined = location if location.startswith("/") else posixpath.join(posixpath.dirname(base), location)
    return posixpath.normpath(joined).lstrip("/")


def _text(node: Any) -> str:
    return "".join(node.itertext())


def _numbers(value: str | None) -> list[float]:
    """A list of numbers; a faulty one ends it."""
    found: list[float] = []
    for part in (value or "").split():
        try:
            number = float(part)
        except ValueError:
            break
        if not abs(number) < _FAR:  # no-numbers too
            break
        found.append(number)
    return found


def _box(area: Any) -> tuple[float, ...] | None:
    """The physical box of a page area: left, top, width, height."""
    node = area.find("{*}PhysicalBox") if area is not None else None
    numbers = _numbers(_text(node)) if node is not None else []
    return tuple(numbers[:4]) if len(numbers) >= 4 and min(numbers[2:4]) > 0 else None


def _sheets(pages: Sequence[_Page], contents: Sequence[Sequence[Any]]) -> list[Sheet]:
    """What stands on each page, taken from its own content or from its templates."""
    return [
        Sheet(number, page.box[2], page.box[3], [piece for root in roots for piece in _pieces(root)])
        for number, (page, roots) in enumerate(zip(pages, contents, strict=True), 1)
    ]


def _has_picture(root: Any) -> bool:
    return any(True for _ in root.iterfind(".//{*}ImageObject"))


def _pieces(root: Any) -> Iterator[Piece]:
    """All visible text of a page."""
    for item in root.iterfind("{*}Content//{*}TextObject"):
        if item.get("Visible", "true").lower() in ("false", "0"):
            continue
        boundary = [*_numbers(item.get("Boundary")), 0.0, 0.0][:2]
        numbers = _numbers(item.get("CTM"))
        matrix: Matrix = (numbers[0], *numbers[1:6]) if len(numbers) >= 6 else _UPRIGHT  # type: ignore[assignment]
        size = (_numbers(item.get("Size")) or [4.0])[0]
        last = (0.0, 0.0)  # a code without a place begins where the one before it does
        for code in item.iterfind("{*}TextCode"):
            last = ((_numbers(code.get("X")) or [last[0]])[0], (_numbers(code.get("Y")) or [last[1]])[0])
            yield from _cut(_characters(code, last, size), boundary, matrix, size)


def _characters(code: Any, start: tuple[float, float], size: float) -> Iterator[tuple[str, float, float]]:
    """Each character of a text code with the place of its origin in the object's own coordinates."""
    x, y = start
    across, down = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
    for index, character in enumerate(_text(code)):
        yield character, x, y
        x += across[index] if index < len(across) else 0.0 if down and not across else width_of(character) * size
        y += down[index] if index < len(down) else 0.0


def _deltas(value: str | None) -> list[float]:
    """Steps between characters; ``g 3 5.5`` stands for 5.5 three times."""
    found: list[float] = []
    parts = (value or "").split()
    while parts:
        repeated = parts[0] == "g"
        taken, parts = (parts[:3], parts[3:]) if repeated else (parts[:1], parts[1:])
        numbers = _numbers(" ".join(taken[1:] if repeated else taken))
        if len(numbers) != (2 if repeated else 1) or len(found) > 100_000:
            break
        found += [numbers[1]] * min(max(int(numbers[0]), 0), 100_000) if repeated else numbers
    return found


def _cut(
    characters: Iterator[tuple[str, float, float]], boundary: Sequence[float], matrix: Matrix, size: float
) -> Iterator[Piece]:
    """Characters on the page, as pieces: cut at wide gaps and where the height changes."""
    a, b, c, d, e, f = matrix
    size, stretch = max(abs(size * (d or b)), 0.1), abs(a or c) or 1.0
    text, x0, x1, height = "", 0.0, 0.0, 0.0
    for character, x, y in characters:
        apart = 0.9 if text[-1:].isascii() else _APART
        left, top = boundary[0] + a * x + c * y + e, boundary[1] + b * x + d * y + f
        if text and (abs(top - height) > 0.2 * size or not -0.7 * size < left - x1 < apart * size):
            yield Piece(text, x0, x1, height, size)
            text = ""
        if not text:
            x0, height = left, top
        text, x1 = (
            text + character,
            left + width_of(character) * size * (stretch if d == 0 else min(stretch / abs(d), 2.0)),
        )
    if text:
        yield Piece(text, x0, x1, height, size)
