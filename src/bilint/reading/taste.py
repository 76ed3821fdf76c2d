"""Two names of a term between which good translators choose as the sentence sounds better."""

from __future__ import annotations

import re

from bilint.lexicon import table
from bilint.reading.preferred import Chosen
from bilint.text.scripts import converted

_PERSON = re.compile(r".(?:工作者|[人成]员|者|人|师|员)\Z", re.DOTALL)
"""Who does something: 开发者, 开发人员, 投资人."""
_THING = re.compile(r".(?:方案|品|物)\Z", re.DOTALL)
"""What something is: 替代品, 替代方案."""
_QUALITY = "性式化"
"""A quality, what has it, and what gets it: 响应性 is said of itself, 响应式 of other nouns."""
_TONGUE = "文语語"
_PLAIN = tuple(
    tuple(pair.split("/"))
    for pair in ("电脑/计算机", "网络/互联网", "办法/方法", "大小/尺寸", "一般/普通", "站点/网站", "源码/源代码")
)
"""Words of everyday Chinese of which none is the term: 电脑屏幕, 计算机屏幕."""
_PHRASE = re.compile("[的之](?!间|前|后)")
"""A form with a particle was worded for its sentence, and names nothing."""
_NOT = re.compile("[不非无未]")
_COMPARED = "更"
_CLEAR = ((6, 3), (2, 2))
"""A form that published translations have more than so many times less often than the other is preferred only if the
article has it so many times as often: else what looks like its name is part of another one."""
_HABIT, _EXCEPTION = 5, 4
"""Who is called by one name in so many places, and so many times as often as by the other, has that name here."""
_COMMON = 100
"""Sentences of published translations that have a common word."""
_AGREED = 0.4
"""A word that translators say otherwise from sentence to sentence: productive .29, diverse .34; workspace .70."""


def is_taste(term: str, chosen: Chosen) -> bool:
    """Return whether two names of a term may well stand in one article; not where the glossary has decided."""
    if chosen.why == "glossary":
        return False
    one, two = (converted(each.form, "t2s") for each in (chosen.preferred, chosen.other))
    if _PERSON.search(one) and _PERSON.search(two):
        return not _is_habit(chosen)
    if _are_loose(one, two):
        return True
    known = table().term(term)
    shares = (known.share(one), known.share(two)) if known else (0.0, 0.0)
    if not known or not any(shares) or (" " not in term and 0 < known.agreement < _AGREED):
        return True
    needed = next((oftener for rarer, oftener in _CLEAR if shares[1] > rarer * shares[0]), 0)
    return len(chosen.preferred.spans) < needed * len(chosen.other.spans)


def is_no_word(chosen: Chosen) -> bool:
    """Return whether published translations often have the form to prefer, and never the other: 安全性, 安全度."""
    one, two = (converted(each.form, "t2s").removeprefix("的") for each in (chosen.preferred, chosen.other))
    return table().sentences(one) >= _COMMON and not table().sentences(two)


def _is_habit(chosen: Chosen) -> bool:
    usual, others = len(chosen.preferred.spans), len(chosen.other.spans)
    return usual >= _HABIT and usual >= _EXCEPTION * others


def _are_loose(one: str, two: str) -> bool:
    """Whether two forms differ in what the sentence asks for, in either order of the two."""
    if (_THING.search(one) and _THING.search(two)) or one[0] == two[0] == _COMPARED:
        return True
    if _PHRASE.search(one) or _PHRASE.search(two) or _NOT.sub("", one) == _NOT.sub("", two):
        return True
    if any(one.replace(a, b) == two.replace(a, b) for a, b in _PLAIN) or one.replace("性", "") == two.replace("性", ""):
        return True
    differing = {char for pair in zip(one, two, strict=False) if pair[0] != pair[1] for char in pair}
    return len(one) == len(two) and (differing <= set(_QUALITY) or differing <= set(_TONGUE))
