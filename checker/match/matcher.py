"""All phrases of a pack in one automaton, and the passes that link their hits into longer phrases.

Every plain wording of every concept goes into one Aho-Corasick automaton (Aho & Corasick 1975), so the text is read
once however many rules there are.  Phrases with gaps or references become chains over the hits: each chain is walked
by one merge of sorted hit lists, started only where its rarest part was hit.  Nothing backtracks; the cost grows with
the text and its hits, not with the number of rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from checker.match import builtins
from checker.match.notation import Gap, NotationError, Ref, Words, parse
from checker.models.document import Layout

Hit = tuple[int, int]
Hits = dict[str, list[Hit]]
CHUNK = 60_000


@dataclass(frozen=True)
class Concept:
    """What a name stands for: any of some phrases, unless covered by others."""

    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()


class ConceptError(ValueError):
    """A faulty concept: its name and a Chinese message."""

    def __init__(self, concept: str, message: str) -> None:
        super().__init__(message)
        self.concept = concept


class _Link(NamedTuple):
    """One part of a chain behind the first: its symbol, and how far behind the part before it may stand."""

    symbol: int
    limit: int
    within_clause: bool


class _Chain(NamedTuple):
    first: int
    links: tuple[_Link, ...]
    targets: tuple[int, ...]


@dataclass
class _Stage:
    """What happens once the symbols of earlier stages are final: first filters, then chains by their rarest symbol."""

    filters: list[tuple[int, int]] = field(default_factory=list)
    chains: dict[int, list[_Chain]] = field(default_factory=dict)


class Matcher:
    """Concepts compiled for scanning.

    ``early`` names the concepts from which a report's year is found; relative years become known after them.
    Raises ``ConceptError`` for a faulty phrase, an unknown reference or a circle of concepts.
    """

    def __init__(self, concepts: Mapping[str, Concept], early: Iterable[str] = ()) -> None:
        self._ids: dict[str, int] = {name: index for index, name in enumerate((*builtins.PLAIN, *builtins.RELATIVE))}
        self._builtin_count = len(self._ids)
        for name in concepts:
            self._id(name)
        literals: dict[str, set[int]] = {}
        includes: dict[int, set[int]] = {}
        raw_chains: list[tuple[int, tuple[_Link, ...], int]] = []
        guards: dict[int, int] = {}
        for name, concept in list(concepts.items()):
            target = self._ids[name]
            self._add(name, concept.phrases, target, literals, includes, raw_chains)
            if concept.unless:
                guards[target] = self._id(f"!{name}")
                self._add(name, concept.unless, guards[target], literals, includes, raw_chains)
        self._names = list(self._ids)
        self._build(literals, includes, raw_chains, guards, early)

    def _id(self, name: str) -> int:
        return self._ids.setdefault(name, len(self._ids))

    def _add(
        self,
        name: str,
        phrases: Iterable[str],
        target: int,
        literals: dict[str, set[int]],
        includes: dict[int, set[int]],
        raw_chains: list[tuple[int, tuple[_Link, ...], int]],
    ) -> None:
        """File each sequence of each phrase: as literals, as an inclusion, or as a chain."""
        for phrase in phrases:
            try:
                sequences = parse(phrase)
            except NotationError as error:
                raise ConceptError(name, str(error)) from None
            for sequence in sequences:
                if len(sequence) == 1 and isinstance(sequence[0], Words):
                    for wording in sequence[0].wordings:
                        literals.setdefault(wording, set()).add(target)
                    continue
                symbols: list[_Link] = []
                limit, within_clause = 0, False
                for part in sequence:
                    if isinstance(part, Gap):
                        limit, within_clause = part.limit, part.within_clause
                        continue
                    if isinstance(part, Ref):
                        if part.name not in self._ids:
                            raise ConceptError(name, f"短语“{phrase}”引用了不存在的概念 {{{part.name}}}")
                        symbol = self._ids[part.name]
                    else:
                        symbol = self._id("=" + "|".join(sorted(part.wordings)))
                        for wording in part.wordings:
                            literals.setdefault(wording, set()).add(symbol)
                    symbols.append(_Link(symbol, limit, within_clause))
                    limit, within_clause = 0, False
                if len(symbols) == 1:
                    includes.setdefault(symbols[0].symbol, set()).add(target)
                else:
                    raw_chains.append((symbols[0].symbol, tuple(symbols[1:]), target))

    def _build(
        self,
        literals: dict[str, set[int]],
        includes: dict[int, set[int]],
        raw_chains: list[tuple[int, tuple[_Link, ...], int]],
        guards: dict[int, int],
        early: Iterable[str],
    ) -> None:
        """Order everything into stages: a symbol is final one stage after the last thing that feeds it."""
        for source in [source for source in includes if source in guards or source < self._builtin_count]:
            for target in includes.pop(source):
                raw_chains.append((source, (), target))
        feeds: dict[int, list[tuple[int, ...]]] = {}
        for first, links, target in raw_chains:
            feeds.setdefault(target, []).append((first, *(link.symbol for link in links)))
        included_by: dict[int, list[int]] = {}
        for source, targets in includes.items():
            for target in targets:
                included_by.setdefault(target, []).append(source)
        relative = set(range(len(builtins.PLAIN), self._builtin_count))
        ready: dict[int, int] = {}
        visiting: set[int] = set()
        relative_stage = 0

        def settle(symbol: int) -> int:
            if symbol in ready:
                return ready[symbol]
            if symbol in relative:
                return relative_stage
            if symbol in visiting:
                raise ConceptError(self._names[symbol], f"概念 {{{self._names[symbol]}}} 直接或间接引用了自己")
            visiting.add(symbol)
            stage = max((settle(part) + 1 for parts in feeds.get(symbol, ()) for part in parts), default=0)
            stage = max([stage, *(settle(source) for source in included_by.get(symbol, ()))])
            if symbol in guards:
                stage = max(stage, settle(guards[symbol])) + 1
            visiting.discard(symbol)
            ready[symbol] = stage
            return stage

        relative_stage = 1 + max((settle(self._ids[name]) for name in early if name in self._ids), default=0)
        ready = {symbol: stage for symbol, stage in ready.items() if stage < relative_stage}
        for symbol in range(len(self._names)):
            settle(symbol)
        self._relative_stage = relative_stage

        def closure(symbol: int) -> tuple[int, ...]:
            found, todo = {symbol}, [symbol]
            while todo:
                for target in includes.get(todo.pop(), ()):
                    if target not in found:
                        found.add(target)
                        todo.append(target)
            return tuple(sorted(found))

        self._stages = [_Stage() for _ in range(max([*ready.values(), relative_stage], default=0) + 1)]
        for symbol, guard in guards.items():
            self._stages[ready[symbol]].filters.append((symbol, guard))
        joined: dict[tuple[int, tuple[_Link, ...]], set[int]] = {}
        for first, links, target in raw_chains:
            joined.setdefault((first, links), set()).update(closure(target))
        use: dict[int, int] = {}
        for first, links in joined:
            for symbol in (first, *(link.symbol for link in links)):
                use[symbol] = use.get(symbol, 0) + 1
        for (first, links), targets in joined.items():
            symbols = (first, *(link.symbol for link in links))
            stage = max(ready.get(symbol, relative_stage if symbol in relative else 0) for symbol in symbols)
            rarest = min(symbols, key=lambda symbol: use[symbol])
            chain = _Chain(first, links, tuple(targets))
            self._stages[stage].chains.setdefault(rarest, []).append(chain)
        wordings = sorted(literals)
        self._targets = [
            tuple(sorted({t for symbol in literals[wording] for t in closure(symbol)})) for wording in wordings
        ]
        self._automaton = AhoCorasick(wordings, implementation=Implementation.NoncontiguousNFA) if wordings else None
        self.wording_count = len(wordings)

    def scan(
        self,
        text: str,
        layout: Layout,
        wanted: Iterable[str],
        find_year: Callable[[Hits], int | None],
    ) -> Hits:
        """Hits (view spans, ordered) of the ``wanted`` concepts in a view's text.

        ``find_year`` is called once, with the hits of the early concepts at the text's head, and tells the report year
        that relative years are counted from.
        """
        keep = [(name, self._ids[name]) for name in wanted if name in self._ids]
        result: Hits = {name: [] for name, _ in keep}
        year: int | None = None
        for index, (start, end) in enumerate(_chunks(layout, len(text))):
            table = self._literal_hits(text, start, end)
            for name, spans in builtins.scan(text, start, end).items():
                if spans:
                    table[self._ids[name]] = spans
            for number, stage in enumerate(self._stages):
                if number == self._relative_stage:
                    if index == 0:
                        year = find_year({name: table.get(symbol, []) for name, symbol in self._ids.items()})
                    self._add_relative_years(text, table, year)
                _run(stage, table, layout)
            for name, symbol in keep:
                if symbol in table:
                    result[name] += sorted(set(table[symbol]))
        return result

    def _literal_hits(self, text: str, start: int, end: int) -> dict[int, list[Hit]]:
        table: dict[int, list[Hit]] = {}
        if self._automaton is None:
            return table
        targets = self._targets
        piece = text if start == 0 and end == len(text) else text[start:end]
        for pattern, begin, stop in self._automaton.find_matches_as_indexes(piece, overlapping=True):
            hit = (begin + start, stop + start)
            for symbol in targets[pattern]:
                if symbol in table:
                    table[symbol].append(hit)
                else:
                    table[symbol] = [hit]
        return table

    def _add_relative_years(self, text: str, table: dict[int, list[Hit]], year: int | None) -> None:
        """Years count relative to the report year where the text itself speaks: not in a paper's title or a span's end."""
        if year is None:
            return
        titles = table.get(self._ids[builtins.DOCUMENT], [])
        for start, end in table.get(self._ids[builtins.YEAR], ()):
            place = bisect_right(titles, (start, end)) - 1
            if (place >= 0 and end <= titles[place][1]) or text[start - 1 : start] == "-":
                continue
            for name in builtins.relative_years(builtins.year_value(text[start:end]), year):
                table.setdefault(self._ids[name], []).append((start, end))


def _chunks(layout: Layout, length: int) -> Iterable[Hit]:
    """The text cut at sentence ends into pieces small enough to keep memory flat."""
    if length <= CHUNK:
        yield 0, length
        return
    start = 0
    for sentence in layout.sentences:
        if sentence.end - start >= CHUNK:
            yield start, sentence.end
            start = sentence.end
    if start < length:
        yield start, length


def _run(stage: _Stage, table: dict[int, list[Hit]], layout: Layout) -> None:
    for symbol, guard in stage.filters:
        if symbol in table and guard in table:
            table[symbol] = _uncovered(table[symbol], table[guard])
    for trigger in stage.chains.keys() & table.keys():
        for chain in stage.chains[trigger]:
            partial = table.get(chain.first)
            for link in chain.links:
                following = table.get(link.symbol)
                if not partial or not following:
                    partial = None
                    break
                partial = _follow(partial, following, link, layout)
            if partial:
                for target in chain.targets:
                    table.setdefault(target, []).extend(partial)


def _follow(partial: list[Hit], following: list[Hit], link: _Link, layout: Layout) -> list[Hit]:
    """Extend each partial match by the hits of the next part that may follow it: one merge of two sorted lists.

    Of all partial matches that end before a hit the nearest decides: if any is near enough, it is.
    """
    result = []
    ends = sorted(partial, key=_end)
    clause, sentence_of = layout.clause, layout.sentence_of_clause
    _, limit, within_clause = link
    index, count = 0, len(ends)
    for hit in sorted(following):
        start = hit[0]
        while index < count and ends[index][1] <= start:
            index += 1
        if index == 0:
            continue
        before = ends[index - 1]
        gap = start - before[1]
        if gap > limit:
            continue
        if gap:
            a, b = clause[before[1] - 1], clause[start]
            if a != b and (within_clause or sentence_of[a] != sentence_of[b]):
                continue
        elif sentence_of[clause[before[1] - 1]] != sentence_of[clause[start]]:
            continue
        result.append((before[0], hit[1]))
    return result


def _end(hit: Hit) -> int:
    return hit[1]


def _uncovered(hits: list[Hit], guards: list[Hit]) -> list[Hit]:
    """The hits that no guard covers."""
    ordered = sorted(guards)
    kept, index, reach = [], 0, -1
    for hit in sorted(hits):
        while index < len(ordered) and ordered[index][0] <= hit[0]:
            reach = max(reach, ordered[index][1])
            index += 1
        if hit[1] > reach:
            kept.append(hit)
    return kept
