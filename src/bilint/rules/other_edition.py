"""other-edition: the original seems to be another edition than the one that was translated."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.messages import phrase
from bilint.model import Article, Bitext, Block, Confidence, Document, Edition, Finding, KnownBy, Severity, Side, Span
from bilint.rules import Context, Options, rule

_RENEW = (
    "name the edition that was translated (a key of `originals.revision-keys`, or Git) or bring the translation up to "
    "date; --min-confidence low shows each difference"
)
_MESSAGES = {
    "passages": "the original seems to be another edition: {passages} passages differ",
    "listings": "the original seems to be another edition: {listings} listings differ",
    "both": "the original seems to be another edition: {passages} passages and {listings} listings differ",
    "one-passage": "the original seems to be another edition: 1 passage and {listings} listings differ",
    "one-listing": "the original seems to be another edition: {passages} passages and 1 listing differ",
}


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/mistranslation",
    messages=_MESSAGES,
    help=dict.fromkeys(_MESSAGES, _RENEW),
    known_by=KnownBy.ARTICLE,
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """So much differs that the original was probably revised since it was translated, or is another version of it.

    ## Why
    Where passages are missing here and added there, and listings differ throughout, no translator slipped: the English
    is not the text that was translated. Told apart from omissions by their number: from three places on (passages on
    either side, listings of which two lines and more differ, the same change of code in three listings), or two on one
    side that are more than a tenth of the article. It is said once, with all the places, and what `missing-block`,
    `extra-block` and `heading-level` find in such an article has low confidence. Where the rule is not run they speak
    for themselves.

    ## Bad
    ```en
    The feeder hangs in the old pear tree behind the house, 2 metres above the ground.

    Since last year a camera on the fence counts every bird that comes, and writes the number into a table.

    We fill it with sunflower seeds every morning, at 6:30, before the first sparrows wake up.

    Peanuts have become too expensive for us, so the woodpeckers get the fat of the butcher.

    In spring of 2021 we took it down, and cleaned it with hot water and a stiff brush.

    The village council has promised to pay for a second one next to the school.

    On the 15th of April it goes into the shed until the first frost.
    ```
    ```zh
    喂食器挂在屋后的老梨树上，离地 2 米。

    每天早上 6:30，在第一批麻雀醒来之前，我们往里面装满葵花籽。

    2021 年春天我们把它取下来，用热水和硬刷子清洗干净了。

    4 月 15 日把它放进棚子里，直到第一次霜冻。
    ```

    ## Good
    ```en
    The feeder hangs in the old pear tree behind the house, 2 metres above the ground.

    On the 15th of April it goes into the shed until the first frost.
    ```
    ```zh
    喂食器挂在屋后的老梨树上，离地 2 米。

    4 月 15 日把它放进棚子里，直到第一次霜冻。
    ```

    ## Source
    MQM 2.0, Accuracy; the number of places by reading.
    """
    edition, bitext = context.reading.edition, article.bitext
    if edition is None or bitext is None:
        return
    at = _at(bitext, edition)
    yield context.finding(
        _message(edition),
        at,
        passages=len(edition.passages),
        listings=len(edition.listings),
        source=_in_source(edition),
        evidence=tuple(_places(bitext, edition)),
        key="edition",
    )


def _message(edition: Edition) -> str:
    match len(edition.passages), len(edition.listings):
        case _, 0:
            return "passages"
        case 0, _:
            return "listings"
        case 1, _:
            return "one-passage"
        case _, 1:
            return "one-listing"
    return "both"


def _at(bitext: Bitext, edition: Edition) -> Span:
    """The first place that differs: what was added, or the end of what stands before what is missing."""
    spans = [pair.target[0].span for pair in edition.listings]
    for gap in edition.passages:
        if gap.side is Side.TARGET:
            spans.append(gap.blocks[0].span)
        else:
            before = (block for pair in reversed(bitext.pairs[: gap.first]) for block in reversed(pair.target))
            end = next((block.span.end for block in before), 1)
            spans.append(Span(max(end - 1, 0), end))
    return min(spans)


def _in_source(edition: Edition) -> Span | None:
    """The first place of the original that is not translated, or differs."""
    blocks = [gap.blocks[0] for gap in edition.passages if gap.side is Side.SOURCE]
    blocks += [pair.source[0] for pair in edition.listings]
    return min((block.span for block in blocks), default=None)


def _places(bitext: Bitext, edition: Edition) -> Iterator[tuple[str, str]]:
    """The lines of all that differs: what is missing in the original, the rest in the translation."""
    lost = [gap.blocks for gap in edition.passages if gap.side is Side.SOURCE]
    added = [gap.blocks for gap in edition.passages if gap.side is Side.TARGET]
    changed = [pair.target for pair in edition.listings]
    for name, document, found in (
        ("missing", bitext.source, lost),
        ("added", bitext.target, added),
        ("listings", bitext.target, changed),
    ):
        if found:
            lines = ", ".join(_lines(document, blocks) for blocks in found)
            is_original = document is bitext.source
            yield (
                name,
                phrase("original {lines}", lines=lines) if is_original else phrase("translation {lines}", lines=lines),
            )


def _lines(document: Document, blocks: tuple[Block, ...]) -> str:
    first, last = document.place(blocks[0].span).line, document.place(blocks[-1].span).end_line
    return f"{first}" if first == last else f"{first}–{last}"
