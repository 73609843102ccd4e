"""Drops what a page repeats at its head and foot: running heads, footers, page numbers, marks across the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from checker.read.sheets import Row

_BAND = 0.15  # of the page's height, at its head and at its foot
_DEEPEST = 3  # rows from the page's edge
_DIGITS = re.compile(r"\d+")
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
    counts = Counter(key for height, rows in pages for key in {_key(row, height) for row in rows})
    least = max(2, len(pages) / 3)
    overlays = _overlays(pages)
    kept = []
    for height, rows in pages:
        rows = [row for row in rows if _key(row, height) not in overlays]
        repeated = [_count(counts, _key(row, height)) >= least for row in rows]
        head = _edge(rows, repeated, height, from_top=True)
        foot = _edge(rows[head:], repeated[head:], height, from_top=False)
        kept.append(rows[head : len(rows) - foot])
    return kept


def _key(row: Row, height: float) -> tuple[str, int]:
    """What a row says but for its numbers, and how high it stands."""
    return _DIGITS.sub("#", _bare(row)), round(200 * row.y / max(height, 1.0))


def _count(counts: Counter[tuple[str, int]], key: tuple[str, int]) -> int:
    """On how many pages a row stands at a height, give or take a little."""
    return sum(counts[key[0], key[1] + shift] for shift in (-1, 0, 1))


def _bare(row: Row) -> str:
    return "".join(row.text.split())


def _edge(rows: Sequence[Row], repeated: Sequence[bool], height: float, *, from_top: bool) -> int:
    """How many rows at an edge of the page are furniture."""
    count = 0
    order = range(len(rows)) if from_top else range(len(rows) - 1, -1, -1)
    for index in order:
        row = rows[index]
        inside = row.y < _BAND * height if from_top else row.y > (1 - _BAND) * height
        if count == _DEEPEST or not inside or not (repeated[index] or _PAGE_NUMBER.fullmatch(_bare(row))):
            break
        count += 1
    return count


def _overlays(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Large type in the same place of every page: a mark across the text."""
    if len(pages) < 3:
        return set()
    sizes = [row.size for _, rows in pages for row in rows]
    body = median(sizes) if sizes else 0.0
    large = Counter(key for h, rows in pages for key in {_key(row, h) for row in rows if row.size > 1.8 * body})
    return {key for key, count in large.items() if count >= 0.8 * len(pages)}
