"""What comments and tracked changes have in common: a number, an author, a time."""

from __future__ import annotations

from typing import Any

from checker.read.wordprocessing import attribute
from checker.word.models import Signature
from checker.word.xml import tag


def sign(element: Any, number: int, signature: Signature) -> None:
    """Write the number, who it is from, and when."""
    element.set(tag(element, "id"), str(number))
    element.set(tag(element, "author"), signature.author)
    if signature.time:
        element.set(tag(element, "date"), signature.time.strftime("%Y-%m-%dT%H:%M:%SZ"))


def next_number(elements: Any) -> int:
    """The first number after those of some elements."""
    numbers = (attribute(element, "id") or "" for element in elements)
    return max((int(number) for number in numbers if number.isdecimal()), default=-1) + 1
