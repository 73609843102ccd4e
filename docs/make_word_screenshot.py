"""Remakes docs/word-comments.png: a seed with its comments, as LibreOffice shows it.

    python docs/make_word_screenshot.py

Needs Debian's libreoffice-writer, fonts-noto-cjk and xvfb, and the Python package mss.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import mss
import mss.tools

ROOT = Path(__file__).resolve().parent.parent
SEED = next((ROOT / "seeds").glob("003_*.txt"))
PICTURE = ROOT / "docs" / "word-comments.png"
DISPLAY = ":77"
SCREEN = (1500, 1150)
SHOWN = {"left": 212, "top": 190, "width": 1016, "height": 880}  # the page and its margin, without menus
SETTLES_IN = 25  # seconds that LibreOffice may take to lay out a new profile's first document


def main() -> None:
    """Review the seed, show it on a screen of its own, and take the picture."""
    with TemporaryDirectory() as folder:
        paper = Path(folder) / "reviewed.docx"
        command = [sys.executable, "-m", "checker", "score", SEED, "-o", paper, "--exit-zero"]
        subprocess.run(command, check=True, cwd=ROOT)
        screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24"])
        office = subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                "--norestore",
                "--nologo",
                "--view",
                paper,
            ],
            env={**os.environ, "DISPLAY": DISPLAY, "SAL_USE_VCLPLUGIN": "gen"},
        )
        try:
            time.sleep(SETTLES_IN)
            take_picture()
        finally:
            office.terminate()
            office.wait(30)
            screen.terminate()
            screen.wait(30)


def take_picture() -> None:
    """Save what is shown, without the window's own controls."""
    with mss.MSS(display=DISPLAY) as camera:
        shot = camera.grab(SHOWN)
    content = mss.tools.to_png(shot.rgb, shot.size, level=9)
    assert content is not None
    PICTURE.write_bytes(content)


if __name__ == "__main__":
    main()
