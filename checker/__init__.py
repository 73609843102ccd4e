"""checker judges reports by rules written in YAML: read a report, load a pack, check, render."""

from checker.engine import check
from checker.packs import load_pack
from checker.read import read_report

__version__ = "0.1.0"
__all__ = ["__version__", "check", "load_pack", "read_report"]
