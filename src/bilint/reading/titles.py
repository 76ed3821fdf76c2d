"""Headings and links of the original that the articles of a project say in several ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bilint.evidence import Tally
from bilint.model import WRITTEN, AlignedPair, Block, Span
from bilint.model.blocks import PLACEHOLDER
from bilint.reading.headings import are_two_headings
from bilint.reading.reading import Reading
from bilint.text.links import link_key
from bilint.text.locales import by_project, region_of
from bilint.text.scripts import converted, has_han, is_traditional

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


class Wording(NamedTuple):
    """What one article says for an English title in another way than `articles` others, which say `usual`.

    `is_settled` says that so many do, and so few say anything else, that the project has decided.
    """

    usual: str
    articles: int
    titles: tuple[Title, ...]
    is_settled: bool


def titles(reading: Reading) -> Tally[Title]:
    """Count the headings of an article, and its links with a target that has one text, in the order of the pairs."""
    if reading.article.bitext is None:
        return Tally()
    document = reading.article.target
    article = document.path, is_traditional(document.text)
    return Tally(title for pair in reading.pairs(WRITTEN) if pair.is_likely for title in _titles(pair, article))


def _titles(pair: AlignedPair, article: tuple[str, bool]) -> Iterator[Title]:
    if are_two_headings(pair):
        theirs, ours = ((block, Span(0, len(block.prose.text))) for block in (pair.source[0], pair.target[0]))
        yield from _title(theirs, ours, "", article)
        return
    others = _links(pair.target)
    links = _links(pair.source) if others else others
    for leads_to in sorted(links.keys() & others.keys()):
        yield from _title(links[leads_to], others[leads_to], leads_to, article)


def _links(blocks: Iterable[Block]) -> dict[str, tuple[Block, Span]]:
    """The links of blocks by what they lead to, without its fragment; none that leads where another one does."""
    found: dict[str, list[tuple[Block, Span]]] = defaultdict(list)
    for block in blocks:
        for link in block.links() if block.inlines else ():
            found["".join(link_key(link.destination)[:2])].append((block, link.text))
    return {target: places[0] for target, places in found.items() if target and len(places) == 1}


def _title(
    theirs: tuple[Block, Span], ours: tuple[Block, Span], leads_to: str, article: tuple[str, bool]
) -> Iterator[Title]:
    english, text = (block.prose.text[slice(*span)].strip() for block, span in (theirs, ours))
    if PLACEHOLDER in english or len(english) > _LONGEST or not has_han(text) or has_han(english):
        return
    whole = _EDGE.sub("", " ".join(english.lower().split()))
    key, said = _NUMBER.sub("", whole), _said(converted(text, "t2s") if article[1] else text, whole)
    if key and said:
        place, source = (block.prose.span(*span) for block, span in (ours, theirs))
        yield Title(key, leads_to, said, english, text, *article, place, source)


def _said(text: str, english: str) -> str:
    """The Chinese of a title without its number, punctuation, and the English that stands beside it."""
    without = _NUMBER.sub("", text.lower()).replace(english, "").replace("其它", "其他")
    return _LIGHT.sub("", without if has_han(without) else text.lower())


def wordings(found: Mapping[Title, int]) -> Iterator[Wording]:
    """Yield by article what is said in another way than in most articles of its project, in a stable order."""
    by_key: dict[tuple[str, ...], list[Title]] = defaultdict(list)
    headings: dict[str, set[str]] = defaultdict(set)
    project = by_project({title.path for title in found})
    for title in sorted(found):
        if not title.target:
            headings[title.path].add(title.key)
        edition = project[title.path], str(title.is_traditional), region_of(title.path)
        by_key[*edition, title.key, title.target].append(title)
    for same in by_key.values():
        if len({title.said for title in same}) > 1:
            yield from _varied(same, headings)


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
