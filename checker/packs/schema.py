"""JSON Schemas of every kind of file of a pack, made from the models, for editors that complete and check YAML."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from checker.models.detectors import AnyFinding
from checker.models.rule import CaseFile, Comparison, ConceptRule, Element, PackFile, Sections, TimelineEntry

KINDS: dict[str, tuple[Any, str]] = {
    "pack": (PackFile, "pack.yaml"),
    "sections": (Sections, "sections.yaml"),
    "lexicon": (dict[str, ConceptRule | list[str] | str], "lexicon/*.yaml"),
    "element": (Element, "elements/*.yaml"),
    "finding": (AnyFinding, "findings/*.yaml"),
    "cases": (CaseFile, "*.cases.yaml"),
    "comparison": (Comparison, "comparison.yaml"),
    "timeline": (list[TimelineEntry], "timeline.yaml"),
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ADDED: dict[str, Any] = {"description": "与 extends 同用：在继承来的列表后面添上这些"}


class _Generator(GenerateJsonSchema):
    """A list of phrases may be written as one phrase."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        return {"anyOf": [inner, {"type": "string"}]} if inner.get("type") == "array" else inner


def schema(kind: str, overlay: bool = False) -> dict[str, Any]:
    """The schema of one kind of file; an ``overlay`` (a pack that extends another) gives only what differs."""
    model, files = KINDS[kind]
    made = TypeAdapter(model).json_schema(schema_generator=_Generator)
    if overlay:
        made = _loosened(made)
    return {"$schema": _DIALECT, "title": f"checker 规则包：{files}", **{k: v for k, v in made.items() if k != "title"}}


def _loosened(node: Any) -> Any:
    """Nothing is required but a rule's id, and ``KEY+`` adds to a list."""
    if isinstance(node, list):
        return [_loosened(item) for item in node]
    if not isinstance(node, dict):
        return node
    loose = {key: _loosened(value) for key, value in node.items() if key != "discriminator"}
    if "oneOf" in loose:  # what tells them apart may be inherited
        loose["anyOf"] = loose.pop("oneOf")
    if isinstance(loose.get("properties"), dict):
        loose["patternProperties"] = {r"\+$": _ADDED}
        loose["required"] = [name for name in loose.get("required", []) if name in ("id", "rule")]
    return loose
