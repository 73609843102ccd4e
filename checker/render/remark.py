"""Something to say about a stretch of a report."""

from __future__ import annotations

from typing import NamedTuple


class Remark(NamedTuple):
    """Something to say about a stretch of the text (source offsets, end excluded)."""

    start: int
    end: int
    paragraphs: tuple[str, ...]
