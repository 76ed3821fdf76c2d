"""The terms that an article decides for itself, in comments: `<!-- bilint-term token: 词元 | !代币 -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.glossary.entries import SEPARATOR, Cells, joined, term_of
from bilint.glossary.glossary import Glossary
from bilint.glossary.terms import Layer, Term
from bilint.messages import phrase
from bilint.model import Document, Span, UserError

_COMMENT = re.compile(r"\s*bilint-term\b(.*)", re.DOTALL)
_SAID = re.compile(r"(\s[^:：]*)[:：](.*)", re.DOTALL)
_KEPT = "keep"
_HINT = phrase("write `<!-- bilint-term token: 词元 | !代币 -->`, or `keep` for a term that stays in English")


def with_own_terms(glossary: Glossary, document: Document) -> Glossary:
    """Return the glossary that holds in an article: its comments have the last word.

    Raises UserError, with `path:line`, for a comment that makes no sense.
    """
    if not any("bilint-term" in comment for _, comment in document.comments):
        return glossary
    terms: dict[object, Term] = {}
    for cells in _cells(document):
        term = term_of(cells, Layer.ARTICLE)
        known = terms.get(term.key)
        terms[term.key] = joined(known, term, is_merged=False) if known else term
    return glossary.and_then(terms.values())


def _cells(document: Document) -> Iterator[Cells]:
    for offset, comment in document.comments:
        found = _COMMENT.fullmatch(comment)
        if found is None:
            continue
        where = f"{document.path}:{document.place(Span(offset, offset)).line}"
        said = _SAID.fullmatch(found[1])
        if said is None or not said[1].strip():
            raise UserError("{where}: `bilint-term` names no term and rendering", _HINT, where=where)
        forms = [form.strip() for form in said[2].split(SEPARATOR)]
        approved = [form for form in forms if form != _KEPT and not form.startswith("!")]
        forbidden = [form[1:].strip() for form in forms if form.startswith("!")]
        if "" in approved or "" in forbidden:
            raise UserError("{where}: `bilint-term` has an empty rendering", _HINT, where=where)
        cells = {
            "term": said[1],
            "approved": SEPARATOR.join(approved),
            "forbidden": SEPARATOR.join(forbidden),
            "keep": "yes" if _KEPT in forms else "",
        }
        yield Cells(cells, where)
