"""Which rules run on which paths, with which options."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from bilint.model import Confidence, Severity, UserError
from bilint.rules import Options, Rule, all_rules
from bilint.settings import Loaded, Override, convert_options


class _Common(msgspec.Struct, frozen=True, rename="kebab"):
    """What every `[rules.NAME]` table may set besides the rule's own options."""

    severity: Severity | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Active:
    """A rule that runs, as configured for a path."""

    rule: Rule
    options: Options
    severity: Severity | None
    confidence: Confidence | None


class Selection:
    """The active rules for each path; everything the settings say of rules is validated when this is made."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._known: dict[tuple[int, ...], tuple[Active, ...]] = {}
        settings = loaded.settings
        for where, names in _mentioned(loaded):
            _check_names(names, where)
        self.for_overrides(())
        for number in range(len(settings.overrides)):
            self.for_overrides((number,))

    def for_path(self, path: str) -> tuple[Active, ...]:
        """Return the active rules for an article, sorted by name; `path` is relative to the settings file where possible."""
        overrides = self._loaded.settings.overrides
        return self.for_overrides(tuple(n for n, override in enumerate(overrides) if _matches(override, path)))

    def for_overrides(self, numbers: tuple[int, ...]) -> tuple[Active, ...]:
        """Return the active rules under the overrides of these numbers."""
        if numbers not in self._known:
            self._known[numbers] = tuple(self._active([self._loaded.settings.overrides[n] for n in numbers]))
        return self._known[numbers]

    def _active(self, overrides: list[Override]) -> Iterable[Active]:
        settings = self._loaded.settings
        select, ignore = settings.select, set(settings.ignore)
        for override in overrides:
            select = override.select if override.select is not None else select
            ignore |= set(override.ignore)
        for name, rule in all_rules().items():
            if name in ignore or ("all" not in select and name not in select):
                continue
            table: dict[str, Any] = dict(settings.rules.get(name, {}))
            for override in overrides:
                table |= override.rules.get(name, {})
            yield self._configured(rule, table)

    def _configured(self, rule: Rule, table: dict[str, Any]) -> Active:
        common = {key: table.pop(key) for key in ("severity", "confidence") if key in table}
        shared = convert_options(common, _Common, rule.name, self._loaded.file)
        options = convert_options(table, rule.options, rule.name, self._loaded.file)
        return Active(rule, options, shared.severity, shared.confidence)


def _mentioned(loaded: Loaded) -> Iterable[tuple[str, Iterable[str]]]:
    settings = loaded.settings
    yield "select", (name for name in settings.select if name != "all")
    yield "ignore", settings.ignore
    yield "rules", settings.rules
    for override in settings.overrides:
        yield "overrides", (*(n for n in override.select or () if n != "all"), *override.ignore, *override.rules)


def _check_names(names: Iterable[str], where: str) -> None:
    for name in names:
        if name not in all_rules():
            raise unknown_rule(name, f"in `{where}`")


def unknown_rule(name: str, where: str = "") -> UserError:
    """Return the error for a rule name that does not exist, with the nearest one that does."""
    near = difflib.get_close_matches(name, all_rules(), n=1, cutoff=0.5)
    hint = f"did you mean `{near[0]}`?" if near else "`bilint rule` lists all rules"
    return UserError(f"unknown rule `{name}` {where}".rstrip(), hint)


def _matches(override: Override, path: str) -> bool:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(override.paths).match_file(path.lstrip("/"))
