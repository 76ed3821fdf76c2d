"""Checks that a project declares in its settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from runs import Done, Folder

Run = Callable[..., Done]
COLD = """
[[checks]]
name = "cold-water"
english = '\\bcold water\\b'
require = '冷水'
message = "`cold water` is {not} `冷水` here"
severity = "error"
"""
NO_KETTLE = "[[checks]]\nname = 'no-kettle'\nforbid = '茶壶'\nmessage = 'we say 水壶'\n"


def test_what_the_chinese_must_have(folder: Folder, bilint: Run) -> None:
    folder.write("bilint.toml", COLD)
    assert bilint("check", "zh").code == 0
    folder.write("zh/kettle.md", "# 水壶\n\n把水壶装满凉水，然后等水烧开。\n")
    done = bilint("check", "zh", "--format", "json")
    (finding,) = done.report["findings"]
    assert (done.code, finding["rule"], finding["severity"]) == (1, "project/cold-water", "error")
    assert finding["message"] == "`cold water` is {not} `冷水` here"
    assert finding["source"]["text"] == "cold water"
    assert bilint("check", "zh", "--ignore", "project/cold-water").code == 0
    assert "project/cold-water" in bilint("check", "zh", "--statistics").out
    for format_ in ("sarif", "github", "junit", "gitlab", "full"):
        assert "project/cold-water" in bilint("check", "zh", "--format", format_).out.replace("%2F", "/")


def test_what_it_must_not_have_needs_no_original(folder: Folder, bilint: Run) -> None:
    folder.write("bilint.toml", NO_KETTLE)
    folder.write("other/a.md", "# 茶\n\n茶壶里有茶。`茶壶` 是代码。\n\n茶壶很烫。\n")
    words = ("check", "other", "--select", "project/no-kettle", "--format", "json")
    places = [(f["line"], f["column"]) for f in bilint(*words).report["findings"]]
    assert places == [(3, 1), (5, 1)]
    assert bilint(*words, "--jobs", "2").out == bilint(*words, "--jobs", "1").out


def test_suppressed_and_in_a_baseline(folder: Folder, bilint: Run) -> None:
    folder.write("bilint.toml", NO_KETTLE)
    folder.write("zh/kettle.md", "# 水壶\n\n把茶壶装满冷水，然后等水烧开。\n")
    assert bilint("check", "zh").code == 1
    assert bilint("baseline", "write", "zh").code == 0
    assert bilint("check", "zh", "--baseline", "bilint-baseline.json").code == 0
    comment = "<!-- bilint-disable-next-line project/no-kettle: a name -->"
    folder.write("zh/kettle.md", f"# 水壶\n\n{comment}\n把茶壶装满冷水，然后等水烧开。\n")
    assert bilint("check", "zh").code == 0
    folder.write("zh/kettle.md", f"# 水壶\n\n{comment}\n把水壶装满冷水，然后等水烧开。\n")
    assert bilint("check", "zh", "--format", "json").rules == ["unused-suppression"]


def test_other_settings_for_some_paths(folder: Folder, bilint: Run) -> None:
    folder.write("zh/kettle.md", "# 水壶\n\n把茶壶装满冷水，然后等水烧开。\n")
    override = "[[overrides]]\npaths = ['/zh/']\n[overrides.rules.'project/no-kettle']\nseverity = 'info'\n"
    folder.write("bilint.toml", NO_KETTLE + override)
    assert bilint("check", "zh").code == 0
    folder.write("bilint.toml", NO_KETTLE + "[[overrides]]\npaths = ['/zh/']\nignore = ['project/no-kettle']\n")
    assert bilint("check", "zh", "--format", "json").rules == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NO_KETTLE.replace("茶壶", "(茶壶"), "bilint.toml:3: `checks[0].forbid`: is not a valid pattern"),
        (NO_KETTLE.replace("no-kettle", "No Kettle"), "bilint.toml:2: `checks[0].name`"),
        (NO_KETTLE.replace("forbid", "require"), "goes with `english`"),
        (NO_KETTLE.replace("forbid = '茶壶'\n", ""), "neither `require` nor `forbid`"),
        (NO_KETTLE.replace("we say 水壶", " "), "`checks[0].message`: is empty"),
        (NO_KETTLE + NO_KETTLE, "a second check `no-kettle`"),
        (NO_KETTLE.replace("forbid", "forbids"), "did you mean `forbid`?"),
        ("ignore = ['project/none']\n" + NO_KETTLE, "unknown rule `project/none`"),
    ],
)
def test_a_broken_check_is_an_error_with_its_place(folder: Folder, bilint: Run, text: str, said: str) -> None:
    folder.write("bilint.toml", text)
    done = bilint("check", "zh")
    assert done.code == 2
    assert said in done.err


def test_a_pattern_that_takes_for_ever_costs_its_article_only(folder: Folder, bilint: Run) -> None:
    folder.write("bilint.toml", "max-seconds = 0.5\n" + NO_KETTLE.replace("茶壶", "(?:[一-龥]+)+。x"))
    folder.write("zh/long.md", "# 水壶\n\n" + "水壶里有水" * 20 + "。\n")
    done = bilint("check", "zh", "--format", "json")
    assert done.code == 2
    assert "zh/long.md: takes more than" in done.err
    assert done.checked == ["zh/kettle.md"]
