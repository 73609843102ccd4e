"""What comparing found as remarks beside the text: each at its place, what this year's report is silent of in one list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from checker.models.result import ReportResult
from checker.render import compared_words
from checker.render.compared_rows import ComparedRow, compared_rows
from checker.render.remark import Remark
from checker.render.width import clean, shorten

_QUOTE = 120  # terminal cells
_LISTED = 20
_NO_MATTER = "供参考，不影响得分和结论。"


def compared_remarks(report: ReportResult) -> Iterator[Remark]:
    """A remark at each place of this year's report that should be looked at again."""
    for row in compared_rows(report):
        if row.spot is not None and row.key != "met":
            beside = f"{row.place}“{shorten(row.text, _QUOTE)}”" if row.last else ""
            told = filter(None, (f"【{row.status}】{row.group}", beside, row.told, _NO_MATTER))
            yield Remark(*row.spot, tuple(told))


def compared_summary(report: ReportResult) -> tuple[str, ...]:
    """How the comparison with last year's report came out, in a few paragraphs; none where there was none."""
    previous = report.previous
    if previous is None:
        return ()
    rows = [row for row in compared_rows(report) if row.last or not row.place]
    return (f"{compared_words.title(previous)}：{clean(previous.file)}", *_counts(rows), *_silent(rows), _NO_MATTER)


def _counts(rows: Sequence[ComparedRow]) -> Iterator[str]:
    """Of each list how many came out how."""
    for group in dict.fromkeys(row.group for row in rows if row.last):
        counts = Counter(row.status for row in rows if row.group == group)
        yield f"{group}：{'，'.join(f'{status} {count}' for status, count in counts.items())}"


def _silent(rows: Sequence[ComparedRow]) -> Iterator[str]:
    """What has no place in this year's report."""
    silent = [row for row in rows if row.spot is None]
    for row in silent[:_LISTED]:
        quote = f"{row.place}“{shorten(row.text, _QUOTE)}”" if row.place else ""
        yield f"· {row.status}：{quote}{row.told}"
    if len(silent) > _LISTED:
        yield f"另有 {len(silent) - _LISTED} 条，见其他格式的结果。"
