"""The OpenAPI document, made of the same models that the API reads and writes."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from checker import __version__
from checker.models.result import RunResult
from checker.web import api_models as models
from checker.web.problems import TITLES
from checker.words import BODIES

_REF = "#/components/schemas/{model}"


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "checker：年度报告检查",
            "version": __version__,
            "description": "按规则包检查年度报告。出错时返回 application/problem+json，detail 是一句中文说明。",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {
            "/score": {"post": _score()},
            "/rules": {"get": _get("rules", "全部规则", models.RuleList, [_pack()], 404)},
            "/rules/{id}": {"get": _get("rule", "一条规则", models.RuleDetail, [_rule_id(), _pack()], 404)},
            "/healthz": {"get": _get("healthz", "服务是否正常", models.Health, [])},
        },
        "components": {"schemas": _schemas()},
    }


def _schemas() -> dict[str, Any]:
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (models.SentScore, "validation"),
        (RunResult, "serialization"),
        (models.RuleList, "serialization"),
        (models.RuleDetail, "serialization"),
        (models.Health, "serialization"),
        (models.Problem, "serialization"),
    ]
    _, schema = models_json_schema(wanted, ref_template=_REF)
    definitions: dict[str, Any] = schema["$defs"]
    for name in ("Problem", "RuleDetail", "RuleSummary"):  # what is none is left out of the answer
        required = definitions[name].get("required", [])
        optional = _optional(definitions[name])
        definitions[name]["required"] = [key for key in required if key not in optional]
    return definitions


def _optional(schema: dict[str, Any]) -> set[str]:
    return {key for key, value in schema["properties"].items() if {"type": "null"} in value.get("anyOf", [])}


def _score() -> dict[str, Any]:
    fields = {"year": _year(), "body": {"type": "string", "enum": list(BODIES)}, "pack": {"type": "string"}}
    form = {
        "type": "object",
        "required": ["file"],
        "properties": {
            "file": {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1},
            "previous": {"type": "string", "format": "binary", "description": "上一年度的报告"},
            **fields,
        },
    }
    content = {
        "application/json": {"schema": _ref(models.SentScore)},
        "text/plain": {"schema": {"type": "string", "minLength": 1}},
        "multipart/form-data": {"schema": form},
    }
    query = [_query(name, schema) for name, schema in (*fields.items(), ("name", {"type": "string"}))]
    return {
        "operationId": "score",
        "summary": "检查一份或多份报告",
        "parameters": query,
        "requestBody": {"required": True, "content": content},
        "responses": _responses(RunResult, 400, 403, 406, 408, 413, 415, 421, 422, 500, 503),
    }


def _get(
    name: str, title: str, model: type[BaseModel], parameters: list[dict[str, Any]], *codes: int
) -> dict[str, Any]:
    responses = _responses(model, 406, 421, 500, *codes)
    return {"operationId": name, "summary": title, "parameters": parameters, "responses": responses}


def _responses(model: type[BaseModel], *codes: int) -> dict[str, Any]:
    told = {
        str(code): {
            "description": TITLES[code],
            "content": {"application/problem+json": {"schema": _ref(models.Problem)}},
        }
        for code in sorted(codes)
    }
    return {"200": {"description": "结果", "content": {"application/json": {"schema": _ref(model)}}}, **told}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _pack() -> dict[str, Any]:
    return _query("pack", {"type": "string"})


def _rule_id() -> dict[str, Any]:
    return {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"}}


def _year() -> dict[str, Any]:
    return {"type": "integer", "minimum": 1949, "maximum": 2100}
