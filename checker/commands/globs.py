"""Globs over paths, as in ``.gitignore``: ``街道/**``, ``*.旧稿.txt``, ``作废/``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path


def within(name: str, base: Path) -> str:
    """A path as globs see it: from the folder in which they were written, with ``/`` between its parts."""
    absolute = os.path.abspath(name)
    try:
        return Path(os.path.relpath(absolute, base)).as_posix()
    except ValueError:  # on another drive
        return Path(absolute).as_posix()


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether one of some globs means a path (from ``within``) or a folder above it.

    A glob without ``/`` means a name at any depth; ``*`` and ``?`` stay within one part, ``**`` spans any number.
    """
    return any(_fits(path.split("/"), _parts(pattern)) for pattern in patterns)


def _parts(pattern: str) -> list[str]:
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    return parts if "/" in pattern.rstrip("/") else ["**", *parts]


def _fits(path: Sequence[str], glob: Sequence[str]) -> bool:
    """Whether a glob means a path; once all its parts are used up, it means everything below."""
    if not glob:
        return True
    if glob[0] == "**":
        return any(_fits(path[skipped:], glob[1:] or ["*"]) for skipped in range(len(path)))
    return bool(path) and fnmatchcase(path[0], glob[0]) and _fits(path[1:], glob[1:])
