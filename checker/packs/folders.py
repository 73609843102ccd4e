"""Where packs lie, and which folders make one up; light, so that a pack from the cache needs no YAML reader."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from checker.errors import PackError

_EXTENDS = re.compile(r"^extends:[ \t]*[\"']?([\w./-]+)", re.MULTILINE)
_ABSTRACT = re.compile(r"^abstract:[ \t]*true\b", re.MULTILINE)


def rules_folder() -> Path:
    """Where the shipped packs lie: in a checkout, an editable install or an installed wheel."""
    here = Path(__file__).resolve().parent.parent
    for folder in (here.parent / "rules", here / "rules", Path(sys.prefix) / "share" / "checker" / "rules"):
        if folder.is_dir() and any(folder.glob("*/pack.yaml")):
            return folder
    raise PackError("找不到随软件安装的规则目录 rules/，请重新安装 checker。")


def pack_ids() -> list[str]:
    """The ids of the shipped packs that judge; those that are only there to be extended are left out."""
    return sorted(path.parent.name for path in rules_folder().glob("*/pack.yaml") if not is_abstract(path.parent))


def base_packs() -> list[str]:
    """The ids of the shipped packs that each stand for a kind of document of their own, extending none that judges."""
    return [name for name in pack_ids() if all(is_abstract(folder) for folder in lineage(name)[1:])]


def is_abstract(folder: Path) -> bool:
    """Whether a pack is only there to be extended."""
    return _ABSTRACT.search(_head(folder)) is not None


def _head(folder: Path) -> str:
    return (folder / "pack.yaml").read_text(encoding="utf-8", errors="replace")


def find_pack(pack: str | Path, abstract: bool = False) -> Path:
    """The folder of a pack given by id or by path; one that is ``abstract`` only where that will do.

    Raises ``PackError`` if there is none.
    """
    folder = Path(pack)
    if (folder / "pack.yaml").is_file():
        return folder
    shipped = rules_folder() / pack if isinstance(pack, str) and re.fullmatch(r"[a-z][a-z0-9-]*", pack) else folder
    if (shipped / "pack.yaml").is_file() and (abstract or not is_abstract(shipped)):
        return shipped
    if folder.is_dir():
        raise PackError(f"目录 {folder} 里没有 pack.yaml，不是规则包。")
    raise PackError(f"没有名为“{pack}”的规则包。可用：{'、'.join(pack_ids())}；也可以给出规则包目录的路径。")


def lineage(pack: str | Path) -> list[Path]:
    """The folders of a pack and of those it extends, the pack's own first."""
    folders: list[Path] = []
    folder: Path | None = find_pack(pack)
    while folder is not None and folder not in folders:
        folders.append(folder)
        extends = _EXTENDS.search(_head(folder))
        name = extends[1] if extends and extends[1] not in ("null", "~") else ""
        beside = folder / name
        folder = (beside if (beside / "pack.yaml").is_file() else find_pack(name, abstract=True)) if name else None
    return folders


def tested_with(pack: str | Path) -> list[Path]:
    """The folders whose cases a pack must fulfil: its own, and those of the abstract packs it extends directly."""
    own, *others = lineage(pack)
    folders = [own]
    for folder in others:
        if not is_abstract(folder):
            break
        folders.append(folder)
    return folders
