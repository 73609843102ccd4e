"""The notation of phrases in rule packs, parsed into parts that the matcher links up.

    主持召开            the very words (width, quotes and spaces of the text do not matter)
    (研究|审议)议题      alternatives
    主要负责人[的]职责    an optional part
    {leader}            a concept of the lexicon, or a built-in: {quantity} {number} {percent} {date} {year} {document} ...
    {leader}…{act}      a gap: up to 30 characters within the sentence
    {leader}~{act}      a short gap: up to 10 characters within the clause
    {leader}{..60}{act} a gap of up to 60 characters within the sentence; {~60} within the clause

Half-width brackets and bars belong to the notation; full-width ones （） are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from checker.structure.view import squeeze

MAX_EXPANSIONS = 256
MAX_JOINED = 40
MAX_LENGTH = 400
GAP = 30
SHORT_GAP = 10
MAX_GAP = 200


class NotationError(ValueError):
    """A phrase that is not well formed; the message is Chinese."""


@dataclass(frozen=True)
class Words:
    """Alternative literal wordings, in view form; none is empty."""

    wordings: frozenset[str]


@dataclass(frozen=True)
class Ref:
    """A concept or built-in by name."""

    name: str


@dataclass(frozen=True)
class Gap:
    """Up to ``limit`` characters, within the clause or the sentence."""

    limit: int
    within_clause: bool


Part = Words | Ref | Gap
Sequence_ = tuple[Part, ...]

_TOKEN = re.compile(
    r"\{\.\.(?P<limit>\d+)\}|\{~(?P<near>\d+)\}|\{(?P<ref>[A-Za-z][A-Za-z0-9+-]*)\}|(?P<gap>…+)|(?P<short>~)|(?P<mark>[()\[\]|])|(?P<bad>[{}])"
    r"|(?P<text>[^{}()\[\]|…~]+)"
)


def parse(phrase: str) -> list[Sequence_]:
    """All sequences a phrase stands for; alternatives of plain words stay together in one ``Words``.

    Raises ``NotationError`` for an unbalanced bracket, an empty phrase, a gap at either end or too many combinations.
    """
    if len(phrase) > MAX_LENGTH:
        raise NotationError(f"短语过长（超过 {MAX_LENGTH} 个字符）")
    if re.search(r"[)\]][?*+]", phrase):
        raise NotationError(f"短语“{phrase}”：可有可无的部分请写成 [ ]，不用 ? * +")
    tokens = list(_tokens(phrase))
    variants, rest = _alternatives(tokens, 0, closing=None)
    if rest != len(tokens):
        raise NotationError(f"短语“{phrase}”中的括号不配对")
    sequences = []
    for variant in _merge(variants):
        if not variant:
            raise NotationError(f"短语“{phrase}”可能为空")
        if isinstance(variant[0], Gap) or isinstance(variant[-1], Gap):
            raise NotationError(f"短语“{phrase}”不能以省略（… 或 ~）开头或结尾")
        if any(isinstance(a, Gap) and isinstance(b, Gap) for a, b in pairwise(variant)):
            raise NotationError(f"短语“{phrase}”中有两个相连的省略（… 或 ~）")
        sequences.append(variant)
    return sequences


def _tokens(phrase: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(phrase):
        match = _TOKEN.match(phrase, position)
        kind = match.lastgroup if match else None
        if match is None or kind is None or kind == "bad":
            raise NotationError(
                f"短语“{phrase}”第 {position + 1} 个字符处的花括号写法有误，应为 {{概念名}}、{{..数字}} 或 {{~数字}}"
            )
        yield kind, match[kind]
        position = match.end()


def _alternatives(tokens: list[tuple[str, str]], index: int, closing: str | None) -> tuple[list[Sequence_], int]:
    """Parse up to the closing bracket; the variants of all branches and the index behind them."""
    branches: list[Sequence_] = []
    current: list[list[Sequence_]] = []
    while index < len(tokens):
        kind, value = tokens[index]
        if kind == "mark" and value in ")]":
            break
        index += 1
        if kind == "mark" and value == "|":
            branches += _expand(current)
            current = []
        elif kind == "mark":
            closer = ")" if value == "(" else "]"
            inner, index = _alternatives(tokens, index, closer)
            if index >= len(tokens) or tokens[index] != ("mark", closer):
                raise NotationError("括号不配对")
            index += 1
            current.append(inner if value == "(" else [*inner, ()])
        else:
            current.append([(_part(kind, value),)] if kind != "text" or squeeze(value) else [()])
    if closing is None and index < len(tokens):
        raise NotationError("括号不配对")
    return branches + _expand(current), index


def _part(kind: str, value: str) -> Part:
    if kind == "text":
        return Words(frozenset({squeeze(value)}))
    if kind == "ref":
        return Ref(value)
    if kind in ("limit", "near"):
        if not 0 < int(value) <= MAX_GAP:
            raise NotationError(f"省略的长度 {value} 超出范围，可用 1 到 {MAX_GAP}")
        return Gap(int(value), within_clause=kind == "near")
    return Gap(GAP, within_clause=False) if kind == "gap" else Gap(SHORT_GAP, within_clause=True)


def _expand(factors: list[list[Sequence_]]) -> list[Sequence_]:
    """All combinations of consecutive factors; alternatives of plain words stay one part, small neighbours are joined."""
    factors = [_gather(factor) for factor in factors]
    size = 1
    for factor in factors:
        size *= len(factor)
    if size > MAX_EXPANSIONS:
        raise NotationError(f"短语的组合过多（{size} 种，最多 {MAX_EXPANSIONS} 种），请拆成几条")
    results = []
    for combination in product(*factors):
        joined: list[Part] = []
        for part in (part for sequence in combination for part in sequence):
            last = joined[-1] if joined else None
            if (
                isinstance(part, Words)
                and isinstance(last, Words)
                and len(part.wordings) * len(last.wordings) <= MAX_JOINED
            ):
                joined[-1] = Words(frozenset(a + b for a in last.wordings for b in part.wordings))
            else:
                joined.append(part)
        results.append(tuple(joined))
    return results


def _gather(factor: list[Sequence_]) -> list[Sequence_]:
    """Put alternatives that are plain words into one part; ``()`` (nothing) stays apart."""
    wordings = frozenset(
        wording for s in factor if len(s) == 1 and isinstance(s[0], Words) for wording in s[0].wordings
    )
    rest = [s for s in factor if not (len(s) == 1 and isinstance(s[0], Words))]
    return [(Words(wordings),), *rest] if wordings else rest


def _merge(variants: list[Sequence_]) -> list[Sequence_]:
    """Put together variants that differ in one ``Words`` alone: (甲|乙){x} is one sequence, not two."""
    merged: dict[tuple[object, ...], list[Sequence_]] = {}
    for variant in dict.fromkeys(variants):  # an alternative given twice counts once
        places = [index for index, part in enumerate(variant) if isinstance(part, Words)]
        key = tuple(
            "words" if index == (places[-1] if places else None) else part for index, part in enumerate(variant)
        )
        merged.setdefault(key, []).append(variant)
    results = []
    for group in merged.values():
        if len(group) == 1:
            results.append(group[0])
            continue
        index = max(i for i, part in enumerate(group[0]) if isinstance(part, Words))
        wordings = frozenset(w for variant in group for w in _wordings(variant[index]))
        results.append((*group[0][:index], Words(wordings), *group[0][index + 1 :]))
    return results


def _wordings(part: Part) -> frozenset[str]:
    return part.wordings if isinstance(part, Words) else frozenset()
