"""Packs: ``rules/<pack>/**.yaml`` becomes a ``RulePack``; a mistake is answered with file, line and what is allowed."""

from typing import TYPE_CHECKING, Any

from checker.packs.folders import base_packs, find_pack, lineage, pack_ids, tested_with

if TYPE_CHECKING:
    from checker.packs.loader import case_files, load_pack

__all__ = ["base_packs", "case_files", "find_pack", "lineage", "load_pack", "pack_ids", "tested_with"]


def __getattr__(name: str) -> Any:
    """The loader comes with the YAML reader, which a pack from the cache does not need."""
    if name not in ("case_files", "load_pack"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from checker.packs import loader

    return getattr(loader, name)
