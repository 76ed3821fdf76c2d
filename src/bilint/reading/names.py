"""How an article says the names of its original: in Chinese, in one transliteration or another, or as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bilint.evidence import Evidence, Question, Tally
from bilint.model import WRITTEN, AlignedPair, Block, Kind, Role, Span
from bilint.reading.drift import certain
from bilint.reading.persons import has_dot, persons
from bilint.reading.reading import Reading
from bilint.reading.search import prose_of, words_of
from bilint.reading.typography import folders_around
from bilint.text.names import Name, known_names, names_in
from bilint.text.scripts import han_count, has_han

ROLES = frozenset({Role.BODY, Role.PROMOTION, Role.CAPTION}) & WRITTEN
_LEAST_HAN = 6
"""A block with fewer Chinese characters is a label, a reference or a cell of a table."""
_LONGEST_WORD = 40
_LONGEST_BESIDE = 4
_MARKS = (("《", "》"), ("“", "”"), ("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"), ("[", "]"), ("【", "】"))
"""What stands between them is a title, a quotation or a gloss."""
_LONGEST_MARKED = 500
"""A mark that opens so far before does so for nothing."""
_BESIDE = re.compile(r"[A-Za-z0-9@#/._-]\s?\Z|[A-Za-z0-9]\s?(?:[、,，/&和及与或]|以及)\s?\Z")
_BEHIND = re.compile(r"\s?\.?[A-Za-z0-9@/(（&_-]|\s?(?:[、,，/和及与或]|以及)\s?[A-Za-z]")
"""A name beside Latin letters is part of a longer one (Google Chrome), of an address, or of a list of such names."""
_CAPITAL_BEFORE = re.compile(r"(?:[^\s.!?:]|[^.!?:] )(?<![\w.])[A-Z][\w.'’+-]*[ -]\Z")
_CAPITAL_BEHIND = re.compile(r"[ -]?[.]?[A-Z0-9]|\.\w")
_ARTICLES, _NEARLY_ALL = 8, 0.9
"""A project has a habit when so many articles say a name, and this share of them in one way."""


class Said(NamedTuple):
    """A way in which a translation says a name, with the places; `form` is empty where the name stays as it is."""

    form: str
    spans: tuple[Span, ...]
    source: Span


@lru_cache(maxsize=2)
def names_said(reading: Reading) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    """Return the names of the original with the ways in which they are said, the most frequent first.

    They are those of the shipped list, and persons whose Chinese names have a dot. Titles, quotations, glosses, lists
    in Latin letters, and what is part of a longer name say nothing.
    """
    bitext = reading.article.bitext
    if bitext is None:
        return ()
    written = reading.pairs(WRITTEN)
    listed = names_in(prose_of(bitext.source).text, words_of(bitext.source))
    # What role a block has takes long to tell, and few have a name.
    have_dots = written if has_dot(prose_of(bitext.target).text) else ()
    dotted = certain(reading.among((pair for pair in have_dots if has_dot(_joined(pair.target))), ROLES))
    shipped = known_names()
    others = [Name(text, forms) for text, forms in persons(dotted).items() if not any(n in text for n in shipped)]
    names = (*listed, *others)
    english = [(pair, _joined(pair.source)) for pair in written] if names else []
    said = []
    for name in names:
        pairs = certain(reading.among((pair for pair, text in english if name.text in text), ROLES))
        if ways := _ways(name, [pair for pair in pairs if _uses(name, pair)]):
            said.append((name.text, ways))
    return tuple(said)


def _joined(blocks: Iterable[Block]) -> str:
    return "\0".join([block.prose.text for block in blocks])


def _uses(name: Name, pair: AlignedPair) -> bool:
    return any(_place_in(name, block.prose.text) for block in pair.source)


@lru_cache(maxsize=1024)
def _place_in(name: Name, text: str) -> tuple[int, int] | None:
    """Where a name stands alone in English, no part of a longer one."""
    for found in name.alone.finditer(text) if name.text in text else ():
        start, end = found.span()
        before = text[max(start - _LONGEST_WORD, 0) : start]
        if not _CAPITAL_BEFORE.search(before) and not _CAPITAL_BEHIND.match(text, end):
            return start, end
    return None


def _ways(name: Name, pairs: Sequence[AlignedPair]) -> tuple[Said, ...]:
    places: dict[str, list[Span]] = {}
    sources: dict[str, Span] = {}
    for pair in pairs:
        first, place = next((block, at) for block in pair.source if (at := _place_in(name, block.prose.text)))
        for form, spans in _in_pair(name, pair).items():
            places.setdefault(form, []).extend(spans)
            sources.setdefault(form, first.prose.span(*place))
    ways = (Said(form, tuple(sorted(spans)), sources[form]) for form, spans in places.items())
    return tuple(sorted(ways, key=lambda said: (-len(said.spans), said.spans[0])))


def _in_pair(name: Name, pair: AlignedPair) -> Mapping[str, Sequence[Span]]:
    """The places by form; where a translation has both and more than the original, the Chinese means another thing.

    推特 is a tweet as well.
    """
    found: dict[str, list[Span]] = {}
    for block in pair.target:
        for form, span in _in_block(name, block):
            found.setdefault(form, []).append(span)
    if "" in found and sum(map(len, found.values())) > sum(block.prose.text.count(name.text) for block in pair.source):
        return {"": found[""]}
    return found


def _in_block(name: Name, block: Block) -> Iterator[tuple[str, Span]]:
    text = block.prose.text
    if block.kind is Kind.HTML or han_count(text) < _LEAST_HAN:
        return
    for found in name.chinese.finditer(text):
        if not _is_marked(text, found.start()):
            yield name.written[found[0]], block.prose.span(*found.span())
    for found in name.alone.finditer(text):
        start, end = found.span()
        is_part = _BESIDE.search(text, max(start - _LONGEST_BESIDE, 0), start) or _BEHIND.match(text, end)
        if not is_part and not _is_marked(text, start) and not _is_glossed(text, start, end, name):
            yield "", block.prose.span(start, end)


def _is_marked(text: str, at: int) -> bool:
    first = max(at - _LONGEST_MARKED, 0)
    return any(text.rfind(opening, first, at) > text.rfind(closing, first, at) for opening, closing in _MARKS)


def _is_glossed(text: str, start: int, end: int, name: Name) -> bool:
    """Whether the Chinese name stands right beside: 谷歌 Google."""
    before, behind = text[max(start - _LONGEST_WORD, 0) : start].rstrip(), text[end : end + _LONGEST_WORD].lstrip()
    return before.endswith(tuple(name.written)) or behind.startswith(tuple(name.written))


def names_used(reading: Reading) -> Tally[tuple[str, str, str]]:
    """Count the articles by folder, name and how they mostly say it; empty for a name that stays as it is."""
    if reading.article.bitext is None or not has_han(reading.article.target.text):
        return Tally()
    said = [(name, ways[0].form) for name, ways in names_said(reading)]
    folders = folders_around(reading.article.target.path)
    return Tally((folder, name, form) for folder in folders for name, form in said)


class OtherHabit(Question[str | None], frozen=True):
    """How a project says a name otherwise than as `form`: that in the innermost of these folders that can tell."""

    name: str
    form: str
    folders: tuple[str, ...]
    """Those around the article, the innermost first."""

    def verdict(self, project: Evidence) -> str | None:
        """Return the form, empty for the name itself; None when it is this one, several are, or too few tell."""
        counted, known = project.of(names_used), known_names().get(self.name)
        forms = ("", *known.forms) if known else ()
        for folder in self.folders:
            articles = {form: counted[folder, self.name, form] for form in forms}
            total = sum(articles.values())
            if total >= _ARTICLES:
                usual = next((form for form, count in articles.items() if count >= _NEARLY_ALL * total), None)
                return usual if usual != self.form else None
        return None
