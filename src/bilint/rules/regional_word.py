"""regional-word: a word of computing that another region uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bilint.messages import phrase
from bilint.model import Article, Block, Confidence, Document, Finding, Fix, Kind, KnownBy, Severity, Span
from bilint.reading import blocks_with, prose_of
from bilint.reading.script import is_japanese, meant_otherwise
from bilint.rules import Context, Options, rule
from bilint.text.locales import region_of
from bilint.text.regions import MAINLAND, region_named, region_of_words, words_in
from bilint.text.scripts import is_traditional
from bilint.text.typos import Typo

_SHOWN = 3
"""A message shows so many words at most."""
_READERS = {"cn": phrase("the mainland"), "tw": phrase("Taiwan"), "hk": phrase("Hong Kong and Macau")}


class RegionalOptions(Options, frozen=True):
    """Options of regional-word."""

    region: str = ""
    """Whose words the text is to have: `cn`, `tw`, `hk`; empty: what the path, the script and most words say."""
    allow: tuple[str, ...] = ()
    """Words of other regions that the project uses on purpose."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="terminology/inconsistent-with-resource",
    options=RegionalOptions,
    fixes=("unsafe",),
    messages={
        "foreign": "`{word}` is `{own}` in text for {readers}",
        "converted": "{words} words are not used in {readers}: {some}",
    },
    known_by=KnownBy.TARGET,
)
def check(article: Article, context: Context[RegionalOptions]) -> Iterator[Finding]:
    """A word of computing that readers of another region use.

    ## Why
    滑鼠 is 鼠标 on the mainland, 軟件 is 軟體 in Taiwan; a sentence pasted from another edition, or one converted
    character by character, keeps the words of its home. Only words of a closed list are reported. Those with another
    meaning in the other region (程序 is a procedure in Taiwan, 档案 are records on the mainland) are looked at only
    where the original says what is meant. The region is that of the path (`zh-TW/`, `zh-Hant-HK/`); without one,
    Simplified characters are for the mainland, and Traditional ones for Taiwan where most words are. Titles in 《》,
    words in quotation marks, and a word beside its counterpart (滑鼠，即鼠标) are left alone. Several such words in one
    text have one cause, that it was converted or pasted, and are one finding.

    ## Bad
    ```zh
    用滑鼠点击图标，文件会保存到硬盘。
    ```

    ## Good
    ```zh
    用鼠标点击图标，文件会保存到硬盘。
    ```

    ## Options
    - `region`: whose words the text is to have, `cn`, `tw` or `hk` (default: as described above).
    - `allow`: words of other regions that are used on purpose.

    ## Source
    OpenCC's tables of regional phrases; 國家教育研究院 (Taiwan), 兩岸對照名詞.
    """
    document = context.document
    text = prose_of(document).text
    region = _region(document, text, context.options.region)
    known = [word for word in words_in(text, region) if word.wrong not in context.options.allow] if region else []
    found = {word: spans for word in known if (spans := tuple(_places(word, article, document)))}
    if len(found) > 1:
        yield _converted(found, context, region)
        return
    for word, (first, *more) in found.items():
        yield context.finding(
            "foreign",
            first,
            more=tuple(more),
            word=word.wrong,
            own=word.right,
            readers=_READERS[region],
            suggestions=(word.right,),
            fix=Fix.of(document.edits((first, *more), word.wrong, word.right), safe=False),
        )


def _converted(found: Mapping[Typo, Sequence[Span]], context: Context[RegionalOptions], region: str) -> Finding:
    """One finding for a text that was converted character by character, or pasted."""
    first, *more = sorted(span for spans in found.values() for span in spans)
    often = sorted(found, key=lambda word: (-len(found[word]), word.wrong))
    said = ", ".join(f"`{word.wrong}` ({word.right})" for word in often[:_SHOWN])
    target = context.article.target
    edits = [edit for word, spans in found.items() for edit in target.edits(spans, word.wrong, word.right)]
    return context.finding(
        "converted",
        first,
        more=tuple(more),
        key="converted",
        words=len(found),
        some=f"{said}, …" if len(often) > _SHOWN else said,
        readers=_READERS[region],
        fix=Fix.of(edits, safe=False),
        evidence=tuple((f"{word.wrong} → {word.right}", len(found[word])) for word in often),
    )


def _places(word: Typo, article: Article, document: Document) -> Iterator[Span]:
    for block in blocks_with(re.compile(word.wrong), document):
        text = block.prose.text
        if block.kind is Kind.HTML or word.right in text or is_japanese(text):
            continue
        for start in word.places(text, _english(article, block)):
            if not meant_otherwise(text, start):
                yield block.prose.span(start, start + len(word.wrong))


def _region(document: Document, text: str, chosen: str) -> str:
    """Whose words a document has to have; empty where nothing says it."""
    named = region_named(chosen or region_of(document.path))
    if not is_traditional(text):
        return MAINLAND if named in ("", MAINLAND) else ""
    return region_of_words(text) if named in ("", MAINLAND) else named


def _english(article: Article, block: Block) -> str | None:
    pair = article.bitext.pair_of(block) if article.bitext else None
    return " ".join(each.prose.text for each in pair.source) if pair else None
