"""changed-shortcode: a template tag, shortcode or macro is gone or altered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Bitext, Confidence, Finding, Inline, InlineKind, Severity
from bilint.reading.losses import losses
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import changed

_KINDS = frozenset({InlineKind.TEMPLATE, InlineKind.MACRO})
_QUOTED = re.compile(r"""(["'`])(.*?)\1""", re.DOTALL)
_FIRST = re.compile(r"""\(\s*(["'])([^"']*)\1""")
_PUNCTUATION = re.compile(r"[\s<>%{}~-]+")


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    fixes=("safe", "unsafe"),
    messages={
        "gone": "template tag {gone} of the original is missing",
        "changed": "template tag {here} stands for {gone}",
    },
    help={
        "gone": "keep the name and the arguments that no reader sees; texts in quotes may be translated",
        "changed": "keep the name and the arguments that no reader sees; texts in quotes may be translated",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A template tag, shortcode or macro of the original is missing or has another name or argument.

    ## Why
    What stands in `{{ }}`, `{{< >}}` or `{% %}` is read by the program that builds the site (Hugo, Liquid, Jinja, the
    macros of MDN). A translated name stops the build, a translated argument leads nowhere, and a block that is not
    closed swallows the rest. Texts in quotes may be translated, but not the first argument of a macro, which names
    what it shows.

    ## Bad
    ```en
    {{< note >}}
    Hidden files are copied as well.
    {{< /note >}}
    ```
    ```zh
    {{< 注意 >}}
    隐藏文件也会一并复制。
    {{< /注意 >}}
    ```

    ## Good
    ```en
    {{< note >}}
    Hidden files are copied as well.
    {{< /note >}}
    ```
    ```zh
    {{< note >}}
    隐藏文件也会一并复制。
    {{< /note >}}
    ```

    ## Source
    The manuals of Hugo, Liquid, Jinja and of the macros of MDN.
    """
    for loss in losses(bitext, _KINDS, _identity, _is_markup):
        yield changed(context, loss)


def _identity(tag: Inline) -> tuple[str, ...]:
    """What must stay of a tag: of a macro its name and first argument, of others all but what is quoted."""
    if tag.kind is InlineKind.MACRO:
        first = _FIRST.search(tag.content)
        return tag.name.lower(), first[2].strip().lower() if first else ""
    return tuple(_PUNCTUATION.sub(" ", _QUOTED.sub('""', tag.content)).split())


def _is_markup(tag: Inline) -> bool:
    """Whether a tag is markup: which lines of a file it takes in is a matter of the edition."""
    return not tag.content.startswith("{*")
