"""A pack made ready for a command; a faulty phrase is told with the file and line where it stands."""

from __future__ import annotations

from checker.compiled import CompiledPack
from checker.errors import PackError
from checker.gather import AUTO
from checker.ready import ready_pack

DEFAULT = "law-gov"


def open_packs(pack: str) -> list[CompiledPack]:
    """The pack asked for; for ``auto`` the packs of all kinds of documents, the default one first.

    Raises ``PackError`` with file and line.
    """
    if pack != AUTO:
        return [open_pack(pack)]
    from checker.packs import base_packs

    return [open_pack(name) for name in sorted(base_packs(), key=lambda name: (name != DEFAULT, name))]


def open_pack(pack: str) -> CompiledPack:
    """Load and compile.  Raises ``PackError`` with file and line."""
    try:
        return ready_pack(pack)
    except PackError as error:
        if str(error).startswith("规则文件"):
            raise
        from checker.commands.placing import placed

        raise PackError(placed(str(error), pack)) from None
