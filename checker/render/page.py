"""What a page shows of a report: its elements, findings and text with the links between them.

Every mark in the text names the item of the list it belongs to, and every item its marks; ids are unique on a page of
many reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checker.models.result import ElementResult, Evidence, Finding, ReportResult, RuleInfo
from checker.render.beside import Compared, compared
from checker.render.marks import Mark, Segment, by_line, segments
from checker.render.place import place
from checker.render.priorities import mends
from checker.render.problems import accepted
from checker.render.rows import titles_of
from checker.render.safe import visible
from checker.render.shown import Shown
from checker.render.to_table import LEVELS, SEVERITIES, VERDICTS, number, outcome, part_title
from checker.render.width import shorten

LETTERS = {"met": "达", "weak": "弱", "missing": "缺", "not-applicable": "—", "suppressed": "免"}
_QUOTE = 240  # terminal cells


class Quote(NamedTuple):
    """A place of the text: where, its words, and the id of its mark (``None``: the text is not at hand)."""

    place: str
    words: str
    mark: str | None
    note: str | None = None


class Item(NamedTuple):
    """An element or a finding on the page.  ``key`` is the verdict or severity as the models name it, or ``suppressed``
    where a user accepts it; ``word`` is that for people; ``label`` is what its marks are called in the text."""

    anchor: str
    label: str
    title: str
    rule: str
    key: str
    word: str
    points: str
    reason: str
    advice: str | None
    fixed: str | None
    basis: list[str]
    quotes: list[Quote]
    near: list[Quote]
    accepted: str


class Part(NamedTuple):
    """A part of the checklist with its points."""

    title: str
    points: str
    items: list[Item]


class Line(NamedTuple):
    """A line of the text: its label, and its words cut at their marks."""

    label: str
    segments: list[Segment]


class Todo(NamedTuple):
    """One thing to mend, the points it wins, and where it is explained."""

    words: str
    gain: str
    anchor: str


@dataclass(frozen=True)
class ReportPage:
    """All that is shown of one report.  ``items`` finds the item of a mark by the mark's id."""

    anchor: str
    report: ReportResult
    name: str
    outcome: str
    score: str
    facts: list[str]
    parts: list[Part]
    findings: list[Item]
    todo: list[Todo]
    compared: Compared | None
    lines: list[Line]
    items: Mapping[str, Item]

    def classes(self, segment: Segment) -> str:
        """The kinds of the marks that cover a segment, for its style."""
        return " ".join(dict.fromkeys(f"m-{self.items[id].key}" for id in segment.ids))

    @property
    def elements(self) -> list[Item]:
        """All elements of all parts."""
        return [item for part in self.parts for item in part.items]

    @property
    def by_rule(self) -> dict[str, Item]:
        """The elements by their ids."""
        return {item.rule: item for item in self.elements}

    @property
    def counts(self) -> Counter[str]:
        """How many elements got each verdict, the accepted ones as ``suppressed``."""
        return Counter(item.key for item in self.elements)


def columns(pages: Iterable[ReportPage]) -> dict[str, str]:
    """The elements of some reports in their order, with their titles."""
    return titles_of(page.report for page in pages)


class Tally(NamedTuple):
    """How often an element lacks among some reports, as a share of those that were asked for it."""

    title: str
    missing: int
    weak: int
    asked: int

    @property
    def missing_share(self) -> float:
        """Percent of the reports."""
        return 100 * self.missing / self.asked

    @property
    def weak_share(self) -> float:
        """Percent of the reports."""
        return 100 * self.weak / self.asked


def tallies(reports: Iterable[ReportResult]) -> list[Tally]:
    """Every element that lacks somewhere, the one that is missing most first."""
    given: dict[str, Counter[str]] = {}
    titles: dict[str, str] = {}
    for report in reports:
        for element in report.elements:
            titles.setdefault(element.id, element.title)
            key = "suppressed" if element.suppressed is not None else element.verdict
            given.setdefault(element.id, Counter())[key] += 1
    found = [
        Tally(titles[id], verdicts["missing"], verdicts["weak"], verdicts.total() - verdicts["not-applicable"])
        for id, verdicts in given.items()
    ]
    return sorted((t for t in found if t.missing or t.weak), key=lambda t: (-t.missing, -t.weak))


def report_page(report: ReportResult, rules: Mapping[str, RuleInfo], anchor: str = "r1") -> ReportPage:
    """The page of one report; ``anchor`` begins all its ids."""
    shown = Shown(report)
    judged = report.kind == "report"
    elements = [_element(element, index, anchor, shown, report) for index, element in enumerate(report.elements, 1)]
    findings = [
        _finding(finding, rules.get(finding.id), index, anchor, shown, report)
        for index, finding in enumerate(report.findings if judged else [], 1)
    ]
    marks = list(_marks(report, [*elements, *findings]))
    return ReportPage(
        anchor=anchor,
        report=report,
        name="标准输入" if report.file == "-" else report.file,
        outcome=outcome(report),
        score=number(report.score or 0),
        facts=_facts(report),
        parts=list(_parts(report.elements, elements)),
        findings=findings,
        todo=list(_todo(report, elements, findings)),
        compared=compared(report),
        lines=list(_lines(report, shown, [mark for mark, _ in marks])),
        items={mark.id: item for mark, item in marks},
    )


def _facts(report: ReportResult) -> list[str]:
    year = f"{report.report_year} 年度" if report.report_year is not None else "年度不明"
    return [report.agency or "机关名称不明", year, *filter(None, [LEVELS.get(report.level or "")])]


def _parts(elements: Sequence[ElementResult], items: Sequence[Item]) -> Iterator[Part]:
    for part in dict.fromkeys(element.part for element in elements):
        of_part = [(element, item) for element, item in zip(elements, items, strict=True) if element.part == part]
        earned, asked = sum(e.points for e, _ in of_part), sum(e.max_points for e, _ in of_part)
        points = f"{number(earned)} / {number(asked)} 分"
        yield Part(part_title(part, of_part[0][0].part_title), points, [item for _, item in of_part])


def _element(element: ElementResult, index: int, anchor: str, shown: Shown, report: ReportResult) -> Item:
    own = f"{anchor}-e{index}"
    has_text = report.source is not None
    quotes = [
        _quote(item, shown, f"{own}-{position}" if has_text else None)
        for position, item in enumerate(element.evidence, 1)
    ]
    return Item(
        anchor=own,
        label=f"要{index}",
        title=element.title,
        rule=element.id,
        key=element.verdict if element.suppressed is None else "suppressed",
        word=VERDICTS[element.verdict],
        points=f"{number(element.points)} / {number(element.max_points)}" if element.max_points else "—",
        reason=element.reason,
        advice=element.advice,
        fixed=None,
        basis=element.basis,
        quotes=quotes,
        near=[_quote(item, shown, f"{anchor}-l{item.line}" if has_text else None) for item in element.candidates],
        accepted=accepted(element.suppressed),
    )


def _finding(
    finding: Finding, rule: RuleInfo | None, index: int, anchor: str, shown: Shown, report: ReportResult
) -> Item:
    own = f"{anchor}-f{index}"
    return Item(
        anchor=own,
        label=f"问{index}",
        title=rule.title if rule else finding.id,
        rule=finding.id,
        key=finding.severity if finding.suppressed is None else "suppressed",
        word=SEVERITIES[finding.severity],
        points="",
        reason=shown.message(finding),
        advice=shown.advice(finding),
        fixed=shown.fixed(finding),
        basis=rule.basis if rule else [],
        quotes=[_quote(finding, shown, f"{own}-1" if report.source is not None else None)],
        near=[],
        accepted=accepted(finding.suppressed),
    )


def _quote(item: Evidence | Finding, shown: Shown, mark: str | None) -> Quote:
    words = shorten(" ".join(visible(shown.quote(item)).split()), _QUOTE)
    return Quote(place(item), words, mark, item.note if isinstance(item, Evidence) else None)


def _marks(report: ReportResult, items: Sequence[Item]) -> Iterator[tuple[Mark, Item]]:
    """The marks of all items, where the text is at hand."""
    places: list[Sequence[Evidence | Finding]] = [element.evidence for element in report.elements]
    if report.kind == "report":
        places += [[finding] for finding in report.findings]
    for item, spots in zip(items, places, strict=True):
        for quote, spot in zip(item.quotes, spots, strict=True):
            if quote.mark is not None:
                yield Mark(quote.mark, spot.start, spot.end), item


def _lines(report: ReportResult, shown: Shown, marks: Sequence[Mark]) -> Iterator[Line]:
    """The text line by line; in documents that have no lines of their own, labelled where paragraph or page changes."""
    if report.source is None:
        return
    text = visible(shown.text(report.source.text, 0))
    offset, last = 0, ""
    for index, (line, words) in enumerate(zip(by_line(segments(text, marks)), text.split("\n"), strict=True), 1):
        label = str(index) if not report.source.origins else _origin_label(report, offset)
        yield Line(
            "" if label == last else label, [segment._replace(text=_shown_line(segment.text)) for segment in line]
        )
        offset, last = offset + len(words) + 1, label


def _shown_line(text: str) -> str:
    """A carriage return is no character of the line; alone within it, it breaks the line for the eye."""
    return text.removesuffix("\r").replace("\r", "\n")


def _origin_label(report: ReportResult, offset: int) -> str:
    origin = report.source.origin(offset) if report.source is not None else None
    if origin is None:
        return ""
    if origin.paragraph is not None:
        return f"段{origin.paragraph}"
    return f"页{origin.page}" if origin.page is not None else ""


def _todo(report: ReportResult, elements: Sequence[Item], findings: Sequence[Item]) -> Iterator[Todo]:
    """What to mend first, linked to where it is explained."""
    anchors = {item.rule: item.anchor for item in elements}
    for mend in mends(report):
        if mend.element is not None:
            if mend.element.suppressed is not None:
                continue
            verb = "补写" if mend.element.verdict == "missing" else "充实"
            yield Todo(f"{verb}“{mend.element.title}”", number(mend.gain), anchors[mend.element.id])
        elif findings:
            yield Todo(f"改正 {len(mend.findings)} 处问题", number(mend.gain), findings[0].anchor)
