"""translated-code: a name in code that was translated."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Alters, Bitext, Confidence, Finding, Fix, Severity
from bilint.reading.translated import translated_lines, translated_names
from bilint.rules import Context, Options, rule


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/do-not-translate",
    fixes=("unsafe",),
    messages={
        "name": "a name in code was translated: it is `{original}` in the original",
        "key": "a key was translated: it is `{original}` in the original",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A file name, an option, a class or a key in code was translated like a word.

    ## Why
    What stands in code is read by machines, and searched for by readers: there is no file `设置.toml`. Reported is one
    name for one name, in passages with as much code on both sides, and keys in listings of JSON, YAML and TOML.
    Sentences, strings, placeholders, comments and labels of buttons may be translated; a translation behind the name,
    or with the name beside it, is right.

    ## Bad
    ```en
    Open `settings.toml` and change the first line.
    ```
    ```zh
    打开 `设置.toml`，修改第一行。
    ```

    ## Good
    ```en
    Open `settings.toml` and change the first line.
    ```
    ```zh
    打开 `settings.toml`，修改第一行。
    ```

    ## Source
    MQM 2.0, Accuracy / Do not translate.
    """
    for name in translated_names(context.pairs, bitext):
        original = name.there.content
        edits = bitext.target.edits([name.here.span], name.here.content, original) if "`" not in original else ()
        yield context.finding(
            "name",
            name.here.span,
            original=original,
            source=name.there.span,
            suggestions=(bitext.source.text[name.there.span.start : name.there.span.end],),
            fix=Fix.of(edits, safe=False, alters=Alters.CODE),
            key=f"{original} {name.here.content}",
        )
    for line in translated_lines(context.pairs, bitext):
        yield context.finding("key" if line.is_key else "name", line.span, original=line.name)
