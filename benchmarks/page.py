"""How quick the page of `--format html` is in Chromium: to open, to filter, to step through.

python benchmarks/page.py                     # 10,000 findings: the sample articles, over and over
python benchmarks/page.py --findings 50000 --keep page.html

Needs Chromium and its driver (Debian: chromium, chromium-driver) and the extra `browser`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bilint.commands.asked import Asked, plan_of
from bilint.model import Article, Excerpt, Placed
from bilint.pipeline import prepare, run
from bilint.report import Style, render

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

ROOT = Path(__file__).resolve().parent.parent
_TURNS = 5
_FILTERS = {
    "one severity off": "document.querySelector('[data-severity]').click()",
    "and on again": "document.querySelector('[data-severity]').click()",
    "one rule": "choose('rule', 1)",
    "all rules": "choose('rule', 0)",
    "one file": "choose('file', 7)",
    "all files": "choose('file', 0)",
    "high confidence only": "choose('confidence', 2)",
    "any confidence": "choose('confidence', 0)",
}
_CHOOSE = """
const choose = (id, at) => {
  document.getElementById(id).selectedIndex = at;
  document.getElementById(id).dispatchEvent(new Event('change', {bubbles: true}));
};
"""
_TIMED = """
const done = arguments[arguments.length - 1];
const start = performance.now();
%s
requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
"""
_SEARCH = """
const done = arguments[arguments.length - 1];
const search = document.getElementById('search');
const start = performance.now();
const seen = new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))));
seen.observe(document.getElementById('count'), {childList: true, characterData: true, subtree: true});
search.value = arguments[0];
search.dispatchEvent(new Event('input', {bubbles: true}));
"""


def main() -> int:
    """Print the figures; return the exit code."""
    parser = argparse.ArgumentParser(description="Time the page of --format html in Chromium.")
    parser.add_argument("--findings", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="write the page there")
    asked = parser.parse_args()
    start = time.perf_counter()
    text = many(asked.findings)
    print(f"made: {len(text.encode()) / 1e6:.1f} MB in {time.perf_counter() - start:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        page = asked.keep or Path(folder) / "page.html"
        page.write_text(text, encoding="utf-8")
        _times(page.resolve().as_uri())
    return 0


def many(findings: int) -> str:
    """Return the page of the sample articles, repeated until there are so many findings."""
    targets, plan = plan_of(Asked((str(ROOT / "fixtures"),), config=str(ROOT / "fixtures/bilint.toml")), {})
    report = run(targets, plan)
    articles = {target.path: prepare(target, plan) for target in targets}
    times = -(-findings // len(report.findings))
    found = [_copied(each, number) for number in range(times) for each in report.findings][:findings]
    style = Style(color=False, width=100, article=_original(articles))
    return render(replace(report, findings=tuple(found)), "html", style=style)


def _copied(finding: Placed, number: int) -> Placed:
    place = replace(finding.target.place, path=f"{number:05}{finding.target.place.path}")
    return replace(finding, target=Excerpt(place, finding.target.text, finding.target.line))


def _original(articles: dict[str, Article]) -> Callable[[str], Article | None]:
    return lambda path: articles.get(path[5:])


def _times(address: str) -> None:
    opened, filtered, stepped = [], [], []
    for _ in range(_TURNS):
        driver = chromium()
        start = time.perf_counter()
        driver.get(address)
        driver.execute_async_script(_TIMED % "")
        opened.append(1000 * (time.perf_counter() - start))
        for words, script in _FILTERS.items():
            filtered.append((driver.execute_async_script(_TIMED % (_CHOOSE + script)), words))
        for text in ("weather", "没有这个", ""):
            filtered.append((driver.execute_async_script(_SEARCH, text), f"search {text!r}"))
        for _ in range(10):
            key = "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true}))"
            stepped.append(driver.execute_async_script(_TIMED % key.replace("document", "document.body")))
        for entry in driver.execute("getLog", {"type": "browser"})["value"]:
            print(entry["message"], file=sys.stderr)
        driver.quit()
    _say("open", opened)
    for words in dict.fromkeys(words for _, words in filtered):
        _say(words, [taken for taken, each in filtered if each == words])
    _say("next finding", stepped)


def _say(what: str, taken: Sequence[float]) -> None:
    print(f"{what:22} {median(taken):7.0f} ms   (worst {max(taken):.0f})")


def chromium() -> Chrome:
    """Return a browser without a window."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1440,1000"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


if __name__ == "__main__":
    sys.exit(main())
