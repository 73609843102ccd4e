"""Builds the text of a document stretch by stretch, remembering where each came from."""

from __future__ import annotations

from collections.abc import Iterable

from checker.errors import ReadError
from checker.models.document import Origin, RawReport

EMPTY = "文件是空的，没有可以审查的文字。"
MAX_CHARACTERS = 10_000_000


class TextBuilder:
    """Collects stretches of text and their origins; offsets are code points into the text built so far."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._origins: list[tuple[int, Origin]] = []
        self.length = 0

    def add(self, text: str, origin: Origin | None = None) -> None:
        """Append text; without an origin it belongs to the stretch before it.  Raises ``ReadError`` past the limit."""
        if not text:
            return
        if origin is not None and (not self._origins or self._origins[-1][1] != origin):
            self._origins.append((self.length, origin))
        self._parts.append(text)
        self.length += len(text)
        if self.length > MAX_CHARACTERS:
            raise ReadError(too_long(self.length))

    def add_lines(self, lines: Iterable[Iterable[tuple[str, Origin | None]]]) -> None:
        """Append lines of stretches, a line end after each."""
        for line in lines:
            for text, origin in line:
                self.add(text, origin)
            self.add("\n")

    def report(self, name: str, format: str, notes: tuple[str, ...] = (), original: bytes | None = None) -> RawReport:
        """The document.  Raises ``ReadError`` if there is no text in it."""
        text = "".join(self._parts)
        if not has_text(text):
            raise ReadError(EMPTY)
        return RawReport(name, text, None, format, tuple(self._origins), notes, original)


def has_text(text: str) -> bool:
    """Whether anything can be seen in a text."""
    return any(character.isprintable() and not character.isspace() for character in text)


def too_long(length: int) -> str:
    """What to say of a text past the limit."""
    return f"文字过长（{length} 字，上限 {MAX_CHARACTERS} 字），请检查是否选错了文件。"
