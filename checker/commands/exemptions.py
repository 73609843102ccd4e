"""``.checker-ignore.yaml``: which places people have accepted, found beside a report or in a folder above it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from checker.commands import output
from checker.commands.arguments import suggestion
from checker.commands.files import read_text
from checker.commands.globs import matches, within
from checker.errors import PackError, UsageError

if TYPE_CHECKING:
    from checker.suppress import Suppression

NAME = ".checker-ignore.yaml"
WHAT = "豁免清单"


class Entry(NamedTuple):
    """One suppression, and where it is written."""

    path: str
    line: int
    suppression: Suppression

    def __str__(self) -> str:
        return f"{WHAT} {self.path} 第 {self.line} 行"

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.suppression.until is not None and self.suppression.until < today


class Exemptions:
    """The suppressions of a run: of one file if it was named, else of the nearest to each report."""

    def __init__(self, today: date, named: str | None = None, switched_off: bool = False) -> None:
        self._today, self._named, self._off = today, named, switched_off
        self._asked: dict[Entry, None] = {}  # in the order asked for
        self._used: set[Entry] = set()
        self._nearest: dict[str, str | None] = {}
        self._read = {named: read_exemptions(named)} if named is not None and not switched_off else {}

    def entries_for(self, name: str) -> tuple[Entry, ...]:
        """What may hold for a report.  Raises ``UsageError`` for a mistake in the file."""
        path = None if self._off else self._named or self._nearest_to(name)
        if path is None:
            return ()
        if path not in self._read:
            self._read[path] = read_exemptions(path)
        place = within(name, Path(os.path.abspath(path)).parent)
        meant = [e for e in self._read[path] if e.suppression.file is None or matches(place, [e.suppression.file])]
        self._asked.update(dict.fromkeys(meant))
        return tuple(entry for entry in meant if not entry.expired(self._today))

    def _nearest_to(self, name: str) -> str | None:
        folder = os.path.dirname(os.path.abspath("standard input" if name == "-" else name))
        if folder not in self._nearest:
            self._nearest[folder] = nearest(folder)
        return self._nearest[folder]

    def use(self, entries: Iterable[Entry]) -> None:
        """Remember which held."""
        self._used.update(entries)

    def check_rules(self, known: Collection[str]) -> None:
        """Raise ``UsageError`` for an entry about a rule that no pack of the run has."""
        for entry in self._asked:
            rule = entry.suppression.rule
            if rule is not None and rule not in known:
                end = suggestion(rule, known, "，全部编号见 checker rules list。")
                raise UsageError(f"{entry}：没有名为“{rule}”的规则{end}")

    def tell(self) -> None:
        """Which entries no longer hold, and which found nothing to hold for."""
        for entry in self._asked:
            if entry.expired(self._today):
                output.tell(f"{entry}：已于 {entry.suppression.until} 到期，不再有效（{entry.suppression.reason}）")
            elif entry not in self._used:
                output.tell(f"{entry}：没有用到，可能已经改正，可以删去（{entry.suppression.reason}）")


def nearest(folder: str) -> str | None:
    """The file of a folder or of the nearest one above it, up to a repository's root."""
    for place in (Path(folder), *Path(folder).parents):
        path = place / NAME
        if path.is_file():
            return min(str(path), os.path.relpath(path), key=len)
        if (place / ".git").exists():
            return None
    return None


def read_exemptions(path: str) -> tuple[Entry, ...]:
    """The entries of a file.  Raises ``UsageError`` with file, line, what is wrong and what is allowed."""
    from pydantic import TypeAdapter, ValidationError

    from checker.packs.explain import explain_validation, parse_yaml
    from checker.suppress import Suppression

    text = read_text(path, f"{WHAT} ")
    adapter = TypeAdapter(list[Suppression])
    try:
        data: Any = parse_yaml(text, Path(path), WHAT)
        if not isinstance(data or [], list):
            raise UsageError(f"{WHAT} {path} 第 1 行：应为列表，每项以“- rule: 规则编号”开头，并写明 reason（理由）。")
        found = adapter.validate_python(data or [])
    except ValidationError as error:
        raise UsageError(explain_validation(error, [Path(path)], adapter, what=WHAT)) from None
    except PackError as error:
        raise UsageError(str(error)) from None
    except ValueError:
        raise UsageError(f"{WHAT} {path}：有的值与它的 YAML 标签（!!）不符，不需要写标签。") from None
    return tuple(Entry(path, line, suppression) for line, suppression in zip(_lines(text), found, strict=True))


def _lines(text: str) -> list[int]:
    """The line on which each entry begins, from 1."""
    import yaml

    node = yaml.compose(text, Loader=yaml.SafeLoader)
    return [entry.start_mark.line + 1 for entry in node.value] if node is not None else []
