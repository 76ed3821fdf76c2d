"""English in the Chinese of an article: words in a row that do not stand there on purpose, and where they come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bilint.evidence import priors
from bilint.model import Block, Document, Inline, InlineKind, Kind, Span
from bilint.reading.search import prose_of
from bilint.text.mentions import is_explained, quoted_spans
from bilint.text.scripts import HAN_RUN, has_han
from bilint.text.words import words

_TOKEN = r"[A-Za-z][A-Za-z0-9]*(?:['’-][A-Za-z0-9]+)*"
# What stands before a run is looked at after its first letter: the search skips to letters.
_RUN = re.compile(
    r"[A-Za-z](?<![\w@#$%&./\\:=<>~|+*-].)[A-Za-z0-9]*(?:['’-][A-Za-z0-9]+)*"
    rf"(?:[ ,;:\n]{{1,2}}{_TOKEN})*(?![\w@#$%/\\=<>~|+*_-]|\.\w|:[\w/])",
    re.ASCII,
)
_WORD = re.compile(_TOKEN)
_IDENTIFIER = re.compile(r"[<.#@:$/-]*([A-Za-z]{3,})[>():=;,/]*")
_DECLARED = re.compile(
    r"(?:const|let|var|val|def|fn|func|function|class|struct|type|interface|enum)\s++(?:mut\s++)?(?:[\[{(]\s*+)?([a-z]{3,})\b"
    r"|^[ \t]*([a-z]{3,})[ \t]*(?::[^=\n]{,40})?=(?!=)",
    re.MULTILINE,
)
_SEGMENT = re.compile(r"[/#?&=.]+")
_LABELS = frozenset({InlineKind.LINK, InlineKind.EMPHASIS, InlineKind.STRONG})
"""Linked or emphasised text with no Han is a title, a name or a label."""
MARKED = _LABELS - {InlineKind.LINK}
"""What is emphasised is the label of a button or a title; links lie on names that are said like any other."""
_PHRASE = 4
"""From so many words on, a part of them is enough to find where they come from."""


class Run(NamedTuple):
    """English words in a row inside the Chinese of a block."""

    block: Block
    start: int
    end: int

    @property
    def words(self) -> list[re.Match[str]]:
        """The words, as they are written."""
        return list(_WORD.finditer(self.block.prose.text, self.start, self.end))

    @property
    def around(self) -> tuple[int, int]:
        """The range of the text around the run that holds no Chinese."""
        text = self.block.prose.text
        before = HAN_RUN.search(text[: self.start][::-1])
        after = HAN_RUN.search(text, self.end)
        return self.start - before.start() if before else 0, after.start() if after else len(text)


def tokens(text: str) -> list[str]:
    """Return the English words of `text` as they are written, what is joined by hyphens and apostrophes as one."""
    return _WORD.findall(text)


def english_runs(
    document: Document, is_wanted: Callable[[str], bool], labels: frozenset[InlineKind] = _LABELS
) -> Iterator[Run]:
    """Yield the runs of English in Chinese blocks, in file order, of which `is_wanted` says that they matter.

    Not those that stand there on purpose: quoted, all there is of an inline that is a label (a link, emphasis),
    explained in Chinese.
    """
    # Most runs are names, and stand in an article again and again: each is judged once.
    texts = _texts(document)
    wanted = set(filter(is_wanted, texts))
    for number in sorted({number for text in wanted for number in texts[text]}):
        block = document.blocks[number]
        if has_han(block.prose.text):
            yield from _in_block(block, document, wanted, labels)


@lru_cache(maxsize=8)
def _texts(document: Document) -> dict[str, set[int]]:
    """Every run → the numbers of the blocks that it is in."""
    prose, texts = prose_of(document), dict[str, set[int]]()
    for run in _RUN.finditer(prose.text):
        texts.setdefault(run[0], set()).add(prose.number(run.start()))
    return texts


def _in_block(block: Block, document: Document, wanted: set[str], labels: frozenset[InlineKind]) -> Iterator[Run]:
    text = block.prose.text
    meant = quoted_spans(text)
    inside = ((i.text.start, i.text.end) for i in block.inlines if i.kind in labels)
    meant += [(start, end) for start, end in inside if not has_han(text[start:end])]
    for match in _RUN.finditer(text):
        start, end = match.span()
        if match[0] not in wanted or any(first <= start and end <= last for first, last in meant):
            continue
        if not is_explained(text, start, end) and not _has_ruby(block, start, end, document):
            yield Run(block, start, end)


def _has_ruby(block: Block, start: int, end: int, document: Document) -> bool:
    """Whether Chinese stands above or below the English: `<ruby>overlay<rt>叠加层</rt></ruby>`, and mistyped."""
    first, last = block.prose.position(start), block.prose.position(end - 1) + 1
    return document.text.startswith(("<rt", "<rp"), last) or document.text.endswith(("<tr>", "<rt>"), 0, first)


@lru_cache(maxsize=8)
def identifiers(document: Document) -> frozenset[str]:
    """Return the single words that the article itself writes as code: there they are names."""
    return frozenset(filter(None, (code_word(inline) for block in document.blocks for inline in block.inlines)))


def code_word(inline: Inline) -> str:
    """Return the single word that an inline of code consists of, without marks around it; else an empty string."""
    found = _IDENTIFIER.fullmatch(inline.content) if inline.kind is InlineKind.CODE else None
    return found[1] if found else ""


@lru_cache(maxsize=8)
def declared(document: Document) -> frozenset[str]:
    """Return the names that the listings of an article declare or set."""
    codes = (block.content for block in document.blocks if block.kind is Kind.CODE)
    return frozenset(name for code in codes for found in _DECLARED.finditer(code) for name in found.groups() if name)


def in_address(run: Run, tokens_: Iterable[str]) -> bool:
    """Return whether a run stands in a link to a place of the name of one of these words, which are in small letters.

    Like `[Astro 的 issues](https://…/issues/)`.
    """
    forms = {form for token in tokens_ for form in (token, f"{token}s")}
    links = (link for link in run.block.links() if link.text.start <= run.start and run.end <= link.text.end)
    return any(not forms.isdisjoint(_SEGMENT.split(link.destination.lower())) for link in links)


def is_said(word: str, source: Iterable[Block]) -> bool:
    """Return whether the English has a lower-cased word, in this or another inflection."""
    said, folded = _said(tuple(block.prose.text for block in source))
    return word in said or priors().fold(word) in folded


@lru_cache(maxsize=8)
def _said(texts: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of texts, as they stand and without their inflections."""
    said = frozenset(word for text in texts for word in words(text))
    return said, frozenset(map(priors().fold, said))


def is_in_lower_case(token: str, source: Iterable[Block]) -> bool:
    """Return whether the English writes a capitalised word in lower case only: the capital is the translator's."""
    text = " ".join(block.prose.text for block in source)
    return token.istitle() and token not in text and token.lower() in tokens(text)


def is_only_part(word: str, source: Iterable[Block]) -> bool:
    """Return whether the English has a lower-cased word, and only as a part of longer ones: `top-like`."""
    text = " ".join(block.prose.text for block in source)
    if "-" not in text:
        return False
    found = list(re.finditer(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))
    return bool(found) and all(
        text[m.start() - 1 : m.start()] == "-" or text[m.end() : m.end() + 1] == "-" for m in found
    )


def place_of(found: Sequence[str], blocks: Iterable[Block]) -> Span | None:
    """Return where the same words stand in English: all of them, else the first or last, else with other endings."""
    blocks = tuple(blocks)
    parts = (found, found[:_PHRASE], found[-_PHRASE:]) if len(found) >= _PHRASE else (found,)
    patterns = [rf"\b{_joined(part)}\b" for part in parts]
    if len(found) < _PHRASE:
        patterns.append(rf"\b{_joined(found)}\w*")
    return next((span for pattern in patterns if (span := _search(blocks, pattern))), None)


def _joined(found: Sequence[str]) -> str:
    return r"[\W_]+".join(re.escape(token) for token in found)


def _search(blocks: Iterable[Block], pattern: str) -> Span | None:
    wanted = re.compile(pattern, re.IGNORECASE)
    for block in blocks:
        found = wanted.search(block.prose.text)
        if found:
            return block.prose.span(*found.span())
    return None
