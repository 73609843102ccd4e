"""The names by which a pack's files refer to one another: parts of the report, parts of the score; each must exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from checker.errors import PackError
from checker.models.rule import FindingRule, RulePack
from checker.packs.explain import key_line

_ROLE_OPTIONS = ("before_plan", "account_roles", "historic_roles")
ANYWHERE = ("title", "any")


def check_names(pack: RulePack, folders: Sequence[Path]) -> None:
    """Raises ``PackError`` for the first name that is unknown, with file, line and what is allowed."""
    parts = _sections, _elements, _findings, _comparison
    for mistake in (mistake for part in parts for mistake in part(pack, folders)):
        raise PackError(mistake)


def _sections(pack: RulePack, folders: Sequence[Path]) -> Iterator[str]:
    """Roles that sections.yaml names."""
    rules = pack.sections
    named = [rules.default, rules.preamble, *([rules.aside] if rules.aside else [])]
    named += [role for group in rules.groups.values() for role in group]
    named += [role for rule in rules.roles.values() for role in rule.from_roles]
    for role in named:
        if role not in rules.roles and role not in rules.groups:
            yield found(folders, "sections.yaml", word=role) + unknown(role, "部分", rules.roles)


def _elements(pack: RulePack, folders: Sequence[Path]) -> Iterator[str]:
    """The part of the score that an element belongs to, and the roles its clues count in."""
    roles = sorted({*pack.sections.roles, *pack.sections.groups, *ANYWHERE})
    for element in pack.elements:
        files = f"elements/*{element.id}.yaml", "elements/*.yaml"
        if element.part not in pack.parts:
            where = found(folders, *files, word=f"part: {element.part}")
            yield where + unknown(element.part, "计分部分", pack.parts)
        for role in (*element.home, *(role for clue in element.clues.values() for role in clue.within_roles)):
            if role not in roles:
                yield found(folders, *files, word=role) + unknown(role, "部分", roles)


def _findings(pack: RulePack, folders: Sequence[Path]) -> Iterator[str]:
    """Roles that a detector's options name."""
    for rule in pack.findings:
        for role in _roles_of(rule):
            if role not in pack.sections.roles:
                where = found(folders, f"findings/*{rule.id}.yaml", "findings/*.yaml", word=role)
                yield where + unknown(role, "部分", pack.sections.roles)


def _comparison(pack: RulePack, folders: Sequence[Path]) -> Iterator[str]:
    """Elements' clues, topics and roles that comparison.yaml names."""
    comparison = pack.comparison
    if comparison is None:
        return
    elements = {element.id: element for element in pack.elements}
    for items in (comparison.shortcomings, comparison.plans):
        element = elements.get(items.element)
        for clue in (*items.clues, *items.own_items) if element else ():
            if element and clue not in element.clues:
                yield found(folders, "comparison.yaml", word=clue) + unknown(clue, "线索", element.clues)
    for topic in (topic for topics in comparison.topics_of_elements.values() for topic in topics):
        if topic not in comparison.topics:
            yield found(folders, "comparison.yaml", word=topic) + unknown(topic, "主题", comparison.topics)
    known = sorted({*pack.sections.roles, *pack.sections.groups})
    parts = [comparison.shortcomings.within_roles, comparison.plans.within_roles]
    parts += [[*rule.within_roles, *rule.not_in] for rule in comparison.candidates.values()]
    for role in (role for roles in parts for role in roles):
        if role not in known:
            yield found(folders, "comparison.yaml", word=role) + unknown(role, "部分", known)


def _roles_of(rule: FindingRule) -> Iterator[str]:
    for name in _ROLE_OPTIONS:
        yield from getattr(rule.options, name, ())


def unknown(name: str, what: str, known: Iterable[str]) -> str:
    """That nothing bears a name, what is close to it and what there is."""
    names = list(known)
    close = get_close_matches(name, names, 1, 0.6)
    told = f"，是否想写 {close[0]}？" if close else "，"
    return f"没有名为“{name}”的{what}{told}可用：{'、'.join(names)}"


def place(path: Path, word: str) -> str:
    """The file, and the line where a word stands in it."""
    line = key_line(path, word)
    return f"规则文件 {path}{f' 第 {line} 行' if line else ''}："


def found(folders: Sequence[Path], *patterns: str, word: str) -> str:
    """Where a word stands, in the first of the files of some patterns that holds it."""
    for pattern in patterns:
        for path in (path for folder in folders for path in sorted(folder.glob(pattern))):
            if not path.name.endswith(".cases.yaml") and key_line(path, word) is not None:
                return place(path, word)
    return ""
