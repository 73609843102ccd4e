"""A mistake in a rule file, told to the clerk who wrote it: file, line, what is wrong, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from checker.errors import PackError

_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PROBLEMS = (
    ("expected ',' or", "缺少逗号或右括号"),
    ("mapping values are not allowed", "冒号的位置不对；文字里有半角冒号时请加引号"),
    ("cannot start any token", "有不能开头的字符，如制表符；缩进请用空格"),
    ("expected alphabetic or numeric character", "以 * 或 & 开头的文字要加引号"),
    ("could not find expected ':'", "缺少冒号"),
    ("unexpected end of stream", "引号没有结束"),
    ("while scanning a quoted scalar", "引号没有结束"),
    ("could not determine a constructor", "不使用 YAML 标签（!）"),
    ("undefined tag handle", "不使用 YAML 标签（!）"),
    ("another document", "一个文件里只能有一份内容，不用 ---"),
    ("expected '-' indicator", "列表的缩进不齐"),
    ("expected key", "缩进不齐，或引号、括号没有配对"),
    ("expected <block end>", "缩进不齐"),
    ("expected node content", "括号没有结束，或缺少内容"),
)


class _Loader(_Safe):  # type: ignore[misc]
    """The safe loader, in C where there is one; a key given twice is a mistake, not the last one's victory, and a date
    is text like any other."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [item for item in resolvers if item[0] != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in _Safe.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"键“{key.value}”写了两次", key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
        return super().construct_mapping(node, deep)


_MESSAGES = {
    "missing": "缺少必填的 {key}",
    "extra_forbidden": "不认识的键“{key}”",
    "literal_error": "{key} 的值“{value}”无效，可用：{allowed}",
    "string_type": "{key} 应为文字",
    "list_type": "{key} 应为列表",
    "dict_type": "{key} 应为“键: 值”的形式",
    "model_type": "{key} 应为“键: 值”的形式",
    "float_type": "{key} 应为数字",
    "float_parsing": "{key} 的值“{value}”不是数字",
    "int_type": "{key} 应为整数",
    "int_parsing": "{key} 的值“{value}”不是整数",
    "bool_parsing": "{key} 的值“{value}”应为 true 或 false",
    "union_tag_invalid": "{key} 的值“{value}”无效，可用：{allowed}",
    "union_tag_not_found": "缺少必填的 {key}",
    "string_pattern_mismatch": "{key} 的值“{value}”写法不对",
    "too_short": "{key} 不能为空",
    "greater_than_equal": "{key} 的值 {value} 太小",
    "less_than_equal": "{key} 的值 {value} 太大",
}


def parse_yaml(text: str, path: Path, what: str = "规则文件") -> Any:
    """The data in a YAML text; aliases are refused, for a small file must not grow into a large one."""
    try:
        if "&" in text or "*" in text:
            for event in yaml.parse(text, Loader=_Safe):
                if isinstance(event, yaml.events.AliasEvent):
                    line = event.start_mark.line + 1 if event.start_mark else 1
                    raise PackError(f"{what} {path} 第 {line} 行：{what}不使用 YAML 别名（*）。")
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - derived from the safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" 第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else ""
        raise PackError(f"{what} {path}{where}：不是合法的 YAML（{_problem(error)}）。") from None
    except RecursionError:
        raise PackError(f"{what} {path} 嵌套过深。") from None


def _problem(error: yaml.YAMLError) -> str:
    """What the YAML reader stumbled over, in Chinese."""
    told = str(getattr(error, "problem", None) or error)
    if told.startswith("键"):
        return told
    return next((chinese for english, chinese in _PROBLEMS if english in told), "写法有误，请检查缩进、引号和括号")


def explain_validation(
    error: ValidationError,
    paths: Sequence[Path],
    model: type[BaseModel] | TypeAdapter[Any],
    at: tuple[str, ...] = (),
    what: str = "规则文件",
) -> str:
    """One line in Chinese about the first mistake, with its line in the file and the nearest allowed key.

    ``at`` tells where in the file the data stands, if not at its top.  Of several files laid over one
    another it is sought in the one that says most about its place, the first on a tie.
    """
    details = error.errors()
    detail = max(details, key=lambda d: (d["type"] == "extra_forbidden", len(d["loc"]), d["type"] == "value_error"))
    loc = [part for part in detail["loc"] if isinstance(part, int) or not _is_internal(str(part))]
    if loc and loc[0] in _tags(model):  # the tag of a finding rule's model, no key of the file
        loc = loc[1:]
    key = next((str(part) for part in reversed(loc) if isinstance(part, str)), "文件")
    value = detail.get("input")
    context = detail.get("ctx", {})
    if detail["type"].startswith("union_tag"):
        loc, key, value = ["detect"], "detect", context.get("tag")
    allowed = (
        str(context.get("expected", context.get("expected_tags", "")))
        .replace(" or ", "、")
        .replace(", ", "、")
        .replace("'", "")
    )
    if detail["loc"] and detail["loc"][-1] == "[key]":
        message = f"不认识的键“{key}”，可用：{allowed}"
    elif detail["type"] == "value_error":
        message = str(context.get("error", detail["msg"]))
    else:
        template = _MESSAGES.get(detail["type"], "{key} 的值“{value}”无效（" + detail["msg"] + "）")
        message = template.format(
            key=key, value=value if isinstance(value, str | int | float) else "…", allowed=allowed
        )
    if detail["type"] == "extra_forbidden":
        near = _keys_at(model, detail["loc"])
        close = get_close_matches(key, near, 1, 0.6) or get_close_matches(key, sorted(_known_keys(model)), 1, 0.75)
        message += f"，是否想写“{close[0]}”？" if close else f"，可用：{'、'.join(near) or '无'}"
    path, line = _deepest(paths, [*at, *loc])
    more = f"（此文件另有 {len(details) - 1} 处错误）" if len(details) > 1 else ""
    return f"{what} {path}{f' 第 {line} 行' if line else ''}：{message}{more}"


def _deepest(paths: Sequence[Path], loc: Sequence[str | int]) -> tuple[Path, int | None]:
    """The file that knows most parts of a location, and the line of the deepest."""
    found = [(path, *_depth_and_line(path, loc)) for path in paths]
    path, _, line = max(found, key=lambda item: item[1])
    return path, line


def _depth_and_line(path: Path, loc: Sequence[str | int]) -> tuple[int, int | None]:
    """How many parts of a location a file knows, and the line on which the deepest stands, from 1."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Safe)
    except (OSError, yaml.YAMLError):
        return -1, None
    line = node.start_mark.line + 1 if node is not None else None
    depth = 0
    for part in loc:
        found = None
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if found:
                line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
            found = (node, node)
        if not found:
            break
        depth += 1
    return depth, line


def key_line(path: Path, word: str) -> int | None:
    """The first line of a file that holds a word, from 1."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((number for number, line in enumerate(lines, 1) if word in line), None)


def _is_internal(part: str) -> bool:
    return part in ("str", "Condition", "ConceptRule") or "function-" in part or "[" in part


def _schema(model: type[BaseModel] | TypeAdapter[Any]) -> dict[str, Any]:
    return model.json_schema() if isinstance(model, TypeAdapter) else model.model_json_schema()


def _tags(model: type[BaseModel] | TypeAdapter[Any]) -> frozenset[str]:
    """The values by which a union of models tells them apart."""
    return frozenset(_schema(model).get("discriminator", {}).get("mapping", {}))


def _known_keys(model: type[BaseModel] | TypeAdapter[Any]) -> set[str]:
    schema = _schema(model)
    keys = set(schema.get("properties", {}))
    for definition in schema.get("$defs", {}).values():
        keys |= set(definition.get("properties", {}))
    return keys


def _keys_at(model: type[BaseModel] | TypeAdapter[Any], loc: Sequence[str | int]) -> list[str]:
    """The keys that may stand where a location's last part does."""
    root = _schema(model)
    nodes = [root]
    for part in loc[:-1]:
        nodes = [inner for node in _resolved(nodes, root) for inner in _inner(node, part)] or nodes
    return sorted({key for node in _resolved(nodes, root) for key in node.get("properties", {})})


def _resolved(nodes: list[Any], root: dict[str, Any]) -> list[Any]:
    """Schemas with their references and alternatives opened."""
    found: list[Any] = []
    for node in nodes:
        if "$ref" in node:
            found += _resolved([root["$defs"][node["$ref"].rsplit("/", 1)[1]]], root)
        elif "anyOf" in node or "oneOf" in node:
            tags = node.get("discriminator", {}).get("mapping", {})
            named = [{"tags": {tag: {"$ref": target}}} for tag, target in tags.items()]
            found += named or _resolved([*node.get("anyOf", ()), *node.get("oneOf", ())], root)
        else:
            found.append(node)
    return found


def _inner(node: Any, part: str | int) -> list[Any]:
    """The schema of one part of a node: a property, an entry, an item, or the model that a tag names."""
    if isinstance(part, int):
        return [node["items"]] if "items" in node else []
    if part in node.get("tags", {}):
        return [node["tags"][part]]
    if part in node.get("properties", {}):
        return [node["properties"][part]]
    more = node.get("additionalProperties") or next(iter(node.get("patternProperties", {}).values()), None)
    return [more] if isinstance(more, dict) else []
