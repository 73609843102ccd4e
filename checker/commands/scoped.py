"""The settings of a run: options for all files, and for the files that some globs mean."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from checker.commands.globs import matches, within


class PathSettings(NamedTuple):
    """Options for the files that some globs mean."""

    match: tuple[str, ...]
    options: Mapping[str, Any]


class Settings(NamedTuple):
    """What a file sets: ``options`` for all reports, ``paths`` for some; globs start from the folder ``base``.

    ``file`` is how messages call it; empty where there is none."""

    base: Path
    options: Mapping[str, Any]
    paths: tuple[PathSettings, ...] = ()
    file: str = ""

    def options_for(self, name: str) -> dict[str, Any]:
        """The options for one file: of several ``[[paths]]`` that mean it, the last to set an option holds."""
        options = dict(self.options)
        path = within(name, self.base)
        for some in self.paths:
            if name != "-" and matches(path, some.match):
                options |= some.options
        return options
