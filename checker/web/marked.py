"""The report's text as the page shows it: lines of pieces, each piece under its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from checker.models.result import ReportResult
from checker.render.marks import Mark, segments

HIDDEN = "＊"


@dataclass(frozen=True)
class Target:
    """What a mark belongs to: its look, the card it leads to, and what it is called."""

    look: str
    card: str
    title: str
    sensitive: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of a line under one set of marks; ``begins`` are the marks whose anchors stand here."""

    text: str
    ids: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    looks: str = ""
    card: str = ""
    title: str = ""


@dataclass
class Line:
    """A line of the text with its number."""

    number: int
    pieces: list[Piece] = field(default_factory=list)


def evidence_id(element: int, place: int) -> str:
    """What the page calls a piece of evidence: by the numbers of the element and of the place."""
    return f"e{element}-{place}"


def candidate_id(element: int, place: int) -> str:
    """What the page calls a passage to be asked about."""
    return f"c{element}-{place}"


def finding_id(finding: int) -> str:
    """What the page calls a finding."""
    return f"f{finding}"


def marked_lines(result: ReportResult, shown: int) -> list[Line]:
    """The first ``shown`` characters of the text, cut into lines and marked pieces."""
    text = result.source.text[:shown] if result.source else ""
    marks, targets = _marks(result)
    lines = [Line(1)]
    for segment in segments(text, marks):
        begins = segment.begins
        for index, part in enumerate(segment.text.split("\n")):
            if index:
                lines.append(Line(len(lines) + 1))
            part = part.removesuffix("\r")
            if part or begins:
                lines[-1].pieces.append(_piece(part, segment.ids, begins, targets))
                begins = ()
    return lines


def _marks(result: ReportResult) -> tuple[list[Mark], dict[str, Target]]:
    found = list(_places(result))
    return [mark for mark, _ in found], {mark.id: target for mark, target in found}


def _places(result: ReportResult) -> Iterator[tuple[Mark, Target]]:
    """Everything that is marked.  Findings come after evidence: where both cover a piece, it leads to the finding."""
    for number, element in enumerate(result.elements):
        evidence = Target(f"evidence {element.verdict}", f"element-{element.id}", f"依据：{element.title}")
        for index, place in enumerate(element.evidence):
            yield Mark(evidence_id(number, index), place.start, place.end), evidence
        candidate = Target("candidate", f"element-{element.id}", f"请核对：{element.title}")
        for index, place in enumerate(element.candidates):
            yield Mark(candidate_id(number, index), place.start, place.end), candidate
    for number, finding in enumerate(result.findings):
        target = Target(f"finding {finding.severity}", f"finding-{number}", f"问题：{finding.id}", finding.sensitive)
        yield Mark(finding_id(number), finding.start, finding.end), target


def _piece(text: str, ids: tuple[str, ...], begins: tuple[str, ...], targets: dict[str, Target]) -> Piece:
    if not ids:
        return Piece(text)
    covering = [targets[id] for id in ids]
    chosen = next((target for target in covering if target.look.startswith("finding")), covering[-1])
    if any(target.sensitive for target in covering):
        text = HIDDEN * len(text)
    looks = " ".join(dict.fromkeys(word for target in covering for word in target.look.split()))
    return Piece(text, ids, begins, looks, chosen.card, "；".join(_titles(covering)))


def _titles(targets: Sequence[Target]) -> list[str]:
    return list(dict.fromkeys(target.title for target in targets))
