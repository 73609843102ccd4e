"""What ``checker rules check`` looks at beyond loading and compiling: cases of no rule, rules given twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from checker.commands.arguments import suggestion
from checker.errors import PackError
from checker.models.rule import RulePack
from checker.packs import case_files


def vet(pack: RulePack, folders: list[Path]) -> int:
    """The number of cases in some folders.  Raises ``PackError`` for a rule given twice and for cases of no rule."""
    known = [*(element.id for element in pack.elements), *(finding.id for finding in pack.findings)]
    count = 0
    for folder in folders:
        for mistake in _twice(folder):
            raise PackError(mistake)
        for path, file in case_files(folder):
            count += len(file.cases)
            if file.rule not in known and folder == folders[0]:
                raise PackError(f"规则文件 {path} 第 1 行：没有名为“{file.rule}”的规则{suggestion(file.rule, known)}")
    return count


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
