"""Chinese words of three characters that differ in one affix only: 生成式 and 生成型."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from bilint.text.scripts import HAN, has_han

_AFFIXES = ("式型", "性度率", "员者", "員者", "器机", "器機", "件片", "库馆", "庫館", "端侧", "端側")
_PARTNERS = {
    char: tuple(c for group in _AFFIXES if char in group for c in group if c != char) for char in "".join(_AFFIXES)
}
_AFFIX = re.compile(f"[{''.join(sorted(_PARTNERS))}](?<=[{HAN}]{{2}}.)")
_MEASURES = "性度率"
"""These change places in good Chinese."""
_SLIP = re.compile(f"[{''.join(sorted(set(_PARTNERS).difference(_MEASURES)))}](?<=[{HAN}]{{2}}.)")
_OWN_WORD = frozenset("模类方形格公正样仪程大小原典中微新转造体机款")
"""Characters that make a word of their own with 式 or 型 (模式, 类型): there the affix does not vary."""

_COMPOUNDS = (
    *("机器", "机会", "机制", "机构", "机场", "机房", "性能", "性别", "度过", "率先"),
    *("機器", "機會", "機制", "機構", "機場", "機房"),
    *("件事", "片段", "片刻", "者们", "式样", "型号"),
)
"""Words that begin with an affix character: there it does not end the word before."""


def may_vary(text: str) -> bool:
    """Return whether the same character stands before two affixes of a group: a quick look that most texts end with."""
    return bool(varied({text[found.start() - 1 : found.end()] for found in _AFFIX.finditer(text)}))


def ending_alike(text: str) -> set[str]:
    """Return the three characters up to each affix, words or not: cheap, and mostly enough to see that none varies."""
    return {text[found.start() - 2 : found.end()] for found in _AFFIX.finditer(text)}


def affixed(text: str) -> Iterator[int]:
    """Yield where the three-character forms that end in a variable affix begin."""
    for match in _AFFIX.finditer(text):
        at = match.start()
        if not text.startswith(_COMPOUNDS, at) and not (text[at] in "式型" and text[at - 1] in _OWN_WORD):
            yield at - 2


def slipped(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is like a word of two or three characters in `text` but for its affix, with that word."""
    ends = [match.start() for match in _SLIP.finditer(text)]
    at_hand = {text[at - size : at + 1] for at in ends for size in (1, 2)}
    words = {text[at - size : at + 1] for at in ends if not text.startswith(_COMPOUNDS, at) for size in (1, 2)}
    yield from ((wrong, right) for wrong in sorted(words) for right in partners(wrong) if right in at_hand)


def partners(form: str) -> Iterator[str]:
    """Yield the forms with another affix in the place of this one's."""
    return (form[:-1] + affix for affix in _PARTNERS[form[-1]])


def varied(forms: Collection[str]) -> list[str]:
    """Return the forms that stand beside another one with the same stem."""
    return [form for form in forms if any(other in forms for other in partners(form))]


def have_one_follower(form: str, other: str, texts: Sequence[str]) -> bool:
    """Return whether the same word follows both forms somewhere: 生成式 AI, 生成型 AI."""
    return bool(_followers(form, texts) & _followers(other, texts))


def _followers(form: str, texts: Iterable[str]) -> set[str]:
    pattern = re.compile(rf"{form}[ ]?([A-Za-z]+|\w\w)")
    return {match[1] for text in texts for match in pattern.finditer(text)}


def is_in_one_compound(form: str, other: str, texts: Sequence[str]) -> bool:
    """Return whether `form` is always part of one compound that `other` is not in: 相似性搜索 beside 相似度."""
    found, others = (_following(f, texts) for f in (form, other))
    return len(found) > 1 and len(set(found)) == 1 and has_han(found[0][:1]) and found[0] not in others


def _following(form: str, texts: Iterable[str]) -> list[str]:
    """The two characters behind each use."""
    return [text[m.end() : m.end() + 2] for text in texts for m in re.finditer(form, text)]
