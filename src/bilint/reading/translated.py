"""Names of code that were translated like words: in the code of a sentence, and in the lines of listings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilint.model import AlignedPair, Bitext, Block, Inline, Kind, Span
from bilint.reading.search import codes_of
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


class TranslatedName(NamedTuple):
    """A name of the original's code, and the inline of the translation that stands for it."""

    there: Inline
    here: Inline


class TranslatedLine(NamedTuple):
    """A line of a listing of which a name, or the key at its start, was translated; `name` is the original's."""

    name: str
    is_key: bool
    span: Span


def translated_names(pairs: Iterable[AlignedPair], bitext: Bitext) -> Iterator[TranslatedName]:
    """Yield the names that became words in the code of sentences, one for one, in the order of the pairs."""
    names = [name for pair in pairs if pair.source and pair.source[0].kind is not Kind.CODE for name in _of_prose(pair)]
    if not names:
        return
    listings = (block.content for block in bitext.source.blocks if block.kind is Kind.CODE)
    code = "\n".join((*listings, *(code.content for code in codes_of(bitext.target.blocks))))
    yield from (name for name in names if _is_of_code(name.there, bitext.source.text, code))


def translated_lines(pairs: Iterable[AlignedPair], bitext: Bitext) -> Iterator[TranslatedLine]:
    """Yield the lines of listings in which a key of data or a part of a name is Chinese, in the order of the pairs."""
    for pair in pairs:
        if len(pair.source) == len(pair.target) == 1 and pair.source[0].kind is Kind.CODE:
            yield from _of_listing(pair.source[0], pair.target[0], bitext.target.text)


def _of_listing(source: Block, target: Block, text: str) -> Iterator[TranslatedLine]:
    is_data = source.info.split(" ")[0].lower() in _DATA
    for there, here, span in _lines(source, target, text):
        key, copy = _KEY.match(there.strip()), _TRANSLATED.match(here.strip())
        if is_data and key and copy and has_han(copy[2]):
            yield TranslatedLine(key[2] or key[3], is_key=True, span=span)
        elif name := _half_translated(there, here):
            yield TranslatedLine(name, is_key=False, span=span)


def _of_prose(pair: AlignedPair) -> list[TranslatedName]:
    """The names of a passage with what they became; none where anything else in code was translated as well."""
    codes = list(codes_of(pair.target))
    here = [code for code in codes if has_han(code.content)]
    if not here:
        return []
    there = list(codes_of(pair.source))
    texts = [code.content.strip() for code in codes]
    lost = [code for code in there if code.content.strip() not in texts]
    if len(there) != len(texts) or len(lost) != len(here):
        return []
    said = "\n".join((*texts, *(block.prose.text for block in pair.target)))
    twins = list(map(TranslatedName, lost, here))
    return twins if all(_is_name(each.there.content, each.here.content, said) for each in twins) else []


def _is_name(original: str, copy: str, said: str) -> bool:
    """Whether a name became words; not where the translation says the name beside it, or keeps other letters of it."""
    if not _NAME.fullmatch(original) or _STYLE.fullmatch(original) or original in said or has_han(original):
        return False
    return set(_LETTERS.findall(copy)) <= set(_LETTERS.findall(original)) and copy[-1:] not in ("）", ")")


def _is_of_code(name: Inline, source: str, code: str) -> bool:
    """Whether a name is one of code: a word with a capital only where listings have it, or the text says what it is."""
    word = name.content
    if not _WORD.fullmatch(word) or _KIND.match(source, name.span.end):
        return True
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", code) is not None


def _lines(source: Block, target: Block, text: str) -> Iterator[tuple[str, str, Span]]:
    """The lines with Han of a listing that has as many lines as the original's, where those have none."""
    if not has_han(target.content):
        return
    there, here = source.content.split("\n"), target.content.split("\n")
    if len(there) != len(here) or len(here) > _LONGEST:
        return
    at = target.span.start
    for original, copy in zip(there, here, strict=True):
        line = copy.strip()
        at = max(at, text.find(line, at, target.span.end))
        if has_han(copy) and not has_han(original):
            yield without_comment(original), without_comment(copy), Span(at, at + len(line))


def _half_translated(there: str, here: str) -> str:
    """The first name of a line of which one part was translated, and the other kept (`bash-完成`); empty for none."""
    if not has_han(here):
        return ""
    for match in _COMPOUND.finditer(there):
        name = match[0]
        if name in here:
            continue
        parts = (rf"(?:{re.escape(part)}|[\u3400-\u9fff]+)" for part in _SEPARATOR.split(name))
        copy = re.search(rf"(?<![\w-]){'[-_]'.join(parts)}(?![A-Za-z0-9-])", here)
        if copy and has_han(copy[0]) and _LETTERS.search(copy[0]):
            return name
    return ""
