"""Drops what a page repeats at its head and foot: running heads, footers, page numbers, marks across the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from checker.read.sheets import Row

_BAND = 0.15  # of the page's height, at its head and at its foot
_DEEPEST = 3  # rows from the page's edge
_NUMBER = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"[-—–―─·.•~～|\s]*(?:第|page|p\.)?(?:[\d０-９]{1,4}|[ivxlcⅰ-ⅻⅠ-Ⅻ]{1,6})页?"
    r"(?:[,，、;；/]?(?:of|共|/)?\d{1,5}页?)?[-—–―─·.•~～|\s]*|第[一二三四五六七八九十百]{1,5}页(?:共[一二三四五六七八九十百]{1,5}页)?",
    re.IGNORECASE,
)

Page = tuple[float, list[Row]]  # its height and its rows from the top down


def without_furniture(pages: Sequence[Page]) -> list[list[Row]]:
    """The rows of each page without its furniture.

    A row goes only from the edge inwards, in the outer band of the page: a page number, or what stands at the same
    height on another page too, at least on a third of them; and large type that every page repeats in one place.
    """
    counts = Counter(
        key for index, page in enumerate(pages) for key in {k for row in page[1] for k in _keys(row, index, page)}
    )
    least = max(2, len(pages) / 3)
    overlays = _overlays(pages)
    kept = []
    for index, page in enumerate(pages):
        rows = [row for row in page[1] if _place(row, page) not in overlays]
        fixed = [any(_count(counts, key) >= least for key in _keys(row, index, page)) for row in rows]
        head = _edge(rows, fixed, page[0], from_top=True)
        foot = _edge(rows[head:], fixed[head:], page[0], from_top=False)
        kept.append(rows[head : len(rows) - foot])
    return kept


def _keys(row: Row, index: int, page: Page) -> list[tuple[str, int]]:
    """What may repeat of a row, with its height: its text, or its text but for a number that counts the pages."""
    text, height = _place(row, page)
    numbers = list(_NUMBER.finditer(text))
    counted = [
        text[: n.start()] + f"#{int(n[0]) - index}" + text[n.end() :]
        for n in {n.start(): n for n in numbers[:1] + numbers[-1:]}.values()
    ]
    return [(said, height) for said in (text, *counted)]


def _place(row: Row, page: Page) -> tuple[str, int]:
    """What a row says and how high it stands."""
    return _bare(row), round(200 * row.y / max(page[0], 1.0))


def _count(counts: Counter[tuple[str, int]], key: tuple[str, int]) -> int:
    """On how many pages a row stands at a height, give or take a little."""
    return sum(counts[key[0], key[1] + shift] for shift in (-1, 0, 1))


def _bare(row: Row) -> str:
    return "".join(row.text.split())


def _edge(rows: Sequence[Row], fixed: Sequence[bool], height: float, *, from_top: bool) -> int:
    """How many rows at an edge of the page are furniture."""
    count = 0
    order = range(len(rows)) if from_top else range(len(rows) - 1, -1, -1)
    for index in order:
        row = rows[index]
        inside = row.y < _BAND * height if from_top else row.y > (1 - _BAND) * height
        if count == _DEEPEST or not inside or not (fixed[index] or _PAGE_NUMBER.fullmatch(_bare(row))):
            break
        count += 1
    return count


def _overlays(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Large type in the same place of every page: a mark across the text."""
    if len(pages) < 3:
        return set()
    sizes = [row.size for _, rows in pages for row in rows]
    body = median(sizes) if sizes else 0.0
    large = Counter(
        place for page in pages for place in {_place(row, page) for row in page[1] if row.size > 1.8 * body}
    )
    return {place for place, count in large.items() if count >= 0.8 * len(pages)}
