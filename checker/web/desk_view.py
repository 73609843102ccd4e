"""What the desk shows: a table of reports, sorted and filtered, and how each element stands over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from checker.models.result import ReportResult
from checker.render.to_table import number, outcome
from checker.web.review_view import correctable
from checker.web.sessions import Desk, Row

SHOWS = {
    "all": "全部", "failed": "未通过", "passed": "通过", "errors": "有错误级问题", "other": "不是这类文件", "unread": "未能检查",
}  # fmt: skip
_RANK = {"missing": 0, "weak": 1, "met": 2, "not-applicable": 3}


@dataclass(frozen=True)
class Column:
    """An element over all reports: how many meet it, of how many it is asked; ``share`` in tenths for the heat map."""

    id: str
    title: str
    met: int
    weak: int
    missing: int

    @property
    def asked(self) -> int:
        """Of how many reports it is asked."""
        return self.met + self.weak + self.missing

    @property
    def share(self) -> int:
        """Tenths of what could be earned."""
        return round(10 * (self.met + self.weak / 2) / self.asked) if self.asked else 10

    @property
    def percent(self) -> str:
        """The share of reports that meet it."""
        return f"{round(100 * self.met / self.asked)}%" if self.asked else "—"


@dataclass(frozen=True)
class Query:
    """How the table is to be shown."""

    sort: str = "file"
    descending: bool = False
    show: str = "all"
    words: str = ""

    @classmethod
    def read(cls, given: Any) -> Query:
        """From a query string; what is not known is passed over."""
        show = given.get("show", "all")
        return cls(
            sort=given.get("sort", "file")[:60],
            descending=given.get("dir") == "desc",
            show=show if show in SHOWS else "all",
            words=given.get("q", "").strip()[:60],
        )


@dataclass(frozen=True)
class DeskView:
    """The whole table."""

    desk: Desk
    query: Query
    rows: list[Row]
    columns: list[Column]
    totals: dict[str, int]
    mean: str | None
    correctable: int


def desk_view(desk: Desk, query: Query) -> DeskView:
    """The table as asked for."""
    reports = desk.reports
    scores = [report.score for report in reports if report.score is not None]
    totals = Counter(outcome(report) for report in reports)
    totals["未能检查"] = len(desk.errors)
    return DeskView(
        desk=desk,
        query=query,
        rows=_sorted([row for row in desk.rows if _is_shown(row, query)], query),
        columns=_columns(reports),
        totals={word: count for word, count in totals.items() if count},
        mean=number(round(sum(scores) / len(scores), 1)) if scores else None,
        correctable=sum(correctable(report) > 0 for report in reports),
    )


def severities(report: ReportResult) -> dict[str, int]:
    """How many findings of each severity."""
    return dict(Counter(finding.severity for finding in report.findings))


def _columns(reports: Sequence[ReportResult]) -> list[Column]:
    titles: dict[str, str] = {}
    counts: dict[str, Counter[str]] = {}
    for report in reports:
        for element in report.elements:
            titles.setdefault(element.id, element.title)
            counts.setdefault(element.id, Counter())[element.verdict] += 1
    return [Column(id, titles[id], c["met"], c["weak"], c["missing"]) for id, c in counts.items()]


def _is_shown(row: Row, query: Query) -> bool:
    return _has_words(row, query.words) and _FILTERS[query.show](row)


def _has_words(row: Row, words: str) -> bool:
    agency = row.review.result.agency if row.review else None
    return words.casefold() in f"{row.name} {agency or ''}".casefold()


def _is(word: str) -> Callable[[Row], bool]:
    return lambda row: row.review is not None and outcome(row.review.result) == word


_FILTERS: dict[str, Callable[[Row], bool]] = {
    "all": lambda row: True,
    "failed": _is("未通过"),
    "passed": _is("通过"),
    "other": _is("另类文件"),
    "unread": lambda row: row.error is not None,
    "errors": lambda row: row.review is not None and any(f.severity == "error" for f in row.review.result.findings),
}


def _sorted(rows: Iterable[Row], query: Query) -> list[Row]:
    """In the order asked for; documents without a result always stand last."""
    rows = list(rows)
    keyed = [(row, _key(row, query.sort)) for row in rows]
    known = sorted((item for item in keyed if item[1] is not None), key=lambda item: item[1], reverse=query.descending)
    return [row for row, _ in known] + [row for row, key in keyed if key is None]


def _key(row: Row, sort: str) -> Any:
    """What a row is sorted by: the file's name, a fact of the result, or the verdict on an element."""
    if sort == "file":
        return row.name
    result = row.review.result if row.review else None
    if result is None:
        return None
    if sort == "findings":
        return len(result.findings)
    if sort in ("score", "agency", "report_year"):
        return getattr(result, sort)
    verdicts = {element.id: element.verdict for element in result.elements}
    return _RANK[verdicts[sort]] if sort in verdicts else None
