"""The settings of a run: from the file that ``--config`` names, or from the nearest one above the working directory."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.commands import output
from checker.commands.arguments import Parser
from checker.commands.scoped import Settings
from checker.errors import UsageError

NAME, PROJECT, TABLE = "checker.toml", "pyproject.toml", "tool.checker"


def find_settings(given: Mapping[str, Any], parser: Parser) -> Settings:
    """The settings that hold beside the options typed; a file that was found, not named, is told of.

    Raises ``UsageError`` for a mistake in the file.
    """
    if "config" in given and given.get("no_config"):
        raise UsageError("--config 和 --no-config 不能同时使用。")
    if "config" in given:
        from checker.commands.config import read_config

        table = TABLE if os.path.basename(given["config"]) == PROJECT else ""
        return read_config(given["config"], parser, table)
    found = None if given.get("no_config") else _nearest(Path.cwd())
    if found is None:
        return Settings(Path.cwd(), {})
    from checker.commands.config import read_config

    path, table = found
    settings = read_config(path, parser, table)
    if not {**settings.options, **given}.get("quiet"):
        output.tell(f"采用 {path} 中的设置（不用请加 --no-config）")
    return settings


def _nearest(folder: Path) -> tuple[str, str] | None:
    """The settings file of a folder or of the nearest one above it, and the table; a repository's root is the last."""
    for place in (folder, *folder.parents):
        for name, table in ((NAME, ""), (PROJECT, TABLE)):
            path = place / name
            if path.is_file() and (not table or _has_table(path)):
                return (name if place == folder else str(path)), table
        if (place / ".git").exists():
            return None
    return None


def _has_table(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return re.search(rf"^[ \t]*\[+[ \t]*{re.escape(TABLE)}[ \t]*[.\]]", text, re.MULTILINE) is not None
