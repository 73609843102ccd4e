"""Places as results show them: exact slices of the source, without the marks around them."""

from __future__ import annotations

from checker.context.document import Document
from checker.match.matcher import Hit
from checker.models.result import Evidence


def quote_of(document: Document, hit: Hit, start: int, end: int, note: str | None) -> Evidence:
    """The view span from ``start`` to ``end`` around a hit; marks at its edges fall away."""
    text = document.view.text
    while start < hit[0] and text[start] in "\n,;。":
        start += 1
    while end > hit[1] and text[end - 1] in "\n,;:。":
        end -= 1
    span = document.view.to_source(start, end)
    line, column = document.report.place(span.start)
    return Evidence.model_construct(
        start=span.start,
        end=span.end,
        line=line,
        column=column,
        text=document.report.text[span.start : span.end],
        section=document.role_at(hit[0]),
        note=note,
        origin=document.report.origin(span.start),
    )
