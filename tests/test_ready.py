"""The cache of compiled packs: it saves work, and a planted file can make nothing happen."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import pytest

from checker import ready
from checker.compiled import CompiledPack


def called(module: str, name: str, argument: str) -> bytes:
    """A pickle that calls something by its name."""

    def text(value: str) -> bytes:
        return b"\x8c" + bytes([len(value.encode())]) + value.encode()

    return b"\x80\x05" + text(module) + text(name) + b"\x93" + text(argument) + b"\x85R."


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("builtins", "getattr"),
        ("checker.ready", "os.system"),
        ("checker.ready", "os"),
        ("checker.commands.files", "os.unlink"),
        ("checker.compiling", "compile_pack"),
        ("checker.compiled", "RulePack"),
        ("checker.packs.loader", "load_pack"),
    ],
)
def test_a_planted_pickle_is_refused(module: str, name: str) -> None:
    with pytest.raises(pickle.UnpicklingError):
        ready._Unpickler(io.BytesIO(called(module, name, "law-gov"))).load()


def test_a_planted_file_with_a_right_checksum_is_passed_over(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    body = called("checker.ready", "os.mkdir", str(mark))
    planted = tmp_path / "x.pack"
    planted.write_bytes(ready._checksum(body) + body)
    assert ready._read(planted) is None
    assert not mark.exists()


def test_a_kept_pack_is_the_same_pack(tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path / "cache"))
    made = ready.ready_pack(tiny)
    (kept,) = (tmp_path / "cache").glob("*.pack")
    read = ready._read(kept)
    assert isinstance(read, CompiledPack)
    assert read.pack == made.pack
    assert read.matcher.plan == made.matcher.plan


def test_a_changed_rule_is_not_read_from_the_cache(tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path / "cache"))
    assert ready.ready_pack(tiny).pack.title != "改过的名称"
    file = tiny / "pack.yaml"
    lines = [
        "title: 改过的名称" if line.startswith("title:") else line for line in file.read_text("utf-8").splitlines()
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert ready.ready_pack(tiny).pack.title == "改过的名称"
