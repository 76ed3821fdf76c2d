"""What a robots.txt allows, as RFC 9309 reads it."""

from __future__ import annotations

import pytest

from bilint.web.addresses import FetchError
from bilint.web.robots import Robots

TWO_GROUPS = "User-agent: bilint\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: BILINT\nDisallow: /b\n"


def allows(text: str, path: str) -> bool:
    try:
        Robots(lambda _: text).check(f"https://example.com{path}")
    except FetchError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "allowed", "forbidden"),
    [
        ("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", "/a/c"),  # the longest match, not the first
        ("User-agent: *\nAllow: /a\nDisallow: /a/b\n", "/a/c", "/a/b"),
        ("User-agent: *\nDisallow: /*/private\n", "/a/public", "/a/private"),
        ("User-agent: *\nDisallow: /*.php$\n", "/a.php?x", "/a.php"),
        (
            "User-agent: bilint\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: BILINT\nDisallow: /b\n",
            "/c",
            "/b",
        ),
        ("\ufeffUser-agent: *\nDisallow: /a\n", "/b", "/a"),
        ("User-agent: other\nDisallow: /\nUser-agent: *\nDisallow: /a\n", "/b", "/a"),
    ],
)
def test_rules(text: str, allowed: str, forbidden: str) -> None:
    assert allows(text, allowed)
    assert not allows(text, forbidden)


def test_the_pause_that_is_asked_for() -> None:
    rules = "\ufeffUser-agent: *\nCrawl-delay: 7\n"
    assert Robots(lambda _: rules).check("https://example.com/a") == 7
    assert Robots(lambda _: rules.replace("7", "900")).check("https://example.com/a") == 30


def test_patterns_take_no_exponential_time() -> None:
    assert allows("User-agent: *\nDisallow: /" + "*a" * 200 + "*b\n", "/" + "a" * 5000)
