"""What every handler needs: the packs on offer, the sessions, the workers, the bounds; and which session asks."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from checker.gather import AUTO
from checker.models.result import ReportResult
from checker.models.rule import Case, Element, FindingRule, RulePack
from checker.packs import case_files, find_pack
from checker.ready import ready_pack
from checker.web.limits import Limits
from checker.web.problems import RequestError
from checker.web.sessions import Desk, Review, Session, Sessions
from checker.web.work import Options
from checker.web.workers import Workers

_Kept = TypeVar("_Kept", Review, Desk)


@dataclass(frozen=True)
class Offer:
    """A pack on offer and where it lies (an id or a folder, as the person who started the server gave it)."""

    place: str
    pack: RulePack

    @cached_property
    def cases(self) -> dict[str, list[Case]]:
        """The cases that stand beside the pack's own rules."""
        return {file.rule: list(file.cases) for _, file in case_files(find_pack(self.place))}

    @property
    def rules(self) -> dict[str, Element | FindingRule]:
        """All rules by id."""
        found: dict[str, Element | FindingRule] = {rule.id: rule for rule in self.pack.elements}
        found.update({rule.id: rule for rule in self.pack.findings})
        return found


def offer(places: Sequence[str]) -> dict[str, Offer]:
    """The packs at some places by their ids.  Raises ``PackError``."""
    packs = [Offer(place, ready_pack(place).pack) for place in places]
    return {item.pack.id: item for item in packs}


@dataclass
class Services:
    """The server's parts."""

    limits: Limits
    offers: dict[str, Offer]
    sessions: Sessions
    workers: Workers
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def pack_ids(self) -> list[str]:
        """The packs on offer, the usual one first."""
        return list(self.offers)

    def offer(self, pack: str | None) -> Offer:
        """A pack by its id, or the usual one.  Raises ``RequestError`` 404."""
        found = self.offers.get(pack or self.pack_ids[0])
        if found is None:
            raise RequestError(404, f"没有这个规则包，可用：{'、'.join(self.pack_ids)}。")
        return found

    def judged_by(self, result: ReportResult) -> RulePack:
        """The pack that judged a report."""
        return self.offer(result.pack.id if result.pack else None).pack

    def placed(self, options: Options) -> Options:
        """Options as the workers need them: the packs by their places."""
        chosen = self.offers.values() if options.pack == AUTO else [self.offers[options.pack]]
        return replace(options, places=tuple(offer.place for offer in chosen))

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something while requests are answered."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def stop(self) -> None:
        """End what runs in the background."""
        for task in self._running:
            task.cancel()


def services(request: Request) -> Services:
    """The parts of the server that got a request."""
    found: Services = request.app.state.services
    return found


def cookie_name(request: Request) -> str:
    """Cookies know no ports: servers on different ones must not take each other's."""
    return f"checker-{request.url.port or 80}"


def find_session(request: Request) -> Session | None:
    """The visitor's session, if there is one."""
    return services(request).sessions.find(request.cookies.get(cookie_name(request)))


def find_or_open_session(request: Request) -> Session:
    """The visitor's session; a new one for a new visitor."""
    return services(request).sessions.find_or_open(request.cookies.get(cookie_name(request)))


def with_cookie(request: Request, response: Response, session: Session) -> Response:
    """The response, carrying the session to the visitor's browser and no further."""
    secure = request.url.scheme == "https"
    response.set_cookie(cookie_name(request), session.token, httponly=True, samesite="strict", secure=secure)
    return response


def find_review(request: Request) -> Review:
    """The visitor's own review of the path.  Raises ``RequestError`` 404, the same for others' and for none at all."""
    session = find_session(request)
    return _own(request, session.reviews if session else {}, "没有这份结果", "检查")


def find_desk(request: Request) -> Desk:
    """The visitor's own desk of the path.  Raises ``RequestError`` 404."""
    session = find_session(request)
    return _own(request, session.desks if session else {}, "没有这张汇总表", "建立")


def _own(request: Request, own: Mapping[str, _Kept], none: str, made: str) -> _Kept:
    found = own.get(request.path_params["id"])
    if found is None:
        raise RequestError(404, f"{none}：可能已经清除或过期，也可能是在别的浏览器里{made}的。请重新提交报告。")
    return found
