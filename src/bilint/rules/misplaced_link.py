"""misplaced-link: a link that lies on a number or a particle instead of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bilint.model import AlignedPair, Block, Confidence, Finding, Inline, Severity
from bilint.rules import Context, Options, rule
from bilint.text.links import link_key

_NUMBER = re.compile(r"\d{1,3}")
_NUMBERS = "numbers"
"""What links that lie on their numbers have in common: their brackets were lost together."""
_PARTICLES = frozenset("和与或及而的地得了在是为把被将对从由于并也")
_WORD = re.compile(r"[^\W\d_]{2,}")


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/link",
    messages={"label": "the link of `{original}` lies on `{label}`"},
)
def check(pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    """A link lies on its number, or on a particle beside the words that it belongs to.

    ## Why
    A bracket that is lost makes a link of the number of a reference (`[术语[11]`), and translation by machine moves
    links to the next word (`[和](…)`). Readers see a number or half a word to click on. Reported is a link to where a
    link of the original leads that lies on words; where that lies on a number as well, nothing is.

    ## Bad
    ```en
    It has the same [limitation][2] as the old kettle, and nobody knows why.

    [2]: https://example.org/kettles
    ```
    ```zh
    它与旧水壶有同样的限制[2]，没有人知道为什么。

    [2]: https://example.org/kettles
    ```

    ## Good
    ```en
    It has the same [limitation][2] as the old kettle, and nobody knows why.

    [2]: https://example.org/kettles
    ```
    ```zh
    它与旧水壶有同样的[限制][2]，没有人知道为什么。

    [2]: https://example.org/kettles
    ```

    ## Source
    MQM 2.0, Design and markup / Link.
    """
    bitext = context.article.bitext
    if bitext is None or not pair.source:
        return
    here = [(link, label) for link, label in _links(pair.target) if _NUMBER.fullmatch(label) or label in _PARTICLES]
    for link, label in here:
        twin = _twin(link, pair.source)
        if twin:
            original, words = twin
            key = _NUMBERS if _NUMBER.fullmatch(label) else ""
            yield context.finding("label", link.span, source=original.span, original=words, label=label, key=key)


def _twin(link: Inline, source: Iterable[Block]) -> tuple[Inline, str] | None:
    """The link of the original that leads where this one does, with its words; None where it lies on none."""
    key = link_key(link.destination)
    alike = [(other, words) for other, words in _links(source) if link_key(other.destination) == key]
    if len(alike) != 1 or not _WORD.search(alike[0][1]):
        return None
    return alike[0]


def _links(blocks: Iterable[Block]) -> Iterator[tuple[Inline, str]]:
    """Links that lead out of the page, with what they lie on."""
    for block in blocks:
        if block.inlines:
            for link in block.links():
                if link.destination and not link.destination.startswith("#"):
                    yield link, block.prose.text[link.text.start : link.text.end].strip()
