"""untranslated-words: English left standing inside a Chinese sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from bilint.evidence import Rendering, priors
from bilint.model import AlignedPair, Article, Block, Confidence, Document, Finding, InlineKind, Kind, Severity, Span
from bilint.reading import prose_of
from bilint.reading.counts import OFTEN, KeptOnPurpose, word_uses
from bilint.rules import Context, Options, rule
from bilint.text.mentions import is_explained, is_named, quoted_spans
from bilint.text.scripts import converted, has_han, is_traditional
from bilint.text.words import FUNCTION_WORDS, words

_TOKEN = r"[A-Za-z][A-Za-z0-9]*(?:['’-][A-Za-z0-9]+)*"
# What stands before a run is looked at after its first letter: the search skips to letters.
_RUN = re.compile(
    r"[A-Za-z](?<![\w@#$%&./\\:=<>~|+*-].)[A-Za-z0-9]*(?:['’-][A-Za-z0-9]+)*"
    rf"(?:[ ,;:\n]{{1,2}}{_TOKEN})*(?![\w@#$%/\\=<>~|+*_-]|\.\w|:[\w/])",
    re.ASCII,
)
_WORD = re.compile(_TOKEN)
_OWN_HABIT = 3
"""A word that an article leaves in English so many times, and often, is left so on purpose."""
_NEVER_A_NAME = 0.005
"""Words kept less often than this are not names of commands or options, whatever follows them."""
_IDENTIFIER = re.compile(r"[<.#@:$/-]*([A-Za-z]{3,})[>():=;,/]*")


class WordOptions(Options, frozen=True):
    """Options of untranslated-words."""

    allow: tuple[str, ...] = ()
    """Words that may stay in English."""
    kept_share: float = 0.2
    """Report a word only when at most this share (0 to 1) of published translations keep it in English."""
    fragment_words: int = 4
    """From how many English words in a row a run counts as an untranslated fragment."""


class _English:
    """The words of the aligned English, read only when a word of the translation is suspicious."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._blocks = blocks

    @cached_property
    def _words(self) -> set[str]:
        return {word for block in self._blocks for word in words(block.prose.text)}

    @cached_property
    def _folded(self) -> set[str]:
        return set(map(priors().fold, self._words))

    def has(self, word: str) -> bool:
        """Whether the English has the word, in this or another inflection."""
        return word in self._words or priors().fold(word) in self._folded


class _Run(NamedTuple):
    """English words in a row inside the Chinese of a block."""

    block: Block
    start: int
    end: int

    @property
    def words(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.block.prose.text, self.start, self.end))


class _Leftover(NamedTuple):
    """A word that ought to be Chinese, with the reasons."""

    word: str
    uses: int
    kept: int
    rendering: Rendering | None

    @property
    def share(self) -> float:
        return self.kept / self.uses


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/untranslated",
    options=WordOptions,
    counts=(word_uses,),
    messages={
        "sentence": "{words} English words are left in a Chinese sentence",
        "left": "`{text}` is left in English",
    },
    help={
        "sentence": "translate them, or put them in quotation marks or code when they are quoted",
        "left": "published translations keep `{word}` in English {kept} times in {uses}",
    },
)
def check(article: Article, context: Context[WordOptions]) -> Iterator[Finding]:
    """English words or fragments left standing in a Chinese sentence.

    ## Why
    A leftover such as `uncertainty` in the middle of a Chinese sentence is what readers see first. Much English in
    Chinese text is there on purpose, though: names, commands, terms of art, glosses in brackets. So a word is
    reported only when the aligned English uses it as an ordinary word, published translations nearly always render it
    in Chinese, and nothing around it (quotes, brackets, a following 命令 or 函数) says that it is mentioned or named. A
    run of several words is reported as one fragment.

    ## Bad
    ```en
    These factors have led to uncertainty about the future of the industry.
    ```
    ```zh
    这些因素导致了对行业未来的 uncertainty。
    ```

    ## Good
    ```en
    These factors have led to uncertainty about the future of the industry.
    ```
    ```zh
    这些因素导致了对行业未来的不确定性（uncertainty）。
    ```

    ## Options
    - `allow`: words that may stay in English.
    - `kept-share`: report a word only when at most this share of published translations keep it (default 0.2).
    - `fragment-words`: from how many words in a row a run counts as a fragment (default 4).

    ## Source
    Counts over 8,458 published human translations (`bilint/data/kept.tsv`); MQM 2.0, Accuracy / Untranslated.
    """
    blocks = _suspicious(context.document, context.options)
    for block in blocks:
        pair = article.pair_of(block)
        english = _English(pair.source)
        for run in _runs(block, context.options):
            if is_explained(block.prose.text, run.start, run.end) or _has_ruby(run, article.target):
                continue
            if len(run.words) >= context.options.fragment_words:
                yield from _fragment(run, pair, context)
            else:
                yield from _words(run, english, pair, context)


def _suspicious(document: Document, options: WordOptions) -> list[Block]:
    """The Chinese blocks with a run worth a closer look: few of them."""
    prose = prose_of(document)
    runs = list(_RUN.finditer(prose.text))
    # Most runs are names, and stand in an article again and again.
    suspicious = {run for run in {run[0] for run in runs} if _is_suspicious(run, options)}
    numbers = dict.fromkeys(prose.number(run.start()) for run in runs if run[0] in suspicious)
    blocks = [document.blocks[number] for number in numbers]
    return [block for block in blocks if block.kind is not Kind.CODE and has_han(block.prose.text)]


def _has_ruby(run: _Run, document: Document) -> bool:
    """Whether Chinese stands above the English: `<ruby>overlay<rt>叠加层</rt></ruby>`."""
    behind = run.block.prose.position(run.end - 1) + 1
    return document.text.startswith(("<rt", "<rp"), behind)


def _runs(block: Block, options: WordOptions) -> Iterator[_Run]:
    """English words in a row that are neither quoted nor all there is of a link or emphasis."""
    text = block.prose.text
    meant = quoted_spans(text)
    meant += [(i.text.start, i.text.end) for i in block.inlines if _is_label(i.kind, text[i.text.start : i.text.end])]
    for match in _RUN.finditer(text):
        if _is_suspicious(match[0], options) and not _is_inside(match, meant):
            yield _Run(block, *match.span())


def _is_inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() and match.end() <= end for start, end in spans)


@lru_cache(maxsize=20_000)
def _is_suspicious(run: str, options: WordOptions) -> bool:
    """Whether a run is long or has an ordinary word."""
    found = words(run)
    return len(found) >= options.fragment_words or any(_is_ordinary(word, options) for word in found)


def _is_ordinary(word: str, options: WordOptions) -> bool:
    """Whether published translations render a lower-cased word, and it is not a name."""
    known = priors().kept(word)
    if known is None or len(word) < 3:
        return False
    uses, kept, capitalised = known
    return kept <= options.kept_share * uses and capitalised <= 60


def _is_label(kind: InlineKind, text: str) -> bool:
    """Linked or emphasised text with no Han is a title, a name or a label."""
    return kind in (InlineKind.LINK, InlineKind.EMPHASIS, InlineKind.STRONG) and not has_han(text)


def _fragment(run: _Run, pair: AlignedPair, context: Context[WordOptions]) -> Iterator[Finding]:
    """A run long enough to be a clause: ordinary words of the source, not a title."""
    tokens = [match[0] for match in run.words]
    lower = [token for token in tokens if token.islower()]
    function = sum(token in FUNCTION_WORDS for token in lower)
    ends = run.block.prose.text[run.end : run.end + 1] in (".", "!", "?")
    if not function or len(lower) < (0.5 if ends else 0.6) * len(tokens) or len(lower) < (2 if ends else 3):
        return
    where = _place_in_source(pair.source, tokens)
    sure = where is not None and function >= 2
    if where is None and context.article.bitext is not None:
        where = _place_in_source(context.article.bitext.source.blocks, tokens)
        if where is None:
            return
    yield context.finding(
        "sentence",
        run.block.prose.span(run.start, run.end),
        words=len(tokens),
        source=where,
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
    )


def _words(run: _Run, english: _English, pair: AlignedPair, context: Context[WordOptions]) -> Iterator[Finding]:
    """A lone word, two ordinary words, or an ordinary word beside a name (`Linux kernel`)."""
    prose, found = run.block.prose, run.words
    left = [_leftover(match[0], english, pair, context) for match in found]
    ordinary = [(match, item) for match, item in zip(found, left, strict=True) if item is not None]
    names = [match for match in found if not match[0].islower()]
    if not ordinary or len(ordinary) > 2 or len(ordinary) + len(names) < len(found):
        return
    if names and any(item.word in FUNCTION_WORDS for _, item in ordinary):
        return
    if is_named(prose.text, run.start, run.end) and not all(item.share <= _NEVER_A_NAME for _, item in ordinary):
        return
    first, last = ordinary[0][0], ordinary[-1][0]
    text = prose.text[first.start() : last.end()]
    items = [item for _, item in ordinary]
    rendered = items[0].rendering if len(items) == 1 else priors().rendering(text.lower())
    worst = max(items, key=lambda item: item.share)
    sure = bool(pair.source) and worst.share <= 0.04 and bool(rendered) and not names
    yield context.finding(
        "left",
        prose.span(first.start(), last.end()),
        text=text,
        word=worst.word,
        kept=worst.kept,
        uses=worst.uses,
        source=_place_in_source(pair.source, [match[0] for match, _ in ordinary]),
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
        key=text,
        evidence=(("uses", worst.uses), ("kept_in_english", worst.kept)),
        suggestions=_suggestions(rendered, context.article.target),
    )


def _suggestions(rendered: Rendering | None, target: Document) -> tuple[str, ...]:
    """The usual renderings, in the script of the article."""
    if rendered is None:
        return ()
    forms = (form for form, count in rendered.forms[:2] if count * 4 >= rendered.segments)
    return tuple(converted(form, "s2t") for form in forms) if _is_traditional(target) else tuple(forms)


@lru_cache(maxsize=8)
def _is_traditional(document: Document) -> bool:
    return is_traditional(document.text)


def _leftover(token: str, english: _English, pair: AlignedPair, context: Context[WordOptions]) -> _Leftover | None:
    """The evidence that `token` ought to be Chinese; None when it may stay.

    A capitalised word counts only where the English writes it in lower case: there the capital is the translator's.
    """
    word = token.split("'", maxsplit=1)[0].lower()
    known = priors()
    kept = known.kept(word)
    if kept is None or not _is_ordinary(word, context.options) or word in context.options.allow:
        return None
    uses, kept_uses, _ = kept
    rendering = known.rendering(known.fold(word))
    if rendering is None and (not pair.source or uses < 20):
        return None
    if not token.islower() and not (pair.source and _is_lower_in_source(token, pair)):
        return None
    if _is_kept_on_purpose(word, context) or not _identifiers(context.article.target).isdisjoint(_with_singular(word)):
        return None
    if pair.source and not english.has(word):
        return None
    return _Leftover(word, uses, kept_uses, rendering)


def _is_lower_in_source(token: str, pair: AlignedPair) -> bool:
    if not token.istitle():
        return False
    text = " ".join(block.prose.text for block in pair.source)
    return token not in text and token.lower() in text and token.lower() in _WORD.findall(text)


def _is_kept_on_purpose(word: str, context: Context[WordOptions]) -> bool:
    """A word that this article or this project keeps most of the time is a decision, not an oversight."""
    own = context.own.of(word_uses)
    kept, said = own.kept[word], own.source[word]
    return (kept >= _OWN_HABIT and kept >= OFTEN * said) or context.ask(KeptOnPurpose(word))


@lru_cache(maxsize=8)
def _identifiers(document: Document) -> frozenset[str]:
    """Single words that the article itself writes as code: there they are names."""
    codes = (i.content for block in document.blocks for i in block.inlines if i.kind is InlineKind.CODE)
    return frozenset(found[1] for found in map(_IDENTIFIER.fullmatch, codes) if found)


def _with_singular(word: str) -> tuple[str, ...]:
    """The word and its singular: the `refs` of an article about `ref()` are named after it."""
    return (word, word.removesuffix("s"))


def _place_in_source(blocks: tuple[Block, ...], tokens: list[str]) -> Span | None:
    """Where the same words stand in the English: the run as a whole, else its start or end, else with other endings."""
    if len(tokens) >= 4:
        parts = (tokens, tokens[:4], tokens[-4:])
        return next((span for part in parts if (span := _search(blocks, rf"\b{_joined(part)}\b"))), None)
    return _search(blocks, rf"\b{_joined(tokens)}\b") or _search(blocks, rf"\b{_joined(tokens)}\w*")


def _joined(tokens: list[str]) -> str:
    return r"[\W_]+".join(re.escape(token) for token in tokens)


def _search(blocks: tuple[Block, ...], pattern: str) -> Span | None:
    wanted = re.compile(pattern, re.IGNORECASE)
    for block in blocks:
        found = wanted.search(block.prose.text)
        if found:
            return block.prose.span(*found.span())
    return None
