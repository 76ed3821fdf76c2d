"""mixed-term: one English term under two Chinese names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bilint.evidence import priors
from bilint.model import AlignedPair, Article, Block, Confidence, Finding, Kind, Severity, Span
from bilint.reading import prose_of
from bilint.reading.terms import have_own_words, lemmas, shared_term
from bilint.rules import Context, Options, rule
from bilint.text.affixes import affixed, ending_alike, have_one_follower, is_in_one_compound, partners, varied

_LOOSE = "性度率"
"""Affixes that good translators take for one another, as the sentence sounds better: 准确性, 准确度."""
_REASONS = {
    "glossary": "`{preferred}` is preferred by the glossary",
    "published": "`{preferred}` is preferred by published translations",
    "article": "`{preferred}` is preferred by the rest of the article",
    "first": "`{preferred}` is preferred by the first mention",
}
"""Why one form is preferred to the other, most convincing first."""
_SURE = 3
"""From so many uses of the preferred form on, and with a term behind it, the other is a slip for certain."""
_KNOWN = 5
_MUCH_MORE = 3
"""One form is usual when published translations have it so often, or so many times as often as the other."""


class _Use(NamedTuple):
    """One place where a form stands: the number of the aligned pair, the block, the offset in its prose."""

    pair: int
    block: Block
    start: int

    @property
    def span(self) -> Span:
        return self.block.prose.span(self.start, self.start + 3)


class _Variants(NamedTuple):
    """Two forms that name the same thing; `term` is the English, empty without an original."""

    preferred: str
    other: str
    term: str
    why: str


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="terminology/inconsistent-use",
    messages=dict.fromkeys(_REASONS, "`{form}` where this article also says `{preferred}`"),
    help=_REASONS,
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """One term of the original is rendered in two ways in the same article.

    ## Why
    A reader who meets 生成式 and 生成型 asks what the difference is. Reported are words that differ in one affix
    only and stand for the same English word; all places of the less favoured form are one finding. The form to prefer
    is chosen by glossary, else by what the whole project and published translations use, else by the title or the first
    mention. Where each form has an English word of its own, they are two terms; 性, 度 and 率 change places freely, and
    are reported with low confidence. Synonyms of ordinary words are not reported: forcing one rendering on them harms a
    translation.

    ## Bad
    ```en
    # The generative AI boom

    Generative AI is popular. Generative AI is expensive. The generative startups grow.
    ```
    ```zh
    # 生成式 AI 的热潮

    生成型 AI 很流行。生成型 AI 很昂贵。生成式初创企业在成长。
    ```

    ## Good
    ```en
    # The generative AI boom

    Generative AI is popular. The generative startups grow.
    ```
    ```zh
    # 生成式 AI 的热潮

    生成式 AI 很流行。生成式初创企业在成长。
    ```

    ## Source
    Lei et al., LREC-COLING 2024 (why ordinary words are left alone); MQM 2.0, Terminology / Inconsistent use.
    """
    text = prose_of(context.document).text
    if not varied(ending_alike(text)):
        return
    pairs = [pair for pair in context.pairs if pair.target and pair.target[0].kind is not Kind.CODE]
    uses = _uses(pairs)
    candidates = list(_candidates(uses))
    english = [lemmas(pair) for pair in pairs] if candidates else []
    texts = [block.prose.text for pair in pairs for block in pair.target] if candidates else []
    for form, other in candidates:
        where = [use.pair for use in uses[form]], [use.pair for use in uses[other]]
        term = shared_term(form[:-1], where, english) if article.bitext else ""
        if article.bitext is None:
            # Only 式 and 型 are safe enough to be compared by what follows them.
            is_one = form[-1] in "式型" and len(uses[other]) > 1 and have_one_follower(form, other, texts)
        else:
            is_one = bool(term) and not have_own_words((form, other), where, english)
        if is_one and not is_in_one_compound(form, other, texts) and not is_in_one_compound(other, form, texts):
            yield _finding(_ranked(form, other, term, uses, context), uses, pairs, context)


def _uses(pairs: Sequence[AlignedPair]) -> dict[str, list[_Use]]:
    """Where each three-character form that ends in a variable affix stands, in file order."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        for block in pair.target:
            for start in affixed(block.prose.text):
                uses[block.prose.text[start : start + 3]].append(_Use(number, block, start))
    return uses


def _candidates(uses: dict[str, list[_Use]]) -> Iterator[tuple[str, str]]:
    """Pairs of forms that differ in the affix only, the more frequent (then the earlier) first."""
    for form in sorted(varied(uses), key=lambda f: uses[f][0].span):
        for other in partners(form):
            if other in uses and (-len(uses[form]), uses[form][0].span) < (-len(uses[other]), uses[other][0].span):
                yield form, other


def _ranked(form: str, other: str, term: str, uses: dict[str, list[_Use]], context: Context[Options]) -> _Variants:
    """Which of two forms to prefer, and why."""
    for entry in context.glossary.terms:
        for good, bad in ((form, other), (other, form)):
            if good in entry.approved and bad not in entry.approved:
                return _Variants(good, bad, term or entry.source, "glossary")
    rendering = priors().rendering(term) if term else None
    if rendering:
        known = {f: sum(n for text, n in rendering.forms if f[-2:] in text or f in text) for f in (form, other)}
        if max(known.values()) >= _KNOWN and max(known.values()) > _MUCH_MORE * min(known.values()):
            best = max(known, key=lambda f: known[f])
            return _Variants(best, other if best == form else form, term, "published")
    if len(uses[form]) >= _MUCH_MORE * len(uses[other]):
        return _Variants(form, other, term, "article")
    first, second = sorted((form, other), key=lambda f: uses[f][0].span)
    return _Variants(first, second, term, "first")


def _confidence(variants: _Variants, uses: int) -> Confidence:
    if variants.other[-1] in _LOOSE:
        return Confidence.LOW
    return Confidence.HIGH if uses >= _SURE and variants.term else Confidence.MEDIUM


def _finding(
    variants: _Variants, uses: dict[str, list[_Use]], pairs: Sequence[AlignedPair], context: Context[Options]
) -> Finding:
    places = [use.span for use in uses[variants.other]]
    pair = pairs[uses[variants.other][0].pair]
    counts = (len(uses[variants.preferred]), len(places))
    return context.finding(
        variants.why,
        places[0],
        form=variants.other,
        preferred=variants.preferred,
        source=_english(pair, variants.term),
        more=tuple(places[1:]),
        confidence=_confidence(variants, counts[0]),
        evidence=((variants.preferred, counts[0]), (variants.other, counts[1])),
        suggestions=(variants.preferred,),
    )


def _english(pair: AlignedPair, term: str) -> Span | None:
    if not term:
        return None
    for block in pair.source:
        found = re.search(rf"\b{re.escape(term[:-1])}", block.prose.text, re.IGNORECASE)
        if found:
            end = re.compile(r"\w*").match(block.prose.text, found.end())
            return block.prose.span(found.start(), end.end() if end else found.end())
    return None
