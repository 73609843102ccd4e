"""The title line: found at the head of a text by how such documents are called, whole or broken over lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.context import names
from checker.match import builtins
from checker.match.matcher import Hits
from checker.models.document import Span

_HEAD = 700  # characters: behind them no title is looked for
_LONGEST = 90
_RUN_ON = 24  # text behind a title in its line: its line end was lost
YEAR = re.compile(rf"(?<!\d)({builtins.YEAR_FORM})(?=年|-|度)")
_CLAUSE_MARK = re.compile(r"[。;!?,:]")
_YEAR_LINE = re.compile(rf"\n?[(\[【]?{builtins.YEAR_FORM}年度?(?:[)\]】]|(?=\n|$))")
_TAIL = re.compile(r"\s*(?:[(\[【][^()\n]{0,24}[)\]】])?(?=\n|$)")
ADDRESSEE = re.compile(r"(?:[(【][^)】\n]{0,24}[)】])?[^\n。,;:]{2,40}:")
_SET_OFF = re.compile(r"[(【\[][^)】\]]*[)】\]]")
_LEAD_IN = re.compile(rf"(?:.*★\d*年?)?(?:{_SET_OFF.pattern}|[^\w\n])*")


@dataclass(frozen=True)
class TitleWords:
    """The words of a pack that tell a title from prose: ``about`` leads to its matter, and its agency's name ends there;
    with ``goes_on`` behind the kind of document, prose speaks of such a document."""

    about: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Title:
    """The title line: its view span (several lines where it was broken), the year and the agency it tells."""

    span: Span
    year: int | None
    agency: str | None


def find_title(text: str, hits: Hits, words: TitleWords) -> Title | None:
    """The title: a kind of document named in a line of its own at the text's head.

    Where a text has lost its line ends, the line may go on behind the title, but not as prose that speaks of a report.
    """
    agency_ends = {end for _, end in hits.get(names.AGENCY, [])}
    handing_over = {start for start, _ in hits.get(names.HANDING_OVER, ())}
    no_names = handing_over | {start for start, _ in hits.get(names.PRONOUN, ())}
    best: tuple[tuple[bool, int, int], Title] | None = None
    for start, end in sorted(hits.get(names.TITLE, [])):
        if start > _HEAD:
            break
        left = line_start_of(text, start)
        if left in handing_over or not _may_be_title(text, left, start, end, words.goes_on):
            continue
        title = _read(text, Span(left, end), Span(start, end), agency_ends, no_names, words.about)
        rank = (_TAIL.match(text, end) is not None, (title.year is not None) + (title.agency is not None), -left)
        if best is None or rank >= best[0]:  # of titles that begin alike the longer one, which comes later
            best = rank, title
    return best[1] if best else None


def line_start_of(text: str, offset: int) -> int:
    """Where the line of an offset begins, a crumb trail or a label such as ``标题：`` left out."""
    start = max(text.rfind("\n", 0, offset), text.rfind(">", 0, offset)) + 1
    return max(start, text.rfind(":", start, offset) + 1)


def _may_be_title(text: str, left: int, start: int, end: int, goes_on: tuple[str, ...]) -> bool:
    if end - left > _LONGEST or _CLAUSE_MARK.search(text, left, start) or text[end : end + 1] == ">":
        return False
    if text.rfind("《", left, end) > text.rfind("》", left, end):
        return False
    if _TAIL.match(text, end):
        return True
    if text.startswith(goes_on, end):
        return False
    if ADDRESSEE.match(text, end):
        return True
    line_end = text.find("\n", end)
    runs_on = (line_end if line_end >= 0 else len(text)) - end > _RUN_ON
    return runs_on and _year_in(text, left, end + 12) is not None


def _read(
    text: str, line: Span, kind: Span, agency_ends: set[int], no_names: set[int], about: tuple[str, ...]
) -> Title:
    """What a title tells, neighbouring lines of a broken title included."""
    start, end = line
    year = _last_year_in(text, start, kind.start) or _year_in(text, kind.start, end)
    agency = _agency_in(text, start, kind.start, no_names, about)
    agency = agency or _agency_about(text, start, kind.start, agency_ends, about)
    for before_start, before in _lines_before(text, start):
        before_end = before_start + len(before)
        if agency is None and (found := _agency_in(text, before_start, before_end, no_names, about)):
            agency, start = found, before_start
        if year is None and (value := _year_in(before, 0, len(before))) is not None:
            year, start = value, before_start
    after = _YEAR_LINE.match(text, end)
    if after and year is None:
        year, end = _year_in(text, after.start(), after.end()), after.end()
    return Title(Span(start, end), year, agency)


def _lines_before(text: str, start: int) -> list[tuple[int, str]]:
    """Up to three short lines without a clause mark directly above a line, the nearest first."""
    lines: list[tuple[int, str]] = []
    while start > 0 and text[start - 1] == "\n" and len(lines) < 3:
        before_start = text.rfind("\n", 0, start - 1) + 1
        line = text[before_start : start - 1]
        if not 2 <= len(line) <= 40 or re.search(r"[。;:,!?>]", line):
            break
        lines.append((before_start, line))
        start = before_start
    return lines


def _year_in(text: str, start: int, end: int) -> int | None:
    match = YEAR.search(text, start, min(end + 1, len(text)))
    return builtins.year_value(match[1]) if match and match.start() < end else None


def _last_year_in(text: str, start: int, end: int) -> int | None:
    """The year nearest the kind of document: a paper's number may carry another before it."""
    found = [match for match in YEAR.finditer(text, start, min(end + 1, len(text))) if match.start() < end]
    return builtins.year_value(found[-1][1]) if found else None


def _agency_in(text: str, start: int, end: int, no_names: set[int], about: tuple[str, ...]) -> str | None:
    """The agency a title names: what stands before the year and the kind of document; ``no_names``: where none begins."""
    lead_in = _LEAD_IN.match(text, start, end)
    start = lead_in.end() if lead_in else start
    if start in no_names:
        return None
    head = _SET_OFF.sub("", text[start:end])
    head = re.split("|".join([*map(re.escape, about), rf"{builtins.YEAR_FORM}年?"]), head)[0]
    return _name(head)


def _agency_about(text: str, start: int, end: int, agency_ends: set[int], about: tuple[str, ...]) -> str | None:
    """The agency behind a leading preposition: about the … Bureau's … of 2024."""
    lead = next((word for word in about if text.startswith(word, start)), None)
    match = re.compile(rf"([^\d]+?)(?={builtins.YEAR_FORM})").match(text, start + len(lead), end) if lead else None
    return _name(match[1]) if match and match.end() in agency_ends else None


def _name(text: str) -> str | None:
    name = re.sub(r"[\d\W_]", "", text)
    return name if 2 <= len(name) <= 40 else None
