"""`bilint init`: settings that fit the tree, for the layouts that there are; `--check` says whether they still do."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from runs import FIXTURES, Done, Folder

Run = Callable[..., Done]
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
THINGS = {"kettle": "水壶", "stove": "炉子", "teapot": "茶壶", "lamp": "台灯"}
URL = "https://example.com/posts"


def english(name: str) -> str:
    text = f"Put the {name} on the table and read the manual that came with it.\n\nThen clean it with water.\n"
    return f"# The {name}\n\n{text}"


def chinese(name: str) -> str:
    thing = THINGS[name]
    return f"# {thing}\n\n把{thing}放在桌上，然后阅读随附的说明书。\n\n然后用水清洗它。\n"


@pytest.fixture
def work(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty folder with empty surroundings."""
    top = folder.path / "all/here"
    top.mkdir(parents=True)
    monkeypatch.chdir(top)
    return Folder(top)


def fill(work: Folder, target: str, source: str, names: Sequence[str] = tuple(THINGS)) -> None:
    for name in names:
        work.write(target.format(name), chinese(name))
        work.write(source.format(name), english(name))


def written(work: Folder) -> dict[str, Any]:
    return tomllib.loads((work.path / "bilint.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("target", "source", "patterns"),
    [
        ("docs/zh/{}.md", "docs/en/{}.md", None),
        ("translations/zh-CN/docs/{}.md", "docs/{}.md", None),
        ("content/zh/{}.md", "content/en/{}.md", None),
        ("docs/{}.zh.md", "docs/{}.md", None),
        (
            "i18n/zh-CN/docusaurus-plugin-content-docs/current/a/{}.md",
            "docs/a/{}.md",
            ("i18n/zh-CN/docusaurus-plugin-content-docs/current/{path}", "docs/{path}"),
        ),
        ("content/chinese/a/{}.md", "content/english/a/{}.md", ("content/chinese/{path}", "content/english/{path}")),
        ("docs/{}_cn.md", "docs/{}.md", ("{path}_cn.{ext}", "{path}.{ext}")),
        ("guide/{}.md", "../docs/guide/{}.md", ("{path}", "../docs/{path}")),
    ],
)
def test_a_layout(work: Folder, bilint: Run, target: str, source: str, patterns: tuple[str, str] | None) -> None:
    fill(work, target, source)
    done = bilint("init")
    assert done.code == 0, done.err
    assert "4 of 4 articles compared with the original (4 by path)" in done.out
    paths = written(work).get("originals", {}).get("paths")
    assert paths == ([{"target": patterns[0], "source": patterns[1]}] if patterns else None)
    checked = bilint("check", ".", "--format", "json", "--fail-on", "never")
    assert len(checked.checked) == 4
    assert bilint("init", "--check").code == 0


def test_other_languages_are_neither_articles_nor_originals(work: Folder, bilint: Run) -> None:
    fill(work, "i18n/zh/site/{}.md", "pages/{}.md")
    for name in THINGS:
        text = f"# Le {name}\n\nPosez-le sur la table, puis lisez la notice qui est dans la boîte avec le reste.\n"
        work.write(f"i18n/fr/site/{name}.md", text)
    assert bilint("init").code == 0
    assert written(work)["originals"]["paths"] == [{"target": "i18n/zh/site/{path}", "source": "pages/{path}"}]
    assert written(work)["include"] == ["/i18n/zh/site/**/*.md"]


def test_same_names_that_say_other_things_are_no_layout(work: Folder, bilint: Run) -> None:
    work.write("a/x.md", (FIXTURES / "zh/bubble.md").read_bytes())
    work.write("b/x.md", (FIXTURES / "originals/weather-log.md").read_bytes())
    assert bilint("init").code == 0
    assert "paths" not in written(work).get("originals", {})


def test_the_rest_is_told_what_to_do(work: Folder, bilint: Run) -> None:
    fill(work, "docs/zh/{}.md", "docs/en/{}.md", ["kettle", "stove"])
    work.write("docs/zh/teapot.md", chinese("teapot"))
    work.write("docs/zh/lamp.md", chinese("lamp").replace("\n", f"\n\n> 原文：<{URL}>\n", 1))
    done = bilint("init")
    assert done.code == 0
    assert "2 of 4 articles compared with the original" in done.out
    assert "bilint fetch" in done.out
    assert "docs/zh/teapot.md" in done.out
    check = bilint("init", "--check")
    assert check.code == 1
    assert check.out == bilint("init", "--check").out


def test_an_article_that_needs_no_original_does_not_fail_the_check(work: Folder, bilint: Run) -> None:
    fill(work, "zh/{}.md", "en/{}.md", ["kettle"])
    work.write("zh/column.md", chinese("lamp"))
    assert bilint("init", "--check", "zh").code == 1
    work.write("bilint.toml", '[[overrides]]\npaths = ["/zh/column.md"]\nignore = ["no-original"]\n')
    assert bilint("init", "--check", "zh").code == 0


def test_a_checkout_beside_that_is_not_there_is_what_is_missing(work: Folder, bilint: Run) -> None:
    fill(work, "guide/{}.md", "../docs/guide/{}.md")
    assert bilint("init").code == 0
    shutil.rmtree(work.path.parent / "docs")
    done = bilint("init", "--check")
    assert (done.code, "4: no original is known" in done.out) == (1, True)
    assert "→ `originals.paths` leads to ../docs, which does not exist: put it there" in done.out
    assert "under the title" not in done.out


def test_front_matter_keys(work: Folder, bilint: Run) -> None:
    for name in THINGS:
        field = f"---\norigin_link: {URL}/{name}\nauthor_source: {URL}/ada\n---\n\n"
        work.write(f"posts/{name}.md", field + chinese(name))
    assert bilint("init").code == 0
    keys = written(work)["originals"]["front-matter"]
    assert "origin_link" in keys
    assert "author_source" not in keys


@pytest.mark.parametrize("name", ["bilint.toml", ".bilint.toml", "pyproject.toml"])
def test_settings_that_are_there_stay(work: Folder, bilint: Run, name: str) -> None:
    fill(work, "zh/{}.md", "en/{}.md")
    work.write(name, "[tool.bilint]\n" if name == "pyproject.toml" else "")
    done = bilint("init")
    assert done.code == 2
    assert name in done.err
    assert [path.name for path in work.path.glob("*bilint.toml")] == [name] * (name != "pyproject.toml")


def test_nothing_chinese(work: Folder, bilint: Run) -> None:
    work.write("README.md", english("kettle"))
    assert bilint("init").code == 3
    assert not (work.path / "bilint.toml").exists()
    assert bilint("init", "nowhere").code == 2


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def mirror(work: Folder) -> Folder:
    """A repository of translations, and beside it the originals in `docs`, also bare in `docs.git`."""
    fill(work, "guide/{}.md", "../docs/guide/{}.md")
    for folder in (work.path, work.path.parent / "docs"):
        git(folder, "init", "-q", "-b", "main")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "one")
    git(work.path.parent, "clone", "-q", "--bare", "docs", "docs.git")
    return work


@needs_git
@pytest.mark.parametrize("store", ["git:../docs@HEAD", "git:../docs.git@main"])
def test_two_repositories_with_equal_paths(mirror: Folder, bilint: Run, store: str) -> None:
    mirror.write("bilint.toml", f'[originals]\nstores = ["{store}"]\n')
    mirror.write("../docs/guide/kettle.md", "# Not committed\n")
    done = bilint("check", "guide", "--format", "json")
    found = {article["path"]: article["source"] for article in done.report["articles"]}
    assert {path: source["path"] for path, source in found.items()} == {
        f"guide/{name}.md": f"{store}:guide/{name}.md" for name in THINGS
    }
    assert bilint("init", "--check").code == 0
    mirror.write("guide/new.md", chinese("lamp"))
    told = bilint("show", "originals", "guide/new.md").out
    assert f"{store}:guide/new.md" in told


@needs_git
def test_a_bare_repository_beside(mirror: Folder, bilint: Run) -> None:
    shutil.rmtree(mirror.path.parent / "docs")
    assert bilint("init").code == 0
    assert written(mirror)["originals"]["stores"] == ["git:../docs.git@HEAD"]


@needs_git
def test_a_store_of_the_own_repository_does_not_make_an_article_its_own_original(mirror: Folder, bilint: Run) -> None:
    mirror.write("bilint.toml", '[originals]\nstores = ["git:.@HEAD"]\n')
    assert bilint("init", "--check").code == 1


@needs_git
def test_a_translation_in_the_other_repository_is_no_original(mirror: Folder, bilint: Run) -> None:
    mirror.write("bilint.toml", '[originals]\nstores = ["git:../docs@HEAD"]\n')
    mirror.write("guide/new.md", chinese("lamp"))
    mirror.write("../docs/guide/new.md", chinese("lamp") * 4)
    git(mirror.path.parent / "docs", "add", "-A")
    git(mirror.path.parent / "docs", "commit", "-q", "-m", "two")
    told = bilint("show", "originals", "guide/new.md", "--format", "json").out
    assert '"source": null' in told


def test_english_folders_that_belong_to_no_layout_are_left_out(work: Folder, bilint: Run) -> None:
    for name in THINGS:
        work.write(f"published/{name}.md", chinese(name))
        work.write(f"sources/{name}-in-english.md", english(name))
    assert bilint("init").code == 0
    assert written(work)["exclude"] == ["/sources/"]
    assert len(bilint("check", ".", "--format", "json").checked) == 4
