"""What makes two targets of links the same one."""

from __future__ import annotations

import pytest

from bilint.text.links import link_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.example.com/guide/", "https://example.com:443/guide"),
        ("https://example.com/en-US/guide", "https://example.com/zh-CN/guide"),
        ("https://en.example.com/guide", "https://zh.example.com/guide"),
        ("https://example.com/a%2fb/%7Eme", "https://example.com/a%2Fb/~me"),
        ("https://example.com/guide?utm_source=letter&page=2", "https://example.com/guide?page=2"),
        ("https://example.com/search?q=a%3Ab", "https://example.com/search?q=a:b"),
        ("https://github.com/a/b/blob/master/c.md", "https://github.com/a/b/blob/main/c.md"),
        ("../guide/index.md", "/guide"),
        ("/guide.en.md", "/guide.zh.md"),
        ("/guide#设置", "/guide"),
        ("", ""),
    ],
)
def test_spellings_and_translations_of_one_address(one: str, other: str) -> None:
    assert link_key(one) == link_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/guide", "https://example.org/guide"),
        ("http://localhost:8000/docs", "http://localhost:9000/docs"),
        ("https://example.com/guide?page=1", "https://example.com/guide?page=2"),
        ("/guide#lid", "/guide#pot"),
        ("https://example.com/guide", "/guide"),
    ],
)
def test_different_addresses(one: str, other: str) -> None:
    assert link_key(one) != link_key(other)


def test_what_is_no_address_is_itself() -> None:
    assert link_key("https://[broken/guide") == ("", "https://[broken/guide", "")
    assert link_key("https://example.com:port/guide") == ("", "https://example.com:port/guide", "")
