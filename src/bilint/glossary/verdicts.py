"""How an English passage and its translation stand to a glossary: what is said for each term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from bilint.glossary.chinese import Normal, normal, normal_of
from bilint.glossary.competing import competing, is_said_as_longer, is_used_as_verb
from bilint.glossary.english import Applies, English, always
from bilint.glossary.glossary import Glossary
from bilint.glossary.terms import Term
from bilint.model import Span, plain_members
from bilint.text.scripts import has_han

_CAPITAL_BEFORE = re.compile(r"(?<!\w)[A-Z][\w.'’]*[ -]\Z")
_CAPITAL_BEHIND = re.compile(r"[ -][A-Z0-9]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\n\"“(])\Z")
_ENGLISH_BEFORE = re.compile(r"(?:[-_/@.$#\"“'「『‘]|(?<![\w-])[A-Za-z][\w.+#-]* )\Z")
_ENGLISH_BEHIND = re.compile(r"[-_/@(\"”'」』’]|\.\w| [A-Za-z]")
_COMPOUND_BEFORE, _COMPOUND_BEHIND = re.compile(r"[A-Za-z]-\Z"), re.compile(r"-[A-Za-z]")
_INSIDE = re.compile(r"[a-z,] \Z")
_SENTENCE_END = re.compile(r"[.!?]\W*\Z")
_LONGEST_WORD = 40
_GLUE = "的"
_MOST_BETWEEN = 2
"""Characters between two of a rendering that is written out: more are another word."""
_LEAST_SHARED, _ENDING = 2, 3
"""All inflections of a word begin with its letters but the last three, and with two at least."""
_TITLE_CASE = 0.6
_WORDS = re.compile(r"[A-Za-z]\w*")


@plain_members
class Kind(StrEnum):
    """What is said for a term."""

    RIGHT = "right"
    FORBIDDEN = "forbidden"
    """A rendering that the list forbids, also beside one that it approves."""
    INSTEAD = "instead"
    """A known rendering of the term that is not approved, and none that is."""
    BESIDE = "beside"
    """A known rendering that is not approved, beside one that is."""
    LEFT = "left"
    """The English, which may not stay."""
    TRANSLATED = "translated"
    """A known rendering of what must stay in English."""
    MISSING = "missing"
    """Nothing of what must stay in English."""
    ABSENT = "absent"
    """Nothing that is known."""


class Verdict(NamedTuple):
    """What is said for a term: where it stands in the English first, and what stands where in the Chinese.

    `form` is what is wrong as it is written, empty when nothing stands there; `place` is the whole of the Chinese then.
    """

    kind: Kind
    term: Term
    source: Span
    place: Span
    form: str = ""
    times: int = 1
    """How often the English has the term."""
    said: int = 0
    """How often the Chinese has one approved rendering of it."""


Mentions = Mapping[Term, Sequence[Span]]
"""The terms of an English passage with their places, in the order of the passage."""


def mentions_in(english: str, glossary: Glossary, applies: Applies = always) -> Mentions:
    """Return the terms of the glossary that stand in an English passage, and apply there."""
    found: dict[Term, list[Span]] = {}
    for term, start, end in glossary.in_source(english, applies):
        found.setdefault(term, []).append(Span(start, end))
    return found


def is_plainly_said(term: Term, times: int, chinese: str) -> bool:
    """Return whether a translation has an approved rendering as often as the English has the term: most have.

    Nothing but a forbidden one could be wrong then. A rendering that is written otherwise than the list has it is not
    plain.
    """
    if term.wrong:
        return False
    if times == 1:
        return any(form in chinese for form in term.plain)
    return any(chinese.count(form) >= times for form in term.plain)


def verdicts(
    mentions: Mentions, english: str, chinese: str, glossary: Glossary, code: Sequence[str] = ()
) -> Iterator[Verdict]:
    """Yield for the terms of an English passage what its translation says for them, in the order of the English.

    A term that the English has twice and the Chinese once is said. `code` is what stands as code in the Chinese: what
    must stay in English may stay there.
    """
    text = normal_of(chinese)
    for term, spans in mentions.items():
        found = list(forbidden(term, spans, text, glossary)) if term.wrong else []
        yield from found
        if not found:
            yield _verdict(_Case(term, spans, english, chinese, text, code, glossary))


def forbidden(term: Term, spans: Sequence[Span], text: Normal, glossary: Glossary) -> Iterator[Verdict]:
    """Yield the forbidden renderings of a term, but those within a longer approved one of any term."""
    taken: set[int] = set()
    for form, listed in sorted(term.wrong, key=lambda each: -len(each[0])):
        if form in text.text:
            for start, end in text.find(form):
                if taken.isdisjoint(range(start, end)) and not glossary.is_covered(text, form, start, end):
                    taken.update(range(start, end))
                    yield Verdict(Kind.FORBIDDEN, term, spans[0], Span(start, end), listed, len(spans))


class _Case(NamedTuple):
    """A term in an English passage, and the translation."""

    term: Term
    spans: Sequence[Span]
    english: str
    chinese: str
    text: Normal
    code: Sequence[str]
    glossary: Glossary

    def verdict(self, kind: Kind, place: Span | None = None) -> Verdict:
        where = place or Span(0, len(self.chinese))
        form = self.chinese[where.start : where.end] if place else ""
        return Verdict(kind, self.term, self.spans[0], where, form, len(self.spans))

    def rival(self, *, is_beside: bool = False) -> Span | None:
        """Where a known rendering that is not approved stands."""
        return competing(self.term, self.spans, self.english, self.text, is_beside=is_beside)


def _verdict(case: _Case) -> Verdict:
    term, text = case.term, case.text
    times = max((sum(1 for _ in text.find(form)) for form in term.right if form in text.text), default=0)
    if times:
        rival = case.rival(is_beside=True) if times < len(case.spans) else None
        return case.verdict(Kind.BESIDE if rival else Kind.RIGHT, rival)._replace(said=times)
    left = _left(term, case)
    if (term.keep and (left or _is_in_code(term, case.code))) or _is_silent(case) or _is_said_with_glue(case):
        return case.verdict(Kind.RIGHT)._replace(said=len(case.spans))
    words = [place for place in left if _is_word(term, case.chinese, place)]
    if left and not words:
        return case.verdict(Kind.RIGHT)._replace(said=len(case.spans))
    rival = case.rival()
    if term.must_stay:
        return case.verdict(Kind.TRANSLATED if rival else Kind.MISSING, rival)
    if rival or words:
        return case.verdict(Kind.INSTEAD if rival else Kind.LEFT, rival or words[0])
    return _unsaid(case)


def _unsaid(case: _Case) -> Verdict:
    """The verdict where nothing of a term is there: English may mean something else."""
    if all(_is_another_word(case, span) for span in case.spans):
        return case.verdict(Kind.RIGHT)._replace(said=len(case.spans))  # and so in each of its sentences
    return case.verdict(Kind.RIGHT if all(_is_meant_otherwise(case, span) for span in case.spans) else Kind.ABSENT)


def _is_said_with_glue(case: _Case) -> bool:
    """Whether a rendering of several words is there with what grammar may put between them: 原生的应用程序."""
    text = case.text.text.replace(_GLUE, "") if len(case.term.words) > 1 and _GLUE in case.text.text else ""
    return any(form.replace(_GLUE, "") in text for form in case.term.right)


def _is_meant_otherwise(case: _Case, span: Span) -> bool:
    """Whether a term stands in English for something else, or in a longer one that is said: 核心部分."""
    return _is_another_word(case, span) or is_said_as_longer(span, case.english, case.text)


def _is_another_word(case: _Case, span: Span) -> bool:
    """Whether a term is part of a compound in English, or a verb there: `state` in state-of-the-art, to state it."""
    before = case.english[max(span.start - _LONGEST_WORD, 0) : span.start]
    is_compound = _COMPOUND_BEFORE.search(before) or _COMPOUND_BEHIND.match(case.english, span.end)
    return is_compound is not None or is_used_as_verb(case.term, before)


def _is_silent(case: _Case) -> bool:
    """Whether nothing can be said: no rendering is right, a longer term is said, all is a name, or no Chinese."""
    if not (case.term.approved or case.term.must_stay) or not has_han(case.chinese):
        return True
    return _is_said_otherwise(case) or all(is_in_name(case.english, *span) for span in case.spans)


def _is_said_otherwise(case: _Case) -> bool:
    """Whether a longer term that has this one in it is said: 大模型 says `model`."""
    return any(form in case.text.text and case.text.has(form) for form in case.glossary.said_of_compounds(case.term))


def _left(term: Term, case: _Case) -> list[Span]:
    """Where the English stands in the Chinese, in an inflection or, unless capitals count, right beside other marks."""
    first = term.words[0]
    if not case.text.latin or not case.text.has_beginning(first[: max(_LEAST_SHARED, len(first) - _ENDING)]):
        return []
    found = [Span(start, end) for _, start, end in _alone(term).find(case.chinese)]
    if found or (term.case_sensitive and not term.source.isupper()):
        return found
    return [Span(*place) for place in case.text.find(normal(term.source))]


def _is_word(term: Term, text: str, place: Span) -> bool:
    """Whether English in Chinese is the term as a word: no part of more English, no name with a capital of its own."""
    if text[place.start].isupper() and not term.source[0].isupper():
        return False
    return not (_ENGLISH_BEFORE.search(text[: place.start]) or _ENGLISH_BEHIND.match(text, place.end))


def _is_in_code(term: Term, code: Sequence[str]) -> bool:
    word = normal(term.source)
    return any(word in normal(each) for each in code)


@lru_cache(maxsize=1024)
def _alone(term: Term) -> English:
    return English((term,))


def is_said_at_length(term: Term, chinese: str) -> bool:
    """Return whether the characters of an approved rendering stand in order, little between: 开放源代码 for 开源."""
    text = normal_of(chinese).text
    return any(len(form) > 1 and has_han(form) and _has_apart(text, form) for form in term.right)


def _has_apart(text: str, form: str) -> bool:
    at = text.find(form[0])
    while at >= 0:
        end = at
        for char in form[1:]:
            end = text.find(char, end + 1, end + 2 + _MOST_BETWEEN)
            if end < 0:
                break
        else:
            return True
        at = text.find(form[0], at + 1)
    return False


def is_name_by_itself(english: str, place: Span) -> bool:
    """Return whether a word has a capital inside a sentence that is no title: a Node package."""
    is_inside = _INSIDE.search(english, max(place.start - _LONGEST_WORD, 0), place.start) is not None
    return english[place.start].isupper() and is_inside and not _is_title(english)


def is_in_name(text: str, start: int, end: int) -> bool:
    """Return whether a term is part of a longer name: capitalised beside another capital, in no title."""
    if not text[start].isupper() or _is_title(text):
        return False
    before = _CAPITAL_BEFORE.search(text, max(start - _LONGEST_WORD, 0), start)
    if before and not _SENTENCE_START.search(text, max(before.start() - 3, 0), before.start()):
        return True
    return _CAPITAL_BEHIND.match(text, end) is not None


@lru_cache(maxsize=8)
def _is_title(text: str) -> bool:
    words: list[str] = [] if _SENTENCE_END.search(text) else _WORDS.findall(text)
    return sum(word[0].isupper() for word in words) > _TITLE_CASE * len(words) > 0
