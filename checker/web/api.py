"""The HTTP API under ``/api/v1``: the JSON contract for office systems."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from checker import __version__, words
from checker.errors import CheckerError
from checker.web import api_models as models
from checker.web.forms import bounded, file_name, media_type, read_form, read_options
from checker.web.openapi import document
from checker.web.problems import RequestError
from checker.web.services import Offer, Services, services
from checker.web.work import Draft, Options

UNNAMED = "report.txt"
TYPES = ("multipart/form-data", "application/json", "text/plain")
_FAULTS = {
    "missing": "缺少这一项", "extra_forbidden": "不认识这一项", "string_type": "应为文字", "int_type": "应为整数",
    "string_too_short": "不能为空", "string_too_long": "过长", "model_type": "应为对象",
    "model_attributes_type": "应为对象",
}  # fmt: skip


async def score(request: Request) -> Response:
    """Judge one or several reports: the JSON contract; 422 where none can be read."""
    _check_accept(request)
    at = services(request)
    drafts, options = await _read(request, at)
    try:
        content, errors, judged = await at.workers.do("score", drafts, at.placed(options))
    except CheckerError as error:
        raise RequestError(422, str(error)) from None
    if not judged:
        told = errors[0]["message"] if len(errors) == 1 else f"{len(errors)} 份文件都无法检查，原因见 errors。"
        raise RequestError(422, told, errors=errors)
    return Response(content, media_type="application/json")


async def rules(request: Request) -> Response:
    """All rules of a pack."""
    _check_accept(request)
    at = services(request)
    offer = at.offer(request.query_params.get("pack"))
    packs = [_pack(item) for item in at.offers.values()]
    found = [models.summary(rule) for rule in offer.rules.values()]
    return _json(models.RuleList(pack=_pack(offer), packs=packs, rules=found))


async def rule(request: Request) -> Response:
    """One rule."""
    _check_accept(request)
    offer = services(request).offer(request.query_params.get("pack"))
    found = offer.rules.get(request.path_params["id"])
    if found is None:
        raise RequestError(404, "没有这条规则；全部规则见 /api/v1/rules。")
    return _json(models.detail(found, _pack(offer), words.applies(found.applies)))


async def health(request: Request) -> Response:
    """The server answers."""
    _check_accept(request)
    return _json(models.Health(version=__version__))


async def openapi(request: Request) -> Response:
    """The description of this interface for programs."""
    _check_accept(request)
    return JSONResponse(document())


async def _read(request: Request, at: Services) -> tuple[list[Draft], Options]:
    """What to judge and how, from any of the three kinds of body; the query holds options too."""
    kind, query = media_type(request), dict(request.query_params)
    if kind == "multipart/form-data":
        form = await read_form(request, at.limits)
        drafts = [bounded(draft, at.limits) for draft in form.drafts("file")]
        if not drafts:
            raise RequestError(422, "file：没有收到文件。", field="file")
        previous = next(iter(form.drafts("previous")), None)
        named = [Draft(draft.name or UNNAMED, draft.data) for draft in drafts]
        return named, read_options({**query, **form.fields}, at.pack_ids, previous)
    if kind == "application/json":
        return _read_json(await request.body(), query, at)
    if kind == "text/plain":
        draft = Draft(file_name(query.get("name")) or UNNAMED, await request.body())
        return [bounded(draft, at.limits)], read_options(query, at.pack_ids)
    raise RequestError(415, f"请用 {'、'.join(TYPES)} 之一提交报告。", {"Accept-Post": ", ".join(TYPES)})


def _read_json(body: bytes, query: dict[str, str], at: Services) -> tuple[list[Draft], Options]:
    try:
        sent = models.SentScore.model_validate(json.loads(body))
    except ValidationError as error:
        raise _explained(error) from None
    except (ValueError, RecursionError):
        raise RequestError(400, "请求内容不是合法的 JSON。") from None
    given: dict[str, Any] = {**query, **sent.options.model_dump(exclude_none=True)}
    previous = _encoded(sent.previous, at) if sent.previous else None
    return [_encoded(sent, at)], read_options(given, at.pack_ids, previous)


def _encoded(sent: models.SentReport, at: Services) -> Draft:
    """Text as bytes, character by character as it was sent."""
    return bounded(Draft(file_name(sent.name) or UNNAMED, sent.text.encode("utf-8", "replace")), at.limits)


def _explained(error: ValidationError) -> RequestError:
    fault = error.errors()[0]
    field = ".".join(map(str, fault["loc"]))
    told = _FAULTS.get(fault["type"], "值无效")
    return RequestError(422, f"{field}：{told}。" if field else "请求内容应为 JSON 对象。", field=field or None)


def _check_accept(request: Request) -> None:
    """JSON is all there is."""
    accept = request.headers.get("accept", "*/*")
    for item in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in item.split(";"))
        if kind in ("*/*", "application/*", "application/json", "") and not _is_zero(parameters):
            return
    raise RequestError(406, "这个接口只给出 application/json。")


def _is_zero(parameters: list[str]) -> bool:
    return any(name == "q" and not value.strip("0.") for name, _, value in (p.partition("=") for p in parameters))


def _pack(offer: Offer) -> models.PackSummary:
    return models.PackSummary(id=offer.pack.id, title=offer.pack.title, version=offer.pack.version)


def _json(content: BaseModel) -> Response:
    return Response(content.model_dump_json(exclude_none=True), media_type="application/json")


ROUTES = [
    Route("/api/v1/score", score, methods=["POST"]),
    Route("/api/v1/rules", rules),
    Route("/api/v1/rules/{id}", rule),
    Route("/api/v1/healthz", health),
    Route("/api/v1/openapi.json", openapi),
    Route("/openapi.json", openapi),
]
