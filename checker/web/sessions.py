"""All state of the web face, in memory: what one visitor has had judged, and nobody else can open.

A session is found by its cookie alone, a result only within its session; both have names that cannot be guessed.
Sessions end when nobody has looked at them for long, when the visitor clears them, when room is needed for others, and
with the process.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from checker.models.result import FileError, ReportResult
from checker.web.limits import Limits
from checker.web.problems import RequestError
from checker.web.work import Draft, Options

_OVERHEAD = 50_000  # bytes of a result beside its text, roughly


def new_id() -> str:
    """A name that cannot be guessed: 144 random bits."""
    return secrets.token_urlsafe(18)


@dataclass
class Review:
    """One report under review: how it was judged, the result, and the result of the run before."""

    options: Options
    result: ReportResult
    before: ReportResult | None = None
    runs: int = 1
    desk: str | None = None
    id: str = field(default_factory=new_id)

    @property
    def name(self) -> str:
        """What the user calls the report."""
        return self.result.file

    @property
    def text(self) -> str:
        """The text as it was judged last."""
        return self.result.source.text if self.result.source else ""

    @property
    def size(self) -> int:
        """Roughly how many bytes it takes."""
        sources = [result.source for result in (self.result, self.before) if result is not None and result.source]
        previous = len(self.options.previous.data) if self.options.previous else 0
        return _OVERHEAD + previous + sum(len(s.text) * 4 + len(s.original or b"") for s in sources)

    def judged_again(self, result: ReportResult) -> None:
        """Take in the outcome of another run."""
        self.before, self.result, self.runs = self.result, result, self.runs + 1


@dataclass
class Row:
    """One document on a desk: waiting as long as it has neither a review nor an error."""

    name: str
    draft: Draft | None
    review: Review | None = None
    error: str | None = None

    @property
    def is_done(self) -> bool:
        """Whether it has been judged, or could not be."""
        return self.review is not None or self.error is not None


@dataclass
class Desk:
    """Many reports side by side."""

    options: Options
    rows: list[Row]
    id: str = field(default_factory=new_id)

    @property
    def done(self) -> int:
        """How many documents are through."""
        return sum(row.is_done for row in self.rows)

    @property
    def is_done(self) -> bool:
        """Whether all are."""
        return self.done == len(self.rows)

    @property
    def reviews(self) -> list[Review]:
        """The reviews so far, in the order of the files."""
        return [row.review for row in self.rows if row.review]

    @property
    def reports(self) -> list[ReportResult]:
        """Their results."""
        return [review.result for review in self.reviews]

    @property
    def errors(self) -> list[FileError]:
        """The documents that could not be judged, and why."""
        return [FileError(file=row.name, message=row.error) for row in self.rows if row.error is not None]

    @property
    def size(self) -> int:
        """Roughly how many bytes its waiting documents take."""
        return sum(len(row.draft.data) for row in self.rows if row.draft)


@dataclass
class Session:
    """What one visitor has had judged, the latest last."""

    token: str = field(default_factory=new_id)
    used: float = 0.0
    reviews: dict[str, Review] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Roughly how many bytes it holds."""
        return sum(review.size for review in self.reviews.values()) + sum(desk.size for desk in self.desks.values())


class Sessions:
    """Every running session.  ``clock`` tells seconds."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits, self._clock = limits, clock
        self._open: dict[str, Session] = {}

    def find(self, token: str | None) -> Session | None:
        """The session of a cookie, if it still runs."""
        self._expire()
        session = self._open.get(token or "")
        if session is not None:
            session.used = self._clock()
        return session

    def find_or_open(self, token: str | None) -> Session:
        """The session of a cookie, or a new one; the one unused for longest makes room."""
        session = self.find(token)
        if session is None:
            session = Session(used=self._clock())
            self._open[session.token] = session
            while len(self._open) > self._limits.sessions:
                self._forget_oldest(session)
        return session

    def close(self, token: str | None) -> None:
        """Forget a session with all it holds."""
        self._open.pop(token or "", None)

    def keep(self, session: Session, item: Review | Desk) -> None:
        """Keep a review or a desk in a session.

        Room is made by forgetting the sessions unused for longest, then the oldest reviews of this one.
        Raises ``RequestError`` 503 if there is no room even so.
        """
        if session.token not in self._open:
            raise RequestError(404, "结果已清除，请重新提交。")
        self._make_room(session, item.size)
        if isinstance(item, Review):
            session.reviews[item.id] = item
        else:
            session.desks[item.id] = item

    def _make_room(self, session: Session, size: int) -> None:
        while self._size() + size > self._limits.stored:
            if len(self._open) > 1:
                self._forget_oldest(session)
            elif not _forget_first(session):
                raise RequestError(503, "内存不够存放这些结果，请减少文件，或先清除已有的结果。")

    def _size(self) -> int:
        return sum(session.size for session in self._open.values())

    def _expire(self) -> None:
        now = self._clock()
        self._open = {key: item for key, item in self._open.items() if now - item.used <= self._limits.idle}

    def _forget_oldest(self, spare: Session) -> None:
        others = [session for session in self._open.values() if session is not spare]
        del self._open[min(others, key=lambda session: session.used).token]


def _forget_first(session: Session) -> bool:
    """Forget a session's oldest review outside its desks, else its oldest desk with all its reviews."""
    single = next((review.id for review in session.reviews.values() if review.desk is None), None)
    if single is not None:
        del session.reviews[single]
        return True
    desk = next(iter(session.desks), None)
    if desk is None:
        return False
    del session.desks[desk]
    session.reviews = {key: review for key, review in session.reviews.items() if review.desk != desk}
    return True
