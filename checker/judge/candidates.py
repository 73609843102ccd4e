"""The nearest passages where an element seems missing or weak: to be asked about (是否指此处？), never proof.

They are found by relaxed rules: what the element's clues find and refuse for its time or its denial, the wordings that
the pack lists for it, for a missing one its topics; likeness to the model sentence decides between them.  Each tells
why it does not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from checker.context import names
from checker.context.document import Document
from checker.judge import clues
from checker.judge.quotes import quote_of
from checker.match.matcher import Hit
from checker.models.result import Evidence
from checker.models.rule import Candidate, Comparison, Element
from checker.structure.view import HAN

MOST = 3
_REFUSED, _LISTED, _TOPIC = 1.2, 1.0, 0.8  # how much each tells
_RUN = re.compile(f"{HAN}{{2,}}")
_STOP = re.compile("[。;!?]")
_LONGEST = 120


def find_candidates(
    document: Document, element: Element, rules: Comparison | None, evidence: list[Evidence]
) -> list[Evidence]:
    """At most ``MOST`` passages in the order of the text, none of them evidence already."""
    scores: defaultdict[int, float] = defaultdict(float)
    places: dict[int, Hit] = {}
    for hit, weight in _hints(document, element, rules, missing=not evidence):
        sentence = document.layout.sentence_at(hit[0])
        scores[sentence] = max(scores[sentence], weight)
        places.setdefault(sentence, hit)
    if not scores:
        return []
    shown = [(item.start, item.end) for item in evidence]
    model = _pairs(element.model)
    ranked = []
    for sentence, score in scores.items():
        span = document.layout.sentences[sentence]
        start, end = document.view.to_source(span.start, span.end)
        if any(one < end and start < other for one, other in shown):
            continue
        alike = len(_pairs(document.view.text[span.start : span.end]) & model) / max(len(model), 1)
        ranked.append((score + alike, -sentence))
    best = sorted(-number for _, number in sorted(ranked, reverse=True)[:MOST])
    return [_shown(document, element, places[number]) for number in best]


class _Body:
    """Tells running text from the title, headings and titles of papers; each sentence is looked through once."""

    def __init__(self, document: Document) -> None:
        self._document, self._prose = document, dict[int, bool]()
        self._start = document.title_end

    def __contains__(self, hit: Hit) -> bool:
        document = self._document
        if hit[0] < self._start or document.in_heading(hit[0]) or document.is_quoted(hit):
            return False
        number = document.layout.sentence_at(hit[0])
        if number not in self._prose:
            span = document.layout.sentences[number]
            self._prose[number] = _STOP.search(document.view.text, span.start, span.end) is not None
        return self._prose[number]


def _hints(
    document: Document, element: Element, rules: Comparison | None, missing: bool
) -> Iterator[tuple[Hit, float]]:
    """Hits that may tell of the element, and how much each tells."""
    body = _Body(document)
    for name in element.met_clues:
        if element.clues[name].within_roles or element.clues[name].near:
            continue  # without its conditions such a clue tells nothing
        for hit in document.hits.get(names.clue(element.id, name), ()):
            if hit in body and _refused_for_time(document, hit):
                yield hit, _REFUSED
    if rules is None:
        return
    listed = rules.candidates.get(element.id)
    if listed is not None:
        for hit in document.hits.get(names.candidate(element.id), ()):
            if hit in body and _in_parts(document, hit, listed):
                yield hit, _LISTED
    for topic in rules.topics_of_elements.get(element.id, ()) if missing else ():
        for hit in document.hits.get(names.topic(topic), ()):
            if hit in body:
                yield hit, _TOPIC


def _refused_for_time(document: Document, hit: Hit) -> bool:
    return document.is_planned(hit) or document.is_denied(hit) or document.is_earlier(hit)


def _in_parts(document: Document, hit: Hit, rule: Candidate) -> bool:
    role = document.role_at(hit[0])
    wanted = clues.roles_of(rule.within_roles, document) if rule.within_roles else None
    refused = clues.roles_of(rule.not_in, document) if rule.not_in else frozenset()
    return (wanted is None or role in wanted) and role not in (refused or ())


def _pairs(text: str) -> set[str]:
    return {run[index : index + 2] for run in _RUN.findall(text) for index in range(len(run) - 1)}


def _shown(document: Document, element: Element, hit: Hit) -> Evidence:
    """The clauses around a hit, with a note on why they do not count."""
    layout = document.layout
    sentence = layout.sentences[layout.sentence_at(hit[0])]
    start, end = sentence
    if end - start > _LONGEST:
        start = layout.clause_starts[layout.clause[hit[0]]]
        last = bisect_left(layout.clause_starts, start + _LONGEST) - 1
        end = max(min(layout.clause_starts[last], sentence.end), layout.clause_span(layout.clause[hit[1] - 1]).end)
        end = min(end, start + 2 * _LONGEST)
    return quote_of(document, hit, start, end, why_not(document, element, hit))


def why_not(document: Document, element: Element, hit: Hit) -> str:
    """Why a passage is no evidence, as far as its place and time tell."""
    if document.is_denied(hit):
        return "写的是没有做到"
    asked = [element.clues[name] for name in element.met_clues]
    of_the_year = any(clue.time == "done" for clue in asked)
    if document.is_planned(hit) and of_the_year:
        return "写的是计划"
    if document.is_earlier(hit) and of_the_year:
        return "写的是往年的事"
    role = document.role_at(hit[0])
    allowed = [clues.roles_of(clue.within_roles, document) for clue in asked]
    if asked and all(roles is not None and role not in roles for roles in allowed):
        rule = document.rules.roles.get(role)
        return f"写在“{rule.title if rule else role}”部分"
    return "写得不够具体，或没有点明"
