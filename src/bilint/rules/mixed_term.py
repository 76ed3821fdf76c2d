"""mixed-term: one English term under two Chinese names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from bilint.evidence import priors
from bilint.model import AlignedPair, Article, Block, Confidence, Finding, Kind, Severity, Span
from bilint.reading import prose_of
from bilint.rules import Context, Options, rule
from bilint.text.scripts import HAN, has_han
from bilint.text.words import words

_AFFIXES = ("式型", "性度率", "员者", "器机", "件片", "库馆", "端侧")
_PARTNERS = {
    char: tuple(c for group in _AFFIXES if char in group for c in group if c != char) for char in "".join(_AFFIXES)
}
_AFFIX = re.compile(f"[{''.join(sorted(_PARTNERS))}](?<=[{HAN}]{{2}}.)")
_OWN_WORD = frozenset("模类方形格公正样仪程大小原典中微新转造体机款")
"""Characters that make a word of their own with 式 or 型 (模式, 类型): there the affix does not vary."""

_COMPOUNDS = (
    "机器",
    "机会",
    "机制",
    "机构",
    "机场",
    "机房",
    "性能",
    "性别",
    "度过",
    "率先",
    "件事",
    "片段",
    "片刻",
    "者们",
    "式样",
    "型号",
)
"""Words that begin with an affix character: there it does not end the word before."""


_REASONS = {
    "glossary": "`{preferred}` is preferred by the glossary",
    "published": "`{preferred}` is preferred by published translations",
    "article": "`{preferred}` is preferred by the rest of the article",
    "first": "`{preferred}` is preferred by the first mention",
}
"""Why one form is preferred to the other, most convincing first."""


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
    mention. Synonyms of ordinary words are not reported: forcing one rendering on them harms a translation.

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
    if not _varied({text[found.start() - 2 : found.end()] for found in _AFFIX.finditer(text)}):
        return
    pairs = [pair for pair in context.pairs if pair.target and pair.target[0].kind is not Kind.CODE]
    uses = _uses(pairs)
    candidates = list(_candidates(uses))
    english = [frozenset(_lemmas(pair)) for pair in pairs] if candidates else []
    for form, other in candidates:
        term = _shared_term(form[:-1], (uses[form], uses[other]), english) if article.bitext else ""
        if (article.bitext and not term) or (
            not article.bitext and not _is_same_without_source(form, other, uses, pairs)
        ):
            continue
        if _follows_one_word(form, other, pairs) or _follows_one_word(other, form, pairs):
            continue
        variants = _ranked(form, other, term, uses, context)
        yield _finding(variants, uses, pairs, context)


def _lemmas(pair: AlignedPair) -> Iterator[str]:
    known = priors()
    return (known.fold(word) for block in pair.source for word in words(block.prose.text) if len(word) > 3)


def _uses(pairs: Sequence[AlignedPair]) -> dict[str, list[_Use]]:
    """Where each three-character form that ends in a variable affix stands, in file order."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        for block in pair.target:
            for start in _affixed(block.prose.text):
                uses[block.prose.text[start : start + 3]].append(_Use(number, block, start))
    return uses


def _affixed(text: str) -> Iterator[int]:
    """Where the three-character forms that end in a variable affix begin."""
    for match in _AFFIX.finditer(text):
        at = match.start()
        if not text.startswith(_COMPOUNDS, at) and not (text[at] in "式型" and text[at - 1] in _OWN_WORD):
            yield at - 2


def _candidates(uses: dict[str, list[_Use]]) -> Iterator[tuple[str, str]]:
    """Pairs of forms that differ in the affix only, the more frequent (then the earlier) first."""
    for form in sorted(_varied(uses), key=lambda f: uses[f][0].span):
        for affix in _PARTNERS[form[-1]]:
            other = form[:-1] + affix
            if other in uses and (-len(uses[form]), uses[form][0].span) < (-len(uses[other]), uses[other][0].span):
                yield form, other


def _varied(forms: Collection[str]) -> list[str]:
    """The forms that stand beside another one with the same stem."""
    return [form for form in forms if any(form[:-1] + affix in forms for affix in _PARTNERS[form[-1]])]


def _shared_term(stem: str, uses: tuple[list[_Use], list[_Use]], english: Sequence[frozenset[str]]) -> str:
    """The English word that stands behind both forms: in nearly all their pairs, and in few others."""
    if len(uses[0]) < 2:
        return ""
    # A title of the translator's own, or a note, has no English behind it and says nothing against a word.
    here, there = ([said for use in side if (said := english[use.pair])] for side in uses)
    if not here or not there:
        return ""
    counts = Counter(word for words_ in here for word in words_)
    everywhere = Counter(word for words_ in english for word in words_)
    best: tuple[float, str] | None = None
    for word, count in counts.items():
        if count < 0.75 * len(here) or sum(word in words_ for words_ in there) < 0.75 * len(there):
            continue
        specific = len({use.pair for side in uses for use in side}) / everywhere[word] if _may_mean(word, stem) else 0
        if specific >= 0.5:
            best = max(best or (0.0, ""), (specific, word))
    return best[1] if best else ""


def _may_mean(word: str, stem: str) -> bool:
    """Whether published translations say `word` with the characters of `stem`; yes when they say nothing of it."""
    rendering = priors().rendering(word)
    return rendering is None or any(stem in form for form, _ in rendering.forms)


def _is_same_without_source(form: str, other: str, uses: dict[str, list[_Use]], pairs: Sequence[AlignedPair]) -> bool:
    """Whether the same word follows both forms: 生成式 AI, 生成型 AI. Only 式 and 型 are safe enough to compare so."""
    if form[-1] not in "式型" or len(uses[other]) < 2:
        return False
    return bool(_followers(form, pairs) & _followers(other, pairs))


def _followers(form: str, pairs: Sequence[AlignedPair]) -> set[str]:
    pattern = re.compile(rf"{form}[ ]?([A-Za-z]+|\w\w)")
    return {m[1] for pair in pairs for block in pair.target for m in pattern.finditer(block.prose.text)}


def _follows_one_word(form: str, other: str, pairs: Sequence[AlignedPair]) -> bool:
    """Whether `form` is always part of one compound that `other` is not in: 相似性搜索 beside 相似度."""
    found, others = (_following(f, pairs) for f in (form, other))
    return len(found) > 1 and len(set(found)) == 1 and has_han(found[0][:1]) and found[0] not in others


def _following(form: str, pairs: Sequence[AlignedPair]) -> list[str]:
    """The two characters behind each use."""
    texts = (block.prose.text for pair in pairs for block in pair.target)
    return [text[m.end() : m.end() + 2] for text in texts for m in re.finditer(form, text)]


def _ranked(form: str, other: str, term: str, uses: dict[str, list[_Use]], context: Context[Options]) -> _Variants:
    """Which of two forms to prefer, and why."""
    for entry in context.glossary.terms:
        for good, bad in ((form, other), (other, form)):
            if good in entry.approved and bad not in entry.approved:
                return _Variants(good, bad, term or entry.source, "glossary")
    rendering = priors().rendering(term) if term else None
    if rendering:
        known = {f: sum(n for text, n in rendering.forms if f[-2:] in text or f in text) for f in (form, other)}
        if max(known.values()) >= 5 and max(known.values()) > 3 * min(known.values()):
            best = max(known, key=lambda f: known[f])
            return _Variants(best, other if best == form else form, term, "published")
    if len(uses[form]) >= 3 * len(uses[other]):
        return _Variants(form, other, term, "article")
    first, second = sorted((form, other), key=lambda f: uses[f][0].span)
    return _Variants(first, second, term, "first")


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
        confidence=Confidence.HIGH if counts[0] >= 3 and variants.term else Confidence.MEDIUM,
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
