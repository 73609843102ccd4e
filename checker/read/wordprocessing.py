"""What every module that handles a Word document must agree on: names, parts, and how paragraphs and runs are counted."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cache
from typing import Any

from checker.errors import ReadError
from checker.read.packaged import Package, parse_xml

Element = Any  # an lxml element
NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the same vocabulary, "Strict"
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OFF = frozenset(["0", "false", "off"])


@cache
def _split(tag: str) -> tuple[str, str]:
    namespace, _, local = tag.rpartition("}")
    return namespace[1:], local


def local(element: Element) -> str:
    """The name of an element of Word's vocabulary (``p``, ``r``, ``tbl``); empty for any other vocabulary."""
    namespace, name = _split(element.tag)
    return name if namespace in NAMESPACES else ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of a name, the first child of that, and so on; ``None`` where one is not there."""
    for name in path:
        if element is None:
            return None
        element = next((item for item in element if local(item) == name), None)
    return element


def attribute(element: Element | None, name: str = "val") -> str | None:
    """An attribute in Word's vocabulary."""
    if element is None:
        return None
    values = (element.get(f"{{{namespace}}}{name}") for namespace in NAMESPACES)
    return next((value for value in values if value is not None), None)


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute that is a whole number; ``None`` where it is absent or something else."""
    value = attribute(element, name)
    try:
        return int(value) if value is not None and len(value) < 10 else None
    except ValueError:
        return None


def is_on(element: Element | None) -> bool | None:
    """A property that can be on or off; ``None`` where it is not stated."""
    return None if element is None else attribute(element) not in _OFF


def paragraphs(root: Element) -> list[Element]:
    """All paragraphs (``w:p``) of a part in document order, those in tables and text boxes included.

    An ``Origin``'s ``paragraph`` is the place in this list, counted from 1.
    """
    return list(root.iter(*(f"{{{namespace}}}p" for namespace in NAMESPACES)))


def runs(paragraph: Element) -> list[Element]:
    """The runs (``w:r``) of a paragraph in document order, without those of paragraphs inside it (text boxes).

    An ``Origin``'s ``run`` is the place in this list, counted from 1.
    """
    return list(_runs(paragraph))


def _runs(element: Element) -> Iterator[Element]:
    for item in element:
        name = local(item)
        if name == "p":
            continue
        if name == "r":
            yield item
        if len(item):
            yield from _runs(item)


def alternative(element: Element) -> Element | None:
    """Of content given twice, for newer and for older programs (``mc:AlternateContent``), the one to read."""
    for name in ("Choice", "Fallback"):
        found = element.find(f"{{{_COMPATIBILITY}}}{name}")
        if found is not None:
            return found
    return None


def is_alternatives(element: Element) -> bool:
    """Whether an element holds the same content twice (``mc:AlternateContent``)."""
    return bool(element.tag == f"{{{_COMPATIBILITY}}}AlternateContent")


def main_part(package: Package) -> str:
    """The name of the part that holds the document's body.  Raises ``ReadError`` if there is none."""
    found = related(package, "", "officeDocument") or "word/document.xml"
    if found not in package:
        raise ReadError("文件已损坏：缺少正文，请从原文件重新保存。")
    return found


def related(package: Package, part: str, kind: str) -> str | None:
    """The name of the part that another (``""``: the package) relates to as ``styles``, ``numbering``, ``footnotes`` ...;
    ``None`` where there is none."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package:
        return None
    for relation in parse_xml(package.read(relations)):
        if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            if target[1:] in package:
                return target[1:]
    return None
