"""Where in a pack's files something stands: a wording, or the phrase that a message speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from checker.match.notation import NotationError, parse
from checker.packs import lineage
from checker.packs.explain import key_line


def find_in_files(pack: str, *words: str) -> tuple[Path, int] | None:
    """The file and line where the first of some wordings stands, in the pack or in what it extends."""
    paths = [path for folder in lineage(pack) for path in sorted(folder.rglob("*.yaml"))]
    for word in words:
        for path in paths:
            line = key_line(path, word)
            if line is not None and not path.name.endswith(".cases.yaml"):
                return path, line
    return None


def placed(message: str, pack: str) -> str:
    """The message with the place of the phrase it speaks of: in the file of its rule or concept if it can be told."""
    if message.startswith("规则文件"):  # the loader has told the place, of a file that may be unreadable
        return message
    rule, concept = re.search(r"规则 ([a-z0-9-]+) 的", message), re.search(r"概念 \{([\w-]+)\}", message)
    marks = [f"id: {rule[1]}"] if rule else [f"{concept[1]}:"] if concept else ["document:", "roles:"]
    for path in (path for folder in lineage(pack) for path in sorted(folder.rglob("*.yaml"))):
        if path.name.endswith(".cases.yaml"):
            continue
        lines = [line for mark in marks if (line := _line_starting(path, mark)) is not None]
        if lines:
            faulty = _faulty_line(path, message)
            if faulty or rule or concept:
                return f"规则文件 {path} 第 {faulty or lines[0]} 行：{message}"
    return message


def _line_starting(path: Path, mark: str) -> int | None:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(mark)), None)


def _faulty_line(path: Path, message: str) -> int | None:
    """The line of the text that the phrase notation refuses in just these words, or that the message quotes."""
    for node in _texts(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)):
        try:
            parse(node.value)
        except NotationError as error:
            if str(error) in message:
                return int(node.start_mark.line) + 1
        if node.value and f"短语“{node.value}”" in message:
            return int(node.start_mark.line) + 1
    return None


def _texts(node: Any) -> Iterator[Any]:
    """Every scalar below a YAML node."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif node is not None:
        for item in node.value:
            for inner in item if isinstance(item, tuple) else (item,):
                yield from _texts(inner)
