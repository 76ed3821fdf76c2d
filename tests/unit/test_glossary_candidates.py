"""Terms are found in one pass, and are those that are found where each word of a text is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilint.glossary import Term
from bilint.glossary.candidates import Candidates
from bilint.glossary.english import English
from bilint.glossary.terms import PartOfSpeech
from bilint.glossary.words import WORD

_WORDS = (
    "run ran index indices analysis analyses file files filing copy copies built build C++ node.js CI state-of-the-art "
    "İstanbul a.b https://x.y/run http buses bus address addresses people person committed commit stop stopping API"
)
WORDS = st.sampled_from(_WORDS.split())
GAPS = st.sampled_from([" ", " ", " ", "-", "  ", "\n", "\u00a0", "\u2010", " - ", "/", "’", "'", ", ", "\t", "#"])
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(["", "", "s", "ing"]), GAPS), max_size=14).map(
    lambda parts: re.sub(r"(//[!-~]+)(?=[^\x00-\x7f])", r"\1 ", "".join(map("".join, parts)))
)
TERMS = st.lists(
    st.builds(
        Term,
        st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=3).map(
            lambda p: " ".join("".join(map("".join, p)).split())
        ),
        st.just(("x",)),
        pos=st.sampled_from(PartOfSpeech),
        case_sensitive=st.booleans(),
    ),
    max_size=8,
)


class _EachWord(Candidates):
    """Looks at each word of a text for terms of any length."""

    def __call__(self, text: str) -> Iterator[tuple[int, tuple[int, ...]]]:
        return ((match.start(), tuple(range(12, 0, -1))) for match in WORD.finditer(text))


@settings(max_examples=300)
@given(TERMS, TEXTS, st.sampled_from([str, str.title, str.upper]))
def test_what_is_found_is_what_looking_at_each_word_finds(terms: list[Term], text: str, written: type[str]) -> None:
    slow = English(terms)
    slow.__dict__["_candidates"] = _EachWord({})
    cased = written(text)
    assert list(English(terms).find(cased)) == list(slow.find(cased))


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        (
            "source code",
            "Source\u00a0code, source-code and source  code",
            ["Source\u00a0code", "source-code", "source  code"],
        ),
        ("index", "Its indices are an indexed reindex.", ["indices"]),
        ("analysis", "Two analyses, one analysis.", ["analyses", "analysis"]),
        ("İstanbul time", "in İstanbul time", ["İstanbul time"]),
        ("run", "https://run.example/run to run, rerun a.run", ["run"]),
        ("CI/CD", "Our CI/CD, and ci/cd", ["CI/CD"]),
    ],
)
def test_a_term_is_found_however_its_words_are_parted(source: str, text: str, found: list[str]) -> None:
    term = Term(source, ("x",), case_sensitive=source.isupper())
    assert [text[start:end] for _, start, end in English([term]).find(text)] == found
