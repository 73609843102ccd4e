"""JSON Schemas of the files that users write beside their reports, settings and exemptions, and of the JSON result."""

from __future__ import annotations

import argparse
import re
from typing import Any

from checker.commands.config import PATH_KEYS, key_of, settable
from checker.render import RENDERERS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS = {"settings": "checker.toml", "exemptions": ".checker-ignore.yaml", "result": "--format json 的结果"}
_TYPES: dict[str, dict[str, Any]] = {
    "year": {"type": "integer", "minimum": 1949, "maximum": 2100},
    "fail_under": {"type": "number", "minimum": 0},
    "jobs": {"type": "integer", "minimum": 1, "maximum": 256},
    "format": {"enum": list(RENDERERS)},
}


def schema(kind: str) -> dict[str, Any]:
    """The schema of a kind of ``KINDS``."""
    made = {"settings": _settings, "exemptions": _exemptions, "result": _result}[kind]()
    return {"$schema": DIALECT, "title": f"checker：{KINDS[kind]}", **made}


def _settings() -> dict[str, Any]:
    from checker.commands.score import HELP, parser

    options = {key_of(action): _option(action, HELP) for action in settable(parser())}
    globs = {"type": "string", "minLength": 1}
    some = {
        "match": {"anyOf": [globs, {"type": "array", "items": globs, "minItems": 1}], "description": "哪些文件"},
        **{key: options[key] for key in PATH_KEYS},
    }
    paths = {"type": "object", "properties": some, "required": ["match"], "additionalProperties": False}
    options["paths"] = {"type": "array", "items": paths, "description": "只用于一些文件的设置，后面的优先"}
    return {"type": "object", "properties": options, "additionalProperties": False}


def _option(action: argparse.Action, help: str) -> dict[str, Any]:
    """What an option's key may be, and what the help says of it."""
    value: dict[str, Any] = {"type": "boolean"} if action.nargs == 0 else _TYPES.get(action.dest, {"type": "string"})
    if isinstance(action, argparse._AppendAction | argparse._ExtendAction):
        value = {"anyOf": [value, {"type": "array", "items": value}]}
    told = re.search(rf"^  (?:-\w, )?--{key_of(action)}(?: [^\s]+)?\s+(.+)$", help, re.MULTILINE)
    return {**value, "description": told[1]} if told else value


def _exemptions() -> dict[str, Any]:
    from pydantic import TypeAdapter

    from checker.suppress import Suppression

    return TypeAdapter(list[Suppression]).json_schema()


def _result() -> dict[str, Any]:
    from checker.models.result import RunResult

    made = RunResult.model_json_schema(mode="serialization")
    return {key: value for key, value in made.items() if key != "title"}
