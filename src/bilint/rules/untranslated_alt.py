"""untranslated-alt: the description of an image is left in English or left out."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, Inline, Severity, Span
from bilint.reading.descriptions import Translates, described, descriptions
from bilint.rules import Context, Options, rule
from bilint.text.scripts import has_han


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
    left = [(theirs, ours) for theirs, ours in described(article) if not has_han(ours.content)]
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


def _span(image: Inline, article: Article) -> Span:
    at = article.target.text.find(image.content, image.span.start, image.span.end) if image.content else -1
    return Span(at, at + len(image.content)) if at >= 0 else image.span
