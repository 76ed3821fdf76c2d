"""stale-translation: the original has changed since the translation was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilint.model import (
    Article,
    Bitext,
    Block,
    Confidence,
    Finding,
    Kind,
    Severity,
    Span,
)
from bilint.reading.changes import Change, changes, saying
from bilint.rules import Context, Options, rule
from bilint.text.width import shortened

_LONGEST_EXCERPT = 80
"""Evidence is for a glance: what is longer is cut."""


_CHANGES = ("places", "changed", "added", "added-several", "removed", "removed-several", "replaced", "replaced-several")
_RENEW = "translate what is new, then record today's version (`bilint fetch --accept`, or the new commit)"


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="accuracy/mistranslation",
    messages={
        "places": "the original has changed in {places} places since it was translated",
        "hash": "the original is not the text that was translated: its hash differs from the recorded one",
        "changed": "the original of this {kind} has changed since it was translated",
        "added": "a {kind} has been added to the original here since it was translated",
        "added-several": "{blocks} blocks have been added to the original here since it was translated",
        "removed": "a {kind} has been removed from the original since it was translated",
        "removed-several": "{blocks} blocks have been removed from the original since it was translated",
        "replaced": "a {kind} has been replaced in the original since it was translated",
        "replaced-several": "{blocks} blocks have been replaced in the original since it was translated",
    },
    help={
        "hash": "a Git store in `originals.stores` tells which passages have changed",
        **dict.fromkeys(_CHANGES, _RENEW),
    },
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """The original was changed after this passage was translated.

    ## Why
    A translation grows old in silence. Where the original is known both as it was translated and as it is today (by
    the lock file, by a Git revision, by a recorded hash), what says something else today is one finding of the article
    with all its places, the longest passage first, shown with both texts. Line breaks, markup, punctuation and
    corrected spelling do not count.

    ## Bad
    ```en
    The feeder should be cleaned every month.

    Birds remember a good place for years.
    ```
    ```newer
    The feeder should be cleaned every week, with hot water.

    Birds remember a good place for years.
    ```
    ```zh
    喂食器应该每月清洗一次。

    鸟会记住一个好地方很多年。
    ```

    ## Good
    ```en
    The feeder should be cleaned every week, with hot water.
    ```
    ```newer
    The feeder should be **cleaned** every week -
    with hot water.
    ```
    ```zh
    喂食器应该每周用热水清洗一次。
    ```

    ## Source
    MQM 2.0, Accuracy / Mistranslation.
    """
    if article.original and article.original.outdated:
        yield context.finding(
            "hash",
            article.original.span or Span(0, len(article.target.line(1))),
            confidence=Confidence.LOW,
        )
    if article.bitext is None or article.newer is None:
        return
    found = sorted(changes(article.bitext, article.newer), key=_length, reverse=True)
    for change in found[:1]:
        yield context.finding(
            _message(change) if len(found) == 1 else "places",
            _where(article.bitext, change),
            more=tuple(_where(article.bitext, other) for other in found[1:]),
            places=len(found),
            kind=(change.old or change.new)[0].kind,
            blocks=len(change.old or change.new),
            source=Span(change.old[0].span.start, change.old[-1].span.end) if change.old else None,
            evidence=_evidence(change),
            is_gap=not change.old,
        )


def _length(change: Change) -> int:
    """How many characters the passage has, on its longer side."""
    return max(sum(len(block.content or block.prose.text) for block in blocks) for blocks in (change.old, change.new))


def _message(change: Change) -> str:
    old, new = len(change.old), len(change.new)
    if old == new == 1:
        return "changed"
    what = "added" if not old else "removed" if not new else "replaced"
    return f"{what}-several" if (old or new) > 1 else what


def _evidence(change: Change) -> tuple[tuple[str, str], ...]:
    sides = (("was", change.old), ("is", change.new))
    return tuple((name, _excerpt(blocks)) for name, blocks in sides if blocks)


def _excerpt(blocks: Sequence[Block]) -> str:
    text = " / ".join(" ".join((b.content if b.kind is Kind.CODE else b.prose.text).split()) for b in blocks)
    return shortened(text, _LONGEST_EXCERPT)


def _where(bitext: Bitext, change: Change) -> Span:
    """The translation of the old blocks; for what is new, the end of the translation before it."""
    targets = [pair.target for pair in bitext.pairs if any(block in change.old for block in pair.source)]
    blocks = [block for target in targets for block in target]
    if blocks:
        return Span(blocks[0].start, max(block.span.end for block in blocks))
    said = saying(bitext.source)[: change.at]
    before = [b.span.end for pair in bitext.pairs if any(s in said for s in pair.source) for b in pair.target]
    end = max(before, default=1)
    return Span(max(end - 1, 0), end)
