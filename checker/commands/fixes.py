"""The outcome of a correction as text: what was changed, what was left and why, a line each."""

from __future__ import annotations

from checker.fix import Correction, Fixed, Left
from checker.models.document import RawReport
from checker.render.place import place_at
from checker.render.shown import hide
from checker.render.width import clean, shorten

_QUOTE = 60  # cells of a quote


def tell_fixed(report: RawReport, fixed: Fixed, *, written: bool) -> str:
    """Lines about one report; ``written`` tells whether the changes were made or are only shown."""
    verb = "改正" if written else "可以改正"
    lines = [f"{clean(report.name)}：{verb} {len(fixed.corrections)} 处，留下 {len(fixed.left)} 处"]
    lines += [_changed(report, correction) for correction in fixed.corrections]
    lines += ["  留下的问题："] if fixed.left else []
    lines += [_kept(report, left) for left in fixed.left]
    return "\n".join(lines) + "\n"


def _changed(report: RawReport, item: Correction) -> str:
    finding = item.finding
    before, after = (_quoted(text, finding.sensitive) for text in (finding.text, finding.fixed or ""))
    return f"  {place_at(report, item.edit.start)}  {before} → {after}（{finding.id}）"


def _kept(report: RawReport, item: Left) -> str:
    finding = item.finding
    return (
        f"  {place_at(report, item.start)}  {_quoted(finding.text, finding.sensitive)}（{finding.id}）：{item.reason}"
    )


def _quoted(text: str, sensitive: bool) -> str:
    shown = clean(hide(text)) if sensitive else clean(text)
    return f"“{shorten(shown.replace('“', '‘').replace('”', '’'), _QUOTE)}”"
