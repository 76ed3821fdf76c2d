"""stale-translation: the original has changed since the translation was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from bilint.evidence import priors
from bilint.model import (
    BODY,
    Article,
    Bitext,
    Block,
    Confidence,
    Document,
    Finding,
    Format,
    InlineKind,
    Kind,
    Severity,
    Span,
)
from bilint.reading import role_of
from bilint.rules import Context, Options, rule
from bilint.text.links import link_key
from bilint.text.words import words

_SAME_BLOCK = 0.4
"""From this similarity on (0 to 1, of their words) a new block is the old one, changed."""
_LONGEST_EXCERPT = 80

_Says = tuple[str, ...]


class _Change(NamedTuple):
    """Blocks of the original as translated that were replaced by blocks of today's; `at` is where in the former."""

    at: int
    old: tuple[Block, ...]
    new: tuple[Block, ...]


_CHANGES = ("changed", "added", "added-several", "removed", "removed-several", "replaced", "replaced-several")
_RENEW = "translate what is new, then record today's version (`bilint fetch --accept`, or the new commit)"


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="accuracy/mistranslation",
    messages={
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
    the lock file, by a Git revision, by a recorded hash), each passage that says something else today is reported at
    its translation, with both texts. Line breaks, markup, punctuation and corrected spelling do not count.

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
    for change in _changes(article.bitext, article.newer):
        yield context.finding(
            _message(change),
            _where(article.bitext, change),
            kind=(change.old or change.new)[0].kind,
            blocks=len(change.old or change.new),
            source=Span(change.old[0].span.start, change.old[-1].span.end) if change.old else None,
            evidence=_evidence(change),
            is_gap=not change.old,
        )


def _changes(bitext: Bitext, newer: Document) -> Iterator[_Change]:
    """What is said differently, in the order of the old original; a changed block is a change of its own.

    Of a web page, only what stands from the first to the last translated block counts, and what was added right behind
    it: the rest is not the article.
    """
    first, last = _article(bitext) if bitext.source.format is Format.HTML else (0, len(_saying(bitext.source)))
    for change in _differences(_saying(bitext.source), _saying(newer)):
        if first <= change.at < last or (change.at == last and not change.old):
            yield change


def _article(bitext: Bitext) -> tuple[int, int]:
    """The range of the page's blocks from the first to the last that is translated."""
    translated = {block for pair in bitext.pairs if pair.target for block in pair.source}
    numbers = [number for number, block in enumerate(_saying(bitext.source)) if block in translated]
    return (numbers[0], numbers[-1] + 1) if numbers else (0, 0)


def _differences(before: Sequence[Block], after: Sequence[Block]) -> Iterator[_Change]:
    matcher = SequenceMatcher(None, [_says(b) for b in before], [_says(b) for b in after], autojunk=False)
    for tag, i0, i1, j0, j1 in matcher.get_opcodes():
        if tag != "equal":
            yield from _paired(before, range(i0, i1), after[j0:j1])


def _paired(before: Sequence[Block], at: range, new: Sequence[Block]) -> Iterator[_Change]:
    """Split a stretch of differences: each old block with its new version, what is left between them as it is."""
    start, left = at.start, list(new)
    for number in at:
        version = next((n for n, block in enumerate(left) if _similarity(before[number], block) >= _SAME_BLOCK), None)
        if version is None:
            continue
        if number > start or version:
            yield _Change(start, tuple(before[start:number]), tuple(left[:version]))
        if not _is_cosmetic(before[number], left[version]):
            yield _Change(number, (before[number],), (left[version],))
        start, left = number + 1, left[version + 1 :]
    if at.stop > start or left:
        yield _Change(start, tuple(before[start : at.stop]), tuple(left))


def _saying(document: Document) -> list[Block]:
    return [block for block in document.blocks if role_of(block) in BODY and any(_says(block))]


def _says(block: Block) -> _Says:
    """What a block says, without line breaks, markup, punctuation and the spelling of addresses."""
    if block.kind is Kind.CODE:
        return tuple(line.strip() for line in block.content.split("\n") if line.strip())
    inlines = (
        "/".join(link_key(i.destination)[:2]) if i.destination else i.content
        for i in block.inlines
        if i.kind in (InlineKind.LINK, InlineKind.IMAGE, InlineKind.CODE, InlineKind.MATH)
    )
    numbers = (number for number in _numbers(block.prose.text))
    return (*words(block.prose.text), *numbers, *inlines)


def _numbers(text: str) -> list[str]:
    return "".join(char if char.isdigit() else " " for char in text).split()


def _similarity(old: Block, new: Block) -> float:
    if (old.kind is Kind.CODE) != (new.kind is Kind.CODE):
        return 0.0
    before, after = Counter(_says(old)), Counter(_says(new))
    return 2 * (before & after).total() / max(1, before.total() + after.total())


def _is_cosmetic(old: Block, new: Block) -> bool:
    """Whether only misspelt words were corrected: old words that nobody uses, each a letter or two from a new one."""
    from rapidfuzz.distance import OSA

    before, after = list(_says(old)), list(_says(new))
    if old.kind is Kind.CODE or len(before) != len(after):
        return False
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    return all(a.isalpha() and priors().kept(a) is None and OSA.distance(a, b, score_cutoff=2) <= 2 for a, b in changed)


def _message(change: _Change) -> str:
    old, new = len(change.old), len(change.new)
    if old == new == 1:
        return "changed"
    what = "added" if not old else "removed" if not new else "replaced"
    return f"{what}-several" if (old or new) > 1 else what


def _evidence(change: _Change) -> tuple[tuple[str, str], ...]:
    sides = (("was", change.old), ("is", change.new))
    return tuple((name, _excerpt(blocks)) for name, blocks in sides if blocks)


def _excerpt(blocks: Sequence[Block]) -> str:
    text = " / ".join(" ".join((b.content if b.kind is Kind.CODE else b.prose.text).split()) for b in blocks)
    return text if len(text) <= _LONGEST_EXCERPT else f"{text[: _LONGEST_EXCERPT - 1]}…"


def _where(bitext: Bitext, change: _Change) -> Span:
    """The translation of the old blocks; for what is new, the end of the translation before it."""
    targets = [pair.target for pair in bitext.pairs if any(block in change.old for block in pair.source)]
    blocks = [block for target in targets for block in target]
    if blocks:
        return Span(blocks[0].start, max(block.span.end for block in blocks))
    said = _saying(bitext.source)[: change.at]
    before = [b.span.end for pair in bitext.pairs if any(s in said for s in pair.source) for b in pair.target]
    end = max(before, default=1)
    return Span(max(end - 1, 0), end)
