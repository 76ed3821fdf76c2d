"""Whether English words of Chinese prose are names, code or glosses, by what stands around them and in the original."""

from __future__ import annotations

from collections.abc import Sequence

from bilint.model import AlignedPair, Article, Document, Kind, Span
from bilint.reading.beside_names import is_command, is_label, is_noun_beside, joins_names, names_in
from bilint.reading.english import Run, code_word, declared, identifiers, in_address, is_only_part
from bilint.reading.half_terms import half_term
from bilint.reading.kept import has_one_rendering
from bilint.reading.leftover import Leftover
from bilint.reading.search import prose_of, words_of_code
from bilint.text.naming import (
    NAMES_OF_CODE,
    is_amid_chinese,
    is_bracketed,
    is_called,
    is_code,
    is_gloss,
    is_headword,
    is_listed,
    is_named,
    is_named_in_english,
    is_set,
    is_used,
)
from bilint.text.words import FUNCTION_WORDS, words

_SENTENCE = 2
"""With so many function words around it, a word is a part of a sentence left in English."""
NEVER_A_NAME = 0.005
"""Words that published translations keep less often than this are used for what they mean, whatever follows them."""
ORDINARY = 0.02
"""Words kept less often than this are as a rule no names, though a noun of naming follows by chance."""


def is_overlooked(
    run: Run, items: Sequence[Leftover], pair: AlignedPair, kept: Sequence[Span], article: Article
) -> bool:
    """Return whether words of a run that nobody has decided to keep stand there by mistake.

    A run is a lone word, two ordinary words, a term, or an ordinary word beside names (`Linux kernel`); `kept` are the
    places of what a glossary keeps.
    """
    names = names_in(run, kept)
    told = sum(len(item.word.split()) for item in items)
    if not items or len(items) > 2 or told + len(names) < len(run.words):
        return False
    if is_label(run) and not is_noun_beside(run, items, article):
        return False
    if names and any(item.word in FUNCTION_WORDS for item in items):
        return joins_names(run, items, article)
    if any(is_command(names, item, article) for item in items):
        return False
    return not _is_meant(run, items, pair, article)


def _is_meant(run: Run, items: Sequence[Leftover], pair: AlignedPair, article: Article) -> bool:
    """Whether the words of a run are a name, code, a gloss, or a part of something longer."""
    text, start, end = run.block.prose.text, run.start, run.end
    is_marked = is_code(text, start, end) or is_bracketed(text, start, end) or is_headword(text, start, end)
    if is_marked or in_address(run, [item.head for item in items]):
        return True
    if sum(word in FUNCTION_WORDS for word in words(text[slice(*run.around)])) >= _SENTENCE:
        return True
    if run.block.kind is Kind.CELL and any(item.word in NAMES_OF_CODE for item in items):
        return True
    share = max(item.usage.share for item in items)
    if share > NEVER_A_NAME and (is_listed(text, start, end) or is_set(text, end)):
        return True
    if _is_a_name(items, pair, article):
        return True
    is_half = len(items) == 1 and half_term(run, items[0], pair, article.target) != ""
    return not is_half and _is_called(run, items, pair)


def _is_called(run: Run, items: Sequence[Leftover], pair: AlignedPair) -> bool:
    """Whether the Chinese around the words calls them something; of ordinary words the English has to do so as well."""
    text, start, end = run.block.prose.text, run.start, run.end
    is_called_here = is_named(text, start, end) or is_used(text, start, end)
    if max(item.usage.share for item in items) > ORDINARY:
        return is_called_here or is_gloss(text, start, end, [form for item in items for form in item.renderings])
    if is_called_here:
        english = " ".join(block.prose.text for block in pair.source)
        return any(item.word in NAMES_OF_CODE or is_named_in_english(item.word, english) for item in items)
    return is_gloss(text, start, end, ())


def _is_a_name(items: Sequence[Leftover], pair: AlignedPair, article: Article) -> bool:
    """Whether the article uses a lone word as a name in code, or calls it a command or so, or the English does."""
    if len(items) > 1:
        return False
    word, target, is_rarely_kept = items[0].word, article.target, items[0].usage.share <= ORDINARY
    if not identifiers(target).isdisjoint(_with_singular(word)) or is_only_part(word, pair.source):
        return True
    if is_called(word, prose_of(target).text):
        return not is_rarely_kept or (
            article.bitext is not None and is_named_in_english(word, prose_of(article.bitext.source).text)
        )
    in_english = (code_word(inline) for block in pair.source for inline in block.inlines)
    return not is_rarely_kept and (word in declared(target) or word in in_english)


def _with_singular(word: str) -> tuple[str, ...]:
    """The word and its singular: the `refs` of an article about `ref()` are named after it."""
    return (word, word.removesuffix("s"))


def may_be_a_name(run: Run, item: Leftover, *, most: float) -> bool:
    """Return whether a lone word may be a name after all, or part of one: it has a capital, or other words beside it.

    Beside other words it is ordinary only where it ends them and translators keep it in no larger share than `most`.
    """
    if not run.block.prose.text[item.start : item.end].islower():
        return True
    return len(run.words) > 1 and not item.is_phrase and (item.usage.share > most or item.end != run.end)


def may_be_code(run: Run, item: Leftover, target: Document, *, is_beside: bool) -> bool:
    """Return whether a word may name something of a program: it is such a word, or stands alone and in the code."""
    if item.word in NAMES_OF_CODE and (item.usage.share > ORDINARY or is_beside):
        return True
    is_alone = len(run.words) == 1 and item.usage.share > NEVER_A_NAME
    return is_alone and item.word in words_of_code(target)


def stands_plainly(run: Run, item: Leftover, target: Document) -> bool:
    """Return whether a word in small letters stands alone between Chinese words, and no code of the article has it.

    It has one rendering on which most translations agree: a word of several meanings may be a term of any of them.
    """
    text = run.block.prose.text
    if (item.start, item.end) != (run.start, run.end) or not text[run.start : run.end].islower():
        return False
    if item.word in NAMES_OF_CODE or not has_one_rendering(item.word):
        return False
    is_between = is_amid_chinese(text, run.start, run.end)
    return is_between and words_of_code(target).isdisjoint(_with_singular(item.word))
