"""How much of a wording is its own: without quoted titles and set phrases."""

from __future__ import annotations

import re

_TITLE = re.compile("《[^《》\n]{1,120}》")
_OWN = 14  # what a clause with set phrases must say besides


def own_length(wording: str, formulas: re.Pattern[str]) -> int:
    """The length of a wording without quoted titles and without the clauses that say little but set phrases."""
    length = 0
    for clause in re.split("[,。;:\n]", _TITLE.sub("", wording)):
        own = formulas.sub("", clause)
        if own == clause or len(own) >= _OWN:
            length += len(clause)
    return length
