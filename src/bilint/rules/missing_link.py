"""missing-link: a link of the original is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from bilint.model import (
    AlignedPair,
    Bitext,
    Block,
    Confidence,
    Document,
    Finding,
    Format,
    Inline,
    Kind,
    Severity,
    Span,
)
from bilint.reading.search import prose_of
from bilint.rules import Context, Options, rule
from bilint.text.links import link_key
from bilint.text.scripts import han_count

_TITLES = (Kind.HEADING, Kind.TITLE, Kind.FIELD)
"""A title that leads to the article itself loses its link when it moves."""
_WORD = re.compile(r"[^\W\d_]")
_BRACKETS = re.compile(r"\[[^\[\]\n]{4,}\]")
_SAID = 4
"""Brackets around so many Han characters lead nowhere: what is shorter is a note or a key."""
_ASIDE = re.compile(
    r"^(?:mailto:|[^/]*(?<!\.md)(?<!\.mdx)(?<!\.html)#)|#(?:fn|footnote|cite|ref)[a-z]*[-_:.]?\d+$|/email-protection",
    re.I,
)
"""Addresses within the page, whatever a converter called it, of footnotes and of mail."""
_MANY = 3
"""From so many places on, leaving links out is how the article was translated: one finding."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/link",
    messages={
        "one": "link {links} of the original is missing",
        "several": "{count} links of the original are missing: {links}",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A link of the original has no counterpart in the translation.

    ## Why
    Readers cannot follow a reference that lost its link; mostly a bracket or a definition went missing with it. Links
    are counted where the aligned passages show that one is gone, and compared over the whole article: those that moved,
    that lead to the Chinese edition or whose address is written out are not missing. Links of titles, of credits, of
    images and within the page do not count. Three places and more in an article are one finding. Against a web page,
    which links to its own site here and there, the confidence is low.

    ## Bad
    ```en
    The list is kept in the [project wiki](https://example.org/wiki/kettles), and everybody can add to it.
    ```
    ```zh
    这份列表保存在项目的维基上，每个人都可以补充。
    ```

    ## Good
    ```en
    The list is kept in the [project wiki](https://example.org/wiki/kettles), and everybody can add to it.
    ```
    ```zh
    这份列表保存在[项目的维基](https://example.org/wiki/kettles)上，每个人都可以补充。
    ```

    ## Source
    MQM 2.0, Design and markup / Link.
    """
    linked = [(pair, links) for pair in context.pairs if (links := _links(pair.source))]
    there = [link for _, links in linked for link in links]
    torn = _torn(bitext)
    lost = _lost([*there, *torn], {link.destination for block in bitext.target.blocks for link in block.links()})
    if not lost:
        return
    readable = _readable(bitext.target)
    addresses = {link.destination for link in lost if _bare(link.destination) not in readable}
    unsure = Confidence.LOW if bitext.source.format is Format.HTML else None
    places = sorted(_places(linked, torn, addresses), key=lambda place: place[0].start)
    for first, *rest in [places] if len(places) >= _MANY else [[place] for place in places]:
        gone = [link for _, links in (first, *rest) for link in links]
        yield context.finding(
            "one" if len(gone) == 1 else "several",
            first[0],
            count=len(gone),
            links=tuple(link.destination for link in gone),
            source=gone[0].span,
            more=tuple(span for span, _ in rest),
            confidence=unsure,
            key=f"gone\n{first[0].start}",
        )


def _places(
    linked: Iterable[tuple[AlignedPair, list[Inline]]], torn: Mapping[Inline, Span], addresses: Set[str]
) -> Iterator[tuple[Span, Sequence[Inline]]]:
    """Where the translation lacks links, and which."""
    for pair, links in linked:
        gone = _gone(pair, links, addresses)
        if gone:
            yield Span(pair.target[0].span.start, pair.target[0].span.start + 1), gone
    yield from ((place, [link]) for link, place in torn.items() if link.destination in addresses)


def _torn(bitext: Bitext) -> dict[Inline, Span]:
    """Links of what is aligned with nothing, and the brackets without an address that a neighbour has for them."""
    holding = [bitext.target.blocks[number] for number in prose_of(bitext.target).holding(_BRACKETS)]
    numbers = {id(pair): number for number, pair in enumerate(bitext.pairs)} if holding else {}
    found: dict[Inline, Span] = {}
    for block in holding:
        if block.kind not in _TITLES:
            brackets = [match for match in _BRACKETS.finditer(block.prose.text) if han_count(match[0]) >= _SAID]
            places = [block.prose.span(*match.span()) for match in brackets]
            links = _left_over(bitext, numbers.get(id(bitext.pair_of(block)), 0)) if places else ()
            found |= dict(zip(links, places, strict=False))
    return found


def _left_over(bitext: Bitext, number: int) -> list[Inline]:
    """Links of the blocks of the original beside a pair that have no counterpart."""
    beside = (*bitext.pairs[max(number - 1, 0) : number], *bitext.pairs[number + 1 : number + 2])
    return [link for other in beside if not other.target for link in _links(other.source)]


def _lost(there: list[Inline], here: set[str]) -> list[Inline]:
    """Links of the original that lead where no address of the translation leads."""
    # Most addresses are the same to the letter, and folding them takes long.
    changed = [link for link in there if link.destination not in here]
    keys = set(map(link_key, here)) if changed else set()
    return [link for link in changed if link_key(link.destination) not in keys]


def _gone(pair: AlignedPair, source: list[Inline], lost: Set[str]) -> list[Inline]:
    """Links of the source side that stand nowhere in the translation, as many as the target side has too few."""
    gone = [link for link in source if link.destination in lost]
    if not gone or not pair.is_likely:
        return []
    few = len(source) - sum(len(block.links()) for block in pair.target)
    return gone[: max(few, 0)]


def _links(blocks: Iterable[Block]) -> list[Inline]:
    """Links of the text that lead out of the page; not those that only an image or an address shows."""
    return [
        link
        for block in blocks
        if block.inlines and block.kind not in _TITLES
        for link in block.links()
        if _is_reference(link, block.prose.text)
    ]


def _is_reference(link: Inline, text: str) -> bool:
    """Whether words of the text lead out of the page: no footnote, no table of contents, no mail address."""
    label = text[link.text.start : link.text.end]
    return bool(link.destination and _WORD.search(label) and "://" not in label and not _ASIDE.search(link.destination))


def _readable(document: Document) -> str:
    """What readers see of a document, code included; definitions of links that nothing refers to are not seen."""
    literal = (inline.content for block in document.blocks for inline in block.inlines)
    return "\n".join((*(block.prose.text + block.content for block in document.blocks), *literal))


def _bare(address: str) -> str:
    return (address.partition("://")[2] or address).rstrip("/")
