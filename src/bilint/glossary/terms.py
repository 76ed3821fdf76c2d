"""Terms, and finding them: English ones by words, forbidden Chinese ones as plain strings."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from bilint.text.scripts import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_LETTER = r"[0-9A-Za-z_\u00c0-\u024f]"
_WORD = re.compile(rf"https?://[!-~]+|{_LETTER}+(?:\.{_LETTER}+)*[+#]*")
_GAPS = frozenset(" -\u00a0\u2010\u2011")
_INSIDE_WORD = re.compile(r"[0-9A-Za-z]{2}")
_INFLECTIONS = tuple(
    (re.compile(pattern), ending)
    for pattern, ending in (
        (r"\Z", "s"),
        (r"(?:(?<=[sxz])|(?<=[cs]h))\Z", "es"),
        (r"(?<=[^aeiou])y\Z", "ies"),
        (r"(?<=s)is\Z", "es"),
        (r"[ei]x\Z", "ices"),
        (r"(?<=corp)us\Z", "ora"),
        (r"(?:(?<=[iy][sz])|(?<=at))e\Z", "ed"),
        (r"(?:(?<=[iy][sz])|(?<=at))e\Z", "ing"),
        (r"(?<=if)y\Z", "ied"),
        (r"(?<=if)y\Z", "ying"),
    )
)
"""Endings of the last word; verb endings only for words that are hardly nouns: `prompted` is not the term `prompt`."""


class Term(Struct, frozen=True):
    """An English term, its renderings, and where the list says so (`origin`, `file:line`).

    `keep` means the English word may stand in the Chinese text, and must when nothing is approved.
    """

    source: str
    approved: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    keep: bool = False
    case_sensitive: bool = False
    note: str = ""
    origin: str = ""

    def is_rendered_in(self, text: str) -> bool:
        """Return whether `text` has an approved rendering, or the English term when it may be kept."""
        squeezed = _squeeze(text).casefold()
        if any(_squeeze(form).casefold() in squeezed for form in self.approved):
            return True
        return self.keep and any(Glossary((self,)).in_source(text))


class _Form(Struct, frozen=True):
    """A way to write a term: what stands between its words, and its words when their case counts."""

    term: Term
    gaps: tuple[str, ...]
    cased: tuple[str, ...]

    def fits(self, text: str, words: Sequence[re.Match[str]]) -> bool:
        if not self.gaps and not self.cased:
            return True
        if self.cased and self.cased != tuple(word[0] for word in words):
            return False
        gaps = [text[a.end() : b.start()] for a, b in pairwise(words)]
        return all(
            gap in _GAPS or gap.isspace() or gap.replace("’", "'") == own
            for gap, own in zip(gaps, self.gaps, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms with what is needed to find them; `digest` changes when anything a report shows does."""

    terms: tuple[Term, ...] = ()
    digest: str = field(init=False)
    _forms: Mapping[tuple[str, ...], tuple[_Form, ...]] = field(init=False, repr=False, compare=False)
    _lengths: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)
    _forbidden: Mapping[str, tuple[tuple[Term, str], ...]] = field(init=False, repr=False, compare=False)
    _covers: Mapping[str, re.Pattern[str]] = field(init=False, repr=False, compare=False)
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forms = _index(self.terms)
        forbidden = _forbidden(self.terms)
        derived = {
            "digest": _digest(self.terms),
            "_forms": forms,
            "_lengths": _lengths(forms),
            "_forbidden": forbidden,
            "_covers": _covers(forbidden, self.terms),
            "_pattern": _any_of(forbidden) if forbidden else None,
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def in_source(self, text: str) -> Iterator[tuple[Term, int, int]]:
        """Yield the terms in English prose with start and end, in order; the longest wins, none overlap."""
        words = list(_WORD.finditer(text))
        lower = [word[0].lower() for word in words]
        done = 0
        for at, first in enumerate(lower):
            if at < done or first not in self._lengths:
                continue
            form = self._longest(text, words, lower, at)
            if form is not None:
                done = at + len(form.gaps) + 1
                yield form.term, words[at].start(), words[done - 1].end()

    def forbidden_in(self, text: str) -> Iterator[tuple[Term, str, int, int]]:
        """Yield (term, forbidden rendering as listed, start, end) in Chinese prose, in order.

        A place comes once for each term that forbids it. A rendering inside a longer approved one (模型 in 大模型) is
        passed over. Whether the English has the term is for the caller to say.
        """
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            key = _squeeze(match[0])
            if not (_cuts_word(text, match) or self._is_covered(text, key, match)):
                for term, form in self._forbidden[key]:
                    yield term, form, match.start(), match.end()

    def _longest(self, text: str, words: list[re.Match[str]], lower: list[str], at: int) -> _Form | None:
        for size in self._lengths[lower[at]]:
            for form in self._forms.get(tuple(lower[at : at + size]), ()):
                if form.fits(text, words[at : at + size]):
                    return form
        return None

    def _is_covered(self, text: str, key: str, match: re.Match[str]) -> bool:
        cover = self._covers.get(key)
        if cover is None:
            return False
        reach = len(cover.pattern)
        around = cover.finditer(text, max(0, match.start() - reach), match.end() + reach)
        return any(longer.start() <= match.start() and match.end() <= longer.end() for longer in around)


def split(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a term and what stands between them."""
    words = list(_WORD.finditer(text))
    gaps = (text[a.end() : b.start()] for a, b in pairwise(words))
    return tuple(word[0] for word in words), tuple(gap.replace("’", "'") for gap in gaps)


def _spellings(source: str) -> Iterator[str]:
    """Yield the term as listed, with -ise for -ize, and with its hyphens closed up (`finetuning`)."""
    for spelling in dict.fromkeys((source, re.sub(r"iz(?=[aei])", "is", source))):
        yield spelling
        if "-" in spelling:
            yield spelling.replace("-", "")


def _inflections(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    *front, last = words
    for pattern, ending in _INFLECTIONS:
        inflected, count = pattern.subn(ending, last, count=1)
        if count:
            yield (*front, inflected)


def _index(terms: Iterable[Term]) -> dict[tuple[str, ...], tuple[_Form, ...]]:
    """Return the forms by their lower-case words; what a list spells out goes before what is derived."""
    listed: dict[tuple[str, ...], list[_Form]] = {}
    derived: list[tuple[Term, tuple[str, ...], tuple[str, ...]]] = []
    for term in terms:
        for number, spelling in enumerate(_spellings(term.source)):
            words, gaps = split(spelling)
            if number == 0:
                _add(listed, term, words, gaps)
            else:
                derived.append((term, words, gaps))
            derived.extend((term, inflected, gaps) for inflected in _inflections(words))
    for term, words, gaps in derived:
        _add(listed, term, words, gaps)
    return {key: tuple(forms) for key, forms in listed.items()}


def _add(forms: dict[tuple[str, ...], list[_Form]], term: Term, words: tuple[str, ...], gaps: tuple[str, ...]) -> None:
    key = tuple(word.lower() for word in words)
    forms.setdefault(key, []).append(_Form(term, gaps, words if term.case_sensitive else ()))


def _lengths(forms: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """Return, for each first word, how many words the forms that start with it have, longest first."""
    sizes: dict[str, set[int]] = {}
    for words in forms:
        sizes.setdefault(words[0], set()).add(len(words))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


@cache
def _script_edge() -> re.Pattern[str]:
    # Takes long to compile, and few runs have a glossary.
    return re.compile(rf"(?<=[{HAN}])\s*(?=[!-~])|(?<=[!-~])\s*(?=[{HAN}])")


def _squeeze(text: str) -> str:
    """Return the text without the spaces some set between Han and Latin."""
    return _script_edge().sub("", text)


def _forbidden(terms: Iterable[Term]) -> dict[str, tuple[tuple[Term, str], ...]]:
    found: dict[str, tuple[tuple[Term, str], ...]] = {}
    for term in terms:
        for form in term.forbidden:
            key = _squeeze(form)
            found[key] = (*found.get(key, ()), (term, form))
    return found


def _covers(forbidden: Iterable[str], terms: Iterable[Term]) -> dict[str, re.Pattern[str]]:
    """Return, for each forbidden rendering, what matches the approved ones that contain it."""
    approved = list(dict.fromkeys(_squeeze(form) for term in terms for form in term.approved))
    longer = {key: [form for form in approved if key in form and form != key] for key in forbidden}
    return {key: _any_of(forms) for key, forms in longer.items() if forms}


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_literal(form) for form in sorted(forms, key=lambda form: (-len(form), form))))


def _literal(form: str) -> str:
    """Return a pattern for a rendering, with a space or none between Han and Latin."""
    return r"\s?".join(re.escape(part) for part in _script_edge().split(form))


def _cuts_word(text: str, match: re.Match[str]) -> bool:
    """Return whether the match starts or ends inside a Latin word; a look-around would make the search slow."""
    return any(at and _INSIDE_WORD.match(text, at - 1) for at in match.span())


def _digest(terms: Iterable[Term]) -> str:
    rows = sorted([t.source, *map(list, (t.approved, t.forbidden)), t.keep, t.case_sensitive, t.note] for t in terms)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()[:12]
