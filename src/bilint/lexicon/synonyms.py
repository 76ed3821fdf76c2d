"""Which renderings of a word are names of one thing (仓库, 存储库), and which are those of two (函数, 功能)."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache

from bilint.lexicon.rivals import is_spelling, share_characters


def are_names(word: str, one: str, two: str) -> bool:
    """Return whether two forms that render a word of the lexicon name the same thing: by their characters, or counted.

    `word` is lower-cased and folded, the forms are in Simplified characters. What is not known is another sense.
    """
    if is_spelling(one, two) or share_characters(one, two):
        return True
    return frozenset((one, two)) in _counted().get(word, ())


@cache
def _counted() -> Mapping[str, frozenset[frozenset[str]]]:
    data = pkgutil.get_data("bilint", "data/synonyms.tsv")
    assert data is not None, "data/synonyms.tsv"
    rows = (line.split("\t") for line in data.decode("utf-8").split("\n")[1:-1])
    return {word: frozenset(frozenset(pair.split("=")) for pair in pairs.split(" ")) for word, pairs in rows}
