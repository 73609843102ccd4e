"""checker judges reports by rules written in YAML: read a report, load a pack, check, render."""

from typing import TYPE_CHECKING, Any

from checker.render import render  # light, and must come first: the submodule bears the function's name

if TYPE_CHECKING:
    from checker.engine import check
    from checker.packs import load_pack
    from checker.read import read_report

__version__ = "0.1.0"
__all__ = ["__version__", "check", "load_pack", "read_report", "render"]
_HOMES = {"check": "checker.engine", "load_pack": "checker.packs", "read_report": "checker.read"}


def __getattr__(name: str) -> Any:
    """The public names load what they need on first use, so that ``checker --help`` answers at once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    globals()[name] = value = getattr(import_module(_HOMES[name]), name)
    return value
