"""Words of computing that one region has and another says otherwise: the shipped list."""

from __future__ import annotations

import pkgutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from bilint.text.typos import Listed, Typo

MAINLAND, TAIWAN, HONG_KONG = "cn", "tw", "hk"
_OF_PATH = {"cn": MAINLAND, "sg": MAINLAND, "hans": MAINLAND, "tw": TAIWAN, "hk": HONG_KONG, "mo": HONG_KONG}
"""Singapore writes as the mainland does, Macau as Hong Kong."""
_SEVERAL = 3
"""So many of its words show where a text is from."""


def region_named(name: str) -> str:
    """Return whose words a text has to have whose path or settings name this region; empty where they name none."""
    return _OF_PATH.get(name.lower().rsplit("-", 1)[-1], "")


@cache
def foreign_words() -> Mapping[str, Sequence[Typo]]:
    """Return by region the words that it says otherwise, in the order of the words; see the list's first line."""
    data = pkgutil.get_data("bilint", "data/regions.tsv")
    assert data is not None
    found: dict[str, list[Typo]] = defaultdict(list)
    for line in data.decode("utf-8").split("\n")[1:-1]:
        region, word, own, unless, english = (line + "\t\t").split("\t")[:5]
        found[region].append(Typo(word, own, "", tuple(unless.split()), frozenset(english.split())))
    return found


def words_in(text: str, region: str) -> list[Typo]:
    """Return the words of the list for a region that stand in a text."""
    return _listed(region).within(text)


@cache
def _listed(region: str) -> Listed:
    return Listed(foreign_words()[region])


def region_of_words(text: str) -> str:
    """Return `tw` for a text in Traditional characters that has words of Taiwan for the most part, else nothing.

    Those of Hong Kong are nearly all said elsewhere, too.
    """
    own = {word.right for word in foreign_words()[TAIWAN] if word.right in text}
    return TAIWAN if len(own) >= _SEVERAL and len(own) > len(words_in(text, TAIWAN)) else ""
