"""Options from a TOML file: the same names as on the command line, and ``[[paths]]`` for some files only."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from checker.commands.arguments import Parser, suggestion
from checker.commands.files import read_text
from checker.commands.scoped import PathSettings, Settings
from checker.errors import UsageError
from checker.render import RENDERERS

PATH_KEYS = ("pack", "year", "fail-under", "fail-on", "strict", "disable")
_NEVER = {"help", "config", "no_config", "no_ignore", "write_baseline", "explain", "all", "previous"}
_FILES = {"output", "ignore", "baseline"}
_EXAMPLE = "写法如 year = 2024、strict = true"


def read_config(path: str, parser: Parser, table: str = "") -> Settings:
    """The settings in a file, checked as the command line is; ``table`` is where in the file they stand.

    Raises ``UsageError`` with file, line, what is wrong and what is allowed.
    """
    text = read_text(path, "配置文件 ")
    data = _parse(path, text)
    for part in filter(None, table.split(".")):
        data = data.get(part, {})
    return _Reader(path, text, parser, table).settings(data)


class _Reader:
    """One file being read: its name and text for messages, the options that are allowed."""

    def __init__(self, path: str, text: str, parser: Parser, table: str) -> None:
        self._path, self._text, self._parser, self._table = path, text, parser, table
        self._base = Path(os.path.abspath(path)).parent
        self._actions = {key_of(action): action for action in settable(parser)}

    def settings(self, data: Mapping[str, Any]) -> Settings:
        """Everything in the table."""
        whole = {key: value for key, value in data.items() if key != "paths"}
        options = self._options(whole, self._actions, "", ["paths"])
        entries = data.get("paths", [])
        if not (isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)):
            raise UsageError(f"{self._place('paths')}paths 的写法不对，应为 [[paths]] 一行，下面写 match 和其他选项。")
        paths = tuple(self._some(entry, number) for number, entry in enumerate(entries))
        return Settings(self._base, options, paths, f"配置文件 {self._path}")

    def _some(self, entry: Mapping[str, Any], number: int) -> PathSettings:
        """One ``[[paths]]``."""
        allowed = {key: self._actions[key] for key in PATH_KEYS if key in self._actions}
        rest = {key: value for key, value in entry.items() if key != "match"}
        options = self._options(rest, allowed, f"paths:{number}", ["match"])
        globs = _as_list(entry.get("match"))
        if not globs or not all(isinstance(glob, str) and glob.strip("/. ") for glob in globs):
            place = self._place("match", f"paths:{number}")
            raise UsageError(f'{place}[[paths]] 要写明 match（哪些文件），如 match = "街道/**"。')
        return PathSettings(tuple(globs), options)

    def _options(
        self, data: Mapping[str, Any], allowed: Mapping[str, argparse.Action], where: str, more: Iterable[str]
    ) -> dict[str, Any]:
        argv: list[str] = []
        for key, value in data.items():
            action = allowed.get(key.replace("_", "-"))
            if action is None:
                keys = [*allowed, *more]
                end = suggestion(key, keys, f"，可用：{'、'.join(keys)}。")
                raise UsageError(f"{self._place(key, where)}不认识的选项“{key}”{end}")
            try:
                words = _as_arguments(action, self._from_base(action.dest, value))
                self._parser.read(words)
            except UsageError as error:
                raise UsageError(f"{self._place(key, where)}{error}") from None
            argv += words
        return self._parser.read(argv)[0]

    def _from_base(self, dest: str, value: Any) -> Any:
        """A path in the file starts from the file's folder; a pack may also be an id."""
        if isinstance(value, list):
            return [self._from_base(dest, item) for item in value]
        if not isinstance(value, str) or self._base == Path.cwd():
            return value
        if dest == "output" and value.partition(":")[0] in RENDERERS:  # format:path
            format, _, path = value.partition(":")
            return f"{format}:{self._base / path}"
        is_path = dest in _FILES or (dest == "pack" and (self._base / value / "pack.yaml").is_file())
        return str(self._base / value) if is_path else value

    def _place(self, key: str, where: str = "") -> str:
        line = _line(self._text, self._table, where, key)
        return f"配置文件 {self._path}{f' 第 {line} 行' if line else ''}："


def settable(parser: Parser) -> list[argparse.Action]:
    """The options that a file may set."""
    return [action for action in parser._actions if action.dest not in _NEVER]


def key_of(action: argparse.Action) -> str:
    """The key of an option in a file: its long name."""
    return max(action.option_strings, key=lambda name: (not name.startswith("--no-"), len(name))).lstrip("-")


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _as_arguments(action: argparse.Action, value: Any) -> list[str]:
    """A key and its value as they would be typed."""
    name = action.option_strings[-1] if action.nargs != 0 else action.option_strings[0]
    if action.nargs == 0:
        if not isinstance(value, bool):
            raise UsageError(f"{key_of(action)} 的值应为 true 或 false。")
        return [name] if value else []
    words = isinstance(action, argparse._ExtendAction)
    many = words or isinstance(action, argparse._AppendAction)
    values = _as_list(value) if many else [value]
    if any(isinstance(item, bool) or not isinstance(item, str | int | float) for item in values):
        raise UsageError(f"{key_of(action)} 的值写法不对，应为一个文字或数字{'，或方括号里的几个' if many else ''}。")
    if words and not values:
        values = [""]  # an empty list is an answer too: nothing
    return [f"{name}={item}" if name.startswith("--") else f"{name}{item}" for item in values]


def _parse(path: str, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        where = f"第 {place[1]} 行第 {place[2]} 列" if place else f"第 {text.count(chr(10)) + 1} 行"
        raise UsageError(f"配置文件 {path} {where}：不是合法的 TOML，{_EXAMPLE}。") from None


def _line(text: str, table: str, where: str, key: str) -> int | None:
    """The line, from 1, where a key stands: in the table, or in the numbered entry of its list that ``where`` names;
    for a key that is not there, the line of the heading."""
    name, _, number = where.partition(":")
    heading = ".".join(filter(None, [table, name]))
    begins = [m.start() for m in re.finditer(rf"^[ \t]*\[+\s*{re.escape(heading)}\s*\]+", text, re.MULTILINE)]
    start = begins[int(number or 0)] if heading and len(begins) > int(number or 0) else 0
    found = re.compile(rf"^[\s\[]*[\"']?{re.escape(key)}[\"']?\s*[=.\]]", re.MULTILINE).search(text, start)
    if found is None and not heading:
        return None
    return text.count("\n", 0, found.end() - 1 if found else start) + 1
