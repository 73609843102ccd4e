"""argparse that speaks Chinese: wrong usage is one ``UsageError`` with a suggestion, help is the command's own text."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from checker.errors import UsageError


class Parser(argparse.ArgumentParser):
    """Options of one command.  What is no option is an operand; ``--`` ends the options."""

    def __init__(self, prog: str) -> None:
        super().__init__(
            prog=prog, add_help=False, allow_abbrev=False, exit_on_error=False, argument_default=argparse.SUPPRESS
        )
        self.add_argument("-h", "--help", action="store_true")

    def read(self, argv: list[str]) -> tuple[dict[str, Any], list[str]]:
        """The options that were given, by name, and the operands in order.  Raises ``UsageError``."""
        cut = argv.index("--") if "--" in argv else len(argv)
        try:
            namespace, rest = self.parse_known_args(argv[:cut])
        except argparse.ArgumentError as error:
            raise UsageError(_explain(error)) from None
        unknown = next((word for word in rest if word.startswith("-") and word != "-"), None)
        if unknown is not None:
            name = unknown.partition("=")[0]
            raise UsageError(f"不认识的选项 {name}{self._meant(name)}用法见 {self.prog} --help。")
        return vars(namespace), [*rest, *argv[cut + 1 :]]

    def option_names(self) -> list[str]:
        """Every option as it is typed."""
        return [name for action in self._actions for name in action.option_strings]

    def _meant(self, name: str) -> str:
        """The end of a sentence about an unknown option: the nearest one; for a single letter all that begin so."""
        letter = name[1:2] if not name.startswith("--") else ""
        initial = [option for option in self.option_names() if letter and option.startswith(f"--{letter}")]
        return f"，是否想写 {'、'.join(initial)}？" if initial else suggestion(name, self.option_names())

    def error(self, message: str) -> NoReturn:
        """Never let argparse print and exit by itself."""
        raise UsageError(f"用法有误：{message}。用法见 {self.prog} --help。")


def suggestion(word: str, known: Iterable[str], otherwise: str = "。") -> str:
    """The end of a sentence about an unknown word: ``，是否想写 X？`` where something known is close."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), 1, 0.6)
    return f"，是否想写 {close[0]}？" if close else otherwise


def rule_suggestion(word: str, titles: Mapping[str, str], otherwise: str) -> str:
    """The same for a rule that is asked for by a word that is no id: the rules whose titles or ids hold it are named."""
    for where, held in (("名称", titles.values()), ("编号", titles)):
        named = [f"{id}（{title}）" for (id, title), told in zip(titles.items(), held, strict=True) if word in told]
        if named:
            return f"，{where}里有这几个字的是：{'、'.join(named)}。"
    return suggestion(word, titles, otherwise)


def number_between(low: float, high: float, what: str) -> Callable[[str], float]:
    """A check for a number in a range; the message names what is meant."""

    def check(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"“{text}”无效，应为{what}")
        return value

    return check


def year(text: str) -> int:
    """A report year of four digits."""
    if not (text.isascii() and text.isdigit() and 1949 <= int(text) <= 2100):
        raise argparse.ArgumentTypeError(f"“{text}”无效，应为 1949 到 2100 之间四位数的年份，如 2024")
    return int(text)


def one_of(*names: str) -> Callable[[str], str]:
    """A check for one of some names."""

    def check(text: str) -> str:
        if text not in names:
            allowed = "、".join(names)
            raise argparse.ArgumentTypeError(f"“{text}”无效，可用 {allowed}{suggestion(text, names, '')}")
        return text

    return check


def whole_number(low: int, high: int, what: str = "的整数") -> Callable[[str], int]:
    """A check for a whole number in a range; the message names what is meant."""

    def check(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise argparse.ArgumentTypeError(f"“{text}”无效，应为 {low} 到 {high} {what}")
        return int(text)

    return check


def words(text: str) -> list[str]:
    """Words parted by commas; goes with ``action="extend"``."""
    return [word for word in re.split(r"[\s,，、]+", text) if word]


def _explain(error: argparse.ArgumentError) -> str:
    """argparse's own complaints in Chinese; our checks' messages are Chinese already."""
    name = (error.argument_name or "").partition("/--no-")[0]
    if error.message.startswith("expected"):
        return f"选项 {name} 后面缺少值。"
    if error.message.startswith("ignored explicit"):
        return f"选项 {name} 后面不带值。"
    return f"选项 {name}：{error.message}" + ("" if error.message.endswith("？") else "。")
