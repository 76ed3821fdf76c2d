"""How English is rendered in Chinese: shipped counts of the forms of terms, and whether words are said in a stretch."""

from __future__ import annotations

from bilint.lexicon.gaps import gain, said_beside
from bilint.lexicon.ratio import (
    USELESS,
    Rates,
    Said,
    Stretch,
    Stretches,
    least_said,
    length_factor,
    piece_of,
    said,
    stretch_of,
)
from bilint.lexicon.rendered import Rendered, rendered
from bilint.lexicon.rivals import Rivals, is_spelling, may_vary_to, names_something, rivals_in, verbness
from bilint.lexicon.synonyms import are_names
from bilint.lexicon.table import LONGEST, Form, Table, Term, table
from bilint.lexicon.words import (
    NOTHING,
    Content,
    Exact,
    Occurrence,
    content,
    content_of,
    frequent_terms,
    occurrences,
    terms,
)

__all__ = [
    "LONGEST",
    "NOTHING",
    "USELESS",
    "Content",
    "Exact",
    "Form",
    "Occurrence",
    "Rates",
    "Rendered",
    "Rivals",
    "Said",
    "Stretch",
    "Stretches",
    "Table",
    "Term",
    "are_names",
    "content",
    "content_of",
    "frequent_terms",
    "gain",
    "is_spelling",
    "least_said",
    "length_factor",
    "may_vary_to",
    "names_something",
    "occurrences",
    "piece_of",
    "rendered",
    "rivals_in",
    "said",
    "said_beside",
    "stretch_of",
    "table",
    "terms",
    "verbness",
]
