"""Which entries hold where: those with context words only near one of these."""

from __future__ import annotations

import re

from bilint.glossary.english import Applies
from bilint.glossary.glossary import Glossary
from bilint.glossary.terms import Term


def near(glossary: Glossary, *texts: str) -> Applies:
    """Return which terms apply in lower-cased texts, from the nearest (the section) to the whole (the article).

    Of several entries for a term, the first applies that has a context word in the nearest text; one without context
    words applies everywhere, and is only found where no other one does.
    """

    def applies(term: Term) -> bool:
        if not term.context:
            return True
        rivals = glossary.contextual[term.words]
        found = (next((each for each in rivals if _has(text, each)), None) for text in texts)
        return next(filter(None, found), None) == term

    return applies


def _has(text: str, term: Term) -> bool:
    return any(re.search(rf"(?<![a-z0-9]){re.escape(word)}s?(?![a-z0-9])", text) for word in term.context)
