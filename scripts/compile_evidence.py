"""Trim the counts over published human translations to what bilint ships: `src/bilint/data/*.tsv`.

    python scripts/compile_evidence.py --evidence PATH

PATH holds `english_words_kept.tsv` and `renderings.tsv`; their columns are described in the files' own README.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parent.parent / "src" / "bilint" / "data"
KEPT_ORIGIN = (
    "# word, uses in English prose, uses left standing in the Chinese, % of uses capitalised; 8,458 human translations"
)
RENDERINGS_ORIGIN = (
    "# term, segments looked at, of those kept in English, renderings (Han:segments); 2,669 human translations"
)


def kept(source: Path) -> Iterator[str]:
    """Words used in at least ten articles: `word, uses, kept uses, % capitalised`."""
    for line in source.read_text(encoding="utf-8").splitlines()[1:]:
        word, *cells = line.split("\t")
        articles, _, count, kept_count, _, capital = map(int, cells)
        if articles >= 10 and re.fullmatch(r"[a-z]+", word):
            yield f"{word}\t{count}\t{kept_count}\t{100 * capital // count}"


def renderings(source: Path) -> Iterator[str]:
    """Terms with at least one trustworthy rendering, compounds reduced to their core, the doubtful tail cut off."""
    for line in source.read_text(encoding="utf-8").splitlines()[1:]:
        term, _, sampled, kept_count, cell = line.split("\t")
        forms = [Form(han, int(count), float(dice)) for han, count, dice in (item.split(":") for item in cell.split())]
        good = [form for form in cores(forms) if form.dice >= 0.15 and form.segments >= 3 and len(form.han) >= 2]
        if good:
            yield "\t".join((term, sampled, kept_count, " ".join(f"{form.han}:{form.segments}" for form in good)))


class Form(NamedTuple):
    """A rendering, the segments that have it, and how well it goes with the term (Dice coefficient, 0 to 1)."""

    han: str
    segments: int
    dice: float


def cores(forms: list[Form]) -> list[Form]:
    """Give a compound's counts to the rendering it ends with: 数值不稳定 says that 不稳定 is `instability`."""
    found: dict[str, Form] = {}
    for form in sorted(forms, key=lambda form: len(form.han)):
        inside = (han for han in found if form.han.endswith(han) and len(form.han) >= len(han) + 2)
        core = next(inside, form.han)
        known = found.get(core, Form(core, 0, 0.0))
        found[core] = Form(core, known.segments + form.segments, max(known.dice, form.dice))
    return sorted(found.values(), key=lambda form: (-form.dice, form.han))


def main() -> None:
    """Write the data files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evidence", type=Path, required=True)
    folder = parser.parse_args().evidence
    write("kept.tsv", KEPT_ORIGIN, kept(folder / "english_words_kept.tsv"))
    write("renderings.tsv", RENDERINGS_ORIGIN, renderings(folder / "renderings.tsv"))


def write(name: str, origin: str, rows: Iterator[str]) -> None:
    """Write one data file, sorted, under the line that says where it comes from."""
    lines = [origin, *sorted(rows)]
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{name}: {len(lines) - 1} rows")


if __name__ == "__main__":
    main()
