"""Words that the lexicon does not know: which stretch of Chinese keeps company with each (Dice's coefficient)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bilint.lexicon import table
from bilint.lexicon.table import GRAMMAR
from bilint.text.scripts import HAN

_WORD = re.compile(r"(?<![\w.\-/@#$`])[A-Za-z][A-Za-z-]{3,}(?![\w\-/@(=`]|\.\w)")
_HAN = re.compile(f"[{HAN}]{{2,}}")
_LONGEST = 6
_LEAST = 0.4
"""Company of less is chance: read over three manuals."""
_LONGER = 0.9
"""A longer stretch is meant when it has so much of the company of the shorter one in it."""


def unknown_words(english: Sequence[str], chinese: Sequence[str], least: int) -> Mapping[str, list[tuple[int, str]]]:
    """Return the words with `least` uses and more, each with the numbers of its sentences and the form in them.

    A word left in English is its own form; one for which nothing can be told has an empty one.
    """
    where: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(english):
        for word in dict.fromkeys(_WORD.findall(text)):
            if not table().has_word(table().fold(word.lower())):
                where[word.lower()].append(number)
    frequent = {word: numbers for word, numbers in where.items() if len(numbers) >= least}
    wanted = {stretch for numbers in frequent.values() for n in numbers for stretch in _stretches(chinese[n])}
    everywhere = Counter(stretch for text in chinese for stretch in set(_stretches(text)) if stretch in wanted)
    return {word: _used(word, numbers, chinese, everywhere) for word, numbers in sorted(frequent.items())}


def _used(word: str, numbers: Sequence[int], chinese: Sequence[str], everywhere: Counter[str]) -> list[tuple[int, str]]:
    kept = [number for number in numbers if word in chinese[number].lower()]
    rest = [number for number in numbers if number not in kept]
    together = Counter(stretch for number in rest for stretch in set(_stretches(chinese[number])))
    form = _best(together, everywhere, len(rest)) if rest else ""
    said = {number: form for number in rest if form and form in chinese[number]}
    return [(number, word if number in kept else said.get(number, "")) for number in numbers]


def _best(together: Counter[str], everywhere: Counter[str], uses: int) -> str:
    dice = {form: 2 * count / (uses + everywhere[form]) for form, count in together.items() if form not in GRAMMAR}
    best = max(dice, key=lambda form: (dice[form], len(form), form), default="")
    if not best or dice[best] < _LEAST:
        return ""
    longer = [form for form in dice if best in form and together[form] >= _LONGER * together[best]]
    return max(longer, key=lambda form: (len(form), form))


def _stretches(text: str) -> Iterator[str]:
    for run in _HAN.findall(text):
        for size in range(2, _LONGEST + 1):
            for start in range(len(run) - size + 1):
                yield run[start : start + size]
