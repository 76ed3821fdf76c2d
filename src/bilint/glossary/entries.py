"""One entry of a list → a term: what every format has in common, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from bilint.glossary.terms import Layer, PartOfSpeech, Term
from bilint.messages import phrase
from bilint.model import UserError

COLUMNS = ("term", "approved", "forbidden", "keep", "case", "note", "pos", "context", "domain")
SEPARATOR = "|"
_FLAGS = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}
_POS = {
    "": PartOfSpeech.ANY,
    "noun": PartOfSpeech.NOUN,
    "n": PartOfSpeech.NOUN,
    "propernoun": PartOfSpeech.NOUN,
    "name": PartOfSpeech.NOUN,
    "verb": PartOfSpeech.VERB,
    "v": PartOfSpeech.VERB,
    "adjective": PartOfSpeech.ADJECTIVE,
    "adj": PartOfSpeech.ADJECTIVE,
    "other": PartOfSpeech.OTHER,
}
_CAPITAL = re.compile("[A-Z]")


class Cells(NamedTuple):
    """An entry as the cells of a CSV line would say it, and where it stands (`file:line`).

    `is_merged` says that the format has one entry for each rendering, so that several of one term are no mistake.
    """

    said: Mapping[str, str]
    origin: str
    is_merged: bool = False


def term_of(cells: Cells, layer: Layer) -> Term:
    """Return the term that an entry speaks of. Raises UserError, with `file:line`, for one that makes no sense."""
    said, origin, _ = cells
    source = " ".join(said.get("term", "").split())
    if not source:
        raise UserError("{origin}: empty term", "write the English term, or remove the line", origin=origin)
    approved, forbidden = (_renderings(said, column, origin) for column in ("approved", "forbidden"))
    keep, case = (_flag(said, column, origin) for column in ("keep", "case"))
    if not (approved or forbidden or keep):
        hint = phrase("give an approved or a forbidden rendering, or set keep to yes")
        raise UserError("{origin}: nothing is said about `{source}`", hint, origin=origin, source=source)
    term = Term(
        source,
        approved,
        forbidden,
        keep,
        case or _is_acronym(source),
        said.get("note", "").strip(),
        origin,
        _part_of_speech(said, origin),
        tuple(word.lower() for word in _renderings(said, "context", origin)),
        said.get("domain", "").strip(),
        layer,
    )
    if not term.words:
        raise UserError(
            "{origin}: `{source}` has no Latin letter", "`term` is the English term", origin=origin, source=source
        )
    return _consistent(term)


def joined(known: Term, term: Term, *, is_merged: bool) -> Term:
    """Return two entries for one term as one. Raises UserError where a list has no reason to say it twice."""
    if not is_merged:
        hint = phrase("it is also at {origin}: join the two lines", origin=known.origin)
        raise UserError("{origin}: duplicate term `{source}`", hint, origin=term.origin, source=term.source)
    both = replace(
        known,
        approved=tuple(dict.fromkeys((*known.approved, *term.approved))),
        forbidden=tuple(dict.fromkeys((*known.forbidden, *term.forbidden))),
        keep=known.keep or term.keep,
        note=known.note or term.note,
    )
    return _consistent(both)


def _consistent(term: Term) -> Term:
    both = [form for form in term.forbidden if form in term.approved]
    if both:
        what = phrase(
            "{origin}: `{both}` is both approved and forbidden for `{source}`",
            origin=term.origin,
            both=both[0],
            source=term.source,
        )
        raise UserError(what, "remove it from one")
    return term


def _is_acronym(source: str) -> bool:
    return source.isupper() and len(_CAPITAL.findall(source)) > 1


def _renderings(said: Mapping[str, str], column: str, origin: str) -> tuple[str, ...]:
    cell = said.get(column, "").strip()
    if not cell:
        return ()
    forms = [form.strip() for form in cell.split(SEPARATOR)]
    if "" in forms or "｜" in cell:
        what = phrase("{origin}: `{cell}` in `{column}` cannot be split", origin=origin, cell=cell, column=column)
        raise UserError(what, "separate renderings by one half-width `|`")
    return tuple(dict.fromkeys(forms))


def _flag(said: Mapping[str, str], column: str, origin: str) -> bool:
    cell = said.get(column, "").strip()
    flag = _FLAGS.get(cell.lower())
    if flag is None:
        raise UserError(
            "{origin}: `{cell}` in `{column}` is neither yes nor no",
            "write `yes` or leave it empty",
            origin=origin,
            cell=cell,
            column=column,
        )
    return flag


def _part_of_speech(said: Mapping[str, str], origin: str) -> PartOfSpeech:
    cell = said.get("pos", "").strip()
    pos = _POS.get(cell.lower().replace(" ", ""))
    if pos is None:
        hint = phrase("parts of speech are noun, verb, adjective, other")
        raise UserError("{origin}: `{cell}` in `pos` is no part of speech", hint, origin=origin, cell=cell)
    return pos


def check_name(name: str, where: str, kind: str) -> None:
    """Raise UserError, with what was probably meant, unless entries have a column or key of this name."""
    if name not in COLUMNS:
        import difflib

        near = difflib.get_close_matches(name, COLUMNS, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"{kind}s are {', '.join(COLUMNS)}, separated by commas"
        raise UserError("{where}: unknown {kind} `{name}`", hint, where=where, kind=kind, name=name)
