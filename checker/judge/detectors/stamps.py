"""Marks that a text is not for the public: a class of secrecy, an internal paper, a note that it is not to be published."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.context.document import Document
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.places import tell, within, words
from checker.match.matcher import Hit
from checker.models.document import Span
from checker.models.rule import FindingRule, RulePack

_HEAD, _TAIL = 6, 5  # paragraphs at either end where a mark stands in brackets or as a weak word alone
_HEAD_LENGTH = 240  # the same for a text whose lines were lost
_LINE = 40  # how long a line of marks may be
_SIGNED = re.compile(r"[^,。;:、\n]{0,30}\d{4}年\d{1,2}月\d{1,2}日\s*")
_OPENING, _CLOSING = "([【", ")]】"
_FULL = 6  # characters of a mark that can be nothing else (内部资料 注意保存)
_TERM = 8  # how long the term of secrecy behind a mark may be
_SHORT_TERM = 4  # the same for one that no line end sets off


def detect(document: Document, rule: FindingRule, pack: RulePack) -> list[Fault]:
    """Words that stand as a mark: with a star, alone on their line, or in brackets at the head or foot of the text."""
    strong, weak = words(document, rule, "strong"), words(document, rule, "weak")
    filler = words(document, rule, "filler")
    starred = words(document, rule, "starred")
    faults = [_tell(document, rule, (start, _with_term(document, end, filler))) for start, end in starred]
    seen: set[int] = set()
    certain = frozenset(strong)
    marks = sorted({*strong, *weak})
    for hit in sorted(marks, key=lambda found: (found[0], -found[1])):
        number = document.unit(hit[0], "paragraph")
        if number in seen:
            continue
        paragraph = document.layout.paragraphs[number]
        at_end = number < _HEAD or number >= len(document.layout.paragraphs) - _TAIL
        span = None
        if paragraph.end - paragraph.start <= _LINE:
            here = within(strong, *paragraph) + (within(weak, *paragraph) if at_end else [])
            span = _alone(document, paragraph, here, within(filler, *paragraph))
        near_end = hit[0] < _HEAD_LENGTH or number >= _HEAD or hit[1] > len(document.view.text) - _HEAD_LENGTH
        if span is None and at_end and near_end:
            span = _bracketed(document, hit, marks, filler)
            span = span or (_beside_title(document, hit) if hit in certain else None)
        span = span or (_leads(document, hit) if hit in certain else None)
        if span:
            seen.add(number)
            faults.append(_tell(document, rule, span))
    return faults


def _tell(document: Document, rule: FindingRule, span: Hit) -> Fault:
    return tell(document, rule, "mark", span, values={"mark": document.view.text[slice(*span)]})


def _with_term(document: Document, end: int, filler: Sequence[Hit]) -> int:
    """The end of a starred mark with its term of secrecy, which ends the line or is a short number of months or years."""
    paragraph = document.layout.paragraphs[document.unit(end - 1, "paragraph")]
    if paragraph.end - end <= _TERM:
        return paragraph.end
    return max((term[1] for term in within(filler, end, end + _SHORT_TERM) if term[0] == end), default=end)


def _alone(document: Document, paragraph: Span, marks: list[Hit], filler: list[Hit]) -> Hit | None:
    """The marks of a short stretch that holds nothing else but filler and punctuation."""
    if not marks:
        return None
    text = document.view.text
    covered = {offset for start, end in marks + filler for offset in range(start, end)}
    if any(text[i].isalpha() for i in range(paragraph.start, paragraph.end) if i not in covered):
        return None
    if text[paragraph.start : marks[0][0]].strip("([【★*:").isdigit():  # a numbered heading or item
        return None
    return min(start for start, _ in marks), max(end for _, end in marks)


def _bracketed(document: Document, hit: Hit, marks: Sequence[Hit], filler: Sequence[Hit]) -> Hit | None:
    """The marks that, with filler, fill brackets which begin or end their line or stand behind the title or before the
    signature."""
    text = document.view.text
    paragraph = document.layout.paragraphs[document.unit(hit[0], "paragraph")]
    first, last = max(paragraph.start, hit[0] - _LINE), min(paragraph.end, hit[1] + _LINE)
    start = max(text.rfind(bracket, first, hit[0]) for bracket in _OPENING)
    ends = [end for bracket in _CLOSING if (end := text.find(bracket, hit[1], last)) >= 0]
    titled = document.title is not None and start == document.title.span.end  # the title's line end may be lost
    if start < 0 or not ends:
        return None
    signed = _SIGNED.fullmatch(text, min(ends) + 1) is not None
    if start > paragraph.start and min(ends) + 1 < paragraph.end and not titled and not signed:
        return None
    inside = Span(start + 1, min(ends))
    return _alone(document, inside, within(marks, *inside), within(filler, *inside))


def _leads(document: Document, hit: Hit) -> Hit | None:
    """A full mark that leads a paragraph, set off from what follows by a colon or a space."""
    paragraph = document.layout.paragraphs[document.unit(hit[0], "paragraph")]
    set_off = document.view.text[hit[1] : hit[1] + 1] == ":" or hit[1] in document.view.gaps
    return hit if hit[0] == paragraph.start and hit[1] - hit[0] >= _FULL and set_off else None


def _beside_title(document: Document, hit: Hit) -> Hit | None:
    """A mark at the head of the title's line, a full one right behind the title, or a labelled one at the head of the
    text: its own line end was lost."""
    title, text = document.title.span if document.title else Span(0, 0), document.view.text
    if document.title and hit[0] == title.end and hit[1] - hit[0] >= _FULL:
        return hit
    if title.start <= hit[0] < title.end:
        before = text[title.start : hit[0]]
    elif ":" in text[slice(*hit)]:
        before = text[: hit[0]]
    else:
        return None
    return hit if not any(character.isalnum() for character in before) else None
