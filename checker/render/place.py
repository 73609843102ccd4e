"""Where a place stands, in the words of the document it came from: line, paragraph, or page and line."""

from __future__ import annotations

from collections.abc import Sequence

from checker.models.compared import Place
from checker.models.document import Origin, RawReport
from checker.models.result import Evidence, Finding

_NOTES = {"footnote": "脚注", "endnote": "尾注"}
_INSIDE = {"table": "（表格）", "text-box": "（文本框）"}


def place(item: Evidence | Finding | Place) -> str:
    """``第 5 行`` in plain text, ``第 12 段`` or ``第 14 段（表格）`` in Word, ``第 3 页第 7 行`` in a PDF."""
    if item.origin is None:
        return f"第 {item.line} 行"
    return _told(item.origin) or f"第 {item.line} 行"


def stretch(item: Place) -> str:
    """Where a passage of several lines or paragraphs stands: ``第 3—38 行``, in Word or a PDF ``第 12 段起``."""
    more = item.text.strip("\r\n").count("\n")
    if not more:
        return place(item)
    return f"{place(item)}起" if item.origin is not None else f"第 {item.line}—{item.line + more} 行"


def place_at(report: RawReport, offset: int) -> str:
    """The same of an offset of a report's text."""
    origin = report.origin(offset)
    return (origin and _told(origin)) or f"第 {report.place(offset)[0]} 行"


def places(items: Sequence[Evidence | Finding], most: int) -> str:
    """Several places in one phrase, each once, the first ``most`` of them: ``第 3、5 行`` or ``第 3 段、第 14 段（表格）``."""
    told = list(dict.fromkeys(place(item) for item in items))
    end = "等" if len(told) > most else ""
    if all(item.origin is None for item in items):
        numbers = list(dict.fromkeys(str(item.line) for item in items))
        return f"第 {'、'.join(numbers[:most])}{end} 行"
    return "、".join(told[:most]) + end


def _told(origin: Origin) -> str:
    """An origin in words; empty where it tells nothing that can be counted."""
    counted = (("页", origin.page), ("段", origin.paragraph), ("行", origin.line))
    told = "".join(f"第 {number} {unit}" for unit, number in counted if number is not None)
    return told and _NOTES.get(origin.part, "") + told + _INSIDE.get(origin.part, "")
