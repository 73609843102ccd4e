"""``checker serve``: the web face on this machine."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from typing import TYPE_CHECKING, Any

from checker.commands import PASSED, output
from checker.commands.arguments import Parser, whole_number
from checker.errors import CheckerError, UsageError

if TYPE_CHECKING:
    import uvicorn

HELP = """\
用法：checker serve [选项]

在浏览器里检查报告：放入或粘贴一份报告，对照依据逐项修改、再检查；也可汇总多份
报告。
同一地址下的 /api/v1 供办公系统调用，接口说明在 /api/v1/openapi.json。
报告只在本机内存中处理，不联网，不留存；按 Ctrl-C 停止。

选项：
  --host 地址          监听的地址（默认 127.0.0.1，只有本机能访问）
  --port 端口          监听的端口（默认 8000；0 表示自动选择）
  --pack 规则包        提供的规则包，编号或目录，可以给出多次；第一个是默认的
                       （默认提供随软件安装的各种报告的规则包，
                       按报告的内容选用）
  --workers 个数       同时检查几份报告（默认按处理器个数，最多 4）
  --allow-host 名称    还允许用这个主机名访问，可以给出多次
  --open               启动后打开浏览器
  -h, --help           显示这份说明

例子：
  checker serve
  checker serve --port 8080 --open
"""
USUAL_HOST, USUAL_PORT, MOST_WORKERS = "127.0.0.1", 8000, 16
_MISSING = "网页功能需要另装组件：python -m pip install 'checker[web]'。"


def parser() -> Parser:
    """The options of the command."""
    options = Parser("checker serve")
    options.add_argument("--host")
    options.add_argument("--port", type=whole_number(0, 65535, "的端口号"))
    options.add_argument("--pack", action="append")
    options.add_argument("--workers", type=whole_number(1, MOST_WORKERS, "的个数"))
    options.add_argument("--allow-host", action="append")
    options.add_argument("--open", action="store_true")
    return options


def run(argv: list[str]) -> int:
    """Serve until Ctrl-C."""
    given, operands = parser().read(argv)
    if given.get("help"):
        output.show(HELP)
        return PASSED
    if operands:
        raise UsageError(f"多出了“{operands[0]}”。checker serve 不需要文件，报告在网页上提交。")
    try:
        server = _server(given)
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn", "jinja2", "python_multipart"):
            raise
        raise CheckerError(_MISSING) from None
    listening = listen(given.get("host", USUAL_HOST), given.get("port", USUAL_PORT))
    with listening:
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            output.tell("已停止。")
    return PASSED


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to an address.  Raises ``CheckerError``: port in use, no such address, not permitted."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError):
        raise CheckerError(f"没有“{host}”这个地址，请检查 --host。") from None
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except PermissionError:
        listening.close()
        raise CheckerError(f"没有使用端口 {port} 的权限，请用 --port 换一个大于 1023 的端口。") from None
    except OSError as error:
        listening.close()
        raise CheckerError(f"无法监听 {host} 的端口 {port}（{_refusal(error)}）。") from None
    return listening


def _refusal(error: OSError) -> str:
    import errno

    told = {
        errno.EADDRINUSE: "端口已被占用，可能已经启动过；请用 --port 换一个端口",
        errno.EADDRNOTAVAIL: "本机没有这个地址，请检查 --host",
    }
    return told.get(error.errno or 0) or output.reason(error)


def _server(given: dict[str, Any]) -> uvicorn.Server:
    """The server, ready to run.  Raises ``PackError``, or ``ImportError`` where the extra is not installed."""
    import python_multipart  # noqa: F401 - Starlette would miss it only when the first form comes
    import uvicorn

    from checker.commands.packs import DEFAULT, open_pack
    from checker.packs import base_packs
    from checker.web.app import make_app
    from checker.web.guard import Hosts

    host = given.get("host", USUAL_HOST)
    packs = given.get("pack") or sorted(base_packs(), key=lambda name: name != DEFAULT)
    for pack in packs:
        open_pack(pack)  # a mistake in it is told with file and line, before anything is served
    workers = given.get("workers") or min(4, os.cpu_count() or 1)
    app = make_app(packs, Hosts(host, given.get("allow_host", ())), workers)
    logging.basicConfig(format="checker: %(message)s")
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, lifespan="on", ws="none", http="h11",
        timeout_graceful_shutdown=3, timeout_keep_alive=20,
    )  # fmt: skip

    class Server(uvicorn.Server):
        """Tells the address once it can be visited."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if sockets and not self.should_exit:
                _tell(host, sockets[0].getsockname()[1], bool(given.get("open")))

    return Server(config)


def _tell(host: str, port: int, browse: bool) -> None:
    """The address, and a warning where others can reach it."""
    from checker.web.guard import is_loopback

    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound
    url = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
    if not is_loopback(host):
        output.tell(
            "注意：别的机器也能访问这个地址，没有登录，传输不加密；只应在可信的内部网络中使用，或在前面加设网关。"
        )
    output.show(f"请用浏览器打开 {url}　（按 Ctrl-C 停止）\n")
    if browse:
        import webbrowser

        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, url)
