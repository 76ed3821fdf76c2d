from __future__ import annotations

import pytest

from bilint.text.code_hosts import blob

HASH = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("url", "raw"),
    [
        ("https://github.com/o/r/blob/main/docs/a.md#L1-L3", "https://raw.githubusercontent.com/o/r/main/docs/a.md"),
        ("https://www.github.com/o/r/raw/main/a%20b.md?plain=1", "https://raw.githubusercontent.com/o/r/main/a%20b.md"),
        ("https://raw.githubusercontent.com/o/r/main/a.md?x", "https://raw.githubusercontent.com/o/r/main/a.md"),
        ("https://gitlab.com/g/sub/r/-/blob/v1/a.md", "https://gitlab.com/g/sub/r/-/raw/v1/a.md"),
        ("https://git.example.org:8443/g/r/-/blob/v1/a.md", "https://git.example.org:8443/g/r/-/raw/v1/a.md"),
        ("https://codeberg.org/o/r/src/branch/main/d/a.md", "https://codeberg.org/o/r/raw/branch/main/d/a.md"),
        (f"https://gitea.com/o/r/src/commit/{HASH}/a.md", f"https://gitea.com/o/r/raw/commit/{HASH}/a.md"),
        ("https://bitbucket.org/o/r/src/main/a.md#lines-3", "https://bitbucket.org/o/r/raw/main/a.md"),
    ],
)
def test_raw(url: str, raw: str) -> None:
    found = blob(url)
    assert found is not None
    assert found.raw == raw


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/o/r",
        "https://github.com/o/r/tree/main/docs",
        "https://github.com/o/r/blob/main",
        "https://example.com/o/r/blob/main/a.md",
        "https://example.com/src/main/a.md",
        "https://[",
    ],
)
def test_other_pages(url: str) -> None:
    assert blob(url) is None


def test_commit() -> None:
    found = blob(f"https://github.com/o/r/blob/{HASH}/docs/a.md")
    assert found is not None
    assert (found.repository, found.commit, found.path) == ("o/r", HASH, "docs/a.md")
    branch = blob("https://github.com/o/r/blob/main/docs/a.md")
    assert branch is not None
    assert branch.commit is None
