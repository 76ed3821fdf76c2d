"""changed-code: code that differs from the original's in more than its comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set

from bilint.model import EVERYTHING, Bitext, Confidence, Finding, Severity
from bilint.reading.code import Code, CodeDifference, OriginalCode, code_differences
from bilint.rules import Context, Options, rule
from bilint.text.links import link_key
from bilint.text.listings import Change, change, changed_words, is_escaped

_MOST = 3
"""With more changed lines than this, a listing was revised rather than damaged."""
_AGAIN = 3
"""A name that is changed in so many places was renamed: another edition, or the translator's choice."""
_HIDDEN = "[email"
"""Converters save `[email protected]` for whatever looks like an address."""
_DETAILS = re.compile(r"\"[^\"]*\"|'[^']*'|[\d\"']+")
"""What is revised in a listing."""
_REVISED = frozenset({Change.LOST, Change.DIGIT, Change.REVISED})
_REWRITTEN = _REVISED | {Change.SLIP}
_COMMAND = ("/", "-", "$", "@")
"""What a command, an option or a variable begins with, of which there is no plural."""
_MARK = re.compile(r"[^\w\s]")
_QUOTES = str.maketrans("'`", '""')
_MARKS = re.compile(r"[\d\"'().,;:/\[\]{}]+")
"""What differs between ways to write a name."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/code",
    roles=EVERYTHING,
    messages={
        "differs": "code differs from the original: `{original}`",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A command, a name or a line of code is not the one of the original.

    ## Why
    One letter lost in a command, a full-width colon in a name, and what readers copy does not work. Reported is what
    looks like damage: marks of prose in code, a blank that parts a name, a letter or two of one word, capitals, a
    bracket that is gone, marks that became references of HTML; and, where nothing else differs in the code of the page,
    a lost option, one digit, the last letter of a command. Where other words or strings differ, more than three lines
    of a listing, or one name again and again, the code was revised: the confidence is low. Comments and strings are
    translated, so lines with Han are left alone; so are blanks beside brackets and operators, other line breaks, what
    converters leave in code, names that are shortened or written with other brackets, and what the original's code
    says elsewhere: there its slip was mended.

    ## Bad
    ```en
    Call `disconnect()` when the work is done.
    ```
    ```zh
    工作完成后调用 `disconnection()`。
    ```

    ## Good
    ```en
    Call `disconnect()` when the work is done.
    ```
    ```zh
    工作完成后调用 `disconnect()`。
    ```

    ## Source
    MQM 2.0, Design and markup.
    """
    found = [each for pair in context.pairs for each in code_differences(pair, bitext)]
    if not found:
        return
    page = _Page(found, OriginalCode(bitext.source), bitext)
    is_revised = None
    for each in found:
        confidence = _confidence(each, page)
        if confidence is Confidence.MEDIUM and _may_be_revised(each, page):
            is_revised = context.reading.edition is not None if is_revised is None else is_revised
            confidence = Confidence.LOW if is_revised else confidence
        if confidence is not None:
            yield context.finding(
                "differs",
                each.here.span,
                original=each.there.text,
                source=each.there.span,
                confidence=confidence,
                key=_key(each),
                suggestions=(each.there.text,),
            )


class _Page:
    """All that differs in the code of a page, and what there is to compare one difference with."""

    def __init__(self, found: list[CodeDifference], original: OriginalCode, bitext: Bitext) -> None:
        self.original = original
        self.bitext = bitext
        changed = (words for each in found for words in changed_words(each.there.plain, each.here.plain))
        self.renamed = Counter(changed)
        self._kinds = Counter(each.here.is_inline for each in found)

    def is_alone(self, found: CodeDifference) -> bool:
        """Whether it is the only difference in the listings of the page, or in its inlines: one slip, no revision."""
        return self._kinds[found.here.is_inline] == 1

    def is_swapped(self, there: str, here: str) -> bool:
        """Whether the translation has the one nowhere, and the original the other nowhere: neither was meant."""
        return there not in self.bitext.target.text and here not in self.bitext.source.text


def _confidence(found: CodeDifference, page: _Page) -> Confidence | None:
    """How sure it is that code was damaged; None where it was not, or a slip of the original was mended."""
    there, here, original = found.there, found.here, page.original
    if there.plain == here.plain:
        return Confidence.MEDIUM if is_escaped(here.text) and not is_escaped(there.text) else None
    what = change(there.plain, here.plain, original.words)
    if what is not Change.NONE and _is_small(what, found, page):
        return Confidence.MEDIUM
    is_said = what is not Change.OPEN and original.says(here.plain)
    if what is Change.NONE or original.is_torn(there, here) or is_said:
        return None
    words = changed_words(there.plain, here.plain)
    is_meant = what in _REWRITTEN and _is_meant(there, here)
    if is_meant and here.is_inline:
        return None
    if is_meant or (not _is_capitalised(words) and _is_revised(what, found, words, page)):
        return Confidence.LOW
    return Confidence.MEDIUM


def _is_revised(what: Change, found: CodeDifference, words: Set[tuple[str, str]], page: _Page) -> bool:
    """Whether too much differs for a slip, or one name again and again."""
    if what in _REVISED or found.lines > _MOST:
        return True
    return any(page.renamed[pair] >= _AGAIN or _is_known(pair, found.here, page.original) for pair in words)


def _is_small(what: Change, found: CodeDifference, page: _Page) -> bool:
    """Whether it is one small slip in a page whose other code is the original's: an option, a digit, a last letter."""
    there, here = found.there, found.here
    words = changed_words(there.plain, here.plain)
    if here.is_inline and not words and _is_written_alike(there.plain, here.plain):
        return here.text not in page.bitext.source.text
    if not page.is_alone(found):
        return False
    if what is Change.LOST:
        return not here.is_inline
    if what is Change.DIGIT:
        return all(page.is_swapped(*numbers) for numbers in words)
    is_command = here.is_inline and here.plain.startswith(_COMMAND) and there.plain[:-1] == here.plain
    return is_command and page.is_swapped(f"`{there.text}`", f"`{here.text}`")


def _is_capitalised(words: Set[tuple[str, str]]) -> bool:
    """Whether all that differs is that words of the code got capitals: a name was written as in prose."""
    return bool(words) and all(there.islower() and here.lower() == there for there, here in words)


def _is_written_alike(there: str, here: str) -> bool:
    """Whether the same words have as many marks between them, of which some differ: `2^^51` for `2**51`."""
    return (
        len(there) == len(here)
        and len(_MARK.findall(there)) > 1
        and there.translate(_QUOTES) != here.translate(_QUOTES)
    )


def _may_be_revised(found: CodeDifference, page: _Page) -> bool:
    """Whether it is no damage by its marks: in another edition of the original, it was changed on purpose."""
    return change(found.there.plain, found.here.plain, page.original.words) in _REVISED


def _is_known(words: tuple[str, str], here: Code, original: OriginalCode) -> bool:
    """Whether a word of a listing is another one that the original has: an inline may still take one for the other."""
    return not here.is_inline and words[0].lower() != words[1].lower() and words[1] in original.words


def _key(found: CodeDifference) -> str:
    """What one slip made in many lines has in common: the one word that differs; empty when more does."""
    words = changed_words(found.there.plain, found.here.plain)
    return " ".join(*words) if len(words) == 1 else ""


def _is_meant(there: Code, here: Code) -> bool:
    """Whether code may differ on purpose: revised strings and digits, a shorter name, another capital or language."""
    if _HIDDEN in there.plain:
        return True
    if here.plain.startswith(("/", "http")) and link_key(here.plain) == link_key(there.plain):
        return True
    ignored = _MARKS if here.is_inline else _DETAILS
    one, other = (ignored.sub("", code.plain) for code in (there, here))
    if one.lower().removesuffix("s") == other.lower().removesuffix("s") and len(one) != len(other):
        return True  # a plural
    return one.swapcase()[:1] + one[1:] == other or _is_part(one, other) or _is_part(other, one)


def _is_part(one: str, other: str) -> bool:
    """Whether one stands in the other, with no letter or digit before or behind it."""
    start = other.find(one)
    end = start + len(one)
    return start >= 0 and not other[max(start - 1, 0) : start].isalnum() and not other[end : end + 1].isalnum()
