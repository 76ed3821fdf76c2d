"""The pages in a browser: headless Chromium, where it and its driver are installed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from page_samples import write_hostile, write_tea
from runs import Folder

from bilint.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed: pip install -e '.[browser]'")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(DRIVER is None, reason="chromedriver is not installed (Debian: chromium-driver)")
CHECK = ("check", "--min-confidence", "low")
SHOWN = """
const seen = [...document.querySelectorAll('.note')].filter((note) => note.checkVisibility());
return seen.map((note) => note.dataset.rule);
"""
SIZES = """
const texts = [...document.querySelectorAll('.zh p, .note p')];
return texts.map((text) => parseFloat(getComputedStyle(text).fontSize));
"""
FOCUSED = "return document.activeElement.id || document.activeElement.className"
LONG = "没有断点的长地址" + "x" * 300


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Write a page with the command line and open it; what the console says in the end is a fault."""
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path)
    write_tea(folder)
    write_hostile(folder)

    def run(*words: str, width: int = 1280, **media: str) -> Any:
        with pytest.raises(SystemExit):
            main([*words, "zh", "--format", "html", "-o", "page.html"])
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items() if name != "type"]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media.get("type", ""), "features": features})
        browser.get((tmp_path / "page.html").as_uri())
        return browser

    yield run
    assert browser.get_log("browser") == []
    assert "owned" not in browser.title


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def choose(browser: Any, name: str, words: str) -> None:
    from selenium.webdriver.support.select import Select

    Select(browser.find_element("id", name)).select_by_visible_text(words)


def count(browser: Any) -> str:
    return str(browser.execute_script("return document.getElementById('count').textContent"))


def until(browser: Any, met: Callable[[], bool]) -> None:
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(browser, 10, poll_frequency=0.02).until(lambda _: met())


def test_filters(opened: Callable[..., Any]) -> None:
    browser = opened(*CHECK)
    everything = browser.execute_script(SHOWN)
    assert sorted(everything) == sorted(["empty-link", *["half-width-punctuation", "missing-block"] * 2])
    assert count(browser) == "5 of 5 findings"
    browser.find_element("css selector", "[data-severity=error]").click()
    assert browser.execute_script(SHOWN).count("missing-block") == 0
    browser.find_element("css selector", "[data-severity=error]").click()
    choose(browser, "rule", "missing-block (2)")
    assert browser.execute_script(SHOWN) == ["missing-block"] * 2
    assert browser.execute_script("return document.querySelectorAll('mark[data-f]:not(.off)').length") == 2
    choose(browser, "file", "zh/kettle.md")
    assert count(browser) == "1 of 5 findings"
    choose(browser, "confidence", "High confidence only")
    assert count(browser) == "0 of 5 findings"
    browser.find_element("id", "reset").click()
    assert browser.execute_script(SHOWN) == everything
    press(browser, "/", "早晨的茶")
    until(browser, lambda: count(browser) == "0 of 5 findings")


def test_words_of_both_texts_and_of_the_message_are_found(opened: Callable[..., Any]) -> None:
    browser = opened(*CHECK, "--select", "missing-block,half-width-punctuation")
    for words, rules in {
        "LEMON": ["missing-block"] * 2,
        "慢慢地": ["half-width-punctuation"],
        "no counterpart": ["missing-block"] * 2,
        "zh/hostile": ["half-width-punctuation", "missing-block"],
    }.items():
        browser.execute_script("document.getElementById('search').value = ''")
        press(browser, "/", words)
        until(browser, lambda rules=rules: sorted(browser.execute_script(SHOWN)) == rules)  # type: ignore[misc]
        press(browser, "\ue00c")


def test_the_keyboard_alone(opened: Callable[..., Any]) -> None:
    browser = opened(*CHECK)
    ids = browser.execute_script("return [...document.querySelectorAll('.note')].map((note) => note.id)")
    press(browser, "j")
    assert browser.execute_script(FOCUSED) == ids[0]
    press(browser, "j", "j", "k")
    assert browser.execute_script(FOCUSED) == ids[1]
    assert browser.execute_script("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert browser.execute_script("return [...document.querySelectorAll('mark.lit')].map((m) => m.dataset.f)") != []
    box = browser.execute_script("const b = document.activeElement.getBoundingClientRect(); return [b.top, b.bottom]")
    assert 0 < box[0] < box[1] < 900
    press(browser, "?")
    assert browser.execute_script("return document.getElementById('help').open")
    press(browser, "\ue00c")
    assert not browser.execute_script("return document.getElementById('help').open")
    press(browser, "/")
    assert browser.execute_script(FOCUSED) == "search"
    press(browser, "j?")
    assert browser.execute_script("return document.activeElement.value") == "j?"
    browser.execute_script("window.scrollTo(0, 0); document.activeElement.blur(); document.body.focus()")
    reached = set()
    for _ in range(40):
        press(browser, "\ue004")
        reached.add(browser.execute_script(FOCUSED))
    assert {"theme", "search", "rule", "file", "confidence", "next", "previous", "keys"} <= reached


def test_what_belongs_together_is_lit_together(opened: Callable[..., Any]) -> None:
    browser = opened("align")
    press(browser, "j", "j")
    lit = "return [...document.querySelectorAll('.lit')].map((s) => [s.closest('[lang]').lang, s.dataset.s])"
    found = browser.execute_script(lit)
    assert [side for side, _ in found] == ["en", "zh-Hans"]
    assert len({number for _, number in found}) == 1
    press(browser, "n")
    assert "alone" in browser.execute_script("return document.activeElement.closest('.row').className")


@pytest.mark.parametrize("command", ["check", "align"])
def test_a_phone_scrolls_in_one_direction_only(opened: Callable[..., Any], command: str) -> None:
    folder = Folder(Path.cwd())
    rest = f"| {LONG} | b | c | d |\n|-|-|-|-|\n| 1 | 2 | 3 | {LONG} |\n\n```\n{LONG * 2}\n```\n"
    folder.write("zh/wide.md", f"# 宽\n\n把{LONG}装满,好。\n\n{rest}")
    folder.write("en/wide.md", f"# Wide\n\nFill {LONG} now.\n\n{rest}")
    browser = opened(command, width=380)
    assert browser.execute_script("return document.documentElement.scrollWidth") == 380
    sizes = (
        "return [...document.querySelectorAll('.zh p, .note p')].map((p) => parseFloat(getComputedStyle(p).fontSize))"
    )
    assert min(browser.execute_script(sizes)) >= 13


def test_dark_where_the_system_is_dark_and_the_button_changes_it(opened: Callable[..., Any]) -> None:
    browser = opened(*CHECK, prefers_color_scheme="dark")
    color = "return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]"
    assert browser.execute_script(color) < 60
    browser.find_element("id", "theme").click()
    assert browser.execute_script(color) > 200


def test_paper_has_everything_but_the_controls(opened: Callable[..., Any]) -> None:
    browser = opened(*CHECK, type="print")
    assert len(browser.execute_script(SHOWN)) == 5
    assert not browser.execute_script("return document.querySelector('.filters').checkVisibility()")
    # A margin of the screen that reaches beyond the sheet would cut off the first letters.
    left = "return [...document.querySelectorAll('.note, .row')].map((each) => each.getBoundingClientRect().left)"
    assert min(browser.execute_script(left)) >= 0
