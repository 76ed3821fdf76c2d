"""What an article says for the terms of the glossary, sentence by sentence where a block does not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bilint.align.sentences import align_sentences, segments
from bilint.glossary import Glossary, Layer, Term
from bilint.glossary.competing import known_renderings
from bilint.glossary.english import Applies
from bilint.glossary.near import near
from bilint.glossary.verdicts import Kind, Verdict, verdicts
from bilint.model import AlignedPair, Article, Block, Confidence, Document, Inline, InlineKind, SegmentPair, Span
from bilint.model import Kind as BlockKind
from bilint.reading.passages import Joined, whole
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
            judge = _Judge(glossary, near_terms.at(pair.source[0]), is_converted=is_converted)
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

    def __init__(self, glossary: Glossary, applies: Applies, *, is_converted: bool) -> None:
        self._glossary, self._applies, self._is_converted = glossary, applies, is_converted

    def verdicts(self, english: str, chinese: str, code: Sequence[str]) -> list[Verdict]:
        found = list(verdicts(english, chinese, self._glossary, code=code, applies=self._applies))
        if self._is_converted and any(each.kind is not Kind.RIGHT for each in found):
            simple = converted(chinese, "t2s")
            if len(simple) == len(chinese):
                again = list(verdicts(english, simple, self._glossary, code=code, applies=self._applies))
                right = {each.term for each in found if each.kind is Kind.RIGHT}
                found = [each for each in found if each.kind in (Kind.RIGHT, Kind.FORBIDDEN)]
                wrong = {each.term for each in found} - right
                found += [each for each in again if each.term not in right | wrong]
        return found

    def terms(self, english: str) -> frozenset[Term]:
        return frozenset(term for term, _, _ in self._glossary.in_source(english, self._applies))


def _of_pair(pair: AlignedPair, before: AlignedPair | None, judge: _Judge) -> Iterator[Told]:
    found = _judged(whole(pair), judge)
    yield from (each for each in found if each.verdict.kind is Kind.FORBIDDEN)
    together = {each.verdict.term: each.verdict for each in found if _is_worth_a_look(each.verdict)}
    if not together or pair.score < _CERTAIN:
        return
    last = _last_sentence(before)
    sentences = [(each, Joined(each.source).text) for each in align_sentences(pair)]
    owing = Counter(term for _, english in sentences for term in judge.terms(english))
    for each, english in sentences:
        if each.source and each.target and each.score >= _CERTAIN:
            is_short, repeated = _is_condensed(each), judge.terms(last)
            for one in _judged(each, judge):
                verdict = together.get(one.verdict.term)
                if verdict and one.verdict.kind not in (Kind.RIGHT, Kind.FORBIDDEN):
                    is_dropped = is_short or one.verdict.term in repeated
                    yield from _weighed(one, verdict, owing[one.verdict.term], is_dropped=is_dropped)
        last = english or last


def _is_worth_a_look(verdict: Verdict) -> bool:
    return verdict.kind not in (Kind.RIGHT, Kind.FORBIDDEN) or verdict.times > 1


def _weighed(told: Told, together: Verdict, owing: int, *, is_dropped: bool) -> Iterator[Told]:
    """How sure a verdict on a sentence is, beside that on the whole block; nothing where the block says it all.

    `owing` sentences have the term. Only what is not there at all can have been dropped.
    """
    verdict, confidence = told.verdict, Confidence.HIGH
    is_unsaid = verdict.kind in _UNSAID
    if is_unsaid and together.kind is Kind.RIGHT:
        if together.said >= owing:
            return
        confidence = Confidence.MEDIUM
    if verdict.kind is Kind.BESIDE:
        confidence = Confidence.MEDIUM
    if (is_unsaid and is_dropped) or verdict.term.layer is Layer.SHIPPED:
        confidence = Confidence.LOW
    yield told._replace(confidence=confidence)


def _judged(pair: SegmentPair, judge: _Judge) -> list[Told]:
    english, chinese = Joined(pair.source), Joined(pair.target)
    inlines = [inline for segment in pair.target for inline in segment.block.inlines]
    code = [inline.content for inline in inlines if inline.kind is InlineKind.CODE]
    found = judge.verdicts(english.text, chinese.text, code)
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
