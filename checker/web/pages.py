"""The review page: submit a draft, read the result beside the text, mend it, judge again, take it away."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from checker.errors import CheckerError
from checker.gather import AUTO
from checker.render import RENDERERS
from checker.web.forms import Form, as_file, bounded, read_form, read_options
from checker.web.problems import RequestError, nothing_to_correct
from checker.web.review_view import SHOWS, review_view
from checker.web.services import (
    Services,
    cookie_name,
    find_or_open_session,
    find_review,
    find_session,
    services,
    with_cookie,
)
from checker.web.sessions import Review
from checker.web.templating import page
from checker.web.work import Draft, Options
from checker.words import BODIES

MEDIA = {".json": "application/json", ".txt": "text/plain; charset=utf-8", ".html": "text/html; charset=utf-8"}


async def start(request: Request) -> Response:
    """The form, and what this visitor has had judged before."""
    return await _form(request)


async def submit(request: Request) -> Response:
    """Judge a draft and lead to its page; whatever is wrong with it is told above the form, which keeps what it held."""
    at = services(request)
    form = Form()
    try:
        form = await read_form(request, at.limits)
        options = _options(form, at)
        draft = _draft(form, at)
        result = await at.workers.do("judge", draft, at.placed(options))
    except (CheckerError, RequestError) as error:
        return await _form(request, form, error)
    session = find_or_open_session(request)
    review = Review(options, result)
    at.sessions.keep(session, review)
    return with_cookie(request, RedirectResponse(f"/review/{review.id}", 303), session)


async def show(request: Request) -> Response:
    """One result beside its text."""
    return await _review(request, find_review(request))


async def judge_again(request: Request) -> Response:
    """Judge the mended text; if it cannot be judged, the page says why and keeps it."""
    at, review = services(request), find_review(request)
    form = await read_form(request, at.limits)
    text = form.fields.get("text", "")
    try:
        options = _options(form, at, review.options.previous)
        if not text.strip():
            raise RequestError(422, "文字是空的，没有可以检查的内容。")
        draft = bounded(as_file(text, review.name), at.limits)
        result = await at.workers.do("judge", draft, at.placed(options))
    except (CheckerError, RequestError) as error:
        return await _review(request, review, error, text)
    review.options = options
    review.judged_again(result)
    return RedirectResponse(f"/review/{review.id}#changes", 303)


async def download(request: Request) -> Response:
    """The result in one of the formats."""
    at, review = services(request), find_review(request)
    format = request.path_params["format"]
    if format not in RENDERERS:
        raise RequestError(404, f"没有这种格式，可用：{'、'.join(RENDERERS)}。")
    try:
        content = await at.workers.do("export", at.placed(review.options).places, [review.result], [], format)
    except CheckerError as error:
        raise RequestError(422, str(error)) from None
    return attachment(content, format, review.name)


async def corrected(request: Request) -> Response:
    """The report in Word, with what can be corrected by itself as tracked changes."""
    at, review = services(request), find_review(request)
    try:
        content = await at.workers.do("correct", review.result.source, at.placed(review.options))
    except CheckerError as error:
        raise RequestError(422, str(error)) from None
    if content is None:
        raise nothing_to_correct()
    return saved(content, review.name, "改正稿", ".docx")


async def clear(request: Request) -> Response:
    """Forget everything of this visitor."""
    services(request).sessions.close(request.cookies.get(cookie_name(request)))
    response = RedirectResponse("/", 303)
    response.delete_cookie(cookie_name(request), httponly=True, samesite="strict")
    return response


def attachment(content: bytes, format: str, name: str) -> Response:
    """A file to save, named after the report."""
    return saved(content, name, "检查结果", next(iter(RENDERERS[format].suffixes), f".{format}"))


def saved(content: bytes, name: str, what: str, suffix: str) -> Response:
    """A file to save, named after the report and ``what`` it is."""
    own = name.rpartition("/")[2]
    stem = own.rpartition(".")[0] or own
    told = quote(f"{stem}-{what}{suffix}", safe="")
    headers = {"Content-Disposition": f"attachment; filename=\"checker-result{suffix}\"; filename*=UTF-8''{told}"}
    return Response(content, media_type=MEDIA.get(suffix, "application/octet-stream"), headers=headers)


def form_context(at: Services, form: Form | None = None) -> dict[str, Any]:
    """What a form with options offers, and what was chosen."""
    return {
        "offers": at.offers,
        "bodies": BODIES,
        "auto": AUTO,
        "chosen": form.fields if form else {},
        "limits": at.limits,
    }


def told_error(error: CheckerError | RequestError | None) -> tuple[str | None, int]:
    """An error in words, and its status."""
    if isinstance(error, RequestError):
        return error.detail, error.status
    return (str(error), 422) if error else (None, 200)


async def _form(
    request: Request, form: Form | None = None, error: CheckerError | RequestError | None = None
) -> Response:
    at, session = services(request), find_session(request)
    told, status = told_error(error)
    context = form_context(at, form)
    return await page("start.html", status, error=told, session=session, here="start", **context)


async def _review(
    request: Request, review: Review, error: CheckerError | RequestError | None = None, text: str | None = None
) -> Response:
    at = services(request)
    view = review_view(review, at.judged_by(review.result), at.limits.shown)
    show = request.query_params.get("show", "all")
    told, status = told_error(error)
    options = review.options
    chosen = Form({"pack": options.pack, "year": str(options.year or ""), "body": options.body or ""})
    return await page(
        "review.html",
        status,
        view=view,
        show=show if show in SHOWS else "all",
        shows=SHOWS,
        editing=view.can_edit and (error is not None or "edit" in request.query_params),
        draft=review.text if text is None else text,
        error=told,
        here="start",
        **form_context(at, chosen),
    )


def _options(form: Form, at: Services, previous: Draft | None = None) -> Options:
    given = next(iter(form.drafts("previous")), previous)
    return read_options(form.fields, at.pack_ids, bounded(given, at.limits) if given else None)


def _draft(form: Form, at: Services) -> Draft:
    """The one document of the form: a file, else what was pasted."""
    chosen = form.drafts("file")
    if chosen:
        return bounded(chosen[0], at.limits)
    text = form.fields.get("text", "")
    if not text.strip():
        raise RequestError(422, "还没有报告：请选择一个文件，或把报告的文字粘贴到框里。")
    return bounded(as_file(text), at.limits)


ROUTES = [
    Route("/", start),
    Route("/review", submit, methods=["POST"]),
    Route("/review/{id}", show),
    Route("/review/{id}", judge_again, methods=["POST"]),
    Route("/review/{id}/download/{format}", download),
    Route("/review/{id}/corrected", corrected),
    Route("/clear", clear, methods=["POST"]),
]
