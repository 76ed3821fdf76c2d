"""Which renderings of a term are two names for one thing: they share characters, and no sense lies between them.

What every limit is worth was measured by reading: 213 findings over 1,221 articles, 90 % of them true. One term in nine
has rivals: they are shipped as a list, `data/rivals.tsv`, which `scripts/generate.py` writes from the table. A line has
two letters, then the terms whose forms have them, by the rarest letters of their forms: those of a text lead to the few
terms that may be said in two ways in it, five of 3,899 in an article.
"""

from __future__ import annotations

import pkgutil
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import chain, combinations, pairwise, repeat
from typing import NamedTuple

from bilint.lexicon.table import Form, Term, table
from bilint.text.scripts import beyond_ascii, letter_pairs, numbers_of

_LEAST_OTHER, _LEAST_MAIN = 0.045, 0.02
"""Rarer forms are as often wrongly aligned as they are drift."""
_MOST_VERB = 0.3
"""Verbs change their renderings with their objects."""
_TAKEN_FOR = "板版 帐账 扩拓 象像 录陆 阈阀 部布 做作 份分 决绝"
_SPELLINGS = tuple(map(frozenset, _TAKEN_FOR.split()))
"""Characters that are taken for one another: 模板, 模版."""
_LIGHT = re.compile("[的之了着地得一个所及和与或中]|进行")
"""What grammar asks for: forms that differ in it only are one name (重新同步, 重新进行同步)."""
_DIRT = ("实际上", "事实上", "一下", "以下", "下面", "下列", "这", "那", "哪")
_DIRT_FIRST = tuple("当该将把被让")
_DIRT_LAST = ("之处", *"来内上里时")
_GENERIC_WORDS = (
    "above actual additional another available below best better big both case certain common current day desired "
    "different each early easy either entire every example extra fact fastest few final first following full general "
    "good great himself highest huge important itself large largest last late later latest left less longest lowest "
    "main major many minor month more most much multiple necessary needed new next normal numerous old ordinary other "
    "own particular people possible potential previous real remaining required right same second several shortest "
    "simple single small smallest specific such themselves thing third time typical various way week whole year"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())
"""A term that begins or ends with one of these is said as the sentence asks for."""
_FUNCTION_WORDS = (
    "a about after all an and any are as at be before between but by can do for from has have if in into is it "
    "its no not of off on or our out over than that the their then this to up was we were when will with you your"
)
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
_ADVERBIAL = "scratch"
"""Stands in "from scratch" mostly, which is said as the sentence asks for."""
_TERM_IN_LY_WORDS = "anomaly assembly curly daily family hourly monthly reply supply weekly yearly"
_TERM_IN_LY = frozenset(_TERM_IN_LY_WORDS.split())
_TERM_LIKE_WORDS = (
    "access bed business class embed feed forest guest harvest interest manifest need process request seed speed "
    "status success test thread"
)
_TERM_LIKE = frozenset(_TERM_LIKE_WORDS.split())
"""Words with the ending of an adjective that are none."""
_ENDINGS = ("est", "ful", "less", "ly", "ed")
_OF_PLACE = "-wide"
_HEAD = "# Terms with two names, by two letters of these; written by scripts/generate.py from lexicon.tsv"


class Rivals(NamedTuple):
    """Two forms that are two names for what a term names, the more frequent first."""

    term: str
    one: str
    two: str

    @property
    def letters(self) -> frozenset[str]:
        """The letters of both forms, two by two."""
        forms = map(beyond_ascii, (self.one, self.two))
        return frozenset(one + two for form in forms for one, two in pairwise(form))


def rivals_in(text: str) -> Iterator[Rivals]:
    """Yield the rivals that both stand in a text in Simplified characters, in no order."""
    letters = letter_pairs(text)
    for two_letters in letters & _listed():
        for needed, rivals in _with(two_letters):
            if needed <= letters and rivals.one in text and rivals.two in text:
                yield rivals


@cache
def _shipped() -> Mapping[int, str]:
    """The lines of the shipped list by their letters, as `in_pairs` has them: few are ever met."""
    data = pkgutil.get_data("bilint", "data/rivals.tsv")
    assert data is not None
    letters, rest = zip(*map(str.split, data.decode("utf-8").split("\n")[1:-1], repeat("\t"), repeat(1)), strict=True)
    return dict(zip(numbers_of(letters), rest, strict=True))


@cache
def _listed() -> frozenset[int]:
    return frozenset(_shipped())  # two sets are met at once, of a mapping each key is looked up


@cache
def _with(two_letters: int) -> Sequence[tuple[Set[int], Rivals]]:
    """The rivals that are listed under two letters, with all that a text needs to have both."""
    rivals = [Rivals(*written.split("|")) for written in _shipped()[two_letters].split("\t")]
    return [(frozenset(numbers_of(each.letters)), each) for each in rivals]


def listed() -> Iterator[str]:
    """Yield the lines of the shipped list, made from the table."""
    yield _HEAD
    rivals = list(_compared())
    uses = Counter(chain.from_iterable(each.letters for each in rivals))
    found: dict[str, list[Rivals]] = defaultdict(list)
    for each in rivals:
        found[min(each.letters, key=lambda letters: (uses[letters], letters))].append(each)
    for two_letters in sorted(found):
        yield "\t".join((two_letters, *map("|".join, sorted(found[two_letters]))))


def _compared() -> Iterator[Rivals]:
    """The pairs of forms that are two names for a term, by its counts."""
    for head in table().heads():
        for rest in table().beginning(head):
            term = table().term(f"{head} {rest}" if rest else head)
            if term is not None and names_something(term.text):
                forms = [each for each in term.forms if len(each.text) > 1 and each.share >= _LEAST_MAIN]
                yield from _rivals(term.text, [each for each in forms if is_clean(each.text)])


def _rivals(term: str, forms: list[Form]) -> Iterator[Rivals]:
    for one, two in combinations(forms, 2):
        if is_spelling(one.text, two.text) or (one.share >= _LEAST_OTHER and share_characters(one.text, two.text)):
            yield Rivals(term, one.text, two.text)


def may_vary_to(term: Term, main: str, other: str) -> bool:
    """Return whether `other` is frequent enough to be a name of `term`, and no accident of counting."""
    return term.share(other) >= _LEAST_OTHER or is_spelling(main, other)


def verbness(text: str) -> float:
    """Return the share of uses, 0 to 1, in which the last word of a term is a verb."""
    last = table().term(text.rpartition(" ")[2])
    return last.verb if last else 0.0


def names_something(text: str) -> bool:
    """Return whether a term may name a thing: no verb, no adjective that the sentence bends, no everyday edge."""
    words = text.split(" ")
    if (
        "'" in text
        or text == _ADVERBIAL
        or not _GENERIC.isdisjoint((words[0], words[-1]))
        or not _FUNCTION.isdisjoint(words)
    ):
        return False
    if words[0].endswith("ly") and words[0] not in _TERM_IN_LY:
        return False
    return verbness(text) <= _MOST_VERB and not _is_attribute(words[-1])


def _is_attribute(word: str) -> bool:
    if word in _TERM_LIKE or word in _TERM_IN_LY:
        return False
    if word.startswith("un") and len(word) > len("until"):
        return True
    return (word.endswith(_ENDINGS) and "-" not in word) or word.endswith(_OF_PLACE)


def is_clean(form: str) -> bool:
    """Return whether a form is a name alone, without a word that stands beside it: 该文件."""
    return not (form.startswith(_DIRT_FIRST) or form.endswith(_DIRT_LAST) or any(part in form for part in _DIRT))


def share_characters(one: str, two: str) -> bool:
    """Return whether two forms share half of their characters and are no shortening or rearrangement of one another."""
    one, two = _LIGHT.sub("", one), _LIGHT.sub("", two)
    shorter, longer = sorted((len(one), len(two)))
    if shorter < 2 or longer < 3 or one in two or two in one or sorted(one) == sorted(two):
        return False
    shared = common_length(one, two)
    return shared >= 2 and 2 * shared >= shorter


def common_length(one: str, two: str) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(two) + 1)
    for a in one:
        before, row = row, [0]
        for number, b in enumerate(two):
            row.append(before[number] + 1 if a == b else max(before[number + 1], row[-1]))
    return row[-1]


def is_spelling(one: str, two: str) -> bool:
    """Return whether two forms differ in one character that is taken for another: 帐户, 账户."""
    if len(one) != len(two):
        return False
    differing = [frozenset((a, b)) for a, b in zip(one, two, strict=True) if a != b]
    return len(differing) == 1 and differing[0] in _SPELLINGS
