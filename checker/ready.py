"""Packs made ready for use, kept between runs.

Compiling a pack's phrases takes longer than judging a report, so the outcome is kept in the user's cache folder, under
a name made of everything it depends on: the pack's files, this program's version and its compiling modules.  A kept
pack is only ever read by the restricted unpickler below, which makes our own models and nothing else.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker import __version__
from checker.compiled import CompiledPack
from checker.packs import find_pack, lineage

FORMAT = 5
_SUM = 4  # bytes of the checksum before a kept pack: it tells a file cut off or damaged, no more
_CODE = (
    "match/notation.py",
    "match/plan.py",
    "match/planning.py",
    "match/storage.py",
    "match/builtins.py",
    "match/matcher.py",
    "context/names.py",
    "context/title.py",
    "structure/heading_marks.py",
    "structure/view.py",
    "models/compared.py",
    "models/detectors.py",
    "models/rule.py",
    "compiled.py",
    "compiling.py",
)
_MODULES = {
    "checker.compiled",
    "checker.context.title",
    "checker.match.matcher",
    "checker.match.plan",
    "checker.match.storage",
    "checker.models.compared",
    "checker.models.detectors",
    "checker.models.rule",
    "checker.structure.heading_marks",
    "checker.structure.view",
}


def ready_pack(pack: str | Path) -> CompiledPack:
    """The pack of an id or a folder, compiled; from the cache if nothing it depends on has changed.

    Raises ``PackError`` as ``load_pack`` and ``compile_pack`` do.  A cache that cannot be read or written is passed over.
    """
    path = _cache_path(pack)
    kept = _read(path) if path else None
    if kept is not None:
        return kept
    from checker.compiling import compile_pack
    from checker.packs import load_pack

    compiled = compile_pack(load_pack(pack))
    if path:
        _write(path, compiled)
    return compiled


def _cache_path(pack: str | Path) -> Path | None:
    """Where the compiled pack is kept, or ``None`` where caching is switched off or its files cannot be read."""
    folder = os.environ.get("CHECKER_CACHE_DIR")
    if folder == "":
        return None
    digest = hashlib.blake2b(f"{FORMAT} {__version__} {sys.version_info[:2]}".encode(), digest_size=16)
    try:
        for file in _depends_on(pack):
            digest.update(str(file).encode())
            digest.update(file.read_bytes())
    except OSError:
        return None
    return (Path(folder) if folder else _user_cache()) / f"{find_pack(pack).name}-{digest.hexdigest()}.pack"


def _depends_on(pack: str | Path) -> Iterator[Path]:
    here = Path(__file__).resolve().parent
    yield from (here / name for name in _CODE)
    for folder in lineage(pack):
        yield from (path for path in sorted(folder.rglob("*.yaml")) if not path.name.endswith(".cases.yaml"))


def _user_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "checker" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "checker"


class _Unpickler(pickle.Unpickler):
    """Makes objects of the classes that a compiled pack consists of, and nothing else.

    A dotted name would reach through a module's imports (``checker.ready``, ``os.system``), so only a class that its
    module itself defines is let through, never a function and never what a module has merely imported.
    """

    def find_class(self, module: str, name: str) -> Any:
        if module in _MODULES and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not expected here")


def _checksum(body: bytes | memoryview) -> bytes:
    return zlib.crc32(body).to_bytes(_SUM, "big")


def _read(path: Path) -> CompiledPack | None:
    try:
        data = path.read_bytes()
        body = memoryview(data)[_SUM:]
        if _checksum(body) != data[:_SUM]:
            return None
        kept = _Unpickler(io.BytesIO(body)).load()
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        return None
    return kept if isinstance(kept, CompiledPack) else None


def _write(path: Path, compiled: CompiledPack) -> None:
    """Write aside, then rename: a run that is cut off leaves nothing half-written."""
    try:
        body = pickle.dumps(compiled, protocol=5)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
            stream.write(_checksum(body) + body)
        os.replace(stream.name, path)
        for old in path.parent.glob(f"{path.name.rsplit('-', 1)[0]}-*.pack"):
            if old != path and old.stat().st_mtime < path.stat().st_mtime - 7 * 86400:
                old.unlink()
    except OSError:
        return
