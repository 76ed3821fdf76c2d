"""Term lists in XML: TBX in all dialects of 2019 and before, and TMX as a source of terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bilint.glossary.entries import Cells
from bilint.glossary.languages import is_english, preferred
from bilint.glossary.renderings import Rendering, said_by
from bilint.glossary.words import split
from bilint.messages import phrase
from bilint.model import UserError
from bilint.text.scripts import han_count

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRIES = frozenset({"conceptEntry", "termEntry", "entry"})
_LANGUAGES = frozenset({"langSec", "langSet", "langGroup"})
_GROUPS = frozenset({"termSec", "tig", "ntig", "termGrp", "termGroup"})
_STATUS = frozenset({"administrativeStatus", "termStatus", "status", "normativeAuthorization"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_WORDS, _MOST_HAN = 4, 12
"""A unit of a translation memory that is no longer than this, and no sentence, is a term."""
_SENTENCE = re.compile(r"[.!?:;。！？：；，]\s*\Z")


def tbx_cells(data: bytes, shown: str) -> Iterator[Cells]:
    """Yield the concepts that have an English and a Chinese term. Raises UserError for what is no TBX, or has none."""
    found = False
    for entry in _root(data, shown).iter():
        if _name(entry) in _ENTRIES:
            for cells in _of_concept(entry, f"{shown}:{entry.sourceline}"):
                found = True
                yield cells
    if not found:
        raise UserError(
            "{shown}:1: no concept has an English and a Chinese term", "is it TBX, with `xml:lang`?", shown=shown
        )


def tmx_cells(data: bytes, shown: str) -> Iterator[Cells]:
    """Yield the units of a memory that are terms. Raises UserError for what is no TMX, or has none."""
    found = False
    for unit in _root(data, shown).iter("{*}tu"):
        sides = {tuv.get(_LANG, tuv.get("lang", "")): tuv for tuv in unit.iter("{*}tuv")}
        english, chinese = next(filter(is_english, sides), ""), preferred(sides)
        if english and chinese:
            term, form = (_text(sides[code].find("{*}seg")) for code in (english, chinese))
            if _is_term(term, form):
                found = True
                yield Cells(said_by(term, [Rendering(form)]), f"{shown}:{unit.sourceline}", is_merged=True)
    if not found:
        hint = phrase("units of up to {most} English words are terms", most=_MOST_WORDS)
        raise UserError("{shown}:1: no unit is a term in English and Chinese", hint, shown=shown)


def _root(data: bytes, shown: str) -> _Element:
    """The root of a document that says all it says itself: nothing is fetched, nothing is expanded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UserError(
            "{shown}:{line}: is not valid XML: {error}", shown=shown, line=error.lineno or 1, error=error.msg
        ) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and list(declared.iterentities()):  # type: ignore[union-attr]
        raise UserError("{shown}:1: declares entities", "write what they stand for into the text", shown=shown)
    return root


def _of_concept(entry: _Element, where: str) -> Iterator[Cells]:
    languages = {part.get(_LANG, part.get("lang", "")): part for part in entry if _name(part) in _LANGUAGES}
    english = [part for code, part in languages.items() if is_english(code)]
    chinese = languages.get(preferred(languages))
    renderings = [Rendering(text, status) for text, status, _ in _terms(chinese)] if chinese is not None else []
    stays = any(_kind(note) == "translation needed" and _text(note).lower() == "no" for note in entry.iter())
    domain, note = _first(entry, "subjectfield"), _first(entry, "note")
    for text, _, pos in (each for part in english for each in _terms(part)):
        kept = [Rendering(text)] if stays else []
        said = said_by(text, [*renderings, *kept], pos=pos, note=note, domain=domain)
        if said["approved"] or said["forbidden"] or said["keep"]:
            yield Cells(said, where, is_merged=True)


def _terms(language: _Element) -> Iterator[tuple[str, str, str]]:
    """The terms of a language: text, status, part of speech."""
    for term in language.iter("{*}term"):
        around = [each for each in term.iterancestors() if _name(each) in _GROUPS]
        notes = {_kind(note): _text(note) for note in (around[-1] if around else term).iter()}
        status = next((notes[kind.lower()] for kind in sorted(_STATUS) if kind.lower() in notes), "")
        text = _text(term)
        if text:
            yield text, status, notes.get("partofspeech", "")


def _first(entry: _Element, kind: str) -> str:
    return next((_text(note) for note in entry.iter() if _kind(note) == kind), "")


def _kind(note: _Element) -> str:
    """What a note is about: its type, or its name where the dialect has a tag for each kind."""
    return (note.get("type") or _name(note)).lower()


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text(element: _Element | None) -> str:
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""


def _is_term(term: str, form: str) -> bool:
    """Whether a unit is no sentence, and has a rendering, or stays as it is."""
    if not form or _SENTENCE.search(term) or _SENTENCE.search(form) or not 0 < len(split(term)[0]) <= _MOST_WORDS:
        return False
    return 0 < han_count(form) <= _MOST_HAN or form.lower() == term.lower()
