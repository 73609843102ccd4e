"""Which folders make up a pack: its own, and those of the packs it extends."""

from __future__ import annotations

from pathlib import Path

from checker.packs.explain import parse_yaml
from checker.packs.loader import find_pack


def lineage(pack: str | Path) -> list[Path]:
    """The folders of a pack and of those it extends, the pack's own first."""
    folders: list[Path] = []
    folder: Path | None = find_pack(pack)
    while folder is not None and folder not in folders:
        folders.append(folder)
        path = folder / "pack.yaml"
        head = parse_yaml(path.read_text(encoding="utf-8"), path)
        name = str(head.get("extends") or "") if isinstance(head, dict) else ""
        beside = folder / name
        folder = (beside if (beside / "pack.yaml").is_file() else find_pack(name)) if name else None
    return folders
