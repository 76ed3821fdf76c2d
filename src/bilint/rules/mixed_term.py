"""mixed-term: one English term under two Chinese names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bilint.evidence import priors
from bilint.lexicon import table
from bilint.model import Article, Confidence, Finding, Severity
from bilint.reading import prose_of
from bilint.reading.drift import Drift, Use, drifts
from bilint.reading.variants import Variant, Variants, variants
from bilint.rules import Context, Options, rule

_LOOSE = "性度率"
"""Affixes that good translators take for one another, as the sentence sounds better: 准确性, 准确度."""
_REASONS = {
    "glossary": "`{preferred}` is preferred by the glossary",
    "published": "`{preferred}` is preferred by published translations",
    "article": "`{preferred}` is preferred by the rest of the article",
    "first": "`{preferred}` is preferred by the first mention",
}
"""Why one form is preferred to the other, most convincing first."""
_OF_TERM = {f"term-{why}": said for why, said in _REASONS.items()}
_SURE = 3
"""From so many uses of the preferred form on, and with a term behind it, the other is a slip for certain."""
_KNOWN = 5
_MUCH_MORE = 3
"""One form is usual when published translations have it so often, or so many times as often as the other."""
_MOSTLY = 2
"""A term has a usual name in an article that says it so many times as often as the other."""


class MixedTermOptions(Options, frozen=True):
    """Options of mixed-term."""

    may_vary: tuple[str, ...] = ()
    """English terms that may have several names (`developer`), and names that may both be used (`开发者|开发人员`)."""


class _Chosen(NamedTuple):
    """The form to prefer, the other one, and why."""

    preferred: Variant
    other: Variant
    why: str


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="terminology/inconsistent-use",
    options=MixedTermOptions,
    messages=dict.fromkeys(_REASONS, "`{form}` where this article also says `{preferred}`")
    | dict.fromkeys(_OF_TERM, "`{term}` is `{form}` here, and `{preferred}` elsewhere in this article"),
    help=_REASONS | _OF_TERM,
)
def check(article: Article, context: Context[MixedTermOptions]) -> Iterator[Finding]:
    """One term of the original is rendered in two ways in the same article.

    ## Why
    A reader who meets 退出码 and 退出代码 asks what the difference is. Reported are two names for one English term that
    share characters, where both are usual renderings of it in published translations, sentence by sentence: what a
    neighbouring term accounts for does not count, and neither do verbs, adjectives that the sentence bends, names and
    words like "example" or "following". Words that differ in one affix (生成式, 生成型) are found for any English word.
    All places of the less favoured form are one finding, and a compound is told with the word it holds. The form to
    prefer is chosen by glossary, else by what the rest of the article says, what published translations use, or the
    first mention. Synonyms that share nothing (功能, 特性) are mostly other senses of ordinary words, and are not
    reported: forcing one rendering on them harms a translation. 性, 度 and 率 change places freely, and are reported
    with low confidence.

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

    ## Options
    - `may-vary`: English terms that may have several names, and pairs of names that may both be used: `["developer",
      "守护进程|守护程序"]` (default none).

    ## Source
    Lei et al., LREC-COLING 2024 (why ordinary words are left alone); MQM 2.0, Terminology / Inconsistent use.
    """
    taken: set[int] = set()
    for found in variants(context.article, prose_of(context.document).text, context.pairs):
        chosen = _ranked(found, context)
        if not _may_vary(found.term, chosen, context):
            taken.update(span.start for each in (found.one, found.two) for span in each.spans)
            yield _finding(found.term, chosen, context)
    if context.article.bitext is not None:
        for same in _joined([drift for drift in drifts(context.pairs) if not _is_told(drift, taken)]):
            chosen = _named(same, context)
            if not _may_vary(same[0].term, chosen, context):
                yield _drift_finding(same, chosen, context)


def _may_vary(term: str, chosen: _Chosen, context: Context[MixedTermOptions]) -> bool:
    forms = {chosen.preferred.form, chosen.other.form}
    return any(term == each.lower() or forms == set(each.split("|")) for each in context.options.may_vary)


def _is_told(drift: Drift, taken: set[int]) -> bool:
    """Whether the affix of a word in this term is a finding already."""
    return any(not taken.isdisjoint(range(*use.span)) for use in (*drift.usual, *drift.places))


def _joined(found: Sequence[Drift]) -> Iterator[list[Drift]]:
    """Yield terms that differ in the same characters and hold one another, or share a place, together."""
    groups: list[list[Drift]] = []
    for drift in sorted(found, key=lambda each: (-len(each.usual), each.term)):
        group = next((group for group in groups if any(_is_same(drift, each) for each in group)), None)
        if group is None:
            groups.append([drift])
        else:
            group.append(drift)
    yield from groups


def _is_same(one: Drift, two: Drift) -> bool:
    if {use.span for use in one.places} & {use.span for use in two.places}:
        return True
    words = set(one.term.split(" ")), set(two.term.split(" "))
    is_part = words[0] <= words[1] or words[1] <= words[0]
    return is_part and {*_differing(one.main, one.other)} == {*_differing(two.main, two.other)}


def _differing(one: str, two: str) -> tuple[str, str]:
    """What is left of two forms without what they begin and end with alike."""
    shortest = min(len(one), len(two))
    first = next((n for n in range(shortest) if one[n] != two[n]), shortest)
    last = next((n for n in range(shortest - first) if one[-1 - n] != two[-1 - n]), shortest - first)
    return one[first : len(one) - last], two[first : len(two) - last]


def _ranked(found: Variants, context: Context[MixedTermOptions]) -> _Chosen:
    """Which of two forms that differ in an affix to prefer, and why."""
    one, two, term = found
    agreed = _agreed(one, two, context)
    if agreed:
        return agreed
    rendering = priors().rendering(term) if term else None
    if rendering:
        known = [
            sum(n for text, n in rendering.forms if each.form[-2:] in text or each.form in text) for each in found[:2]
        ]
        if max(known) >= _KNOWN and max(known) > _MUCH_MORE * min(known):
            return _Chosen(one, two, "published") if known[0] > known[1] else _Chosen(two, one, "published")
    if len(one.spans) >= _MUCH_MORE * len(two.spans):
        return _Chosen(one, two, "article")
    return _first(one, two, "first")


def _named(same: Sequence[Drift], context: Context[MixedTermOptions]) -> _Chosen:
    """Which of the names of a term to prefer, and why; the places are those of its compounds as well."""
    first = same[0]
    places = {use.span: use for drift in same for use in drift.places}
    usual, other = _variant(first.usual), _variant([places[span] for span in sorted(places)])
    agreed = _agreed(usual, other, context)
    if agreed:
        return agreed
    if len(first.usual) >= _MOSTLY * len(first.places):
        return _Chosen(usual, other, "term-article")
    known = table().term(first.term)
    shares = (known.share(first.main), known.share(first.other)) if known else (0.0, 0.0)
    if shares[1] > _MUCH_MORE * shares[0]:
        return _Chosen(other, usual, "term-published")
    if shares[0] > _MUCH_MORE * shares[1]:
        return _Chosen(usual, other, "term-published")
    return _first(usual, other, "term-first")


def _first(one: Variant, two: Variant, why: str) -> _Chosen:
    return _Chosen(one, two, why) if one.spans[0] <= two.spans[0] else _Chosen(two, one, why)


def _agreed(one: Variant, two: Variant, context: Context[MixedTermOptions]) -> _Chosen | None:
    for entry in context.glossary.terms:
        for good, bad in ((one, two), (two, one)):
            if good.form in entry.approved and bad.form not in entry.approved:
                return _Chosen(good, bad, "glossary")
    return None


def _variant(uses: Sequence[Use]) -> Variant:
    return Variant(uses[0].written, tuple(use.span for use in uses), uses[0].source)


def _finding(term: str, chosen: _Chosen, context: Context[MixedTermOptions]) -> Finding:
    preferred, other, _ = chosen
    is_sure = len(preferred.spans) >= _SURE and term
    confidence = Confidence.LOW if other.form[-1] in _LOOSE else Confidence.HIGH if is_sure else Confidence.MEDIUM
    return _told(chosen, context, term, confidence)


def _drift_finding(same: Sequence[Drift], chosen: _Chosen, context: Context[MixedTermOptions]) -> Finding:
    why = chosen.why if chosen.why in _OF_TERM else f"term-{chosen.why}"
    return _told(chosen._replace(why=why), context, same[0].term, Confidence.MEDIUM)


def _told(chosen: _Chosen, context: Context[MixedTermOptions], term: str, confidence: Confidence) -> Finding:
    preferred, other, why = chosen
    return context.finding(
        why,
        other.spans[0],
        source=other.source,
        more=other.spans[1:],
        confidence=confidence,
        evidence=((preferred.form, len(preferred.spans)), (other.form, len(other.spans))),
        suggestions=(preferred.form,),
        term=term,
        form=other.form,
        preferred=preferred.form,
    )
