"""Puts the web face together: routes, the layers around them, the workers' life."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from checker.web import api, desk_pages, pages, rule_pages
from checker.web.guard import Guard, Hosts
from checker.web.limits import BodyLimit, Limits
from checker.web.problems import RequestError
from checker.web.services import Services, offer
from checker.web.sessions import Sessions
from checker.web.templating import API, HERE, answer
from checker.web.workers import Workers

USUAL = Limits()
_TOLD = {
    404: "没有这个页面，请检查地址，或从首页重新开始。",
    405: "这个地址不支持这种请求方法。",
}


def make_app(packs: Sequence[str], hosts: Hosts, workers: int = 2, limits: Limits = USUAL) -> Starlette:
    """The ASGI application.

    ``packs`` are ids or folders, the usual one first.  Raises ``PackError`` for a pack that cannot be used.
    """
    offers = offer(packs)
    pool = Workers([item.place for item in offers.values()], workers, limits)
    parts = Services(limits, offers, Sessions(limits), pool)
    app = Starlette(
        routes=routes(),
        middleware=[Middleware(Guard, hosts, answer), Middleware(BodyLimit, limits)],
        exception_handlers={HTTPException: _told},
        lifespan=_life,
    )
    app.state.services = parts
    return app


def routes() -> list[BaseRoute]:
    """Every address there is."""
    static = Mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    return [*pages.ROUTES, *desk_pages.ROUTES, *rule_pages.ROUTES, *api.ROUTES, static]


@contextlib.asynccontextmanager
async def _life(app: Starlette) -> AsyncIterator[None]:
    parts: Services = app.state.services
    parts.workers.start()
    try:
        yield
    finally:
        parts.stop()
        parts.workers.close()


async def _told(request: Request, error: Exception) -> Response:
    """What Starlette itself refuses: unknown addresses and methods."""
    code = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    told = _TOLD.get(code, "这个请求无法处理。")
    if code == 404 and request.url.path.startswith(API):
        told = "没有这个接口；全部接口见 /api/v1/openapi.json。"
    return await answer(request, RequestError(code, told, headers))
