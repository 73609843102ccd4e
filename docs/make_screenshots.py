"""Remake the pictures of this folder from the seeds: ``python docs/make_screenshots.py``.

Needs chromium and its driver, LibreOffice (``soffice``), ``pdftoppm`` and a Chinese font (Debian: chromium
chromium-driver libreoffice-calc poppler-utils fonts-noto-cjk), selenium, and the extras ``html``, ``office``, ``plots``.
Each picture is what the programs show, cut to a size and reduced to 128 colours; nothing is painted over.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

HERE = Path(__file__).resolve().parent
SEEDS = sorted((HERE.parent / "seeds").glob("*.txt"))
MOST = 300_000  # bytes of a picture


def main() -> None:
    """Judge the seeds, open what comes out, take the pictures."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        score(SEEDS[2:3], folder / "one.html")
        score(SEEDS, folder / "many.html", folder / "many.xlsx", folder / "many.png")
        shoot(folder, "one.html", "page.png", (1280, 1120))
        shoot(folder, "one.html#r1-f1-1", "page-text.png", (1280, 900))
        shoot(folder, "many.html", "page-summary.png", (1280, 1560))
        print_sheet(folder, "many.xlsx", "workbook.png")
        keep(folder / "many.png", "heat-map.png")


def score(reports: list[Path], *outputs: Path) -> None:
    """Judge some reports as a user does."""
    words = [word for output in outputs for word in ("-o", str(output))]
    names = [str(report.relative_to(HERE.parent)) for report in reports]
    command = [sys.executable, "-m", "checker", "score", *names, *words, "--exit-zero", "--quiet"]
    subprocess.run(command, check=True, cwd=HERE.parent)


def shoot(folder: Path, page: str, name: str, size: tuple[int, int]) -> None:
    """A page as chromium shows it in a window of some size, at the place its address names."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for word in ("--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={size[0]},{size[1]}"):
        options.add_argument(word)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        driver.get(f"file://{folder / page}")
        driver.save_screenshot(str(folder / name))
    finally:
        driver.quit()
    keep(folder / name, name)


def print_sheet(folder: Path, book: str, name: str) -> None:
    """The first printed page of a workbook."""
    profile = f"-env:UserInstallation=file://{folder / 'office'}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / book)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    pdf = (folder / book).with_suffix(".pdf")
    stem = folder / "sheet"
    subprocess.run(["pdftoppm", "-r", "110", "-l", "1", "-singlefile", "-png", str(pdf), str(stem)], check=True)
    keep(stem.with_suffix(".png"), name)


def keep(picture: Path, name: str) -> None:
    """Put a picture into this folder, reduced to few colours."""
    target = HERE / name
    Image.open(picture).convert("RGB").quantize(128).save(target, optimize=True)
    size = target.stat().st_size
    print(f"{name}: {size} bytes")
    if size > MOST:
        raise SystemExit(f"{name} is larger than {MOST} bytes")


if __name__ == "__main__":
    main()
