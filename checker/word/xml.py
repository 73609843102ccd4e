"""XML in a few words: make elements in the namespace of their parent, serialise as Word does."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(text: str) -> str:
    """The text with what XML cannot hold (control characters, halves of surrogate pairs) replaced, as long as it was."""
    return _UNFIT.sub("\ufffd", text)


def serialise(root: Any) -> bytes:
    """A part's bytes."""
    content: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def tag(like: Any, name: str) -> str:
    """A name in the namespace of an element."""
    return f"{{{etree.QName(like).namespace}}}{name}"


def make(like: Any, name: str, **attributes: str) -> Any:
    """A new element in the namespace of another; its attributes are in no namespace, or in that of ``w_`` names."""
    element = etree.Element(tag(like, name), nsmap=like.nsmap)
    for key, value in attributes.items():
        element.set(tag(like, key[2:]) if key.startswith("w_") else key, value)
    return element


def child(parent: Any, name: str, **attributes: str) -> Any:
    """A new last child."""
    element = make(parent, name, **attributes)
    parent.append(element)
    return element


def text_element(like: Any, name: str, text: str) -> Any:
    """An element that holds text, its outer spaces kept."""
    element = make(like, name)
    element.text = fit(text)
    element.set(SPACE, "preserve")
    return element
