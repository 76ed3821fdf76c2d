"""Terms that an article says in two ways which are two names for one thing.

Cheap signs first: of the terms that have rival renderings those whose words the original has, of these the ones whose
rivals both stand in the translation. Only blocks with these are read, and sentences aligned only in those of them where
the less frequent rival stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from bilint.align.features import simplified
from bilint.align.sentences import align_sentences
from bilint.lexicon import (
    Occurrence,
    frequent_terms,
    is_spelling,
    may_vary_to,
    rendered,
    rivals,
    table,
    verbness,
    with_rivals,
)
from bilint.model import AlignedPair, Kind, SegmentPair, Span
from bilint.reading.passages import Joined, whole
from bilint.text.scripts import beyond_ascii, converted, is_traditional, letter_pairs
from bilint.text.words import words

_CERTAIN = 0.7
"""Sentences and blocks that are aligned with less certainty show nothing about words."""
_LEAST_USES = 3
"""One use of each form is an inconsistency in 57 % only."""
_LEAST_SHARE, _LEAST_OF_BOTH = 0.3, 0.6
"""Where no form has so much of the uses of a term, and the two together so much, no form is the rule."""
_SETTLED = 4
"""So many uses of one form show that a verb has a name, too."""
_MOST_VERB = 0.3
_TITLE_CASE = 0.6
_SAMPLE = 100
_LONGEST_WORD = 40
_TO_VERB_WORDS = (
    "and/or can can't cannot could didn't doesn't don't he i let's may might must not please shall she should "
    "they to we who will won't would you"
)
_TO_VERB = frozenset(_TO_VERB_WORDS.split())
_TO_NOUN_WORDS = (
    "a an another any each every for her his in its my no of on our some the their these this those with your"
)
_TO_NOUN = frozenset(_TO_NOUN_WORDS.split())
_LAST_WORD = re.compile(r"([A-Za-z/'’]+)[ \"“(]*\Z")
_CAPITAL_BEFORE = re.compile(r"(?<!\w)(?=\w*?[A-Z])\w++[ -]\Z")
_CAPITAL_BEHIND = re.compile(r"(?:\w*)[ -][A-Z]")
_WORDS = re.compile(r"[A-Za-z]\w*")


class Use(NamedTuple):
    """A use of a term: its form in Simplified characters and as it is written, its span, and that of the term.

    `sentence` is the Chinese around it, `before` is the English word before the term, lower-cased.
    """

    form: str
    written: str
    span: Span
    source: Span
    sentence: str
    before: str
    is_name: bool


class Drift(NamedTuple):
    """A term, its usual form in the article with its uses, and another form with those that do not stand beside it."""

    term: str
    main: str
    other: str
    usual: tuple[Use, ...]
    places: tuple[Use, ...]
    uses: int
    """How often the original has the term."""


def drifts(pairs: Sequence[AlignedPair], prose: str) -> Iterator[Drift]:
    """Yield the terms that have two names in these pairs, in the order of the terms; a compound may repeat its part.

    `prose` is that of the translation.
    """
    firm = certain(pairs)
    written = ["\n".join([block.prose.text for block in pair.target]) for pair in firm]
    texts = simplified(written)
    letters = letter_pairs(prose if texts is written else "\n".join(texts))
    likely = dict(_likely(_uses(firm, letters), texts))
    if likely:
        raw = "".join(block.prose.text for pair in firm[:_SAMPLE] for block in pair.target)
        found = _read(firm, texts, likely, to_simplified=is_traditional(raw))
        for term in sorted(likely):
            yield from _judged(term, found.get(term, ()))


def certain(pairs: Iterable[AlignedPair]) -> tuple[AlignedPair, ...]:
    """Return the pairs of prose that certainly belong together."""
    return tuple(p for p in pairs if p.score >= _CERTAIN and p.source and p.target and _is_prose(p))


def _is_prose(pair: AlignedPair) -> bool:
    return all(block.kind is not Kind.CODE for block in chain(pair.source, pair.target))


def _uses(pairs: Sequence[AlignedPair], letters: Set[str]) -> dict[str, list[int]]:
    """Return the terms of the original with two rivals of these pairs of letters, and the number of the pair each time.

    Only blocks with their first words are looked at.
    """
    blocks = [(number, block.prose.text) for number, pair in enumerate(pairs) for block in pair.source]
    terms = with_rivals(words("\n".join([text for _, text in blocks])), _LEAST_USES)
    met = {term for term in terms if any(_letters(pair) <= letters for pair in rivals(term))}
    # The plural of what ends in y has another ending.
    stems = {term.partition(" ")[0].removesuffix("y") for term in met}
    blocks = [(number, text) for number, text in blocks if any(map(text.lower().__contains__, stems))]
    found = frequent_terms([text for _, text in blocks], _LEAST_USES, met.__contains__)
    return {term: [blocks[at][0] for at in where] for term, where in found.items()}


@cache
def _letters(forms: tuple[str, str]) -> frozenset[str]:
    return frozenset(one + two for form in forms for one, two in pairwise(beyond_ascii(form)))


class _Likely(NamedTuple):
    """The numbers of the pairs that have a term, and the less frequent of its rival forms there."""

    numbers: frozenset[int]
    rarer: frozenset[str]


def _likely(where: Mapping[str, Sequence[int]], texts: Sequence[str]) -> Iterator[tuple[str, _Likely]]:
    """Yield the terms of which two rivals stand in the translation of their pairs."""
    for term, numbers in where.items():
        here = [texts[number] for number in dict.fromkeys(numbers)]
        joined = "\n".join(here)
        met = [pair for pair in rivals(term) if pair[0] in joined and pair[1] in joined]
        if met:
            counts = {form: sum(form in text for text in here) for form in chain.from_iterable(met)}
            rarer = (form for pair in met for form in pair if counts[form] == min(counts[each] for each in pair))
            yield term, _Likely(frozenset(numbers), frozenset(rarer))


def _read(
    pairs: Sequence[AlignedPair], texts: Sequence[str], likely: Mapping[str, _Likely], *, to_simplified: bool
) -> dict[str, list[Use]]:
    """Return the uses of the likely terms in the order of the pairs; those of no form have an empty one."""
    found: dict[str, list[Use]] = defaultdict(list)
    for number in sorted(frozenset().union(*(each.numbers for each in likely.values()))):
        wanted = {term: each.rarer for term, each in likely.items() if number in each.numbers}
        is_split = any(form in texts[number] for rarer in wanted.values() for form in rarer)
        for pair in align_sentences(pairs[number]) if is_split else (whole(pairs[number]),):
            if pair.score >= _CERTAIN and pair.source and pair.target:
                for term, use in _said(pair, wanted, to_simplified=to_simplified):
                    found[term].append(use)
    return found


def _said(pair: SegmentPair, wanted: Container[str], *, to_simplified: bool) -> Iterator[tuple[str, Use]]:
    english, chinese = Joined(pair.source), Joined(pair.target)
    text = converted(chinese.text, "t2s") if to_simplified else chinese.text
    for occurrence, form, start in rendered(english.text, text):
        if occurrence.term.text in wanted:
            span = chinese.span(start, start + len(form)) if form else Span(0, 0)
            written = chinese.text[start : start + len(form)] if form else ""
            before = _word_before(english.text, occurrence.span.start)
            is_name = _is_name(english.text, occurrence) or _is_in_title(text, start)
            yield (
                occurrence.term.text,
                Use(form, written, span, english.span(*occurrence.span), text, before, is_name),
            )


def _word_before(text: str, at: int) -> str:
    found = _LAST_WORD.search(text, max(at - _LONGEST_WORD, 0), at)
    return found[1].lower().replace("’", "'") if found else ""


def _is_name(text: str, occurrence: Occurrence) -> bool:
    """Whether a term is part of a name: capitalised beside a capitalised word, in a sentence that is no title."""
    start, end = occurrence.span
    if not text[start].isupper():
        return False
    if not (_CAPITAL_BEFORE.search(text, max(start - _LONGEST_WORD, 0), start) or _CAPITAL_BEHIND.match(text, end)):
        return False
    return not _is_title(text)


def _is_in_title(text: str, at: int) -> bool:
    """Whether a book's title stands around a place: 《代码整洁之道》."""
    return text.rfind("《", 0, max(at, 0)) > text.rfind("》", 0, max(at, 0))


@lru_cache(maxsize=8)
def _is_title(text: str) -> bool:
    words: list[str] = _WORDS.findall(text)
    return sum(word[0].isupper() for word in words) > _TITLE_CASE * len(words)


def _judged(term: str, said: Sequence[Use]) -> Iterator[Drift]:
    counts = Counter(use.form for use in said if len(use.form) > 1 and not use.form.isascii())
    if not counts:
        return
    shared = dict.fromkeys(rivals(term))
    known = table().term(term)
    assert known is not None, term
    main = max(counts, key=lambda form: (counts[form], known.share(form), form))
    for other in sorted(counts):
        if (main, other) not in shared and (other, main) not in shared:
            continue
        places = tuple(use for use in said if use.form == other and main not in use.sentence)
        if not places or not may_vary_to(known, main, other):
            continue
        is_settled = counts[main] >= _SETTLED and set(other) <= set(main)
        if _is_enough(counts, main, other, len(said)) and _are_nouns(term, places, is_settled=is_settled):
            yield Drift(term, main, other, tuple(u for u in said if u.form == main), places, len(said))


def _is_enough(counts: Counter[str], main: str, other: str, uses: int) -> bool:
    if is_spelling(main, other):
        return counts[main] > 1
    both = counts[main] + counts[other]
    return both >= _LEAST_USES and both >= _LEAST_OF_BOTH * uses and counts[main] >= _LEAST_SHARE * uses


def _are_nouns(term: str, places: Sequence[Use], *, is_settled: bool) -> bool:
    """Whether a term names something in some of its places: it is no proper name there, and no verb.

    A verb that is one technical term, always said with the same characters, `is_settled` (re-render: 重新渲染, 重渲染).
    """
    if all(use.is_name for use in places):
        return False
    first, _, rest = term.partition(" ")
    if not rest:
        return is_settled or not all(use.before in _TO_VERB for use in places)
    return verbness(first) <= _MOST_VERB or any(use.before in _TO_NOUN for use in places)
