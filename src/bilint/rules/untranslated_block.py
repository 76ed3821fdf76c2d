"""untranslated-block: a whole block left in English."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bilint.evidence import priors
from bilint.model import WRITTEN, AlignedPair, Article, Block, Confidence, Document, Finding, Kind, Role, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.text.mentions import quoted_spans
from bilint.text.scripts import han_count, has_han, latin_count
from bilint.text.words import FUNCTION_WORDS, words

_ROLES = WRITTEN - {Role.LINKS, Role.LANGUAGES, Role.CITATION}
"""References and titles of things in English stay in English."""


class BlockOptions(Options, frozen=True):
    """Options of untranslated-block."""

    min_words: int = 5
    """A block with fewer English words is not judged: it may be a name, a command or a title."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="accuracy/untranslated",
    options=BlockOptions,
    messages={
        "left": "this {kind} of {words} words is left in English",
    },
)
def check(article: Article, context: Context[BlockOptions]) -> Iterator[Finding]:
    """A paragraph, heading or list item that is still English.

    ## Why
    A block overlooked by the translator is the plainest fault there is. Lists of names, commands, quoted titles,
    credit lines and code are English by nature, so a block counts only when it reads like prose: function words, and
    words that published translations do not keep.

    ## Bad
    ```en
    The service keeps a copy of every file that you have changed.
    ```
    ```zh
    The service keeps a copy of every file that you have changed.
    ```

    ## Good
    ```en
    The service keeps a copy of every file that you have changed.
    ```
    ```zh
    该服务会为你改动过的每个文件保留一份副本。
    ```

    ## Options
    - `min-words`: a block with fewer English words is not judged (default 5).

    ## Source
    MQM 2.0, Accuracy / Untranslated.
    """
    left = [b for b in article.target.blocks if _is_english(b.prose.text) and _is_left(b, context)]
    if not left or (article.bitext is None and _is_bilingual(article.target)):
        return
    for block in left:
        source = _behind(block.prose.text, article.pair_of(block), context)
        if article.bitext is not None and source is None:
            continue
        count = len(words(block.prose.text))
        span = Span(min(block.start, block.prose.position(0)), block.prose.span(0, len(block.prose.text)).end)
        yield context.finding(
            "left",
            span,
            kind=block.kind,
            words=count,
            source=source.span if source else None,
            confidence=_confidence(block, count) if source else Confidence.MEDIUM,
            evidence=(("english_words", count),),
        )


def _confidence(block: Block, count: int) -> Confidence:
    """Strings of components, mostly descriptions of pictures, are left in English by many teams."""
    if block.kind is Kind.HTML and block.content.startswith("<") and "=" in block.content:
        return Confidence.LOW
    return Confidence.HIGH if count >= 8 else Confidence.MEDIUM


def _is_left(block: Block, context: Context[BlockOptions]) -> bool:
    """Whether an English block is prose, and nothing says that it is English on purpose."""
    text = block.prose.text
    if block.kind in (Kind.CODE, Kind.TITLE) or context.reading.role(block) not in _ROLES or _is_quotation(text):
        return False
    return _reads_like_prose(text, context.options.min_words)


def _is_quotation(text: str) -> bool:
    """Whether Chinese words introduce English in quotation marks: an error message, a slogan."""
    rest, at = "", 0
    for start, end in sorted(quoted_spans(text)) if has_han(text) else ():
        rest, at = rest + text[at:start], max(at, end)
    return at > 0 and not _is_english(rest + text[at:])


def _is_english(text: str) -> bool:
    if len(text.encode("utf-8", "surrogatepass")) > 1.3 * len(text):
        return False  # cheap: more than a seventh is not Latin
    latin = latin_count(text)
    return latin >= 15 and han_count(text) * 12 < latin


def _reads_like_prose(text: str, least: int) -> bool:
    found = [word for word in words(text) if len(word) > 1]
    if len(found) < least:
        return False
    known = priors()
    ordinary = 0
    for word in found:
        kept = known.kept(word)
        if kept and kept[1] <= 0.1 * kept[0]:
            ordinary += 1
    function = sum(word in FUNCTION_WORDS for word in found)
    return ordinary >= 0.5 * len(found) and function >= 2 and text != text.title()


def _behind(text: str, pair: AlignedPair, context: Context[BlockOptions]) -> Block | None:
    """The English block that this one repeats: the aligned one, else any of the original."""
    if context.article.bitext is None:
        return None
    found = words(text)
    if pair.source and _overlap(found, pair.source) >= 0.6:
        return pair.source[0]
    return next((block for block in context.article.bitext.source.blocks if _overlap(found, (block,)) >= 0.9), None)


def _overlap(found: list[str], source: tuple[Block, ...]) -> float:
    """Share of the words that stand in these English blocks."""
    english = {word for block in source for word in words(block.prose.text)}
    return sum(word in english for word in found) / len(found)


@lru_cache(maxsize=8)
def _is_bilingual(document: Document) -> bool:
    """Whether the article itself shows English beside Chinese, paragraph by paragraph: then English is no fault."""
    prose = [b for b in document.blocks if b.kind in (Kind.PARAGRAPH, Kind.ITEM) and len(b.prose.text) > 30]
    english = sum(_is_english(block.prose.text) for block in prose)
    return english >= 5 and 0.3 * len(prose) <= english <= 0.7 * len(prose)
