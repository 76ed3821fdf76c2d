"""doubled-word: a character or word typed twice."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Article, Bitext, Block, Confidence, Finding, Fix, Kind, KnownBy, Severity
from bilint.reading import blocks_with
from bilint.rules import Context, Options, rule
from bilint.text.doubled import DOUBLED, VERBS, doubled
from bilint.text.words import words

_HEADS = {"库": "librar"}
"""Nouns that end a word and follow it as a noun of their own, by what the original calls that: 数据库库, a library for
databases."""
_NEAR, _STEM, _SHORT = 5, 4, ("the", "and", "for", "you", "your", "with", "that", "this", "from")
"""Within so many words a word stands again that begins with so many same letters: `delete the delete marker`."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/spelling",
    fixes=("unsafe",),
    messages={"twice": "`{text}`: said twice"},
    known_by=KnownBy.TARGET,
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A character or word stands twice where Chinese says it once.

    ## Why
    的的, 是是, 然后然后 are left behind when a sentence is rearranged. Where the first ends a word (目的的, 现在在) or
    the second begins one (的的确, 和和平), and where Chinese doubles on purpose (常常, 慢慢, 一个一个), nothing is
    reported, nor 数据库库 where the original has a library, nor a verb where it says one twice (`delete the delete
    marker`). Verbs have medium confidence.

    ## Bad
    ```zh
    这是是一个很小的的例子。
    ```

    ## Good
    ```zh
    这一设计的目的的确很明确，但是是否可行，现在在讨论之中。
    ```

    ## Source
    MQM 2.0, Linguistic conventions / Spelling.
    """
    document = context.document
    for block in blocks_with(DOUBLED, document):
        if block.kind is Kind.HTML:
            continue
        text = block.prose.text
        for start, end in doubled(text):
            once = text[start : start + (end - start) // 2]
            if once in _HEADS and _says(_HEADS[once], block, article.bitext):
                continue
            if once in VERBS and _says_twice(block, article.bitext):
                continue
            confidence = Confidence.MEDIUM if once in VERBS else Confidence.HIGH
            span = block.prose.span(start, end)
            fix = Fix.of(document.edits([span], once * 2, once), safe=False)
            yield context.finding(
                "twice", span, text=once * 2, suggestions=(once,), key=once * 2, fix=fix, confidence=confidence
            )


def _says(stem: str, block: Block, bitext: Bitext | None) -> bool:
    """Whether a word of what the block translates begins so."""
    pair = bitext.pair_of(block) if bitext else None
    return pair is not None and any(stem in other.prose.text.lower() for other in pair.source)


def _says_twice(block: Block, bitext: Bitext | None) -> bool:
    """Whether what the block translates has two words of one stem near each other, as Chinese has the verb then."""
    pair = bitext.pair_of(block) if bitext else None
    english = words(" ".join(each.prose.text for each in pair.source)) if pair else []
    stems = [word[:_STEM] if len(word) > 2 and word not in _SHORT else "" for word in english]
    return any(stem and stem in stems[max(at - _NEAR, 0) : at] for at, stem in enumerate(stems))
