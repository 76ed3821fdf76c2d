"""What an article says for the terms of the glossary, sentence by sentence where a block does not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bilint.align.sentences import align_sentences, segments
from bilint.glossary import Glossary, Layer, Term
from bilint.glossary.chinese import normal
from bilint.glossary.competing import has_senses, is_mostly_kept, is_of_compound, is_other_name, known_renderings
from bilint.glossary.english import Applies, is_beside_verb_words, is_noun_by_itself, is_verb_form
from bilint.glossary.near import near
from bilint.glossary.verdicts import (
    Kind,
    Mentions,
    Verdict,
    is_name_by_itself,
    is_plainly_said,
    is_said_at_length,
    mentions_in,
    verdicts,
)
from bilint.model import AlignedPair, Article, Block, Confidence, Document, Inline, InlineKind, SegmentPair, Span
from bilint.model import Kind as BlockKind
from bilint.reading.passages import Joined, whole
from bilint.reading.search import words_of_code
from bilint.text.scripts import converted, han_count, has_han, is_traditional

_CERTAIN = 0.7
"""Sentences and blocks that are aligned with less certainty do not tell that something is not said."""
_SHORT = 0.2
"""Han characters for a letter of English; a translation with fewer has left out more than a term."""
_SAMPLE = 100
_LABELS = frozenset({InlineKind.LINK, InlineKind.EMPHASIS, InlineKind.STRONG})
"""Where all that they hold is English, it is a title, a name or the label of a button."""
_UNSAID = frozenset({Kind.ABSENT, Kind.MISSING})
"""Verdicts without a word to point at."""
_OTHER_NAME = frozenset({Kind.INSTEAD, Kind.BESIDE})
"""Verdicts that another name stands there than the list approves."""


class Told(NamedTuple):
    """A verdict on a term with its spans in the two documents; without an original, there is no `source`."""

    verdict: Verdict
    source: Span | None
    place: Span
    confidence: Confidence = Confidence.HIGH

    @property
    def published(self) -> tuple[tuple[str, int], ...]:
        """How published translations render what must stay in English, with how often."""
        is_kept = self.verdict.kind in (Kind.TRANSLATED, Kind.MISSING)
        return known_renderings(self.verdict.term.words) if is_kept else ()


def told(article: Article, pairs: Sequence[AlignedPair], glossary: Glossary) -> Iterator[Told]:
    """Yield the verdicts other than right on the terms in aligned pairs, in the order of these.

    Of what has no English, the forbidden renderings, wherever they stand.
    """
    if not glossary.terms:
        return
    near_terms = _Near(article.bitext.source if article.bitext else None, glossary)
    is_converted = is_traditional("".join(block.prose.text for block in article.target.blocks[:_SAMPLE]))
    before: AlignedPair | None = None
    for pair in pairs:
        if not pair.source:
            for block in pair.target:
                yield from _alone(block, glossary)
        elif pair.target and pair.source[0].kind is not BlockKind.CODE:
            judge = _Judge(glossary, near_terms.at(pair.source[0]), article.target, is_converted=is_converted)
            yield from _of_pair(pair, before, judge)
        before = pair


def _alone(block: Block, glossary: Glossary) -> Iterator[Told]:
    """Of the terms that forbid a form at one place, the shortest: only the English says which one is meant."""
    by_place: dict[int, tuple[Term, str, int, int]] = {}
    for item in glossary.forbidden_in(block.prose.text):
        known = by_place.get(item[2])
        if not item[0].context and (known is None or len(item[0].source) < len(known[0].source)):
            by_place[item[2]] = item
    for term, form, start, end in by_place.values():
        place = Span(start, end)
        yield Told(
            Verdict(Kind.FORBIDDEN, term, Span(0, 0), place, form),
            None,
            block.prose.span(start, end),
            Confidence.MEDIUM,
        )


class _Judge:
    """The verdicts on pairs of segments of one section."""

    def __init__(self, glossary: Glossary, applies: Applies, target: Document, *, is_converted: bool) -> None:
        self._glossary, self._applies, self._is_converted = glossary, applies, is_converted
        self._target = target
        self._known: dict[str, Mentions] = {}

    def mentions(self, english: str) -> Mentions:
        known = self._known.get(english)
        if known is None:
            known = self._known[english] = mentions_in(english, self._glossary, self._applies)
        return known

    def is_code(self, form: str) -> bool:
        """Return whether the article has such a word in its code."""
        return form.lower() in words_of_code(self._target)

    def verdicts(self, mentions: Mentions, english: str, chinese: str, code: Sequence[str]) -> list[Verdict]:
        found = list(verdicts(mentions, english, chinese, self._glossary, code))
        if self._is_converted and any(each.kind is not Kind.RIGHT for each in found):
            simple = converted(chinese, "t2s")
            sure = {each.term for each in found if each.kind in (Kind.RIGHT, Kind.FORBIDDEN)}
            unsure = {term: spans for term, spans in mentions.items() if term not in sure}
            again = verdicts(unsure, english, simple, self._glossary, code)
            region = normal(converted(chinese, "tw2sp"))
            wrong = (each for each in again if not _is_all_said(each, len(unsure[each.term]), region))
            found = [*(each for each in found if each.term in sure), *wrong]
        return found


def _is_all_said(verdict: Verdict, times: int, chinese: str) -> bool:
    """Whether the approved renderings stand there as often as the English does, and nothing that is forbidden."""
    return verdict.kind is not Kind.FORBIDDEN and sum(map(chinese.count, verdict.term.right)) >= times


def _of_pair(pair: AlignedPair, before: AlignedPair | None, judge: _Judge) -> Iterator[Told]:
    mentions = judge.mentions(_prose(pair.source))
    due = _due(mentions, _prose(pair.target)) if mentions else {}
    if not due:
        return
    found = _judged(whole(pair), due, judge)
    yield from (each for each in found if each.verdict.kind is Kind.FORBIDDEN)
    if pair.score < _CERTAIN:
        return
    rest = [each for each in found if each.verdict.kind is not Kind.FORBIDDEN]
    yield from (each._replace(confidence=Confidence.LOW) for each in rest if _is_shipped(each) and _is_wrong(each))
    doubtful = {each.verdict.term: each for each in rest if not _is_shipped(each)}
    if doubtful:
        yield from _by_sentence(pair, _last_sentence(before), doubtful, judge)


def _prose(blocks: Sequence[Block]) -> str:
    return "\n".join(filter(None, [block.prose.text for block in blocks]))


def _due(mentions: Mentions, chinese: str) -> Mentions:
    """The terms of which more is to be asked than whether their rendering stands there: of most it does."""
    return {term: spans for term, spans in mentions.items() if not is_plainly_said(term, len(spans), chinese)}


def _by_sentence(pair: AlignedPair, last: str, doubtful: Mapping[Term, Told], judge: _Judge) -> Iterator[Told]:
    """The verdicts on these terms in each sentence; `last` is the English sentence before."""
    block = whole(pair)
    sentences = [(each, Joined(each.source).text) for each in align_sentences(pair)]
    owing = Counter(term for _, english in sentences for term in judge.mentions(english))
    for each, english in sentences:
        here = {term: spans for term, spans in judge.mentions(english).items() if term in doubtful}
        chinese = Joined(each.target).text if here else ""
        wanted = _due(here, chinese)
        if wanted and each.target and each.score >= _CERTAIN:
            is_short, repeated = _is_condensed(each), judge.mentions(last)
            found = doubtful.values() if each == block else _judged(each, wanted, judge)
            for one in filter(_is_wrong, found):
                term = one.verdict.term
                if one.verdict.kind is not Kind.FORBIDDEN:
                    is_dropped = is_short or term in repeated or is_said_at_length(term, chinese)
                    sure = _sureness(one.verdict, english, is_code=judge.is_code)
                    yield from _weighed(one, doubtful[term].verdict, owing[term], sure, is_dropped=is_dropped)
        last = english or last


def _is_shipped(told: Told) -> bool:
    return told.verdict.term.layer is Layer.SHIPPED


def _is_wrong(told: Told) -> bool:
    return told.verdict.kind is not Kind.RIGHT


def _is_worth_a_look(verdict: Verdict) -> bool:
    """Whether a verdict on a block may be another one in a sentence of it: most are right throughout."""
    return verdict.kind is not Kind.RIGHT or verdict.said < verdict.times


def _weighed(told: Told, together: Verdict, owing: int, sure: Confidence, *, is_dropped: bool) -> Iterator[Told]:
    """How sure a verdict on a sentence is, beside that on the whole block; nothing where the block says it all.

    `owing` sentences have the term, `sure` is the most that its words allow. Only what is not there at all can have
    been dropped.
    """
    verdict, confidence = told.verdict, sure
    is_unsaid = verdict.kind in _UNSAID
    if is_unsaid and together.kind is Kind.RIGHT:
        if together.said >= owing:
            return
        confidence = min(sure, Confidence.MEDIUM, key=lambda each: each.rank)
    if is_unsaid and is_dropped:
        confidence = Confidence.LOW
    yield told._replace(confidence=confidence)


def _sureness(verdict: Verdict, english: str, *, is_code: Callable[[str], bool]) -> Confidence:
    """How sure it is that a verdict on an English sentence is about the term in the sense of the list.

    A single word has other senses, and is said in many ways: of 60 other known renderings read on lists of general
    words, half were false; of 92 that are another name of the same, on other lists, 61 were true, 11 false and 20
    debatable. Of 60 absent ones, 15 were true, 23 false and 22 debatable, mostly left out. Of 18 translations of what
    a list keeps, 6 were true and 8 false, these but one of words that translators mostly translate; what is a noun
    by itself is meant more often: an issue, not a key point. Of eight left in English, one was true for one of two
    readers and four for the other, the others were names of what the article's code has.
    """
    kind, term, place = verdict.kind, verdict.term, verdict.source
    if term.source[0].isupper() and english[place.start].islower():
        return Confidence.LOW  # the list has a name: Go, React
    if term.layer is Layer.ARTICLE or not has_senses(term):
        return Confidence.MEDIUM if kind is Kind.BESIDE else Confidence.HIGH
    if term.must_stay and term.source[0].isupper():
        return Confidence.HIGH
    if kind is Kind.LEFT:
        is_named = is_name_by_itself(english, place) or is_code(verdict.form)
        return Confidence.LOW if is_named else Confidence.MEDIUM
    is_other = kind in _OTHER_NAME and is_other_name(term, verdict.form)
    is_kept = kind is Kind.TRANSLATED and (is_mostly_kept(term) or is_noun_by_itself(english, place))
    is_meant = is_other or is_kept
    return Confidence.MEDIUM if is_meant and _is_alone(verdict, english) else Confidence.LOW


def _is_alone(verdict: Verdict, english: str) -> bool:
    """Whether a word is no verb there, and no part of a term that is said as a whole."""
    place = verdict.source
    if is_beside_verb_words(english, place) or is_verb_form(english[place.start : place.end], verdict.term):
        return False
    return not is_of_compound(verdict.term, place, english, verdict.form)


def _judged(pair: SegmentPair, mentions: Mentions, judge: _Judge) -> list[Told]:
    """The verdicts that are worth a look."""
    chinese, english = Joined(pair.target), Joined(pair.source)
    if not chinese.text:
        return []
    inlines = [inline for segment in pair.target for inline in segment.block.inlines]
    code = [inline.content for inline in inlines if inline.kind is InlineKind.CODE]
    found = list(filter(_is_worth_a_look, judge.verdicts(mentions, english.text, chinese.text, code)))
    told = [Told(each, english.span(*each.source), chinese.span(*each.place)) for each in found]
    left = any(each.kind is Kind.LEFT for each in found)
    labels = [i.span for i in inlines if i.kind in _LABELS and left and not has_han(_text(i, pair))]
    return [each for each in told if each.verdict.kind is not Kind.LEFT or not _is_within(each.place, labels)]


def _text(inline: Inline, pair: SegmentPair) -> str:
    block = next(segment.block for segment in pair.target if inline in segment.block.inlines)
    return block.prose.text[inline.text.start : inline.text.end]


def _is_within(place: Span, spans: Sequence[Span]) -> bool:
    return any(span.start <= place.start and place.end <= span.end for span in spans)


def _last_sentence(pair: AlignedPair | None) -> str:
    blocks = [block for block in pair.source if block.kind is not BlockKind.CODE] if pair else []
    found = segments(blocks[-1]) if blocks else ()
    return found[-1].text if found else ""


def _is_condensed(pair: SegmentPair) -> bool:
    english, chinese = Joined(pair.source).text, Joined(pair.target).text
    return han_count(chinese) < _SHORT * len(english)


class _Near:
    """Which terms apply in which section of an original."""

    def __init__(self, source: Document | None, glossary: Glossary) -> None:
        self._glossary = glossary
        self._sections: dict[int, str] = {}
        self._all = ""
        if source and glossary.contextual:
            self._read(source)

    def _read(self, source: Document) -> None:
        parts: list[list[str]] = [[]]
        numbers: dict[int, int] = {}
        for block in source.blocks:
            if block.kind in (BlockKind.HEADING, BlockKind.TITLE):
                parts.append([])
            parts[-1].append(block.content if block.kind is BlockKind.CODE else block.prose.text)
            numbers[id(block)] = len(parts) - 1
        texts = ["\n".join(part).lower() for part in parts]
        self._sections = {key: texts[number] for key, number in numbers.items()}
        self._all = "\n".join(texts)

    def at(self, block: Block) -> Applies:
        """Return which terms apply in the section of a block of the original."""
        return near(self._glossary, self._sections.get(id(block), ""), self._all)
