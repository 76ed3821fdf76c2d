"""translated-code: a name in code that was translated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilint.model import (
    AlignedPair,
    Bitext,
    Block,
    Confidence,
    Document,
    Finding,
    Inline,
    InlineKind,
    Kind,
    Severity,
    Span,
)
from bilint.rules import Context, Options, rule
from bilint.text.listings import without_comment
from bilint.text.scripts import has_han

_NAME = re.compile(r"[\w./$@*+#~()-]*[A-Za-z][\w./$@*+#~()-]*")
"""What a machine reads: no blanks, quotes, colons or angle brackets, as sentences, strings and placeholders have."""
_STYLE = re.compile(r"[A-Za-z]+[-_ ]?case", re.IGNORECASE)
"""`camelCase` and the like name a way to write."""
_WORD = re.compile(r"[A-Z][a-z]+")
"""A word with a capital may be a name of code or of a button."""
_KIND = re.compile(
    r" (?:class|component|enum|event|function|interface|method|module|object|package|property|struct|type|variable)\b"
)
"""What a text calls a name of code."""
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_DATA = frozenset({"json", "json5", "jsonc", "yaml", "yml", "toml"})
_KEY = re.compile(r"""(?:-\s)?(?:(["'])([A-Za-z_][\w.-]*+)\1|([a-z_][\w.-]*+))\s?[:=](?=\s|$)""")
"""Without quotes in small letters only: `Action:` is the label of a line in a prompt."""
_TRANSLATED = re.compile(r"""(?:-\s)?(["']?)([\w.-]++)\1\s?[:=：](?=\s|$)""")
_COMPOUND = re.compile(r"(?<![\w-])[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)+(?![\w-])")
_SEPARATOR = re.compile(r"[-_]")
_LONGEST = 400
"""Lines of a listing that are compared: longer ones are logs."""


class _Line(NamedTuple):
    """A line of a listing with Han, the line in its place in the original, and where it stands."""

    there: str
    here: str
    span: Span


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/do-not-translate",
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
    listings: str | None = None
    for pair in context.pairs:
        if not pair.source or not pair.target:
            continue
        if pair.source[0].kind is Kind.CODE:
            yield from _in_listing(pair, bitext, context)
        elif translated := _translated(pair):
            listings = _listings(bitext) if listings is None else listings
            for original, copy in translated:
                if _is_code(original, bitext.source, listings):
                    yield context.finding(
                        "name",
                        copy.span,
                        original=original.content,
                        source=original.span,
                        suggestions=(bitext.source.text[original.span.start : original.span.end],),
                        key=f"{original.content} {copy.content}",
                    )


def _translated(pair: AlignedPair) -> list[tuple[Inline, Inline]]:
    """The names of a passage with what they became; none where anything else in code was translated as well."""
    here = [code for code in _codes(pair.target) if has_han(code.content)]
    if not here:
        return []
    there = list(_codes(pair.source))
    texts = [code.content.strip() for code in _codes(pair.target)]
    lost = [code for code in there if code.content.strip() not in texts]
    if len(there) != len(texts) or len(lost) != len(here):
        return []
    said = "\n".join((*texts, *(block.prose.text for block in pair.target)))
    twins = list(zip(lost, here, strict=True))
    return twins if all(_is_name(original.content, copy.content, said) for original, copy in twins) else []


def _is_name(original: str, copy: str, said: str) -> bool:
    """Whether a name became words; not where the translation says the name beside it, or keeps other letters of it."""
    if not _NAME.fullmatch(original) or _STYLE.fullmatch(original) or original in said or has_han(original):
        return False
    return set(_LETTERS.findall(copy)) <= set(_LETTERS.findall(original)) and copy[-1:] not in ("）", ")")


def _codes(blocks: Iterable[Block]) -> Iterator[Inline]:
    return (i for block in blocks if block.inlines for i in block.inlines if i.kind is InlineKind.CODE)


def _listings(bitext: Bitext) -> str:
    """The code of the original's listings, and what the translation keeps as code."""
    blocks = (block.content for block in bitext.source.blocks if block.kind is Kind.CODE)
    return "\n".join((*blocks, *(code.content for code in _codes(bitext.target.blocks))))


def _is_code(name: Inline, source: Document, listings: str) -> bool:
    """Whether a name is one of code: a word with a capital only where listings have it, or the text says what it is."""
    word = name.content
    if not _WORD.fullmatch(word) or _KIND.match(source.text, name.span.end):
        return True
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", listings) is not None


def _in_listing(pair: AlignedPair, bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """Report keys and names of several words in the lines of a listing that have their counterparts in line."""
    is_data = pair.source[0].info.split(" ")[0].lower() in _DATA
    for line in _lines(pair, bitext):
        key, translated = _KEY.match(line.there.strip()), _TRANSLATED.match(line.here.strip())
        if is_data and key and translated and has_han(translated[2]):
            yield context.finding("key", line.span, original=key[2] or key[3])
        elif name := _half_translated(line):
            yield context.finding("name", line.span, original=name)


def _lines(pair: AlignedPair, bitext: Bitext) -> Iterator[_Line]:
    """The lines with Han of two listings that have as many lines, where the original's have none."""
    if len(pair.source) != 1 or len(pair.target) != 1 or not has_han(pair.target[0].content):
        return
    block = pair.target[0]
    there, here = pair.source[0].content.split("\n"), block.content.split("\n")
    if len(there) != len(here) or len(here) > _LONGEST:
        return
    at = block.span.start
    for original, line in zip(there, here, strict=True):
        text = line.strip()
        at = max(at, bitext.target.text.find(text, at, block.span.end))
        if has_han(line) and not has_han(original):
            yield _Line(without_comment(original), without_comment(line), Span(at, at + len(text)))


def _half_translated(line: _Line) -> str:
    """The first name of a line of which one part was translated, and the other kept (`bash-完成`); empty for none."""
    if not has_han(line.here):
        return ""
    for match in _COMPOUND.finditer(line.there):
        name = match[0]
        parts = (rf"(?:{re.escape(part)}|[\u3400-\u9fff]+)" for part in _SEPARATOR.split(name))
        copy = re.search(rf"(?<![\w-]){'[-_]'.join(parts)}(?![A-Za-z0-9-])", line.here)
        if name not in line.here and copy and has_han(copy[0]) and _LETTERS.search(copy[0]):
            return name
    return ""
