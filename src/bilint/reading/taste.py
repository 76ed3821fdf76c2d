"""Two names of a term between which good translators choose as the sentence sounds better."""

from __future__ import annotations

import re

from bilint.lexicon import table
from bilint.reading.preferred import Chosen
from bilint.text.scripts import converted

_PERSON = re.compile(r".(?:工作者|[人成]员|者|人|师|员)\Z", re.DOTALL)
"""Who does something: 开发者, 开发人员, 投资人."""
_QUALITY = "性式"
"""A quality and what has it: 响应性 is said of itself, 响应式 of other nouns."""
_COMPARED = "更"
_RARER = 2
_CLEAR = 2
"""A form that published translations have so many times less often than the other is preferred only if the article has
it so many times as often: else what looks like its name is part of another one."""


def is_taste(term: str, chosen: Chosen) -> bool:
    """Return whether two names of a term may well stand in one article; not where the glossary has decided."""
    if chosen.why == "glossary":
        return False
    one, two = (converted(each.form, "t2s") for each in (chosen.preferred, chosen.other))
    if _PERSON.search(one) and _PERSON.search(two):
        return True
    if one[:-1] == two[:-1] and {one[-1], two[-1]} <= set(_QUALITY):
        return True
    if one.replace("性", "") == two.replace("性", "") or (one[0] == two[0] == _COMPARED):
        return True
    known = table().term(term)
    shares = (known.share(one), known.share(two)) if known else (0.0, 0.0)
    if not any(shares):
        return True
    return shares[1] > _RARER * shares[0] and len(chosen.preferred.spans) < _CLEAR * len(chosen.other.spans)
