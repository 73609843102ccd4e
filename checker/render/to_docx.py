"""Word: the report itself with comments, its layout untouched; a fresh document where it came as plain text."""

from __future__ import annotations

from checker.errors import CheckerError, UsageError
from checker.models.document import RawReport
from checker.models.result import ReportResult, RunResult
from checker.read.kinds import kind_of
from checker.render import PLAIN, Style
from checker.render.remarks import remarks
from checker.word.comments import add_comments
from checker.word.models import Comment, Signature


def to_docx(result: RunResult | ReportResult, style: Style = PLAIN) -> bytes:
    """The bytes of a document with comments.

    Raises ``UsageError`` for a run over several reports: a document holds one; ``CheckerError`` where there is none.
    """
    report = _only(result)
    if report.source is None:
        raise CheckerError("没有报告的原文，不能加批注。")
    comments = [Comment(*remark) for remark in remarks(report)]
    return add_comments(in_word(report.source), comments, Signature(time=style.time))


def _only(result: RunResult | ReportResult) -> ReportResult:
    if isinstance(result, ReportResult):
        return result
    if not result.reports:
        raise CheckerError("没有可以批注的报告。")
    if len(result.reports) > 1:
        raise UsageError(
            f"一个 Word 文件只能批注一份报告，这里有 {len(result.reports)} 份：请给出目录，如 -o 审查/ --format docx。"
        )
    return result.reports[0]


def in_word(source: RawReport) -> RawReport:
    """The report in Word: as it came, as it was converted, or else set anew."""
    if source.original is not None and kind_of(source.original) == "docx":
        return source
    from checker.word.fresh import as_document  # only here is a document made anew

    return as_document(source)
