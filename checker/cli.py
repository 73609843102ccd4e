"""The command line: finds the command, and turns every way a run can end into an exit code."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

from checker import collector
from checker.commands import INTERRUPTED, NOT_DONE, PASSED, output
from checker.errors import CheckerError, UsageError

HELP = """\
checker：按规则包审查年度报告，逐项给出结论、依据、问题、改法和得分。

用法：checker 命令 ...

命令：
  score 文件...       审查报告
  fix 文件...         改正有唯一正确写法的问题
  rules 子命令        查看、检查、测试规则包
  eval 标注文件...    用人工标注衡量审查结果
  serve               在浏览器里检查报告（需另装组件 web）

选项：
  --version           显示版本
  -h, --help          显示这份说明；checker 命令 --help 显示该命令的说明

例子：
  checker score 报告.txt
  checker score 报送/ -o 结果.json
  checker rules show xi-thought
"""
COMMANDS = ("score", "fix", "rules", "eval", "serve")
_OPTIONS = ("--help", "--version")


def main(argv: list[str] | None = None) -> int:
    """Run one command.  0: all pass; 1: some report falls short; 2: not or not wholly done."""
    collector.search_seldom()
    atexit.register(gc.freeze)  # nor need all that is left at the end be searched for them
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for some it reads all packages' metadata
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == ["help"] and len(words) == 2:
        words = [words[1], "--help"]
    try:
        return _command(words)(words[1:])
    except CheckerError as error:
        output.tell(str(error))
        return NOT_DONE
    except KeyboardInterrupt:
        return INTERRUPTED


def run() -> NoReturn:
    """The program: one command, then out at once where nothing else is at work, for to free all objects one by one takes
    a twentieth of a short run."""
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # whoever read it has gone
        sys.exit(code)
    if threading.active_count() == 1 and "multiprocessing" not in sys.modules:
        os._exit(code)
    sys.exit(code)


def _command(words: list[str]) -> Callable[[list[str]], int]:
    """What the first word asks for, loaded only now."""
    first = words[0] if words else ""
    if first == "score":
        from checker.commands.score import run
    elif first == "fix":
        from checker.commands.fix import run
    elif first == "rules":
        from checker.commands.rules import run
    elif first == "eval":
        from checker.commands.evaluate import run
    elif first == "serve":
        from checker.commands.serve import run
    elif first in ("-h", "--help", "help"):
        return _print(HELP)
    elif first in ("-V", "--version"):
        from checker import __version__

        return _print(f"checker {__version__}\n")
    else:
        raise UsageError(_no_command(first))
    return run


def _print(text: str) -> Callable[[list[str]], int]:
    def show(_: list[str]) -> int:
        output.show(text)
        return PASSED

    return show


def _no_command(word: str) -> str:
    if not word:
        return f"没有给出命令，可用：{'、'.join(COMMANDS)}。用法见 checker --help。"
    from checker.commands.arguments import suggestion

    if os.path.exists(word):
        return f"没有名为“{word}”的命令；要审查这个文件，请写 checker score {word}。"
    if word.startswith("-"):
        short = next((f"，是否想写 {name}？" for name in _OPTIONS if name.startswith(f"-{word}")), "")
        return f"没有名为“{word}”的选项{short or suggestion(word, _OPTIONS)}用法见 checker --help。"
    end = suggestion(word, COMMANDS, f"，可用：{'、'.join(COMMANDS)}。")
    return f"没有名为“{word}”的命令{end}用法见 checker --help。"
