"""Where a form begins and ends: a word that was cut is completed, and what grammar put at its edge is taken off."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from bilint.lexicon import Term
from bilint.text.scripts import is_han

_ALWAYS, _OFTEN = 0.9, 5
"""What stands beside a form in so much of so many sentences is part of the word."""
_A_WORD = 0.1
"""A form that is said for so much of a term's uses in published translations is no part of a word."""
_BEHIND, _BEFORE = "上中里内时为来在会是后前新被有", "的该其一本到给向从为"
"""What a sentence puts beside a word."""


def whole_forms(uses: Sequence[tuple[int, str]], chinese: Sequence[str], term: Term | None) -> list[tuple[int, str]]:
    """Return the uses of a term (numbers of sentences, forms) with each form as the word it is part of."""
    where: dict[str, list[int]] = defaultdict(list)
    for number, form in uses:
        where[form].append(number)
    rare = {form for form in where if form and not form.isascii() and term and term.share(form) < _A_WORD}
    whole = {form: _completed(form, [chinese[n] for n in where[form]]) if form in rare else form for form in where}
    known = {*whole.values(), *where, *((form.text for form in term.forms) if term else ())}
    bare = {form: _without_edges(full, known, term) for form, full in whole.items()}
    return [(number, bare[form]) for number, form in uses]


def _completed(form: str, texts: Sequence[str]) -> str:
    """The form with the characters that stand beside it nearly always."""
    while len(texts) >= _OFTEN:
        before, behind = (Counter(_beside(text, form, step) for text in texts) for step in (-1, 1))
        (left, lefts), (right, rights) = before.most_common(1)[0], behind.most_common(1)[0]
        if left and lefts >= _ALWAYS * len(texts):
            form = left + form
        elif right and rights >= _ALWAYS * len(texts):
            form += right
        else:
            break
        texts = [text for text in texts if form in text]
    return form


def _beside(text: str, form: str, step: int) -> str:
    at = text.find(form)
    place = at - 1 if step < 0 else at + len(form)
    found = text[place : place + 1] if at >= 0 and place >= 0 else ""
    return found if is_han(found) else ""


def _without_edges(form: str, known: set[str], term: Term | None) -> str:
    """The form without what a sentence put beside it; not where published translations have the longer one oftener."""
    for part in (form[:-1] if form.endswith((*_BEHIND,)) else "", form[1:] if form.startswith((*_BEFORE,)) else ""):
        if part in known and part and (term is None or term.share(part) >= term.share(form)):
            return part
    return form
