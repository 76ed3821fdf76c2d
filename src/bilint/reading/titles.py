"""Headings and links of the original that the articles of a project say in several ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from bilint.evidence import Tally
from bilint.model import WRITTEN, AlignedPair, Block, Span
from bilint.model.blocks import PLACEHOLDER
from bilint.reading.headings import are_two_headings
from bilint.reading.reading import Reading
from bilint.reading.search import is_in_traditional
from bilint.text.links import link_key
from bilint.text.locales import by_project, region_of
from bilint.text.scripts import converted, has_han

_LEAST_ARTICLES = 3
_MOSTLY = 2
"""A project says a heading in one way where so many articles have it, and that way has so many times the others'."""
_SURE_ARTICLES = 5
"""Of 20 findings with so many articles on the other side, outside collections that hold an article twice, 17 were true,
of 18 with fewer 1: what two or three say may be their own taste. Read in November 2026."""
_COMMON = 3
"""Two files with the same headings in English, so many or more, are one article, saved twice."""
_LONGEST = 60
"""Longer English is a sentence, which is said as its surroundings ask for."""
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_LIGHT = re.compile(r"[\W_]+|(?<=.)的(?=.)")
"""What is left out for comparing: punctuation, spaces, 的."""
_NUMBER = re.compile(r"^(?:第?[\d.]+|[一二三四五六七八九十]+(?=[、.]))[章节步、.)）:：\s]*")


_Packed = tuple[str, str, str, str, str, Span, Span]
"""A `Title` without what all of its article have in common."""
_Place = tuple[Block, Span]
"""A block and a range in its prose."""


class _Brief(Struct, frozen=True, array_like=True):
    """The beginning of a packed title: what decides whether the rest is of interest."""

    key: str
    target: str
    said: str


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[_Packed])
_BRIEF_DECODER = msgspec.msgpack.Decoder(list[_Brief])


class Title(NamedTuple):
    """A heading, or a link with its `target`: the English and what is said for it, folded and as written.

    `place` is in the article at `path`, `source` in its original.
    """

    key: str
    target: str
    said: str
    english: str
    text: str
    path: str
    is_traditional: bool
    place: Span
    source: Span


class Said(NamedTuple):
    """The titles of one article: few are ever looked at, so they are packed."""

    path: str
    is_traditional: bool
    titles: bytes

    def briefly(self) -> list[_Brief]:
        """Return the beginnings of the titles, in the order of the pairs."""
        return _BRIEF_DECODER.decode(self.titles)

    def opened(self) -> Iterator[Title]:
        """Yield the titles, in the order of the pairs."""
        for key, target, said, english, text, place, source in _DECODER.decode(self.titles):
            yield Title(key, target, said, english, text, self.path, self.is_traditional, place, source)


class Wording(NamedTuple):
    """What one article says for an English title in another way than `articles` others, which say `usual`.

    `is_settled` says that so many do, and so few say anything else, that the project has decided.
    """

    usual: str
    articles: int
    titles: tuple[Title, ...]
    is_settled: bool


def titles(reading: Reading) -> Tally[Said]:
    """Count the headings of an article, and its links with a target that has one text, in the order of the pairs."""
    if reading.article.bitext is None:
        return Tally()
    document = reading.article.target
    traditional = is_in_traditional(document)
    found = dict.fromkeys(
        title
        for pair in reading.pairs(WRITTEN)
        if pair.is_likely
        for theirs, ours, leads_to in _places(pair)
        if (title := _title(theirs, ours, leads_to, traditional=traditional))
    )
    return Tally((Said(document.path, traditional, _ENCODER.encode([*found])),) if found else ())


def _places(pair: AlignedPair) -> Sequence[tuple[_Place, _Place, str]]:
    """What may be titles of a pair, on both sides, with what they lead to."""
    if are_two_headings(pair):
        theirs, ours = ((block, Span(0, len(block.prose.text))) for block in (pair.source[0], pair.target[0]))
        return [(theirs, ours, "")]
    others = _links(pair.target)
    links = _links(pair.source) if others else others
    return [(links[leads_to], others[leads_to], leads_to) for leads_to in sorted(links.keys() & others.keys())]


def _links(blocks: Iterable[Block]) -> dict[str, _Place]:
    """The links of blocks by what they lead to, without its fragment; none that leads where another one does."""
    found: dict[str, list[_Place]] = {}
    for block in blocks:
        for link in block.links() if block.inlines else ():
            found.setdefault("".join(link_key(link.destination)[:2]), []).append((block, link.text))
    return {target: places[0] for target, places in found.items() if target and len(places) == 1} if found else {}


def _title(theirs: _Place, ours: _Place, leads_to: str, *, traditional: bool) -> _Packed | None:
    """A title of an article; None where the English is none, or the translation is not Chinese."""
    english, text = (block.prose.text[slice(*span)].strip() for block, span in (theirs, ours))
    if PLACEHOLDER in english or len(english) > _LONGEST or not has_han(text) or has_han(english):
        return None
    whole = _EDGE.sub("", " ".join(english.lower().split()))
    key, said = _NUMBER.sub("", whole), _said(converted(text, "t2s") if traditional else text, whole)
    if not key or not said:
        return None
    place, source = (block.prose.span(*span) for block, span in (ours, theirs))
    return key, leads_to, said, english, text, place, source


def _said(text: str, english: str) -> str:
    """The Chinese of a title without its number, punctuation, and the English that stands beside it."""
    without = _NUMBER.sub("", text.lower()).replace(english, "").replace("其它", "其他")
    return _LIGHT.sub("", without if has_han(without) else text.lower())


def wordings(found: Iterable[Said]) -> Iterator[Wording]:
    """Yield by article what is said in another way than in most articles of its project, in a stable order."""
    articles = sorted(found)
    project = by_project({article.path for article in articles})
    editions = [(project[each.path], each.is_traditional, region_of(each.path)) for each in articles]
    varied = _said_in_several_ways(zip(editions, articles, strict=True))
    by_key: dict[tuple[object, ...], list[Title]] = defaultdict(list)
    headings: dict[str, set[str]] = defaultdict(set)
    for edition, article in zip(editions, articles, strict=True):
        brief = article.briefly()
        some = {number for number, each in enumerate(brief) if hash((edition, each.key, each.target)) in varied}
        if not some:
            continue
        headings[article.path] |= {each.key for each in brief if not each.target}
        for number, title in enumerate(article.opened()):
            if number in some:
                by_key[*edition, title.key, title.target].append(title)
    for same in sorted(map(sorted, by_key.values())):
        yield from _varied(same, headings)


def _said_in_several_ways(found: Iterable[tuple[tuple[object, ...], Said]]) -> set[int]:
    """Digests of what is said in more ways than one in an edition: to keep all titles would take much memory."""
    said: dict[int, int] = {}
    varied = set()
    for edition, article in found:
        for title in article.briefly():
            what, how = hash((edition, title.key, title.target)), hash(title.said)
            if said.setdefault(what, how) != how:
                varied.add(what)
    return varied


def _varied(same: Sequence[Title], headings: Mapping[str, set[str]]) -> Iterator[Wording]:
    paths: dict[str, set[str]] = defaultdict(set)
    for title in same:
        paths[title.said].add(title.path)
    articles = Counter({said: _different(found, headings) for said, found in paths.items()})
    usual = max(articles, key=lambda said: (articles[said], said))
    if _different({title.path for title in same}, headings) < _LEAST_ARTICLES:
        return
    text = Counter(_NUMBER.sub("", title.text) for title in same if title.said == usual).most_common(1)[0][0]
    others: dict[tuple[str, str], list[Title]] = defaultdict(list)
    for title in same:
        if articles[usual] >= _MOSTLY * articles[title.said] and title.said != usual:
            others[title.path, title.said].append(title)
    most = articles[usual]
    is_settled = most >= max(_SURE_ARTICLES, _MOSTLY * (articles.total() - most))
    for titles_ in others.values():
        yield Wording(text, most, tuple(sorted(titles_, key=lambda title: title.place)), is_settled)


def _different(paths: Iterable[str], headings: Mapping[str, set[str]]) -> int:
    """How many articles these files are: one that is saved twice, or in two versions, says what it says once."""
    return len({frozenset(headings[path]) if len(headings.get(path, ())) >= _COMMON else path for path in paths})
