"""The fragments that site generators give headings, by the rule of each.

GitHub, Docusaurus, Astro, VitePress, VuePress, MkDocs, pymdownx, Sphinx and MyST are checked against their own code
(tests/unit/test_text_slugs.py). Hugo, Jekyll, kramdown, mdBook and MDN follow what they document and publish: none of
them has a slugger on npm or PyPI to ask. Explicit ids (`{#id}`) are the caller's: they come first everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from typing import NamedTuple


class Generator(StrEnum):
    """What turns headings into fragments; one with options is one member for each setting in use."""

    GITHUB = "github"
    DOCUSAURUS = "docusaurus"
    ASTRO = "astro"
    VITEPRESS = "vitepress"
    VUEPRESS = "vuepress"
    MKDOCS = "mkdocs"
    MKDOCS_UNICODE = "mkdocs-unicode"
    PYMDOWN = "pymdown"
    SPHINX = "sphinx"
    MYST = "myst"
    HUGO = "hugo"
    JEKYLL = "jekyll"
    KRAMDOWN = "kramdown"
    MDBOOK = "mdbook"
    MDN = "mdn"


class _Repeats(NamedTuple):
    """How a slug that is taken is made another: the mark before the number, the first number, what empty ones become.

    `resumes`: a slug that ends in a number is counted on (`a_1` → `a_2`), and an empty one is taken from the start.
    `blind`: the numbered slug is not looked up, and may be the same as another heading's.
    """

    mark: str = "-"
    first: int = 1
    empty: str = ""
    resumes: bool = False
    blind: bool = False


class _Style(NamedTuple):
    slug: Callable[[str], str]
    repeats: _Repeats


class Slugger:
    """Gives the headings of one page their fragments, in order; `taken` are the explicit ids of the page."""

    def __init__(self, generator: Generator, taken: Iterable[str] = ()) -> None:
        self._generator = generator
        self._style = _STYLES[generator]
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def slug(self, heading: str) -> str:
        """Return the fragment of the next heading: its text as shown, without mark-up; empty where it gets none."""
        slug, repeats = self._style.slug(heading), self._style.repeats
        if not slug and self._generator is Generator.MYST:
            return slug
        if self._generator is Generator.SPHINX:
            return self._sphinx(slug)
        slug = slug or repeats.empty
        free = self._counted(slug) if repeats.blind else self._free(slug)
        self._taken.add(slug if repeats.blind else free)
        return free

    def _counted(self, slug: str) -> str:
        count = self._next.get(slug, 0)
        self._next[slug] = count + 1
        return f"{slug}{self._style.repeats.mark}{count}" if count else slug

    def _free(self, slug: str) -> str:
        mark, first, _, resumes, _ = self._style.repeats
        if slug not in self._taken and (slug or not resumes):
            return slug
        numbered = _NUMBERED.fullmatch(slug) if resumes else None
        base, start = (numbered[1], int(numbered[2]) + 1) if numbered else (slug, first)
        number = self._next.get(slug, start)
        while (free := f"{base}{mark}{number}") in self._taken:
            number += 1
        self._next[slug] = number + 1
        return free

    def _sphinx(self, slug: str) -> str:
        """A heading without letters of ASCII, and every repeated one, is counted through the page: `id1`, `id2`."""
        while not slug or slug in self._taken:
            self._next[""] = self._next.get("", 0) + 1
            slug = f"id{self._next['']}"
        self._taken.add(slug)
        return slug


def slugs(headings: Iterable[str], generator: Generator, taken: Iterable[str] = ()) -> list[str]:
    """Return the fragments of a page's headings, in order, repeated ones numbered as the generator does.

    A heading is its text as shown, without mark-up, code spans without their backticks. `taken` are the explicit ids
    of the page. A heading that gets no fragment has an empty one.
    """
    slugger = Slugger(generator, taken)
    return [slugger.slug(heading) for heading in headings]


def guesses(heading: str) -> set[str]:
    """Return every fragment that some generator gives a heading which is not repeated."""
    return {slug for make in _SLUGS if (slug := make(heading))}


def may_be(fragment: str, heading: str) -> bool:
    """Return whether `fragment` is among the `guesses`; most are what the first generator makes."""
    return bool(fragment) and any(make(heading) == fragment for make in _SLUGS)


_NUMBERED = re.compile(r"(.*)_([0-9]{1,9})")
_WORD = frozenset(("Nd", "Nl", "Pc"))
_CIRCLED_LETTERS = re.compile("[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]")
"""Symbols by category, letters by the property Alphabetic."""


@cache
def _is_word(char: str) -> bool:
    """Whether Ruby's class Word, which GitHub goes by, has the character: letters, marks, digits, connectors."""
    category = unicodedata.category(char)
    return category[0] in "LM" or category in _WORD or _CIRCLED_LETTERS.match(char) is not None


def _github(heading: str) -> str:
    kept = (char for char in heading.lower() if char in "- " or _is_word(char))
    return "".join(kept).replace(" ", "-")


_COMBINING = re.compile("[\u0300-\u036f]")
_CONTROL = re.compile("[\x00-\x1f]")
_SPECIAL = re.compile(r"""[\s\ufeff~`!@#$%^&*()\-_+=\[\]{}|\\;:"'“”‘’<>,.?/]+""")
_FIRST_DIGIT = re.compile(r"^([0-9])")


def _vitepress(heading: str) -> str:
    """Compatibility forms are decomposed first, so ，：（） become dashes and 、。《》 stay."""
    plain = _CONTROL.sub("", _COMBINING.sub("", unicodedata.normalize("NFKD", heading)))
    return _FIRST_DIGIT.sub(r"_\1", _SPECIAL.sub("-", plain).strip("-")).lower()


_NO_WORD_OR_SPACE = re.compile(r"[^\w\s-]")
_DASHES_AND_SPACES = re.compile(r"[-\s]+")


def _mkdocs_unicode(heading: str) -> str:
    return _DASHES_AND_SPACES.sub("-", _NO_WORD_OR_SPACE.sub("", heading).strip().lower())


def _mkdocs(heading: str) -> str:
    return _mkdocs_unicode(_ascii(heading))


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")


_TAG = re.compile(r"</?[^>]*>")
_NO_WORD = re.compile(r"[^\w\- ]")


def _pymdown(heading: str) -> str:
    """The setting that Material for MkDocs recommends: `slugify(case="lower")`."""
    text = _TAG.sub("", unicodedata.normalize("NFC", heading)).strip().lower()
    return _NO_WORD.sub("", text).replace(" ", "-")


_LIGATURES = {"ß": "sz", "æ": "ae", "œ": "oe", "ȸ": "db", "ȹ": "qp"}
_STROKED = dict(zip("øđħıłŧƀƃƈƌƒƙƚƞƥƫƭƴƶǥȥȴȵȶȷȼȿɀɇɉɋɍɏ", "odhiltbbcdfklnpttyzgzlntjcszejqry", strict=True))
_PLAIN_LETTERS = str.maketrans({**_LIGATURES, **_STROKED})
_NO_ID = re.compile("[^a-z0-9]+")
_NO_ID_AT_ENDS = re.compile("^[-0-9]+|-+$")


def _docutils(heading: str) -> str:
    """ASCII letters and digits that start with a letter; nothing is left of Chinese."""
    name = " ".join(heading.lower().split())
    return _NO_ID_AT_ENDS.sub("", _NO_ID.sub("-", _ascii(name.translate(_PLAIN_LETTERS)).strip()))


def _myst(heading: str) -> str:
    """Python's idea of a word: unlike GitHub's it has ² and ①, and lacks combining marks."""
    return _NO_WORD.sub("", heading.lower().replace(" ", "-"))


def _hugo(heading: str) -> str:
    """`autoHeadingIDType = "github"`, the default: letters, decimal digits, `_`; marks go, unlike on GitHub."""
    kept = (char for char in heading.strip() if char in "-_ " or unicodedata.category(char) == "Nd" or char.isalpha())
    return "".join(kept).replace(" ", "-").lower()


def _jekyll(heading: str) -> str:
    """The parser of kramdown for GitHub's Markdown, the default of Jekyll."""
    return _github(heading.replace("\t", " "))


_BEFORE_LETTERS = re.compile("^[^a-zA-Z]+")
_NO_KRAMDOWN = re.compile("[^a-zA-Z0-9 -]")


def _kramdown(heading: str) -> str:
    return _NO_KRAMDOWN.sub("", _BEFORE_LETTERS.sub("", heading)).replace(" ", "-").lower()


def _mdbook(heading: str) -> str:
    kept = ("-" if char.isspace() else char for char in heading.strip() if char.isspace() or _is_mdbook(char))
    return "".join(kept).lower()


@cache
def _is_mdbook(char: str) -> bool:
    """Whether Rust's `is_alphanumeric` has the character, or it is `-` or `_`."""
    category = unicodedata.category(char)
    return char in "-_" or category[0] in "LN" or category == "Mc" or _CIRCLED_LETTERS.match(char) is not None


_NO_MDN = re.compile(r"""[<>"$#%&+,/:;=?@\[\]^`{|}~')(\\]""")
_SPACES = re.compile("[ \t\n\f\r]+")


def _mdn(heading: str) -> str:
    return _SPACES.sub("_", _NO_MDN.sub("", heading).strip().lower())


_STYLES: dict[Generator, _Style] = {
    Generator.GITHUB: _Style(_github, _Repeats()),
    Generator.DOCUSAURUS: _Style(_github, _Repeats()),
    Generator.ASTRO: _Style(_github, _Repeats()),
    Generator.VITEPRESS: _Style(_vitepress, _Repeats()),
    Generator.VUEPRESS: _Style(_vitepress, _Repeats()),
    Generator.MKDOCS: _Style(_mkdocs, _Repeats(mark="_", resumes=True)),
    Generator.MKDOCS_UNICODE: _Style(_mkdocs_unicode, _Repeats(mark="_", resumes=True)),
    Generator.PYMDOWN: _Style(_pymdown, _Repeats(mark="_", resumes=True)),
    Generator.SPHINX: _Style(_docutils, _Repeats()),
    Generator.MYST: _Style(_myst, _Repeats()),
    Generator.HUGO: _Style(_hugo, _Repeats(empty="heading")),
    Generator.JEKYLL: _Style(_jekyll, _Repeats(blind=True)),
    Generator.KRAMDOWN: _Style(_kramdown, _Repeats(empty="section", blind=True)),
    Generator.MDBOOK: _Style(_mdbook, _Repeats()),
    Generator.MDN: _Style(_mdn, _Repeats(mark="_", first=2, empty="sect1")),
}
_SLUGS = tuple(dict.fromkeys(style.slug for style in _STYLES.values()))
"""What generators make of headings: several make the same."""
