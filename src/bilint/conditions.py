"""What decides, besides articles and originals, what is found: the program with all it is made of, and the settings."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bilint.cache import Config
from bilint.evidence import name_of, priors
from bilint.files import seal
from bilint.installed import installed_rules
from bilint.version import __version__

if TYPE_CHECKING:
    from bilint.plan import Plan
    from bilint.rules import Rule

_NAME = re.compile(r"[\w.-]+")
_IDLE = ("include", "exclude", "respect_gitignore", "fail_on", "baseline", "cache", "score")
"""Settings that say which articles are looked at, or what becomes of what is found in them."""


def config_of(plan: Plan) -> Config:
    """Return the digests under which results are kept."""
    settings = msgspec.to_builtins(plan.loaded.settings)
    whole = (
        program := _digest_of_program(),
        os.getcwd(),
        os.path.abspath(plan.loaded.root),
        {key: value for key, value in settings.items() if key.replace("-", "_") not in _IDLE},
        plan.baseline is not None,
        plan.glossary.digest,
        priors().digest,
        tuple(plan.selection.rules),
        tuple(map(name_of, plan.selection.counts)),
        plan.selection.renderer,
    )
    return Config(program, seal(msgspec.json.encode(whole, order="sorted")))


@cache
def _digest_of_program() -> str:
    """All files of bilint are read: in a checkout they change without a new version."""
    known = hashlib.blake2b(f"{__version__} {sys.implementation.cache_tag} {sys.version}".encode(), digest_size=16)
    for part in (*_libraries(), *_plug_ins(), *_files(Path(__file__).parent)):
        known.update(b"\0%b" % part)
    return known.hexdigest()


def _libraries() -> Iterator[bytes]:
    for line in sorted(requires("bilint") or ()):
        found = _NAME.match(line)
        if found and "extra ==" not in line:
            yield f"{found[0]} {version(found[0])}".encode()


def _plug_ins() -> Iterator[bytes]:
    """Yield what the rules of packages are made of: all of the package, whatever of it they use."""
    for name, rule in installed_rules()[0].items():
        yield name.encode()
        yield from _package_of(rule)


def _package_of(rule: Rule) -> Iterator[bytes]:
    top = rule.check.__module__.partition(".")[0]
    spec = find_spec(top)
    for place in spec.submodule_search_locations or () if spec else ():
        yield from _files(Path(place))
    if spec and spec.origin and not spec.submodule_search_locations:
        yield Path(spec.origin).read_bytes()


def _files(folder: Path) -> Iterator[bytes]:
    for place, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        for name in sorted(names):
            yield os.fsencode(os.path.relpath(os.path.join(place, name), folder))
            with open(os.path.join(place, name), "rb") as file:
                yield file.read()
