"""Chinese words that differ in one affix only and stand for one English word: 生成式, 生成型."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bilint.model import AlignedPair, Article, Block, Kind, Span
from bilint.reading.terms import have_own_words, lemmas, shared_term
from bilint.text.affixes import affixed, ending_alike, have_one_follower, is_in_one_compound, partners, varied


class Variant(NamedTuple):
    """A form and where it stands, with the English word of its first place, None without one."""

    form: str
    spans: tuple[Span, ...]
    source: Span | None


class Variants(NamedTuple):
    """Two forms that name the same thing, the more frequent (then the earlier) first; `term` may be empty."""

    one: Variant
    two: Variant
    term: str


class _Use(NamedTuple):
    """One place where a form stands: the number of the aligned pair, the block, the offset in its prose."""

    pair: int
    block: Block
    start: int

    @property
    def span(self) -> Span:
        return self.block.prose.span(self.start, self.start + 3)


def variants(article: Article, text: str, pairs: Sequence[AlignedPair]) -> Iterator[Variants]:
    """Yield the words that differ in an affix and are one term; `text` is the prose of the translation."""
    if not varied(ending_alike(text)):
        return
    pairs = [pair for pair in pairs if pair.target and pair.target[0].kind is not Kind.CODE]
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
            one, two = (_variant(each, uses[each], pairs, term) for each in (form, other))
            yield Variants(one, two, term)


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


def _variant(form: str, uses: Sequence[_Use], pairs: Sequence[AlignedPair], term: str) -> Variant:
    return Variant(form, tuple(use.span for use in uses), _english(pairs[uses[0].pair], term))


def _english(pair: AlignedPair, term: str) -> Span | None:
    if not term:
        return None
    for block in pair.source:
        found = re.search(rf"\b{re.escape(term[:-1])}", block.prose.text, re.IGNORECASE)
        if found:
            end = re.compile(r"\w*").match(block.prose.text, found.end())
            return block.prose.span(found.start(), end.end() if end else found.end())
    return None
