"""Comments put into a document: ranges around the very characters, the texts in the part for comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from checker.models.document import RawReport
from checker.word.anchors import BEHIND, Place, ends
from checker.word.models import Comment, Signature
from checker.word.package import Parts
from checker.word.signing import next_number, sign
from checker.word.story import Story, split
from checker.word.xml import child, make, tag, text_element

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SIZE = "18"  # half points: the text of a comment stays small whatever the document's own style


def add_comments(report: RawReport, comments: Sequence[Comment], signature: Signature) -> bytes:
    """The document that a report was read from, with comments; nothing else of it changes.

    Comments that it already has stay; numbers go on from theirs.
    """
    parts = Parts(report.original or b"")
    story = Story(parts.tree(parts.main))
    name = parts.related("comments")
    part = parts.tree(name) if name else make(story.root, "comments")
    first = _next_number(story.root, part)
    _mark(story, [ends(report, story, comment.start, comment.end) for comment in comments], first)
    for number, comment in enumerate(comments, first):
        part.append(_comment(part, number, comment.paragraphs, signature))
    parts.put(parts.main, story.root)
    if name:
        parts.put(name, part)
    else:
        parts.add("comments", part, _TYPE)
    return parts.save()


def _next_number(*roots: Any) -> int:
    """The first number that no comment has, nor a mark of one."""
    names = ("comment", "commentRangeStart", "commentRangeEnd", "commentReference")
    return next_number(element for root in roots for name in names for element in root.iter(tag(root, name)))


def _mark(story: Story, places: Sequence[tuple[Place, Place]], first: int) -> None:
    """Put the marks of all comments in, from the end of the document to its head: a split leaves the left part of a
    run in its place, so the places before it stay true."""
    marks = [(start, "commentRangeStart", number) for number, (start, _) in enumerate(places, first)]
    marks += [(end, "commentRangeEnd", number) for number, (_, end) in enumerate(places, first)]
    for place, name, number in sorted(marks, reverse=True):
        mark = make(story.root, name, w_id=str(number))
        _insert(story, place, mark)
        if name == "commentRangeEnd":
            _refer(mark, number)


def _insert(story: Story, place: Place, mark: Any) -> None:
    paragraph = story.paragraph(place.paragraph)
    if place.run:
        run = story.run(place.paragraph, place.run)
        if place.at:
            if place.at < BEHIND:
                split(run, place.at)
            run.addnext(mark)
        else:
            run.addprevious(mark)
    elif place.at:
        paragraph.append(mark)
    else:
        properties = paragraph.find(tag(paragraph, "pPr"))
        paragraph.insert(0 if properties is None else 1, mark)


def _refer(mark: Any, number: int) -> None:
    """Name the comment in a run of its own, behind what encloses the mark (a link, an insertion) in the paragraph."""
    outer = mark
    while outer.getparent().tag != tag(mark, "p"):
        outer = outer.getparent()
    run = make(mark, "r")
    child(run, "commentReference", w_id=str(number))
    outer.addnext(run)


def _comment(part: Any, number: int, paragraphs: Iterable[str], signature: Signature) -> Any:
    comment = make(part, "comment")
    sign(comment, number, signature)
    comment.set(tag(comment, "initials"), signature.initials)
    for index, text in enumerate(paragraphs):
        paragraph = child(comment, "p")
        properties = child(paragraph, "pPr")
        child(properties, "spacing", w_before="0", w_after="0", w_line="240", w_lineRule="auto")
        child(properties, "ind", w_left="0", w_firstLineChars="0", w_firstLine="0")
        child(properties, "jc", w_val="left")
        if index == 0:
            child(_run(paragraph, bold=False), "annotationRef")
        _run(paragraph, bold=index == 0).append(text_element(part, "t", text))
    return comment


def _run(paragraph: Any, *, bold: bool) -> Any:
    run = child(paragraph, "r")
    properties = child(run, "rPr")
    if bold:
        child(properties, "b")
    child(properties, "sz", w_val=_SIZE)
    child(properties, "szCs", w_val=_SIZE)
    return run
