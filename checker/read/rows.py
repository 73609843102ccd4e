"""Lines and table rows of a document on their way to text, shared by the readers of office formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from checker.models.document import Origin

Piece = tuple[str, Origin | None]
Line = list[Piece]

MOST_BESIDE = 40  # characters of a cell that can stand beside others in one line
_BETWEEN = " | "


def beside(texts: Iterable[str]) -> str:
    """The texts of short cells in one line."""
    return _BETWEEN.join(texts)


def line_text(line: Line) -> str:
    """The text of a line."""
    return "".join(text for text, _ in line)


def row_lines(cells: Sequence[Sequence[Line]]) -> list[Line]:
    """A table's row as lines: of short cells one line, so that a figure stays beside what it counts; otherwise, as in
    a form with a label beside a long text, each paragraph of each cell is a line."""
    filled = [[line for line in cell if line_text(line).strip()] for cell in cells]
    filled = [cell for cell in filled if cell]
    if any(len(cell) > 1 or len(line_text(cell[0])) > MOST_BESIDE or "\n" in line_text(cell[0]) for cell in filled):
        return [line for cell in filled for line in cell]
    row: Line = []
    for cell in filled:
        if row:
            before = row[-1][1]
            row.append((_BETWEEN, before and replace(before, run=None)))
        row += cell[0]
    return [row] if row else []
