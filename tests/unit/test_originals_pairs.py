from __future__ import annotations

from pathlib import Path

import pytest

from bilint.model import UserError
from bilint.originals.pairs import read


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("zh/b.md", "zh/a.md", "en/a.md", "en/b.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pairs(text: str) -> dict[str, str]:
    Path("pairs.tsv").write_text(text, encoding="utf-8")
    return read(Path("pairs.tsv"))


def test_in_the_order_of_the_file(here: Path) -> None:
    found = pairs(f"# two\n\nzh/b.md\ten/b.md\r\n  {here}/zh/a.md\ten/a.md\n")
    assert list(found.items()) == [("zh/b.md", "en/b.md"), (f"{here}/zh/a.md", "en/a.md")]


def test_relative_to_the_working_directory_not_to_the_file(here: Path) -> None:
    (here / "zh/pairs.tsv").write_text("zh/a.md\ten/a.md\n", encoding="utf-8")
    assert read(Path("zh/pairs.tsv")) == {"zh/a.md": "en/a.md"}


def test_source_may_be_a_url() -> None:
    assert pairs("zh/a.md\thttps://example.com/a\n") == {"zh/a.md": "https://example.com/a"}


def test_empty() -> None:
    assert pairs("\n# nothing\n") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("zh/a.md en/a.md\n", "pairs.tsv:1: is not a line `target<TAB>source`"),
        ("zh/a.md\ten/a.md\tx\n", "pairs.tsv:1: is not a line"),
        ("\nzh/a.md\t\n", "pairs.tsv:2: is not a line"),
        (
            "zh/a.md\ten/a.md\n\nzh/../zh/a.md\ten/b.md\n",
            "pairs.tsv:3: target zh/../zh/a.md is already paired at pairs.tsv:1",
        ),
        ("zh/c.md\ten/a.md\n", "pairs.tsv:1: target zh/c.md is not a file"),
        ("zh/a.md\ten/a.md\nzh/b.md\ten\n", "pairs.tsv:2: source en is not a file"),
    ],
)
def test_errors(text: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        pairs(text)
    assert message in caught.value.message
    assert caught.value.hint


def test_missing_file() -> None:
    with pytest.raises(UserError, match=r"none\.tsv: no such file"):
        read(Path("none.tsv"))
