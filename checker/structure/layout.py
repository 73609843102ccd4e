"""Structure, step 2: headings, paragraphs, sentences, segments and clauses of a view, by marks alone."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import replace

from checker.models.document import Heading, Layout, Span, View
from checker.structure.heading_marks import ITEM, LABEL, NO_FORM, Form
from checker.structure.headings import OPENING_YEAR, find_headings

_SENTENCE_END = re.compile(r"[。!?\n]+|(?<=[^\d:])…+")
_FEW_BETWEEN_SPACES = 12  # characters; a line is longer


def build_layout(view: View, form: Form = NO_FORM) -> Layout:
    """Units and headings of a view; linear in its length."""
    if _is_spaced_out(view):  # its spaces tell no ends of lines
        view = replace(view, gaps=frozenset())
    paragraphs = _paragraphs(view.text)
    headings = find_headings(view, paragraphs, form)
    return _units(view.text, paragraphs, headings)


def _is_spaced_out(view: View) -> bool:
    """Whether spaces stand all over the text between its characters, as some programs leave them."""
    text = view.text
    between = sum(1 for gap in view.gaps if 0 < gap < len(text) and not (text[gap - 1] + text[gap]).isascii())
    return between * _FEW_BETWEEN_SPACES > len(text)


def _paragraphs(text: str) -> list[Span]:
    spans, start = [], 0
    while (end := text.find("\n", start)) >= 0:
        spans.append(Span(start, end))
        start = end + 1
    spans.append(Span(start, len(text)))
    return spans


def _units(text: str, paragraphs: list[Span], headings: list[Heading]) -> Layout:
    """Cut the text into sentences, segments and clauses; a heading is a sentence of its own."""
    sentence_cuts = {match.end() for match in _SENTENCE_END.finditer(text)}
    for heading in headings:
        sentence_cuts.add(heading.start)
        if heading.style != LABEL and (heading.end == len(text) or text[heading.end] in "。\n:"):
            sentence_cuts.add(min(heading.end + 1, len(text)))
        elif heading.run_in and (heading.fixed or OPENING_YEAR.match(text, heading.end)):
            sentence_cuts.add(heading.end)
    segment_cuts: set[int] = set()
    clause_cuts: set[int] = set()
    for match in re.finditer(r"[,:;]", text):
        cut = match.end()
        (segment_cuts if match[0] == ";" or ITEM.match(text, cut) else clause_cuts).add(cut)
    starts = array("i", sorted({0} | sentence_cuts | segment_cuts | clause_cuts))
    if starts[-1] >= len(text) and len(starts) > 1:
        starts.pop()
    clause = array("i")
    segment_of = array("i")
    sentence_of = array("i")
    sentences: list[Span] = []
    segment = -1
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        clause.extend(array("i", [index]) * (end - start))
        if start == 0 or start in sentence_cuts:
            if sentences:
                sentences[-1] = Span(sentences[-1].start, start)
            sentences.append(Span(start, len(text)))
            segment += 1
        elif start in segment_cuts:
            segment += 1
        segment_of.append(segment)
        sentence_of.append(len(sentences) - 1)
    paragraph_starts = [paragraph.start for paragraph in paragraphs]
    paragraph_of = array("i", (max(bisect_left(paragraph_starts, s.start + 1) - 1, 0) for s in sentences))
    return Layout(headings, clause, starts, segment_of, sentence_of, sentences, paragraph_of, paragraphs)
