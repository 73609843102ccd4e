"""All phrases of a pack found in a text: one automaton pass, then concepts put together from its hits when asked for.

The text is read once however many rules there are (Aho & Corasick 1975).  A concept that no judge asks for costs
nothing; a chain is walked only where all its parts were hit, from whichever side has fewer hits, by binary search.
Nothing backtracks; the cost grows with the text and its hits, not with the number of rules.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from operator import add, itemgetter
from typing import Any, overload

from ahocorasick_rs import AhoCorasick, Implementation

from checker.match import builtins
from checker.match.plan import DIGITS, Affix, Chain, Link, Plan, Recipe
from checker.models.document import Layout

Hit = tuple[int, int]
Hits = Mapping[str, Sequence[Hit]]
WHOLE = 30_000  # characters: no longer text is cut up
CHUNK = 20_000  # characters of a longer text matched at once, which bounds memory
_BLOCK = 65_536  # characters; where a hit starts within one fills two bytes
_LONGEST_PACKED = 255  # characters kept of a hit; the longest met have a hundred
_end = itemgetter(1)
_NOTHING: list[Hit] = []


class Matcher:
    """A plan made ready to scan texts."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._searched = False

    def __reduce__(self) -> tuple[type[Matcher], tuple[Plan]]:
        return Matcher, (self.plan,)

    @cached_property
    def automaton(self) -> AhoCorasick:
        """All words of the plan, by their places in it."""
        return AhoCorasick(self.plan.words.all, implementation=Implementation.ContiguousNFA)

    def scan(self, text: str, layout: Layout, wanted: Iterable[str], find_year: Callable[[Hits], int | None]) -> Hits:
        """The hits (view spans, ordered) of concepts in a view's text, found when first looked up.

        ``find_year`` is called once, with the hits at the text's head, and tells the report year that relative years are
        counted from.  Of a very long text only the ``wanted`` concepts are kept.
        """
        first, *others = _chunks(layout, len(text))
        self._searched = self._searched or bool(others)
        table = self._table(text, layout, *first)
        hits = _TableHits(self.plan.ids, table)
        year = find_year(hits)
        self._complete(table, text, year)
        if not others:
            return hits
        kept = _PackedHits(self.plan.ids, wanted)
        kept.extend(table)
        for start, end in others:
            table = self._table(text, layout, start, end)
            self._complete(table, text, year)
            kept.extend(table)
        return kept

    def _table(self, text: str, layout: Layout, start: int, end: int) -> _Table:
        """What a stretch of text holds as it stands."""
        table = _Table(self.plan, text, layout, (start, end))
        self._add_words(table, text, start, end)
        for name, spans in builtins.scan(text, start, end).items():
            table.given[self.plan.ids[name]] = spans
        return table

    def _complete(self, table: _Table, text: str, year: int | None) -> None:
        """Add what hangs on the report year; from now on the table may tell what cannot be."""
        _add_relative_years(self.plan.ids, table, text, year)
        table.rule_out()

    def _add_words(self, table: _Table, text: str, start: int, end: int) -> None:
        found: defaultdict[int, list[Hit]] = defaultdict(list)  # by group
        groups, edged, targets = self.plan.groups.view, self.plan.edged, self.plan.targets
        piece = text if end - start == len(text) else text[start:end]
        for word, begin, stop in self._find_words(piece):
            if word in edged and _cuts_number(piece, begin, stop):
                continue
            found[groups[word]].append((begin + start, stop + start))
        for group, hits in found.items():
            for symbol in targets.at(group):
                table.own[symbol].append(hits)

    def _find_words(self, text: str) -> list[tuple[int, int, int]]:
        """The number of each word found, and where it stands.

        Many a process judges one report only: the first text, if it is not long, is searched for those words alone whose
        ends it holds, which takes a fifth of the time that an automaton of all words takes to build.
        """
        if self._searched:
            return self.automaton.find_matches_as_indexes(text, overlapping=True)
        self._searched = True
        few = dict(self.plan.words.held({*text, *map(add, text, text[1:])}))
        numbers = list(few)
        # This kind is quicker to build, and slower to search.
        automaton = AhoCorasick(few.values(), implementation=Implementation.NoncontiguousNFA)
        hits = automaton.find_matches_as_indexes(text, overlapping=True)
        return [(numbers[index], start, end) for index, start, end in hits]


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Whether a hit begins or ends amid a number: a hotline's digits within a mobile number are not the hotline."""
    return (start > 0 and text[start - 1] in DIGITS and text[start] in DIGITS) or (
        end < len(text) and text[end - 1] in DIGITS and text[end] in DIGITS
    )


class _TableHits(Mapping[str, Sequence[Hit]]):
    """Hits by the names of concepts, ordered and without doubles."""

    def __init__(self, ids: dict[str, int], table: _Table) -> None:
        self._ids, self._table = ids, table

    def __getitem__(self, name: str) -> Sequence[Hit]:
        return self._table.ordered(self._ids[name])

    def get(self, name: str, default: Any = None, /) -> Any:
        """As of every mapping; the inherited one is slow."""
        symbol = self._ids.get(name)
        return default if symbol is None else self._table.ordered(symbol)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class _Packed(Sequence[Hit]):
    """Hits in order as two arrays, a twentieth of the memory of a list of pairs: of each start what is over whole blocks
    of the text, and the size.  ``_firsts`` tells with which hit each block begins."""

    def __init__(self) -> None:
        self._firsts, self._starts, self._sizes = array("i"), array("H"), array("B")

    def extend(self, hits: Sequence[Hit]) -> None:
        """Append hits that stand behind all there are."""
        if not hits:
            return
        for block in range(len(self._firsts), hits[-1][0] // _BLOCK + 1):
            self._firsts.append(len(self) + bisect_left(hits, (block * _BLOCK, 0)))
        self._starts.extend([start % _BLOCK for start, _ in hits])
        self._sizes.extend([min(end - start, _LONGEST_PACKED) for start, end in hits])

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if index < 0:
            index = range(len(self))[index]
        start = (bisect_right(self._firsts, index) - 1) * _BLOCK + self._starts[index]
        return start, start + self._sizes[index]

    def __iter__(self) -> Iterator[Hit]:
        for block, (first, end) in enumerate(pairwise([*self._firsts, len(self)])):
            for index in range(first, end):
                start = block * _BLOCK + self._starts[index]
                yield start, start + self._sizes[index]

    def __len__(self) -> int:
        return len(self._starts)


class _PackedHits(Mapping[str, Sequence[Hit]]):
    """Hits of a very long text, gathered chunk by chunk."""

    def __init__(self, ids: dict[str, int], wanted: Iterable[str]) -> None:
        self._symbols = {name: ids[name] for name in wanted}
        self._packed = {symbol: _Packed() for symbol in self._symbols.values()}

    def extend(self, table: _Table) -> None:
        """Append a chunk's hits, which stand behind all there are."""
        for symbol, packed in self._packed.items():
            packed.extend(table.ordered(symbol))

    def __getitem__(self, name: str) -> Sequence[Hit]:
        return self._packed[self._symbols[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._symbols)

    def __len__(self) -> int:
        return len(self._symbols)


class _Table(dict[int, list[Hit]]):
    """Hits by symbol, ordered by their ends; each symbol is put together once, when first asked for."""

    def __init__(self, plan: Plan, text: str, layout: Layout, bounds: Hit) -> None:
        super().__init__()
        self.bounds = bounds
        self.own: defaultdict[int, list[list[Hit]]] = defaultdict(list)  # by symbol, of its own words
        self.given: dict[int, list[Hit]] = {}  # by symbol, found otherwise
        self._recipes = plan.recipes
        self._text = text
        self._sentences = layout.sentences
        self._clause = layout.clause
        self._sentence_of = layout.sentence_of_clause
        self._ends: dict[int, list[int]] = {}
        self._starts: dict[int, tuple[list[int], list[Hit]]] = {}
        self._beside: dict[tuple[int, bool], dict[str, list[Hit]]] = {}
        self._ordered: dict[int, list[Hit]] = {}
        self._possible: set[int] | None = None
        self._plan = plan

    def rule_out(self) -> None:
        """From the words that were hit, tell the symbols that can have hits at all; the others cost nothing."""
        owners, (bounds, ways) = self._plan.owners.view, self._plan.ways.views  # no call for each of very many
        needs = bytearray(self._plan.needs)
        possible = {symbol for symbol, hits in self.given.items() if hits}
        possible.update(self._plan.free, self.own)
        waiting = list(possible)
        for symbol in waiting:  # grows while it is read
            for way in ways[bounds[symbol] : bounds[symbol + 1]]:
                needs[way] -= 1
                if not needs[way] and (owner := owners[way]) not in possible:
                    possible.add(owner)
                    waiting.append(owner)
        self._possible = possible

    def ordered(self, symbol: int) -> list[Hit]:
        """All hits of a symbol in the order of the text, without doubles."""
        if self._possible is not None and symbol not in self._possible:
            return _NOTHING
        found = self._ordered.get(symbol)
        if found is None:
            hits = self[symbol]
            found = self._ordered[symbol] = sorted(set(hits)) if len(hits) > 1 else hits
        return found

    def __missing__(self, symbol: int) -> list[Hit]:
        """All hits of a symbol, ordered by their ends, put together."""
        if self._possible is not None and symbol not in self._possible:
            found = _NOTHING
        else:
            recipe = self._recipes.get(symbol)
            pieces = list(self.own.get(symbol, ()))
            if given := self.given.get(symbol):
                pieces.append(given)
            if recipe is not None:
                pieces += self._cook(recipe)
            found = _joined(pieces)
            if found and recipe is not None:
                if recipe.guard is not None:
                    found = _uncovered(found, self[recipe.guard])
                if recipe.whole_words:
                    found = self._uncut(found)
        self[symbol] = found
        return found

    def _regex_hits(self, pattern: str) -> list[Hit]:
        import re2  # only for packs that use one

        start, end = self.bounds
        return [(m.start() + start, m.end() + start) for m in re2.finditer(pattern, self._text[start:end])]

    def _uncut(self, hits: list[Hit]) -> list[Hit]:
        """The hits whose both ends are ends of words, by the segmentation of their sentences."""
        import jieba  # only where such a hit was found: loading its dictionary takes long

        jieba.setLogLevel("ERROR")
        kept = []
        for start, end in hits:
            sentence = self._sentences[self._sentence_of[self._clause[start]]]
            piece = self._text[sentence.start : sentence.end]
            edges = {0, *(stop for _, _, stop in jieba.tokenize(piece))}
            if start - sentence.start in edges and end - sentence.start in edges:
                kept.append((start, end))
        return kept

    def _cook(self, recipe: Recipe) -> Iterator[list[Hit]]:
        for source in recipe.includes:
            if hits := self[source]:
                yield hits
        for affix in recipe.affixes:
            if (base := self._edged(affix)) and (hits := _affixed(affix, base, self._text)):
                yield hits
        for pattern in recipe.patterns:
            if hits := self._regex_hits(pattern):
                yield hits
        for chain in recipe.chains:
            if hits := self._walk(chain):
                yield hits

    def _edged(self, affix: Affix) -> list[Hit]:
        """The hits of an affix's base that have one of its edge characters beside them."""
        beside = self._beside.get((affix.base, bool(affix.after)))
        if beside is None:
            beside = self._beside[affix.base, bool(affix.after)] = {}
            text = self._text
            for hit in self[affix.base]:
                edge = text[hit[1] : hit[1] + 1] if affix.after else text[hit[0] - 1 : hit[0]]
                beside.setdefault(edge, []).append(hit)
        found: list[Hit] = []
        for edge in beside.keys() & affix.edge:
            found += beside[edge]
        return found

    def _walk(self, chain: Chain) -> list[Hit]:
        first, links, parts = chain
        for part in parts:
            if not self[part]:
                return _NOTHING
        partial = self[first]
        ends = self._ends.get(first)
        if ends is None:
            ends = self._ends[first] = [hit[1] for hit in partial]
        for link in links:
            partial = self._follow(partial, ends, link)
            if not partial:
                return _NOTHING
            ends = [hit[1] for hit in partial]
        return partial

    def _follow(self, partial: list[Hit], ends: list[int], link: Link) -> list[Hit]:
        """Extend partial matches, ordered by their ends, by the hits of the next part.

        Of all partial matches that end before a hit the nearest decides: if any is near enough, it is.  Of those that
        end alike the longest goes on.
        """
        symbol, limit, within_clause = link
        following = self[symbol]
        clause, sentence_of = self._clause, self._sentence_of
        result = []
        if len(following) <= 2 * len(partial):
            for begin, end in following:
                place = bisect_right(ends, begin) - 1
                if place < 0 or begin - ends[place] > limit:
                    continue
                a, b = clause[ends[place] - 1], clause[begin]
                if a == b or (not within_clause and sentence_of[a] == sentence_of[b]):
                    result.append((_longest_start(partial, ends, place), end))
            return result
        starts, ordered = self._by_start(symbol)
        last = len(partial) - 1
        for place, (begin, end) in enumerate(partial):
            reach = end + limit
            if place < last and ends[place + 1] <= reach:
                reach = ends[place + 1] - 1
            index = bisect_left(starts, end)
            if index == len(starts) or starts[index] > reach:
                continue
            begin = _longest_start(partial, ends, place)
            a = clause[end - 1]
            while index < len(starts) and starts[index] <= reach:
                b = clause[starts[index]]
                if a == b or (not within_clause and sentence_of[a] == sentence_of[b]):
                    result.append((begin, ordered[index][1]))
                index += 1
        result.sort(key=_end)
        return result

    def _by_start(self, symbol: int) -> tuple[list[int], list[Hit]]:
        found = self._starts.get(symbol)
        if found is None:
            ordered = sorted(self[symbol])
            found = self._starts[symbol] = [hit[0] for hit in ordered], ordered
        return found


def _chunks(layout: Layout, length: int) -> Iterable[Hit]:
    """The text cut at sentence ends into pieces small enough to keep memory flat."""
    if length <= WHOLE:
        yield 0, length
        return
    start = 0
    for sentence in layout.sentences:
        if sentence.end - start >= CHUNK:
            yield start, sentence.end
            start = sentence.end
    if start < length:
        yield start, length


def _add_relative_years(ids: dict[str, int], table: _Table, text: str, year: int | None) -> None:
    """Years count relative to the report year where the text itself speaks: not in a paper's title or a span's end."""
    if year is None:
        return
    titles = table[ids[builtins.DOCUMENT]]
    found: dict[int, list[Hit]] = {}
    for start, end in table[ids[builtins.YEAR]]:
        place = bisect_right(titles, (start, end)) - 1
        if (place >= 0 and end <= titles[place][1]) or builtins.ends_span(text, start):
            continue
        for name in builtins.relative_years(builtins.year_value(text[start:end]), year):
            found.setdefault(ids[name], []).append((start, end))
    for symbol, hits in found.items():
        table.given[symbol] = hits


def _affixed(affix: Affix, hits: list[Hit], text: str) -> list[Hit]:
    """The hits that have the affix's words around them, those words included."""
    result = []
    for start, end in hits:
        ends = [end]
        for words in affix.after:
            ends = [place + size for place in ends for size, same in words if text[place : place + size] in same]
            if not ends:
                break
        else:
            starts = [start]
            for words in affix.before:
                starts = [p - size for p in starts for size, same in words if p >= size and text[p - size : p] in same]
                if not starts:
                    break
            else:
                result += [(first, last) for first in starts for last in ends]
    result.sort(key=_end)
    return result


def _joined(pieces: list[list[Hit]]) -> list[Hit]:
    """Lists of hits as one, ordered by the hits' ends."""
    if len(pieces) < 2:
        return pieces[0] if pieces else _NOTHING
    found = [hit for piece in pieces for hit in piece]
    found.sort(key=_end)
    return found


def _longest_start(partial: list[Hit], ends: list[int], place: int) -> int:
    """Of the hits that end where the one at ``place`` does, itself the last of them, where the longest begins."""
    end, start = ends[place], partial[place][0]
    while place and ends[place - 1] == end:
        place -= 1
        start = min(start, partial[place][0])
    return start


def _uncovered(hits: list[Hit], guards: list[Hit]) -> list[Hit]:
    """The hits that no guard covers."""
    if not guards:
        return hits
    ordered = sorted(guards)
    kept, index, reach = [], 0, -1
    for hit in sorted(hits):
        while index < len(ordered) and ordered[index][0] <= hit[0]:
            reach = max(reach, ordered[index][1])
            index += 1
        if hit[1] > reach:
            kept.append(hit)
    kept.sort(key=_end)
    return kept
