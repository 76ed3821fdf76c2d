"""Build the shipped lexicon, `src/bilint/data/lexicon.tsv`, from counts over published human translations.

    python scripts/compile_lexicon.py --evidence PATH

PATH holds `lexicon.tsv`, `renderings.tsv`, `said.tsv`, `chinese_background.tsv`, `word_shape.tsv`, `agreement.tsv` and
`word_lists.json`; their columns are described in the files' own README. What the result holds is described in
`bilint.lexicon.table`.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src" / "bilint" / "data"
ORIGIN = (
    "# How English terms are rendered in Chinese: 8,181 human translations, 556,084 sentence pairs, words aligned in "
    "both directions; written by scripts/compile_lexicon.py, described in bilint/lexicon/table.py"
)
LEAST_USES = 10
"""Rarer terms would take the table over 1.2 MB packed; said-or-not needs 20 uses, term drift no rare ones."""
LEAST_USES_SAID = 20
"""Counted with fewer uses, terms tell .76 instead of .78 of the sentences left out, at twice the size."""
LEAST_SHARE = 0.004
"""Forms under this share of the clear uses are mostly slips of the word aligner."""
USELESS = 0.05
"""A term whose forms stand in any text nearly as often as in its translation tells nothing."""
CHANCE = 0.0008
"""Added to the share of random sentences with a form: 24,000 were drawn, so rare forms were never seen."""
MOST_HIT = 0.97
NEVER_FOLDED = ("does", "goes", "has", "was", "is", "this", "us", "as", "its")
_MIXED = (
    "com stat sit mod suit pr dat sid hop strip pan sl wav hid ti ag sr cv mem rational fad grad grip pil wip te fin "
    "gd scrap bak se pip mix"
)
MIXED = frozenset(_MIXED.split())
"""In `said.tsv` these mix in another word: `sites` was counted as `sit`."""
PREFIXES = "不可对非未有自"
"""Taken for glue and cut off by the counts where they are half of a word: 准确 for `inaccurate`, 等 for `peer`."""
CUT_DICE = 0.4
"""From this likeness on, the longer form of `renderings.tsv` is the word: of 33 terms read, only `scarce` is wrong."""
VERB_FORM = "us"
"""In all tables mostly the verb form `uses`."""


@dataclass(frozen=True)
class Tables:
    """The files by term, word or form; each row is its other columns."""

    lexicon: dict[str, list[str]]
    renderings: dict[str, list[str]]
    said: dict[str, list[str]]
    background: dict[str, list[str]]
    shape: dict[str, list[str]]
    agreement: dict[str, list[str]]
    lists: dict[str, list[str]]


def read(folder: Path) -> Tables:
    """Return the counts in `folder`."""
    return Tables(
        lexicon=rows(folder / "lexicon.tsv"),
        renderings=rows(folder / "renderings.tsv"),
        said=rows(folder / "said.tsv"),
        background=rows(folder / "chinese_background.tsv"),
        shape=rows(folder / "word_shape.tsv"),
        agreement=rows(folder / "agreement.tsv"),
        lists=json.loads((folder / "word_lists.json").read_text(encoding="utf-8")),
    )


def rows(path: Path) -> dict[str, list[str]]:
    """Return first column → the others."""
    lines = path.read_text(encoding="utf-8").split("\n")[1:]
    return {line.split("\t")[0]: line.split("\t")[1:] for line in lines if line}


def terms(tables: Tables) -> Iterator[tuple[str, str, list[tuple[str, int]]]]:
    """Yield per term that is kept: the term, its columns as they are written, its forms."""
    for term, row in tables.lexicon.items():
        uses, _, _, _, unclear = map(int, row[:5])
        if uses < LEAST_USES or term == VERB_FORM:
            continue
        pairs = (cell.rsplit(":", 1) for cell in row[5].split())
        counted = [(form, int(count)) for form, count in pairs if int(count) >= LEAST_SHARE * (uses - unclear)]
        forms = whole(counted, tables.renderings.get(term))
        agreement = tables.agreement.get(term)
        columns = [*row[:5], *told(term, uses, tables), percent(float(agreement[1])) if agreement else ""]
        cells = " ".join(f"{form}:{count}" for form, count in forms)
        yield term, "|".join([*columns, *shape(term, tables), cells]), forms


def whole(forms: list[tuple[str, int]], row: list[str] | None) -> list[tuple[str, int]]:
    """Return the forms, the first one with the prefix that was cut from it; nothing else changes.

    `row` says which form stands in the sentences with the term, whatever was aligned with it.
    """
    if row is None or not row[-1] or not forms:
        return forms
    longer, _, dice = row[-1].split()[0].split(":")
    cut, count = forms[0]
    if float(dice) < CUT_DICE or longer[1:] != cut or longer[0] not in PREFIXES:
        return forms
    alike = sum(count for form, count in forms if form == longer)
    return [(longer, count + alike), *((form, count) for form, count in forms[1:] if form != longer)]


def told(term: str, uses: int, tables: Tables) -> tuple[str, str]:
    """Return in how many of 1,000 sentences with the term its translation shows it, and in how many of 10,000 others.

    Empty for terms that tell nothing, or were counted wrongly.
    """
    row = tables.said.get(term)
    if row is None or uses < LEAST_USES_SAID or term in MIXED:
        return "", ""
    pairs, said, latin = map(int, row[:3])
    hit = min((said + latin + 1.6) / (pairs + 2.2), MOST_HIT)
    base = float(row[3]) + CHANCE
    return ("", "") if hit <= base + USELESS else (f"{1000 * hit:.0f}", f"{10000 * base:.0f}")


def shape(term: str, tables: Tables) -> tuple[str, str]:
    """Return in how many of 100 uses a word stands as a verb, and after a determiner."""
    row = tables.shape.get(term)
    if row is None:
        return "", ""
    uses, determiner, modal, verb_object = map(int, row)
    return percent((modal + verb_object) / uses), percent(determiner / uses)


def percent(share: float) -> str:
    """Return a share as a whole number of hundredths, nothing for none."""
    return f"{100 * share:.0f}" if round(100 * share) else ""


def lines(tables: Tables) -> Iterator[str]:
    """Yield the lines of the table."""
    yield ORIGIN
    stop_words = {*tables.lists["stop_said"], *tables.lists["stop_drift"], *NEVER_FOLDED}
    heads: dict[str, list[str]] = defaultdict(list, {word: [] for word in stop_words if word.isalpha()})
    used: set[str] = set()
    for term, columns, forms in terms(tables):
        head, _, rest = term.partition(" ")
        heads[head].append(f"{rest}|{columns}")
        for word in rest.split():
            heads.setdefault(word, [])
        used.update(form for form, _ in forms)
    for head in sorted(heads):
        yield f"{head}\t" + "\t".join(sorted(heads[head]))
    yield ""
    for form in sorted(used):
        sentences = tables.background.get(form)
        if sentences:
            yield f"{form}:{sentences[0]}"


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evidence", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=DATA / "lexicon.tsv")
    args = parser.parse_args()
    written = "\n".join(lines(read(args.evidence))) + "\n"
    args.output.write_text(written, encoding="utf-8", newline="\n")
    print(f"{args.output.name}: {written.count(chr(10))} lines, {len(written.encode()):,} bytes")


if __name__ == "__main__":
    main()
