"""`bilint fetch`: the originals that articles name by URL, into the cache."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from bilint.commands.asked import Asked, plan_of
from bilint.commands.nothing import why_nothing
from bilint.commands.printing import FAILED, FOUND, NOTHING, tell, tell_error, write
from bilint.commands.progress import progress
from bilint.guard import together
from bilint.messages import phrase, say, say_number
from bilint.text.width import padded

if TYPE_CHECKING:
    from bilint.discover import Target
    from bilint.fetching import Fetching
    from bilint.library.fetch import Result
    from bilint.pipeline import Plan


def run(asked: Asked, *, allow_private: bool, on_failure: str | None, wishes: Mapping[str, Any]) -> int:
    """Fetch, say what became of each page, and return the exit code."""
    targets, plan = plan_of(asked, {})
    done = fetched(targets, plan, allow_private=allow_private, **wishes)
    problems = list(done.problems)
    if done.results:
        shown, unshown = together(done.results, lambda result: result.url, partial(text, done))
        write(shown)
        problems += unshown
    tell(problems)
    if problems:
        return FAILED
    if not done.results:
        what, hint = (phrase("no article names a URL"), "") if targets else why_nothing(asked.paths, plan.loaded)
        tell_error(phrase("nothing to fetch: {what}", what=what), hint)
        return NOTHING
    return FOUND if done.failed and failing(plan, on_failure) else 0


def failing(plan: Plan, on_failure: str | None) -> bool:
    """Return whether a page that cannot be fetched fails the run, by the option or else by the settings."""
    return (on_failure or plan.loaded.settings.originals.on_failure) == "error"


def fetched(targets: Sequence[Target], plan: Plan, *, allow_private: bool = False, **wishes: Any) -> Fetching:
    """Return what became of the pages that the targets name."""
    from msgspec.structs import replace

    from bilint import fetching
    from bilint.library.fetch import Wishes

    settings = plan.loaded.settings.originals
    if allow_private:
        settings = replace(settings, allow_private=True)
    seconds, shown = plan.loaded.settings.max_seconds, partial(progress, say("fetching"))
    return fetching.fetch(targets, plan.finder, settings, Wishes(**wishes), seconds=seconds, progress=shown)


def text(done: Fetching, results: Sequence[Result]) -> str:
    """Return one line for each result, below a failed one the places that name it, and a line that sums up."""
    places = {page.url: page.places for page in done.pages}
    lines: list[str] = []
    for result in results:
        why = f": {say(result.why)}" if result.why else ""
        lines.append(f"{padded(say(result.outcome.value), 10)} {result.url}{why}")
        if not result.complete:
            lines += (f"{'':10} {say('named in {place}', place=place)}" for place in places[result.url])
    counts = Counter(result.outcome for result in results)
    summed = say(", ").join(
        say("{number} {outcome}", number=n, outcome=say(each.value)) for each, n in sorted(counts.items())
    )
    pages = say_number("{number} page", "{number} pages", len(results))
    return "\n".join((*lines, "", say("{pages}: {counts}", pages=pages, counts=summed), ""))
