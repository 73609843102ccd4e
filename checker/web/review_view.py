"""What the review page shows, made of a result and the pack that judged it; the templates only lay it out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from checker.models.result import ElementResult, Evidence, Finding, ReportResult
from checker.models.rule import Element, FindingRule, RulePack
from checker.render import RENDERERS
from checker.render.beside import Compared, compared
from checker.render.place import place
from checker.render.priorities import mends
from checker.render.shown import Shown
from checker.render.to_table import LEVELS, PARTS, SEVERITIES, VERDICTS, number
from checker.render.width import clean
from checker.web.changes import Changes, compare
from checker.web.marked import Line, candidate_id, evidence_id, finding_id, marked_lines
from checker.web.sessions import Review
from checker.words import BODIES

Show = Literal["all", "mend", "met"]
SHOWS: dict[Show, str] = {"all": "全部", "mend": "要改的", "met": "已达标"}
SIGNS = {"met": "✓", "weak": "△", "missing": "✕", "not-applicable": "—"}
OFFERED = ("docx", "html", "xlsx", "csv", "json", "table")
_BLANK = re.compile(r"\{[a-z_-]+\}")
_QUOTE = 90
_FINDINGS = 300  # cards on a page; all of them stand in the downloads


@dataclass(frozen=True)
class Quote:
    """A place to jump to."""

    id: str
    place: str
    text: str
    note: str | None
    shown: bool


@dataclass(frozen=True)
class ElementCard:
    """An element: its verdict, why, where, and how to mend it."""

    result: ElementResult
    rule: Element | None
    points: str
    evidence: list[Quote]
    candidates: list[Quote]
    advice: str | None
    model: str

    @property
    def kind(self) -> Show:
        """Under which filter it stands."""
        return "mend" if self.result.verdict in ("weak", "missing") else "met"


@dataclass(frozen=True)
class FindingCard:
    """A finding: what is wrong where, and how to mend it."""

    number: int
    result: Finding
    rule: FindingRule | None
    quote: Quote


@dataclass(frozen=True)
class Part:
    """The elements that are counted together."""

    title: str
    points: str
    cards: list[ElementCard]
    note: str | None


@dataclass(frozen=True)
class Todo:
    """One thing to do first."""

    title: str
    gain: str
    target: str


@dataclass(frozen=True)
class ReviewView:
    """The whole page."""

    review: Review
    result: ReportResult
    pack: RulePack
    facts: list[str]
    score: str
    share: int
    counts: dict[str, int]
    parts: list[Part]
    findings: list[FindingCard]
    findings_left: int
    todo: list[Todo]
    lines: list[Line]
    cut: bool
    changes: Changes | None
    compared: Compared | None
    downloads: list[tuple[str, str]]

    @property
    def correctable(self) -> int:
        """How many findings tell the one right form."""
        return correctable(self.result)

    @property
    def can_edit(self) -> bool:
        """Whether the whole text is on the page."""
        return not self.cut


def review_view(review: Review, pack: RulePack, shown: int) -> ReviewView:
    """Everything the page of a review shows; of the text at most ``shown`` characters."""
    result = review.result
    words = Shown(result)
    cards = [_element_card(index, element, result, pack, words, shown) for index, element in enumerate(result.elements)]
    rules = {rule.id: rule for rule in pack.findings}
    findings = [
        FindingCard(index, item, rules.get(item.id), _quote(finding_id(index), item, words, shown))
        for index, item in enumerate(result.findings[:_FINDINGS])
    ]
    return ReviewView(
        review=review,
        result=result,
        pack=pack,
        facts=_facts(review),
        score=number(result.score or 0),
        share=round(100 * (result.score or 0) / result.max_score) if result.max_score else 0,
        counts=_counts(result),
        parts=_parts(cards, pack),
        findings=findings,
        findings_left=len(result.findings) - len(findings),
        todo=_todo(result),
        lines=marked_lines(result, shown),
        cut=len(review.text) > shown,
        changes=compare(review.before, result) if review.before else None,
        compared=compared(result),
        downloads=downloads(),
    )


def downloads(several: bool = False) -> list[tuple[str, str]]:
    """The formats that offices use, as far as there are renderers: name and title.  The others stay at their addresses.

    ``several``: for many reports at once, without the formats that hold one alone.
    """
    known = [name for name in OFFERED if name in RENDERERS]
    return [(name, RENDERERS[name].title) for name in known if not (several and is_single(name))]


def correctable(report: ReportResult) -> int:
    """How many findings of a report tell the one right form."""
    return sum(finding.fixed is not None and finding.suppressed is None for finding in report.findings)


def is_single(format: str) -> bool:
    """Whether a format holds one report alone."""
    return bool(getattr(RENDERERS[format], "single", False))


def _facts(review: Review) -> list[str]:
    result, options = review.result, review.options
    year = f"{result.report_year} 年度" if result.report_year is not None else "年度不明"
    told = [
        result.agency or "机关名称不明",
        year + ("（指定）" if options.year else ""),
        LEVELS.get(result.level or "", ""),
    ]
    told.append(f"按{BODIES[options.body]}检查（指定）" if options.body else "")
    return [clean(fact) for fact in told if fact]


def _counts(result: ReportResult) -> dict[str, int]:
    verdicts = Counter(element.verdict for element in result.elements)
    severities = Counter(finding.severity for finding in result.findings)
    return {**{key: verdicts[key] for key in VERDICTS}, **{key: severities[key] for key in SEVERITIES}}  # type: ignore[index]


def _element_card(
    index: int, element: ElementResult, result: ReportResult, pack: RulePack, words: Shown, shown: int
) -> ElementCard:
    rule = next((rule for rule in pack.elements if rule.id == element.id), None)
    model = _model(rule.model, result.report_year) if rule else ""
    points = f"{number(element.points)} / {number(element.max_points)} 分" if element.max_points else "不计分"
    return ElementCard(
        result=element,
        rule=rule,
        points=points,
        evidence=[_quote(evidence_id(index, i), item, words, shown) for i, item in enumerate(element.evidence)],
        candidates=[_quote(candidate_id(index, i), item, words, shown) for i, item in enumerate(element.candidates)],
        advice=_without_model(element.advice, model),
        model=model,
    )


def _model(model: str, year: int | None) -> str:
    """The model sentence for the report's own years."""
    return model.replace("{year}", str(year or "××××")).replace("{next}", str(year + 1) if year else "××××")


def _without_model(advice: str | None, model: str) -> str | None:
    """The advice without the model sentence at its end, which the page shows by itself."""
    if advice is None:
        return None
    quoted = model.replace("“", "‘").replace("”", "’")
    return advice.removesuffix(f"例如：“{quoted}”")


def _quote(id: str, item: Evidence | Finding, words: Shown, shown: int) -> Quote:
    text = clean(words.quote(item))
    short = text if len(text) <= _QUOTE else text[:_QUOTE] + "…"
    return Quote(id, place(item), short, item.note if isinstance(item, Evidence) else None, item.start < shown)


def _parts(cards: Sequence[ElementCard], pack: RulePack) -> list[Part]:
    parts = []
    for part in dict.fromkeys(card.result.part for card in cards):
        own = [card for card in cards if card.result.part == part]
        earned, asked = (sum(getattr(c.result, key) for c in own) for key in ("points", "max_points"))
        idle = [card for card in own if not card.result.max_points and card.result.verdict != "not-applicable"]
        note = f"{len(own)} 项中取最好的 {len(own) - len(idle)} 项计分，其余不计分。" if idle else None
        parts.append(Part(part_title(part, pack), f"{number(earned)} / {number(asked)} 分", own, note))
    return parts


def part_title(part: str, pack: RulePack) -> str:
    """What a part of the score is called: by the pack where it says so."""
    own = pack.parts.get(part)
    return own.title if own is not None else PARTS.get(part, part)


def blanks(text: str) -> str:
    """A rule's message with its blanks as a reader knows them: ``{year}`` and the like become dots."""
    return _BLANK.sub("……", text)


def _todo(result: ReportResult) -> list[Todo]:
    """The mends that win back most, in order."""
    todo = []
    for mend in mends(result)[:3]:
        if mend.element is not None:
            verb = "补写" if mend.element.verdict == "missing" else "充实"
            todo.append(Todo(f"{verb}“{mend.element.title}”", number(mend.gain), f"element-{mend.element.id}"))
        else:
            todo.append(Todo(f"改正 {len(mend.findings)} 处问题", number(mend.gain), "findings"))
    return todo
