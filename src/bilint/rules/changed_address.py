"""changed-address: an address that readers see was changed by accident."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilint.model import AlignedPair, Alters, Block, Confidence, Finding, Fix, InlineKind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.text.links import link_key

_ADDRESS = re.compile(
    r"(?P<url>https?://[!#-&*-;=?-Z_a-z~]+)|(?P<mail>[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)",
    re.ASCII,
)
_BEHIND = ".,;:!?'*_"
_LOCALE = re.compile(r"[-_.+](?:zh|cn|tw|hk|hans|hant|china|chinese)(?![a-z])|(?<![a-z])(?:zh|cn|china)[-_.+]", re.I)
_SLIP = 3
_SHARE = 4
"""A slip of the finger is at most so many edits, on at most this part of the address."""


class _Address(NamedTuple):
    text: str
    span: Span
    is_mail: bool


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/link",
    fixes=("safe", "unsafe"),
    messages={
        "mail": "e-mail address `{here}` is `{original}` in the original",
        "url": "address `{here}` is `{original}` in the original",
    },
)
def check(pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    """An e-mail address or URL that stands in the text differs from the original's by a letter or two.

    ## Why
    Mail to a mistyped address is lost, and a mistyped URL leads to an error page or to strangers. Only addresses that
    stand nowhere in the original and are a slip away from one that stands nowhere in the translation are reported: an
    address of the team's own is right. Where only digits differ, the confidence is low. Links with a text of their own
    are for `changed-link`.

    ## Bad
    ```en
    Write to help@example.org when the list stays empty.
    ```
    ```zh
    如果列表一直为空，请写信给 hlep@example.org。
    ```

    ## Good
    ```en
    Write to help@example.org when the list stays empty.
    ```
    ```zh
    如果列表一直为空，请写信给 help-zh@example.org。
    ```

    ## Source
    MQM 2.0, Design and markup / Link.
    """
    new = list(_addresses(pair.target)) if pair.source else []
    if not new:
        return
    lost = list(_addresses(pair.source))
    bitext = context.article.bitext
    if not lost or bitext is None:
        return
    ours, theirs = bitext.target.text, bitext.source.text
    lost = [each for each in lost if each.text not in ours]
    for address in new:
        twin = None if address.text in theirs else _twin(address, lost)
        if twin is not None:
            lost.remove(twin)
            is_other = _letters(address.text) == _letters(twin.text)
            edits = bitext.target.edits([address.span], address.text, twin.text)
            yield context.finding(
                "mail" if address.is_mail else "url",
                address.span,
                here=address.text,
                original=twin.text,
                source=twin.span,
                confidence=Confidence.LOW if is_other else Confidence.HIGH,
                suggestions=(twin.text,),
                fix=Fix.of(edits, safe=not is_other, alters=Alters.ADDRESS),
                key=address.text,
            )


def _addresses(blocks: Iterable[Block]) -> Iterator[_Address]:
    """The addresses in the prose of blocks, in no link."""
    for block in blocks:
        text = block.prose.text
        if "://" not in text and "@" not in text:
            continue
        linked = [inline.text for inline in block.inlines if inline.kind is InlineKind.LINK]
        for match in _ADDRESS.finditer(text):
            if any(span.start < match.end() and match.start() < span.end for span in linked):
                continue
            found = match[0].rstrip(_BEHIND)
            yield _Address(found, block.prose.span(match.start(), match.start() + len(found)), bool(match["mail"]))


def _twin(address: _Address, lost: list[_Address]) -> _Address | None:
    """The address of the original that this one is a slip away from."""
    from rapidfuzz.distance import Levenshtein

    def distance(other: _Address) -> int:
        return Levenshtein.distance(address.text, other.text, score_cutoff=_SLIP)

    alike = [other for other in lost if other.is_mail == address.is_mail]
    nearest = min(alike, key=distance, default=None)
    if nearest is None or not 0 < distance(nearest) <= min(_SLIP, len(nearest.text) // _SHARE):
        return None
    if not address.is_mail and link_key(address.text) == link_key(nearest.text):
        return None
    is_own = _LOCALE.sub("", address.text) == _LOCALE.sub("", nearest.text)
    return None if is_own or _is_cut(address.text, nearest.text) else nearest


def _is_cut(here: str, there: str) -> bool:
    """Whether one has only a part more: a mark that belongs to the sentence, a mailbox of its own."""
    return here.startswith(there) or there.startswith(here)


def _letters(text: str) -> str:
    return "".join(char for char in text if not char.isdigit())
