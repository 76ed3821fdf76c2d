"""What a glossary says about an English term."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from bilint.glossary.chinese import normal
from bilint.glossary.words import singulars, split
from bilint.model import plain_members


@plain_members
class Layer(StrEnum):
    """Where a term list comes from, from the general to the particular: a later one has the last word."""

    SHIPPED = "shipped"
    OWN = "own"
    """Named in the settings: the team's lists, then the project's."""
    ARTICLE = "article"


@plain_members
class PartOfSpeech(StrEnum):
    """Which words inflect how."""

    ANY = ""
    NOUN = "noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    OTHER = "other"


Key = tuple[str, ...]


class Term(Struct, frozen=True, dict=True):
    """An English term, its renderings, and where the list says so (`origin`, `file:line`).

    `keep` means the English word may stand in the Chinese text, and must when nothing is approved. With `context`, the
    entry holds only where one of these lower-cased words is near.
    """

    source: str
    approved: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    keep: bool = False
    case_sensitive: bool = False
    note: str = ""
    origin: str = ""
    pos: PartOfSpeech = PartOfSpeech.ANY
    context: tuple[str, ...] = ()
    domain: str = ""
    layer: Layer = Layer.OWN

    @property
    def must_stay(self) -> bool:
        """Whether only the English is right."""
        return self.keep and not self.approved

    @cached_property
    def parts(self) -> tuple[Key, Key]:
        """The words, and what stands between them."""
        return split(self.source)

    @cached_property
    def words(self) -> Key:
        """The lower-cased words, whatever stands between them."""
        return tuple(map(str.lower, self.parts[0]))

    @cached_property
    def key(self) -> tuple[Key, PartOfSpeech, tuple[str, ...]]:
        """What two entries share of which the later replaces the earlier."""
        return (self.parts[0] if self.case_sensitive else self.words), self.pos, tuple(sorted(self.context))

    @cached_property
    def right(self) -> tuple[str, ...]:
        """The approved renderings as they are compared (`normal`); what is English also in the singular."""
        forms = map(normal, self.approved)
        return tuple(dict.fromkeys(each for form in forms for each in (form, *_singular(form))))

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """Those of the `right` ones that stand wherever their characters do: no word of Latin can be cut by them."""
        return tuple(form for form in self.right if not (form[:1].isascii() or form[-1:].isascii()))

    @cached_property
    def wrong(self) -> tuple[tuple[str, str], ...]:
        """The forbidden renderings as they are compared, each with how it is listed."""
        return tuple((normal(form), form) for form in self.forbidden)


def _singular(form: str) -> tuple[str, ...]:
    return singulars(form) if form.isascii() and form.isalpha() else ()
