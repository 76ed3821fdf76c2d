"""The articles' originals into the cache, and what became of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bilint.discover import Target, read_target
from bilint.guard import attempt
from bilint.model import Problem
from bilint.originals import Finder, Wanted
from bilint.text.urls import normalise

if TYPE_CHECKING:
    from bilint.library.fetch import Result, Wishes
    from bilint.settings import Originals


@dataclass(frozen=True, slots=True)
class NamedPage:
    """A page to have at hand: its address, where articles name it (`path:line`), the file it is saved in by hand."""

    url: str
    places: tuple[str, ...]
    file: str | None


@dataclass(frozen=True, slots=True)
class Fetching:
    """What became of the pages, in the order of their addresses; `problems` are articles that could not be read."""

    pages: tuple[NamedPage, ...]
    results: tuple[Result, ...]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> tuple[Result, ...]:
        """The pages that are not at hand, or could not be asked for again."""
        return tuple(result for result in self.results if not result.complete)


def gather(targets: Sequence[Target], finder: Finder, seconds: float = 0) -> tuple[list[NamedPage], list[Problem]]:
    """Return the pages that the targets name, sorted by address, each once, and the targets that cannot be read."""
    named: dict[str, list[tuple[Wanted, str]]] = defaultdict(list)
    problems: list[Problem] = []
    for target in targets:
        wanted = attempt(target.path, partial(_wanted, target, finder), seconds=seconds)
        if isinstance(wanted, Problem):
            problems.append(wanted)
        elif wanted:
            place = f"{target.path}:{wanted.line}" if wanted.line else target.path
            named[normalise(wanted.url)].append((wanted, place))
    pages = [
        NamedPage(
            min(wanted.url for wanted, _ in found),
            tuple(place for _, place in found),
            # One article whose original is not saved is enough to fetch the page.
            found[0][0].file if all(wanted.file for wanted, _ in found) else None,
        )
        for found in named.values()
    ]
    return sorted(pages, key=lambda page: page.url), problems


def _wanted(target: Target, finder: Finder) -> Wanted | None:
    return finder.wanted(read_target(target))


def fetch(
    targets: Sequence[Target],
    finder: Finder,
    settings: Originals,
    wishes: Wishes,
    *,
    seconds: float = 0,
    progress: Callable[[int], AbstractContextManager[Callable[[], None]]] = lambda _: nullcontext(lambda: None),
) -> Fetching:
    """Fetch what the targets name and is not at hand; `progress` gets the number of pages and ticks once for each.

    Raises UserError when the lock or the cache cannot be used; what fails for one page is in the results.
    """
    from bilint.library.fetch import Outcome, Result
    from bilint.library.fetch import fetch as fetch_pages
    from bilint.web.connection import Limits
    from bilint.web.pages import Web

    pages, problems = gather(targets, finder, seconds)
    wanted = [page.url for page in pages if page.file is None]
    web = Web(Limits(max_bytes=settings.max_bytes, allow_private=settings.allow_private))
    with progress(len(wanted)) as tick:
        results = fetch_pages(wanted, finder.fetched, web, wishes, tick)
    results += [Result(page.url, Outcome.AT_HAND, page.file) for page in pages if page.file]
    results.sort(key=lambda result: result.url)
    return Fetching(tuple(pages), tuple(results), tuple(problems))
