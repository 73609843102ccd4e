"""Corrections as tracked changes: what goes stays to be read as deleted, what comes takes the looks of what it replaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from checker.edits import Edit
from checker.models.document import RawReport
from checker.read.word_text import MARKS
from checker.read.wordprocessing import child, local
from checker.word.anchors import Piece, pieces
from checker.word.models import Signature
from checker.word.package import Parts
from checker.word.signing import next_number, sign
from checker.word.story import Story, split
from checker.word.xml import make, tag, text_element

NOT_TEXT = "这几个字在文档里不是可以改动的正文（自动编号、公式、脚注等），请人工修改"
PARAGRAPHS = "这几个字跨了段落，请人工修改"
_PLAIN = frozenset(["rPr", "t", "lastRenderedPageBreak", *MARKS])
MOVED = "这几个字在移动的文字里，请人工修改"


class Tracker:
    """The document that a report was read from, while changes are tracked in it."""

    def __init__(self, report: RawReport) -> None:
        self._report = report
        self._parts = Parts(report.original or b"")
        self._story = Story(self._parts.tree(self._parts.main))
        self._parted: list[Any] = []  # second halves of insertions of others, which need numbers of their own

    def refusal(self, edit: Edit) -> str | None:
        """Why a change cannot be tracked, in words, or ``None``."""
        found = self._pieces(edit)
        start, end = _reach(edit)
        if sum(piece.end - piece.start for piece in found) < end - start:
            return NOT_TEXT
        if len({piece.paragraph for piece in found}) > 1:
            return PARAGRAPHS
        runs = [self._story.run(piece.paragraph, piece.run) for piece in found]
        if not all(_is_plain(run) for run in runs):
            return NOT_TEXT
        moved = any(local(above) == "moveTo" for run in runs for above in run.iterancestors())
        return MOVED if moved else None

    def apply(self, edits: Iterable[Edit], signature: Signature) -> bytes:
        """The document with the changes tracked, from the last to the first; none of them may be one refused."""
        names = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
        root = self._story.root
        number = next_number(element for name in names for element in root.iter(tag(root, name)))
        for edit in sorted(edits, reverse=True):
            for change in self._track(edit):
                sign(change, number, signature)
                number += 1
        for number_of_half, half in enumerate(self._parted, number):
            half.set(tag(half, "id"), str(number_of_half))
        self._parts.put(self._parts.main, root)
        return self._parts.save()

    def _pieces(self, edit: Edit) -> list[Piece]:
        return list(pieces(self._report, self._story, *_reach(edit)))

    def _track(self, edit: Edit) -> Iterator[Any]:
        """Make one change, the deletions from the right; gives the elements that tell of it, to be signed."""
        found = self._pieces(edit)
        looks = child(self._story.run(found[0].paragraph, found[0].run), "rPr")
        place: Any = None
        if edit.start < edit.end:
            for piece in reversed(found):
                deleted = _deleted(self._cut(piece))
                place = deleted if place is None else place
                yield deleted
        else:
            place = self._story.run(found[0].paragraph, found[0].run)
            split(place, found[0].end)
        if edit.text:
            inserted = _inserted(edit.text, looks, place)
            self._parted += _put(inserted, place, before=edit.start == edit.end == 0)
            yield inserted

    def _cut(self, piece: Piece) -> Any:
        """A run that holds just the characters of a piece."""
        run = self._story.run(piece.paragraph, piece.run)
        split(run, piece.end)
        right = split(run, piece.start) if piece.start else None
        return run if right is None else right


def _is_plain(run: Any) -> bool:
    """Whether a run holds text alone: no picture, note or part of a field would go with it."""
    return all(local(piece) in _PLAIN for piece in run)


def _reach(edit: Edit) -> tuple[int, int]:
    """The characters that a change needs runs of: those that go, or the one behind which something comes in."""
    return (edit.start, edit.end) if edit.start < edit.end else (max(edit.start - 1, 0), max(edit.start, 1))


def _deleted(run: Any) -> Any:
    """The run marked as deleted."""
    deleted = make(run, "del")
    run.addprevious(deleted)
    deleted.append(run)
    for piece in run:
        if local(piece) == "t":
            piece.tag = tag(piece, "delText")
    return deleted


def _inserted(text: str, looks: Any, like: Any) -> Any:
    """Text marked as inserted, in the looks of a run."""
    inserted = make(like, "ins")
    run = make(like, "r")
    if looks is not None:
        run.append(deepcopy(looks))
    run.append(text_element(like, "t", text))
    inserted.append(run)
    return inserted


def _put(inserted: Any, place: Any, *, before: bool) -> list[Any]:
    """Put an insertion beside a place; where that stands in somebody's insertion, this is parted, for none may hold
    another, and its second half given."""
    around = place.getparent()
    if before or local(around) != "ins":
        (place.addprevious if before else place.addnext)(inserted)
        return []
    rest = make(around, "ins", **around.attrib)
    rest.extend(list(place.itersiblings()))
    around.addnext(inserted)
    if not len(rest):
        return []
    inserted.addnext(rest)
    return [rest]
