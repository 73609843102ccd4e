"""A report set beside last year's: the whole comparison on one screen."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from checker.compare import copied
from checker.compare.figures import figures, unchanged
from checker.compare.followed import Follower
from checker.compare.passages import units
from checker.compare.places import place, quoted
from checker.context.document import Document
from checker.judge.findings import find_sensitive
from checker.judge.kind import judge_kind
from checker.match import builtins
from checker.models.compared import Copied, Pair, PreviousResult, Slice, YearLeft
from checker.models.document import Span
from checker.models.result import Finding
from checker.models.rule import Comparison, RulePack
from checker.structure.view import squeeze


def compare(this: Document, last: Document, pack: RulePack, findings: Sequence[Finding]) -> PreviousResult:
    """What this year's report says of last year's, and what it took over from it.

    ``findings`` are those of this year's report: a year they tell already is not told again.
    """
    rules = pack.comparison
    notes = _notes(this, last, pack)
    base = {"file": last.report.name, "agency": last.agency, "report_year": last.year}
    if rules is None:
        notes.append("这个规则包没有写明怎样与上年度报告比对（comparison.yaml），没有比对。")
        empty = Copied(share=0.0, passages=[])
        return PreviousResult(
            **base, notes=notes, problems=[], plans=[], copied=empty, unchanged_figures=[], years_left=[]
        )
    follower = Follower(this, last, pack, rules)
    formulas = _formulas(rules, pack)
    here = copied.segments(this, units(this), formulas)
    before = copied.segments(last, units(last), formulas)
    taken = copied.find_taken(here, before)
    passages = copied.runs(taken, here)
    left = [here[item.here].span for item in taken]
    return PreviousResult(
        **base,
        notes=notes,
        problems=follower.problems(),
        plans=follower.plans(),
        copied=Copied(
            share=copied.share(passages, here),
            passages=[
                Pair(
                    here=place(this, Span(here[first.here].span.start, here[end.here].span.end)),
                    before=place(last, Span(before[first.before].span.start, before[end.before].span.end)),
                )
                for first, end in passages
            ],
        ),
        unchanged_figures=[
            Pair(here=place(this, one.span), before=place(last, other.span))
            for one, other in unchanged(figures(this, rules, left), figures(last, rules))
        ],
        years_left=list(_years_left(this, last, here, before, taken, findings)),
        sensitive=_sensitive(last, pack),
    )


def _sensitive(last: Document, pack: RulePack) -> list[Slice]:
    """What of last year's report is not for display, though it may stand in a passage quoted."""
    return [Slice(start=found.start, end=found.end, text=found.text) for found in find_sensitive(last, pack)]


def _notes(this: Document, last: Document, pack: RulePack) -> list[str]:
    """What makes the comparison doubtful, in words."""
    notes = []
    kind, reason = judge_kind(last, pack)
    if kind == "other":
        notes.append(f"用来比对的文件不是这类报告（{reason.rstrip('。')}），比对结果仅供参考。")
    if this.year is not None and last.year is not None and last.year != this.year - 1:
        notes.append(
            f"用来比对的是 {last.year} 年度报告，不是上一年度（{this.year - 1} 年度）的报告，比对结果仅供参考。"
        )
    elif this.year is None or last.year is None:
        notes.append("有一份报告看不出年度，不能确认是否为上一年度的报告。")
    if this.agency and last.agency and not same_agency(this.agency, last.agency):
        notes.append(f"用来比对的是“{last.agency}”的报告，与“{this.agency}”不是同一机关，比对结果仅供参考。")
    return notes


def same_agency(one: str, other: str) -> bool:
    """Whether two names can be one agency's: the same, or one short of the other's place name."""
    shorter, longer = sorted((squeeze(one), squeeze(other)), key=len)
    return shorter == longer or (len(shorter) >= 4 and longer.endswith(shorter))


def _formulas(rules: Comparison, pack: RulePack) -> re.Pattern[str]:
    """The set phrases that may be the same every year."""
    own = list(rules.set_phrases)
    own += [
        phrase
        for finding in pack.findings
        if finding.id == rules.set_phrases_of
        for phrase in getattr(finding.options, "set_phrases", ())
    ]
    words = sorted({squeeze(word) for word in own if squeeze(word)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def _years_left(
    this: Document,
    last: Document,
    here: Sequence[copied.Segment],
    before: Sequence[copied.Segment],
    taken: Sequence[copied.Taken],
    findings: Sequence[Finding],
) -> Iterator[YearLeft]:
    """Years of sentences taken over that were right last year and stand unchanged."""
    if this.year is None or last.year is None or this.year <= last.year:
        return
    told = sorted((finding.start, finding.end) for finding in findings)
    for item in taken:
        one, other = here[item.here], before[item.before]
        if not _opens_alike(this, last, one.span, other.span, last.year):
            continue
        for start, end in _years_in(this, one.span, last.year):
            match = next(iter(_years_in(last, other.span, last.year)), None)
            found = quoted(this, Span(start, min(one.span.end, end + 24)))
            if match is None or _overlaps(told, found.start, found.end):
                continue
            old = quoted(last, Span(match[0], min(other.span.end, match[1] + 24)))
            yield YearLeft(here=found, before=old, year=last.year, expected=this.year)
            break


def _opens_alike(this: Document, last: Document, one: Span, other: Span, year: int) -> bool:
    """Whether both passages name last year's report year equally often, and this one no other report year."""
    count = len(list(_years_in(this, one, year)))
    return 0 < count == len(list(_years_in(last, other, year)))


def _years_in(document: Document, span: Span, year: int) -> Iterator[tuple[int, int]]:
    """The places of a passage that name a year, outside the titles of papers."""
    hits = document.hits.get(builtins.YEAR, ())
    for index in range(bisect_left(hits, (span.start, 0)), len(hits)):
        start, end = hits[index]
        if start >= span.end:
            return
        if builtins.year_value(document.view.text[start:end]) == year and not document.is_quoted((start, end)):
            yield start, end


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(one < end and start < other for one, other in spans)
