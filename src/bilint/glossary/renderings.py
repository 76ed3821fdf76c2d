"""What the tools of translators say of a rendering → the cells of our own lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bilint.glossary.entries import SEPARATOR

_STATUS = str.maketrans("", "", " -_")
_WRONG_WORDS = "deprecatedtermadmnsts supersededtermadmnsts deprecated superseded notrecommended obsolete forbidden"
_WRONG = frozenset(_WRONG_WORDS.split())
_FIRST = frozenset({"preferredtermadmnsts", "preferred"})
_POS = {"noun", "verb", "adjective", "propernoun", "proper noun"}


class Rendering(NamedTuple):
    """A Chinese term and its administrative status, as the tool writes it; empty for none."""

    text: str
    status: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether it must not be used."""
        return self._status in _WRONG

    @property
    def is_first(self) -> bool:
        """Whether it is the one to use."""
        return self._status in _FIRST

    @property
    def _status(self) -> str:
        return self.status.strip().lower().translate(_STATUS)


def said_by(
    term: str, renderings: Iterable[Rendering], *, pos: str = "", note: str = "", domain: str = ""
) -> Mapping[str, str]:
    """Return the cells for a term. A rendering that is the English itself says that it stays."""
    source = " ".join(term.split())
    known = [each._replace(text=" ".join(each.text.split())) for each in renderings]
    stays = any(each.text.lower() == source.lower() and not each.is_wrong for each in known)
    others = [each for each in known if each.text.lower() not in ("", source.lower()) and SEPARATOR not in each.text]
    right = sorted((each for each in others if not each.is_wrong), key=lambda each: not each.is_first)
    return {
        "term": source,
        "approved": SEPARATOR.join(each.text for each in right),
        "forbidden": SEPARATOR.join(each.text for each in others if each.is_wrong),
        "keep": "yes" if stays else "",
        "pos": pos if pos.strip().lower() in _POS else "other" if pos.strip() else "",
        "note": " ".join(note.split()),
        "domain": " ".join(domain.split()),
    }
