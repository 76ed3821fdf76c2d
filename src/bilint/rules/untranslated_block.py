"""untranslated-block: a whole block left in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from bilint.model import Article, Block, Confidence, Document, Finding, Kind, Severity, Span
from bilint.reading.left import is_all, is_translated_beside, overlooked, repeated
from bilint.reading.notes import Settled, untranslated_notes
from bilint.rules import Context, Options, rule
from bilint.text.english import is_chinese, without_addresses
from bilint.text.words import words

_STRETCH = 4
"""So many blocks with nothing but headings and code between them were left out together, and are one finding."""
_SEVERAL = 3
"""An article is not translated at all when so many blocks or more are next to all that there is."""
_SURE = 8
"""So many English words are a sentence; fewer may be a name."""


class BlockOptions(Options, frozen=True):
    """Options of untranslated-block."""

    min_words: int = 5
    """A block with fewer English words is not judged: it may be a name, a command or a title."""


_NEAR = 40
"""Blanks between a note and what stands right behind it are fewer."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="accuracy/untranslated",
    options=BlockOptions,
    messages={
        "left": "this {kind} of {words} words is left in English",
        "stretch": "a stretch of the page is left in English",
        "whole": "the whole article of {words} words is in English",
        "note": "a note says that this is not translated: `{note}`",
    },
)
def check(article: Article, context: Context[BlockOptions]) -> Iterator[Finding]:
    """A paragraph, heading or list item that is still English.

    ## Why
    A block overlooked by the translator is the plainest fault there is. Lists of names, commands, quoted titles,
    credit lines, licences, messages of programs and code are English by nature, and a quotation may stand beside its
    translation, so a block counts only when it reads like prose: function words, and
    words that published translations do not keep. Notes in comments that a part is still to be translated
    (`<!-- TODO: translate -->`) are reported as well, unless the original has them; where what stands behind such a
    note is Chinese by now, with low confidence. Four blocks or more with nothing translated between them but headings
    are one finding.

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
    found = list(_found(article, context))
    if len(found) >= _SEVERAL and is_all((block for block, _ in found), article.target):
        yield _finding(found, context, is_whole=True)
        return
    for stretch in _stretches(found, article.target):
        yield _finding(stretch, context, is_whole=False)
    yield from _notes([block.span for block, _ in found], context)


def _notes(told: Sequence[Span], context: Context[BlockOptions]) -> Iterator[Finding]:
    """The notes that say so, but for those within what is told anyway, or right before it."""
    text, is_settled = context.article.target.text, Settled(context.article)
    for span in untranslated_notes(context.article):
        behind = span.end + len(text[span.end : span.end + _NEAR]) - len(text[span.end : span.end + _NEAR].lstrip())
        if not any(at.start <= span.start < at.end or at.start == behind for at in told):
            yield context.finding(
                "note",
                span,
                note=text[span.start : span.end],
                severity=Severity.WARNING,
                confidence=Confidence.LOW if is_settled(span) else Confidence.HIGH,
                key="note",
            )


_Found = tuple[Block, Block | None]
"""A block left in English, with the English block that it repeats; with none in an article checked alone."""


def _found(article: Article, context: Context[BlockOptions]) -> Iterator[_Found]:
    for block in overlooked(context.reading, context.options.min_words):
        if article.bitext is None:
            yield block, None
            continue
        source = repeated(block, article)  # what the original does not say is the translator's own
        if source is not None and not is_translated_beside(block, source, article.bitext):
            yield block, source


def _stretches(found: list[_Found], document: Document) -> Iterator[list[_Found]]:
    """The blocks one by one, and those with nothing said in Chinese between them together where there are several."""
    numbers = {id(block): number for number, block in enumerate(document.blocks)}
    stretches: list[list[_Found]] = []
    end = 0
    for each in found:
        number = numbers[id(each[0])]
        if stretches and not any(map(_says_something, document.blocks[end:number])):
            stretches[-1].append(each)
        else:
            stretches.append([each])
        end = number
    for stretch in stretches:
        yield from [stretch] if len(stretch) >= _STRETCH else ([one] for one in stretch)


def _says_something(block: Block) -> bool:
    """Whether a block interrupts what was left out: titles are often translated before the text below them."""
    return block.kind not in (Kind.CODE, Kind.HEADING) and is_chinese(block.prose.text)


def _finding(found: Sequence[_Found], context: Context[BlockOptions], *, is_whole: bool) -> Finding:
    blocks = [block for block, _ in found]
    counts = [len(words(without_addresses(block.prose.text))) for block in blocks]
    sure = [_confidence(*each, count) for each, count in zip(found, counts, strict=True)]
    make = partial(
        context.finding,
        span=_span(blocks[0]),
        source=next((source.span for _, source in found if source), None),
        confidence=max(sure, key=lambda each: each.rank),
    )
    english = ("english_words", sum(counts))
    if is_whole:
        return make("whole", words=sum(counts), evidence=(english,))
    key = f"left\n{blocks[0].start}"  # known as the same, whether it stands alone or in a stretch
    if len(found) == 1:
        return make("left", kind=blocks[0].kind, words=sum(counts), evidence=(english,), key=key)
    return make("stretch", more=tuple(map(_span, blocks[1:])), evidence=(("blocks", len(blocks)), english), key=key)


def _span(block: Block) -> Span:
    return Span(min(block.start, block.prose.position(0)), block.prose.span(0, len(block.prose.text)).end)


def _confidence(block: Block, source: Block | None, count: int) -> Confidence:
    """Strings of components, mostly descriptions of pictures, are left in English by many teams."""
    if source is None:
        return Confidence.MEDIUM
    if block.kind is Kind.HTML and block.content.startswith("<") and "=" in block.content and not _is_caption(block):
        return Confidence.LOW
    return Confidence.HIGH if count >= _SURE else Confidence.MEDIUM


def _is_caption(block: Block) -> bool:
    return "<figcaption" in block.content
