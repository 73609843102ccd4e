"""A pack made ready: all its phrases in one matcher."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from checker.context.title import TitleWords
from checker.match.matcher import Matcher
from checker.models.rule import RulePack
from checker.structure.heading_marks import Form
from checker.structure.view import Furniture


@dataclass(frozen=True, repr=False)
class CompiledPack:
    """A pack, its matcher, and the names whose hits the judges need, of a very long text ``wanted_at_least``."""

    pack: RulePack
    matcher: Matcher
    wanted: tuple[str, ...]
    wanted_at_least: tuple[str, ...]
    furniture: Furniture
    form: Form
    title_words: TitleWords

    def __repr__(self) -> str:
        return f"<CompiledPack {self.pack.id} {self.pack.version}>"


def without_rules(compiled: CompiledPack, ids: Collection[str]) -> CompiledPack:
    """The pack without some rules; its matcher stays as it is, what only they would look for is not looked at."""
    pack = compiled.pack
    elements = [element for element in pack.elements if element.id not in ids]
    findings = [finding for finding in pack.findings if finding.id not in ids]
    return replace(compiled, pack=pack.model_copy(update={"elements": elements, "findings": findings}))
