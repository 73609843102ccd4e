"""Reads the YAML files of a pack and of what it extends, checks them, and merges them into one ``RulePack``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from checker.errors import PackError
from checker.models.detectors import AnyFinding
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
)
from checker.packs.explain import explain_validation, parse_yaml
from checker.packs.folders import find_pack, pack_ids
from checker.packs.vetting import check_names, place, unknown

M = TypeVar("M", bound=Element | FindingRule)
B = TypeVar("B", bound=BaseModel)
_INHERITED = ("document", "scale", "parts")
MAX_FILE = 1_000_000
MAX_FILES = 500
_CASES = ".cases.yaml"


@cache  # built when first needed: a pack from the cache needs none
def _lexicon_adapter() -> TypeAdapter[dict[str, ConceptRule]]:
    return TypeAdapter(dict[str, ConceptRule])


@cache
def _element_adapter() -> TypeAdapter[Element]:
    return TypeAdapter(Element)


@cache
def _finding_adapter() -> TypeAdapter[FindingRule]:
    return TypeAdapter(AnyFinding)


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
    layers = _load(find_pack(pack), ())
    head = _validate(PackFile, layers.head, *layers.files("pack.yaml"))
    if head.abstract:
        raise PackError(f"规则包 {head.id} 只供别的规则包继承，不能直接使用。可用：{'、'.join(pack_ids())}。")
    if not layers.sections:
        raise PackError(f"规则包 {layers.folders[0]} 缺少 sections.yaml。")
    merged = RulePack(
        id=head.id,
        title=head.title,
        version=head.version,
        about=head.about,
        parts=head.parts,
        document=head.document,
        scale=head.scale,
        sections=_validate(Sections, layers.sections, *layers.files("sections.yaml")),
        concepts=layers.concepts,
        elements=sorted(layers.elements.values(), key=lambda element: element.order),
        findings=list(layers.findings.values()),
        timeline=list(layers.timeline.values()),
        comparison=_validate(Comparison, layers.comparison, *layers.files("comparison.yaml"))
        if layers.comparison
        else None,
    )
    check_names(merged, layers.folders)
    return merged


@dataclass
class _Layers:
    """A pack and what it extends, laid over one another: its own folder first; head, sections and comparison
    not yet checked."""

    folders: list[Path]
    head: dict[str, Any]
    sections: dict[str, Any]
    comparison: dict[str, Any]
    concepts: dict[str, ConceptRule]
    elements: dict[str, Element]
    findings: dict[str, FindingRule]
    timeline: dict[str, TimelineEntry]

    def files(self, name: str) -> list[Path]:
        """The files of a name in all folders, the pack's own first."""
        return [path for folder in self.folders if (path := folder / name).is_file()]


def _load(folder: Path, children: tuple[Path, ...]) -> _Layers:
    """Read a folder and lay it over what it extends."""
    if folder.resolve() in children:
        raise PackError(f"规则包 {folder.name} 的 extends 绕成了一圈。")
    if sum(1 for _ in folder.rglob("*.yaml")) > MAX_FILES:
        raise PackError(f"规则包 {folder} 的文件过多（超过 {MAX_FILES} 个 .yaml）。")
    head = _mapping(folder / "pack.yaml")
    layers = _Layers([], {}, {}, {}, {}, {}, {}, {})
    if head.get("extends"):
        parent = folder / str(head["extends"])
        parent = parent if (parent / "pack.yaml").is_file() else find_pack(str(head["extends"]), abstract=True)
        layers = _load(parent, (*children, folder.resolve()))
    layers.folders.insert(0, folder)
    inherited = {key: value for key, value in layers.head.items() if key in _INHERITED}
    layers.head = _overlay(inherited, head)
    if (folder / "sections.yaml").is_file():
        layers.sections = _overlay(layers.sections, _mapping(folder / "sections.yaml"))
    if (folder / "comparison.yaml").is_file():
        layers.comparison = _overlay(layers.comparison, _mapping(folder / "comparison.yaml"))
    for lexicon in sorted((folder / "lexicon").glob("*.yaml")):
        layers.concepts.update(_lexicon(lexicon))
    if (path := folder / "timeline.yaml").is_file():
        layers.timeline.update({e.id: e for e in _validate_with(_timeline_adapter(), _data(path), path)})
    _change(head.get("changes"), layers, folder / "pack.yaml")
    off = _switched_off(head, layers, folder)
    layers.elements = _rules(folder / "elements", _element_adapter(), layers.elements, off)
    layers.findings = _rules(folder / "findings", _finding_adapter(), layers.findings, off)
    return layers


def _change(changes: Any, layers: _Layers, path: Path) -> None:
    """Lay the changes that stand in pack.yaml over inherited rules."""
    if not isinstance(changes, dict):
        return  # told when the whole head is checked
    for rule_id, change in changes.items():
        at = ("changes", str(rule_id))
        if rule_id in layers.elements:
            data = _overlay(_dump(layers.elements[rule_id]), change)
            layers.elements[rule_id] = _validate_with(_element_adapter(), data, path, at)
        elif rule_id in layers.findings:
            data = _overlay(_dump(layers.findings[rule_id]), change)
            layers.findings[rule_id] = _validate_with(_finding_adapter(), data, path, at)
        else:
            known = {*layers.elements, *layers.findings}
            raise PackError(
                f"{place(path, f'{rule_id}:')}changes：继承来的规则里{unknown(str(rule_id), '规则', known)}"
            )


def _switched_off(head: dict[str, Any], layers: _Layers, folder: Path) -> set[str]:
    """The inherited rules that a pack switches off; one that it does not inherit is a mistake."""
    named = head.get("switch_off") or []
    known = {*layers.elements, *layers.findings}
    for rule_id in [named] if isinstance(named, str) else named:
        if rule_id not in known:
            path = folder / "pack.yaml"
            raise PackError(
                f"{place(path, str(rule_id))}switch_off：继承来的规则里{unknown(str(rule_id), '规则', known)}"
            )
    return {named} if isinstance(named, str) else set(named)


def _mapping(path: Path) -> dict[str, Any]:
    data = _data(path)
    if not isinstance(data, dict):
        raise PackError(f"规则文件 {path} 第 1 行：应为“键: 值”的形式。")
    return data


def _rules(folder: Path, adapter: TypeAdapter[M], inherited: dict[str, M], switched_off: set[str]) -> dict[str, M]:
    """Rules by id: inherited ones, changed ones (a file that gives only what differs) and new ones."""
    rules = dict(inherited)
    for path in sorted(folder.glob("*.yaml")):
        if path.name.endswith(_CASES):
            continue
        data = _data(path)
        rule_id = data.get("id") if isinstance(data, dict) else None
        if isinstance(rule_id, str) and rule_id in inherited:
            data = _overlay(_dump(inherited[rule_id]), data)
        rule: M = _validate_with(adapter, data, path)
        rules[getattr(rule, "id")] = rule  # noqa: B009
    return {rule_id: rule for rule_id, rule in rules.items() if rule_id not in switched_off}


def _overlay(base: Any, change: Any) -> Any:
    """A mapping laid over another, key by key; a list under ``KEY+`` is added to the list that was there."""
    if not (isinstance(base, dict) and isinstance(change, dict)):
        return change
    merged = dict(base)
    for key, value in change.items():
        if isinstance(key, str) and key.endswith("+"):
            extra = value if isinstance(value, list) else [value]
            there = merged.get(key[:-1]) or []
            merged[key[:-1]] = [*(there if isinstance(there, list) else [there]), *extra]
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


def _model(model: type[B], path: Path) -> B:
    return _validate(model, _data(path), path)


def _validate(model: type[B], data: Any, *paths: Path) -> B:
    """The data as a model; a mistake is sought in the files that were laid over one another."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise PackError(explain_validation(error, paths, model)) from None


def _validate_with(adapter: TypeAdapter[Any], data: Any, path: Path, at: tuple[str, ...] = ()) -> Any:
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        raise PackError(explain_validation(error, [path], adapter, at)) from None
