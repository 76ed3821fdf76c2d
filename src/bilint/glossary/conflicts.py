"""What is wrong between the entries of lists that are well-formed, each by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bilint.glossary.english import English
from bilint.glossary.lists import Listed
from bilint.glossary.terms import Term
from bilint.messages import phrase
from bilint.model import Severity
from bilint.text.scripts import converted, in_big5, in_gb2312, is_han

_SHARED = 3
"""Two forms of one word begin with so many of the same letters."""


class Conflict(NamedTuple):
    """What is said of an entry: where (`file:line`), how bad it is, and what to do."""

    origin: str
    severity: Severity
    message: str
    hint: str


def conflicts(lists: Sequence[Listed]) -> Iterator[Conflict]:
    """Yield what is wrong in lists, in the order in which they have the last word: by list, then by kind and entry."""
    for listed in lists:
        yield from _of_script(listed.terms)
        yield from _same_english(listed.terms)
    yield from _shadowed(lists)
    terms = {term.key: term for listed in lists for term in listed.terms}
    yield from _forbidden_elsewhere(tuple(terms.values()))


def _shadowed(lists: Sequence[Listed]) -> Iterator[Conflict]:
    """Entries that replace those of an earlier list: what layers are for, but good to know."""
    known: dict[object, Term] = {}
    for listed in lists:
        for term in listed.terms:
            earlier = known.get(term.key)
            if earlier and earlier.origin != term.origin:
                what = phrase("`{term}` replaces {earlier}", term=term.source, earlier=earlier.origin)
                lost = [form for form in earlier.approved if form not in term.approved]
                hint = phrase("not approved any more: {forms}", forms=_named(lost)) if lost else ""
                yield Conflict(term.origin, Severity.INFO, what, hint)
            known[term.key] = term


def _same_english(terms: Sequence[Term]) -> Iterator[Conflict]:
    """Entries of one list that are one term in another number or spelling, and that agree in nothing."""
    groups: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        groups[term.words[0][:_SHARED]].append(term)
    for group in groups.values():
        for term in group if len(group) > 1 else ():
            others = English(other for other in group if other is not term and _are_rivals(term, other))
            for other, start, end in others.find(term.source):
                if (start, end) == (0, len(term.source)):
                    said = {"term": term.source, "other": other.source, "origin": other.origin}
                    what = phrase("`{term}` and `{other}` ({origin}) are one term with nothing in common", **said)
                    hint = phrase("approve one rendering in both, or join them")
                    yield Conflict(term.origin, Severity.WARNING, what, hint)


def _are_rivals(one: Term, two: Term) -> bool:
    return one.pos is two.pos and one.context == two.context and not _agree(one, two)


def _agree(one: Term, two: Term) -> bool:
    if one.keep or two.keep or not (one.approved and two.approved):
        return True
    return not set(one.right).isdisjoint(two.right)


def _forbidden_elsewhere(terms: Sequence[Term]) -> Iterator[Conflict]:
    """Renderings that one entry approves and another forbids, where the English of one is in that of the other."""
    forbidding: dict[str, list[tuple[Term, str]]] = defaultdict(list)
    for term in terms:
        for form, listed in term.wrong:
            forbidding[form].append((term, listed))
    for term in terms:
        for form in term.right:
            for other, listed in forbidding.get(form, ()):
                if _overlap(term.words, other.words) and term.context == other.context:
                    what = phrase(
                        "`{form}` is approved for `{term}`, and forbidden for `{other}` ({origin})",
                        form=listed,
                        term=term.source,
                        other=other.source,
                        origin=other.origin,
                    )
                    hint = phrase("a sentence with both terms cannot be right")
                    yield Conflict(term.origin, Severity.WARNING, what, hint)


def _overlap(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    return not set(one).isdisjoint(two)


def _of_script(terms: Sequence[Term]) -> Iterator[Conflict]:
    """Renderings with characters of the other script than most of the list."""
    characters = set().union(*(form for term in terms for form in term.approved))
    traditional, simplified = set(filter(_is_traditional, characters)), set(filter(_is_simplified, characters))
    if not traditional or not simplified:
        return
    is_mostly_simplified = len(simplified) >= len(traditional)
    odd, table = (traditional, "t2s") if is_mostly_simplified else (simplified, "s2t")
    for term in terms:
        for form in term.approved:
            if not odd.isdisjoint(form):
                what = phrase("`{form}` has Simplified characters in a list that is Traditional", form=form)
                if is_mostly_simplified:
                    what = phrase("`{form}` has Traditional characters in a list that is Simplified", form=form)
                hint = phrase("write `{form}`", form=converted(form, table))
                yield Conflict(term.origin, Severity.WARNING, what, hint)


def _is_traditional(char: str) -> bool:
    return is_han(char) and not in_gb2312(char) and converted(char, "t2s") != char


def _is_simplified(char: str) -> bool:
    return is_han(char) and in_gb2312(char) and not in_big5(char)


def _named(forms: Iterable[str]) -> str:
    return ", ".join(f"`{form}`" for form in forms)
