"""English words in prose: finding them and folding their inflections."""

from __future__ import annotations

from collections.abc import Callable

_LETTERS = bytes(byte if byte in b"abcdefghijklmnopqrstuvwxyz" else ord(" ") for byte in range(256))
FUNCTION_WORDS = frozenset(
    "a about after all also an and any are as at be because been but by can could did do does each for from had has have "
    "he her his how i if in into is it its just more most no not of on one only or other our out over she should so some "
    "such than that the their them then there these they this those to under up was we were what when where which while "
    "who why will with would you your".split()
)


def words(text: str) -> list[str]:
    """Return the lower-cased English words of `text`, in order; what follows an apostrophe counts as a word of its own."""
    # Blanking all other bytes and splitting is faster than a regular expression, and whole books go through here.
    return text.lower().encode("utf-8", "surrogatepass").translate(_LETTERS).decode("ascii").split()


def folded(word: str, known: Callable[[str], bool]) -> str:
    """Return the first of `word` and its uninflected forms that is `known`, else `word`."""
    if known(word):
        return word
    for form in _base_forms(word):
        if known(form):
            return form
    return word


def _base_forms(word: str) -> tuple[str, ...]:
    if len(word) < 4:
        return ()
    if word.endswith("ies"):
        return (word[:-3] + "y",)
    if word.endswith("es"):
        return (word[:-1], word[:-2])
    if word.endswith("s"):
        return (word[:-1],)
    if word.endswith("ing") and len(word) > 5:
        return _stems(word[:-3])
    if word.endswith("ed") and len(word) > 4:
        return (word[:-1], *_stems(word[:-2]))
    if word.endswith("ly") and len(word) > 5:
        return (word[:-2],)
    return ()


def _stems(stem: str) -> tuple[str, ...]:
    doubled = (stem[:-1],) if len(stem) > 3 and stem[-1] == stem[-2] else ()
    return (stem, stem + "e", *doubled)
