"""Numbers and words of a plan as bytes and strings: read from a kept pack in no time, and looked at where they lie."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

_END = "\n"  # parts words; no word holds it


class Numbers:
    """A list of numbers kept as bytes, which is read in no time."""

    def __init__(self, data: bytes) -> None:
        self._data, self.view = data, memoryview(data).cast("I")

    def __reduce__(self) -> tuple[type[Numbers], tuple[bytes]]:
        return Numbers, (self._data,)

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Numbers:
        """Some numbers, each less than 2 to the power of 32."""
        return cls(array("I", numbers).tobytes())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Numbers) and self._data == other._data

    def __hash__(self) -> int:
        return hash(self._data)

    def __getitem__(self, index: int) -> int:
        return self.view[index]

    def part(self, start: int, end: int) -> Iterable[int]:
        """The numbers from one place to another."""
        return self.view[start:end]


class Lists(NamedTuple):
    """Lists of numbers, one after another in ``values``; list ``n`` goes from ``bounds[n]`` to ``bounds[n + 1]``."""

    bounds: Numbers
    values: Numbers

    @classmethod
    def of(cls, lists: Sequence[Collection[int]]) -> Lists:
        """The lists as given."""
        bounds = Numbers.of(accumulate(map(len, lists), initial=0))
        return cls(bounds, Numbers.of(number for numbers in lists for number in numbers))

    @property
    def views(self) -> tuple[memoryview[int], memoryview[int]]:
        """Bounds and values as they lie in memory."""
        return self.bounds.view, self.values.view

    def at(self, index: int) -> Iterable[int]:
        """One of the lists."""
        return self.values.part(self.bounds[index], self.bounds[index + 1])


class Vocabulary:
    """The words of a plan in order, kept as one string: of most texts few are ever looked at."""

    def __init__(self, joined: str, heads: str, firsts: Numbers, offsets: Numbers) -> None:
        self._joined, self._heads, self._firsts, self._offsets = joined, heads, firsts, offsets

    def __reduce__(self) -> tuple[type[Vocabulary], tuple[str, str, Numbers, Numbers]]:
        return Vocabulary, (self._joined, self._heads, self._firsts, self._offsets)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocabulary) and self._joined == other._joined

    def __hash__(self) -> int:
        return hash(self._joined)

    @classmethod
    def of(cls, words: Sequence[str]) -> Vocabulary:
        """Words in order; each is told by its first two characters and where the words that begin so stand."""
        heads: list[str] = []
        firsts: list[int] = []
        offsets: list[int] = []
        offset = 0
        for number, word in enumerate(words):
            head = word[:2].ljust(2, _END)
            if not heads or heads[-1] != head:
                heads.append(head)
                firsts.append(number)
                offsets.append(offset)
            offset += len(word) + 1
        offsets.append(offset)
        return cls(_END.join(words), "".join(heads), Numbers.of(firsts), Numbers.of(offsets))

    @cached_property
    def all(self) -> list[str]:
        """All words."""
        return self._joined.split(_END) if self._joined else []

    def held(self, ends: Collection[str]) -> Iterator[tuple[int, str]]:
        """Number and word of those whose first and whose last two characters (or one, of one) are among ``ends``."""
        heads = self._heads
        for place in range(0, len(heads), 2):
            if heads[place : place + 2].rstrip(_END) not in ends:
                continue
            index = place // 2
            words = self._joined[self._offsets[index] : self._offsets[index + 1] - 1].split(_END)
            for number, word in enumerate(words, self._firsts[index]):
                if word[-2:] in ends:
                    yield number, word
