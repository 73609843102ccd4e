"""The detectors of faulty places, by the name a finding rule gives.  Each is a pure function of document, rule and pack."""

from collections.abc import Callable

from checker.context.document import Document
from checker.judge.detectors import phrases
from checker.judge.detectors.fault import Fault
from checker.models.rule import FindingRule, RulePack

Detector = Callable[[Document, FindingRule, RulePack], list[Fault]]

DETECTORS: dict[str, Detector] = {
    "phrases": phrases.detect,
}
