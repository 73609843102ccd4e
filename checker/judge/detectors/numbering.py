"""Numbering: headings and enumerations that start late, jump, repeat or run back.

Every kind of mark keeps a series of its own.  A mark is right where it opens a series or follows the one before; a mark
that stands where no mark must stand (in mid-text, by guess) never alarms, it only widens what may follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from checker.context.document import Document
from checker.judge.detectors.clauses import clause_around, either, in_view_form
from checker.judge.detectors.fault import Fault
from checker.models.detectors import NumberingFault, NumberingRule
from checker.models.document import Heading
from checker.models.rule import RulePack
from checker.structure.view import chinese_number

_NUMERALS = "一二三四五六七八九十"
_ITEM = "item"  # enumerations may change their words midway (首先 … 第二 …), so their series are looked at together
_UPPER = {"part": 1, "formal": 1, "han": 1, "boxed": 1, "chapter": 1, "paren": 2, "open": 2}
_CLOSED_BY = {1: ("paren", "open"), 2: ()}
_HEADING_STOPS = frozenset("\n。;!?")
_ITEM_STOPS = frozenset("\n。;!?:,)…")
_PARAGRAPH_ENDS = frozenset("。;!?:,、)…")
_LINE = 28  # headings without a closing mark are shorter
_CIRCLED = re.compile("[①-⑳](?![①-⑳、])")
_WITHOUT_NUMBER = re.compile(rf"[{_NUMERALS}壹贰叁肆伍陆柒捌玖拾]+|\d+(?!\.\d)")


class _Mark(NamedTuple):
    """A numbered mark in the view; ``firm``: it can be nothing else, so it may alarm."""

    start: int
    end: int
    style: str
    number: int
    firm: bool


@dataclass
class _Series:
    """How far a series has come: the numbers that may stand last, its last mark, and the series it restarted."""

    lasts: set[int]
    last: _Mark
    restarted: _Series | None = None


class _Items(NamedTuple):
    """The enumeration marks of a rule, compiled: where one can start, what it is, the words with their numbers."""

    starts: re.Pattern[str]
    pattern: re.Pattern[str]
    words: dict[str, int]


def detect(document: Document, rule: NumberingRule, pack: RulePack) -> list[Fault]:
    """A fault at the first mark of each series that does not follow the one before."""
    text = document.view.text
    series: dict[str, _Series] = {}
    opened = 0  # the end of the heading mark above: what stands before it is another series
    faults = []
    for mark in _marks(document, rule):
        fault = _step(text, series, mark, opened)
        level = _UPPER.get(mark.style)
        if fault:
            faults.append(_fault(document, rule, *fault))
        elif level and (mark.firm or mark.number > 1):
            opened = mark.end
            _close(series, level)
        elif mark.style == "arabic" and mark.firm:
            opened = mark.end
    return faults


def _marks(document: Document, rule: NumberingRule) -> list[_Mark]:
    """All numbered marks of a text in order."""
    text = document.view.text
    marks = [
        _Mark(h.start, h.mark_end, h.style, h.number, _is_firm(text, h)) for h in document.layout.headings if h.number
    ]
    return sorted((*marks, *_items(document, _compiled(in_view_form(rule.options.items), _words(rule)))))


def _is_firm(text: str, heading: Heading) -> bool:
    """Whether a mark stands where only a mark can: after a stop, and not at the head of a list of numbers (三、四级)."""
    if heading.start and text[heading.start - 1] not in _HEADING_STOPS:
        return False
    if heading.start > 1 and _is_cut(text, heading.start - 1):
        return False
    return text[heading.mark_end - 1] != "、" or not text.startswith(
        (_chinese(heading.number + 1), str(heading.number + 1)), heading.mark_end
    )


def _is_cut(text: str, end: int) -> bool:
    """Whether a paragraph's end is a line's end in mid-sentence: a long line with no closing mark."""
    if text[end] != "\n" or text[end - 1] in _PARAGRAPH_ENDS:
        return False
    return text.find("\n", max(0, end - _LINE), end) < 0


def _items(document: Document, items: _Items) -> Iterator[_Mark]:
    """Enumeration marks in running text; those inside a quoted title are none."""
    text = document.view.text
    end = 0
    for start in items.starts.finditer(text):
        match = items.pattern.match(text, start.start()) if start.start() >= end else None
        if match is None:
            continue
        end = match.end()
        style = match.lastgroup or ""
        loose = style == "word"
        number = items.words[match[0]] if loose else chinese_number(match[style])
        if number is None or document.is_quoted(match.span()):
            continue
        before = text[match.start() - 1] if match.start() else "\n"
        if loose and before not in _ITEM_STOPS and before != ",":  # 首次告知、再次警告
            continue
        yield _Mark(match.start(), match.end(), _ITEM + style, number, not loose and before in _ITEM_STOPS)
    for match in _CIRCLED.finditer(text):
        before = text[match.start() - 1] if match.start() else "\n"
        yield _Mark(match.start(), match.end(), "circled", ord(match[0]) - ord("①") + 1, before in _ITEM_STOPS)


def _step(
    text: str, series: dict[str, _Series], mark: _Mark, opened: int
) -> tuple[NumberingFault, _Mark, _Series | None] | None:
    """Carry a mark's series on; a fault is told by its kind, the mark at fault and what came before."""
    before = series.get(mark.style)
    if mark.number == 1 or _fits(series, mark):
        _carry_on(series, mark, before)
        return None
    if not mark.firm:
        return None
    since = before.last.end if before else opened
    series[mark.style] = _Series({mark.number, *(_going(before) if before else ())}, mark)
    if _stands_before(text, since, mark):
        return None
    if before is None or (mark.style.startswith(_ITEM) and before.last.end < opened):
        return "late", mark, None
    if before.restarted and before.lasts == {1} and mark.number - 2 in before.restarted.lasts:
        return "repeat", before.last, before.restarted
    last = max(before.lasts)
    kind: NumberingFault = "repeat" if mark.number == last else "back" if mark.number < last else "jump"
    return kind, mark, before


def _going(before: _Series) -> set[int]:
    """After a fault a series may go on as it stands or as it ought to."""
    last = max(before.lasts)
    return {last, last + 1}


def _carry_on(series: dict[str, _Series], mark: _Mark, before: _Series | None) -> None:
    if before is None or (mark.firm and mark.number == 1):
        series[mark.style] = _Series({mark.number}, mark, before)
    elif mark.firm:
        series[mark.style] = _Series({mark.number}, mark)
    else:
        series[mark.style] = _Series({*before.lasts, mark.number}, mark)


def _fits(series: dict[str, _Series], mark: _Mark) -> bool:
    """Whether a mark follows its own series, or an enumeration that began in other words."""
    own = series.get(mark.style)
    if own and mark.number - 1 in own.lasts:
        return True
    if not mark.style.startswith(_ITEM):
        return False
    return any(mark.number - 1 in s.lasts for style, s in series.items() if style.startswith(_ITEM))


def _close(series: dict[str, _Series], level: int) -> None:
    """An upper heading ends the series below it; Arabic numbers may run on through a whole text."""
    for style in [s for s in series if s in _CLOSED_BY[level] or s.startswith(_ITEM)]:
        del series[style]


def _stands_before(text: str, since: int, mark: _Mark) -> bool:
    """Whether the number looked for stands there after all, in a form that was not taken for a mark."""
    wanted = _numbered(text[mark.start : mark.end], mark.number - 1).rstrip("、,.。:")
    sides = r"(?<![\d.])", r"[、,.。:)](?!\d)|(?<=[)是要])|(?=[是为])"
    if wanted[-1] in _NUMERALS and len(wanted) < 3:
        sides = (
            rf"(?<![第{_NUMERALS}])",
            r"、|(?<=[\n。;!?:)].)[,.。:]",
        )  # in mid-sentence a word may end so (统一，第二、)
    return re.search(f"{sides[0]}{re.escape(wanted)}(?:{sides[1]})", text[since : mark.start]) is not None


def _numbered(mark: str, number: int) -> str:
    """The same mark with another number."""
    if "①" <= mark <= "⑳":
        return str(number) if number > 20 else chr(ord("①") + number - 1)
    digits = str(number) if any(c.isdigit() and c.isascii() for c in mark) else _chinese(number)
    if any(c in "壹贰叁肆伍陆柒捌玖拾" for c in mark):
        digits = digits.translate(str.maketrans(_NUMERALS, "壹贰叁肆伍陆柒捌玖拾"))
    return _WITHOUT_NUMBER.sub(digits, mark, count=1)


def _chinese(number: int) -> str:
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return head + (_NUMERALS[ones - 1] if ones else "")


def _fault(document: Document, rule: NumberingRule, kind: NumberingFault, mark: _Mark, before: _Series | None) -> Fault:
    """The fault at a mark, with the mark that ought to stand there."""
    source = document.report.text
    place = document.view.to_source(mark.start, mark.end)
    span = clause_around(document, *place, before=0, after=30)
    own = source[place.start : place.end]
    expected = _numbered(own, max(before.lasts) + 1 if before else 1)
    last = source[slice(*document.view.to_source(before.last.start, before.last.end))] if before else ""
    values = {
        "mark": own.strip("、，,.：: "),
        "expected": expected.strip("、，,.：: "),
        "last": last.strip("、，,.：: "),
    }
    return Fault(span.start, span.end, message=rule.options.say.get(kind), values=values)


def _words(rule: NumberingRule) -> tuple[tuple[str, int], ...]:
    return tuple(rule.options.words.items())


@lru_cache(maxsize=32)
def _compiled(items: tuple[str, ...], words: tuple[tuple[str, int], ...]) -> _Items:
    """The enumeration marks as one pattern: ``{n}`` is the numeral, a comma any pause; 一是一 is an idiom."""
    parts = []
    for index, item in enumerate(items):
        head, _, tail = item.partition("{n}")
        pause = tail.endswith(",")
        body = re.escape(tail.rstrip(","))
        end = rf"(?:[,:]|、(?![第{_NUMERALS}]))" if pause else f"(?!(?P=_{index}))"
        parts.append(rf"{re.escape(head)}(?P<_{index}>[{_NUMERALS}]{{1,3}}){body}{end}")
    if words:
        parts.append(f"(?P<word>{either(tuple(word for word, _ in words))})")
    return _Items(_starts((*items, *dict(words))), re.compile("|".join(parts) or "(?!)"), dict(words))


def _starts(wordings: tuple[str, ...]) -> re.Pattern[str]:
    """The first character of any wording before a fitting second one: quick to search for."""
    plain = [wording.replace("{n}", _NUMERALS[0]) for wording in wordings]
    first = re.escape("".join(wording[:1] for wording in plain))
    second = re.escape("".join(wording[1:2] for wording in plain))
    return re.compile(f"[{_NUMERALS}{first}](?=[{_NUMERALS}{second}])")
