"""bilint: a linter and publishing gate for translated Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilint.discover import Target
    from bilint.model import Report, UserError
    from bilint.settings import Loaded

__all__ = ["Report", "UserError", "__version__", "lint_paths", "lint_text"]


def __getattr__(name: str) -> object:
    """Return `Report` or `UserError`, which cost start-up time, when they are asked for."""
    if name not in ("Report", "UserError"):
        raise AttributeError(f"module `bilint` has no attribute `{name}`")
    from bilint import model

    return getattr(model, name)


def lint_paths(
    paths: Sequence[str], *, sources: Mapping[str, str] | None = None, config: str | None = None, jobs: int = 1
) -> Report:
    """Return the report on articles, and on the articles in folders, as `bilint check` makes it.

    `sources` are target path → source path or URL, for articles that do not name their original; `config` is the
    settings file, by default the nearest beside the paths or above. What cannot be read is among the report's problems.
    Raises UserError for wrong settings, glossaries and sources.
    """
    from pathlib import Path

    from bilint import settings
    from bilint.discover import discover

    loaded = settings.load(settings.here(), Path(config) if config else None, paths)
    return _lint(discover(paths, loaded.settings, loaded.root), loaded, sources or {}, jobs)


def lint_text(text: str, path: str, *, source: str | None = None, config: str | None = None) -> Report:
    """Return the report on an article that is not, or not yet, in the file `path`.

    `source` is the path or URL of its original, by default what the article or its path says. Raises UserError like
    `lint_paths`.
    """
    from pathlib import Path

    from bilint import settings
    from bilint.discover import Target

    loaded = settings.load(settings.here(), Path(config) if config else None, [path])
    return _lint([Target(path, text)], loaded, {path: source} if source else {}, 1)


def _lint(targets: list[Target], loaded: Loaded, sources: Mapping[str, str], jobs: int) -> Report:
    from bilint import pipeline
    from bilint.discover import Target

    plan = pipeline.Plan.of(loaded, sources)
    broken = [Target(problem.path, problem=problem) for problem in plan.problems]
    return pipeline.run(targets + broken, plan, jobs)
