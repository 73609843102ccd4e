"""What ``checker rules check`` looks at beyond loading and compiling: names that only a run would find missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from checker.commands.arguments import suggestion
from checker.errors import PackError
from checker.judge.detectors import DETECTORS
from checker.judge.elements import FACTS
from checker.models.rule import Check, RulePack
from checker.packs import case_files
from checker.packs.explain import key_line


def vet(pack: RulePack, folders: list[Path]) -> int:
    """The number of cases.  Raises ``PackError`` for the first name that is unknown or given twice."""
    for mistake in (*_sections(pack, folders), *_rules(pack, folders), *_twice(folders[0])):
        raise PackError(mistake)
    known, count = [*(element.id for element in pack.elements), *(finding.id for finding in pack.findings)], 0
    for path, file in case_files(folders[0]):
        count += len(file.cases)
        if file.rule not in known:
            raise PackError(f"规则文件 {path} 第 1 行：没有名为“{file.rule}”的规则{suggestion(file.rule, known)}")
    return count


def _sections(pack: RulePack, folders: list[Path]) -> Iterator[str]:
    """Roles that sections.yaml names."""
    rules, named = pack.sections, [pack.sections.default, pack.sections.preamble]
    named += [role for group in rules.groups.values() for role in group]
    named += [role for rule in rules.roles.values() for role in rule.from_roles]
    for role in named:
        if role not in rules.roles and role not in rules.groups:
            yield _at(folders, "sections.yaml", role) + _unknown(role, "部分", rules.roles)


def _rules(pack: RulePack, folders: list[Path]) -> Iterator[str]:
    """Facts that conditions ask for, and detectors."""
    for element in pack.elements:
        for condition in (element.met, element.weak, *(because.when for because in element.because)):
            for fact in _facts(condition):
                if fact not in FACTS:
                    yield _at(folders, "elements/*.yaml", fact) + _unknown(fact, "事实", FACTS)
    for finding in pack.findings:
        if finding.detect not in DETECTORS:
            yield _at(folders, "findings/*.yaml", finding.detect) + _unknown(finding.detect, "检测方法", DETECTORS)


def _facts(condition: Check) -> Iterator[str]:
    if isinstance(condition, str):
        return
    if condition.fact is not None:
        yield condition.fact
    for part in (*(condition.any or ()), *(condition.all or ()), *(condition.none or ())):
        yield from _facts(part)


def _twice(folder: Path) -> Iterator[str]:
    """Two files of one pack that give the same rule: the later one would win unseen."""
    seen: dict[str, Path] = {}
    for path in sorted([*folder.glob("elements/*.yaml"), *folder.glob("findings/*.yaml")]):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("id:"):
                rule_id = line.removeprefix("id:").split("#")[0].strip().strip("\"'")
                if rule_id in seen:
                    yield f"规则文件 {path} 第 {number} 行：规则 {rule_id} 在 {seen[rule_id].name} 中已经有了"
                seen[rule_id] = path


def _unknown(name: str, what: str, known: Iterable[str]) -> str:
    return f"没有名为“{name}”的{what}{suggestion(name, known, '，')}可用：{'、'.join(known)}"


def _at(folders: list[Path], pattern: str, word: str) -> str:
    for path in (path for folder in folders for path in sorted(folder.glob(pattern))):
        line = None if path.name.endswith(".cases.yaml") else key_line(path, word)
        if line is not None:
            return f"规则文件 {path} 第 {line} 行："
    return ""
