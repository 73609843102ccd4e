"""The desk: many reports at once, judged in the background, side by side in one table."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Container, Mapping
from itertools import chain, count
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from checker.errors import CheckerError
from checker.render import RENDERERS
from checker.web.desk_view import SHOWS, Query, desk_view
from checker.web.forms import Form, bounded, read_form, read_options, unpack
from checker.web.pages import attachment, form_context, saved, told_error
from checker.web.problems import RequestError, nothing_to_correct
from checker.web.review_view import correctable, downloads, is_single
from checker.web.services import Services, find_desk, find_or_open_session, find_session, services, with_cookie
from checker.web.sessions import Desk, Review, Row, Session
from checker.web.templating import page
from checker.web.work import Draft

NAME = "汇总.zip"


async def start(request: Request) -> Response:
    """The form, and this visitor's desks."""
    return await _form(request)


async def submit(request: Request) -> Response:
    """Lay the files out on a desk; they are judged in the background while the page shows how far it is."""
    at, form = services(request), Form()
    try:
        form = await read_form(request, at.limits)
        options = read_options(form.fields, at.pack_ids)
        drafts = await asyncio.to_thread(unpack, form.drafts("file"), at.limits)
        if not drafts:
            raise RequestError(422, "还没有报告：请选择若干个文件，或一个 zip 压缩文件。")
        session = find_or_open_session(request)
        desk = Desk(options, [Row(draft.name, draft) for draft in drafts])
        at.sessions.keep(session, desk)
    except (CheckerError, RequestError) as error:
        return await _form(request, form, error)
    at.in_background(judge_all(at, session, desk))
    return with_cookie(request, RedirectResponse(f"/desk/{desk.id}", 303), session)


async def judge_all(at: Services, session: Session, desk: Desk) -> None:
    """Judge a desk's documents; one worker is left to the other visitors where there are several."""
    at_once = asyncio.Semaphore(max(1, at.workers.count - 1))

    async def judge(row: Row) -> None:
        async with at_once:
            await _judge(at, session, desk, row)

    await asyncio.gather(*(judge(row) for row in desk.rows))


async def _judge(at: Services, session: Session, desk: Desk, row: Row) -> None:
    """One document's review, or why there is none."""
    draft, row.draft = row.draft, None
    try:
        draft = bounded(draft or Draft(row.name, b""), at.limits)
        result = await at.workers.do("judge", draft, at.placed(desk.options), wait=True)
        review = Review(desk.options, result, desk=desk.id)
        at.sessions.keep(session, review)
    except CheckerError as error:
        row.error = str(error)
    except RequestError as trouble:
        row.error = trouble.detail
    else:
        row.review = review


async def show(request: Request) -> Response:
    """The table, sorted and filtered as the address says."""
    view = desk_view(find_desk(request), Query.read(request.query_params))
    return await page("desk.html", view=view, shows=SHOWS, downloads=downloads(several=True), here="desk")


async def status(request: Request) -> Response:
    """How far a desk is."""
    desk = find_desk(request)
    return JSONResponse({"done": desk.done, "total": len(desk.rows)})


async def download(request: Request) -> Response:
    """All results in one of the formats."""
    at, desk = services(request), find_desk(request)
    format = request.path_params["format"]
    if format not in RENDERERS:
        raise RequestError(404, f"没有这种格式，可用：{'、'.join(RENDERERS)}。")
    if is_single(format) and len(desk.reports) > 1:
        raise RequestError(404, "这种格式只能放一份报告，请打开那份报告再下载。")
    _require_finished(desk)
    try:
        places = at.placed(desk.options).places
        content = await at.workers.do("export", places, desk.reports, desk.errors, format)
    except CheckerError as error:
        raise RequestError(422, str(error)) from None
    return attachment(content, format, NAME)


async def corrected(request: Request) -> Response:
    """The reports in which something can be corrected by itself, in Word with tracked changes, as one zip file."""
    at, desk = services(request), find_desk(request)
    _require_finished(desk)
    documents: dict[str, bytes] = {}
    for review in desk.reviews:
        if not correctable(review.result):
            continue
        try:
            content = await at.workers.do("correct", review.result.source, at.placed(review.options), wait=True)
        except CheckerError as error:
            raise RequestError(422, str(error)) from None
        if content is not None:
            documents[_free_name(review.name, documents)] = content
    if not documents:
        raise nothing_to_correct()
    return saved(await asyncio.to_thread(_zipped, documents), NAME, "改正稿", ".zip")


def _require_finished(desk: Desk) -> None:
    if not desk.is_done:
        raise RequestError(503, "还没有全部检查完，请稍候再导出。", {"Retry-After": "5"})


def _free_name(name: str, taken: Container[str]) -> str:
    """A Word file's place within the zip file, told apart from those of other documents that are called the same."""
    stem = name.removesuffix(PurePosixPath(name).suffix)
    told = (f"{stem}-改正稿{number}.docx" for number in chain([""], (f"（{n}）" for n in count(2))))
    return next(free for free in told if free not in taken)


def _zipped(documents: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:  # Word documents are packed already
        for name, content in documents.items():
            archive.writestr(name, content)
    return packed.getvalue()


async def _form(
    request: Request, form: Form | None = None, error: CheckerError | RequestError | None = None
) -> Response:
    at, session = services(request), find_session(request)
    told, code = told_error(error)
    return await page("desk_start.html", code, error=told, session=session, here="desk", **form_context(at, form))


ROUTES = [
    Route("/desk", start),
    Route("/desk", submit, methods=["POST"]),
    Route("/desk/{id}", show),
    Route("/desk/{id}/status", status),
    Route("/desk/{id}/download/{format}", download),
    Route("/desk/{id}/corrected", corrected),
]
