"""How often Python searches for circles of objects, in a process that belongs to this program."""

from __future__ import annotations

import gc


def search_seldom() -> None:
    """To judge makes many small objects and hardly any circles: to search at Python's own rate takes a tenth of a report."""
    gc.set_threshold(500_000, 20, 20)


def spare_what_is_there() -> None:
    """Search never again among the objects there are now, such as rule packs that stay loaded."""
    gc.collect()
    gc.freeze()
