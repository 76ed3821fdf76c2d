"""Terms that an article says in two ways which are two names for one thing.

Cheap signs first: of the terms that have rival renderings those of which two stand in the translation, of these the
ones whose words the original has. Only blocks with these are read, and sentences aligned only in those of them where
the less frequent rival stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from bilint.align.sentences import align_sentences
from bilint.lexicon import (
    Occurrence,
    Rivals,
    frequent_terms,
    is_spelling,
    may_vary_to,
    rendered,
    rivals_in,
    table,
    verbness,
)
from bilint.model import AlignedPair, Kind, SegmentPair, Span
from bilint.reading.passages import Joined, whole
from bilint.text.scripts import converted

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


def drifts(pairs: Sequence[AlignedPair], text: str, *, to_simplified: bool) -> Iterator[Drift]:
    """Yield the terms that have two names in these pairs, in the order of the terms; a compound may repeat its part.

    `text` is the prose of the translation in Simplified characters, into which it may have to be converted first.
    """
    by_term: dict[str, list[Rivals]] = defaultdict(list)
    for each in rivals_in(text):
        by_term[each.term].append(each)
    if not by_term:
        return
    firm = certain(pairs)
    texts = ["\n".join([block.prose.text for block in pair.target]) for pair in firm]
    if to_simplified:
        texts = [converted(text, "t2s") for text in texts]
    likely = dict(_likely(_uses(firm, texts, by_term), by_term, texts))
    found = _read(firm, texts, likely, to_simplified=to_simplified) if likely else {}
    for term in sorted(found):
        yield from _judged(term, found[term], by_term[term])


def certain(pairs: Iterable[AlignedPair]) -> tuple[AlignedPair, ...]:
    """Return the pairs of prose that certainly belong together."""
    return tuple([p for p in pairs if p.score >= _CERTAIN and p.source and p.target and _is_prose(p)])


def _is_prose(pair: AlignedPair) -> bool:
    return Kind.CODE not in [block.kind for block in (*pair.source, *pair.target)]


def _uses(
    pairs: Sequence[AlignedPair], texts: Sequence[str], rivals: Mapping[str, Sequence[Rivals]]
) -> dict[str, list[int]]:
    """Return the terms that may have two names in these pairs, and the number of the pair each time.

    Only blocks that may have one are read.
    """
    blocks = [(number, block.prose.text) for number, pair in enumerate(pairs) for block in pair.source]
    english = [text.lower() for _, text in blocks]
    at: set[int] = set()
    met: set[str] = set()
    for term in rivals:
        stems = _stems(term)
        here = [n for n, text in enumerate(english) if stems[0] in text and all(map(text.__contains__, stems))]
        if sum(english[n].count(stems[0]) for n in here) < _LEAST_USES:
            continue
        joined = "\n".join(dict.fromkeys(texts[blocks[n][0]] for n in here))
        if any(each.one in joined and each.two in joined for each in rivals[term]):
            met.add(term)
            at.update(here)
    where = sorted(at)
    found = frequent_terms([blocks[n][1] for n in where], _LEAST_USES, met.__contains__)
    return {term: [blocks[where[n]][0] for n in numbers] for term, numbers in found.items()}


def _stems(term: str) -> list[str]:
    """What all uses of a term have: the plural of what ends in y has another ending."""
    return [word.removesuffix("y") for word in term.split(" ")]


class _Likely(NamedTuple):
    """The numbers of the pairs that have a term, and the less frequent of its rival forms there."""

    numbers: frozenset[int]
    rarer: frozenset[str]


def _likely(
    where: Mapping[str, Sequence[int]], rivals: Mapping[str, Sequence[Rivals]], texts: Sequence[str]
) -> Iterator[tuple[str, _Likely]]:
    """Yield the terms of which two rivals stand in the translation of their pairs."""
    for term, numbers in where.items():
        here = [texts[number] for number in dict.fromkeys(numbers)]
        joined = "\n".join(here)
        met = [each[1:] for each in rivals[term] if each.one in joined and each.two in joined]
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


def _said(pair: SegmentPair, wanted: Collection[str], *, to_simplified: bool) -> Iterator[tuple[str, Use]]:
    english = Joined(pair.source)
    lower = english.text.lower()
    if not any(_stems(term)[0] in lower for term in wanted):
        return
    chinese = Joined(pair.target)
    text = converted(chinese.text, "t2s") if to_simplified else chinese.text
    for occurrence, form, start in rendered(english.text, text, wanted):
        span = chinese.span(start, start + len(form)) if form else Span(0, 0)
        written = chinese.text[start : start + len(form)] if form else ""
        before = _word_before(english.text, occurrence.span.start)
        is_name = _is_name(english.text, occurrence) or _is_in_title(text, start)
        yield occurrence.term.text, Use(form, written, span, english.span(*occurrence.span), text, before, is_name)


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


def _judged(term: str, said: Sequence[Use], rivals: Sequence[Rivals]) -> Iterator[Drift]:
    counts = Counter(use.form for use in said if len(use.form) > 1 and not use.form.isascii())
    if not counts:
        return
    shared = {frozenset(each[1:]) for each in rivals}
    known = table().term(term)
    assert known is not None, term
    main = max(counts, key=lambda form: (counts[form], known.share(form), form))
    for other in sorted(counts):
        if frozenset((main, other)) not in shared:
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
