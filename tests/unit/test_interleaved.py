"""Articles that hold their own original: after each other, in table columns, in comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilint.discover import Target
from bilint.model import Article
from bilint.pipeline import Plan, prepare
from bilint.settings import Loaded, Settings

PARAGRAPHS = """# Feeding birds in winter

# 冬天喂鸟

Put out seeds from the first frost on.

从第一次霜冻开始放上种子。

```sh
feed --all
```

- Clean the feeder every week.
- Keep the water from freezing.

- 每周清洗一次喂食器。
- 别让水结冰。

Birds remember a good place for years.

鸟会记住一个好地方很多年。
"""

TABLE = """| English | 中文 |
| --- | --- |
| Put out seeds from the first frost on. | 从第一次霜冻开始放上种子。 |
| Clean the feeder every single week. | 每周清洗一次喂食器。 |
| Keep the water from freezing at night. | 夜里别让水结冰。 |
| Birds remember a good place for years. | 鸟会记住一个好地方很多年。 |
"""

COMMENTS = """<!-- # Feeding birds in the winter -->
# 冬天喂鸟

<!-- Put out **seeds** from the first frost on. -->
从第一次霜冻开始放上**种子**。

<!--
Clean the feeder every single week.
-->
每周清洗一次喂食器。

<!-- Birds remember a good place for years. -->
鸟会记住一个好地方很多年。
"""


def article(text: str) -> Article:
    return prepare(Target("zh.md", text), Plan.of(Loaded(Settings(), Path.cwd()), {}))


def pairs(found: Article) -> list[tuple[str, str]]:
    assert found.bitext
    return [
        ("".join(b.prose.text for b in pair.source), "".join(b.prose.text for b in pair.target))
        for pair in found.bitext.pairs
        if pair.source and pair.source[0].prose.text
    ]


@pytest.mark.parametrize("text", [PARAGRAPHS, TABLE, COMMENTS], ids=["paragraphs", "table", "comments"])
def test_english_is_aligned_with_the_chinese_behind_it(text: str) -> None:
    found = article(text)
    assert found.original
    assert (found.original.path, found.original.found_by) == ("zh.md", "interleaved")
    assert ("Put out seeds from the first frost on.", "从第一次霜冻开始放上种子。") in pairs(found)
    assert ("Birds remember a good place for years.", "鸟会记住一个好地方很多年。") in pairs(found)
    assert all(source and target for source, target in pairs(found))


@pytest.mark.parametrize("text", [PARAGRAPHS, TABLE, COMMENTS], ids=["paragraphs", "table", "comments"])
def test_places_are_those_of_the_file(text: str) -> None:
    bitext = article(text).bitext
    assert bitext
    for document in (bitext.source, bitext.target):
        assert document.text == text
        for block in document.blocks:
            plain = block.prose.text.replace("\n", "")
            shown = document.text[block.span.start : block.span.end].replace("*", "")
            assert all(line in shown for line in plain.split("\ufffc"))


def test_code_belongs_to_both_halves() -> None:
    bitext = article(PARAGRAPHS).bitext
    assert bitext
    assert any(
        pair.source and pair.source[0].content == "feed --all\n" == pair.target[0].content for pair in bitext.pairs
    )


def test_a_translation_with_forgotten_paragraphs_is_not_split() -> None:
    chinese = "\n\n".join(f"这是第 {n} 段已经翻译好的文字。" for n in "一二三四五六七八九十")
    english = "\n\n".join(["This paragraph was forgotten by the translator."] * 3)
    assert article(f"{chinese}\n\n{english}\n\n{chinese}\n").bitext is None


def test_comments_that_are_no_text_are_left_alone() -> None:
    text = "\n".join(
        f"<!-- bilint-disable-next-line mixed-term: the slogan of number {n} -->\n第 {n} 段文字。\n" for n in range(9)
    )
    assert article(text).bitext is None


def test_an_english_paragraph_without_chinese_behind_it_is_unaligned() -> None:
    text = PARAGRAPHS.replace("鸟会记住一个好地方很多年。\n", "")
    bitext = article(text).bitext
    assert bitext
    lonely = [pair.source[0].prose.text for pair in bitext.pairs if not pair.target]
    assert lonely == ["Birds remember a good place for years."]


def test_an_original_that_is_given_comes_first(tmp_path: Path) -> None:
    (tmp_path / "en.md").write_text("# Feeding birds in winter\n", encoding="utf-8")
    plan = Plan.of(Loaded(Settings(), tmp_path), {"zh.md": str(tmp_path / "en.md")}, "source")
    original = prepare(Target("zh.md", PARAGRAPHS), plan).original
    assert original is not None
    assert original.found_by == "source"
