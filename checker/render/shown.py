"""What of a report may be shown: sensitive places (an identity number, a home address) are hidden wherever they appear.

They are hidden one character for one, so that offsets into the hidden text are offsets into the source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from checker.models.compared import Place, Slice
from checker.models.result import ElementResult, Evidence, Finding, ReportResult

_HEAD, _TAIL = 3, 2  # characters of a sensitive place that stay, to tell it by


class Mask:
    """A text's slices as they may be shown, given the places of it that may not."""

    def __init__(self, sensitive: Iterable[Finding | Slice]) -> None:
        places = sorted((place.start, hide(place.text)) for place in sensitive)
        self._starts = [start for start, _ in places]
        self._hidden = [text for _, text in places]
        self._longest = max(map(len, self._hidden), default=0)

    def text(self, text: str, start: int) -> str:
        """A slice of the source that begins at an offset; also the whole source, from 0."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, start + len(text))
        if first == last:
            return text
        characters = list(text)
        for index in range(first, last):
            at = self._starts[index] - start
            for offset, character in enumerate(self._hidden[index], at):
                if 0 <= offset < len(characters):
                    characters[offset] = character
        return "".join(characters)

    def quote(self, place: Evidence | Finding | Place) -> str:
        """The words of a place."""
        return self.text(place.text, place.start)

    def message(self, finding: Finding) -> str:
        """What is wrong, in words that may quote the place."""
        return self._told(finding.message, finding)

    def advice(self, item: Finding | ElementResult) -> str | None:
        """How to mend it, in words that may quote the place."""
        return self._told(item.advice, item) if isinstance(item, Finding) and item.advice else item.advice

    def fixed(self, finding: Finding) -> str | None:
        """The corrected words; ``None`` too where they would tell what is hidden."""
        return finding.fixed if self.quote(finding) == finding.text else None

    def _told(self, words: str, finding: Finding) -> str:
        quote = self.quote(finding)
        if quote == finding.text:
            return words
        for raw, hidden in ((finding.text, quote), (_one_line(finding.text), _one_line(quote))):
            words = words.replace(raw, hidden)
        return words


class Shown(Mask):
    """A report's texts as they may be shown; ``before`` does the same for last year's."""

    def __init__(self, report: ReportResult) -> None:
        super().__init__(finding for finding in report.findings if finding.sensitive)
        self.before = Mask(report.previous.sensitive if report.previous else ())


def hide(text: str) -> str:
    """A sensitive text with all but its ends hidden; spaces and punctuation stay, and so does its length."""
    telling = [index for index, character in enumerate(text) if character.isalnum()]
    head, tail = (_HEAD, _TAIL) if len(telling) > 2 * (_HEAD + _TAIL) else (1, 0)
    hidden = set(telling[head : len(telling) - tail])
    return "".join("*" if index in hidden else character for index, character in enumerate(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
