"""Text made safe for the formats that carry it; none of these changes the number of characters but ``xml_text``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

UNSHOWABLE = "\ufffd"
# Compiled when first used: the sets are large, and a table on the terminal needs the first alone.
_SURROGATES = "[\ud800-\udfff]"
_NOT_XML = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SUSPECT = "[^\n\t\u0020-\u007e\u00a0-\u061b\u061d-\u200d\u2010-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf]"


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def utf8_text(text: str) -> str:
    """Text that UTF-8 can carry: lone surrogates are replaced."""
    return _pattern(_SURROGATES).sub(UNSHOWABLE, text)


def visible(text: str) -> str:
    """Text for a page: what no page may hold (control characters, surrogates) or what turns the direction of the text
    around it is replaced, one for one; line ends and tabs stay."""
    return _pattern(_SUSPECT).sub(lambda match: match[0] if _showable(match[0]) else UNSHOWABLE, text)


def _showable(character: str) -> bool:
    if character == "\r":
        return True
    return character not in _TURNS and unicodedata.category(character) not in ("Cc", "Cs", "Cn")


def xml_text(text: str) -> str:
    """Text that XML 1.0 can carry: other characters are left out."""
    return _pattern(_NOT_XML).sub("", text)


def no_formula(text: str) -> str:
    """Text for a cell of a CSV file, that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" \u3000\n").startswith(_FORMULA) or text.startswith(_FORMULA) else text
