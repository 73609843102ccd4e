"""Where packs lie, and which folders make one up; light, so that a pack from the cache needs no YAML reader."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from checker.errors import PackError

_EXTENDS = re.compile(r"^extends:[ \t]*[\"']?([\w./-]+)", re.MULTILINE)


def rules_folder() -> Path:
    """Where the shipped packs lie: in a checkout, an editable install or an installed wheel."""
    here = Path(__file__).resolve().parent.parent
    for folder in (here.parent / "rules", here / "rules", Path(sys.prefix) / "share" / "checker" / "rules"):
        if folder.is_dir() and any(folder.glob("*/pack.yaml")):
            return folder
    raise PackError("找不到随软件安装的规则目录 rules/，请重新安装 checker。")


def pack_ids() -> list[str]:
    """The ids of the shipped packs."""
    return sorted(path.parent.name for path in rules_folder().glob("*/pack.yaml"))


def find_pack(pack: str | Path) -> Path:
    """The folder of a pack given by id or by path.  Raises ``PackError`` if there is none."""
    folder = Path(pack)
    if (folder / "pack.yaml").is_file():
        return folder
    if isinstance(pack, str) and pack in pack_ids():
        return rules_folder() / pack
    if folder.is_dir():
        raise PackError(f"目录 {folder} 里没有 pack.yaml，不是规则包。")
    raise PackError(f"没有名为“{pack}”的规则包。可用：{'、'.join(pack_ids())}；也可以给出规则包目录的路径。")


def lineage(pack: str | Path) -> list[Path]:
    """The folders of a pack and of those it extends, the pack's own first."""
    folders: list[Path] = []
    folder: Path | None = find_pack(pack)
    while folder is not None and folder not in folders:
        folders.append(folder)
        extends = _EXTENDS.search((folder / "pack.yaml").read_text(encoding="utf-8", errors="replace"))
        name = extends[1] if extends and extends[1] not in ("null", "~") else ""
        beside = folder / name
        folder = (beside if (beside / "pack.yaml").is_file() else find_pack(name)) if name else None
    return folders
