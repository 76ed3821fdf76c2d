"""untranslated-alt: the description of an image is left in English or left out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import field

from bilint.evidence import Counts, Evidence, Question, Tally
from bilint.model import AlignedPair, Article, Confidence, Finding, Inline, Severity, Span
from bilint.reading import Reading
from bilint.rules import Context, Options, rule
from bilint.text.scripts import has_han
from bilint.text.words import FUNCTION_WORDS, words


class Descriptions(Counts):
    """How many descriptions of images are translated, and how many are left in English or left out."""

    translated: Tally[str] = field(default_factory=Tally)
    left: Tally[str] = field(default_factory=Tally)


def descriptions(reading: Reading) -> Descriptions:
    """Count what becomes of descriptions that are a phrase."""
    found = list(_described(reading.article))
    translated = sum(has_han(ours.content) for _, ours in found)
    return Descriptions(Tally({"": translated}), Tally({"": len(found) - translated}))


class Translates(Question[bool], frozen=True):
    """Whether the project translates the descriptions of images."""

    def verdict(self, project: Evidence) -> bool:
        """Return whether it translates most."""
        counted = project.of(descriptions)
        return counted.translated[""] >= _HABIT * max(counted.left[""], 1)


_HABIT = 2
_PHRASE = 3
"""Descriptions of fewer words are names of what is shown, often the same in Chinese."""


@rule(
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/untranslated",
    counts=(descriptions,),
    messages={
        "english": "description of the image is left in English: `{description}`",
        "empty": "image has no description, the original's is `{description}`",
    },
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """The description (alternative text) of an image is in English, or empty where the original has one.

    ## Why
    Who cannot see an image has it read out, and it stands for an image that does not load. Many teams leave
    descriptions as they are: where most of the article, or of the project, does, the confidence is low.

    ## Bad
    ```en
    ![A kettle with a blue lid](kettle.png) ![A red handle of a kettle](handle.png)
    ```
    ```zh
    ![A kettle with a blue lid](kettle.png) ![水壶的红色把手](handle.png)
    ```

    ## Good
    ```en
    ![A kettle with a blue lid](kettle.png)
    ```
    ```zh
    ![一把蓝盖的水壶](kettle.png)
    ```

    ## Source
    MQM 2.0, Accuracy / Untranslated; WCAG 2.2, 1.1.1.
    """
    if "![" not in article.target.text and "<img" not in article.target.text:
        return
    left = [(theirs, ours) for theirs, ours in _described(article) if not has_han(ours.content)]
    if not left:
        return
    own = context.own.of(descriptions)
    is_habit = own.translated[""] < len(left) and not context.ask(Translates())
    for theirs, ours in left:
        yield context.finding(
            "english" if ours.content.strip() else "empty",
            _span(ours, article),
            description=theirs.content.strip(),
            source=theirs.span,
            confidence=Confidence.LOW if is_habit else Confidence.MEDIUM,
            key="english" if ours.content.strip() else "empty",
        )


def _described(article: Article) -> Iterator[tuple[Inline, Inline]]:
    """Images of both sides that are the same, where the original describes them in a phrase."""
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


def _span(image: Inline, article: Article) -> Span:
    at = article.target.text.find(image.content, image.span.start, image.span.end) if image.content else -1
    return Span(at, at + len(image.content)) if at >= 0 else image.span
