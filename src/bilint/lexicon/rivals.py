"""Which renderings of a term are two names for one thing: they share characters, and no sense lies between them.

What every limit is worth was measured by reading: 213 findings over 1,221 articles, 90 % of them true. One term in nine
has rivals: they are shipped as a list, `data/rivals.tsv`, which `scripts/generate.py` writes from the table.
"""

from __future__ import annotations

import pkgutil
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from bilint.lexicon.table import Form, Term, table

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
_HEAD = "# Terms with two names: the term, then the pairs of names; written by scripts/generate.py from lexicon.tsv"

Pairs = tuple[tuple[str, str], ...]


def rivals(text: str) -> Pairs:
    """Return the pairs of forms that are two names for what a term names, the more frequent first; mostly none."""
    return _shipped().get(text, ())


def with_rivals(words: Iterable[str], least: int) -> Iterator[str]:
    """Yield the terms with rivals whose words all stand `least` times or more among these, in the plural or not.

    The words are lower-cased, without hyphens and what follows an apostrophe; a text has no other terms so often.
    """
    uses, fold = Counter(words), table().fold
    for word in [word for word in uses if word.endswith("s")]:
        for form in {fold(word), fold(f"{word}'s")} - {word}:
            uses[form] += uses[word]
    frequent = {word for word, count in uses.items() if count >= least}
    by_word = _by_first_word()
    for word in by_word.keys() & frequent:
        for term, rest in by_word[word]:
            if frequent.issuperset(rest):
                yield term


@cache
def _shipped() -> Mapping[str, Pairs]:
    data = pkgutil.get_data("bilint", "data/rivals.tsv")
    assert data is not None
    rows = (line.split("\t") for line in data.decode("utf-8").split("\n")[1:-1])
    return {term: tuple((one, two) for one, _, two in (pair.partition("|") for pair in pairs)) for term, *pairs in rows}


@cache
def _by_first_word() -> Mapping[str, Sequence[tuple[str, Sequence[str]]]]:
    """The terms with rivals by their first word, with the others; of a word with hyphens its first part stands."""
    found: dict[str, list[tuple[str, Sequence[str]]]] = defaultdict(list)
    for term in _shipped():
        first, *rest = (word.partition("-")[0] for word in term.split(" "))
        found[first].append((term, rest))
    return found


def listed() -> Iterator[str]:
    """Yield the lines of the shipped list, made from the table."""
    yield _HEAD
    for head in table().heads():
        for rest in table().beginning(head):
            term = f"{head} {rest}" if rest else head
            if pairs := _compared(term):
                yield "\t".join((term, *map("|".join, pairs)))


def _compared(text: str) -> Pairs:
    """The pairs of forms of a term that are two names, by its counts."""
    term = table().term(text)
    if term is None or not names_something(text):
        return ()
    forms = [form for form in term.forms if len(form.text) > 1 and form.share >= _LEAST_MAIN and is_clean(form.text)]
    return tuple(_rivals(forms)) if len(forms) > 1 else ()


def _rivals(forms: list[Form]) -> Iterator[tuple[str, str]]:
    for one, two in combinations(forms, 2):
        if is_spelling(one.text, two.text) or (one.share >= _LEAST_OTHER and share_characters(one.text, two.text)):
            yield one.text, two.text


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
