"""The outermost layer: who may ask, which headers every answer carries, and that no failure tells a report's text."""

from __future__ import annotations

import ipaddress
import logging
import socket
import traceback
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from checker.web.problems import RequestError

log = logging.getLogger("checker.web")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Nothing goes to other sites.  Under "no-referrer" browsers send our own forms with "Origin: null", and over plain
    # HTTP without Sec-Fetch-Site too, so that they could not be told from a stranger's.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-write=(self)",
}
Answer = Callable[[Request, RequestError], Awaitable[Response]]


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Hosts:
    """The names under which the server may be addressed.

    A page of a stranger whose name is made to resolve to this machine (DNS rebinding) comes with the stranger's name.
    On loopback only loopback's own names are known; elsewhere every bare address is, for an address cannot be rebound.
    """

    def __init__(self, host: str, more: Iterable[str] = ()) -> None:
        self._names = {*LOOPBACK, host.strip("[]").lower(), *(name.lower() for name in more)}
        self._any_address = not is_loopback(host)
        if self._any_address:
            self._names.add(socket.gethostname().lower())

    def allow(self, header: str | None) -> bool:
        """Whether a ``Host`` header names this server."""
        try:
            name = urlsplit(f"//{header or ''}").hostname or ""
        except ValueError:
            return False
        return name in self._names or (self._any_address and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_foreign(scheme: str, headers: Headers) -> bool:
    """Whether a browser sent a request from a page of another site; programs that are no browsers send no such header."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    if origin is None or (origin == "null" and site == "same-origin"):
        return False
    return origin != f"{scheme}://{headers.get('host', '')}"


class Guard:
    """Lets in what may come in, sets the headers, and turns whatever goes wrong into an answer."""

    def __init__(self, app: ASGIApp, hosts: Hosts, answer: Answer) -> None:
        self._app, self._hosts, self._answer = app, hosts, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def headed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _set_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        try:
            self._check(scope)
            await self._app(scope, receive, headed)
        except RequestError as trouble:
            told = trouble
        except Exception as error:  # whatever it is: its text may hold the report's, so only its place is logged
            log.error("%s", where(error))
            told = RequestError(500, "程序内部出错，这次没有完成；已在服务端记下出错的位置，请告诉维护者。")
        else:
            return
        if not started:
            response = await self._answer(Request(scope, receive), told)
            await response(scope, receive, headed)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if not self._hosts.allow(headers.get("host")):
            raise RequestError(421, "请用启动时显示的地址访问；如需使用别的名称，启动时请加 --allow-host 名称。")
        if scope["method"] not in SAFE and is_foreign(scope["scheme"], headers):
            raise RequestError(403, "这个请求来自别的网站，已拒绝。请从本工具的页面提交。")


def where(error: BaseException) -> str:
    """The kind of a failure and the places it passed through, without its message."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return f"{type(error).__name__}: " + " > ".join(f"{Path(f.filename).name}:{f.lineno}" for f in frames)


def _set_headers(headers: MutableHeaders, path: str) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
    headers["Cache-Control"] = "no-cache" if path.startswith("/static/") else "no-store"
