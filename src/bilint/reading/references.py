"""Links with fragments: which of the original's a link stands for, and what the heading is called that it leads to."""

from __future__ import annotations

from collections.abc import Iterable

from bilint.model import AlignedPair, Bitext, Block, Document, Inline
from bilint.reading.fragments import heading_of, headings, made, page_of
from bilint.text.fragments import Reference, local
from bilint.text.slugs import Generator


def references(blocks: Iterable[Block]) -> list[tuple[Inline, Reference]]:
    """Return the links of blocks that lead to a fragment, of this page or another, with where they lead."""
    links = (link for block in blocks if block.inlines for link in block.links() if "#" in link.destination)
    return [(link, place) for link in links if (place := local(link.destination)) and place.fragment]


def twin(
    link: Inline, pair: AlignedPair, target: Document
) -> tuple[tuple[Inline, Reference] | None, list[tuple[Inline, Reference]]]:
    """Return the link of the original that this one stands for, and all those of the pair that have a fragment."""
    theirs, ours = references(pair.source), references(pair.target)
    if len(theirs) != len(ours):
        same = [each for each in theirs if each[0].destination == link.destination]
        return (same[0] if len(same) == 1 else None), theirs
    number = next((number for number, (each, _) in enumerate(ours) if each is link), None)
    return (theirs[number] if number is not None else None), theirs


def called_now(bitext: Bitext | None, original: str | None) -> tuple[str, ...]:
    """Return the fragment of the heading that is aligned with the one which a fragment of the original leads to."""
    if bitext is None or original is None:
        return ()
    number = heading_of(page_of(bitext.source), original)
    if number is None:
        return (f"#{original}",) if original in page_of(bitext.target).ids else ()
    heading = list(headings(bitext.source))[number]
    pair = bitext.pair_of(heading)
    ours = [number for number, block in enumerate(headings(bitext.target)) if pair and block in pair.target]
    slug = made(page_of(bitext.target), _generator(bitext))[ours[0]] if len(ours) == 1 else ""
    return (f"#{slug}",) if slug else ()


def _generator(bitext: Bitext) -> Generator:
    """The generator that makes most of the fragments that both pages link to; GitHub's where none is likelier."""
    documents = (bitext.source, bitext.target)
    linked = [{place.fragment for _, place in references(each.blocks) if not place.path} for each in documents]

    def fits(generator: Generator) -> int:
        return sum(
            len(links.intersection(made(page_of(each), generator)))
            for links, each in zip(linked, documents, strict=True)
        )

    return max(Generator, key=fits)
