"""Templates: one environment with escaping always on, and the page that tells of a problem."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from checker import __version__, words
from checker.render.to_table import LEVELS, PARTS, SEVERITIES, VERDICTS, number, outcome
from checker.web.desk_view import severities
from checker.web.problems import RequestError, problem
from checker.web.review_view import SIGNS, blanks, part_title

HERE = Path(__file__).resolve().parent
API = "/api/"


@cache
def environment() -> Environment:
    """The templates and the words they share."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(
        version=__version__, VERDICTS=VERDICTS, SEVERITIES=SEVERITIES, LEVELS=LEVELS, PARTS=PARTS, SIGNS=SIGNS,
        number=number, outcome=outcome, severities=severities, words=words, part_title=part_title, blanks=blanks,
    )  # fmt: skip
    made.filters["zip"] = zip
    return made


async def page(template: str, status: int = 200, **context: Any) -> Response:
    """A page, laid out off the event loop: a long report makes a long page."""
    text = await run_in_threadpool(environment().get_template(template).render, **context)
    return HTMLResponse(text.encode("utf-8", "replace"), status)


async def answer(request: Request, trouble: RequestError) -> Response:
    """A problem told: to programs as problem+json, to people as a page."""
    if request.url.path.startswith(API) or request.url.path == "/openapi.json":
        return problem(trouble)
    response = await page("error.html", trouble.status, trouble=trouble)
    response.headers.update(trouble.headers)
    return response
