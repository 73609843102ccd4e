"""The styles of a Word document, as far as they decide what is read: numbering, hidden text, contents."""

from __future__ import annotations

from dataclasses import dataclass

from checker.read.wordprocessing import Element, attribute, child, is_on, local, number

_DEEPEST = 20  # styles that build on one another; more is a circle


@dataclass(frozen=True)
class Style:
    """One style: its name in lower case, what it builds on, its list and level, whether its text is hidden."""

    name: str
    based_on: str | None
    list_id: int | None
    list_level: int | None
    hidden: bool | None


class Styles:
    """Looks properties up along the chain of styles that build on one another."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default: str | None = None  # the style of paragraphs that name none
        for element in root if root is not None else ():
            if local(element) == "style" and (key := attribute(element, "styleId")) is not None:
                self._styles[key] = _style(element)
                if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
                    self.default = key

    def _chain(self, key: str | None) -> list[tuple[str, Style]]:
        chain: list[tuple[str, Style]] = []
        while key in self._styles and len(chain) < _DEEPEST:
            chain.append((key, self._styles[key]))
            key = self._styles[key].based_on
        return chain

    def numbering(self, key: str | None) -> tuple[str | None, int | None, int | None]:
        """The style that numbers, its list and level; a list without a level leaves that to the list itself."""
        for name, style in self._chain(key):
            if style.list_id is not None:
                return name, style.list_id, style.list_level
        return None, None, None

    def is_hidden(self, key: str | None) -> bool | None:
        """Whether a style hides its text; ``None`` where it says nothing."""
        return next((style.hidden for _, style in self._chain(key) if style.hidden is not None), None)

    def is_contents(self, key: str | None) -> bool:
        """Whether a style is that of a table of contents; its name is fixed whatever the language of the program."""
        return any(style.name.startswith(("toc ", "table of figures")) for _, style in self._chain(key))


def _style(element: Element) -> Style:
    name = attribute(child(element, "name")) or ""
    listed = child(element, "pPr", "numPr")
    return Style(
        name=name.lower(),
        based_on=attribute(child(element, "basedOn")),
        list_id=number(child(listed, "numId")),
        list_level=number(child(listed, "ilvl")),
        hidden=is_on(child(element, "rPr", "vanish")),
    )
