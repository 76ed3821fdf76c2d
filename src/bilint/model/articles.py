"""An article: one target with its source."""

from __future__ import annotations

from dataclasses import dataclass, field

from bilint.model.alignment import AlignedPair, Bitext
from bilint.model.blocks import Block
from bilint.model.documents import Document
from bilint.model.places import Span


@dataclass(frozen=True, slots=True)
class Original:
    """The English original an article names: by URL, by path, or both; `found_by` says how it was found.

    `latest` is the file of a newer version of the same page, None when there is none at hand or it is the same; `span`
    is where the article names it, if it does; `charset` is what the server said of the encoding; `outdated` says that
    the file is known not to be the text that was translated; `file` is where the text lies when `path` is no file but
    what it is called, as `git:docs@HEAD:en/guide.md`; `as_is` says why it is the text as it is today though that at the
    last commit of the translation was wanted.
    """

    uri: str | None
    path: str | None
    found_by: str
    latest: str | None = None
    span: Span | None = field(default=None, compare=False)
    charset: str = ""
    outdated: bool = False
    file: str = ""
    as_is: str = ""

    @property
    def opened(self) -> str | None:
        """The file to read; None when none is at hand."""
        return self.file or self.path


@dataclass(frozen=True, slots=True)
class Pairing:
    """Whether a text is the original of an article: `target` and `source` are the shares, 0 to 1, that are aligned.

    `language` is that of the original (ISO 639-1); `fits` is the verdict.
    """

    target: float
    source: float
    language: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Article:
    """One target with its source; without a bitext it is checked alone and `why` says why.

    `pairing` says whether the source is the right one, `source_uri` which address the source names as its own, `newer`
    is the original as it is today, where it has changed since it was translated. `language` is the code of the language
    of a target that is neither Chinese nor English, and so is not checked; else empty.
    """

    target: Document
    original: Original | None = None
    why: str = ""
    bitext: Bitext | None = None
    pairing: Pairing | None = None
    source_uri: str | None = None
    newer: Document | None = None
    language: str = ""

    def pairs(self) -> tuple[AlignedPair, ...]:
        """Return the aligned pairs; of an article checked alone, every block without a source."""
        if self.bitext is not None:
            return self.bitext.pairs
        return tuple(AlignedPair((), (block,)) for block in self.target.blocks)

    def pair_of(self, block: Block) -> AlignedPair:
        """Return the aligned pair that a block of the target is in; of an article checked alone, one without source."""
        pair = self.bitext.pair_of(block) if self.bitext else None
        return pair or AlignedPair((), (block,))
