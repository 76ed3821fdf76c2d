"""What is said once of an article for all rules: the roles of its blocks, its gaps, its sentence pairs."""

from __future__ import annotations

from bilint.reading.gaps import may_be_beside
from bilint.reading.held import held_pairs
from bilint.reading.pairing import opening, pairing
from bilint.reading.reading import Reading
from bilint.reading.roles import role_of
from bilint.reading.search import blocks_with, prose_of, words_of

__all__ = [
    "Reading",
    "blocks_with",
    "held_pairs",
    "may_be_beside",
    "opening",
    "pairing",
    "prose_of",
    "role_of",
    "words_of",
]
