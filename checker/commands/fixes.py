"""The outcome of a correction as text: what was changed, what was left and why, a line each."""

from __future__ import annotations

from checker.edits import smallest
from checker.fix import Correction, Fixed, Left
from checker.models.compared import Slice
from checker.models.document import RawReport
from checker.render.place import place_at
from checker.render.shown import Mask, hide
from checker.render.width import clean, shorten

_QUOTE = 60  # cells of a quote


def tell_fixed(report: RawReport, fixed: Fixed, *, written: bool) -> str:
    """Lines about one report; ``written`` tells whether the changes were made or are only shown."""
    verb = "改正" if written else "可以改正"
    mask = _mask(fixed)
    lines = [f"{clean(report.name)}：{verb} {len(fixed.corrections)} 处，留下 {len(fixed.left)} 处"]
    lines += [_changed(report, correction, mask) for correction in fixed.corrections]
    lines += ["  留下的问题："] if fixed.left else []
    lines += [_kept(report, left, mask) for left in fixed.left]
    return "\n".join(lines) + "\n"


def _mask(fixed: Fixed) -> Mask:
    """What hides the words not for display, in the offsets of the text as it was."""
    starts = [(_start(item), item.finding) for item in fixed.corrections]
    starts += [(item.start, item.finding) for item in fixed.left]
    return Mask(
        Slice(start=start, end=start + len(finding.text), text=finding.text)
        for start, finding in starts
        if finding.sensitive
    )


def _start(item: Correction) -> int:
    """Where a finding stands in the text as it was: what it shares with the right form stands before the edit."""
    return item.edit.start - smallest(0, item.finding.text, item.finding.fixed or "").start


def _changed(report: RawReport, item: Correction, mask: Mask) -> str:
    finding, after = item.finding, item.finding.fixed or ""
    before = mask.text(finding.text, _start(item))
    after = hide(after) if before != finding.text else after
    return f"  {place_at(report, item.edit.start)}  {_quoted(before)} → {_quoted(after)}（{finding.id}）"


def _kept(report: RawReport, item: Left, mask: Mask) -> str:
    quote = _quoted(mask.text(item.finding.text, item.start))
    return f"  {place_at(report, item.start)}  {quote}（{item.finding.id}）：{item.reason}"


def _quoted(text: str) -> str:
    shown = clean(text)
    return f"“{shorten(shown.replace('“', '‘').replace('”', '’'), _QUOTE)}”"
