"""Passages as they are shown: exact slices of the source."""

from __future__ import annotations

from checker.context.document import Document
from checker.models.compared import Place
from checker.models.document import Span

_LONGEST = 160


def place(document: Document, span: Span) -> Place:
    """A view span as a place of the source."""
    start, end = document.view.to_source(*span)
    line, column = document.report.place(start)
    return Place.model_construct(
        start=start,
        end=end,
        line=line,
        column=column,
        text=document.report.text[start:end],
        section=document.role_at(span.start),
        origin=document.report.origin(start),
    )


def quoted(document: Document, span: Span) -> Place:
    """A passage cut to a length that can be shown."""
    return place(document, Span(span.start, min(span.end, span.start + _LONGEST)))
