"""The plan that a matcher works by: plain data, made of a pack's concepts by ``checker.match.planning``."""

from __future__ import annotations

from typing import NamedTuple

from checker.match.storage import Lists, Numbers, Vocabulary

DIGITS = "0123456789"

# Links and chains are plain tuples: of all that a kept pack holds there are most of them, and they are read in no time.

# One part of a chain behind the first: its symbol, how far behind the part before it may stand, whether in its clause.
Link = tuple[int, int, bool]
# Symbols that follow one another: the first, the links behind it, and all the symbols, the rarest first.
Chain = tuple[int, tuple[Link, ...], tuple[int, ...]]
Alternatives = tuple[tuple[int, frozenset[str]], ...]  # words by their length


class Affix(NamedTuple):
    """Words that must stand directly before and after the hits of a symbol; sets of alternatives go outward.

    They are compared with the text on the spot, so that common short words need no place in the automaton.  Only hits
    with one of the ``edge`` characters directly beside them come into question: behind them where there are words
    behind, else before them.
    """

    base: int
    before: tuple[Alternatives, ...]
    after: tuple[Alternatives, ...]
    edge: frozenset[str]


class Recipe(NamedTuple):
    """What makes up a symbol beside its own words; hits covered by a hit of ``guard`` do not count, nor, with
    ``whole_words``, hits that cut through a word.  ``patterns`` are regular expressions in RE2's syntax."""

    includes: tuple[int, ...] = ()
    affixes: tuple[Affix, ...] = ()
    chains: tuple[Chain, ...] = ()
    patterns: tuple[str, ...] = ()
    guard: int | None = None
    whole_words: bool = False


class Plan(NamedTuple):
    """A compiled set of concepts: symbols are numbers, ``ids`` names them.

    ``targets.at(groups[i])`` are the symbols of which word ``i`` is a wording.  A symbol has hits by its own words or in
    one of several ways: way ``w`` makes ``owners[w]`` and needs hits of ``needs[w]`` different symbols;
    ``ways.at(symbol)`` are those a symbol is needed in; ``free`` ones may have hits whatever the words.  Concepts that
    say the same share a symbol.  ``edged`` words begin or end with a digit.
    """

    ids: dict[str, int]
    words: Vocabulary
    edged: frozenset[int]
    groups: Numbers
    targets: Lists
    recipes: dict[int, Recipe]
    owners: Numbers
    needs: bytes
    ways: Lists
    free: tuple[int, ...]
