"""The plan for the year to come, dated with another year: a leftover of the year before, or a slip."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.context.document import Document
from checker.judge.detectors.fault import Fault
from checker.judge.detectors.places import first_within, overlaps, starts_at, tell, told_year, within, words
from checker.match import builtins
from checker.match.matcher import Hit
from checker.models.detectors import PlanYearRule
from checker.models.document import Heading
from checker.models.rule import RulePack
from checker.structure.heading_marks import ITEM, MAIN

_REACH = 40  # how far behind the year its plan word may stand
_LEAD, _FAR_LEAD = 4, 24  # how far before the year a deadline, or the making of a plan, may begin
_TAIL = 0.6  # where a report without headings may turn to the plan
_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_FULL_WIDTH = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}


class _Stretch(NamedTuple):
    """A stretch of plan, from its heading or first sentence on."""

    start: int
    end: int
    opening_end: int  # where the sentence ends that opens it, its headings left aside


def detect(document: Document, rule: PlanYearRule, pack: RulePack) -> list[Fault]:
    """A fault at each heading and each sentence that dates the plan with another year than the one to come."""
    if told_year(document) is None:
        return []
    headings = list(_wrong_headings(document, rule))
    faults = [_tell(document, rule, span, year) for _, span, year in headings]
    plans = _plans(document, [heading for heading, _, _ in headings])
    for year in _wrong_years(document):
        index = bisect_right(plans, (year[0], len(document.view.text))) - 1
        plan = plans[index] if index >= 0 and year[0] < plans[index].end else None
        end = _dated(document, rule, year, plan) or _over(document, rule, year, plan)
        if end is not None:
            faults.append(_tell(document, rule, (year[0], end), year))
    return faults


def _wrong_years(document: Document) -> list[Hit]:
    """Years other than the one after the report year, in order."""
    following = set(document.hits.get(builtins.NEXT_YEAR, ()))
    return [hit for hit in document.hits.get(builtins.YEAR, ()) if hit not in following]


def _wrong_headings(document: Document, rule: PlanYearRule) -> Iterator[tuple[Heading, Hit, Hit]]:
    """Headings of the plan that bear a wrong year: the heading, the place, the year."""
    sure, weak = words(document, rule, "plan-heading"), words(document, rule, "plan-heading-weak")
    done = words(document, rule, "done")
    years = document.hits.get(builtins.YEAR, [])
    wrong = set(_wrong_years(document))
    last = max((h.start for h in document.layout.headings if h.level == 1), default=-1)
    for heading in document.layout.headings:
        noun = first_within(sure, heading.start, heading.end)
        alone = heading.start == last and (noun is not None or _follows_shortcomings(document, rule, heading))
        noun = noun or first_within(weak, heading.start, heading.end)
        if noun is None or overlaps(done, heading.start, heading.end) or not _opens_plan(document, heading, alone):
            continue
        before = within(years, heading.start, noun[0])
        if before and before[-1] in wrong and not starts_at(words(document, rule, "not-dating"), before[-1][1]):
            yield heading, (before[-1][0], noun[1]), before[-1]


def _follows_shortcomings(document: Document, rule: PlanYearRule, heading: Heading) -> bool:
    """Whether the section before a heading is one that the plan usually follows."""
    number = document.section_at(heading.start)
    return number > 0 and document.sections[number - 1].role in rule.options.before_plan


def _opens_plan(document: Document, heading: Heading, alone: bool) -> bool:
    """Whether a heading stands over plan: by its role, by what follows at once, or by its place alone."""
    if (heading.level > 1 and heading.style != MAIN) or (document.title and heading.start < document.title.span.end):
        return False
    number = document.section_at(heading.start)
    roles = [section.role for section in document.sections[number : number + 2]]
    return any(_is_plan(document, role) for role in roles) or alone


def _is_plan(document: Document, role: str) -> bool:
    return document.rules.roles[role].time == "planned"


def _plans(document: Document, headings: list[Heading]) -> list[_Stretch]:
    """Stretches of plan: neighbouring sections of that role without a main heading between them, and what stands under
    a heading told to be plan."""
    stretches = [(s.start, s.end) for s in document.sections if _is_plan(document, s.role)]
    firsts = [h.start for h in document.layout.headings if h.level == 1]
    main = set(firsts)
    for heading in headings:
        index = bisect_right(firsts, heading.start)
        stretches.append((heading.start, firsts[index] if index < len(firsts) else len(document.view.text)))
    joined: list[Hit] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1] and (start < joined[-1][1] or start not in main):
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return [_Stretch(start, end, _opening_end(document, start, end)) for start, end in joined]


def _opening_end(document: Document, start: int, end: int) -> int:
    """Where the sentence ends that opens a stretch of plan, its headings left aside."""
    sentences = document.layout.sentences
    number = document.layout.sentence_at(start)
    while (
        number + 1 < len(sentences) and sentences[number].start < end and document.in_heading(sentences[number].start)
    ):
        number += 1
    return sentences[number].end


def _dated(document: Document, rule: PlanYearRule, year: Hit, plan: _Stretch | None) -> int | None:
    """Where the wording ends by which a year dates the plan, ``None`` where it does not."""
    if document.is_quoted(year) or starts_at(words(document, rule, "not-dating"), year[1]):
        return None
    if _in_heading_line(document, year):  # judged as a heading
        return None
    first = plan is not None and year[0] < plan.opening_end
    if not _at_start(document, rule, year, clause=first):
        return None
    text, sentence = document.view.text, document.layout.sentences[document.layout.sentence_at(year[0])]
    limit = min(sentence.end, year[1] + _REACH)
    if plan is None and year[0] < _TAIL * len(text):
        return None
    later = builtins.year_value(text[slice(*year)]) > (document.year or 0)
    if later and not first:  # a goal further off is rightly named inside a plan
        return None
    word = _plan_word(document, rule, plan, year[1], limit)
    if word is None or overlaps(words(document, rule, "done"), year[1], word[1]):
        return None
    return word[1]


def _over(document: Document, rule: PlanYearRule, year: Hit, plan: _Stretch | None) -> int | None:
    """Where the wording ends by which a plan sets a deadline that is over when it is written, or will make a plan for a
    year that is; ``None`` if it does not."""
    late = (document.year or 0) - builtins.year_value(document.view.text[slice(*year)])
    if plan is None or late not in (0, 1):  # one further back is history
        return None
    end = _around(words(document, rule, "named-plan"), year, _FAR_LEAD)
    return end if end or document.is_quoted(year) else _around(words(document, rule, "deadline"), year, _LEAD)


def _around(tellings: Sequence[Hit], year: Hit, lead: int) -> int | None:
    """Where the first telling ends that begins little before a year and holds it."""
    places = range(bisect_left(tellings, (year[0] - lead, 0)), bisect_right(tellings, (year[0], year[1] + _REACH)))
    return next((tellings[index][1] for index in places if tellings[index][1] > year[1]), None)


def _plan_word(document: Document, rule: PlanYearRule, plan: _Stretch | None, start: int, end: int) -> Hit | None:
    """The first word that speaks of plan: outside a plan only strong ones do, under a heading of its own weak ones too."""
    if plan is None:
        return first_within(words(document, rule, "strong-plan"), start, end)
    sure = first_within(words(document, rule, "plan"), start, end)
    weak = first_within(words(document, rule, "weak-plan"), start, end) if _is_headed(document, plan) else None
    return min(filter(None, (sure, weak)), default=None)


def _is_headed(document: Document, plan: _Stretch) -> bool:
    """Whether a stretch of plan begins with a heading."""
    headings = document.layout.headings
    index = bisect_left(headings, plan.start, key=lambda heading: heading.start)
    return index < len(headings) and headings[index].start == plan.start


def _in_heading_line(document: Document, year: Hit) -> bool:
    """Whether a year stands in a heading that has its line to itself."""
    headings = document.layout.headings
    index = bisect_right(headings, year[0], key=lambda heading: heading.start) - 1
    return index >= 0 and year[0] < headings[index].end and not headings[index].run_in


def _at_start(document: Document, rule: PlanYearRule, year: Hit, *, clause: bool) -> bool:
    """Whether a year opens its sentence (or clause): nothing but a mark, an item number, a heading or a lead word
    before it."""
    layout = document.layout
    start = layout.sentences[layout.sentence_at(year[0])].start
    index = bisect_left(layout.headings, start, key=lambda heading: heading.start)
    headed = index < len(layout.headings) and layout.headings[index].start == start
    starts = {layout.headings[index].mark_end if headed else start}
    item = ITEM.match(document.view.text, document.bounds(year, "segment")[0])
    if item:
        starts.add(item.end())
    if clause:
        starts.add(layout.clause_span(layout.clause[year[0]]).start)
        if headed:  # the heading's line end may be lost
            starts.update(end for _, end in within(words(document, rule, "plan-heading"), start, year[0]))
    if year[0] in starts:
        return True
    leads = words(document, rule, "lead")
    return any((begin, year[0]) in within(leads, begin, year[0]) for begin in starts)


def _tell(document: Document, rule: PlanYearRule, span: Hit, year: Hit) -> Fault:
    """The fault, with the slice as it should read: the year after the report's, in the same digits."""
    start, end = document.view.to_source(*span)
    first, last = document.view.to_source(*year)
    source = document.report.text
    right = str((document.year or 0) + 1)
    if not document.view.text[slice(*year)].rstrip("年").isascii():
        right = right.translate(_CHINESE)
    elif source[first] in _FULL_WIDTH.values():
        right = right.translate(_FULL_WIDTH)
    fixed = source[start:first] + right + "年" + source[last:end]
    values = {
        "found": str(builtins.year_value(document.view.text[slice(*year)])),
        "next": str((document.year or 0) + 1),
        "year": str(document.year),
    }
    return tell(document, rule, "dated", span, fixed=fixed, values=values)
