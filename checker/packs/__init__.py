"""Packs: ``rules/<pack>/**.yaml`` becomes a ``RulePack``; a mistake is answered with file, line and what is allowed."""

from checker.packs.loader import case_files, find_pack, load_pack, pack_ids

__all__ = ["case_files", "find_pack", "load_pack", "pack_ids"]
