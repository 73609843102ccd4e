"""Text in terminal cells: a Chinese character takes two; lines break where Chinese typesetting allows it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from operator import add

from wcwidth import wcwidth

_NOT_FIRST = frozenset("，。；：、！？）】》〉”’…—〕］／⟧,.;:!?)]}%")
_NOT_LAST = frozenset("（【《〈“‘〔［⟦([{")
_TOKEN = re.compile(r"[A-Za-z0-9_./%+-]+|\s+|.", re.DOTALL)
ELLIPSIS = "…"
_WORD = 12


@lru_cache(maxsize=8192)
def _cell(character: str) -> int:
    """Cells of a character; where fonts differ (quotes, dashes) the wider, so that no line overflows."""
    if unicodedata.east_asian_width(character) == "A":
        return 2
    return max(int(wcwidth(character)), 0)


def width(text: str) -> int:
    """Cells a text takes at most."""
    return sum(map(_cell, text))


def _is_wide(character: str) -> bool:
    return "\u2014" <= character <= "\u201d" or "\u3001" <= character <= "\u9fff" or "\uff01" <= character <= "\uff60"


def clean(text: str) -> str:
    """A text fit for one line of a terminal: white space evened out, control characters dropped."""
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    pieces = kept.split()
    spaces = ["" if _is_wide(one[-1]) and _is_wide(other[0]) else " " for one, other in pairwise(pieces)]
    return "".join(map(add, pieces, [*spaces, ""]))


def shorten(text: str, cells: int) -> str:
    """The beginning of a text that fits some cells, with an ellipsis where something was cut."""
    if width(text) <= cells:
        return text
    kept, used = [], width(ELLIPSIS)
    for character in text:
        used += _cell(character)
        if used > cells:
            break
        kept.append(character)
    return "".join(kept) + ELLIPSIS


def shorten_left(text: str, cells: int) -> str:
    """The end of a text that fits some cells: of a long path the file's name is what tells."""
    if width(text) <= cells:
        return text
    return shorten(text[::-1], cells)[::-1]


def wrap(text: str, cells: int) -> list[str]:
    """Lines of at most some cells; numbers and words stay whole, no line begins with a closing mark."""
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for token in _tokens(text, cells):
        size = width(token)
        if used + size > cells and line:
            carried = _carried(line, token)
            lines.append("".join(line).rstrip())
            line, used = carried, sum(map(width, carried))
        if line or not token.isspace():
            line.append(token)
            used += size
    return [*lines, "".join(line).rstrip()] if line or not lines else lines


def _tokens(text: str, cells: int) -> list[str]:
    """Words, numbers and single characters; a very long word falls into its characters."""
    tokens: list[str] = []
    longest = min(cells, max(_WORD, cells // 2))
    for match in _TOKEN.finditer(text):
        tokens += match[0] if width(match[0]) > longest else [match[0]]
    return tokens


def _carried(line: list[str], token: str) -> list[str]:
    """Take from the end of a full line what must not be parted from the next token."""
    carried: list[str] = []
    while len(line) > 1 and len(carried) < 4 and (token[0] in _NOT_FIRST or line[-1] in _NOT_LAST):
        token = line.pop()
        carried.insert(0, token)
    return carried
