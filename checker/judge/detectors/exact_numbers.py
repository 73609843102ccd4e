"""Exact numbers of a text as they are told, for the figures detector: rounded or cut off, with their measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from checker.structure.view import HAN

_SCALE = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
PERCENT, POINTS = "%", "个百分点"
_NUMBER = re.compile(
    r"(?<![\d.第近约超逾-])(?<!\d,)(?P<value>\d{1,9}(?:\.\d{1,4})?)(?P<scale>[百千万亿]?)(?![余多\d]|\.\d)"
    rf"(?P<measure>人次|{POINTS}|个工作日|个自然日|个{HAN}{{0,2}}|(?:{HAN}|%)?)"
)
_ABOUT = re.compile("左右|上下")
_YEAR = re.compile(r"(?:19|20)\d\d年")
BESIDE = r"[^,。;:、%\n]"  # what may stand between two numbers: no pause
FAR = 40  # characters between two numbers of one telling at most
Kind = Literal["change", "direction", "part", "shares"]


class Number(NamedTuple):
    """An exact number as told: the least and the most it may stand for, its decimals, what it measures, its place."""

    least: float
    most: float
    decimals: int
    measure: str
    start: int
    end: int


class Wrong(NamedTuple):
    """What is wrong, what the numbers say instead, and the place."""

    kind: Kind
    right: str
    start: int
    end: int


def read_numbers(text: str, way: re.Pattern[str]) -> Iterator[Number]:
    """The exact numbers of a text, years left aside: one with decimals or in 万 was rounded or cut off.  A word of ``way``
    (rise, fall) behind a number is no measure."""
    for match in _NUMBER.finditer(text):
        if _YEAR.match(text, match.start()) or _ABOUT.match(text, match.end()):
            continue
        decimals = len(match["value"].partition(".")[2])
        scale = _SCALE[match["scale"]]
        slack = 10.0**-decimals if decimals or scale > 1 else 0.0
        value, bare = float(match["value"]), way.match(text, match.end("scale"))
        yield Number(
            (value - slack) * scale,
            (value + slack) * scale,
            decimals,
            "" if bare else match["measure"],
            match.start(),
            match.end("scale") if bare else match.end(),
        )


def written(value: float, unit: str) -> str:
    """A number as people write it, with its unit."""
    return f"{round(abs(value), 1):g}{unit}"
