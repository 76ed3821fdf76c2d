"""Which rules run on which paths, with which options."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from bilint.ignored import patterns
from bilint.installed import installed_rules
from bilint.messages import phrase
from bilint.misfits import near, place
from bilint.model import Confidence, Severity, UserError
from bilint.own import PREFIX, own_rules
from bilint.renderers import guess
from bilint.rules import Count, Options, Rule, all_rules
from bilint.settings import convert_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bilint.settings import Loaded, Override, Settings


class _Common(msgspec.Struct, frozen=True, rename="kebab"):
    """What every `[rules.NAME]` table may set besides the rule's own options."""

    severity: Severity | None = None
    confidence: Confidence | None = None


class Active(msgspec.Struct, frozen=True):
    """A rule that runs, as configured for a path."""

    rule: Rule
    options: Options
    severity: Severity | None
    confidence: Confidence | None


class Selection:
    """The active rules for each path; everything the settings say of rules is validated when this is made."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self.renderer = loaded.settings.renderer or guess(loaded.root)
        installed, self.problems = installed_rules()
        self.rules: Mapping[str, Rule] = dict(sorted((all_rules() | installed | own_rules(loaded)).items()))
        """All rules that there are for the project, by name: ours, those of packages, its own."""
        self._known: dict[tuple[int, ...], tuple[Active, ...]] = {}
        for table, names in _mentioned(loaded.settings):
            for name in names:
                if name not in self.rules:
                    where = place(loaded.file, f"{table}.{name}")
                    raise unknown_rule(name, where, self.rules)
        for tables in (loaded.settings.rules, *(override.rules for override in loaded.settings.overrides)):
            for name, options in tables.items():
                self._configured(self.rules[name], dict(options))

    def for_path(self, path: str) -> tuple[Active, ...]:
        """Return the active rules for the article in a file, sorted by name."""
        overrides = self._loaded.settings.overrides
        relative = _relative(path, self._loaded.root) if overrides else path
        return self.for_overrides(tuple(n for n, override in enumerate(overrides) if _matches(override, relative)))

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """What the rules count that are active for some path, each once, in the order of the rules."""
        settings = self._loaded.settings
        chosen = {*settings.select, *(name for override in settings.overrides for name in override.select or ())}
        active = (rule for name, rule in self.rules.items() if "all" in chosen or name in chosen)
        return tuple(dict.fromkeys(c for rule in active if rule.name not in settings.ignore for c in rule.counts))

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
        for name, rule in self.rules.items():
            if name in ignore or ("all" not in select and name not in select):
                continue
            table: dict[str, Any] = dict(settings.rules.get(name, {}))
            for override in overrides:
                table |= override.rules.get(name, {})
            yield self._configured(rule, table)

    def _configured(self, rule: Rule, table: dict[str, Any]) -> Active:
        file, keys = self._loaded.file, _Common.__struct_encode_fields__
        common = {str(key): table.pop(key) for key in keys if key in table}
        shared = convert_options(common, _Common, rule.name, file)
        if "renderer" in rule.options.__struct_encode_fields__ and self.renderer:
            table.setdefault("renderer", self.renderer.value)
        options = convert_options(table, rule.options, rule.name, file, beside=keys)
        return Active(rule, options, shared.severity, shared.confidence)


def _mentioned(settings: Settings) -> Iterable[tuple[str, Iterable[str]]]:
    """Yield the tables and keys that name rules, as dotted paths, with the names."""
    yield "select", (name for name in settings.select if name != "all")
    yield "ignore", settings.ignore
    yield "rules", settings.rules
    for number, override in enumerate(settings.overrides):
        yield f"overrides[{number}].select", (name for name in override.select or () if name != "all")
        yield f"overrides[{number}].ignore", override.ignore
        yield f"overrides[{number}].rules", override.rules


def check_names(names: Iterable[str], where: str) -> None:
    """Raise UserError, which begins with `where`, for the first name that is neither a rule's nor `all`."""
    for name in names:
        # Which checks the project has is known when its settings are read.
        if name not in all_rules() | installed_rules()[0] and name != "all" and not name.startswith(PREFIX):
            raise unknown_rule(name, where)


def unknown_rule(name: str, where: str = "", known: Iterable[str] = ()) -> UserError:
    """Return the error for a rule name that does not exist, with the nearest one that does; `where` is its place."""
    hint = near(name, known or all_rules(), phrase("`bilint rule` lists all rules"))
    if not where:
        return UserError("unknown rule `{name}`", hint, name=name)
    return UserError("{where}: unknown rule `{name}`", hint, where=where, name=name)


def _relative(path: str, root: Path) -> str:
    full, top = Path(path).absolute(), root.absolute()
    return full.relative_to(top).as_posix() if full.is_relative_to(top) else path


def _matches(override: Override, path: str) -> bool:
    return patterns(override.paths).match_file(path.lstrip("/"))
