"""How a project sets its Chinese: blanks, quotation marks, the form of address. Its habit, not ours."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import Literal

from bilint.evidence import Evidence, Question, Tally
from bilint.model import PLACEHOLDER, Block, Document, Inline, InlineKind, Kind
from bilint.reading.reading import Reading
from bilint.reading.search import blocks_with, codes_of, is_in_traditional, prose_of
from bilint.text.quotes import MARK, Quotation, quotations
from bilint.text.scripts import is_han
from bilint.text.spacing import Border, border_counts, borders

Feature = Literal["letters", "digits", "code", "curly", "corner", "polite"]
"""What can be a habit: a blank beside letters, digits or code, “” or 「」 for quotations, 您 for the reader."""
Usage = Literal["always", "never", "mixed", "unknown"]
_Alike = tuple[str, str, bool, int]
"""Articles by folder, feature, whether they are in Traditional characters, and share."""
_TELLING: dict[Feature, int] = {"letters": 5, "digits": 4, "code": 4, "curly": 2, "corner": 2, "polite": 3}
"""An article with fewer places than this says nothing of what is usual."""
_ARTICLES = 5
"""Fewer articles than this are no project with a habit."""
_ALL = -1
_ALWAYS = 95
"""In per cent: with ever more, those who set it the other way in one place overlooked it."""
_NOT_PROSE = (Kind.CODE, Kind.HTML)
_LEAD = 80
"""Characters that the marks and kinds of a box may take before its title, `!!! note inline end "标题"`."""


class Habit(Question[Usage], frozen=True):
    """What the median article of a project does, of those in the same script.

    The project of an article is the innermost folder around it with enough articles to tell: one run may look at
    several, and a project may leave its parts to several teams.
    """

    feature: Feature
    folders: tuple[str, ...]
    """Those around the article, the innermost first."""
    is_traditional: bool = False

    @classmethod
    def around(cls, feature: Feature, document: Document) -> Habit:
        """Return the question for an article."""
        return cls(feature, folders_around(document.path), is_in_traditional(document))

    def verdict(self, project: Evidence) -> Usage:
        """Return what is usual; `unknown` where too few articles tell."""
        counted = project.of(typography)
        for folder in self.folders:
            articles_with = partial(self._articles, counted, folder)
            if (articles := articles_with(_ALL)) >= _ARTICLES:
                return _usage(articles_with, articles)
        return "unknown"

    def _articles(self, counted: Tally[_Alike], folder: str, share: int) -> int:
        return counted.get((folder, self.feature, self.is_traditional, share), 0)


class IsUsual(Question[bool], frozen=True):
    """Whether a habit is just this one: a smaller question than which it is, that fewer answers depend on."""

    habit: Habit
    usage: Usage

    def verdict(self, project: Evidence) -> bool:
        """Return whether it is."""
        return self.habit.verdict(project) == self.usage


class IsWanted(Question[bool | None], frozen=True):
    """Whether an article has to have a feature: as the project says, else as itself does.

    Asked like this, `mixed` and `unknown` come to the same where the article has no habit either.
    """

    habit: Habit
    own: bool | None
    """The habit of the article, which counts where too few articles tell; None where it has none."""

    def verdict(self, project: Evidence) -> bool | None:
        """Return whether it has to; None where either is right."""
        usage = self.habit.verdict(project)
        return self.own if usage == "unknown" else {"always": True, "never": False}.get(usage)


def _usage(articles_with: Callable[[int], int], number: int) -> Usage:
    """Return what the median of so many articles does, given how many have a share."""
    always, never = (sum(map(articles_with, shares)) for shares in (range(_ALWAYS, 101), range(101 - _ALWAYS)))
    if 2 * max(always, never) < number:
        return "mixed"
    shares = range(101) if never > always else range(100, -1, -1)
    median = _median(((share, articles_with(share)) for share in shares), number)
    return "always" if median >= _ALWAYS else "never" if median <= 100 - _ALWAYS else "mixed"


def _median(counts: Iterable[tuple[int, int]], number: int) -> float:
    """Return the median of so many values, of which each comes with how often it occurs, in order."""
    seen, middle = 0, list[int]()
    for value, count in counts:
        seen += count
        while len(middle) < 2 and seen > (number - 1 + len(middle)) // 2:
            middle.append(value)
        if len(middle) == 2:
            break
    return sum(middle) / 2


@lru_cache(maxsize=8)  # all habits of an article are asked for by its folders
def folders_around(path: str) -> tuple[str, ...]:
    """Return the folders around a path, the innermost first, `` for that of the run at the end."""
    parts = path.split("/")[:-1]
    return tuple("/".join(parts[:count]) for count in range(len(parts), -1, -1))


def typography(reading: Reading) -> Tally[_Alike]:
    """Count the articles by folder, feature, script, and the share, in per cent, of its places that have it.

    The share `_ALL` stands for all of them: most folders hold too few to tell.
    """
    document = reading.article.target
    folders, script = folders_around(document.path), is_in_traditional(document)
    counted: Tally[_Alike] = Tally()
    for feature, (so, all_) in sorted(shares(document).items()):
        if all_ >= _TELLING[feature]:
            for folder in folders:
                counted[folder, feature, script, round(100 * so / all_)] += 1
                counted[folder, feature, script, _ALL] += 1
    return counted


@lru_cache(maxsize=2)
def shares(document: Document) -> dict[Feature, tuple[int, int]]:
    """Return by feature in how many places a document has it, and in how many it could."""
    so: Counter[Feature] = Counter()
    total: Counter[Feature] = Counter()
    prose = prose_of(document).text
    found = border_counts(prose)
    found.subtract(border_counts("\0".join([block.prose.text for block in document.blocks if block.kind is Kind.HTML])))
    code: Counter[tuple[Feature, bool]] = Counter(("code", is_spaced) for _, _, is_spaced in code_borders(document))
    for (feature, is_spaced), number in chain(found.items(), code.items()):
        total[feature] += number
        so[feature] += number * is_spaced
    for _, quotation in quotation_places(document):
        if quotation.shape in ("curly", "corner", "straight"):
            for feature in ("curly", "corner"):
                total[feature] += 1
                so[feature] += quotation.shape == feature
    so["polite"] = prose.count("您")
    total["polite"] = so["polite"] + prose.count("你")
    return {feature: (so[feature], number) for feature, number in total.items()}


def border_places(document: Document) -> Iterator[tuple[Block, Border]]:
    """Yield the borders of Chinese with letters and digits in the prose, in file order."""
    prose = (block for block in document.blocks if block.kind not in _NOT_PROSE)
    return ((block, border) for block in prose for border in borders(block.prose.text))


def code_borders(document: Document) -> Iterator[tuple[int, int, bool]]:
    """Yield the borders of Chinese with code spans: the offsets in the file, and whether a blank is there."""
    text = document.text
    for code in codes_of(document.blocks):
        start, end = code.span
        near, behind = text[start - 1 : start], text[end : end + 1]
        if is_han(text[start - 2 : start - 1] if near == " " else near):
            yield start - 1, start + 1, near == " "
        if is_han(text[end + 1 : end + 2] if behind == " " else behind):
            yield end - 1, end + 1, behind == " "


def quotation_places(document: Document) -> Iterator[tuple[Block, Quotation]]:
    """Yield the quotations of the prose, in file order."""
    for block in blocks_with(MARK, document):
        if block.kind not in _NOT_PROSE:
            quoted = quotations(block.prose.text)
            yield from ((block, quotation) for quotation in quoted if not _is_title(block, quotation))


def _is_title(block: Block, quotation: Quotation) -> bool:
    """Whether it is the title of a box or a tab, in the marks of Python-Markdown: `!!! note "标题"`, `=== "标签"`."""
    text, start = block.prose.text, quotation.start
    if quotation.shape != "straight":
        return False
    first = text.rfind("\n", max(0, start - _LEAD), start) + 1
    if not first and start > _LEAD:
        return False  # the line begins further away
    before = text[first:start].strip()
    if not before.startswith(PLACEHOLDER):
        return before.rstrip("!+") == "==="
    near, end = (bisect_left(block.inlines, place, key=_start) for place in (first, start))
    return any(inline.kind is InlineKind.CONTAINER for inline in block.inlines[near:end])


def _start(inline: Inline) -> int:
    return inline.text.start
