"""How CPU time and memory grow with the number of articles, without a cache and with one; rows of `speed.py --growth`.

The articles are those of the corpus, over and over, each copy with a heading and a paragraph of its own in both
languages: every article brings new words, titles and pages to the project's counts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from speed import Usage

_SYLLABLES = [consonant + vowel for consonant in "bcdfglmnprst" for vowel in "aeiou"]
_IN_A_FOLDER = 100


class Runs(NamedTuple):
    """What the same articles took: without a cache, in parts, with what that run kept, and with one article edited."""

    articles: int
    cold: Usage
    parts: Usage
    warm: Usage
    edited: Usage


def copies(articles: Sequence[Path], number: int, folder: Path) -> list[tuple[Path, Path]]:
    """Write so many pairs into a folder, and return them: translation and original."""
    chance = random.Random(number)
    made = []
    for count in range(number):
        article = articles[count % len(articles)]
        place = folder / f"{count // _IN_A_FOLDER:03}"
        place.mkdir(parents=True, exist_ok=True)
        word = "".join(chance.choices(_SYLLABLES, k=4))
        target, source = place / f"{count:05}.zh.md", place / f"{count:05}.en.md"
        own = f"\n\n## 关于{word}的第{count}节\n\n第 {count} 篇说的是 {word}，还有别的。\n"
        theirs = f"\n\n## Section {count} about {word}\n\nArticle {count} is about {word}, and other things.\n"
        target.write_text(article.read_text(encoding="utf-8") + own, encoding="utf-8")
        source.write_text(article.with_name("en.md").read_text(encoding="utf-8") + theirs, encoding="utf-8")
        made.append((target, source))
    return made


def edit(article: Path) -> None:
    """Change a sentence of an article."""
    article.write_text(article.read_text(encoding="utf-8").replace("还有别的", "还有别的东西"), encoding="utf-8")


def table(runs: Sequence[Runs]) -> Iterator[tuple[str, ...]]:
    """Yield the rows; memory per article is what it is more than in the row before, with a JSON report and in parts."""
    yield (
        "articles",
        "cold CPU s",
        "warm CPU s",
        "cold/warm",
        "one edited: more s",
        "peak MB",
        "warm MB",
        "in parts MB",
        "KB an article",
        "in parts",
    )
    before: Runs | None = None
    for each in runs:
        figures = (each.cold.cpu, each.warm.cpu, each.cold.cpu / each.warm.cpu, each.edited.cpu - each.warm.cpu)
        memory = (f"{used.memory:.0f}" for used in (each.cold, each.warm, each.parts))
        more = [_more(each, before, name) if before else "" for name in ("cold", "parts")]
        yield str(each.articles), *(f"{figure:.2f}" for figure in figures), *memory, *more
        before = each


def _more(each: Runs, before: Runs, name: str) -> str:
    grown = getattr(each, name).memory - getattr(before, name).memory
    return f"{1000 * grown / (each.articles - before.articles):.1f}"
