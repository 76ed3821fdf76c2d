"""What an article names of the files of its repository, and the original’s that it stands for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bilint.model import AlignedPair, Article, Document, Inline, InlineKind
from bilint.text.fragments import local

_FILE = re.compile(r"\.(?!(?:html?|php|aspx?|jsp|com|org|net|io|dev|cn|app)$)[A-Za-z][A-Za-z0-9]{1,5}$", re.I)
"""An extension of a file that stands in the repository: no page that is made, no host."""


class Named(NamedTuple):
    """A link or image of the article, the path it names, and the original's that it stands for, if any."""

    inline: Inline
    path: str
    twin: Inline | None


def named_files(article: Article, document: Document) -> Iterator[Named]:
    """Yield what names a file of the repository, in file order."""
    for block in document.blocks:
        files: _Files | None = None
        for inline in block.inlines:
            if inline.kind not in (InlineKind.LINK, InlineKind.IMAGE) or "." not in inline.destination:
                continue
            if "://" in inline.destination or (place := local(inline.destination)) is None or not place.path:
                continue
            if _FILE.search(place.path):
                files = files or _files(article.pair_of(block))
                yield Named(inline, place.path, files.twin(inline))


class _Files(NamedTuple):
    """What names a file in an aligned pair: by its kind and by its address, and how many and which of the target's."""

    there: Mapping[InlineKind, Sequence[Inline]]
    originals: Mapping[InlineKind, Mapping[str, Inline]]
    numbers: Mapping[Inline, int]
    counts: Mapping[InlineKind, int]

    def twin(self, inline: Inline) -> Inline | None:
        """The original's link or image: the same address, else the only other one of a file."""
        there, number = self.there[inline.kind], self.numbers.get(inline)
        same = self.originals[inline.kind].get(inline.destination)
        return same or (there[number] if number is not None and len(there) == self.counts[inline.kind] else None)


def _files(pair: AlignedPair) -> _Files:
    there: defaultdict[InlineKind, list[Inline]] = defaultdict(list)
    originals: defaultdict[InlineKind, dict[str, Inline]] = defaultdict(dict)
    for inline in (i for block in pair.source for i in block.inlines if _names_file(i)):
        there[inline.kind].append(inline)
        originals[inline.kind].setdefault(inline.destination, inline)
    counts: Counter[InlineKind] = Counter()
    numbers: dict[Inline, int] = {}
    for inline in (i for block in pair.target for i in block.inlines if _names_file(i)):
        numbers.setdefault(inline, counts[inline.kind])
        counts[inline.kind] += 1
    return _Files(there, originals, numbers, counts)


def _names_file(inline: Inline) -> bool:
    place = local(inline.destination) if "://" not in inline.destination else None
    return place is not None and _FILE.search(place.path) is not None
