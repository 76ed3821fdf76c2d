"""Descriptions of images, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import field

from bilint.evidence import Counts, Evidence, Question, Tally
from bilint.model import AlignedPair, Article, Inline
from bilint.reading import Reading
from bilint.text.scripts import has_han
from bilint.text.words import FUNCTION_WORDS, words

_HABIT = 2
_PHRASE = 3
"""Descriptions of fewer words are names of what is shown, often the same in Chinese."""


class Descriptions(Counts):
    """How many descriptions of images are translated, and how many are left in English or left out."""

    translated: Tally[str] = field(default_factory=Tally)
    left: Tally[str] = field(default_factory=Tally)


def descriptions(reading: Reading) -> Descriptions:
    """Count what becomes of descriptions that are a phrase."""
    found = list(described(reading.article))
    translated = sum(has_han(ours.content) for _, ours in found)
    return Descriptions(Tally({"": translated}), Tally({"": len(found) - translated}))


class Translates(Question[bool], frozen=True):
    """Whether the project translates the descriptions of images."""

    def verdict(self, project: Evidence) -> bool:
        """Return whether it translates most."""
        counted = project.of(descriptions)
        return counted.translated[""] >= _HABIT * max(counted.left[""], 1)


def described(article: Article) -> Iterator[tuple[Inline, Inline]]:
    """Yield the images of both sides that are the same, where the original describes them in a phrase."""
    if article.bitext is None or not ("![" in article.target.text or "<img" in article.target.text):
        return
    for pair in article.bitext.pairs:
        if pair.source and pair.target:
            yield from _same(pair)


def _same(pair: AlignedPair) -> Iterator[tuple[Inline, Inline]]:
    ours = {image.destination: image for block in pair.target if block.inlines for image in block.images()}
    for block in pair.source if ours else ():
        for image in block.images() if block.inlines else ():
            twin = ours.get(image.destination)
            if (
                twin is not None
                and _is_phrase(image.content)
                and (twin.content.strip() in ("", image.content.strip()) or has_han(twin.content))
            ):
                yield image, twin


def _is_phrase(text: str) -> bool:
    """Whether a description says something: several words, one of them of the grammar."""
    found = words(text)
    return (
        len(found) >= _PHRASE
        and "{" not in text
        and "." not in text[:-1]
        and any(word in FUNCTION_WORDS for word in found)
    )
