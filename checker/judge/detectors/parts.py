"""Lists of numbers with one measure (共27项，完成24项，剩余5项), read piece by piece, for totals held against their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from checker.judge.detectors.clauses import Patterns, either, in_view_form
from checker.models.detectors import FiguresOptions
from checker.structure.view import HAN

QUANTITY = re.compile(rf"(?<![\d.,第-])(?P<number>\d{{1,9}})(?P<measure>人次|{HAN})")
_INEXACT = re.compile(r"(?:[近超逾]|(?<![民公合契条签预节制])约)\d|\d[余多万亿千百]|\d\.\d|以上|左右")
# a colon pauses behind the number whose parts it leads to, “and” between two numbers
PAUSES = re.compile(rf"[,、;]|(?<=\d{HAN}):|(?<=\d{HAN})[和及与](?=\d)")
_WORDS = (
    "of_which", "sums", "left", "rest", "running", "people", "pairs", "made_of", "whole", "exclusive", "kept", "beyond", "carried",
    "settled", "divided", "rest_of_others", "hotlines", "halves", "roles", "periods", "year_long",
)  # fmt: skip
BESIDE = "#"  # ends the name of an outcome that must stand right beside its number
_LONGEST_NOUN = 12  # characters of what the rest of a list is


class Part(NamedTuple):
    """A number with its measure: where it stands, and the wording of its piece of the list."""

    value: int
    measure: str
    start: int
    end: int
    wording: str


class TotalWords(Patterns):
    """The words of a rule that tell a list of parts, compiled."""

    people: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    exclusive: tuple[tuple[tuple[str, ...], ...], ...]
    periods: tuple[tuple[tuple[str, ...], ...], ...]
    year_long: tuple[str, ...]
    kept: tuple[str, ...]
    beyond: tuple[str, ...]
    carried: tuple[str, ...]
    settled: tuple[str, ...]
    halves: tuple[str, ...]


def total_words(options: FiguresOptions) -> TotalWords:
    """The words that the options of a rule list."""
    return _compiled(*(in_view_form(getattr(options, name)) for name in _WORDS))


@lru_cache(maxsize=16)
def _compiled(*lists: tuple[str, ...]) -> TotalWords:
    """The words of ``_WORDS``; ``sums`` of one character (共) must stand alone before the number, and so must all of
    ``rest`` but for what they are the rest of (其他纠纷)."""
    (
        of_which,
        sums,
        left,
        rest,
        running,
        people,
        pairs,
        made_of,
        whole,
        exclusive,
        kept,
        beyond,
        carried,
        settled,
        divided,
        others,
        hotlines,
        halves,
        roles,
        periods,
        year_long,
    ) = lists
    families, spans = (
        tuple(tuple(tuple(kind.split("/")) for kind in family.split("|")) for family in kinds)
        for kinds in (exclusive, periods)
    )
    outcomes = tuple(name.rstrip(BESIDE) for family in families for kind in family for name in kind)
    long = tuple(word for word in sums if len(word) > 1)
    ends = tuple(name for family in spans for name in family[-1])  # of a year
    return TotalWords(
        {
            "people": people,
            "pairs": pairs_of(pairs),
            "exclusive": families,
            "periods": spans,
            "year_long": year_long,
            "kept": kept,
            "beyond": (*beyond, *carried),
            "carried": carried,
            "settled": settled,
            "halves": halves,
        },
        trigger=f"{either((*of_which, *long, *left, *whole, *divided, *ends))}|(?:[,、](?:{either(sums)})|{either(outcomes)})(?=\\d)",
        of_which=either(of_which),
        sums=f"^(?:{either(sums)})[为是]?$|(?:{either(long)})[为是]?$",
        totalled=f"(?:{either(sums)})[有计]?$",
        left=either(left),
        rest=f"^[,、]?(?:{either(rest)})(?!{HAN}*?(?:{either(others)})){HAN}{{0,{_LONGEST_NOUN}}}$|{either(left)}",
        running=either(running),
        made_of=either(made_of),
        whole=either(whole),
        divided=f",?(?:{either(divided)})",
        hotline=rf"(?<!\d)(?:{either(hotlines)})(?!\d|[百千万亿余多])",
        roles=f"(?:{either(roles)})$",
    )


def pairs_of(pairs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The halves of a whole that a rule lists as 甲|乙."""
    return tuple((one, other) for one, _, other in (pair.partition("|") for pair in pairs))


def are_halves(first: str, second: str, pairs: tuple[tuple[str, str], ...]) -> bool:
    """Whether two wordings tell the two halves of a whole, in either order."""
    return any((a in first and b in second) or (b in first and a in second) for a, b in pairs)


def runs(sentence: str, words: TotalWords) -> Iterator[list[Part]]:
    """Stretches of a sentence whose pieces each hold one exact number of the same measure."""
    run: list[Part] = []
    start = 0
    for end in [*(m.start() for m in PAUSES.finditer(sentence)), len(sentence)]:
        passing = (
            sentence[end : end + 1] == "、"
            or sentence.startswith(words.settled, start)
            or words.divided.match(sentence, start)
        )
        if passing and not any(c.isdigit() for c in sentence[start:end]):
            continue  # a label of several words, with its number behind the last; or that all is settled
        if sentence[start - 1 : start] == ":":  # the number before a colon is the total of what follows
            if len(run) > 2:
                yield run
            run = [part for part in run[-1:] if not any(word in part.wording for word in words.beyond)]
        part = part_of(sentence, start, end) or _total_before(sentence, start, end, words)
        if part and run and part.measure == run[-1].measure and sentence[start - 1] != ";":
            run.append(part)
        else:
            if len(run) > 2:
                yield run
            run = [part] if part else []
        start = end + 1
    if len(run) > 2:
        yield run


def part_of(sentence: str, start: int, end: int) -> Part | None:
    """The number of a piece, if it holds just one and that is exact; its wording is what stands before the number."""
    piece = sentence[start:end]
    found = list(QUANTITY.finditer(piece))
    if len(found) != 1 or _INEXACT.search(piece) or len(re.findall(r"\d+", piece)) != 1:
        return None
    match = found[0]
    return Part(
        int(match["number"]), match["measure"], start + match.start(), start + match.end(), piece[: match.start()]
    )


def _total_before(sentence: str, start: int, end: int, words: TotalWords) -> Part | None:
    """The number that ends a piece of several (8个社区受理318件), where its parts follow (其中)."""
    if not words.of_which.match(sentence, end + 1):
        return None
    found = list(QUANTITY.finditer(sentence, start, end))
    if not found or found[-1].end() != end:
        return None
    return part_of(sentence, found[-1].start() - 1, end)
