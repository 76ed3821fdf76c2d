from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bilint.model import UserError
from bilint.originals.paths import mirrored, sources
from bilint.settings import Originals, PathMap

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("zh/guide.md", "en/guide.md"),
        ("src/content/docs/zh-cn/guides/a.mdx", "src/content/docs/en/guides/a.mdx"),
        ("docs/zh-hant/docs/how-to/a.md", "docs/en/docs/how-to/a.md"),
        ("translations/zh-CN/docs/a.md", "docs/a.md"),
        ("repo/translations/zh/README.md", "repo/README.md"),
        ("pages/a.zh.mdx", "pages/a.en.mdx"),
        ("pages/a.zh.md", "pages/a.md"),
        ("a.zh-CN.md", "a.md"),
        ("lesson 1/zh.md", "lesson 1/en.md"),
    ],
)
def test_default_patterns(target: str, source: str) -> None:
    assert any(source in sources(pattern, target) for pattern in Originals().paths)


@pytest.mark.parametrize("target", ["src/guide/a.md", "zhuhai/a.md", "docs/azh/a.md", "a.zhx.md", "zh"])
def test_not_mirrored(target: str) -> None:
    assert not any(sources(pattern, target) for pattern in Originals().paths)


def test_the_deepest_folder_first_then_the_highest() -> None:
    pattern = PathMap("{root}zh/{path}", "{root}en/{path}")
    assert sources(pattern, "zh/a/zh/b.md") == ["zh/a/en/b.md", "en/a/zh/b.md"]


def test_regex_characters_are_literal() -> None:
    pattern = PathMap("docs (zh)/{path}.{ext}", "docs/{path}.{ext}")
    assert sources(pattern, "docs (zh)/a+b.md") == ["docs/a+b.md"]
    assert sources(pattern, "docs zh/a.md") == []


def test_a_placeholder_twice_is_the_same_text() -> None:
    pattern = PathMap("{path}/zh/{path}.md", "{path}.md")
    assert sources(pattern, "a/zh/a.md") == ["a.md"]
    assert sources(pattern, "a/zh/b.md") == []


@pytest.mark.parametrize(("target", "source"), [("{lang}/{path}", "en/{path}"), ("zh/{path}", "{root}en/{path}")])
def test_unknown_placeholder(target: str, source: str) -> None:
    with pytest.raises(UserError) as caught:
        sources(PathMap(target, source), "zh/a.md")
    assert "`originals.paths`" in caught.value.message
    assert caught.value.hint


def test_relative_and_absolute_targets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    maps = (PathMap("{root}zh/{path}", "{root}en/{path}"),)
    expected = tmp_path / "docs/en/a.md"
    assert expected in mirrored(maps, "docs/zh/a.md", tmp_path)
    assert expected in mirrored(maps, str(tmp_path / "docs/zh/a.md"), tmp_path)
    (tmp_path / "docs/zh").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "docs/zh")
    assert expected in mirrored(maps, "a.md", tmp_path)
    assert expected in mirrored(maps, "../zh/a.md", tmp_path / "elsewhere")


def test_a_pattern_without_root_is_anchored_at_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path / "content")
    maps = (PathMap("content/{path}", "originals/{path}"),)
    assert list(mirrored(maps, "a.md", tmp_path)) == [tmp_path / "originals/a.md"]


def test_never_the_target_itself(tmp_path: Path) -> None:
    maps = (PathMap("{path}", "{path}"),)
    assert list(mirrored(maps, str(tmp_path / "a.md"), tmp_path)) == []
