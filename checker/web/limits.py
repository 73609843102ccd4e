"""How much one visitor may ask for: sizes, counts and times, and the middleware that bounds what a request sends."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from checker.read.reader import MAX_BYTES
from checker.web.problems import RequestError

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Bounds of one server.  Sizes are in bytes, times in seconds."""

    body: int = 64 * MEGABYTE  # of one request
    file: int = MAX_BYTES  # of one document
    files: int = 200  # documents on one desk or in one request
    unpacked: int = 128 * MEGABYTE  # of all documents of a desk together
    seconds: float = 120.0  # for judging or rendering one request
    sending: float = 120.0  # for a client to send its request
    waiting: int = 32  # requests that wait for a free worker
    patience: float = 60.0  # how long one of them waits
    sessions: int = 200
    stored: int = 400 * MEGABYTE  # of all sessions together
    idle: float = 4 * 3600.0  # a session that nobody has looked at is forgotten
    shown: int = 200_000  # characters of a text that the review page shows


class BodyLimit:
    """Refuses a request whose body is too large (413) or takes too long to come (408), before it is all read."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what comes; the handlers see ``RequestError`` raised from reading the body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = next((value for key, value in scope["headers"] if key == b"content-length"), b"0")
        if not told.isdigit() or int(told) > self._limits.body:
            raise self._too_large()
        deadline = asyncio.get_running_loop().time() + self._limits.sending
        seen, complete = 0, False

        async def counted() -> Message:
            nonlocal seen, complete
            if complete:
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise RequestError(408, "等了太久，请求还没有发完，请检查网络后再试。") from None
            seen += len(message.get("body", b""))
            complete = message["type"] != "http.request" or not message.get("more_body", False)
            if seen > self._limits.body:
                raise self._too_large()
            return message

        await self._app(scope, counted, send)

    def _too_large(self) -> RequestError:
        return RequestError(
            413, f"一次提交的内容过大（上限 {self._limits.body // MEGABYTE} MB），请分几次提交，或检查是否选错了文件。"
        )
