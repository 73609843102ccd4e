"""What changed between two runs over the same report: elements up and down, findings gone and new, the score."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from checker.models.result import ElementResult, ReportResult
from checker.render.shown import Shown

_RANK = {"missing": 0, "weak": 1, "not-applicable": 2, "met": 2}


@dataclass(frozen=True)
class Moved:
    """An element whose verdict changed."""

    before: ElementResult
    after: ElementResult


@dataclass(frozen=True)
class Changes:
    """The difference of two runs; ``score`` is ``None`` where one of them has none.  ``gone`` and ``new`` are findings in
    words that may be shown."""

    score: float | None
    up: list[Moved]
    down: list[Moved]
    gone: list[str]
    new: list[str]
    kind_changed: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed that a user would notice."""
        return not (self.score or self.up or self.down or self.gone or self.new or self.kind_changed)


def compare(before: ReportResult, after: ReportResult) -> Changes:
    """What the later run says otherwise than the earlier one."""
    earlier = {element.id: element for element in before.elements}
    moved = [Moved(earlier[e.id], e) for e in after.elements if e.id in earlier]
    score = None
    if before.score is not None and after.score is not None:
        score = round(after.score - before.score, 2)
    return Changes(
        score=score,
        up=[m for m in moved if _RANK[m.after.verdict] > _RANK[m.before.verdict]],
        down=[m for m in moved if _RANK[m.after.verdict] < _RANK[m.before.verdict]],
        gone=_without(before, after),
        new=_without(after, before),
        kind_changed=before.kind != after.kind,
    )


def _without(one: ReportResult, other: ReportResult) -> list[str]:
    """What one run found and the other did not, by rule and words; moved text is no change."""
    left = Counter((finding.id, finding.text) for finding in other.findings)
    shown = Shown(one)
    kept = []
    for finding in one.findings:
        key = (finding.id, finding.text)
        if left[key]:
            left[key] -= 1
        else:
            kept.append(shown.message(finding))
    return kept
