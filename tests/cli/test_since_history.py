"""`--since` in a history of thirty commits: what was planted on either side is found, and nothing else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from histories import NAMES, SECTIONS, Repository
from runs import Done

Run = Callable[..., Done]
FAULTS = {
    "a link changed": "changed-link",
    "a number changed": "changed-number",
    "a link without text": "empty-link",
    "a paragraph cut": "missing-block",
    "a paragraph of our own": "extra-block",
    "a link changed in the English": "changed-link",
    "a number changed in the English": "changed-number",
    "a paragraph added to the English": "missing-block",
    "a paragraph cut from the English": "extra-block",
}
"""What is planted, and the rule that says so."""
HARMLESS = (
    *("reflow", "reflow the English", "insert", "move", "mend", "reword", "reword the English"),
    *("heading", "update both", "nothing"),
)
FREE = [number for number in range(2 * SECTIONS) if number % SECTIONS]
"""The sections that are sound at first: the first of each article has the old fault, or the edits that are none."""


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_in_thirty_commits_exactly_what_was_planted_is_found(repository: Repository, bilint: Run, seed: int) -> None:
    dice = random.Random(seed)
    sections = dice.sample(FREE, len(FREE))
    kinds = [*FAULTS, *dice.sample(sorted(FAULTS), 3)]
    steps = [*kinds, *HARMLESS, *dice.choices(HARMLESS, k=30 - len(kinds) - len(HARMLESS))]
    dice.shuffle(steps)
    planted: list[tuple[int, str, str]] = []
    for number, step in enumerate(steps):
        if step in FAULTS:
            section = sections.pop()
            plant(repository, step, section)
            planted.append((number, FAULTS[step], NAMES[section][1]))
        else:
            change(repository, step, number)
        repository.commit()
    assert len(repository.commits) == 31
    for at in (0, 2, 5, 9, 14, 20, 25, 28, 29, 30):
        expected = sorted((rule, word) for number, rule, word in planted if number >= at)
        assert sorted(found_since(repository, bilint, repository.commits[at])) == expected, (at, steps)


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("section", [3, SECTIONS - 1, SECTIONS + 4])
def test_each_is_found_at_once_and_not_after(repository: Repository, bilint: Run, kind: str, section: int) -> None:
    plant(repository, kind, section)
    assert list(found_since(repository, bilint, "HEAD")) == [(FAULTS[kind], NAMES[section][1])]
    repository.git("add", "-A")
    assert list(found_since(repository, bilint, "HEAD")) == [(FAULTS[kind], NAMES[section][1])]
    repository.commit()
    assert list(found_since(repository, bilint, "HEAD")) == []
    assert list(found_since(repository, bilint, "HEAD~1")) == [(FAULTS[kind], NAMES[section][1])]


@pytest.mark.parametrize("kind", ["a paragraph cut", "a paragraph cut from the English"])
@pytest.mark.parametrize("moves", [1, 2, 3])
def test_what_is_cut_where_a_section_was_moved_to_is_found(
    repository: Repository, bilint: Run, kind: str, moves: int
) -> None:
    section = (2 * SECTIONS - 1, SECTIONS + 1, SECTIONS + 2)[moves - 1]
    plant(repository, kind, section)
    for _ in range(moves):
        change(repository, "move", 1)
    assert list(found_since(repository, bilint, "HEAD")) == [(FAULTS[kind], NAMES[section][1])]


def found_since(repository: Repository, bilint: Run, revision: str) -> Iterator[tuple[str, str]]:
    """Yield for each place of a finding its rule and the heading of the section that it lies in."""
    done = bilint("check", "zh", "--since", revision, "--min-confidence", "low", "--format", "json")
    assert done.code == int(bool(done.report["findings"]))
    for finding in done.report["findings"]:
        lines = repository.folder.path.joinpath(finding["path"]).read_text(encoding="utf-8").split("\n")
        places: list[dict[str, Any]] = [finding, *finding["more"]]
        for place in places:
            headings = [line for line in lines[: place["line"]] if line.startswith("#")]
            yield finding["rule"], headings[-1].lstrip("# ")


def plant(repository: Repository, kind: str, section: int) -> None:
    """Make a fault in a section that has none."""
    name, (thing, word) = "ab"[section // SECTIONS], NAMES[section]
    weight = 200 + section
    manual = f"Whoever uses the {thing} reads [the manual of the {thing}](https://example.com/manual/{thing}) first.\n"
    translated = f"要用{word}的人，先要读[{word}的说明书](https://example.com/manual/{thing})。\n"
    added = f"Nobody should ever leave the kitchen while the {thing} is about to fall off the wall.\n"
    own = f"谁也不应该在{word}快要从墙上掉下来的时候离开厨房，这一点请大家牢记。\n"
    language, old, new = {
        "a link changed": ("zh", f"/plan/{thing})", f"/plan/new-{thing})"),
        "a number changed": ("zh", f" {weight} ", f" {weight + 500} "),
        "a link without text": ("zh", f"{word}放在", f"[](https://example.com/empty/{thing}){word}放在"),
        "a paragraph cut": ("zh", _as_it_lies(repository, name, translated), ""),
        "a paragraph of our own": ("zh", f"## {word}\n", f"## {word}\n\n{own}"),
        "a link changed in the English": ("en", f"/plan/{thing})", f"/plan/new-{thing})"),
        "a number changed in the English": ("en", f" {weight} ", f" {weight + 500} "),
        "a paragraph added to the English": ("en", f"## The {thing}\n", f"## The {thing}\n\n{added}"),
        "a paragraph cut from the English": ("en", _as_it_lies(repository, name, manual), ""),
    }[kind]
    repository.edit(language, name, old, new)


def _as_it_lies(repository: Repository, name: str, paragraph: str) -> str:
    """Return a paragraph with the line breaks that it has in the article or the original by now."""
    texts = [repository.read(language, name) for language in ("zh", "en")]
    forms = (paragraph, *(edit(paragraph) for edit in (reflowed, reflowed_english)))
    return next((form for form in forms if any(form in text for text in texts)), paragraph)


def reflowed(text: str) -> str:
    return text.replace("，\n", "，") if "，\n" in text else text.replace("，", "，\n")


def reflowed_english(text: str) -> str:
    return text.replace("\n[", " [") if "\n[" in text else text.replace(" [", "\n[")


def change(repository: Repository, kind: str, number: int) -> None:
    """Change something that is no fault and touches no faulty block."""
    name = "ab"[number % 2]
    chinese, english = repository.read("zh", name), repository.read("en", name)
    if kind == "reflow":
        repository.write("zh", name, reflowed(chinese))
    elif kind == "reflow the English":
        repository.write("en", name, reflowed_english(english))
    elif kind == "insert":
        repository.edit("zh", name, "# 物品清单\n", f"# 物品清单\n\n第 {number} 次修改时加了一件东西，也写进了清单。\n")
        one = f"things\n\nWith change {number} one thing was added to the list as well.\n"
        repository.edit("en", name, "things\n", one)
    elif kind == "move":
        for language, text in (("zh", chinese), ("en", english)):
            head, *sections = text.rstrip("\n").split("\n\n## ")
            repository.write(language, name, "\n\n## ".join([head, *sections[1:], sections[0]]) + "\n")
    elif kind == "mend" and "/old-" in repository.read("zh", "a"):
        repository.edit("zh", "a", "/plan/old-kettle)", "/plan/kettle)")
    elif kind == "reword":
        toggle(repository, "zh", "b", "勺子放在", "勺子就放在")
    elif kind == "reword the English":
        toggle(repository, "en", "b", "The spoon stands", "The spoon always stands")
    elif kind == "heading":
        toggle(repository, "zh", "a", "## 水壶\n", "## 水壶啊\n")
    elif kind == "update both":
        grams = re.search(r"(\d+) grams", repository.read("en", "b").partition("The spoon ")[2])
        assert grams
        for language in ("zh", "en"):
            repository.edit(language, "b", f" {grams[1]} ", f" {int(grams[1]) + 1000} ")


def toggle(repository: Repository, language: str, name: str, one: str, other: str) -> None:
    is_one = one in repository.read(language, name)
    repository.edit(language, name, *((one, other) if is_one else (other, one)))
