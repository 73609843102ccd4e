"""A report signed after the day by which it is due."""

from __future__ import annotations

from checker.context.document import Document
from checker.context.facts import find_signature
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.places import told_year
from checker.models.detectors import DueDateRule
from checker.models.rule import RulePack


def detect(document: Document, rule: DueDateRule, pack: RulePack) -> list[Fault]:
    """A fault at the date under the report where it lies after the day that is due for this kind of body.

    The day is one of the year after the report year; where month or day are left blank nothing is late.
    """
    due = next((day for body, day in rule.options.due.items() if body == document.body), None)
    year, signed = told_year(document), find_signature(document.view.text)
    if due is None or year is None or document.title is None:
        return []
    if signed is None or signed.month is None or signed.day is None:
        return []
    month, day = map(int, due.split("-"))
    if (signed.year, signed.month, signed.day) <= (year + 1, month, day):
        return []
    place = document.view.to_source(*signed.span)
    return [Fault(place.start, place.end, values={"due": f"{year + 1}年{month}月{day}日", "year": str(year)})]
