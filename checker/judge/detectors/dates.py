"""Days that no calendar has (9月31日, 13月5日), for the figures detector."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from checker.context.document import Document
from checker.judge.detectors.fault import Fault
from checker.models.detectors import FiguresRule

_DAY = re.compile(r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)年)?(?<![\d.])(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_LEAP = 2024  # of a day without its year the longest February counts
_MONTHS = 12


def contradictions(document: Document, rule: FiguresRule) -> Iterator[Fault]:
    """Each day that does not exist."""
    for match in _DAY.finditer(document.view.text):
        year, month, day = int(match["year"] or _LEAP), int(match["month"]), int(match["day"])
        if not 1 <= month <= _MONTHS or not 1 <= day <= monthrange(year, month)[1]:
            say, place = rule.options.say, document.view.to_source(*match.span())
            yield Fault(*place, message=say.get("date"), advice=say.get("date-advice"))
