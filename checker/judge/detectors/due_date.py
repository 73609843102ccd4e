"""A report signed after the day by which it is due."""

from __future__ import annotations

import calendar

from checker.context.document import Document
from checker.context.facts import SignOff
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.places import overlaps, told_year, words
from checker.models.detectors import DueDateRule
from checker.models.rule import RulePack


def detect(document: Document, rule: DueDateRule, pack: RulePack) -> list[Fault]:
    """A fault at the date under the report where it lies after the day that is due for this kind of body.

    The day is one of the year after the report year; where month or day are left blank nothing is late.
    """
    due = next((day for body, day in rule.options.due.items() if body == document.body), None)
    year, signed = told_year(document), document.sign_off
    if due is None or year is None or signed is None or document.title is None:
        return []
    if overlaps(words(document, rule, "exempt"), *document.title.span) or not _is_date(signed):
        return []
    month, day = map(int, due.split("-"))
    if (signed.year, signed.month, signed.day) <= (year + 1, month, day):
        return []
    place = document.view.to_source(*signed.span)
    return [Fault(place.start, place.end, values={"due": f"{year + 1}年{month}月{day}日", "year": str(year)})]


def _is_date(signed: SignOff) -> bool:
    """Whether a date is told in full and there is such a day."""
    month, day = signed.month or 0, signed.day or 0
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(signed.year, month)[1]
