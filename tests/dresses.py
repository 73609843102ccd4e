"""The same report in other dresses, and what a judgement of it says in a form that is the same in all of them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from opencc import OpenCC

from checker.models.result import ReportResult

TO_FULL = {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)} | {
    ord(half): full
    for half, full in {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "%": "％", "?": "？", "!": "！"}.items()
}
# Radicals in place of characters, as the text layer of a PDF often has them.
TO_RADICALS = {ord(unicodedata.normalize("NFKC", chr(code))): code for code in range(0x2F00, 0x2FD6)} | {
    ord("民"): 0x2EA0
}
TO_TRADITIONAL = OpenCC("s2t")
TO_SIMPLIFIED = OpenCC("t2s")
NO_WIDTH = "\u200b\u200c\u200d\u2060\u00ad\ufeff"
_BETWEEN_SCRIPTS = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])")
_EVERY_FIFTH = re.compile(r"([\u4e00-\u9fff]{4})(?=[\u4e00-\u9fff])")
_NO_TEXT = re.compile(rf"- \d{{1,3}} -|[\s{NO_WIDTH}]+")


def wrap(text: str, width: int) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        lines += [line[start : start + width] for start in range(0, len(line), width)] or [""]
    return "\n".join(lines)


def sprinkle(text: str, characters: str, share: float = 0.1) -> str:
    """Characters of no width put in at random, at the same places for the same text."""
    chance = random.Random(len(text))
    return "".join(
        character + (chance.choice(characters) if not character.isspace() and chance.random() < share else "")
        for character in text
    )


def with_page_numbers(text: str) -> str:
    """A page number on a line of its own after every fourth line."""
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        lines.append(line)
        if number % 4 == 0:
            lines.append(f"- {number // 4} -")
    return "\n".join(lines)


DRESSES: dict[str, Callable[[str], str]] = {
    "full-width": lambda text: text.translate(TO_FULL),
    "indented": lambda text: "\n".join("　　" + line for line in text.splitlines()),
    "wrapped": lambda text: wrap(text, 34),
    "one-line": lambda text: "".join(text.splitlines()),
    "doubled-blank-lines": lambda text: "\n\n".join(text.splitlines()),
    "crlf": lambda text: "\r\n".join(text.splitlines()),
    "cr": lambda text: "\r".join(text.splitlines()),
    "radicals": lambda text: text.translate(TO_RADICALS),
    "traditional": TO_TRADITIONAL.convert,
}
RARER: dict[str, Callable[[str], str]] = {
    "spaces-around-digits": lambda text: _BETWEEN_SCRIPTS.sub(" ", text),
    "nbsp-around-digits": lambda text: _BETWEEN_SCRIPTS.sub("\u00a0", text),
    "spaces-between-characters": lambda text: _EVERY_FIFTH.sub(r"\1 ", text),
    "spaces-at-line-ends": lambda text: "\n".join(line + "  " for line in text.splitlines()),
    "zero-width": lambda text: sprinkle(text, "\u200b\u200c\u200d\u2060"),
    "soft-hyphens": lambda text: sprinkle(text, "\u00ad"),
    "byte-order-marks": lambda text: sprinkle(text, "\ufeff", 0.02),
    "page-numbers": with_page_numbers,
}
ALL = DRESSES | RARER


@dataclass(frozen=True)
class Judgement:
    """What a result says, its places counted in characters that can be seen, its corrections in one form."""

    verdicts: dict[str, str]
    findings: list[tuple[str, str, int, int, str]]  # id, severity, start, end, correction
    evidence: dict[str, list[tuple[int, int, str]]]
    score: float | None


def judgement(result: ReportResult, text: str) -> Judgement:
    """What a result on a text says, whatever the text's dress."""

    def seen(offset: int) -> int:
        return len(_NO_TEXT.sub("", text[:offset]))

    return Judgement(
        {"kind": result.kind, "year": str(result.report_year)} | {e.id: e.verdict for e in result.elements},
        [(f.id, f.severity, seen(f.start), seen(f.end), plain(f.fixed or "")) for f in result.findings],
        {e.id: [(seen(p.start), seen(p.end), p.section) for p in e.evidence] for e in result.elements},
        result.score,
    )


def plain(text: str) -> str:
    """A text without white space, in simplified characters and half-width forms."""
    return TO_SIMPLIFIED.convert(unicodedata.normalize("NFKC", _NO_TEXT.sub("", text)).replace("\u2ea0", "民"))
