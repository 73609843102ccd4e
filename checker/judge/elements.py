"""The verdict of each element: conditions over the evidence, the reason in words, the places to show."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from checker.context import names
from checker.context.document import Document
from checker.judge import clues
from checker.judge.candidates import find_candidates
from checker.judge.fingerprints import fingerprint
from checker.judge.homes import home
from checker.judge.quotes import quote_of
from checker.match.matcher import Hit
from checker.models.result import ElementResult, Evidence, Verdict
from checker.models.rule import Check, Clue, Comparison, Condition, Element, Fact, VerdictName, clue_names

MAX_EVIDENCE = 4
LEAST_EVIDENCE = 2  # with so many places to show, clues that no condition has asked for are not looked for
QUOTE = 120
_TELLING = re.compile(r"\d|[《两二三四五六七八九十][次场件期项个名人份家》]")
Evidence_ = Mapping[str, list[Hit]]


class Found(dict[str, list[Hit]]):
    """The evidence of each clue, looked for when a condition first asks for it."""

    def __init__(self, document: Document, element: Element) -> None:
        super().__init__()
        self._document, self._element = document, element

    def __missing__(self, name: str) -> list[Hit]:
        hits = clues.find(self._document, names.clue(self._element.id, name), self._element.clues[name])
        self[name] = hits
        return hits


FACTS: dict[Fact, Callable[[Document], bool]] = {
    "title-line": lambda document: document.title is not None,
    "title-year": lambda document: document.title is not None and document.title.year is not None,
    "title-agency": lambda document: document.title is not None and document.title.agency is not None,
}


def judge_element(document: Document, element: Element, rules: Comparison | None = None) -> ElementResult:
    """Weigh the evidence found for one element; ``rules`` tell what else may be meant where it seems to lack."""
    if not applies(element, document):
        return _result(document, element, "not-applicable", "本年度或这类机关不要求这一项。")
    found = Found(document, element)
    verdict: VerdictName = "missing"
    if holds(element.met, found, document):
        verdict = "met"
    elif holds(element.weak, found, document):
        verdict = "weak"
    reason = next(
        (b.say for b in element.because if b.verdict == verdict and holds(b.when, found, document)),
        element.reasons[verdict],
    )
    evidence = [
        quote(document, hit, element.clues[name] if name else None)
        for name, hit in _shown(element, verdict, found, document)
    ]
    candidates = find_candidates(document, element, rules, evidence) if verdict != "met" else []
    belongs = home(document, element) if verdict == "missing" else None
    return _result(
        document, element, verdict, reason, evidence, candidates, quote(document, belongs, None) if belongs else None
    )


def applies(rule: Element, document: Document) -> bool:
    """Whether a rule asks anything of a report of this year, level and kind of body."""
    condition = rule.applies
    if condition.years and document.year is not None and not year_matches(condition.years, document.year):
        return False
    if condition.bodies and document.body is not None and document.body not in condition.bodies:
        return False
    return not (condition.levels and document.level is not None and document.level not in condition.levels)


def year_matches(condition: str, year: int) -> bool:
    """Whether a year fulfils a condition such as ``>=2019``; a bare year means that very year."""
    match = re.fullmatch(r"(>=|<=|>|<|=)?(\d{4})", condition)
    if match is None:
        return True
    bound = int(match[2])
    return {
        ">=": year >= bound, "<=": year <= bound, ">": year > bound, "<": year < bound,
    }.get(match[1] or "=", year == bound)  # fmt: skip


def holds(check: Check, found: Evidence_, document: Document) -> bool:
    """Whether a condition holds over the evidence."""
    if isinstance(check, str):
        return bool(found[check])
    if check.any is not None:
        return any(holds(part, found, document) for part in check.any)
    if check.all is not None:
        return all(holds(part, found, document) for part in check.all)
    if check.none is not None:
        return not any(holds(part, found, document) for part in check.none)
    if check.count is not None:
        return _count(check, found, document) >= check.at_least
    if check.together is not None:
        return bool(_together(check, found, document))
    return check.fact is not None and FACTS[check.fact](document)


def _count(check: Condition, found: Evidence_, document: Document) -> int:
    places = {document.unit(hit[0], "clause") for name in check.count or () for hit in found[name]}
    return len(places)


def _together(check: Condition, found: Evidence_, document: Document) -> set[int]:
    """The units in which every named clue has evidence."""
    units = [{document.unit(hit[0], check.within) for hit in found[name]} for name in check.together or ()]
    return set.intersection(*units) if units else set()


def _shown(element: Element, verdict: Verdict, found: Found, document: Document) -> list[tuple[str, Hit]]:
    """The places that carry the verdict, the most telling first."""
    if verdict == "missing":
        return []
    check = element.met if verdict == "met" else element.weak
    first = element.shows if verdict == "met" else ()
    shown: list[tuple[str, Hit]] = []
    taken: set[int] = set()
    for name in dict.fromkeys([*first, *clue_names(check)]):
        if len(shown) >= MAX_EVIDENCE:
            break
        if len(shown) >= LEAST_EVIDENCE and name not in found and name not in first:
            continue  # no clue is looked for only to show more of the same
        for hit in sorted(found[name], key=lambda hit: _plainness(document, element, hit)):
            clause = document.unit(hit[0], "clause")
            if clause not in taken and len(shown) < MAX_EVIDENCE:
                taken.add(clause)
                shown.append((name, hit))
    if not shown and document.title is not None:
        shown.append(("", document.title.span))
    return shown


def _plainness(document: Document, element: Element, hit: Hit) -> tuple[bool, bool, bool]:
    """How little a place tells: a heading, a part not the element's own, a clause without figure or title of a paper."""
    layout, text = document.layout, document.view.text
    clause = layout.clause_span(layout.clause[hit[0]])
    wording = text[clause.start : max(clause.end, hit[1])]
    elsewhere = bool(element.home) and document.role_at(hit[0]) not in element.home
    return document.in_heading(hit[0]), elsewhere, not _TELLING.search(wording)


def _model(element: Element, document: Document) -> str:
    """The model sentence, for the report's own years."""
    year = document.year
    told = {"{year}": str(year) if year else "××××", "{next}": str(year + 1) if year else "××××"}
    model = element.model
    for blank, value in told.items():
        model = model.replace(blank, value)
    return model.replace("“", "‘").replace("”", "’")


def _result(
    document: Document,
    element: Element,
    verdict: Verdict,
    reason: str,
    evidence: Sequence[Evidence] = (),
    candidates: Sequence[Evidence] = (),
    belongs: Evidence | None = None,
) -> ElementResult:
    return ElementResult.model_construct(
        id=element.id,
        title=element.title,
        part=element.part,
        verdict=verdict,
        points=0.0,
        max_points=element.weight if verdict != "not-applicable" else 0.0,
        reason=reason,
        advice=None if verdict in ("met", "not-applicable") else f"{element.advice}例如：“{_model(element, document)}”",
        basis=element.basis,
        evidence=list(evidence),
        fingerprint=fingerprint(element.id, verdict),
        candidates=list(candidates),
        home=belongs,
    )


def quote(document: Document, hit: Hit, clue: Clue | None) -> Evidence:
    """A place to show: the clauses (or the sentence) a hit touches, as an exact slice of the source."""
    layout = document.layout
    if document.title and hit == document.title.span:  # the line may go on behind it, its end lost
        return quote_of(document, hit, *hit, clue.note if clue else None)
    start = layout.clause_span(layout.clause[hit[0]]).start
    end = layout.clause_span(layout.clause[hit[1] - 1]).end
    if clue is not None and clue.quote == "sentence":
        start, end = document.bounds(hit, "sentence")
    if end - start > QUOTE:
        start, end = max(start, hit[0] - 20), min(end, max(hit[1], hit[0] + QUOTE - 20))
    return quote_of(document, hit, start, end, clue.note if clue else None)
