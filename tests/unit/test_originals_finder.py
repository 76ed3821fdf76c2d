from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bilint.model import Block, Document, Kind, Original, Span, UserError
from bilint.originals import Finder
from bilint.settings import Originals, PathMap

U = "https://example.com/posts/slow"
LINKED = f"# 题\n\n> 原文：<{U}>\n\n正文。\n"
HELP = "run `bilint fetch`, save the page there or pass --source FILE"
PLAIN = "# 题\n\n正文。\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str = "x") -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


def article(name: str, text: str, **fields: str) -> Document:
    write(name, text)
    blocks = tuple(Block(Kind.FIELD, Span(0, 0), info=key, content=value) for key, value in fields.items())
    return Document(name, text, blocks)


def find(
    document: Document, settings: Originals | None = None, given: Mapping[str, str] | None = None
) -> tuple[Original | None, str]:
    return Finder(settings or Originals(), Path.cwd(), given or {}).find(document)


def test_given(here: Path) -> None:
    write("en.md")
    write("originals/slow.md")
    finder = Finder(Originals(), here, {str(here / "a.md"): "en.md"})
    assert finder.find(article("a.md", LINKED)) == (Original(None, "en.md", "pairs"), "")
    assert finder.find(article("./a.md", LINKED)) == (Original(None, "en.md", "pairs"), "")
    finder = Finder(Originals(), here, {"a.md": "en.md"}, given_by="source")
    assert finder.find(article("a.md", PLAIN)) == (Original(None, "en.md", "source"), "")


def test_given_url() -> None:
    target = article("a.md", PLAIN)
    original, why = find(target, given={"a.md": U})
    assert original == Original(U, None, "pairs")
    assert "--source FILE" in why
    write("originals/slow.html")
    assert find(target, given={"a.md": U}) == (Original(U, "originals/slow.html", "pairs"), "")


def test_given_the_same_file_or_none() -> None:
    original, why = find(article("a.md", PLAIN), given={"a.md": "./a.md"})
    assert original is None
    assert "same file" in why
    with pytest.raises(UserError, match="no such file"):
        find(article("a.md", PLAIN), given={"a.md": "none.md"})


def test_link_listed_in_the_index() -> None:
    write("originals/index.tsv", f"{U}/\t004.html\n")
    write("originals/004.html")
    assert find(article("zh/a.md", LINKED)) == (Original(U, "originals/004.html", "link"), "")


def test_link_without_a_file() -> None:
    original, why = find(article("zh/a.md", LINKED))
    assert original == Original(U, None, "link")
    assert why == f"names {U}, but originals/index.tsv does not list it; {HELP}"
    write("originals/index.tsv", f"{U}\t004.html\n")
    original, why = find(article("zh/a.md", LINKED))
    assert original == Original(U, None, "link")
    assert "index.tsv:1 lists originals/004.html, which is missing" in why


def test_mirrored_path_keeps_the_uri() -> None:
    write("en/a.md")
    assert find(article("zh/a.md", LINKED)) == (Original(U, "en/a.md", "path"), "")
    assert find(article("zh/a.md", PLAIN)) == (Original(None, "en/a.md", "path"), "")


def test_absolute_target_absolute_source(here: Path) -> None:
    write("en/a.md")
    document = article(str(here / "zh/a.md"), PLAIN)
    assert find(document) == (Original(None, (here / "en/a.md").as_posix(), "path"), "")


def test_front_matter_before_link_and_either_if_only_one_is_at_hand() -> None:
    document = article("zh/a.md", LINKED, source="https://example.org/other")
    write("originals/slow.md")
    assert find(document) == (Original(U, "originals/slow.md", "link"), "")
    write("originals/other.md")
    assert find(document) == (Original("https://example.org/other", "originals/other.md", "front matter"), "")


def test_front_matter_path() -> None:
    write("originals/a.md")
    document = article("zh/a.md", PLAIN, original="originals/a.md")
    assert find(document) == (Original(None, "originals/a.md", "front matter"), "")
    assert find(article("zh/a.md", PLAIN, original="a.md"))[0] == Original(None, "originals/a.md", "front matter")


def test_relative_link_starts_at_the_article() -> None:
    write("lesson/en.md")
    write("en.md")
    document = article("lesson/zh-Hans.md", "# 题\n\n> 原文：[`en.md`](./en.md)\n\n正文。\n")
    assert find(document) == (Original(None, "lesson/en.md", "link"), "")


def test_named_file_that_is_not_there() -> None:
    original, why = find(article("b.md", "# 题\n\n原文：[`en.md`](./en.md)\n"))
    assert original is None
    assert why == "names ./en.md (line 3), but there is no such file"


def test_itself() -> None:
    original, why = find(article("b.md", "# 题\n\n原文：[`b.md`](./b.md)\n"))
    assert original is None
    assert why.startswith("names itself")


def metadata(path: str) -> Document:
    text = f'<!--\n{{"original_hash": "00", "source_file": "README.md"}}\n-->\n{PLAIN}'
    write(path, text)
    return Document(path, text, (), comments=((0, text[4 : text.index("-->")]),))


def test_metadata_starts_at_the_repository() -> None:
    write("README.md")
    write("repo/README.md")
    write("repo/translations/zh/lesson/README.md")
    assert find(metadata("repo/translations/zh/README.md")) == (Original(None, "repo/README.md", "comment"), "")


def test_sidecar() -> None:
    write("guide/START.md")
    entry = {"guide/开始.md": {"source_file": "guide/START.md"}}
    write("translations/hk/.co-op-translator.json", json.dumps(entry))
    assert find(article("translations/hk/guide/开始.md", PLAIN)) == (Original(None, "guide/START.md", "path"), "")
    assert find(article("translations/hk/b.md", PLAIN))[0] is None
    write("translations/hk/.co-op-translator.json", "[")
    assert find(article("translations/hk/guide/开始.md", PLAIN))[0] is None


def test_nothing_named() -> None:
    original, why = find(article("a.md", PLAIN))
    assert original is None
    assert why == "names no original, and no pattern of `originals.paths` fits its path"


def test_nothing_named_and_nothing_mirrored() -> None:
    _, why = find(article("docs/zh/guide/a.md", PLAIN))
    tried = "docs/en/guide/a.md or docs/en-US/guide/a.md or docs/en-us/guide/a.md (1 more tried)"
    assert why == f"names no original, and there is no {tried}"


def test_other_folder_index_and_patterns(here: Path) -> None:
    settings = Originals(folder="english", index="list.tsv", paths=(PathMap("cn/{path}", "us/{path}"),))
    with pytest.raises(UserError, match=r"list\.tsv: no such file"):
        Finder(settings, here)
    write("english/list.tsv", f"{U}\ta/b.md\n")
    write("english/a/b.md")
    write("us/c.md")
    assert find(article("cn/a.md", LINKED), settings)[0] == Original(U, "english/a/b.md", "link")
    assert find(article("cn/c.md", PLAIN), settings)[0] == Original(None, "us/c.md", "path")


def test_root_elsewhere(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("originals/slow.md")
    write("zh/a.md", LINKED)
    monkeypatch.chdir(here / "zh")
    document = Document("a.md", LINKED, ())
    assert Finder(Originals(), here).find(document) == (Original(U, "../originals/slow.md", "link"), "")
