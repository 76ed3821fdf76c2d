"""changed-link: a link that leads elsewhere than the original's."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import AlignedPair, Confidence, Document, Finding, Inline, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import multiset_difference
from bilint.text.links import is_broken, link_key


@rule(severity=Severity.ERROR, confidence=Confidence.HIGH, mqm="design-and-markup/link")
def check(pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    """The target of a link was changed by accident.

    ## Why
    One letter lost in a URL sends readers to an error page. Translators also change links on purpose, to the Chinese edition of a
    page, so links are compared after folding scheme, `www`, language folders and fragments, and a link to quite another page
    is reported with low confidence only.

    ## Bad
    ```en
    Read [the manual](https://example.com/manual/install) first.
    ```
    ```zh
    请先阅读[手册](https://example.com/manual/instal)。
    ```

    ## Good
    ```en
    Read [the article](https://en.wikipedia.org/wiki/Compiler) first.
    ```
    ```zh
    请先阅读[这篇文章](https://zh.wikipedia.org/wiki/编译器)。
    ```

    ## Source
    MQM 2.0, Design and markup / Link.
    """
    if not pair.source or not pair.target:
        return
    source = [link for block in pair.source for link in block.links() if link.destination]
    target = [link for block in pair.target for link in block.links() if link.destination]
    lost, new = multiset_difference(source, target, lambda link: link_key(link.destination))
    for link in new:
        twin = _twin(link, lost)
        if twin is None:
            continue
        confidence = _confidence(link, twin)
        if confidence is None:
            continue
        lost.remove(twin)
        yield context.finding(
            f"link target differs from the original: `{twin.destination}`",
            _destination_span(context.article.target, link),
            source=twin.span,
            confidence=confidence,
            suggestions=(twin.destination,),
        )


def _twin(link: Inline, lost: list[Inline]) -> Inline | None:
    """The English link that this one most likely stands for."""
    if not lost:
        return None
    from rapidfuzz import fuzz

    return max(lost, key=lambda other: fuzz.ratio(other.destination, link.destination))


def _confidence(link: Inline, twin: Inline) -> Confidence | None:
    """How sure it is that the change was an accident; None when it is a change on purpose."""
    if is_broken(link.destination) and not is_broken(twin.destination):
        return Confidence.HIGH
    (host, path), (other_host, other_path) = link_key(link.destination), link_key(twin.destination)
    if host != other_host:
        near = bool(path) and path == other_path and _near(host, other_host)
        return Confidence.MEDIUM if near else Confidence.LOW
    last, other_last = path.rsplit("/", 1)[-1], other_path.rsplit("/", 1)[-1]
    if last == other_last:
        return Confidence.LOW
    same_folder = path.rsplit("/", 1)[0] == other_path.rsplit("/", 1)[0]
    if not host and not (same_folder and _near(last, other_last)):
        return Confidence.LOW
    if _is_truncated(path, other_path) or (same_folder and _near(last, other_last)):
        return Confidence.HIGH
    return Confidence.LOW


def _near(text: str, other: str) -> bool:
    """Whether two strings are a slip apart: at most three edits, and no more than a third of the length."""
    from rapidfuzz.distance import Levenshtein

    if any(char.isdigit() for char in text + other) and _letters(text) == _letters(other):
        return False
    distance = Levenshtein.distance(text, other, score_cutoff=4)
    return 0 < distance <= 4 and distance * 2.5 <= max(len(text), len(other))


def _letters(text: str) -> str:
    """The string without digits: links that differ in a version or date only were updated, not damaged."""
    return "".join(char for char in text if not char.isdigit())


def _is_truncated(path: str, other: str) -> bool:
    return len(path) > 4 and len(other) - len(path) <= 4 and other.startswith(path[:-1]) and not other.startswith(path + "/")


def _destination_span(document: Document, link: Inline) -> Span:
    """Where the URL itself stands; the whole link when it is defined elsewhere."""
    at = document.text.find(link.destination, link.span.start, link.span.end)
    return Span(at, at + len(link.destination)) if at >= 0 else link.span
