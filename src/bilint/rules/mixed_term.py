"""mixed-term: one English term under two Chinese names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilint.model import Article, Confidence, Finding, Fix, KnownBy, Severity
from bilint.reading import prose_of
from bilint.reading.drift import Drift, drifts
from bilint.reading.joined_drifts import joined
from bilint.reading.preferred import Chosen, named, ranked
from bilint.reading.search import simplified_prose
from bilint.reading.slips import slips
from bilint.reading.taste import is_no_word, is_taste
from bilint.reading.variants import Variants, variants
from bilint.rules import Context, Options, rule
from bilint.text.affixes import may_vary

_LOOSE = "性度率"
"""Affixes that good translators take for one another, as the sentence sounds better: 准确性, 准确度."""
_REASONS = {
    "glossary": "`{preferred}` is preferred by the glossary",
    "published": "`{preferred}` is preferred by published translations",
    "article": "`{preferred}` is preferred by the rest of the article",
    "first": "the article says both as often, `{preferred}` first",
}
"""Why one form is preferred to the other, most convincing first; the last is no reason to prefer it."""
_OF_TERM = {f"term-{why}": said for why, said in _REASONS.items()}
_SURE = 3
"""From so many uses of the preferred form on, and with a term behind it, the other is a slip for certain."""


class MixedTermOptions(Options, frozen=True):
    """Options of mixed-term."""

    may_vary: tuple[str, ...] = ()
    """English terms that may have several names (`developer`), and names that may both be used (`开发者|开发人员`)."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="terminology/inconsistent-use",
    options=MixedTermOptions,
    fixes=("unsafe",),
    messages=dict.fromkeys(_REASONS, "`{form}` where this article also says `{preferred}`")
    | dict.fromkeys(_OF_TERM, "`{term}` is `{form}` here, and `{preferred}` elsewhere in this article"),
    help=_REASONS | _OF_TERM,
    known_by=KnownBy.TARGET,
)
def check(article: Article, context: Context[MixedTermOptions]) -> Iterator[Finding]:
    """One term of the original is rendered in two ways in the same article.

    ## Why
    A reader who meets 退出码 and 退出代码 asks what the difference is. Reported are two names for one English term that
    share characters, where both are usual renderings of it in published translations, sentence by sentence: what a
    neighbouring term accounts for does not count, and neither do verbs, adjectives that the sentence bends, names and
    words like "example" or "following". Words that differ in one affix (生成式, 生成型) are found for any English word,
    and so is a last character that makes no word at all where the article has the word (文片 beside 文件). All places
    of the less favoured form are one finding, and a compound is told with the word it holds. The form to prefer is
    chosen by glossary, else by what the rest of the article says, or what published translations use; of two that are
    as usual none is suggested. Synonyms that share nothing (功能, 特性) are mostly other senses of ordinary words, and
    are not reported: forcing one rendering on them harms a translation. Of low confidence is what changes places
    freely: 性, 度 and 率, everyday words (电脑, 计算机), a form with a particle, and persons (开发者, 开发人员) unless
    one is the clear habit.

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
    prose = prose_of(context.document).text
    text = simplified_prose(context.document)
    for found in _in_an_affix(prose, text, context):
        chosen = ranked(found, context.glossary)
        is_told = taken.issuperset(span.start for span in chosen.other.spans)
        if not is_told and not _may_vary(found.term, chosen, context):
            taken.update(span.start for each in (found.one, found.two) for span in each.spans)
            yield _finding(found.term, chosen, context)
    if context.article.bitext is not None:
        found_drifts = drifts(context.pairs, text, to_simplified=text is not prose)
        for same in joined([drift for drift in found_drifts if not _is_told(drift, taken)]):
            chosen = named(same, context.glossary)
            if not _may_vary(same[0].term, chosen, context):
                yield _drift_finding(same, chosen, context)


def _in_an_affix(prose: str, text: str, context: Context[MixedTermOptions]) -> Iterator[Variants]:
    if may_vary(text):
        yield from variants(context.article, prose, context.pairs)
        yield from slips(context.pairs, text)


def _may_vary(term: str, chosen: Chosen, context: Context[MixedTermOptions]) -> bool:
    forms = {chosen.preferred.form, chosen.other.form}
    return any(term == each.lower() or forms == set(each.split("|")) for each in context.options.may_vary)


def _is_told(drift: Drift, taken: set[int]) -> bool:
    """Whether the affix of a word in this term is a finding already."""
    return any(not taken.isdisjoint(range(*use.span)) for use in (*drift.usual, *drift.places))


def _finding(term: str, chosen: Chosen, context: Context[MixedTermOptions]) -> Finding:
    preferred, other, _ = chosen
    is_sure = len(preferred.spans) >= _SURE and term
    is_loose = other.form[-1] in _LOOSE
    confidence = Confidence.HIGH if is_sure and not is_loose else Confidence.MEDIUM
    if is_loose and not is_no_word(chosen):
        confidence = Confidence.LOW
    return _told(chosen, context, term, confidence)


def _drift_finding(same: Sequence[Drift], chosen: Chosen, context: Context[MixedTermOptions]) -> Finding:
    why = chosen.why if chosen.why in _OF_TERM else f"term-{chosen.why}"
    confidence = Confidence.LOW if is_taste(same[0].term, chosen) else Confidence.MEDIUM
    return _told(chosen._replace(why=why), context, same[0].term, confidence)


def _told(chosen: Chosen, context: Context[MixedTermOptions], term: str, confidence: Confidence) -> Finding:
    preferred, other, why = chosen
    return context.finding(
        why,
        other.spans[0],
        source=other.source,
        more=other.spans[1:],
        confidence=confidence,
        evidence=((preferred.form, len(preferred.spans)), (other.form, len(other.spans))),
        suggestions=() if why.endswith("first") else (preferred.form,),
        key=f"{term} {other.form}|{preferred.form}",
        term=term,
        form=other.form,
        preferred=preferred.form,
        fix=Fix.of(context.article.target.edits(other.spans, other.form, preferred.form), safe=False),
    )
