"""changed-code: code that differs from the original's in more than its comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from operator import attrgetter
from typing import NamedTuple
from unicodedata import normalize

from bilint.model import EVERYTHING, AlignedPair, Block, Confidence, Document, Finding, InlineKind, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import multiset_difference
from bilint.text.links import link_key
from bilint.text.listings import plain_code, without_comment
from bilint.text.scripts import has_han

_LIKE = 0.75
"""Similarity, 0 to 1, from which a line or a name is a damaged copy of the original's."""
_MOST = 3
"""With more changed lines than this, a listing was revised rather than damaged."""
_TOO_MANY = 10_000
"""With more pairs of lines to compare, it is another listing, and comparing them would take seconds."""
_TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-", "…": "..."})
"""What a word processor made of code, and translators mend."""
_HIDDEN = "[email"
"""Converters save `[email protected]` for whatever looks like an address."""
_DETAILS = re.compile(r"\"[^\"]*\"|'[^']*'|[\d\"']+")
"""What is revised in a listing."""
_MARKS = re.compile(r"[\d\"'().,;:/\[\]{}]+")
"""What differs between ways to write a name."""


class _Code(NamedTuple):
    """A line or an inline as it is written, and where it stands."""

    text: str
    span: Span
    is_inline: bool = False

    @property
    def plain(self) -> str:
        """What counts of it: no comments, no blanks beside brackets, nothing that converters left."""
        return plain_code(self.text if self.is_inline else without_comment(self.text))


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/code",
    roles=EVERYTHING,
    messages={
        "differs": "code differs from the original: `{original}`",
    },
)
def check(pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    """A command, a name or a line of code is not the one of the original.

    ## Why
    One letter lost in a command, a full-width colon in a name, and what readers copy does not work. Comments and
    strings are translated, so lines with Han are left alone; so are blanks beside brackets and operators, what
    converters leave in code, and names that are shortened or written with other brackets. Where only digits and strings
    of a listing differ, or more than three of its lines, it was mostly revised: the confidence is low.

    ## Bad
    ```en
    Call `disconnect()` when the work is done.
    ```
    ```zh
    工作完成后调用 `disconnection()`。
    ```

    ## Good
    ```en
    Call `disconnect()` when the work is done.
    ```
    ```zh
    工作完成后调用 `disconnect()`。
    ```

    ## Source
    MQM 2.0, Design and markup.
    """
    bitext = context.article.bitext
    if not pair.source or not pair.target or bitext is None:
        return
    if pair.source[0].kind is not Kind.CODE:
        here = _inlines(pair.target)
        yield from _differences(_inlines(pair.source) if here else [], here, context)
    elif len(pair.source) == len(pair.target) == 1 and pair.source[0].content != pair.target[0].content:
        original, copy = (_stripped(side[0].content) for side in (pair.source, pair.target))
        if any(not has_han(line) for line in copy - original):
            there = _lines(pair.source[0], bitext.source, original - copy)
            yield from _differences(there, _lines(pair.target[0], bitext.target, copy - original), context)


def _stripped(listing: str) -> set[str]:
    return set(map(str.strip, listing.split("\n")))


def _differences(there: list[_Code], here: list[_Code], context: Context[Options]) -> Iterator[Finding]:
    """Report code of the translation that is a damaged copy; the confidence is low for changes that may be meant."""
    known = {code.text for code in there}
    new = [code for code in here if code.text not in known and not has_han(code.text)]
    if not new:
        return
    kept = {code.text for code in here}
    lost = [code for code in there if code.text not in kept]
    lost, new = multiset_difference(lost, new, attrgetter("plain"))
    if len(lost) * len(new) > _TOO_MANY:
        return
    for code in new:
        twin = _twin(code, lost)
        if twin is None:
            continue
        lost.remove(twin)
        if twin.plain.translate(_TYPED) == code.plain:
            continue
        is_meant = _is_meant(twin, code)
        if is_meant and code.is_inline:
            continue
        yield context.finding(
            "differs",
            code.span,
            original=twin.text,
            source=twin.span,
            confidence=Confidence.LOW if is_meant or len(new) > _MOST else Confidence.MEDIUM,
            key=_key(twin.plain, code.plain),
            suggestions=(twin.text,),
        )


def _key(there: str, here: str) -> str:
    """What one slip made in many lines has in common: the one word that differs; empty when more does."""
    words, others = (re.findall(r"\w+", code) for code in (there, here))
    differing = {pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]}
    return " ".join(*differing) if len(words) == len(others) and len(differing) == 1 else ""


def _lines(block: Block, document: Document, wanted: Set[str]) -> list[_Code]:
    """Those lines of a listing that are wanted."""
    lines: list[_Code] = []
    at = block.span.start
    for text in filter(wanted.__contains__, map(str.strip, block.content.split("\n"))):
        at = max(at, document.text.find(text, at, block.span.end))
        lines.append(_Code(text, Span(at, at + len(text))))
    return lines


def _inlines(blocks: Iterable[Block]) -> list[_Code]:
    codes = [i for block in blocks if block.inlines for i in block.inlines if i.kind is InlineKind.CODE]
    # The parser masks what only looks like code (`[[anchors]]`) with the letter x.
    return [_Code(code.content.strip(), code.span, is_inline=True) for code in codes if code.content.strip()]


def _twin(code: _Code, lost: list[_Code]) -> _Code | None:
    """The code of the original that this one is a damaged copy of."""
    from rapidfuzz.distance import Indel

    if not any(map(str.isalnum, code.plain)):
        return None
    best = max(lost, key=lambda other: Indel.normalized_similarity(other.plain, code.plain), default=None)
    return best if best and Indel.normalized_similarity(best.plain, code.plain) >= _LIKE else None


def _is_meant(there: _Code, here: _Code) -> bool:
    """Whether code may differ on purpose: revised strings and digits, a shorter name, another capital or language."""
    if normalize("NFKC", here.plain) == there.plain:
        return False
    if _HIDDEN in there.plain:
        return True
    if here.plain.startswith(("/", "http")) and link_key(here.plain) == link_key(there.plain):
        return True
    ignored = _MARKS if here.is_inline else _DETAILS
    one, other = (ignored.sub("", code.plain) for code in (there, here))
    if one.lower().removesuffix("s") == other.lower().removesuffix("s") and len(one) != len(other):
        return True  # a plural
    return one.swapcase()[:1] + one[1:] == other or _is_part(one, other) or _is_part(other, one)


def _is_part(one: str, other: str) -> bool:
    """Whether one stands in the other, with no letter or digit before or behind it."""
    start = other.find(one)
    end = start + len(one)
    return start >= 0 and not other[max(start - 1, 0) : start].isalnum() and not other[end : end + 1].isalnum()
