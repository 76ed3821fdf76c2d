"""How a fault is mended: edits of the article's text, and what they are meant to change."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bilint.model.enums import plain_members
from bilint.model.places import Span
from bilint.model.texts import Text, phrase


@plain_members
class Alters(StrEnum):
    """What a fix is meant to change in the parse of its blocks; whatever else would change, it is refused."""

    PROSE = "prose"
    """Characters of the prose."""
    EMPHASIS = "emphasis"
    """Marks of emphasis begin to work, or fewer do the same."""
    LINK = "link"
    """Text becomes a link or an image."""
    ADDRESS = "address"
    """Where a link or an image leads."""
    CODE = "code"
    """What stands in code."""
    MARK = "mark"
    """The name of what a program reads: a placeholder, a template tag, a container, the id of a heading."""
    BLOCK = "block"
    """A line becomes a heading or an item."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of `span` by `new`."""

    span: Span
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a fault, in file order; a `safe` one needs nobody to look at it."""

    edits: tuple[Edit, ...]
    safe: bool
    alters: Alters = Alters.PROSE

    @property
    def title(self) -> Text:
        """What is done: the new text where it is the same in all places."""
        new = {edit.new for edit in self.edits}
        if len(new) > 1:
            return phrase("rewrite {number} stretches", number=len(self.edits))
        text = min(new)
        if not text.strip():
            return phrase("insert a blank") if text else phrase("delete it")
        return phrase("write `{text}`", text=text)

    @classmethod
    def of(cls, edits: Iterable[Edit], *, safe: bool, alters: Alters = Alters.PROSE) -> Fix | None:
        """Return the fix of these edits, None for no edits."""
        made = tuple(sorted(edits, key=lambda edit: edit.span))
        return cls(made, safe, alters) if made else None

    def parts(self, places: Sequence[Span]) -> dict[Span, Fix]:
        """Return by place of a finding what mends it there, for those that it mends.

        An edit belongs to the last of the `places` that begins before the edit ends, or else to the first.
        """
        ordered = sorted(places)
        starts = [place.start for place in ordered]
        edits: dict[Span, list[Edit]] = defaultdict(list)
        for edit in self.edits:
            before = max(edit.span.end - 1, edit.span.start)
            edits[ordered[max(bisect_right(starts, before) - 1, 0)]].append(edit)
        return {place: replace(self, edits=tuple(of_place)) for place, of_place in edits.items()}

    def at(self, spans: Iterable[Span], places: Sequence[Span]) -> Fix | None:
        """Return what mends some of the places of a finding; None when nothing does."""
        parts = self.parts(places)
        edits = [edit for span in dict.fromkeys(spans) if span in parts for edit in parts[span].edits]
        return Fix.of(edits, safe=self.safe, alters=self.alters)


def joined(fixes: Iterable[Fix | None]) -> Fix | None:
    """Return one fix for findings that became one: of the safe ones, where there are any, else of all."""
    all_ = [fix for fix in fixes if fix]
    chosen = [fix for fix in all_ if fix.safe] or all_
    if not chosen:
        return None
    alike = [fix for fix in chosen if fix.alters is chosen[0].alters]
    edits = dict.fromkeys(edit for fix in alike for edit in fix.edits)
    return Fix.of(edits, safe=chosen[0].safe, alters=chosen[0].alters)
