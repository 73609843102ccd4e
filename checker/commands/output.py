"""Standard output carries results alone; a reader that has gone (``| head``) ends a command quietly."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import IO, Any

from checker.errors import CheckerError

_REASONS = {
    errno.EACCES: "没有写入的权限", errno.EPERM: "没有写入的权限", errno.ENOSPC: "磁盘已满", errno.EROFS: "磁盘只读",
    errno.EISDIR: "这是一个目录", errno.ENOENT: "目录不存在", errno.ENAMETOOLONG: "文件名过长",
}  # fmt: skip


def show(text: str, utf8: bool = False) -> None:
    """Print a result: what the terminal's encoding lacks falls back to ``?``; ``utf8`` whatever the locale."""
    out = sys.stdout
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8") if utf8 else out.reconfigure(errors="replace")
    _put(out, text)


def show_bytes(content: bytes) -> None:
    """Print a result that is no text; a terminal is spared it.  Raises ``CheckerError``."""
    if sys.stdout.isatty():
        raise CheckerError("这种格式不是文字，不能显示在屏幕上，请用 -o 写入文件。")
    _put(sys.stdout.buffer, content)


def progress(message: str) -> None:
    """How far something slow is, on one line of the terminal that the next message takes the place of."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{message}")
        sys.stderr.flush()


def _put(out: IO[Any], content: str | bytes) -> None:
    try:
        out.write(content)
        out.flush()
    except BrokenPipeError:
        _silence()
    except OSError as error:
        _silence()
        raise CheckerError(f"无法输出结果：{reason(error)}。") from None


def tell(message: str) -> None:
    """One line on standard error."""
    err = sys.stderr
    if hasattr(err, "reconfigure"):
        err.reconfigure(errors="replace")
    print(f"checker: {' '.join(message.split())}", file=err)


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese."""
    return _REASONS.get(error.errno or 0) or f"系统错误 {error.errno}（{error.strerror or error}）"


def _silence() -> None:
    """What is still buffered must not raise again at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
