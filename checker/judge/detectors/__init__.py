"""The detectors of faulty places, by the name a finding rule gives.  Each is a pure function of document, rule and pack."""

from collections.abc import Callable
from typing import Any

from checker.context.document import Document
from checker.judge.detectors import (
    blanks,
    due_date,
    figures,
    marks,
    numbering,
    personal,
    phrases,
    plan_year,
    repetition,
    report_year,
    set_phrases,
    stamps,
    timeline,
)
from checker.judge.detectors.fault import Fault
from checker.models.rule import RulePack

Detector = Callable[[Document, Any, RulePack], list[Fault]]  # each takes the rules that name it

DETECTORS: dict[str, Detector] = {
    "blanks": blanks.detect,
    "due-date": due_date.detect,
    "figures": figures.detect,
    "marks": marks.detect,
    "numbering": numbering.detect,
    "personal": personal.detect,
    "phrases": phrases.detect,
    "plan-year": plan_year.detect,
    "repetition": repetition.detect,
    "report-year": report_year.detect,
    "set-phrases": set_phrases.detect,
    "stamps": stamps.detect,
    "timeline": timeline.detect,
}
