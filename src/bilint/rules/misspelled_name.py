"""misspelled-name: a Latin word of the translation that the original spells otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bilint.evidence import priors
from bilint.lexicon import table
from bilint.model import AlignedPair, Article, Block, Confidence, Document, Finding, Fix, Kind, Severity
from bilint.reading import blocks_with, prose_of
from bilint.reading.search import written_in
from bilint.reading.torn_names import torn_names
from bilint.rules import Context, Options, rule
from bilint.text.inflections import are_forms
from bilint.text.marks import ADDRESS
from bilint.text.words import latin

_LETTER = "A-Za-z0-9À-ɏ０-９Ａ-Ｚａ-ｚ\u200b-\u200d\u2060\ufeff"
"""What a word goes on with, characters of no width among them."""
_TOKEN = re.compile(rf"(?<![{_LETTER}])[A-Za-z][A-Za-z0-9]{{3,}}(?![{_LETTER}])")
_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-z0-9À-ɏ]{2,}")
_SHORTEST = 4
_LONG = 8
"""Shorter words are too like each other; from so many letters on two edits are one slip."""
_DRAWN_OUT = re.compile(r"([a-z])\1\1$")
"""`emmm`, `hmmm`: a sound, which Chinese writes in its own way."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/spelling",
    fixes=("safe",),
    messages={
        "misspelled": "`{word}` is spelled `{original}` in the original",
        "torn": "a blank stands in `{word}`, which is `{original}` in the original",
    },
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A name or word that the translation keeps in Latin letters is misspelled.

    ## Why
    `Linxu` and `Kuberentes` pass every check of the Chinese, and no search finds them again. Reported is a word that
    occurs nowhere in the original, its code and addresses included, is no known English word, and is one letter (two
    in words of eight letters and more) away from a word of the passage that it translates. So is a blank within a name:
    `L inux`. Inflections, British and American spellings, and accents left out are no misspellings.

    ## Bad
    ```en
    The lighthouse runs on Linux. Its logbook is kept with Kubernetes.
    ```
    ```zh
    灯塔运行在 Linxu 上，日志由 Kuberentes 保存。
    ```

    ## Good
    ```en
    The lighthouse runs on Linux. Its logbook is kept with Kubernetes.
    ```
    ```zh
    灯塔运行在 Linux 上，日志由 K8s 保存。
    ```

    ## Source
    MQM 2.0, Linguistic conventions / Spelling.
    """
    bitext = article.bitext
    if bitext is None:
        return
    document = context.document
    for torn in torn_names(document, bitext):
        yield context.finding(
            "torn",
            torn.span,
            word=torn.text,
            original=torn.original,
            source=torn.source,
            suggestions=(torn.original,),
            fix=Fix.of(document.edits([torn.span], torn.text, torn.original), safe=True),
            key=torn.text,
        )
    suspects = _suspects(document, bitext.source)
    if not suspects:
        return
    pattern = re.compile("|".join(sorted(suspects)), re.IGNORECASE)
    for block in blocks_with(pattern, document):
        pair = bitext.pair_of(block)
        if block.kind is Kind.HTML or pair is None or not pair.is_likely:
            continue
        candidates = _words_of(pair)
        for found in _TOKEN.finditer(block.prose.text):
            word = found[0].lower()
            original = _original(found[0], candidates) if word in suspects else None
            if original is None or _is_apart(original, block.prose.text, *found.span()):
                continue
            if not _is_the_usual_one(word, original.lower(), document, bitext.source):
                span = block.prose.span(*found.span())
                yield context.finding(
                    "misspelled",
                    span,
                    word=found[0],
                    original=original,
                    source=pair.source[0].span,
                    suggestions=(original,),
                    fix=Fix.of(document.edits([span], found[0], original), safe=True),
                    key=word,
                )


def _suspects(document: Document, source: Document) -> frozenset[str]:
    """The words of the translation, lower-cased, that the original has nowhere and English does not know."""
    said = written_in(source)
    prose = prose_of(document).text
    new = set(latin(prose).split()) - said
    long = (word for word in new if len(word) >= _SHORTEST and not word[0].isdigit() and not _DRAWN_OUT.search(word))
    unknown = [word for word in long if not _is_known(word)]
    english = latin(source.text) if unknown else ""
    joined = english.replace(" ", "")
    # Several words of the original written as one, `Kernlamp` for `kern lamp`; a word that was cut short is not.
    suspects = [word for word in unknown if word not in joined or word in english]
    if not suspects:
        return frozenset()
    inlines = (inline.destination + inline.content for block in document.blocks for inline in block.inlines)
    written = latin(" ".join((*inlines, *(found[0] for found in ADDRESS.finditer(prose)))))
    beside = " ".join(set(written.split()) - said)
    return frozenset(word for word in suspects if word not in beside)


def _is_known(word: str) -> bool:
    return priors().kept(word) is not None or priors().fold(word) != word or table().has_word(word)


def _words_of(pair: AlignedPair) -> dict[str, str]:
    """The words of the original, code, addresses and all, lower-cased, each with how it is first written."""
    found: dict[str, str] = {}
    for word in (word for block in pair.source for text in _texts(block) for word in _WORD.findall(text)):
        found.setdefault(word.lower(), word)
    return found


def _texts(block: Block) -> Iterable[str]:
    yield block.prose.text
    for inline in block.inlines:
        yield inline.content
        yield inline.destination


def _original(written: str, candidates: Mapping[str, str]) -> str | None:
    """The word of the original that was misspelled; None when there is none, or more than one."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    word = written.lower()
    most = 2 if len(word) >= _LONG else 1
    found = process.extract(word, candidates.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
    if not found:
        return None
    best = min(distance for _, distance, _ in found)
    nearest = [other for other, distance, _ in found if distance == best]
    if len(nearest) > 1 or any(are_forms(word, other) for other, _, _ in found):
        return None
    return _in_capitals_of(written, candidates[nearest[0]])


def _is_apart(original: str, text: str, start: int, end: int) -> bool:
    """Whether the word is there, with a blank in it: `L inux`."""
    around = text[max(0, start - len(original)) : end + len(original)]
    return original not in around and original in around.replace(" ", "")


def _in_capitals_of(written: str, original: str) -> str:
    """The original's word, with the capital of the translation's where it has none itself: `Haed 层` is a `Head 层`."""
    return original[0].upper() + original[1:] if written[0].isupper() and original.islower() else original


def _is_the_usual_one(word: str, original: str, document: Document, source: Document) -> bool:
    """Whether the translation spells it so throughout, oftener than the original has its own."""
    uses = _uses(prose_of(document).text)
    return uses[word] > max(1, _uses(source.text)[original]) and original not in uses


@lru_cache(maxsize=4)
def _uses(text: str) -> Counter[str]:
    return Counter(latin(text).split())
