"""Takes the pictures of the web face in this folder, from the seeds: ``python docs/serve_screenshots.py``.

Needs the extras ``web`` and ``plots`` (for Pillow), selenium, chromium and chromedriver.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from selenium import webdriver

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
OTHERS = sorted((ROOT / "tests" / "gold").glob("*.txt"))
DESKTOP, PHONE = (1366, 768), (390, 844)
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-prefers-reduced-motion")


def browser(folder: str) -> Any:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    for flag in (*FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    return webdriver.Chrome(
        options=options, service=webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    )


def resize(driver: Any, size: tuple[int, int]) -> None:
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def wait(told: Callable[[], object]) -> None:
    for _ in range(600):
        if told():
            return
        time.sleep(0.05)
    raise SystemExit("the page never came")


def submit(driver: Any, address: str, files: list[Path], done: str) -> None:
    driver.get(address)
    driver.find_element("id", "file").send_keys("\n".join(map(str, files)))
    driver.execute_script("document.querySelector('button.primary').click()")
    wait(lambda: driver.find_elements("css selector", done))


def take(driver: Any, name: str) -> None:
    time.sleep(0.4)
    picture = Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB")
    picture.quantize(128).save(HERE / name, optimize=True)
    print(f"{name}: {(HERE / name).stat().st_size // 1000} KB")


def pictures(driver: Any, address: str) -> None:
    resize(driver, DESKTOP)
    submit(driver, address, SEEDS[:1], ".ring")
    driver.execute_script(
        """const quote = document.querySelector("#element-institutions .quote");
        const card = quote.closest(".card");
        if (!card.open) card.querySelector("summary").click();
        quote.click();
        card.scrollIntoView({block: "center"});"""
    )
    take(driver, "serve-review.png")
    resize(driver, PHONE)
    driver.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
    take(driver, "serve-phone.png")
    resize(driver, DESKTOP)
    submit(driver, f"{address}desk", [*SEEDS, *OTHERS][:12], ".heat td.score")
    wait(lambda: not driver.find_elements("css selector", "[data-progress]"))
    take(driver, "serve-desk.png")


def main() -> None:
    command = [sys.executable, "-m", "checker", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True, encoding="utf-8")
    assert server.stdout is not None
    address = next(word for word in server.stdout.readline().split() if word.startswith("http"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        driver = browser(folder)
        try:
            pictures(driver, address)
        finally:
            driver.quit()
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
