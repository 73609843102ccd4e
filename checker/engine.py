"""The whole pass on one screen: view, layout, matches, context, verdicts, findings, score."""

from __future__ import annotations

from collections.abc import Sequence

from checker.compare.answers import LONGEST_COMPARED, find_answers
from checker.compiled import CompiledPack
from checker.context import facts, names
from checker.context.agency import find_agency
from checker.context.document import Document
from checker.context.roles import build_sections
from checker.context.title import Title, find_title
from checker.judge.elements import judge_element
from checker.judge.findings import find_all
from checker.judge.kind import judge_kind, likeness
from checker.judge.score import score
from checker.match.matcher import Hits
from checker.models.compared import PreviousResult
from checker.models.document import RawReport
from checker.models.result import Finding, PackInfo, ReportResult
from checker.models.rule import Body, RulePack
from checker.structure.layout import build_layout
from checker.structure.view import build_view

AnyPack = RulePack | CompiledPack


def check(
    report: RawReport,
    pack: AnyPack | Sequence[AnyPack],
    *,
    year: int | None = None,
    body: Body | None = None,
    previous: RawReport | None = None,
) -> ReportResult:
    """Judge one report by one pack, or by that one of several whose kind of document it is.

    Where it is of no pack's kind the first pack says so.  ``year`` and ``body`` override the report year and the
    kind of body that the text tells; ``previous`` is last year's report to compare with.
    Pure: reads nothing but its arguments.  Raises ``PackError`` if a pack's phrases are faulty.
    """
    packs = [pack] if isinstance(pack, RulePack | CompiledPack) else pack
    ready = [one if isinstance(one, CompiledPack) else _compiled(one) for one in packs]
    compiled, document = read_by_best(report, ready, year, body)
    return _judge(report, document, compiled, previous)


def read_by_best(
    report: RawReport, packs: Sequence[CompiledPack], year: int | None = None, body: Body | None = None
) -> tuple[CompiledPack, Document]:
    """The pack whose kind of document a report is, and the report as that pack reads it; the first pack if none."""
    read = [(pack, read_document(report, pack, year, body)) for pack in packs]
    if len(read) == 1:
        return read[0]
    likely = [(likeness(document, pack.pack), -index) for index, (pack, document) in enumerate(read)]
    (is_report, *_), index = max(likely)
    return read[-index] if is_report else read[0]


def _judge(report: RawReport, document: Document, compiled: CompiledPack, previous: RawReport | None) -> ReportResult:
    """Verdicts, findings and score of a report that has been read."""
    rules = compiled.pack.comparison
    kind, reason = judge_kind(document, compiled.pack)
    findings, failed = find_all(document, compiled.pack)
    scored = None
    if kind == "report":
        elements = [judge_element(document, element, rules) for element in compiled.pack.elements]
        scored = score(compiled.pack, elements, findings, document.level, document.body)
    answers = find_answers(document, compiled.pack) if kind == "report" else []
    return ReportResult.model_construct(
        file=report.name,
        kind=kind,
        kind_reason=reason,
        agency=document.agency,
        level=document.level,
        report_year=document.year,
        score=scored.total if scored else None,
        max_score=compiled.pack.scale.max_score,
        grade=scored.grade if scored else None,
        passed=scored.fail_reason is None if scored else None,
        fail_reason=scored.fail_reason if scored else None,
        deducted=scored.deducted if scored else 0.0,
        elements=scored.results if scored else [],
        findings=findings,
        rule_errors=failed,
        pack=PackInfo.model_construct(id=compiled.pack.id, version=compiled.pack.version),
        format=report.format,
        notes=list(report.notes),
        answers=answers,
        previous=_compared(document, previous, compiled, findings) if previous is not None else None,
        labels=rules.labels if rules and (answers or previous is not None) else None,
        source=report,
    )


def _compared(
    document: Document, previous: RawReport, compiled: CompiledPack, findings: list[Finding]
) -> PreviousResult:
    """The report set beside last year's."""
    from checker.compare.previous import compare  # only for runs that ask for it

    return compare(document, read_document(previous, compiled), compiled.pack, findings)


def read_document(
    report: RawReport, compiled: CompiledPack, year: int | None = None, body: Body | None = None
) -> Document:
    """Structure and match one report."""
    view = build_view(report.text, compiled.furniture)
    layout = build_layout(view, compiled.form)
    text = view.text
    told: list[facts.YearPlace] = []
    title: Title | None = None

    def find_year(hits: Hits) -> int | None:
        nonlocal title, told
        title = find_title(text, layout, hits, compiled.title_words)
        told = facts.find_years(text, layout, title, hits)
        return year if year is not None else facts.report_year(told, text, hits)

    wanted = compiled.wanted if len(text) <= LONGEST_COMPARED else compiled.wanted_at_least
    hits = compiled.matcher.scan(text, layout, wanted, find_year)
    report_year = year if year is not None else facts.report_year(told, text, hits)
    sections = build_sections(text, layout, hits, compiled.pack.sections, title.span.end if title else 0)
    agency = find_agency(text, layout, title, hits)
    kind = compiled.pack.document
    level = facts.classify(hits, {name: names.level(name) for name in kind.levels}, agency, text, title)
    body_kind = body or facts.classify(hits, {name: names.body(name) for name in kind.bodies}, agency, text, title)
    return Document(
        report, view, layout, hits, sections, title, report_year, told, agency, level, body_kind, compiled.pack.sections
    )


def _compiled(pack: RulePack) -> CompiledPack:
    if pack.compiled is None:
        from checker.compiling import compile_pack  # kept packs need none of it

        pack.remember(compile_pack(pack))
    compiled: CompiledPack = pack.compiled
    return compiled
