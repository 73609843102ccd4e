"""Reads the YAML files of a pack and of what it extends, checks them, and merges them into one ``RulePack``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from checker.errors import PackError
from checker.models.rule import (
    CaseFile,
    Comparison,
    ConceptRule,
    Element,
    FindingRule,
    PackFile,
    RulePack,
    Sections,
    TimelineEntry,
    clue_names,
)
from checker.packs.explain import explain_validation, key_line, parse_yaml
from checker.packs.folders import find_pack

M = TypeVar("M", bound=BaseModel)
MAX_FILE = 1_000_000
MAX_FILES = 500
_CASES = ".cases.yaml"


@cache  # built when first needed: a pack from the cache needs none
def _lexicon_adapter() -> TypeAdapter[dict[str, ConceptRule]]:
    return TypeAdapter(dict[str, ConceptRule])


@cache
def _timeline_adapter() -> TypeAdapter[list[TimelineEntry]]:
    return TypeAdapter(list[TimelineEntry])


def case_files(folder: Path) -> Iterator[tuple[Path, CaseFile]]:
    """The case files of a pack's own rules, in order."""
    for path in sorted(folder.rglob(f"*{_CASES}")):
        yield path, _model(CaseFile, path)


def load_pack(pack: str | Path = "law-gov") -> RulePack:
    """The pack of an id or a folder, merged with what it extends.

    Raises ``PackError`` with file, line, what is wrong and what is allowed.
    """
    return _load(find_pack(pack), ())


def _load(folder: Path, children: tuple[Path, ...]) -> RulePack:
    if folder.resolve() in children:
        raise PackError(f"规则包 {folder.name} 的 extends 绕成了一圈。")
    path = folder / "pack.yaml"
    if sum(1 for _ in folder.rglob("*.yaml")) > MAX_FILES:
        raise PackError(f"规则包 {folder} 的文件过多（超过 {MAX_FILES} 个 .yaml）。")
    head = _data(path)
    if not isinstance(head, dict):
        raise PackError(f"规则文件 {path}：应为“键: 值”的形式。")
    parent: RulePack | None = None
    if head.get("extends"):
        name = str(head["extends"])
        parent_folder = folder / name if (folder / name / "pack.yaml").is_file() else None
        parent = _load(parent_folder or find_pack(name), (*children, folder.resolve()))
        head = _overlay({"document": _dump(parent.document), "scale": _dump(parent.scale)}, head)
    file = _validate(PackFile, head, path)
    sections_path = folder / "sections.yaml"
    sections_data = _data(sections_path) if sections_path.is_file() else None
    if parent is not None and sections_data is not None:
        sections_data = _overlay(_dump(parent.sections), sections_data)
    if sections_data is None:
        if parent is None:
            raise PackError(f"规则包 {folder} 缺少 sections.yaml。")
        sections = parent.sections
    else:
        sections = _validate(Sections, sections_data, sections_path)
    concepts = dict(parent.concepts) if parent else {}
    for lexicon in sorted((folder / "lexicon").glob("*.yaml")):
        concepts.update(_lexicon(lexicon))
    timeline = {entry.id: entry for entry in (parent.timeline if parent else [])}
    timeline_path = folder / "timeline.yaml"
    if timeline_path.is_file():
        timeline.update(
            {entry.id: entry for entry in _validate_with(_timeline_adapter(), _data(timeline_path), timeline_path)}
        )
    comparison = _comparison(folder / "comparison.yaml", parent)
    switched_off = set(head.get("switch_off") or [])
    elements = _rules(folder / "elements", Element, {e.id: e for e in parent.elements} if parent else {}, switched_off)
    findings = _rules(
        folder / "findings", FindingRule, {f.id: f for f in parent.findings} if parent else {}, switched_off
    )
    merged = RulePack(
        id=file.id,
        title=file.title,
        version=file.version,
        document=file.document,
        scale=file.scale,
        sections=sections,
        concepts=concepts,
        elements=sorted(elements.values(), key=lambda element: element.order),
        findings=list(findings.values()),
        timeline=list(timeline.values()),
        comparison=comparison,
    )
    _check_roles(merged, folder)
    return merged


def _rules(folder: Path, model: type[M], inherited: dict[str, M], switched_off: set[str]) -> dict[str, M]:
    """Rules by id: inherited ones, changed ones (a file that gives only what differs) and new ones."""
    rules = dict(inherited)
    for path in sorted(folder.glob("*.yaml")):
        if path.name.endswith(_CASES):
            continue
        data = _data(path)
        rule_id = data.get("id") if isinstance(data, dict) else None
        if isinstance(rule_id, str) and rule_id in inherited:
            data = _overlay(_dump(inherited[rule_id]), data)
        rule = _validate(model, data, path)
        rules[getattr(rule, "id")] = rule  # noqa: B009
    return {rule_id: rule for rule_id, rule in rules.items() if rule_id not in switched_off}


def _comparison(path: Path, parent: RulePack | None) -> Comparison | None:
    """How passages are compared, laid over what the parent says; ``None`` where no file says it."""
    inherited = parent.comparison if parent else None
    if not path.is_file():
        return inherited
    data = _data(path)
    if inherited is not None:
        data = _overlay(_dump(inherited), data)
    return _validate(Comparison, data, path)


def _overlay(base: Any, change: Any) -> Any:
    """A mapping laid over another, key by key; a list under ``KEY+`` is added to the list that was there."""
    if not (isinstance(base, dict) and isinstance(change, dict)):
        return change
    merged = dict(base)
    for key, value in change.items():
        if isinstance(key, str) and key.endswith("+"):
            extra = value if isinstance(value, list) else [value]
            merged[key[:-1]] = [*(merged.get(key[:-1]) or []), *extra]
        else:
            merged[key] = _overlay(merged[key], value) if key in merged else value
    return merged


def _dump(model: BaseModel) -> Any:
    return model.model_dump(by_alias=True, exclude_unset=True)


def _lexicon(path: Path) -> dict[str, ConceptRule]:
    data = _data(path)
    if isinstance(data, dict):
        data = {name: {"any": value} if isinstance(value, list | str) else value for name, value in data.items()}
    concepts: dict[str, ConceptRule] = _validate_with(_lexicon_adapter(), data, path)
    return concepts


def _data(path: Path) -> Any:
    """The data of one YAML file, by the safe loader."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise PackError(f"规则文件 {path} 过大（超过 {MAX_FILE // 1000} KB）。")
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise PackError(f"规则文件 {path} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    except OSError as error:
        raise PackError(f"无法读取规则文件 {path}：{error.strerror or error}") from None
    return parse_yaml(text, path)


def _model(model: type[M], path: Path) -> M:
    return _validate(model, _data(path), path)


def _validate(model: type[M], data: Any, path: Path) -> M:
    if isinstance(data, dict) and model is PackFile:
        data = {key: value for key, value in data.items() if key != "switch_off"}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise PackError(explain_validation(error, path, model)) from None


def _validate_with(adapter: TypeAdapter[Any], data: Any, path: Path) -> Any:
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        raise PackError(explain_validation(error, path, adapter)) from None


def _check_roles(pack: RulePack, folder: Path) -> None:
    """Every role a rule mentions must be one of the pack's roles or groups."""
    known = {*pack.sections.roles, *pack.sections.groups, "title", "any"}
    if pack.comparison is not None:
        _check_comparison(pack, pack.comparison, folder / "comparison.yaml")
    for element in pack.elements:
        for clue in element.clues.values():
            for role in clue.within_roles:
                if role not in known:
                    path = next((p for p in (folder / "elements").glob("*.yaml") if element.id in p.stem), folder)
                    line = key_line(path, role)
                    raise PackError(
                        f"规则文件 {path}{f' 第 {line} 行' if line else ''}：没有名为“{role}”的部分，可用：{'、'.join(sorted(known))}。"
                    )
        for name in {*clue_names(element.met), *clue_names(element.weak)}:
            if name not in element.clues:
                raise PackError(f"规则 {element.id}：条件提到的 {name} 不在 clues 中。")


def _check_comparison(pack: RulePack, comparison: Comparison, path: Path) -> None:
    """Every element, clue, topic and role that the comparison mentions must exist."""
    elements = {element.id: element for element in pack.elements}
    for items in (comparison.shortcomings, comparison.plans):
        element = elements.get(items.element)
        for clue in (*items.clues, *items.own_items) if element else ():
            if element and clue not in element.clues:
                raise PackError(f"规则文件 {path}{_at(path, clue)}：要素 {items.element} 没有名为“{clue}”的线索。")
    for topics in comparison.topics_of_elements.values():
        for topic in topics:
            if topic not in comparison.topics:
                raise PackError(f"规则文件 {path}{_at(path, topic)}：topics 中没有“{topic}”。")
    known = {*pack.sections.roles, *pack.sections.groups}
    parts = [comparison.shortcomings.within_roles, comparison.plans.within_roles]
    parts += [[*rule.within_roles, *rule.not_in] for rule in comparison.candidates.values()]
    for role in (role for roles in parts for role in roles):
        if role not in known:
            raise PackError(
                f"规则文件 {path}{_at(path, role)}：没有名为“{role}”的部分，可用：{'、'.join(sorted(known))}。"
            )


def _at(path: Path, word: str) -> str:
    line = key_line(path, word)
    return f" 第 {line} 行" if line else ""
