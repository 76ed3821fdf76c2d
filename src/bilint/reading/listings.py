"""Which listings of an article were revised: their code differs in more than translators and converters change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from unicodedata import normalize

from bilint.model import AlignedPair, Kind
from bilint.text.characters import unescape
from bilint.text.scripts import has_han

_COMMENT = re.compile(r"(?:^|\s)(?:#|//|/\*|\*|--|;|%|<!--|rem\b)\s.*", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*\d+[.:|\s]")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`")
_TYPED = (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"))
_WORD = re.compile(r"\w+")
_REFERENCE = re.compile(r"\[([^\]\[]*)\]\[\d+\]")
"""What a converter makes of a link in a listing."""
_LEAST = 2
"""One changed line may be a slip; from so many on, a listing was revised."""
_AGAIN = 3
"""The same small change in so many listings was made in the original."""
_LONGEST = 400
"""Lines of a listing that are compared: longer ones are logs, and comparing them takes seconds."""


def revised_listings(pairs: Iterable[AlignedPair]) -> tuple[AlignedPair, ...]:
    """Return the pairs of listings that were revised, in the order of the pairs.

    Listings that differ in two lines and more, one of them reworded, and all with one change that is made in three
    (`Optional[str]` became `str | None` everywhere). Only words count, outside comments, strings and lines with Han,
    and neither their capitals nor the numbers of lines: the rest is what converters and word processors change.
    """
    changed = [(pair, changes) for pair in pairs if may_be_revised(pair) and (changes := list(_changes(pair)))]
    often = Counter(change for _, changes in changed for change in set(changes))
    return tuple(
        pair
        for pair, changes in changed
        if (len(changes) >= _LEAST and any(changes)) or any(change and often[change] >= _AGAIN for change in changes)
    )


def may_be_revised(pair: AlignedPair) -> bool:
    """Return whether a pair is a listing and another one: the cheapest sign."""
    if len(pair.source) != 1 or len(pair.target) != 1:
        return False
    there, here = pair.source[0], pair.target[0]
    return there.kind is here.kind is Kind.CODE and there.content != here.content


def _changes(pair: AlignedPair) -> Iterator[str]:
    """What changed in each line that differs, as `old → new`; empty where a line came, went, or became another."""
    old, new = (_lines(side[0].content) for side in (pair.source, pair.target))
    if max(len(old), len(new)) > _LONGEST or _run_together(old) == _run_together(new):
        return
    for tag, i0, i1, j0, j1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        lost, added = old[i0:i1], new[j0:j1]
        if tag == "equal" or _run_together(lost) == _run_together(added) or any(map(has_han, added)):
            continue
        for number in range(max(len(lost), len(added))):
            yield _change(*(side[number] if number < len(side) else "" for side in (lost, added)))


def _lines(listing: str) -> list[str]:
    """The words of the lines that have any, without comments and strings: what those say is for readers."""
    for curly, straight in _TYPED:
        listing = listing.replace(curly, straight)
    plain = _REFERENCE.sub(r"\1", unescape(normalize("NFKC", listing))).casefold()
    return list(filter(None, map(_words, plain.split("\n"))))


@lru_cache(maxsize=4096)
def _words(line: str) -> str:
    """What counts of a line; most lines of a listing and its translation are the same."""
    return " ".join(_WORD.findall(_STRING.sub(" ", _COMMENT.sub("", _NUMBER.sub("", line)))))


def _run_together(lines: list[str]) -> str:
    return "".join(lines).replace(" ", "")


def _change(old: str, new: str) -> str:
    """The words that differ between versions of a line; empty when they have little in common, or a slip differs."""
    before, after = old.split(), new.split()
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    if 2 * sum(block.size for block in blocks) < max(len(before), len(after)):
        return ""
    lost, added = Counter(before) - Counter(after), Counter(after) - Counter(before)
    one, other = "".join(lost), "".join(added)
    if not one or not other or one in other or other in one:
        return ""
    return f"{' '.join(lost)} → {' '.join(added)}"
