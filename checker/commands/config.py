"""Options from a TOML file: the same names as on the command line, which beats them."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from checker.commands.arguments import Parser, suggestion
from checker.errors import UsageError

_NEVER = {"help", "config"}


def read_config(path: str, parser: Parser) -> dict[str, Any]:
    """The options a file gives, checked as those of the command line.

    Raises ``UsageError`` with file, line, what is wrong and what is allowed.
    """
    text = _read(path)
    argv: list[str] = []
    actions = {_key(action): action for action in parser._actions if action.dest not in _NEVER}
    for key, value in _parse(path, text).items():
        action = actions.get(key.replace("_", "-"))
        if action is None:
            end = suggestion(key, actions, f"，可用：{'、'.join(actions)}。")
            raise UsageError(f"{_place(path, text, key)}不认识的选项“{key}”{end}")
        try:
            argv += _as_arguments(action, value)
            parser.read(argv)
        except UsageError as error:
            raise UsageError(f"{_place(path, text, key)}{error}") from None
    return parser.read(argv)[0]


def _key(action: argparse.Action) -> str:
    return max(action.option_strings, key=lambda name: (not name.startswith("--no-"), len(name))).lstrip("-")


def _as_arguments(action: argparse.Action, value: Any) -> list[str]:
    """A key and its value as they would be typed."""
    name = action.option_strings[-1] if action.nargs != 0 else action.option_strings[0]
    if action.nargs == 0:
        if not isinstance(value, bool):
            raise UsageError(f"{_key(action)} 的值应为 true 或 false。")
        return [name] if value else []
    values = value if isinstance(value, list) and action.dest == "output" else [value]
    if any(isinstance(item, bool) or not isinstance(item, str | int | float) for item in values):
        raise UsageError(f"{_key(action)} 的值写法不对，应为一个文字或数字。")
    return [f"{name}={item}" if name.startswith("--") else f"{name}{item}" for item in values]


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"找不到配置文件 {path}。") from None
    except UnicodeDecodeError:
        raise UsageError(f"配置文件 {path} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    except (OSError, ValueError):
        raise UsageError(f"无法读取配置文件 {path}。") from None


def _parse(path: str, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        where = f"第 {place[1]} 行第 {place[2]} 列" if place else f"第 {text.count(chr(10)) + 1} 行"
        raise UsageError(f"配置文件 {path} {where}：不是合法的 TOML，写法如 year = 2024、strict = true。") from None


def _place(path: str, text: str, key: str) -> str:
    found = re.search(rf"^[\s\[]*[\"']?{re.escape(key)}[\"']?\s*[=.\]]", text, re.MULTILINE)
    line = f" 第 {text.count(chr(10), 0, found.end()) + 1} 行" if found else ""
    return f"配置文件 {path}{line}："
