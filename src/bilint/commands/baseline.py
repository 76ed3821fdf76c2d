"""`bilint baseline`: the file of known findings, written, pruned and shown."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.commands.asked import Asked, load, plan_of
from bilint.commands.checking import checked
from bilint.commands.nothing import why_unchecked
from bilint.commands.printing import FAILED, NOTHING, tell, tell_error, write, write_file
from bilint.messages import phrase, say, say_number
from bilint.model import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilint.baseline import Baseline, Entry
    from bilint.model import Report
    from bilint.settings import Loaded


def run_write(asked: Asked, file: str | None, jobs: int, *, has_cache: bool = True) -> int:
    """Write the file with all that is found now, and return the exit code."""
    from msgspec.structs import replace

    from bilint.baseline import Baseline, entries_of, text

    # Those that are not shown too: how sure bilint is may change with the articles around, and what is known stays so.
    everything = {"min_confidence": Confidence.LOW, "min_severity": Severity.INFO}
    targets, plan = plan_of(asked, {"baseline": "", **everything})
    place = _file(file, load(asked, {}, [target.path for target in targets]))
    plan = replace(plan, baseline=Baseline(place.parent))
    report, _ = checked(targets, plan, jobs, has_cache=has_cache)
    if not report.articles:
        return _nothing(report, asked, plan.loaded)
    assert plan.baseline
    entries = entries_of(report.findings, plan.baseline)
    write_file(os.fspath(place), text(entries))
    write(f"{_shown(place)}: {_counted(entries)}\n")
    tell(report.problems)
    return FAILED if report.problems else 0


def run_prune(asked: Asked, file: str | None, jobs: int, *, has_cache: bool = True) -> int:
    """Take out of the file what is not found any more, and return the exit code."""
    from msgspec.structs import replace

    from bilint.baseline import load as load_baseline
    from bilint.baseline import text

    targets, plan = plan_of(asked, {"baseline": ""})
    place = _file(file, load(asked, {}, [target.path for target in targets]))
    plan = replace(plan, baseline=load_baseline(place))
    report, outcome = checked(targets, plan, jobs, has_cache=has_cache)
    if not report.articles:
        return _nothing(report, asked, plan.loaded)
    assert plan.baseline
    if outcome.entries != plan.baseline.entries:
        write_file(os.fspath(place), text(outcome.entries))
    removed = sum(entry.count for entry in outcome.expired)
    left = _counted(outcome.entries)
    told = say("{file}: {removed} expired and removed; left: {left}", file=_shown(place), removed=removed, left=left)
    write(f"{told}\n")
    tell(report.problems)
    return FAILED if report.problems else 0


def run_show(asked: Asked, file: str | None, format_: str) -> int:
    """Print what the file says, of all articles or of those in the paths given, and return the exit code."""
    from msgspec import to_builtins

    from bilint.baseline import load as load_baseline
    from bilint.text.escapes import to_json

    place = _file(file, load(asked, {}))
    baseline = load_baseline(place)
    entries = [entry for entry in baseline.entries if _is_meant(entry, asked.paths, baseline)]
    if format_ == "json":
        write(to_json([to_builtins(entry) for entry in entries]))
        return 0
    write("\n".join((*map(_line, entries), f"{_shown(place)}: {_counted(entries)}", "")))
    return 0


def _file(file: str | None, loaded: Loaded) -> Path:
    """Return the file that is meant: the one given, that of the settings, or the usual one beside them."""
    from bilint.baseline import FILE_NAME

    return Path(file) if file else loaded.root / (loaded.settings.baseline or FILE_NAME)


def _is_meant(entry: Entry, paths: Sequence[str], baseline: Baseline) -> bool:
    meant = [baseline.path_of(path) for path in paths]
    return not meant or any(path in (".", entry.path) or entry.path.startswith(f"{path}/") for path in meant)


def _line(entry: Entry) -> str:
    times = f" {say('({number} times)', number=entry.count)}" if entry.count > 1 else ""
    return f"{entry.path}: [{entry.rule}] {entry.excerpt}{times}"


def _counted(entries: Sequence[Entry]) -> str:
    """Return the entries counted, as in `3 places in 2 articles (changed-link 2, mixed-term 1)`."""
    rules: Counter[str] = Counter()
    for entry in entries:
        rules[entry.rule] += entry.count
    number, articles = rules.total(), len({entry.path for entry in entries})
    named = ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items(), key=lambda item: (-item[1], item[0])))
    if not named:
        return say("no findings")
    where = say_number("{number} article", "{number} articles", articles)
    return say_number(
        "{number} place in {where} ({rules})", "{number} places in {where} ({rules})", number, where=where, rules=named
    )


def _shown(place: Path) -> str:
    try:
        return Path(os.path.relpath(place)).as_posix()
    except ValueError:  # another drive
        return place.as_posix()


def _nothing(report: Report, asked: Asked, loaded: Loaded) -> int:
    tell(report.problems)
    if report.problems:
        tell_error(phrase("nothing was checked, and the file left as it is"))
        return FAILED
    what, hint = why_unchecked(report.sources, asked.paths, loaded)
    tell_error(phrase("nothing was checked, and the file left as it is: {what}", what=what), hint)
    return NOTHING
