"""Mending an article: which edits are made, and the proof that nothing but what they are meant to change is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bilint.model import Alters, Document, Edit, Placed, Span
from bilint.parse import parse
from bilint.structure import is_kept


class Repair(NamedTuple):
    """What mends one place of a finding."""

    finding: Placed
    place: Span
    edits: tuple[Edit, ...]
    alters: Alters

    @property
    def span(self) -> Span:
        """What its edits reach over."""
        return Span(self.edits[0].span.start, max(edit.span.end for edit in self.edits))

    def order(self) -> tuple[int, int, Span, str]:
        """Return the key that repairs are chosen by: the worst and surest first, then by place and rule."""
        return -self.finding.severity.rank, -self.finding.confidence.rank, self.span, self.finding.rule


class Mended(NamedTuple):
    """The text of an article with the repairs that were made, those that would break something, and how many wait.

    Those that wait overlap with others: they are made when the text is looked at again.
    """

    text: str
    made: tuple[Repair, ...] = ()
    refused: tuple[Repair, ...] = ()
    waiting: int = 0


def repairs(findings: Iterable[Placed], *, with_unsafe: bool = False) -> Iterator[Repair]:
    """Yield what mends each place of the findings of one article, in their order."""
    for finding in findings:
        if finding.fix and (finding.fix.safe or with_unsafe):
            parts = finding.fix.parts((finding.span, *finding.more_spans))
            for place, fix in sorted(parts.items()):
                yield Repair(finding, place, fix.edits, fix.alters)


def mend(text: str, path: str, wanted: Iterable[Repair]) -> Mended:
    """Return the text of an article with what is wanted, as far as it changes nothing else.

    Raises UserError when the parser breaks on it.
    """
    all_ = sorted(wanted, key=Repair.order)
    chosen = list(_apart(each for each in all_ if _keeps_lines(text, each)))
    if not chosen:
        return Mended(text, waiting=len(all_))
    proof = _Proof(parse(text, path))
    made = proof.most_of([], chosen)
    after = edited(text, (edit for each in made for edit in each.edits))
    return Mended(after, tuple(made), tuple(proof.refused), len(all_) - len(chosen))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with edits that do not overlap."""
    out, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        out += [text[at : edit.span.start], edit.new]
        at = edit.span.end
    return "".join((*out, text[at:]))


def _apart(wanted: Iterable[Repair]) -> Iterator[Repair]:
    """Yield those that touch none of those before."""
    taken: list[Span] = []
    for repair in wanted:
        spans = [edit.span for edit in repair.edits]
        if not any(_overlap(span, other) for span in spans for other in taken):
            taken += spans
            yield repair


def _overlap(one: Span, other: Span) -> bool:
    """Whether two edits share a character, or one inserts something where the other is."""
    if one and other:
        return one.start < other.end and other.start < one.end
    return one.start <= other.end and other.start <= one.end


def _keeps_lines(text: str, repair: Repair) -> bool:
    return all(
        0 <= edit.span.start <= edit.span.end <= len(text)
        and _line_ends(text[edit.span.start : edit.span.end]) == _line_ends(edit.new)
        for edit in repair.edits
    )


def _line_ends(text: str) -> list[str]:
    return [char for char in text if char in "\r\n"]


class _Proof:
    """Which repairs change in an article only what they are meant to."""

    def __init__(self, before: Document) -> None:
        self._before = before
        self.refused: list[Repair] = []

    def most_of(self, kept: Sequence[Repair], wanted: Sequence[Repair]) -> list[Repair]:
        """Return what is kept, and of what is wanted those that keep the rest as it is with them."""
        both = [*kept, *wanted]
        if self._holds(both):
            return both
        if len(wanted) == 1:
            self.refused += wanted
            return [*kept]
        half = len(wanted) // 2
        return self.most_of(self.most_of(kept, wanted[:half]), wanted[half:])

    def _holds(self, chosen: Sequence[Repair]) -> bool:
        edits = [edit for each in chosen for edit in each.edits]
        after = parse(edited(self._before.text, edits), self._before.path)
        return is_kept(self._before, after, edits, [(each.span, each.alters) for each in chosen])
