"""miscased-name: a name of the original with other capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, Fix, Kind, Severity
from bilint.reading import blocks_with, words_of
from bilint.rules import Context, Options, rule
from bilint.text.words import words_as_written

_SHORTEST = 3
"""Letters of a name that is looked at."""
_ALONE = r"(?<![A-Za-z0-9_.\-/@#:])({})(?![A-Za-z0-9_/@:=]|[.\-](?=\w))"
"""A word that is no part of an address, a path or a command."""

_RIGHT_NAMES = (
    "AppImage CentOS CoreOS cURL DevOps FreeBSD FreeNAS GitHub GitLab GraphQL iOS iPad iPadOS iPhone JavaScript "
    "JetBrains jQuery LaTeX LibreOffice LinkedIn macOS MariaDB Matlab MongoDB MySQL NetBSD Nginx Nvidia OpenBSD "
    "OpenStack openSUSE ownCloud PayPal PostgreSQL PowerShell PyCharm PyPI PyTorch SQLite TensorFlow TypeScript "
    "VirtualBox WebAssembly WhatsApp WordPress YouTube"
)
_RIGHT = frozenset(_RIGHT_NAMES.split())
"""What the translation writes like this is right, whatever the original has."""


class CapitalsOptions(Options, frozen=True):
    """Options of miscased-name."""

    allow: tuple[str, ...] = ()
    """Names that the project writes so on purpose."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/spelling",
    options=CapitalsOptions,
    fixes=("unsafe",),
    messages={"capitals": "`{word}` is written `{original}` in the original"},
)
def check(article: Article, context: Context[CapitalsOptions]) -> Iterator[Finding]:
    """A name with capitals inside is written without them, or with others.

    ## Why
    `Github`, `Javascript` and `Mysql` are how people who do not know GitHub, JavaScript and MySQL write them. Reported
    is a word of the translation that the original has with other capitals, and nowhere in this way, its code and
    addresses included. Only names with capitals inside are looked at: a word at the start of a sentence or in a title
    may well begin with another letter. Words in capitals throughout, addresses, commands, and well-known names that
    the translation has right where the original has them wrong are left alone.

    ## Bad
    ```en
    The keeper wrote it in JavaScript and put it on GitHub.
    ```
    ```zh
    看守人用 Javascript 写成，并放在 Github 上。
    ```

    ## Good
    ```en
    The keeper wrote it in JavaScript and put it on GitHub.
    ```
    ```zh
    看守人用 JavaScript 写成，并放在 GitHub 上。
    ```

    ## Options
    - `allow`: names that the project writes so on purpose.

    ## Source
    MQM 2.0, Linguistic conventions / Spelling.
    """
    if article.bitext is None:
        return
    document, source = context.document, article.bitext.source
    english = words_of(source)
    named = sorted(word for word in english if len(word) >= _SHORTEST and _has_capitals_inside(word))
    names = {word.lower(): word for word in named}
    new = words_of(document) - english if names else frozenset[str]()
    here = {word for word in new if word.lower() in names and not word.isupper()}
    others = here.difference(words_as_written(source.text), _RIGHT, context.options.allow) if here else here
    for word in sorted(others):
        pattern = re.compile(_ALONE.format(word))
        for block in blocks_with(pattern, document):
            for found in pattern.finditer(block.prose.text) if block.kind is not Kind.HTML else ():
                original = names[word.lower()]
                span = block.prose.span(*found.span(1))
                fix = Fix.of(document.edits([span], word, original), safe=False)
                yield context.finding(
                    "capitals", span, word=word, original=original, suggestions=(original,), key=word, fix=fix
                )


def _has_capitals_inside(word: str) -> bool:
    return not (word.islower() or word.isupper() or word.istitle())
