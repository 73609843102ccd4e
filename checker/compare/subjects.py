"""What a passage is about: the topics of the pack that it touches, and its telling words.

Words are pairs of neighbouring Chinese characters, so that no word list and no segmentation is needed; what the pack
calls hollow (verbs of planning, words of lacking, the vocabulary of every report) is left out.  A pair that many
passages share tells little: its weight falls with their number.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from checker.context import names
from checker.context.document import Document
from checker.models.document import Span
from checker.models.rule import Comparison
from checker.structure.view import HAN

_RUN = re.compile(f"{HAN}{{2,}}")
_SPECIFIC, _MORE, _BROAD = 0.4, 0.1, 0.1  # what shared topics count beside the share of words, which is at most 1
_WORD, _WORDS = 0.12, 0.24  # what a shared run of three rare characters counts, and all of them together
_RARE, _RARE_SHARE = 4, 0.08  # passages, or share of them, that a rare run stands in at most
_MOST = 40  # passages compared with one
_TOO_MANY = 300  # a pair that so many passages have leads to none
_FEW = 3.0  # weight of words that a passage must have for its share of them to count in full


@dataclass(frozen=True)
class Subject:
    """The topics of a passage, its pairs of neighbouring characters and its runs of three."""

    topics: frozenset[str]
    pairs: frozenset[str]
    triples: frozenset[str] = frozenset()

    @property
    def told(self) -> bool:
        """Whether the passage says what it is about."""
        return bool(self.topics) or len(self.pairs) > 1


class Subjects:
    """Tells the subjects of passages of one document; what does not depend on the passage is looked up once."""

    def __init__(self, document: Document, rules: Comparison) -> None:
        self._text = document.view.text
        hollow = [hit for name in (names.HOLLOW, names.OPENER) for hit in document.hits.get(name, ())]
        self._hollow = sorted(hollow)
        found = [(*hit, name) for name in rules.topics for hit in document.hits.get(names.topic(name), ())]
        self._topics = sorted(found)

    def of(self, span: Span) -> Subject:
        """The subject of a passage."""
        topics = set()
        for index in range(bisect_left(self._topics, (span.start, 0, "")), len(self._topics)):
            start, end, name = self._topics[index]
            if start >= span.end:
                break
            if end <= span.end:
                topics.add(name)
        subject = _subject(topics, self._telling(span))
        return subject if subject.told else _subject(topics, _RUN.findall(self._text[span.start : span.end]))

    def _telling(self, span: Span) -> list[str]:
        """The runs of Chinese characters of a passage, without what is hollow: nothing is left of 行政效能有待提升."""
        pieces, place = [], span.start
        for index in range(bisect_left(self._hollow, (span.start, 0)), len(self._hollow)):
            start, end = self._hollow[index]
            if start >= span.end:
                break
            if start >= place:
                pieces.append(self._text[place:start])
            place = max(place, end)
        pieces.append(self._text[place : span.end])
        return _RUN.findall(" ".join(pieces))


def _subject(topics: set[str], runs: Sequence[str]) -> Subject:
    pairs, triples = (
        frozenset(run[at : at + size] for run in runs for at in range(len(run) - size + 1)) for size in (2, 3)
    )
    return Subject(frozenset(topics), pairs, triples)


class Likeness:
    """How alike two passages are in subject, given how common each pair of characters and each topic is."""

    def __init__(self, subjects: Iterable[Subject], rules: Comparison) -> None:
        counts: Counter[str] = Counter()
        triples: Counter[str] = Counter()
        topics: Counter[str] = Counter()
        total = 0
        for subject in subjects:
            counts.update(subject.pairs)
            triples.update(subject.triples)
            topics.update(subject.topics)
            total += 1
        self._weights: Mapping[str, float] = {pair: math.log(1 + total / number) for pair, number in counts.items()}
        self._common = {triple for triple, number in triples.items() if number > max(_RARE, _RARE_SHARE * total)}
        self._usual = math.log(1 + total)
        self._broad = {name for name, topic in rules.topics.items() if topic.broad}
        self._broad |= {name for name, number in topics.items() if total > 12 and number > 0.3 * total}

    def of(self, asked: Subject, told: Subject) -> float:
        """How much of what is asked about the other passage is about, 0 to 1 and more."""
        shared = self._weight(asked.pairs & told.pairs)
        whole = max(self._weight(asked.pairs), _FEW * self._usual)
        topics = asked.topics & told.topics
        specific = len(topics - self._broad)
        extra = _SPECIFIC + _MORE * (specific - 1) if specific else _BROAD * bool(topics)
        words = len((asked.triples & told.triples) - self._common)
        return shared / whole + extra + min(_WORD * words, _WORDS)

    def same_matter(self, asked: Subject, told: Subject) -> bool:
        """Whether two passages share more than a field: two words, or two topics."""
        return len(asked.pairs & told.pairs) > 1 or len((asked.topics & told.topics) - self._broad) > 1

    def _weight(self, pairs: Iterable[str]) -> float:
        return sum(self._weights.get(pair, self._usual) for pair in pairs)


class Nearest:
    """Finds, of many passages, those that share most words and topics with one, without comparing them all."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self._holders: dict[str, list[int]] = {}
        for number, subject in enumerate(subjects):
            for key in (*subject.pairs, *subject.topics):
                self._holders.setdefault(key, []).append(number)

    def of(self, asked: Subject) -> list[int]:
        """The numbers of at most ``_MOST`` passages, those with most in common first."""
        votes: defaultdict[int, float] = defaultdict(float)
        for key in (*asked.pairs, *asked.topics):
            holders = self._holders.get(key, ())
            if len(holders) <= _TOO_MANY:
                weight = 1 / (1 + len(holders))
                for number in holders:
                    votes[number] += 1 + weight
        return nlargest(_MOST, votes, key=votes.__getitem__)
