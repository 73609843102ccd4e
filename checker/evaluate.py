"""Holds verdicts against label files: accuracy, flags, findings, confusion, and a keyword baseline beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from checker.errors import UsageError
from checker.models.result import ReportResult
from checker.models.rule import RulePack

VERDICTS = ("met", "weak", "missing")


@dataclass
class Found:
    """Right, false and missed flags or findings."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of what was raised, the share that is right."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Of what was due, the share that was raised."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0


@dataclass
class Tally(Found):
    """Right and wrong verdicts and flags (a flag: the element is not met)."""

    right: int = 0
    total: int = 0
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, labels: list[str], verdict: str) -> None:
        """Count one verdict against the labels that are right for it."""
        self.total += 1
        self.right += verdict in labels
        self.confusion[labels[0] if verdict not in labels else verdict, verdict] += 1
        flagged = verdict != "met"
        if flagged and any(label != "met" for label in labels):
            self.hits += 1
        elif flagged:
            self.false += 1
        elif "met" not in labels:
            self.missed += 1

    @property
    def accuracy(self) -> float:
        """The share of verdicts that are right."""
        return self.right / self.total if self.total else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def merge(self, other: Tally) -> None:
        """Add another tally to this one."""
        for name in ("right", "total", "hits", "false", "missed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.confusion += other.confusion


@dataclass
class Miss:
    """One wrong verdict or finding, for reading."""

    file: str
    what: str
    expected: str
    got: str
    detail: str


@dataclass
class Evaluation:
    """All tallies of a run over label files; ``baseline`` holds those of the plain keyword search."""

    elements: dict[str, Tally] = field(default_factory=dict)
    baseline: dict[str, Tally] = field(default_factory=dict)
    findings: dict[str, Found] = field(default_factory=dict)
    facts_right: Counter[str] = field(default_factory=Counter)
    facts_total: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def total(self, ids: list[str], baseline: bool = False) -> Tally:
        """The tally of several elements together."""
        whole = Tally()
        for element_id in ids:
            whole.merge((self.baseline if baseline else self.elements).get(element_id, Tally()))
        return whole

    def finding(self, finding_id: str) -> Found:
        """The tally of one kind of finding."""
        return self.findings.setdefault(finding_id, Found())

    @property
    def all_findings(self) -> Found:
        """The tally of all findings."""
        found = self.findings.values()
        return Found(sum(f.hits for f in found), sum(f.false for f in found), sum(f.missed for f in found))


def read_label(path: Path) -> tuple[dict[str, Any], Path]:
    """A label file and the report it speaks of (beside it, or among the seeds of a checkout).

    Raises ``UsageError`` if either cannot be read or a verdict is none.
    """
    try:
        label = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"找不到标注文件 {path}，请检查路径。") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} 不是标注文件：标注文件是 UTF-8 编码的 YAML 文本。") from None
    except (OSError, yaml.YAMLError) as error:
        raise UsageError(f"无法读取标注文件 {path}：{' '.join(str(error).split())}") from None
    if not isinstance(label, dict) or not isinstance(label.get("file"), str):
        raise UsageError(f"标注文件 {path} 缺少 file（所标注的报告）。")
    _check_label(path, label)
    for folder in (path.parent, *(parent / "seeds" for parent in list(path.absolute().parents)[:4])):
        if (folder / label["file"]).is_file():
            return label, folder / label["file"]
    raise UsageError(f"标注文件 {path} 所标注的报告 {label['file']} 找不到，应放在它旁边。")


def _check_label(path: Path, label: dict[str, Any]) -> None:
    elements = label.get("elements") or {}
    if not isinstance(elements, dict):
        raise UsageError(f"标注文件 {path}：elements 应为“编号: 结论”的形式。")
    for element_id, expected in elements.items():
        for verdict in expected if isinstance(expected, list) else [expected]:
            if verdict not in VERDICTS:
                raise UsageError(f"标注文件 {path}：{element_id} 的结论“{verdict}”无效，可用：{'、'.join(VERDICTS)}。")
    for key in ("findings", "findings_maybe"):
        for finding in label.get(key) or []:
            if not (isinstance(finding, dict) and isinstance(finding.get("id"), str) and finding.get("text")):
                raise UsageError(f"标注文件 {path}：{key} 的每一项应有 id 和 text。")


def keyword_verdicts(searched: Mapping[str, Collection[str]], text: str) -> dict[str, str]:
    """What a plain search would say: ``met`` as soon as any of the ``keywords`` of an element occurs in the text."""
    from checker.structure.view import squeeze

    flat = squeeze(text)
    return {
        element_id: "met" if any(wording in flat for wording in wordings) else "missing"
        for element_id, wordings in searched.items()
    }


def keywords(pack: RulePack) -> dict[str, frozenset[str]]:
    """The plain wordings of each element's clues: what they say without gaps or company, through the lexicon."""
    return {
        element.id: frozenset(w for clue in element.clues.values() for w in _plain(pack, clue.any, frozenset()))
        for element in pack.elements
    }


def _plain(pack: RulePack, phrases: list[str], seen: frozenset[str]) -> Iterator[str]:
    """Wordings of phrases that are nothing but words or one concept."""
    from checker.match.notation import Ref, Words, parse

    for sequence in (sequence for phrase in phrases for sequence in parse(phrase)):
        if len(sequence) != 1:
            continue
        part = sequence[0]
        if isinstance(part, Words):
            yield from part.wordings
        elif isinstance(part, Ref) and part.name in pack.concepts and part.name not in seen:
            yield from _plain(pack, pack.concepts[part.name].any, seen | {part.name})


def compare_keywords(evaluation: Evaluation, label: dict[str, Any], verdicts: dict[str, str]) -> None:
    """Add what a plain search says of one report."""
    if label.get("kind") == "other":
        return
    for element_id, expected in (label.get("elements") or {}).items():
        labels = expected if isinstance(expected, list) else [expected]
        evaluation.baseline.setdefault(element_id, Tally()).add(labels, verdicts.get(element_id, "missing"))


def compare(evaluation: Evaluation, name: str, label: dict[str, Any], result: ReportResult, text: str) -> None:
    """Add one judged report to the evaluation."""
    _compare_facts(evaluation, name, label, result)
    if label.get("kind") == "other":
        return
    verdicts = {element.id: element for element in result.elements}
    for element_id, expected in (label.get("elements") or {}).items():
        labels = expected if isinstance(expected, list) else [expected]
        element = verdicts.get(element_id)
        verdict = element.verdict if element else "missing"
        if verdict == "not-applicable":
            continue
        evaluation.elements.setdefault(element_id, Tally()).add(labels, verdict)
        if verdict not in labels:
            quotes = " / ".join(e.text.replace("\n", " ")[:60] for e in element.evidence) if element else ""
            evaluation.misses.append(Miss(name, element_id, "|".join(labels), verdict, quotes))
    _compare_findings(evaluation, name, label, result, text)


def _compare_facts(evaluation: Evaluation, name: str, label: dict[str, Any], result: ReportResult) -> None:
    expected = {"kind": label.get("kind", "report"), "year": label.get("year"), "level": label.get("level")}
    got = {"kind": result.kind, "year": result.report_year, "level": result.level}
    for fact, value in expected.items():
        if value is None:
            continue
        evaluation.facts_total[fact] += 1
        evaluation.facts_right[fact] += got[fact] == value
        if got[fact] != value and fact != "level":
            evaluation.misses.append(Miss(name, fact, str(value), str(got[fact]), result.kind_reason))


def _compare_findings(
    evaluation: Evaluation, name: str, label: dict[str, Any], result: ReportResult, text: str
) -> None:
    """A finding is right where it overlaps a labelled place of its id; doubtful places count neither way."""
    wanted = [(f["id"], _places(text, f["text"])) for f in label.get("findings", []) or []]
    doubtful = [(f["id"], _places(text, f["text"])) for f in label.get("findings_maybe", []) or []]
    used: set[int] = set()
    for finding in result.findings:
        if finding.severity == "note":
            continue
        span = (finding.start, finding.end)
        match = next((i for i, (fid, places) in enumerate(wanted) if fid == finding.id and _touch(span, places)), None)
        if match is not None:
            evaluation.finding(finding.id).hits += match not in used
            used.add(match)
        elif not any(_touch(span, places) for fid, places in doubtful if fid == finding.id):
            evaluation.finding(finding.id).false += 1
            evaluation.misses.append(Miss(name, f"finding {finding.id}", "", finding.text[:60], finding.message[:80]))
    for index, (finding_id, _) in enumerate(wanted):
        if index not in used:
            evaluation.finding(finding_id).missed += 1
            evaluation.misses.append(Miss(name, f"finding {finding_id}", label["findings"][index]["text"], "", ""))


def _places(text: str, wording: str) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    start = text.find(wording)
    while start >= 0 and len(places) < 50:
        places.append((start, start + len(wording)))
        start = text.find(wording, start + 1)
    return places


def _touch(span: tuple[int, int], places: list[tuple[int, int]]) -> bool:
    return any(span[0] < end + 2 and start - 2 < span[1] for start, end in places)
