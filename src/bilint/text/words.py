"""English words in prose: finding them and folding their inflections."""

from __future__ import annotations

from collections.abc import Callable

_LETTERS = b"".join(char if char.isalpha() else b" " for char in (bytes([byte]).lower() for byte in range(256)))
_CASED = b"".join(char if char.isalpha() else b" " for char in (bytes([byte]) for byte in range(256)))
_WORD_CHARACTERS = b"".join(char if char.isalnum() else b" " for char in (bytes([byte]).lower() for byte in range(256)))
_FUNCTION_WORDS = (
    "a about after all also an and any are as at be because been but by can could did do does each for from had has "
    "have he her his how i if in into is it its just more most no not of on one only or other our out over she should "
    "so some such than that the their them then there these they this those to under up was we were what when where "
    "which while who why will with would you your"
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split(" "))


def words(text: str) -> list[str]:
    """Return the lower-cased English words of `text`, in order; what follows an apostrophe is a word of its own."""
    # Blanking all other bytes and splitting is faster than a regular expression, and whole books go through here.
    return text.encode("ascii", "replace").translate(_LETTERS).decode("ascii").split()


def words_as_written(text: str) -> list[str]:
    """Return the English words of `text`, in order, with their capitals; see `words`."""
    return text.encode("ascii", "replace").translate(_CASED).decode("ascii").split()


def latin(text: str) -> str:
    """Return the ASCII letters and digits of `text`, lower-cased, with a space for each byte of all else in UTF-8."""
    return text.encode("utf-8", "surrogatepass").translate(_WORD_CHARACTERS).decode("ascii")


def folded(word: str, known: Callable[[str], bool]) -> str:
    """Return the first of `word` and its uninflected forms that is `known`, else `word`."""
    if known(word):
        return word
    for form in _base_forms(word):
        if known(form):
            return form
    return word


def _base_forms(word: str) -> tuple[str, ...]:
    """What the word may be an inflection of, the likeliest first; nothing for words too short to tell."""
    for ending, shortest, forms in _INFLECTIONS:
        if word.endswith(ending):
            return forms(word[: -len(ending)]) if len(word) >= shortest else ()
    return ()


def _stems(stem: str) -> tuple[str, ...]:
    doubled = (stem[:-1],) if len(stem) > 3 and stem[-1] == stem[-2] else ()
    return (stem, stem + "e", *doubled)


_INFLECTIONS: tuple[tuple[str, int, Callable[[str], tuple[str, ...]]], ...] = (
    ("ies", 4, lambda stem: (stem + "y",)),
    ("es", 4, lambda stem: (stem + "e", stem)),
    ("s", 4, lambda stem: (stem,)),
    ("ing", 6, _stems),
    ("ed", 5, lambda stem: (stem + "e", *_stems(stem))),
    ("ly", 6, lambda stem: (stem,)),
)
