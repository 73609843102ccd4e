"""The judged text: one immutable source, everything else is offsets into it."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text: code-point offsets from 0, end excluded."""

    start: int
    end: int


@dataclass(frozen=True)
class Origin:
    """Where a stretch of text stands in the document it came from; what a format does not have is ``None``.

    ``part`` is ``body``, ``table``, ``text-box`` or ``footnote``; ``page``, ``line`` (on the page), ``paragraph`` (of
    the part) and ``run`` (of the paragraph) count from 1.
    """

    part: str = "body"
    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    run: int | None = None


@dataclass(frozen=True)
class RawReport:
    """A document as read: its name as the user gave it and its text, decoded, without BOM, line ends untouched.

    ``encoding`` names how bytes became text (``None`` where the source already was text), ``format`` is the kind of
    file (``text``, ``docx``, ``pdf`` ...).  ``origins`` map the text back to the document: each offset and what stands
    from there on, climbing; empty for plain text.  ``notes`` tell, in Chinese, what reading did that a user must know.
    ``original`` are the bytes of a document that a reviewed copy can be made of.
    """

    name: str
    text: str
    encoding: str | None = None
    format: str = "text"
    origins: tuple[tuple[int, Origin], ...] = ()
    notes: tuple[str, ...] = ()
    original: bytes | None = field(default=None, repr=False)

    def origin(self, offset: int) -> Origin | None:
        """Where the character at an offset stands in the original document; ``None`` where that is not known."""
        index = bisect_right(self.origins, offset, key=lambda item: item[0]) - 1
        return self.origins[index][1] if index >= 0 else None

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, position = [0], self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a code-point offset, both from 1; lines end at ``\\n``."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1


@dataclass(frozen=True)
class View:
    """The text as the matcher sees it: width, spacing, quotes, script and line breaks evened out.

    Paragraphs are parted by ``\\n``.  The view is stored with the runs it was cut from: the characters from view
    offset ``run_starts[i]`` on stand in the source from ``run_sources[i]`` on.  ``gaps`` holds the view offsets before
    which the source had white space that the view closed.
    """

    text: str
    run_starts: array[int]
    run_sources: array[int]
    gaps: frozenset[int]

    def to_source(self, start: int, end: int) -> Span:
        """The source span of a view span; an empty span stays empty."""
        first = self._source(start)
        return Span(first, self._source(end - 1) + 1 if end > start else first)

    def before(self, source: int) -> int:
        """How many of the view's characters stand before a source offset."""
        run = bisect_left(self.run_sources, source) - 1
        if run < 0 or not self.text:
            return 0
        end = self.run_starts[run + 1] if run + 1 < len(self.run_starts) else len(self.text)
        return min(self.run_starts[run] + source - self.run_sources[run], end)

    def _source(self, offset: int) -> int:
        run = bisect_right(self.run_starts, offset) - 1
        return self.run_sources[run] + offset - self.run_starts[run]


class Heading(NamedTuple):
    """A heading in the view: span of mark and wording, depth (1 to 4), series style, number (0: none), whether text
    follows in the same paragraph, and whether an official format fixes its wording."""

    start: int
    end: int
    level: int
    style: str
    number: int
    run_in: bool
    mark_end: int
    fixed: bool = False


@dataclass(frozen=True)
class Layout:
    """Where the units of a view stand, before anything is matched.

    ``clause[i]`` is the number of the clause at view offset ``i``; the other lists climb from there: clause -> segment
    (parted by ``；`` and enumeration marks) -> sentence -> paragraph.  Spans are view offsets.
    """

    headings: list[Heading]
    clause: array[int]
    clause_starts: array[int]
    segment_of_clause: array[int]
    sentence_of_clause: array[int]
    sentences: list[Span]
    paragraph_of_sentence: array[int]
    paragraphs: list[Span]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence at a view offset."""
        return self.sentence_of_clause[self.clause[offset]]

    def clause_span(self, clause: int) -> Span:
        """The view span of a clause."""
        ends = self.clause_starts
        return Span(ends[clause], ends[clause + 1] if clause + 1 < len(ends) else len(self.clause))


class Section(NamedTuple):
    """A stretch of the view with one role; ``heading`` is the index of the heading above it (-1: none)."""

    start: int
    end: int
    role: str
    level: int
    heading: int
