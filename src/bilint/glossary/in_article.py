"""The terms that an article decides for itself, in its front matter or in comments.

A field `bilint-terms` with `token: 词元 | !代币` for each term, or `<!-- bilint-term token: 词元 | !代币 -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.glossary.entries import SEPARATOR, Cells, joined, term_of
from bilint.glossary.glossary import Glossary
from bilint.glossary.terms import Layer, Term
from bilint.messages import phrase
from bilint.model import Document, Kind, Span, UserError

_COMMENT = re.compile(r"\s*bilint-term\b(.*)", re.DOTALL)
_SAID = re.compile(r"(\s[^:：]*)[:：](.*)", re.DOTALL)
_FIELD = "bilint-terms"
_KEPT = "keep"
_HINT = phrase("write `<!-- bilint-term token: 词元 | !代币 -->`, or `keep` for a term that stays in English")


def with_own_terms(glossary: Glossary, document: Document) -> Glossary:
    """Return the glossary that holds in an article: what it says itself has the last word.

    Raises UserError, with `path:line`, for a term that makes no sense.
    """
    said = [*_in_fields(document), *_in_comments(document)]
    if not said:
        return glossary
    terms: dict[object, Term] = {}
    for name, forms, offset in said:
        where = f"{document.path}:{document.place(Span(offset, offset)).line}"
        term = term_of(_cells(name, forms, where), Layer.ARTICLE)
        known = terms.get(term.key)
        terms[term.key] = joined(known, term, is_merged=False) if known else term
    return glossary.and_then(terms.values())


def _in_fields(document: Document) -> Iterator[tuple[str, str, int]]:
    """Yield the terms of the front matter with their renderings, and where they stand; several in a list are one."""
    found: dict[str, tuple[list[str], int]] = {}
    for block in document.blocks:
        if block.kind is not Kind.FIELD:
            break
        if block.info == _FIELD:
            name, forms = _parted(f" {block.content}")
        elif block.info.startswith(f"{_FIELD}."):
            name, forms = block.info[len(_FIELD) + 1 :], block.content
        else:
            continue
        found.setdefault(name, ([], block.span.start))[0].append(forms)
    for name, (all_forms, offset) in found.items():
        yield name, SEPARATOR.join(all_forms), offset


def _in_comments(document: Document) -> Iterator[tuple[str, str, int]]:
    for offset, comment in document.comments:
        found = _COMMENT.fullmatch(comment) if "bilint-term" in comment else None
        if found is not None:
            yield *_parted(found[1]), offset


def _parted(text: str) -> tuple[str, str]:
    """Part ` term: renderings`, which begins with a blank; both are empty for what is neither."""
    said = _SAID.fullmatch(text)
    return (said[1].strip(), said[2]) if said else ("", "")


def _cells(name: str, written: str, where: str) -> Cells:
    if not name:
        raise UserError("{where}: `bilint-term` names no term and rendering", _HINT, where=where)
    forms = [form.strip() for form in written.split(SEPARATOR)]
    approved = [form for form in forms if form != _KEPT and not form.startswith("!")]
    forbidden = [form[1:].strip() for form in forms if form.startswith("!")]
    if "" in approved or "" in forbidden:
        raise UserError("{where}: `bilint-term` has an empty rendering", _HINT, where=where)
    cells = {
        "term": name,
        "approved": SEPARATOR.join(approved),
        "forbidden": SEPARATOR.join(forbidden),
        "keep": "yes" if _KEPT in forms else "",
    }
    return Cells(cells, where)
