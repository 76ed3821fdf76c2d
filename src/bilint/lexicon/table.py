"""The shipped counts of how English terms are rendered in Chinese: `data/lexicon.tsv`, opened when first asked.

The file has, after a line that says where it comes from, one line for each English word that occurs in a term:
the word, then the terms that begin with it, separated by tabs (none for stop words and words only found inside terms).
A term is written `rest|uses|articles|kept|dropped|unclear|hit|base|agreement|verb|noun|forms`: `hit` in thousandths,
`base` in ten-thousandths, the three after it in hundredths, forms as `form:count`. A blank line, then the Chinese forms
and in how many sentences each stands. Only the lines of words that are asked for are ever decoded.
"""

from __future__ import annotations

import hashlib
import pkgutil
import re
from functools import cache
from itertools import repeat

from msgspec import Struct

SENTENCES = 556_084
"""How many Chinese sentences the counts of forms are of."""
LONGEST = 3
"""How many words a term has at most."""
_LEAST_SHARE, _LEAST_SHARE_OF_ONE = 0.008, 0.05
"""Forms with smaller shares are no sign that a term is said; `hit` and `base` were counted with these limits."""
_GRAMMAR = (
    "一 一个 上 下 不 与 个 中 为 之 也 了 他 以 们 会 你 使用 其 内 到 前 去 及 可以 后 和 在 地 它 对 将 就 并 得 您 "
    "我们 或 所 把 时 是 有 来 的 着 等 而 能够 被 要 让 请 过 还 这 进行 那 都 里"
)
GRAMMAR = frozenset(_GRAMMAR.split())
"""Forms that stand in any text, or are what Chinese grammar asks for: no sign that a term is said."""
_SECOND = re.compile(r"(?:^|\t)([^|\t ]+)")
_GLUE = re.compile("的|了(?!解)|.*(?<!目)的$")


class Form(Struct, frozen=True, gc=False):
    """One rendering of a term, with how often it was aligned with it and its share, 0 to 1, of the clear uses."""

    text: str
    count: int
    share: float


class Term(Struct, frozen=True, gc=False):
    """An English term and how it is rendered, counted over published human translations.

    `uses` and `articles` have it; of the uses, `kept` were left in English, `dropped` left unsaid, `unclear` not to be
    told. `forms` are the others, the most frequent first. `hit` is the chance, 0 to 1, that a translation of a sentence
    with the term has one of the `telling` forms or the term itself, `base` that any other sentence of 21 Han has; both
    are 0 for a term that tells nothing. `agreement` is the chance that two uses in an article have the same form, 0
    when not known. `verb` and `noun` are the shares of uses as a verb and after a determiner; 0 for terms of several
    words.
    """

    text: str
    uses: int
    articles: int
    kept: int
    dropped: int
    unclear: int
    hit: float
    base: float
    agreement: float
    verb: float
    noun: float
    forms: tuple[Form, ...]
    telling: tuple[Form, ...]

    @property
    def kept_share(self) -> float:
        """The share of the clear uses, 0 to 1, that translators leave in English."""
        return self.kept / max(self.uses - self.unclear, 1)

    @property
    def rendering(self) -> str:
        """The most frequent form that can stand as a suggestion, no glue at its edges; empty when there is none."""
        return next((form.text for form in self.forms if _stands_alone(form.text)), "")

    def share(self, form: str) -> float:
        """Return the share of the clear uses, 0 to 1, that `form` renders."""
        return next((each.share for each in self.forms if each.text == form), 0.0)


def _stands_alone(form: str) -> bool:
    return _GLUE.match(form) is None and (len(form) > 1 or form not in GRAMMAR)


class Table:
    """All terms; `digest` names the counts."""

    def __init__(self, written: bytes) -> None:
        self.digest = hashlib.sha256(written).hexdigest()
        heads, _, self._written_forms = written.partition(b"\n\n")
        # As bytes: decoding three megabytes of Chinese would take longer than all the rest.
        self._lines = dict(map(bytes.split, heads.split(b"\n")[1:], repeat(b"\t"), repeat(1)))
        self._heads: dict[str, dict[str, str]] = {}
        self._terms: dict[str, Term] = {}
        self._folds: dict[str, str] = {}
        self._sentences: dict[str, int] | None = None

    def has_word(self, word: str) -> bool:
        """Return whether a lower-cased English word occurs in any term, or is a stop word."""
        return word.encode() in self._lines

    def heads(self) -> tuple[str, ...]:
        """Return all words of the table, in its order."""
        return tuple(map(bytes.decode, self._lines))

    def fold(self, word: str) -> str:
        """Return a lower-cased English word without the ending of its plural, if the table has that word."""
        folded = self._folds.get(word)
        if folded is None:
            folded = self._folds[word] = self._fold(word.replace("’", "'"))
        return folded

    def _fold(self, word: str) -> str:
        if self.has_word(word):
            return word
        owned = word.removesuffix("'s")
        candidates = [owned] if owned != word else []
        if owned.endswith("s") and not owned.endswith("ss"):
            candidates += [owned[:-3] + "y"] if owned.endswith("ies") else []
            candidates.append(owned[:-1])  # before -es: sites are no sit
            candidates += [owned[:-2]] if owned.endswith("es") else []
        return next((form for form in candidates if self._is_term(form)), word)

    def _is_term(self, word: str) -> bool:
        """Whether a word alone is a term: it stands in its line as the cell in which nothing follows it."""
        line = self._lines.get(word.encode(), b"")
        return line.startswith(b"|") or b"\t|" in line

    def term(self, text: str) -> Term | None:
        """Return a term, lower-cased, its words folded and separated by one space; None when it is not known."""
        known = self._terms.get(text)
        if known is None:
            head, _, rest = text.partition(" ")
            written = self.beginning(head).get(rest) if rest else self._alone(head)
            if written is not None:
                known = self._terms[text] = _parsed(text, written)
        return known

    def _alone(self, word: str) -> str | None:
        """What is counted of a word alone: most words begin more terms than are ever asked for."""
        line = self._lines.get(word.encode(), b"")
        at = 0 if line.startswith(b"|") else line.find(b"\t|") + 1
        return line[at + 1 :].partition(b"\t")[0].decode() if line.startswith(b"|", at) else None

    def seconds(self, head: str) -> frozenset[str]:
        """Return the second words of the terms of several words that begin with a folded word."""
        return frozenset(_SECOND.findall(self._lines.get(head.encode(), b"").decode()))

    def beginning(self, head: str) -> dict[str, str]:
        """Return the terms that begin with a folded word: what follows it ("" for the word alone) → what is counted.

        As it is written in the table: common words begin hundreds of terms, and few of them are ever met.
        """
        found = self._heads.get(head)
        if found is None:
            cells = self._lines.get(head.encode(), b"").decode().split("\t")
            found = self._heads[head] = {rest: written for rest, _, written in (c.partition("|") for c in cells if c)}
        return found

    def sentences(self, form: str) -> int:
        """Return in how many of `SENTENCES` Chinese sentences a form of the table stands; 0 when not known."""
        if self._sentences is None:
            lines = self._written_forms.decode().split()
            self._sentences = {form: int(count) for form, _, count in (line.partition(":") for line in lines)}
        return self._sentences.get(form, 0)


def _parsed(text: str, columns: str) -> Term:
    *numbers, written = columns.split("|")
    uses, articles, kept, dropped, unclear, hit, base, agreement, verb, noun = (int(n or 0) for n in numbers)
    clear = max(uses - unclear, 1)
    pairs = ((form, int(count)) for form, _, count in (each.partition(":") for each in written.split()))
    forms = tuple(Form(form, count, count / clear) for form, count in pairs)
    telling = tuple(filter(_is_telling, forms)) if hit else ()
    shares = (agreement / 100, verb / 100, noun / 100)
    counts = (uses, articles, kept, dropped, unclear)
    return Term(text, *counts, hit / 1000, base / 10_000, *shares, forms, telling)


def _is_telling(form: Form) -> bool:
    return form.text not in GRAMMAR and form.share >= (_LEAST_SHARE if len(form.text) > 1 else _LEAST_SHARE_OF_ONE)


@cache
def table() -> Table:
    """Return the shipped table, opened once per process."""
    written = pkgutil.get_data("bilint", "data/lexicon.tsv")
    assert written is not None, "data/lexicon.tsv"
    return Table(written)
