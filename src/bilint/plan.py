"""What all articles of a run share."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from msgspec import Struct

from bilint import baseline
from bilint.baseline import Baseline
from bilint.evidence import priors
from bilint.files import Grounds
from bilint.glossary import Glossary, load
from bilint.library.grounds import grounds
from bilint.model import Problem
from bilint.originals import Finder
from bilint.selection import Selection
from bilint.settings import Loaded
from bilint.since import Since
from bilint.version import __version__


class Plan(Struct, frozen=True):
    """What all articles of a run share."""

    loaded: Loaded
    glossary: Glossary
    finder: Finder
    selection: Selection
    grounds: Grounds = Grounds(())
    """Where rules may ask whether a file is there."""
    baseline: Baseline | None = None
    """The findings that are known, for a run that leaves them out."""
    since: Since | None = None
    """The revision, for a run that looks at what has changed since."""

    @classmethod
    def of(cls, loaded: Loaded, given: Mapping[str, str], given_by: str = "pairs") -> Plan:
        """Return the plan for these settings.

        Raises UserError for unknown rules, bad options, glossaries, pairs or baselines.
        """
        settings, root = loaded.settings, loaded.root
        finder = Finder(settings.originals, root, given, given_by=given_by, trusted=loaded.trusted)
        known = baseline.load(root / settings.baseline) if settings.baseline else None
        ground = grounds(settings.originals, root)
        return cls(loaded, load(settings.glossaries, root), finder, Selection(loaded), ground, known)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Files that the settings speak of, or that might hold settings, and rules of packages, that cannot be read."""
        return (*self.loaded.problems, *self.finder.problems, *self.selection.problems)


def signature(plan: Plan, revisions: Collection[str] = ()) -> str:
    """Return what made a result comparable: version, rules, glossary, priors, and which older originals were read.

    `revisions` name them, as in `git:.@1f3c…:docs/en/guide.md`.
    """
    rules = ",".join(active.rule.name for active in plan.selection.for_overrides(()))
    rules += "".join(map(repr, plan.loaded.settings.checks))
    parts = [f"bilint:{__version__}", f"rules:{_digest(rules)}"]
    parts += [f"glossary:{plan.glossary.digest[:8]}", f"priors:{priors().digest[:8]}"]
    if revisions:
        parts.append(f"originals:{_digest(','.join(sorted(set(revisions))))}")
    return "|".join(parts)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
