"""What goes wrong with a request, told in Chinese: as problem+json (RFC 9457) to programs, as a page to people."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

TITLES = {
    400: "请求有误", 403: "不允许的请求", 404: "没有找到", 405: "方法不对", 406: "不能给出所要的格式", 408: "请求超时",
    413: "内容过大", 415: "不支持的内容类型", 421: "地址不对", 422: "无法检查", 500: "程序出错", 503: "暂时无法处理",
}  # fmt: skip


class RequestError(Exception):
    """A request that cannot be answered: the HTTP status and one clear Chinese line."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.more = status, detail, headers or {}, more

    @property
    def title(self) -> str:
        """The status in words."""
        return TITLES.get(self.status) or HTTPStatus(self.status).phrase


def busy(detail: str = "正在检查的文件较多，请稍候再试。") -> RequestError:
    """Not now, but soon."""
    return RequestError(503, detail, {"Retry-After": "5"})


def nothing_to_correct() -> RequestError:
    """No finding with one right form."""
    return RequestError(422, "没有可以自动改正的地方：列出的问题都要由人来改。")


def problem(trouble: RequestError) -> JSONResponse:
    """The answer to a program."""
    content = {"type": "about:blank", "title": trouble.title, "status": trouble.status, "detail": trouble.detail}
    return JSONResponse(
        {**content, **trouble.more}, trouble.status, trouble.headers, media_type="application/problem+json"
    )
