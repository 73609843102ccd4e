"""Whether a document is of the kind a pack judges, and why, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from checker.context import names
from checker.context.document import Document
from checker.context.title import find_headlines, line_start_of
from checker.match import builtins
from checker.match.matcher import Hit
from checker.models.rule import RulePack

_HEAD = 400
_LONGEST_HEADLINE = 70
_BEHIND_TITLE = 6  # so far behind a title's words its line may name another kind: a report's interpretation, say
_RARER = 2  # a text that speaks of many sides of the matter, at its head too, may do it so much more rarely
_MOSTLY_INTENDED = 3
_LEAST_INTENDED = 12
_MUCH_INTENDED = 0.2  # of the segments
_SOME_INTENDED = 2  # segments: fewer say nothing of a whole text
_MOSTLY_AHEAD = 0.5  # of the clauses


def likeness(document: Document, pack: RulePack) -> tuple[bool, bool, float]:
    """How much a document is of the kind that a pack judges, to be held against that of other packs: whether it is,
    whether its title says so, and how densely its text speaks of the matter."""
    mentions = len(document.hits.get(names.SIGNAL, ()))
    is_report = judge_kind(document, pack)[0] == "report"
    return is_report, document.title is not None, mentions / max(len(document.view.text), 1)


def judge_kind(document: Document, pack: RulePack) -> tuple[Literal["report", "other"], str]:
    """``report`` or ``other`` with the reason: by the title first, else by what the text is about; only a text that
    tells of work done is a report."""
    kind = pack.document
    text, hits = document.view.text, document.hits
    other = _other_title(document)
    if other:
        return "other", f"标题“{other}”表明这是另一类文件，不是{kind.name}。"
    contrary = len(hits.get(names.CONTRARY, ()))
    signals = len({text[start:end] for start, end in hits.get(names.SIGNAL, ())})
    mentions = len(hits.get(names.SIGNAL, ()))
    many = kind.many_signals is not None and signals >= kind.many_signals
    wide = many and _at_head(hits.get(names.SIGNAL, ()))
    dense = mentions * 1000 / max(len(text), 1) >= kind.least_per_thousand / (_RARER if wide else 1)
    if document.title is None:
        formula = _at_head(hits.get(names.TITLE, ())) or (
            _is_addressed(document) and _at_head(hits.get(names.ANNOUNCES, ()))
        )
        enough = mentions >= kind.least_signals and signals >= 3 and dense
        if contrary or not (enough or (formula and signals >= 3)):
            return "other", f"没有{kind.name}的标题，正文也不以相关工作为主要内容。"
        reason = f"没有标题行，但正文多处（{mentions} 处）记述相关工作，按{kind.name}审查。"
    else:
        if contrary > 2:
            return "other", f"标题写明“{_line(text, document.title.span)}”，但正文不是{kind.name}的写法。"
        reason = f"标题“{_line(text, document.title.span)}”表明是{kind.name}。"
    told, intended = _told_and_intended(document)
    untitled = document.title is None and (not told or intended > _SOME_INTENDED)
    hardly = told < kind.least_told and (untitled or _is_ahead(document, told, intended))
    if hardly or intended > max(_MOSTLY_INTENDED * told, _LEAST_INTENDED):
        return "other", f"全文只有部署、打算，没有记述已经做了什么，不是{kind.name}。"
    return "report", reason


def _at_head(found: Sequence[Hit]) -> bool:
    return any(start < _HEAD for start, _ in found)


def _is_addressed(document: Document) -> bool:
    """Whether a line at the head names a body that such documents are sent to, and nothing else."""
    text = document.view.text
    return any(
        start < _HEAD
        and text[end : end + 1] == "\n"
        and not any(mark in text[line_start_of(text, start) : start] for mark in "。,;")
        for start, end in document.hits.get(names.ADDRESSEE, ())
    )


def _other_title(document: Document) -> str | None:
    """A title line that names another kind of document."""
    text, title = document.view.text, document.title
    numbered = {heading.start for heading in document.layout.headings if heading.mark_end > heading.start}
    if title is None and (headline := _headline(document)) is not None:
        return headline
    for start, end in document.hits.get(names.OTHER_TITLE, ()):
        if start > _HEAD:
            return None
        line_start = line_start_of(text, start)
        if line_start in numbered:
            continue
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        if title is not None:
            goes_on = start >= title.span.start and end > title.span.end and start - title.span.end <= _BEHIND_TITLE
            if goes_on and "\n" not in text[title.span.end : start]:
                return text[line_start : min(line_end, line_start + 60)]
            continue
        is_line = line_end - line_start <= 70 and not any(mark in text[line_start:start] for mark in "。,;:")
        if is_line and text[end : end + 1] in ("\n", "", "(", "["):
            return text[line_start:line_end]
    return None


def _headline(document: Document) -> str | None:
    """A line at the head of a text that tells news of such a document, where nothing else is its title."""
    text = document.view.text
    for start, end in find_headlines(document.layout, document.hits):
        line_start, line_end = line_start_of(text, start), text.find("\n", end)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        if len(line) <= _LONGEST_HEADLINE and not any(mark in line for mark in "。,;"):
            return line
    return None


def _told_and_intended(document: Document) -> tuple[int, int]:
    """How many places tell of things done, and how many segments plan or set a target instead.

    Where no usual wording of deeds stands, segments with a figure count half.
    """
    intended = {document.unit(hit[0], "segment") for hit in document.hits.get(names.INTENDED, ())}

    def done(name: str) -> set[int]:
        units = {
            document.unit(hit[0], "segment") for hit in document.hits.get(name, ()) if not document.is_planned(hit)
        }
        return units - intended

    return max(len(done(names.TOLD)), len(done(builtins.QUANTITY)) // 2), len(intended)


def _is_ahead(document: Document, told: int, intended: int) -> bool:
    """Whether most of a text under the right title speaks of what is to be done; slogans about the year do not."""
    ahead = sum(document.planned) / len(document.planned)
    asked = intended / (document.layout.segment_of_clause[-1] + 1)
    only_asks = not told and intended >= _SOME_INTENDED and asked > _MUCH_INTENDED
    return only_asks or ahead > _MOSTLY_AHEAD


def _line(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]].replace("\n", " ")[:60]
