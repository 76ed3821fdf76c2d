"""English terms as words: cutting them, other spellings, and what a word in a text may be an inflection of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise

LETTER = r"[0-9A-Za-z_\u00c0-\u024f]"
WORD = re.compile(rf"https?://[!-~]+|{LETTER}+(?:\.{LETTER}+)*[+#]*")
"""A word with its dots; an address is one word, so that no term is found in it."""
_LIKE_ISE = re.compile(r"iz(?=[aei])")
_HARDLY_A_NOUN = re.compile(r"(?:[iy][sz]e|ate|ify)\Z")
"""Words with such endings are verbs: of others, `prompted` is not the term `prompt` unless the list calls it a verb."""
_SHORT = 3
"""Words like `bus`, `gas` are no plurals."""
_IRREGULAR = {
    "indices": "index",
    "indexes": "index",
    "matrices": "matrix",
    "vertices": "vertex",
    "appendices": "appendix",
    "corpora": "corpus",
    "children": "child",
    "schemata": "schema",
    "criteria": "criterion",
    "people": "person",
}
_IRREGULAR_VERBS = {
    "built": "build",
    "bound": "bind",
    "broke": "break",
    "broken": "break",
    "chosen": "choose",
    "drawn": "draw",
    "held": "hold",
    "hidden": "hide",
    "kept": "keep",
    "ran": "run",
    "sent": "send",
    "thrown": "throw",
    "threw": "throw",
    "wrote": "write",
    "written": "write",
}


@cache
def _irregular() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for form, base in chain(_IRREGULAR.items(), _IRREGULAR_VERBS.items()):
        found[base].append(form)
    return dict(found)


def irregular_forms(word: str) -> Sequence[str]:
    """Return the inflections of a lower-cased word that do not begin as it does."""
    return _irregular().get(word, ())


def split(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a term and what stands between them."""
    if text.isalpha() and text.isascii():
        return (text,), ()  # most terms of long lists
    words = list(WORD.finditer(text))
    gaps = (text[a.end() : b.start()] for a, b in pairwise(words))
    return tuple(word[0] for word in words), tuple(gap.replace("’", "'") for gap in gaps)


def spellings(source: str) -> Iterator[str]:
    """Yield the term as listed, with -ise for -ize, and with its hyphens closed up (`finetuning`)."""
    for spelling in dict.fromkeys((source, _LIKE_ISE.sub("is", source))) if "iz" in source else (source,):
        yield spelling
        if "-" in spelling:
            yield spelling.replace("-", "")


@lru_cache(maxsize=1 << 14)
def singulars(word: str) -> tuple[str, ...]:
    """Return what a lower-cased word may be the plural (or the third person) of, the likeliest first."""
    found = [_IRREGULAR[word]] if word in _IRREGULAR else []
    if word.endswith("s") and not (word.endswith("ss") or (len(word) <= _SHORT and word.endswith(("us", "is", "as")))):
        found.append(word[:-1])
        if word.endswith("ies"):
            found.append(f"{word[:-3]}y")
        elif word.endswith("es"):
            stem = word[:-2]
            if stem.endswith(("s", "x", "z", "ch", "sh", "o")):
                found.append(stem)
            if stem.endswith("s"):
                found.append(f"{stem}is")  # hypotheses
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def infinitives(word: str) -> tuple[str, ...]:
    """Return which verb a lower-cased word may be the past or the gerund of, the likeliest first."""
    if word in _IRREGULAR_VERBS:
        return (_IRREGULAR_VERBS[word],)
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            found = [f"{stem}e", stem]
            if ending == "ed" and stem.endswith("i"):
                found.append(f"{stem[:-1]}y")
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
            return tuple(found)
    return ()


def is_verb_by_its_ending(word: str) -> bool:
    """Return whether a word of which the list says nothing is a verb all the same: `tokenize`, `quantify`."""
    return _HARDLY_A_NOUN.search(word) is not None
