"""Term lists: found by name, read in whichever format, and joined; every complaint says file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bilint.files import is_file, read_bytes
from bilint.glossary.entries import Cells, joined, term_of
from bilint.glossary.exchanged import tbx_cells, tmx_cells
from bilint.glossary.glossary import Glossary
from bilint.glossary.tables import SEPARATED, csv_cells
from bilint.glossary.terms import Layer, Term
from bilint.glossary.toml import toml_cells
from bilint.messages import phrase
from bilint.model import UserError

ENDINGS = (*SEPARATED, ".toml", ".tbx", ".tmx")


class Listed(NamedTuple):
    """A list as it was read: its terms in order, and what is wrong with other entries."""

    name: str
    terms: tuple[Term, ...]
    faults: tuple[UserError, ...]


def load(names: Sequence[str], root: Path) -> Glossary:
    """Return the terms of all lists: files relative to `root` (`ENDINGS`), or names of shipped lists (`ai-ml`).

    A later list replaces the terms it shares with an earlier one. Raises UserError, with `file:line`, for a list
    that is missing, unreadable or malformed.
    """
    terms: dict[object, Term] = {}
    for name in names:
        listed = read(name, root)
        if listed.faults:
            raise listed.faults[0]
        terms |= {term.key: term for term in listed.terms}
    return Glossary(tuple(terms.values()))


def read(name: str, root: Path) -> Listed:
    """Return what a list says. Raises UserError when it is missing, or cannot be read at all."""
    path, shown = _locate(name, root)
    layer = Layer.OWN if shown == name else Layer.SHIPPED
    terms: dict[object, Term] = {}
    faults: list[UserError] = []
    for cells in _cells(path, shown):
        try:
            term = term_of(cells, layer)
            known = terms.get(term.key)
            terms[term.key] = joined(known, term, is_merged=cells.is_merged) if known else term
        except UserError as fault:
            faults.append(fault)
    return Listed(shown, tuple(terms.values()), tuple(faults))


def _cells(path: Path, shown: str) -> Iterator[Cells]:
    data = read_bytes(path, shown=shown)
    ending = path.suffix.lower()
    if ending == ".tbx":
        return tbx_cells(data, shown)
    if ending == ".tmx":
        return tmx_cells(data, shown)
    text = _decoded(data, shown)
    return toml_cells(text, shown) if ending == ".toml" else csv_cells(text, shown, SEPARATED[ending])


def _locate(name: str, root: Path) -> tuple[Path, str]:
    if name.lower().endswith(ENDINGS):
        if not is_file(root / name):
            raise UserError(
                "{name}: no such glossary file", "paths are relative to the folder of the settings file", name=name
            )
        return root / name, name
    shipped = _shipped()
    if name not in shipped:
        endings = ", ".join(ENDINGS[:-1])
        hint = phrase(
            "shipped glossaries: {names}; a file of your own ends in {endings} or {last}",
            names=", ".join(shipped),
            endings=endings,
            last=ENDINGS[-1],
        )
        raise UserError("{name}: no such glossary", hint, name=name)
    return shipped[name], shipped[name].name


def _shipped() -> Mapping[str, Path]:
    from importlib.resources import files

    folder = Path(str(files("bilint"))) / "glossaries"
    if not folder.is_dir():
        folder = Path(__file__).resolve().parents[3] / "glossaries"
    return {path.stem: path for path in sorted(folder.glob("*.csv"))}


def _decoded(data: bytes, shown: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(
            "{shown}:{line}: is not UTF-8", "save it as UTF-8 (in Excel: `CSV UTF-8`)", shown=shown, line=line
        ) from error
