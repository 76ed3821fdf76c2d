"""What a page can be entered by, and which file an address within a project names."""

from __future__ import annotations

import pytest

from bilint.parse import parse
from bilint.reading.fragments import Page, Pages, fragments, heading_of, leads, made, pack, page_of
from bilint.text.fragments import local, names_place, page_key, pages
from bilint.text.slugs import Generator


def page(text: str) -> Page:
    return page_of(parse(text, "page.md"))


@pytest.mark.parametrize(
    ("destination", "path", "fragment"),
    [
        ("#清洗", "", "清洗"),
        ("#%E6%B8%85%E6%B4%97", "", "清洗"),
        ("a%20b.md?x=1#c", "a b.md", "c"),
        ("/guide/", "/guide/", ""),
    ],
)
def test_an_address_within_the_project_has_a_path_and_a_fragment(destination: str, path: str, fragment: str) -> None:
    assert local(destination) == (path, fragment)


@pytest.mark.parametrize(
    "destination", ["", "https://a.b/#c", "//a.b/c", "mailto:a@b.c", "{{ base }}/a#b", "{% url %}"]
)
def test_what_leads_out_of_the_project_or_is_a_template_is_not_local(destination: str) -> None:
    assert local(destination) is None


@pytest.mark.parametrize(
    "fragment",
    ["", "top", "L10", "L1-L20", "fn1", "fnref:2", "user-content-fn-1", "/start", "!/start", "tab=linux", "tabs-a"],
)
def test_some_fragments_are_not_of_headings(fragment: str) -> None:
    assert not names_place(fragment)


@pytest.mark.parametrize("fragment", ["install", "清洗", "l10n", "footer", "reference", "1-清洗", "topics"])
def test_other_fragments_are(fragment: str) -> None:
    assert names_place(fragment)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("b.md", "docs/zh/guide/b.md"),
        ("b", "docs/zh/guide/b.md"),
        ("./b/", "docs/zh/guide/b/index.md"),
        ("b/index.html", "docs/zh/guide/b.md"),
        ("../B.html", "docs/zh/b.mdx"),
        ("../b/", "docs/zh/guide/b.md"),
        ("/guide/b", "docs/zh/guide/b.md"),
        ("/zh/guide/b/", "docs/zh/guide/b/README.md"),
        ("/docs/guide/b", "docs/zh/guide/b.md"),
        ("/zh-CN/docs/b", "docs/b.md"),
    ],
)
def test_an_address_names_files_near_and_from_the_root_of_the_site(path: str, file: str) -> None:
    named = list(pages(path, "docs/zh/guide/a.md"))
    assert page_key(file) in [key for each in named for key in each.files()]
    assert any(each.may_be(page_key(file)) for each in named)


def test_an_address_never_names_a_file_of_another_folder() -> None:
    for file, path in [("docs/en/guide/b.md", "/guide/b"), ("docs/zh/b.md", "b.md"), ("docs/zh/guide/b.mdx", "b.md")]:
        named = list(pages(path, "docs/zh/guide/a.md"))
        assert page_key(file) not in [key for each in named for key in each.files()]
        assert not any(each.may_be(page_key(file)) for each in named)


def test_the_likeliest_file_is_named_first() -> None:
    (page,) = pages("b.html", "docs/zh/a.md")
    assert list(page.files())[:2] == ["docs/zh/b.md", "docs/zh/b/index.md"]
    (file,) = pages("B.md", "docs/zh/a.md")
    assert list(file.files()) == ["docs/zh/b.md"]


def test_a_heading_with_an_id_has_no_other_fragment() -> None:
    found = page("## 清洗 {#clean}\n\n## 装水\n")
    assert leads("clean", found)
    assert leads("装水", found)
    assert not leads("清洗", found)


def test_the_letters_of_a_heading_alone_lead_nowhere() -> None:
    found = page("## Fill the kettle\n\n## 清洗 {#clean-it}\n")
    assert leads("fill-the-kettle", found)
    assert not leads("fillthekettle", found)
    assert not leads("cleanit", found)


def test_a_comment_states_no_id() -> None:
    assert not leads("clean", page('<!--\n## Clean {#clean}\n<a id="clean"></a>\n-->\n\n## 清洗\n'))


def test_repeated_headings_are_counted_by_each_generator() -> None:
    found = page("## 例\n\n## 例\n")
    assert made(found, Generator.GITHUB) == ("例", "例-1")
    assert made(found, Generator.MKDOCS_UNICODE) == ("例", "例_1")
    assert {"例", "例-1", "例_1"} <= fragments(found)
    assert "例-2" not in fragments(found)


def test_a_fragment_leads_to_a_heading_by_number() -> None:
    found = page("# `a.b` 的值\n\n## 清洗 {#clean}\n")
    assert heading_of(found, "ab-的值") == 0
    assert heading_of(found, "clean") == 1
    assert heading_of(found, "lid") is None


def test_pages_add_up_and_can_be_taken_out_again() -> None:
    one = Pages({"a.md": {"a.md": pack(page("# a\n"), None)}})
    two = Pages({"b.md": {"b.md": pack(page("# b\n"), None)}})
    alike = Pages({"a.md": {"A.md": pack(page("# A\n"), None)}})
    for other in (two, alike):
        both = one + other
        assert both == other + one
        assert both - other == one
    assert Pages() + one == one
