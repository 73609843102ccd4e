"""Concepts compiled into a plan: what the automaton looks for, and how its hits are put together into concepts.

Every plain wording of every concept becomes a word of one automaton; phrases with gaps or references become chains of
symbols; words that stand directly beside another part are compared on the spot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checker.match import builtins
from checker.match.notation import Gap, NotationError, Ref, Sequence_, Words, parse
from checker.match.plan import DIGITS, Affix, Alternatives, Link, Plan, Recipe
from checker.match.storage import Lists, Numbers, Vocabulary

REGEX = "re:"  # a phrase that begins so is a regular expression, matched in linear time by RE2
MAX_REGEX = 500
MAX_DEPTH = 100  # of concepts in concepts: they are put together by recursion
RELATIVE = range(len(builtins.PLAIN), len(builtins.PLAIN) + len(builtins.RELATIVE))


@dataclass(frozen=True)
class Concept:
    """What a name stands for: any of some phrases, unless covered by others."""

    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    whole_words: bool = False


class ConceptError(ValueError):
    """A faulty concept: its name and a Chinese message."""

    def __init__(self, concept: str, message: str) -> None:
        super().__init__(message)
        self.concept = concept


def build_plan(concepts: Mapping[str, Concept], early: Iterable[str] = ()) -> Plan:
    """The plan of some concepts; the ``early`` ones tell a report's year and may not depend on it.

    Raises ``ConceptError`` for a faulty phrase, an unknown reference or a circle of concepts.
    """
    return _Builder(concepts).build(tuple(early))


class _Builder:
    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        built_in = (*builtins.PLAIN, *builtins.RELATIVE)
        self._ids = {name: index for index, name in enumerate(built_in)}
        self._names = list(built_in)
        self._words: dict[str, set[int]] = {}
        self._includes: dict[int, list[int]] = {}
        self._chains: dict[int, dict[tuple[int, tuple[Link, ...]], None]] = {}
        self._affixes: dict[int, tuple[int, tuple[frozenset[str], ...], tuple[frozenset[str], ...]]] = {}
        self._guards: dict[int, int] = {}
        self._links: dict[Link, Link] = {}
        self._patterns: dict[int, list[str]] = {}
        self._whole_words: list[int] = []
        self._named = (*built_in, *concepts)  # what may be asked for; the other symbols are steps on the way
        same: dict[Concept, int] = {}
        for name, concept in concepts.items():
            self._ids[name] = same.setdefault(concept, len(self._names))
            if self._ids[name] == len(self._names):
                self._names.append(name)
        for concept, target in same.items():
            name = self._names[target]
            self._add(name, concept.phrases, target)
            if concept.whole_words:
                self._whole_words.append(target)
            if concept.unless:
                self._guards[target] = self._id(f"!{name}")
                self._add(name, concept.unless, self._guards[target])

    def build(self, early: tuple[str, ...]) -> Plan:
        recipes = self._recipes()
        _check_circles(self._names, recipes, [self._ids[name] for name in early if name in self._ids])
        words = sorted(self._words)
        targets: dict[tuple[int, ...], int] = {}
        groups = [targets.setdefault(tuple(sorted(self._words[word])), len(targets)) for word in words]
        edged = frozenset(n for n, word in enumerate(words) if word[0] in DIGITS or word[-1] in DIGITS)
        ids = {name: self._ids[name] for name in self._named}
        owners, needs, ways, free = _ways(recipes)
        symbols = range(len(self._names))
        return Plan(
            ids,
            Vocabulary.of(words),
            edged,
            Numbers.of(groups),
            Lists.of(list(targets)),
            recipes,
            Numbers.of(owners),
            needs,
            Lists.of([ways.get(symbol, ()) for symbol in symbols]),
            free,
        )

    def _id(self, name: str) -> int:
        if name not in self._ids:
            self._ids[name] = len(self._names)
            self._names.append(name)
        return self._ids[name]

    def _add(self, name: str, phrases: Iterable[str], target: int) -> None:
        """File each sequence of each phrase: as words, as an inclusion, or as a chain."""
        for phrase in phrases:
            if phrase.startswith(REGEX):
                self._patterns.setdefault(target, []).append(_checked_regex(name, phrase.removeprefix(REGEX)))
                continue
            try:
                sequences = parse(phrase)
            except NotationError as error:
                raise ConceptError(name, str(error)) from None
            for sequence in sequences:
                first = sequence[0]
                if len(sequence) == 1 and isinstance(first, Words):
                    for wording in first.wordings:
                        self._words.setdefault(wording, set()).add(target)
                else:
                    self._add_chain(name, phrase, sequence, target)

    def _add_chain(self, name: str, phrase: str, sequence: Sequence_, target: int) -> None:
        links: list[Link] = []
        cluster: list[Ref | Words] = []
        limit, within_clause = 0, False
        for part in (*sequence, Gap(0, False)):
            if not isinstance(part, Gap):
                cluster.append(part)
                continue
            for symbol in self._cluster(name, phrase, cluster):
                link = symbol, limit, within_clause
                links.append(self._links.setdefault(link, link))  # alike ones are kept, and stored, once
                limit, within_clause = 0, False
            cluster = []
            limit, within_clause = part.limit, part.within_clause
        if len(links) == 1:
            self._includes.setdefault(target, []).append(links[0][0])
        else:
            self._chains.setdefault(target, {})[links[0][0], tuple(links[1:])] = None

    def _cluster(self, name: str, phrase: str, parts: list[Ref | Words]) -> list[int]:
        """The symbols of parts that follow one another directly.

        References are looked up; of plain words alone the most telling part is.  The other words are compared on the
        spot, as affixes of the part they stand beside.
        """
        anchors = [index for index, part in enumerate(parts) if isinstance(part, Ref)]
        if not anchors:
            anchors = [max(range(len(parts)), key=lambda index: _telling(parts[index]))]
        symbols = []
        for number, anchor in enumerate(anchors):
            first = 0 if number == 0 else anchor
            last = anchors[number + 1] if number + 1 < len(anchors) else len(parts)
            before = tuple(_wordings(part) for part in reversed(parts[first:anchor]))
            after = tuple(_wordings(part) for part in parts[anchor + 1 : last])
            symbols.append(self._affixed(self._symbol(name, phrase, parts[anchor]), before, after))
        return symbols

    def _affixed(self, base: int, before: tuple[frozenset[str], ...], after: tuple[frozenset[str], ...]) -> int:
        if not before and not after:
            return base
        sides = ["~".join("|".join(sorted(words)) for words in side) for side in (before, after)]
        symbol = self._id(f"{sides[0]}<{base}>{sides[1]}")
        self._affixes[symbol] = base, before, after
        return symbol

    def _symbol(self, name: str, phrase: str, part: Ref | Words) -> int:
        if isinstance(part, Ref):
            if part.name not in self._ids:
                raise ConceptError(name, f"短语“{phrase}”引用了不存在的概念 {{{part.name}}}")
            return self._ids[part.name]
        symbol = self._id("=" + "|".join(sorted(part.wordings)))
        for wording in part.wordings:
            self._words.setdefault(wording, set()).add(symbol)
        return symbol

    def _recipes(self) -> dict[int, Recipe]:
        use: dict[int, int] = {}
        for chains in self._chains.values():
            for first, links in chains:
                for symbol in (first, *(symbol for symbol, _, _ in links)):
                    use[symbol] = use.get(symbol, 0) + 1
        parts: dict[int, dict[str, Any]] = {}
        for target, symbols in self._includes.items():
            parts.setdefault(target, {})["includes"] = tuple(dict.fromkeys(symbols))
        for target, (base, before, after) in self._affixes.items():
            edge = frozenset(word[0] for word in after[0]) if after else frozenset(word[-1] for word in before[0])
            affix = Affix(base, tuple(map(_by_length, before)), tuple(map(_by_length, after)), edge)
            parts.setdefault(target, {})["affixes"] = (affix,)
        for target, chains in self._chains.items():
            parts.setdefault(target, {})["chains"] = tuple(
                (first, links, _rarest_first(first, links, use)) for first, links in chains
            )
        for target, patterns in self._patterns.items():
            parts.setdefault(target, {})["patterns"] = tuple(patterns)
        for target in self._whole_words:
            parts.setdefault(target, {})["whole_words"] = True
        for target, guard in self._guards.items():
            parts.setdefault(target, {})["guard"] = guard
        return {target: Recipe(**made) for target, made in parts.items()}


def _ways(recipes: dict[int, Recipe]) -> tuple[list[int], bytes, dict[int, tuple[int, ...]], tuple[int, ...]]:
    """In which ways each symbol comes to have hits; a regular expression needs none."""
    owners: list[int] = []
    needs = bytearray()
    ways: dict[int, list[int]] = {}
    for owner, recipe in recipes.items():
        singles = {*recipe.includes, *(affix.base for affix in recipe.affixes)}
        for parts in [*((symbol,) for symbol in singles), *(parts for _, _, parts in recipe.chains)]:
            for symbol in parts:
                ways.setdefault(symbol, []).append(len(owners))
            owners.append(owner)
            needs.append(len(parts))
    free = tuple(symbol for symbol, recipe in recipes.items() if recipe.patterns)
    return owners, bytes(needs), {symbol: tuple(found) for symbol, found in ways.items()}, free


def _checked_regex(name: str, pattern: str) -> str:
    import re2  # only for packs that use one

    if len(pattern) > MAX_REGEX:
        raise ConceptError(name, f"正则表达式过长（超过 {MAX_REGEX} 个字符）")
    try:
        compiled = re2.compile(pattern)
    except re2.error as error:
        raise ConceptError(name, f"正则表达式“{pattern}”有误或不能线性匹配：{error}") from None
    if compiled.search("") is not None:
        raise ConceptError(name, f"正则表达式“{pattern}”可能匹配空文字")
    return pattern


def _rarest_first(first: int, links: tuple[Link, ...], use: dict[int, int]) -> tuple[int, ...]:
    return tuple(sorted({first, *(symbol for symbol, _, _ in links)}, key=lambda symbol: use[symbol]))


def _check_circles(names: list[str], recipes: dict[int, Recipe], early: list[int]) -> None:
    """No concept may refer to itself or reach too deep, and none from which the year is found to the year."""
    relative: dict[int, bool] = dict.fromkeys(RELATIVE, True)
    visiting: set[int] = set()
    heights: dict[int, int] = {}

    def depends(symbol: int) -> bool:
        if symbol in relative:
            return relative[symbol]
        if symbol in visiting:
            raise ConceptError(names[symbol], f"概念 {{{names[symbol]}}} 直接或间接引用了自己")
        if len(visiting) > MAX_DEPTH:
            raise ConceptError(names[symbol], f"概念一层套一层，超过 {MAX_DEPTH} 层")
        visiting.add(symbol)
        recipe = recipes.get(symbol, Recipe())
        sources = {*recipe.includes, *(affix.base for affix in recipe.affixes)}
        sources.update(part for _, _, parts in recipe.chains for part in parts)
        if recipe.guard is not None:
            sources.add(recipe.guard)
        relative[symbol] = bool([source for source in sources if depends(source)])
        heights[symbol] = 1 + max((heights.get(source, 0) for source in sources), default=0)
        if heights[symbol] > MAX_DEPTH:
            raise ConceptError(names[symbol], f"概念一层套一层，超过 {MAX_DEPTH} 层")
        visiting.discard(symbol)
        return relative[symbol]

    for symbol in recipes:
        depends(symbol)
    for symbol in early:
        if depends(symbol):
            raise ConceptError(names[symbol], "用来判断报告年度的说法不能引用 {report-year} 一类相对年份")


def _telling(part: Ref | Words) -> tuple[int, int]:
    """How rare a part's words are in a text: long ones are, and few."""
    words = _wordings(part)
    return min(len(word) for word in words), -len(words)


def _by_length(words: frozenset[str]) -> Alternatives:
    sizes = sorted({len(word) for word in words})
    return tuple((size, frozenset(word for word in words if len(word) == size)) for size in sizes)


def _wordings(part: Ref | Words) -> frozenset[str]:
    return part.wordings if isinstance(part, Words) else frozenset()
