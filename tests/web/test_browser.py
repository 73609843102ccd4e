"""The pages in a real browser (Debian's chromium, headless): what a clerk does, and what a screen reader needs."""

from __future__ import annotations

import io
import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from web_kit import DUTY, ROOT, SEED, SEEDS

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from selenium.common.exceptions import WebDriverException  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--window-size=1366,900", "--force-prefers-reduced-motion",
)  # fmt: skip
AXE = Path(__file__).parent / "axe" / "axe.min.js"
DROP = """
const [zone, name, base64] = arguments;
const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const moved = new DataTransfer();
moved.items.add(new File([bytes], name));
for (const kind of ["dragenter", "dragover", "drop"])
  zone.dispatchEvent(new DragEvent(kind, {dataTransfer: moved, bubbles: true, cancelable: true}));
"""


class Visitor:
    """A browser of one visitor, and what it can do on our pages."""

    def __init__(self, address: str, folder: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
            options.add_argument(flag)
        self.folder = folder / "downloads"
        self.folder.mkdir(parents=True)
        options.add_experimental_option("prefs", {"download.default_directory": str(self.folder)})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = webdriver.ChromeService(executable_path=DRIVER)
        self.driver = webdriver.Chrome(options=options, service=service)
        self.driver.set_page_load_timeout(60)
        self.address = address

    def go(self, path: str) -> None:
        self.driver.get(self.address + path)

    def one(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        return self.driver.find_elements("css selector", selector)

    def text(self, selector: str = "main") -> str:
        return str(self.one(selector).text)

    def until(self, told: Callable[[], object], what: str) -> None:
        for _ in range(900):
            with suppress(WebDriverException):  # the page is just being replaced, its nodes gone amid the question
                if told():
                    return
            time.sleep(0.05)
        raise AssertionError(f"never came: {what}; at {self.driver.current_url}\n{self.text('body')[:800]}")

    def arrive(self, path: str, mark: str = "main") -> None:
        self.until(lambda: path in self.driver.current_url and self.all(mark), path)

    def submit(self, *files: Path, to: str = "/review") -> None:
        self.go("/" if to == "/review" else to)
        self.one("#file").send_keys("\n".join(str(file) for file in files))
        self.click(self.one(f"form[action='{to}'] button.primary"))

    def drop(self, name: str, data: bytes) -> None:
        from base64 import b64encode

        self.driver.execute_script(DROP, self.one("[data-drop]"), name, b64encode(data).decode())

    def click(self, item: Any) -> None:
        """Click what may have to be scrolled to first."""
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", item)
        item.click()

    def is_in_sight(self, item: Any) -> bool:
        script = """const box = arguments[0].getBoundingClientRect();
            const top = document.elementFromPoint(box.left + 5, box.top + 5);
            return top !== null && (arguments[0].contains(top) || top.contains(arguments[0]));"""
        return bool(self.driver.execute_script(script, item))

    def downloaded(self, suffix: str) -> Path:
        found: list[Path] = []

        def come() -> bool:
            found[:] = [path for path in self.folder.iterdir() if path.suffix == suffix]
            return bool(found)

        self.until(come, f"a download *{suffix}")
        return found[0]

    def violations(self) -> list[str]:
        """What axe calls serious or critical on this page."""
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        result = self.driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        assert result["passes"]
        return [
            f"{item['id']}: {node['html'][:160]}"
            for item in result["violations"]
            if item["impact"] in ("serious", "critical")
            for node in item["nodes"]
        ]

    def complaints(self) -> list[str]:
        """What the browser complained of: errors of scripts, refusals of the content security policy."""
        return [entry["message"] for entry in self.driver.get_log("browser") if "status of 4" not in entry["message"]]


@pytest.fixture(scope="module")
def visitors(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Visitor]]:
    opened: list[Visitor] = []

    def come() -> Visitor:
        opened.append(Visitor(address, tmp_path_factory.mktemp("visitor")))
        return opened[-1]

    yield come
    for visitor in opened:
        visitor.driver.quit()


@pytest.fixture(scope="module")
def clerk(visitors: Callable[[], Visitor]) -> Visitor:
    return visitors()


@pytest.fixture(autouse=True)
def _no_complaints(clerk: Visitor) -> Iterator[None]:
    clerk.driver.get_log("browser")
    yield
    assert clerk.complaints() == []


def test_a_dropped_seed_shows_its_verdicts_at_once(clerk: Visitor) -> None:
    clerk.go("/")
    clerk.drop("市大数据局.txt", SEED.read_bytes())
    clerk.arrive("/review/", ".ring")
    assert "市大数据局.txt" in clerk.text("h1") and "58.7" in clerk.text(".ring")
    assert clerk.text(".tally").split() == ["8", "达标", "6", "薄弱", "4", "缺失", "3", "问题"]
    clerk.until(lambda: "检查完成：58.7 分" in clerk.one("#announce").get_attribute("textContent"), "announcement")


def test_evidence_leads_to_the_marked_words_and_a_mark_to_its_rule(clerk: Visitor) -> None:
    clerk.submit(SEED)
    clerk.arrive("/review/", ".ring")
    quote = clerk.one("#element-oversight .quote")
    clerk.click(quote)
    mark = clerk.one(f".mark[data-marks~='{quote.get_attribute('data-mark')}']")
    clerk.until(lambda: clerk.is_in_sight(mark), "the marked words")
    assert "chosen" in mark.get_attribute("class") and clerk.driver.switch_to.active_element == mark
    words = mark.text[:12]
    assert words and words in quote.text
    assert clerk.driver.execute_script("return document.documentElement.scrollTop") == 0  # the page itself stays
    other = clerk.one(".words .mark.finding.error")
    clerk.click(other)
    card = clerk.one(f"#{other.get_attribute('data-card')}")
    clerk.until(lambda: clerk.is_in_sight(card), "the card of the finding")
    assert "2024年" in card.text and "依据" in card.text and "chosen" in card.get_attribute("class")


def test_filters_show_what_is_to_mend_or_met(clerk: Visitor) -> None:
    clerk.submit(SEED)
    clerk.arrive("/review/", ".ring")

    def shown() -> set[str]:
        return {card.get_attribute("data-kind") for card in clerk.all(".card[data-kind]") if card.is_displayed()}

    assert shown() == {"mend", "met"}
    for kind in ("mend", "met"):
        clerk.one(f"[data-show='{kind}']").click()
        assert shown() == {kind}


def test_a_model_sentence_is_copied(clerk: Visitor) -> None:
    clerk.submit(SEED)
    clerk.arrive("/review/", ".ring")
    clerk.driver.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite"]})
    button = clerk.one("#element-first-responsible [data-copy]")
    clerk.click(button)
    clerk.until(lambda: button.text == "已复制", "the word that it is copied")
    copied = clerk.driver.execute_async_script(
        "navigator.clipboard.readText().then(arguments[arguments.length - 1], String)"
    )
    assert copied == clerk.one("#model-first-responsible").get_attribute("textContent")


def test_a_mended_text_shows_what_changed(clerk: Visitor) -> None:
    clerk.submit(SEED)
    clerk.arrive("/review/", ".ring")
    before = float(clerk.text(".ring b"))
    fix = clerk.one("[data-fixed='法治化']")
    clerk.click(fix)
    draft = clerk.one("#draft")
    assert draft.is_displayed() and "法制化" not in draft.get_property("value")
    clerk.driver.execute_script(
        "arguments[0].value = arguments[0].value.replace('(二)', arguments[1] + '\\n(二)')", draft, DUTY
    )
    clerk.one(".editor button.primary").click()
    clerk.arrive("#changes", ".changes")
    told = clerk.text(".changes")
    assert "第 2 稿" in told and "↑ 改进" in told and "− 已改" in told and "缺失 → 达标" in told
    assert float(clerk.text(".ring b")) > before
    assert clerk.driver.switch_to.active_element == clerk.one("#changes")


@pytest.mark.parametrize("format", ["docx", "json"])
def test_the_result_is_downloaded_and_opens(clerk: Visitor, format: str) -> None:
    from checker.render import RENDERERS

    if format not in RENDERERS:
        pytest.skip(f"{format} is not among the formats yet")
    clerk.submit(SEEDS[1])
    clerk.arrive("/review/", ".ring")
    clerk.one(".menu summary").click()
    clerk.one(f".menu a[href$='/download/{format}']").click()
    path = clerk.downloaded(f".{format}")
    assert path.name == f"{SEEDS[1].stem}-检查结果.{format}"
    if format == "json":
        assert json.loads(path.read_bytes())["reports"][0]["file"] == SEEDS[1].name
    else:
        docx = pytest.importorskip("docx", reason="python-docx is not installed")
        document = docx.Document(io.BytesIO(path.read_bytes()))
        first = SEEDS[1].read_text(encoding="utf-8").strip()[:10]
        assert first in "".join(paragraph.text for paragraph in document.paragraphs)


def test_a_gbk_file_is_read(clerk: Visitor, tmp_path: Path) -> None:
    path = tmp_path / "国标.txt"
    path.write_bytes(SEED.read_text(encoding="utf-8").encode("gbk", "ignore"))
    clerk.submit(path)
    clerk.arrive("/review/", ".ring")
    assert "国标.txt" in clerk.text("h1") and "58.7" in clerk.text(".ring")


def test_a_broken_file_is_told_in_plain_words(clerk: Visitor, tmp_path: Path) -> None:
    path = tmp_path / "坏文件.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    clerk.submit(path)
    clerk.until(lambda: clerk.all("[role=alert]"), "the error")
    assert "没有完成" in clerk.text("[role=alert]") and clerk.all("#file")


def test_twenty_files_on_the_desk(clerk: Visitor, tmp_path: Path) -> None:
    files = [
        *SEEDS,
        *sorted((ROOT / "tests" / "gold").glob("*.txt")),
        *sorted((ROOT / "tests" / "reports").glob("*.txt")),
    ]
    clerk.submit(*files[:20], to="/desk")
    clerk.until(lambda: "平均" in clerk.text() and len(clerk.all("tbody tr")) == 20, "twenty reports")
    assert "汇总：20 份报告" in clerk.text("h1")
    clerk.one("th a[href*='sort=score']").click()
    clerk.until(lambda: clerk.all("th[aria-sort=descending]"), "the sorted table")
    cells = [cell.text for cell in clerk.all("td.score")]
    scores = [float(cell) for cell in cells if cell != "—"]  # a document of another kind has none and stands last
    assert len(cells) == 20 and scores == sorted(scores, reverse=True) and "—" not in cells[: len(scores)]
    name = clerk.text("tbody th a")
    clerk.one("tbody th a").click()
    clerk.arrive("/review/", ".ring")
    assert clerk.text("h1") == name


def test_one_visitor_cannot_open_anothers_results(clerk: Visitor, visitors: Callable[[], Visitor]) -> None:
    clerk.submit(SEED)
    clerk.arrive("/review/", ".ring")
    place = clerk.driver.current_url.removeprefix(clerk.address)
    stranger = visitors()
    for path in (place, place[:-1] + ("a" if place[-1] != "a" else "b"), "/review/1", f"{place}/download/json"):
        stranger.go(path)
        assert "没有这份结果" in stranger.text() and SEED.name not in stranger.text("body")
    stranger.go("/")
    assert "还没有" in stranger.text(".side")


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["desktop", "phone"])
def test_nothing_overflows_and_axe_finds_nothing_serious(clerk: Visitor, size: tuple[int, int]) -> None:
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    clerk.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        found: dict[str, list[str]] = {}

        def look(name: str) -> None:
            assert clerk.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"), name
            found[name] = clerk.violations()

        for path in ("/", "/desk", "/rules", "/rules/first-responsible", "/rules/plan-year", "/nothing"):
            clerk.go(path)
            look(path)
        clerk.submit(SEED)
        clerk.arrive("/review/", ".ring")
        look("review")
        place = clerk.driver.current_url
        clerk.driver.get(place + "?edit=1")
        look("editor")
        clerk.click(clerk.one(".editor button.primary"))
        clerk.arrive("#changes", ".changes")
        look("changes")
        clerk.submit(*SEEDS, to="/desk")
        clerk.until(lambda: "平均" in clerk.text(), "the table")
        look("table")
        assert {name: told for name, told in found.items() if told} == {}
    finally:
        clerk.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_basic_path_works_without_scripts(visitors: Callable[[], Visitor]) -> None:
    plain = visitors()
    plain.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    plain.submit(SEED)
    plain.arrive("/review/", ".ring")
    assert "58.7" in plain.text(".ring")
    plain.driver.get(plain.driver.current_url + "?show=mend")
    assert {card.get_attribute("data-kind") for card in plain.all(".card[data-kind]") if card.is_displayed()} == {
        "mend"
    }
    link = plain.one(".card a.quote")
    link.click()
    assert plain.driver.current_url.endswith(link.get_attribute("href").rpartition("#")[2])


def test_everything_is_reached_by_keyboard(clerk: Visitor) -> None:
    from selenium.webdriver.common.keys import Keys

    def tab() -> None:
        webdriver.ActionChains(clerk.driver).send_keys(Keys.TAB).perform()

    clerk.go("/")
    tab()
    assert clerk.driver.switch_to.active_element.text == "跳到正文"
    seen = []
    for _ in range(14):
        tab()
        item = clerk.driver.switch_to.active_element
        seen.append(item.get_attribute("id") or item.text)
    order = [seen.index(name) for name in ("检查报告", "file", "text", "开始检查")]
    assert order == sorted(order)
