"""Languages and projects in the paths of translations."""

from __future__ import annotations

import pytest

from bilint.text.locales import by_project, region_of


@pytest.mark.parametrize(
    ("path", "region"),
    [
        ("docs/zh-tw/a.md", "tw"),
        ("i18n/zh_CN/a.md", "cn"),
        ("zh-Hant-HK/a.md", "hk"),
        ("translations/zh-hant/zh.md", "hant"),
        ("docs/zh/a.md", ""),
        ("zh-twist/a.md", ""),
        ("zh-cn/about/zh-tw.md", "tw"),
    ],
)
def test_a_path_names_its_region(path: str, region: str) -> None:
    assert region_of(path) == region


def test_the_folder_of_a_language_is_a_project() -> None:
    found = by_project(["docs/zh/guide/a.md", "docs/zh/api/b.md", "blog/zh/c.md"])
    assert found == {
        "docs/zh/guide/a.md": "docs/zh",
        "docs/zh/api/b.md": "docs/zh",
        "blog/zh/c.md": "blog/zh",
    }


def test_without_one_the_topmost_folder_with_several_articles_is() -> None:
    found = by_project(["text/react/x/a.md", "text/react/y/b.md", "text/vue/x/c.md", "text/d.md", "text/one/e.md"])
    assert found["text/react/x/a.md"] == found["text/react/y/b.md"] == "text/react"
    assert found["text/vue/x/c.md"] == found["text/d.md"] == found["text/one/e.md"] == "text"
