"""Personal data in a text meant for publication: identity numbers, mobile numbers, bank cards, home addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from checker.context.document import Document
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.places import longest, overlaps, starts_at, tell, within, words
from checker.match import builtins
from checker.match.matcher import Hit
from checker.models.rule import FindingRule, RulePack

_DIGIT_RUN = re.compile(r"\d+(?:-\d+)*[Xx]?")
_MOBILE = re.compile(r"(?:86)?(1[3-9]\d{9})")
_IDENTITY = re.compile(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|[78]1|82)\d{4}"
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
)
_OLD_IDENTITY = re.compile(r"[1-8]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DECIMALS = re.compile(r"\.\d{1,2}(?![\d.月年日])")  # an amount goes on so
_UNION_PAY = "62"  # what the numbers of cards begin with
_SHORTEST = 11
_CONTEXT = 24  # how far before a number the word may stand that tells what it is
_LABEL = 10  # the same for a word that must be its label
_ADDRESS = 50
_CLAUSE_END = re.compile("[,。;]")
_DIGITS = frozenset("0123456789一二三四五六七八九十")


class _Number(NamedTuple):
    digits: str
    span: Hit


def detect(document: Document, rule: FindingRule, pack: RulePack) -> list[Fault]:
    """Every number that belongs to a person, told by its form and the words before it, and every home address."""
    faults = []
    for number in _numbers(document):
        found = _classify(document, rule, number)
        if found:
            faults.append(tell(document, rule, found, number.span, values={"masked": _masked(number.digits)}))
    return faults + _addresses(document, rule)


def _numbers(document: Document) -> Iterator[_Number]:
    """Runs of at least eleven digits, whole and, where white space parted them, piece by piece."""
    text, gaps, reached = document.view.text, document.view.gaps, 0
    for start, _ in document.hits.get(builtins.NUMBER, ()):
        if start < reached:
            continue
        match = _DIGIT_RUN.match(text, start)
        if match is None:
            continue
        reached = match.end()
        if reached - start < _SHORTEST:
            continue
        yield _Number(match[0].replace("-", ""), (start, reached))
        cuts = [start, *(offset for offset in range(start + 1, reached) if offset in gaps), reached]
        if len(cuts) > 2:
            for first, last in pairwise(cuts):
                if last - first >= _SHORTEST:
                    yield _Number(text[first:last], (first, last))


def _classify(document: Document, rule: FindingRule, number: _Number) -> str | None:
    """What kind of personal number this is: the name of the rule's telling, or ``None``."""
    digits, (start, end) = number
    if _DECIMALS.match(document.view.text, end):
        return None
    if _precedes(document, rule, "other-number", start, _LABEL):
        return None
    named_identity = _precedes(document, rule, "identity", start, _CONTEXT)
    if _IDENTITY.fullmatch(digits):
        if _identity_holds(digits):
            return "identity"
        if named_identity:
            return "identity-doubtful"
    elif named_identity and (len(digits) == 18 or _OLD_IDENTITY.fullmatch(digits)):
        return "identity" if len(digits) == 15 else "identity-doubtful"
    if _MOBILE.fullmatch(digits):
        if starts_at(words(document, rule, "unit"), end):
            return None
        return "mobile-public" if _precedes(document, rule, "public", start, _LABEL) else "mobile"
    if not 15 <= len(digits) <= 19 or _precedes(document, rule, "public-account", start, _CONTEXT):
        return None
    if _luhn_holds(digits) and _precedes(document, rule, "bank-card", start, _CONTEXT):
        return "bank-card"
    labels = ("card-label", "account-label") if digits.startswith(_UNION_PAY) else ("card-label",)
    labelled = any(_precedes(document, rule, name, start, _LABEL) for name in labels)
    return "bank-card-doubtful" if labelled else None


def _precedes(document: Document, rule: FindingRule, name: str, offset: int, reach: int) -> bool:
    """Whether a word of a class stands shortly before an offset, in its sentence."""
    layout = document.layout
    begin = max(layout.sentences[layout.sentence_at(offset)].start, offset - reach)
    return overlaps(words(document, rule, name), begin, offset)


def _identity_holds(digits: str) -> bool:
    """Whether the check character of an identity number is right (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _IDENTITY_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def _luhn_holds(digits: str) -> bool:
    """Whether the check digit of a card number is right (Luhn)."""
    if not digits.isdigit():
        return False
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _masked(digits: str) -> str:
    """A number with all but its ends hidden, for the message."""
    return digits[:3] + "*" * (len(digits) - 5) + digits[-2:]


def _addresses(document: Document, rule: FindingRule) -> list[Fault]:
    """Where somebody's home is told down to the door."""
    faults = []
    for live in words(document, rule, "lives"):
        end = _door(document, rule, live)
        if end is not None:
            start = next(offset for offset in range(live[0], end) if document.view.text[offset].isalnum())
            faults.append(tell(document, rule, "address", (start, end)))
    return faults


def _door(document: Document, rule: FindingRule, live: Hit) -> int | None:
    """Where an address ends that is told down to the door: a room, two steps of building, entrance, house number, or behind
    a label the house number in its street; several of one step (3栋、4栋) are where many live."""
    layout = document.layout
    limit = min(layout.sentences[layout.sentence_at(live[0])].end, live[1] + _ADDRESS)
    rooms, doors = (_counted(document, words(document, rule, name), live[1], limit) for name in ("room", "door"))
    steps = {document.view.text[slice(*door)] for door in doors}
    house = _house(document, rule, live, limit)
    if not rooms and not house and (len(steps) < 2 or _are_several(document.view.text, doors)):
        return None
    end = max(end for _, end in rooms + doors + house)
    return None if starts_at(words(document, rule, "dwellers"), end) else end


def _house(document: Document, rule: FindingRule, live: Hit, limit: int) -> list[Hit]:
    """The house number in its street that a label leads to, in one clause and with no other behind it."""
    if not overlaps(words(document, rule, "address-label"), *live):
        return []
    text, streets = document.view.text, within(words(document, rule, "street"), live[1], limit)
    alone = len(streets) == 1 and not _CLAUSE_END.search(text, live[1], streets[0][0])
    return streets if alone and text[streets[0][1] : streets[0][1] + 1] in tuple(",。;)") else []


def _are_several(text: str, doors: list[Hit]) -> bool:
    """Whether two doors of one kind are told in one clause (3栋、4栋, 3栋2单元和4栋)."""
    return any(
        text[slice(*one)] == text[slice(*other)] and not _CLAUSE_END.search(text, one[1], other[0])
        for one, other in combinations(doors, 2)
    )


def _counted(document: Document, hits: Sequence[Hit], start: int, end: int) -> list[Hit]:
    """Hits in a stretch that a number stands before, one for each number."""
    text = document.view.text
    return longest(hit for hit in within(hits, start + 1, end) if text[hit[0] - 1] in _DIGITS)
