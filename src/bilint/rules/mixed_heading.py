"""mixed-heading: a heading that the rest of the project says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.evidence import Project
from bilint.model import Confidence, Finding, Severity
from bilint.reading.titles import Wording, titles, wordings
from bilint.rules import Context, Options, rule


class HeadingOptions(Options, frozen=True):
    """Options of mixed-heading."""

    may_vary: tuple[str, ...] = ()
    """English headings that may be said in several ways."""


_RHETORIC = frozenset(
    {
        *("closing notes", "conclusion", "conclusions", "final thoughts", "final words", "in closing", "introduction"),
        *("key takeaways", "next steps", "summary", "what's next", "what’s next", "wrap up", "wrap-up", "wrapping up"),
    }
)
"""Headings with which an essay opens and closes: translators choose them as the essay sounds."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="terminology/inconsistent-use",
    options=HeadingOptions,
    messages={
        "heading": "the heading `{english}` is `{text}` here, and `{usual}` in {articles} other articles",
        "link": "the link `{english}` is `{text}` here, and `{usual}` in {articles} other articles",
    },
    counts=(titles,),
)
def check(project: Project, context: Context[HeadingOptions]) -> Iterator[tuple[str, Finding]]:
    """The articles of a project say one English heading, or one link, in several ways.

    ## Why
    Readers find their way in a manual by headings that are the same on every page (用法, 注意事项), and by links called
    like the page they lead to. Reported is an article that says a heading in another way than at least twice as many
    others do; where fewer than five others do, or nearly as many say something else, with low confidence. Punctuation,
    spaces, numbers and English in brackets are left aside. Links are compared where they have the same target, and have
    low confidence: many are parts of sentences. The articles below a folder of one language
    (`docs/zh/`) are a project; without such a folder, those of one folder are.

    ## Bad
    ```en usage.md
    # Usage
    ```
    ```en pumps.md
    # Usage
    ```
    ```en boats.md
    # Usage
    ```
    ```zh usage.md
    # 用法
    ```
    ```zh pumps.md
    # 用法
    ```
    ```zh boats.md
    # 使用方法
    ```

    ## Good
    ```en usage.md
    # Usage
    ```
    ```en pumps.md
    # Usage
    ```
    ```en boats.md
    # Usage
    ```
    ```zh usage.md
    # 用法
    ```
    ```zh pumps.md
    # 用法
    ```
    ```zh boats.md
    # 用法
    ```

    ## Options
    - `may-vary`: English headings that may be said in several ways (default none).

    ## Source
    MQM 2.0, Terminology / Inconsistent use.
    """
    for wording in wordings(project.of(titles)):
        first, *more = wording.titles
        if first.key in context.options.may_vary:
            continue
        yield (
            first.path,
            context.finding(
                "link" if first.target else "heading",
                first.place,
                english=first.english,
                text=first.text,
                usual=wording.usual,
                articles=wording.articles,
                source=first.source,
                more=tuple(title.place for title in more),
                confidence=None if _is_certain(wording) else Confidence.LOW,
                suggestions=(wording.usual,),
            ),
        )


def _is_certain(wording: Wording) -> bool:
    first = wording.titles[0]
    return wording.is_settled and not first.target and first.key not in _RHETORIC
