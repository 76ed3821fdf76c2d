"""Aligned sentences → proposals for a glossary, by counting what the lexicon's forms of a term and its neighbours take.

The lexicon says which words may be terms and which forms may stand for each; the project's sentences say which of them
it uses. Words that the lexicon does not know are aligned by their own company (`bilint.mining.unknown`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bilint.lexicon import Term, names_something, rendered, table
from bilint.lexicon.table import GRAMMAR
from bilint.mining.edges import whole_forms
from bilint.mining.unknown import unknown_words
from bilint.text.scripts import converted, has_han

_MOST_VERB, _LEAST_NOUN = 0.3, 0.1
"""A word is taken for a noun by how often the lexicon has it after "to" and pronouns, and after determiners."""
_LEAST_SHARE = 0.3
"""A form that has less of the uses that are said is not how a term is said."""
_APPROVED = 0.2
"""A form with so much of them is proposed beside the main one."""
_OF_ONE_CHARACTER = 0.4
"""A form of one character is a word only where published translations have it so often: 值, 树; not 父."""
_KEPT = 0.5
"""So much left in English is left on purpose."""
_EXAMPLES = 3
_SHORTEST, _LONGEST = 15, 240
"""Sentences of so many characters show how a term is used."""
_EVERYDAY_WORDS = (
    "bit case course deal example fact item kind lot moment note one order part place point post reason section sense "
    "set sort step thing time way while word"
)
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())


class Sentence(NamedTuple):
    """An English sentence and its translation as they are written, and the file of the translation."""

    english: str
    chinese: str
    path: str


class Example(NamedTuple):
    """One of the sentences with a term, and the form that stands for it there."""

    sentence: Sentence
    form: str


class Proposal(NamedTuple):
    """A term with its uses in the project, the forms that stand for it with how often each, the most frequent first.

    `kept` uses were left in English, `unsaid` ones have no form that could be told. `approved` are the forms to write
    into a glossary, the main one first; it is empty for a term that stays in English.
    """

    term: str
    uses: int
    kept: int
    unsaid: int
    forms: tuple[tuple[str, int], ...]
    approved: tuple[str, ...]
    examples: tuple[Example, ...]

    @property
    def said(self) -> int:
        """How many uses can be told."""
        return self.uses - self.unsaid

    @property
    def kept_share(self) -> float:
        """The share of the uses that can be told, 0 to 1, that were left in English."""
        return self.kept / max(self.said, 1)

    @property
    def is_kept(self) -> bool:
        """Whether the project leaves the term in English."""
        return self.kept_share >= _KEPT


def proposals(sentences: Sequence[Sentence], least: int, *, traditional: bool) -> Iterator[Proposal]:
    """Yield the terms with `least` uses and more that can be told, the most frequent first, then by name.

    Of sentences that say the same on both sides, the first counts; those left in English say nothing.
    """
    sentences = list({each[:2]: each for each in reversed(sentences) if has_han(each.chinese)}.values())[::-1]
    simple = [converted(each.chinese, "t2s") if traditional else each.chinese for each in sentences]
    uses: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, (sentence, chinese) in enumerate(zip(sentences, simple, strict=True)):
        for occurrence, form, _ in rendered(sentence.english, chinese):
            uses[occurrence.term.text].append((number, "" if form in GRAMMAR else form))
    known = {term: found for term, found in uses.items() if len(found) >= least and _is_term(term)}
    new = unknown_words([each.english for each in sentences], simple, least)
    whole = {term: whole_forms(found, simple, table().term(term)) for term, found in {**new, **known}.items()}
    made = [_proposal(term, found, sentences, table().term(term)) for term, found in whole.items()]
    mains = {each.term: each.approved[0] for each in made if each.approved}
    kept = (each for each in made if _is_settled(each, least) and not _says_its_head_only(each, mains))
    for each in sorted(kept, key=lambda each: (-each.said, each.term)):
        yield _in_traditional(each) if traditional else each


def _is_term(text: str) -> bool:
    term = table().term(text)
    if term is None or not names_something(text) or not _EVERYDAY.isdisjoint((text, text.rpartition(" ")[2])):
        return False
    return " " in text or (term.noun >= _LEAST_NOUN and term.verb <= _MOST_VERB) or term.kept_share >= _KEPT


def _proposal(text: str, uses: Sequence[tuple[int, str]], sentences: Sequence[Sentence], term: Term | None) -> Proposal:
    counts = Counter(form for _, form in uses)
    kept = sum(count for form, count in counts.items() if form and form.isascii())
    unsaid = counts.pop("", 0)
    forms = [(form, count) for form, count in counts.most_common() if not form.isascii() and _stands_alone(form, term)]
    forms.sort(key=lambda each: (-each[1], each[0]))
    told = len(uses) - unsaid
    main = [form for form, count in forms[:1] if count >= _LEAST_SHARE * (told - kept)]
    others = [form for form, count in forms[1:] if main and count >= _APPROVED * (told - kept)]
    is_kept = kept >= _KEPT * max(told, 1)
    approved = () if is_kept else (*main, *others)
    return Proposal(text, len(uses), kept, unsaid, tuple(forms), approved, tuple(_examples(uses, sentences, approved)))


def _stands_alone(form: str, term: Term | None) -> bool:
    return len(form) > 1 or term is None or term.share(form) >= _OF_ONE_CHARACTER


def _is_settled(proposal: Proposal, least: int) -> bool:
    return proposal.said >= least and bool(proposal.approved or proposal.is_kept)


def _says_its_head_only(proposal: Proposal, mains: Mapping[str, str]) -> bool:
    """Whether a compound seems to be said as one of its words: the rest of it was left in English, or was unsaid."""
    parts = proposal.term.split(" ")
    names = (
        " ".join(parts[a:b]) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1) if b - a < len(parts)
    )
    return bool(proposal.approved) and any(mains.get(name) == proposal.approved[0] for name in names)


def _examples(
    uses: Iterable[tuple[int, str]], sentences: Sequence[Sentence], approved: Sequence[str]
) -> Iterator[Example]:
    """The first sentence of each of the most frequent forms, then more of the main one."""
    fitting = [(n, form) for n, form in uses if form and _SHORTEST <= len(sentences[n].english) <= _LONGEST]
    firsts = {form: n for n, form in reversed(fitting)}
    chosen = [(firsts[form], form) for form in approved if form in firsts]
    chosen += [use for use in fitting if use not in chosen and (not approved or use[1] == approved[0])]
    for number, form in list(dict.fromkeys(chosen))[:_EXAMPLES]:
        yield Example(sentences[number], form)


def _in_traditional(proposal: Proposal) -> Proposal:
    forms = tuple((converted(form, "s2t"), count) for form, count in proposal.forms)
    return proposal._replace(forms=forms, approved=tuple(converted(form, "s2t") for form in proposal.approved))
