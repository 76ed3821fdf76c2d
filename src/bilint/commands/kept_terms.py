"""`bilint terms keep`: the words that the project leaves in English on purpose."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from bilint.commands.asked import Asked, plan_of
from bilint.commands.nothing import why_nothing
from bilint.commands.one_by_one import one_by_one
from bilint.commands.printing import FAILED, FOUND, NOTHING, tell, tell_error, write
from bilint.evidence import Evidence, priors
from bilint.messages import phrase, say
from bilint.model import Problem
from bilint.pipeline import prepare
from bilint.reading import Reading
from bilint.reading.counts import KeptOnPurpose, word_uses
from bilint.reading.kept import spellings
from bilint.reading.leftover import is_ordinary
from bilint.text.escapes import to_json
from bilint.text.words import FUNCTION_WORDS

if TYPE_CHECKING:
    from bilint.discover import Target
    from bilint.pipeline import Plan

_COLUMNS = (
    phrase("word"),
    phrase("kept"),
    phrase("of"),
    phrase("articles"),
    phrase("published"),
    phrase("glossary"),
)
_KEPT_BY_MOST = 0.2
"""The share of published translations from which a word that stays is no decision; as `untranslated-words` has it."""


class Kept(NamedTuple):
    """A word: in how many passages the English has it, and in how many the Chinese has it too.

    `articles` is in how many articles at least it is left, `published` the share, 0 to 1, of published translations
    that leave it, None when not known. `is_decision` says that others would have rendered it.
    """

    word: str
    uses: int
    kept: int
    articles: int
    published: float | None
    is_decision: bool
    is_listed: bool


def run(asked: Asked, format_: str, *, is_all: bool) -> int:
    """Print the words, and return the exit code; with `is_all`, names too, and what everybody keeps."""
    targets, plan = plan_of(asked, {})
    if not targets:
        tell_error(*why_nothing(asked.paths, plan.loaded))
        return NOTHING
    broken: list[Problem] = []
    evidence = Evidence()
    articles: Counter[str] = Counter()
    for made in one_by_one(targets, plan, _counted, broken):
        evidence += made
        articles.update(made.of(word_uses).kept.keys())
    found = [each for each in _kept(evidence, articles, plan) if is_all or each.is_decision]
    if found:
        write(_FORMATS[format_](found))
    else:
        tell_error("no word is left in English on purpose", "" if is_all else "--all also lists names")
    tell(broken)
    return FAILED if broken else 0 if found else FOUND


def _counted(target: Target, plan: Plan) -> Evidence:
    return Evidence.counted(Reading(prepare(target, plan)), (word_uses,))


def _kept(evidence: Evidence, articles: Mapping[str, int], plan: Plan) -> Iterator[Kept]:
    """Yield the words, singular and plural as one, by their most frequent spelling; the most frequent first."""
    counts = evidence.of(word_uses).kept
    listed = {word for term in plan.glossary.terms if term.keep for word in term.words}
    told: set[str] = set()
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        forms = spellings(word)
        if told.isdisjoint(forms) and word not in FUNCTION_WORDS and KeptOnPurpose(forms).verdict(evidence):
            told.update(forms)
            yield _counted_as(forms, evidence, max(articles.get(form, 0) for form in forms), listed)


def _counted_as(forms: tuple[str, ...], evidence: Evidence, articles: int, listed: Set[str]) -> Kept:
    counts, known = evidence.of(word_uses), priors().kept(forms[0])
    uses, kept = (sum(map(each.__getitem__, forms)) for each in (counts.source, counts.kept))
    share = known[1] / known[0] if known else None
    return Kept(
        forms[0], uses, kept, articles, share, is_ordinary(forms[0], _KEPT_BY_MOST), not listed.isdisjoint(forms)
    )


def _as_text(found: Sequence[Kept]) -> str:
    rows = [tuple(map(say, _COLUMNS))]
    for each in found:
        share = say("not known") if each.published is None else f"{each.published:.0%}"
        listed = "keep" if each.is_listed else ""
        rows.append((each.word, str(each.kept), str(each.uses), str(each.articles), share, listed))
    widths = [max(len(row[n]) for row in rows) for n in range(6)]
    lines = ("  ".join(_aligned(n, cell, widths[n]) for n, cell in enumerate(row)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _aligned(number: int, cell: str, width: int) -> str:
    return cell.rjust(width) if 0 < number < 5 else cell.ljust(width)


def _as_csv(found: Sequence[Kept]) -> str:
    """A term list as `glossaries` takes it, of what is in none yet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("term", "approved", "keep", "note"))
    for each in found:
        if not each.is_listed:
            writer.writerow((each.word, "", "yes", f"left in English in {each.kept} of {each.uses} passages"))
    return text.getvalue()


def _as_json(found: Sequence[Kept]) -> str:
    words = [
        {
            "word": each.word,
            "kept": each.kept,
            "uses": each.uses,
            "articles": each.articles,
            "published_share": None if each.published is None else round(each.published, 4),
            "is_decision": each.is_decision,
            "in_glossary": each.is_listed,
        }
        for each in found
    ]
    return to_json({"schema_version": 1, "words": words})


_FORMATS: dict[str, Callable[[Sequence[Kept]], str]] = {"text": _as_text, "csv": _as_csv, "json": _as_json}
