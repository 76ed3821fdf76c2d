"""What published translations say for a term instead of what a list approves."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bilint.glossary.chinese import Normal
from bilint.glossary.terms import PartOfSpeech, Term
from bilint.lexicon import LONGEST, are_names, occurrences, table
from bilint.lexicon import Term as Known
from bilint.model import Span
from bilint.text.scripts import converted, has_han

_SHARE = 0.01
"""Rarer forms are mostly words that stand beside the term."""
_OF_OTHERS = 0.02
"""With this share of another word's uses, a form is rather that one's."""
_BESIDE = 0.05
"""Beside an approved rendering, only what is said so often is a second name."""
_MOST_VERB = 0.3
"""Words that are verbs more often may be meant as such by a list."""
_TO_VERB_WORDS = "can could may might must shall should they to we who will would you"
_TO_VERB = frozenset(_TO_VERB_WORDS.split())
_WORD_BEFORE = re.compile(r"(?<![A-Za-z])([A-Za-z]++) \Z")
_MOSTLY_KEPT = 0.5
"""Words that translators keep less often mostly mean something else than what a list keeps: 密钥 for its `key`."""
_FAR = 200
"""Characters looked at on either side of a place: three words are shorter, unless one of them is an address."""
_LOOSE = tuple("中里的了")
"""Forms that end so are a word with what follows it."""


@lru_cache(maxsize=4096)
def known_renderings(words: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Return how published translations render a term, with how often; the most frequent first, no glue."""
    lexicon = table()
    term = lexicon.term(" ".join(map(lexicon.fold, words)))
    forms = term.forms if term else ()
    known = (form for form in forms if form.share >= _SHARE and len(form.text) > 1 and has_han(form.text))
    return tuple((form.text, form.count) for form in known if not form.text.endswith(_LOOSE))


def competing(term: Term, spans: Sequence[Span], english: str, text: Normal, *, is_beside: bool = False) -> Span | None:
    """Return where a known rendering stands that is not approved; None for none, and where it stands for another word.

    `spans` are those of the term in the English. Beside an approved one, only common renderings count.
    """
    known = known_renderings(term.words)
    least = _BESIDE * sum(count for _, count in known) if is_beside else 0
    here = [form for form, count in known if count >= least and form in text.text and not _is_approved(form, term)]
    if not here:
        return None
    of_others = "\n".join(_of_others(english, spans))
    approved = [form for form, _ in known if form in text.text and _is_approved(form, term)]
    places = (_free(form, approved, text) for form in here if form not in of_others)
    return next(filter(None, places), None)


def _free(form: str, approved: Sequence[str], text: Normal) -> Span | None:
    """Where a form stands that is no part of a longer one which says an approved one: 程序 in 应用程序."""
    taken = [place for longer in approved if form in longer for place in text.find(longer)]
    return next((Span(*at) for at in text.find(form) if not any(s <= at[0] and at[1] <= e for s, e in taken)), None)


def has_senses(term: Term) -> bool:
    """Return whether a term is one word that published translations know: it may be meant otherwise than in a list."""
    return len(term.words) == 1 and bool(known_renderings(term.words))


def is_mostly_kept(term: Term) -> bool:
    """Return whether published translations mostly leave a term in English, as a list does that keeps it."""
    lexicon = table()
    known = lexicon.term(" ".join(map(lexicon.fold, term.words)))
    return known is not None and known.kept_share >= _MOSTLY_KEPT


def is_other_name(term: Term, form: str) -> bool:
    """Return whether a known rendering of a word names what an approved one does, and is not another sense of it."""
    word, *_ = map(table().fold, term.words)
    other = converted(form, "t2s")
    return any(are_names(word, converted(right, "t2s"), other) for right in term.right)


def is_said_as_longer(span: Span, english: str, text: Normal) -> bool:
    """Return whether a longer term of published translations that a place is part of is said as it is there."""
    return any(form in text.text for longer in _longer(span, english) for form in _common(longer))


def is_of_compound(term: Term, span: Span, english: str, form: str) -> bool:
    """Return whether a rendering is part of that of a longer term around a place, which is mostly said so.

    游戏机 is a game console, and no other word for a console.
    """
    other = (converted(form, "t2s"),)
    right = tuple(converted(each, "t2s") for each in term.right)
    return any(_share(longer, other) > _share(longer, right) for longer in _longer(span, english))


def _share(term: Known, parts: Sequence[str]) -> float:
    """The share of the uses of a term, 0 to 1, that is rendered with one of these in it."""
    return sum(form.share for form in term.forms if any(part in form.text for part in parts))


def _longer(span: Span, english: str) -> Sequence[Known]:
    """The longer terms of the lexicon that a place is part of."""
    around, first = _around(span, english)
    return _around_part(around, first, first + span.end - span.start)


@lru_cache(maxsize=256)
def _around_part(text: str, start: int, end: int) -> Sequence[Known]:
    """The terms of the lexicon that have a part of a text and more; asked for a block, and for its sentence again."""
    found = (each for each in occurrences(text) if each.span.start <= start and end <= each.span.end)
    return tuple(each.term for each in found if each.span.end - each.span.start > end - start)


def _around(span: Span, english: str) -> tuple[str, int]:
    """A place with as many words on either side as terms have, and where it begins there: no term reaches further."""
    before, behind = english[max(span.start - _FAR, 0) : span.start], english[span.end : span.end + _FAR]
    words = before.rsplit(None, LONGEST)
    before = before[len(words[0]) :] if len(words) > LONGEST else before
    words = behind.split(None, LONGEST)
    behind = behind[: len(behind) - len(words[-1])] if len(words) > LONGEST else behind
    return f"{before}{english[span.start : span.end]}{behind}", len(before)


def is_used_as_verb(term: Term, before: str) -> bool:
    """Return whether the words before a place ask for a verb, of a term that published translations have as a noun."""
    found = _WORD_BEFORE.search(before)
    known = table().term(" ".join(term.words)) if found and found[1].lower() in _TO_VERB else None
    return known is not None and known.verb < _MOST_VERB and term.pos is not PartOfSpeech.VERB


def _is_approved(form: str, term: Term) -> bool:
    return any(form in right or right in form for right in term.right)


def _of_others(english: str, spans: Sequence[Span]) -> Iterator[str]:
    """What the words of the passage beside the term are rendered as."""
    starts = [span.start for span in spans]
    for each in occurrences(english):
        before = bisect_left(starts, each.span.end)  # spans are in order and apart: the last one before tells
        if not before or spans[before - 1].end <= each.span.start:
            yield from _common(each.term)


@lru_cache(maxsize=4096)
def _common(term: Known) -> tuple[str, ...]:
    return tuple(form.text for form in term.forms if form.share >= _OF_OTHERS and len(form.text) > 1)
