"""Automatic numbering of a Word document, rendered as Word shows it: 一、 （一） 1. 第三章.

Lists that share a definition share its counters; a level starts anew below a higher one unless told otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from checker.read.numerals import format_number
from checker.read.word_styles import Styles
from checker.read.wordprocessing import Element, attribute, child, is_on, local, number

_PRIVATE = re.compile("[\ue000-\uf8ff]")  # characters of symbol fonts: as text they would be boxes
_BULLET = "•"


@dataclass(frozen=True)
class Level:
    """How one level of a list counts and looks; ``text`` holds ``%1`` for the number of the first level, and so on."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    gap: str = " "
    restart: int | None = None
    plain: bool = False  # show the numbers of higher levels in Arabic digits
    style: str | None = None


@dataclass
class _List:
    """A list that paragraphs name: the definition it counts with, its levels, and the starts it sets anew."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Tells the label of each paragraph; to be asked once for each, in the order of the document."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = _read_lists(root, styles) if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[int, int]] = set()

    def label(self, properties: Element | None) -> str:
        """What Word writes before a paragraph with these properties (``w:pPr``), the gap behind it included."""
        list_id, depth = self._place(properties)
        found = self._lists.get(list_id or 0)
        level = found.levels.get(depth) if found else None
        if found is None or level is None or list_id is None:
            return ""
        counts = self._advance(found, list_id, depth)
        text = _show(found, level, counts)
        return text + level.gap if text else ""

    def _place(self, properties: Element | None) -> tuple[int | None, int]:
        """The list and level of a paragraph: its own, else those of its style."""
        style = attribute(child(properties, "pStyle")) or self._styles.default
        name, list_id, depth = self._styles.numbering(style)
        own_id, own_depth = number(child(properties, "numPr", "numId")), number(child(properties, "numPr", "ilvl"))
        list_id = list_id if own_id is None else own_id
        depth = depth if own_depth is None else own_depth
        if depth is None and list_id in self._lists:
            levels = self._lists[list_id].levels
            depth = next((index for index, level in levels.items() if level.style == name and name), 0)
        return list_id, depth or 0

    def _advance(self, found: _List, list_id: int, depth: int) -> dict[int, int]:
        counts = self._counts.setdefault(found.definition, {})
        if depth in found.starts and (list_id, depth) not in self._started:
            counts[depth] = found.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = found.starts.get(depth, found.levels[depth].start)
        self._started.add((list_id, depth))
        for deeper in [index for index in counts if index > depth]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or depth < restart:
                del counts[deeper]
        return counts


def _show(found: _List, level: Level, counts: dict[int, int]) -> str:
    """The label of a level with its numbers filled in."""
    if level.format == "bullet":
        return _PRIVATE.sub(_BULLET, level.text)

    def fill(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        upper = found.levels.get(depth, Level())
        format = "decimal" if level.plain and upper.format != "none" else upper.format
        return format_number(format, counts.get(depth, upper.start))

    return re.sub(r"%([1-9])", fill, level.text)


def _read_lists(root: Element, styles: Styles) -> dict[int, _List]:
    definitions: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}  # definition -> the style that leads to the real one
    lists: dict[int, _List] = {}
    for element in root:
        if local(element) == "abstractNum" and (key := attribute(element, "abstractNumId")) is not None:
            definitions[key] = dict(_level(item) for item in element if local(item) == "lvl")
            if (link := attribute(child(element, "numStyleLink"))) is not None:
                links[key] = link
    numbered = [(number(item, "numId"), item) for item in root if local(item) == "num"]
    for list_id, element in numbered:
        definition = attribute(child(element, "abstractNumId"))
        if list_id is not None and definition in definitions:
            lists[list_id] = _overridden(_List(definition, definitions[definition]), element)
    for found in lists.values():
        target = lists.get(styles.numbering(links.get(found.definition))[1] or 0)
        if target is not None and target is not found:
            found.definition, found.levels = target.definition, target.levels | found.levels
    return lists


def _level(element: Element) -> tuple[int, Level]:
    start, suffix = number(child(element, "start")), attribute(child(element, "suff"))
    return number(element, "ilvl") or 0, Level(
        start=0 if start is None else start,
        format=attribute(_format(element)) or "decimal",
        text=attribute(child(element, "lvlText")) or "",
        gap="" if suffix == "nothing" else " ",
        restart=number(child(element, "lvlRestart")),
        plain=bool(is_on(child(element, "isLgl"))),
        style=attribute(child(element, "pStyle")),
    )


def _format(level: Element) -> Element | None:
    """The number format of a level, which newer programs wrap in a choice of two."""
    return next((item for item in level.iter() if local(item) == "numFmt"), None)


def _overridden(found: _List, element: Element) -> _List:
    """A list with the changes that it makes to its definition."""
    levels = dict(found.levels)
    for override in (item for item in element if local(item) == "lvlOverride"):
        depth = number(override, "ilvl") or 0
        if (level := child(override, "lvl")) is not None:
            levels[depth] = _level(level)[1]
        start = number(child(override, "startOverride"))
        if start is not None and depth in levels:
            found.starts[depth] = start
            levels[depth] = replace(levels[depth], start=start)
    found.levels = levels
    return found
