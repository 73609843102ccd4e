"""The title line: found at the head of a text by how such documents are called, whole or broken over lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.context import names
from checker.match import builtins
from checker.match.matcher import Hit, Hits
from checker.models.document import Layout, Span

_HEAD = 700  # characters: behind them no title is looked for
_LEAST_PARTS = 2  # headings of the first level, which news has not
_LONGEST = 90
_SHORTEST = 3  # characters of a name behind a year: a county's
_RUN_ON = 24  # text behind a title in its line: its line end was lost
YEAR = re.compile(rf"(?<!\d)({builtins.YEAR_FORM})(?=年|-|度)")
_CLAUSE_MARK = re.compile(r"[。;!?,:]")
YEAR_LEAD = re.compile(rf"{builtins.YEAR_FORM}年?度?")
_YEAR_LINE = re.compile(rf"\n?[(\[【]?{builtins.YEAR_FORM}年度?(?:[)\]】]|(?=\n|$))")
_TAIL = re.compile(r"\s*(?:[(\[【][^()\n]{0,24}[)\]】])?(?:[-_|][^\n。,;:]{2,40})?(?=\n|$)")  # the site's name, too
ADDRESSEE = re.compile(r"(?:[(【][^)】\n]{0,24}[)】])?[^\n。,;:][^\n。;:]{1,39}:")
_SET_OFF = re.compile(r"[(【\[][^)】\]]*[)】\]]")
_ADDRESS = re.compile(r"[A-Za-z]*\.[A-Za-z.]+")  # of the page that a text was copied from
_BRACKETED = re.compile(rf"(?:{_SET_OFF.pattern})+")
_LEAD_IN = re.compile(rf"(?:.*★\d*年?)?(?:{_SET_OFF.pattern}|[^\w\n])*")


@dataclass(frozen=True)
class TitleWords:
    """The words of a pack that tell a title from prose: ``about`` leads to its matter, and its agency's name ends there;
    with ``goes_on`` behind the kind of document, or beginning with ``prose``, prose speaks of such a document."""

    about: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()


@dataclass(frozen=True)
class Title:
    """The title line: its view span (several lines where it was broken), the year and the agency it tells."""

    span: Span
    year: int | None
    agency: str | None


def find_title(text: str, layout: Layout, hits: Hits, words: TitleWords) -> Title | None:
    """The title: a kind of document named in a line of its own at the text's head.

    Where a text has lost its line ends, the line may go on behind the title, but not as prose that speaks of a report.
    """
    no_titles = {start for start, _ in hits.get(names.HANDING_OVER, ())}
    headlines = [start for start, _ in find_headlines(layout, hits)]
    marks = {heading.start: heading.mark_end for heading in layout.headings if heading.mark_end > heading.start}
    ends = {end for name in (names.AGENCY, names.PLACE, names.TITLED) for _, end in hits.get(name, ())}
    namer = _Namer(
        text,
        no_titles | {start for name in (names.OURS, names.PRONOUN) for start, _ in hits.get(name, ())},
        ends,
        words.about,
    )
    best: tuple[tuple[bool, int, int], Title] | None = None
    for start, end in sorted(hits.get(names.TITLE, [])):
        if start > _HEAD:
            break
        left = _behind_column(text, line_start_of(text, start), start, ends)
        if left in no_titles or any(left <= headline < end for headline in headlines):
            continue
        if not _may_be_title(text, left, start, end, words):
            continue
        title = _read(text, Span(marks.get(left, left), end), Span(start, end), namer)
        if left in marks and (left > 0 or title.agency is None):
            continue
        rank = (_TAIL.match(text, end) is not None, (title.year is not None) + (title.agency is not None), -left)
        if best is None or rank >= best[0]:  # of titles that begin alike the longer one, which comes later
            best = rank, title
    return best[1] if best else None


def find_headlines(layout: Layout, hits: Hits) -> list[Hit]:
    """Where a line at the text's head tells news of such a document; a text that is divided as one is no news."""
    if sum(1 for heading in layout.headings if heading.level == 1) >= _LEAST_PARTS:
        return []
    return [hit for hit in hits.get(names.HEADLINE, ()) if hit[0] < _HEAD]


def line_start_of(text: str, offset: int) -> int:
    """Where the line of an offset begins, a crumb trail, cells of a table or a label such as ``标题：`` left out."""
    start = max(text.rfind(mark, 0, offset) for mark in "\n>|") + 1
    return max(start, text.rfind(":", start, offset) + 1)


def _behind_column(text: str, left: int, kind: int, ends: set[int]) -> int:
    """Where a title begins that follows the last name of a crumb trail on its line: at its year, if no agency is named
    before."""
    year = YEAR.search(text, left, kind) if text[left - 1 : left] == ">" else None
    return year.start() if year and not any(left < end <= year.start() for end in ends) else left


def _may_be_title(text: str, left: int, start: int, end: int, words: TitleWords) -> bool:
    lead_in = _BRACKETED.match(text, left, start)
    if (
        end - left > _LONGEST
        or text.startswith(words.prose, left)
        or _CLAUSE_MARK.search(text, lead_in.end() if lead_in else left, start)
        or text[end : end + 1] == ">"
    ):
        return False
    if text.rfind("《", left, end) > text.rfind("》", left, end):
        return False
    if _TAIL.match(text, end):
        return True
    if text.startswith(words.goes_on, end):
        return False
    if ADDRESSEE.match(text, end):
        return True
    line_end = text.find("\n", end)
    runs_on = (line_end if line_end >= 0 else len(text)) - end > _RUN_ON
    return runs_on and _year_in(text, left, end + 12) is not None


def _read(text: str, line: Span, kind: Span, namer: _Namer) -> Title:
    """What a title tells, neighbouring lines of a broken title included."""
    start, end = line
    year = _last_year_in(text, start, kind.start) or _year_in(text, kind.start, end)
    agency = namer.before_year(start, kind.start) or namer.behind_year(start, kind.start)
    for before_start, before in _lines_before(text, start):
        before_end = before_start + len(before)
        if agency is None and (found := namer.before_year(before_start, before_end)):
            agency, start = found, before_start
        if year is None and (value := _year_in(before, 0, len(before))) is not None:
            year, start = value, before_start
    after = _YEAR_LINE.match(text, end)
    if after and year is None:
        year, end = _year_in(text, after.start(), after.end()), after.end()
    if agency is None and (found := namer.on_line(end + 1)):
        agency, end = found, text.find("\n", end + 1)
    return Title(Span(start, end), year, agency)


def _lines_before(text: str, start: int) -> list[tuple[int, str]]:
    """Up to three short lines without a clause mark directly above a line, the nearest first, out of their brackets."""
    lines: list[tuple[int, str]] = []
    while start > 0 and text[start - 1] == "\n" and len(lines) < 3:
        before_start = text.rfind("\n", 0, start - 1) + 1
        line = text[before_start : start - 1]
        if not 2 <= len(line) <= 40 or re.search(r"[。;:,!?>]", line):
            break
        in_brackets = _SET_OFF.fullmatch(line) is not None
        lines.append((before_start + 1, line[1:-1]) if in_brackets else (before_start, line))
        start = before_start
    return lines


def _year_in(text: str, start: int, end: int) -> int | None:
    match = YEAR.search(text, start, min(end + 1, len(text)))
    return builtins.year_value(match[1]) if match and match.start() < end else None


def _last_year_in(text: str, start: int, end: int) -> int | None:
    """The year nearest the kind of document: a paper's number may carry another before it."""
    found = [match for match in YEAR.finditer(text, start, min(end + 1, len(text))) if match.start() < end]
    return builtins.year_value(found[-1][1]) if found else None


@dataclass(frozen=True)
class _Namer:
    """Reads the agency off a title: ``no_names`` is where none begins, ``ends`` where names may end."""

    text: str
    no_names: set[int]
    ends: set[int]
    about: tuple[str, ...]

    def before_year(self, start: int, end: int) -> str | None:
        """What stands before the year and the kind of document."""
        lead_in = _LEAD_IN.match(self.text, start, end)
        start = lead_in.end() if lead_in else start
        if start in self.no_names:
            return None
        head = _SET_OFF.sub("", self.text[start:end])
        return _name(re.split("|".join([*map(re.escape, self.about), rf"{builtins.YEAR_FORM}年?"]), head)[0])

    def behind_year(self, start: int, end: int) -> str | None:
        """What stands between a leading year and the kind of document, or a leading preposition and the year: 2024 …
        Bureau's …, or about the … Bureau's … of 2024."""
        about = next((word for word in self.about if self.text.startswith(word, start)), "")
        year = YEAR_LEAD.match(self.text, start + len(about), end)
        start = year.end() if year else start + len(about)
        if start in self.no_names or not (year or about):
            return None
        up_to = end if year else next((match.start() for match in YEAR.finditer(self.text, start, end)), start)
        last = max((place for place in self.ends if start < place <= up_to), default=start)
        name = _name(self.text[start:last]) if year or last == up_to else None
        return name if name and len(name) >= _SHORTEST else None

    def on_line(self, start: int) -> str | None:
        """What a line holds that is nothing but the name of an agency, as of the one that signs below its title."""
        end = self.text.find("\n", start)
        if end not in self.ends or self.text[start - 1] != "\n" or start in self.no_names:
            return None
        line = self.text[start:end]
        return _name(line) if not re.search(r"[\d。;:,!?、]", line) else None


def _name(text: str) -> str | None:
    name = re.sub(r"[\d\W_]", "", _ADDRESS.split(text)[-1])
    return name if 2 <= len(name) <= 40 else None
