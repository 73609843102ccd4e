"""What is written into a document: comments, tracked changes, and who signs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Signature:
    """Who comments or changes, and when; without a time none is written."""

    author: str = "checker"
    initials: str = "CK"
    time: datetime | None = None


@dataclass(frozen=True)
class Comment:
    """A comment on a stretch of the text: source offsets, end excluded, and its paragraphs, the first set bold."""

    start: int
    end: int
    paragraphs: tuple[str, ...]
