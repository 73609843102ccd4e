"""The main part of a document as a tree: paragraphs and runs, counted as the reader counts them, split where needed."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from checker.read.word_text import MARKS, symbol
from checker.read.wordprocessing import attribute, child, local, paragraphs, runs
from checker.word.xml import SPACE, make, text_element


class Story:
    """The tree of ``document.xml``.  Numbers of paragraphs and runs stay those of the document as it was read."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self._paragraphs = paragraphs(root)
        self._numbers = {paragraph: number for number, paragraph in enumerate(self._paragraphs, 1)}
        self._runs: dict[int, list[Any]] = {}

    def paragraph(self, number: int) -> Any:
        """A paragraph by its number from 1."""
        return self._paragraphs[number - 1]

    def runs(self, paragraph: int) -> list[Any]:
        """The runs of a paragraph as it was read; of one split since, the left part."""
        if paragraph not in self._runs:
            self._runs[paragraph] = runs(self.paragraph(paragraph))
        return self._runs[paragraph]

    def run(self, paragraph: int, number: int) -> Any:
        """A run by the number of its paragraph and its own, both from 1."""
        return self.runs(paragraph)[number - 1]

    def outermost(self, paragraph: int) -> int:
        """The number of the paragraph that holds the text box in which a paragraph stands, else its own."""
        found = self.paragraph(paragraph)
        above = list(found.iterancestors(found.tag))
        return self._numbers[above[-1]] if above else paragraph


def length(run: Any) -> int:
    """How many characters of the text a run has."""
    return sum(map(_length, run))


def split(run: Any, at: int) -> Any | None:
    """Part a run before its character ``at``; both parts have its properties.

    Returns the right part, which is new; ``None`` where nothing stands right of the place.
    """
    right, position = make(run, "r", **run.attrib), 0
    for piece in list(run):
        if local(piece) == "rPr":
            right.append(deepcopy(piece))
            continue
        if position >= at:
            right.append(piece)
        elif position + _length(piece) > at:
            right.append(text_element(run, "t", piece.text[at - position :]))
            piece.text = piece.text[: at - position]
            piece.set(SPACE, "preserve")
        position += _length(piece)
    if all(local(piece) == "rPr" for piece in right):
        return None
    run.addnext(right)
    return right


def _length(piece: Any) -> int:
    """How many characters the reader makes of a part of a run."""
    name = local(piece)
    if name == "t":
        return len(piece.text or "")
    if name == "sym":
        return len(symbol(attribute(piece, "char")))
    if name == "ruby" and (base := child(piece, "rubyBase")) is not None:
        return sum(map(length, runs(base)))
    return int(name in MARKS)
