"""How translators treat an English word: left in English or rendered, in published translations and in this article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bilint.evidence import priors
from bilint.lexicon import Form, Term, table
from bilint.model import AlignedPair, Bitext, Document
from bilint.reading.search import is_in_traditional, prose_of
from bilint.text.scripts import converted

_SHARE = 0.03
"""A form of so many of a term's uses is one of its renderings."""
_SHARE_OF_ONE = 0.5
"""A form of one character stands in many other words."""


_RARE = 20
"""A word that few articles have (`add-on`, `worktree`) is known by its renderings, if so many uses can be told."""
_SAID_BY_MOST = 0.5
"""A form of so much of what is rendered at all is what a word means: `bug` is 错误, but `web` is 网页 or 网络."""


class Usage(NamedTuple):
    """How often published translations have a word, and how often they leave it in English."""

    uses: int
    kept: int

    @property
    def share(self) -> float:
        """The share of the uses, 0 to 1, that are left in English."""
        return self.kept / self.uses


def usage(word: str) -> Usage | None:
    """Return how a lower-cased word or its singular is treated, whichever is kept more often; None when not known.

    Who keeps `attribute` means the same when `attributes` stays.
    """
    known, term = priors(), term_of(word)
    clear = term.uses - term.unclear if term else 0
    if known.kept(word) is None and clear < _RARE:
        return None
    counted = [kept for form in spellings(word) if (kept := known.kept(form))]
    found = [Usage(uses, kept) for uses, kept, _ in counted]
    if term and clear > 0:
        found.append(Usage(clear, term.kept))
    return max(found, key=lambda each: each.share)


def spellings(word: str) -> tuple[str, ...]:
    """Return a lower-cased word, its singular and its plural: what is decided for one is for all."""
    singular = table().fold(word)
    return tuple(dict.fromkeys((word, singular, f"{singular}s")))


def term_of(text: str) -> Term | None:
    """Return the term of the lexicon for lower-cased words with blanks between them; None when it has none."""
    return table().term(" ".join(map(table().fold, text.split())))


def renderings(text: str, document: Document) -> tuple[str, ...]:
    """Return how lower-cased words are usually rendered, in the script of an article, the most frequent first."""
    term = term_of(text)
    return tuple(in_script_of(document, form.text) for form in term.forms if _is_usual(form)) if term else ()


def _is_usual(form: Form) -> bool:
    return form.share >= (_SHARE if len(form.text) > 1 else _SHARE_OF_ONE)


def in_script_of(document: Document, text: str) -> str:
    """Return Simplified `text` in the script of an article."""
    return converted(text, "s2t") if is_in_traditional(document) else text


def said_elsewhere(word: str, pair: AlignedPair, bitext: Bitext) -> int:
    """Return in how many other pairs a lower-cased word of the English is rendered and not kept."""
    forms, alone = renderings(word, bitext.target), _alone(word)
    found = 0
    for other in _with(alone, bitext):
        if other is not pair and other.source and other.target:
            text = "\n".join(block.prose.text for block in other.target)
            found += any(form in text for form in forms) and not alone.search(text)
    return found


def said_beside(word: str, pair: AlignedPair, target: Document) -> bool:
    """Return whether a pair says a lower-cased word in Chinese, and in English once more: both say the same.

    The English has it more often than the Chinese, and the Chinese has the form of most translations.
    """
    forms = [in_script_of(target, form) for form in _forms_of_most(word)]
    if not any(form in block.prose.text for form in forms for block in pair.target):
        return False
    here, there = (sum(_times(word, block.prose.text) for block in blocks) for blocks in (pair.target, pair.source))
    return 0 < here < there


@lru_cache(maxsize=256)
def _times(word: str, text: str) -> int:
    """How often a text has a word; asked of a paragraph for each time that the word was left in it."""
    return len(_alone(word).findall(text))


def has_one_rendering(word: str) -> bool:
    """Return whether most translations that render a lower-cased word say the same for it."""
    return bool(_forms_of_most(word))


def _forms_of_most(word: str) -> list[str]:
    term = term_of(word)
    if term is None:
        return []
    said = sum(form.count for form in term.forms)
    return [form.text for form in term.forms if len(form.text) > 1 and form.count >= _SAID_BY_MOST * said]


def _alone(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, spellings(word)))})(?![A-Za-z])", re.IGNORECASE)


def _with(pattern: re.Pattern[str], bitext: Bitext) -> Iterator[AlignedPair]:
    for number in prose_of(bitext.source).holding(pattern):
        pair = bitext.pair_of(bitext.source.blocks[number])
        if pair is not None:
            yield pair
