"""Trim the counts over published human translations to what bilint ships: `src/bilint/data/*.tsv`.

    python scripts/compile_evidence.py --evidence PATH

PATH holds `english_words_kept.tsv` and `renderings.tsv`; their columns are described in the files' own README.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

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
    """Terms with at least one trustworthy rendering, the doubtful tail cut off."""
    for line in source.read_text(encoding="utf-8").splitlines()[1:]:
        term, _, sampled, kept_count, cell = line.split("\t")
        good = []
        for item in cell.split():
            han, count, dice = item.split(":")
            if float(dice) >= 0.15 and int(count) >= 3 and len(han) >= 2:
                good.append(f"{han}:{count}")
        if good:
            yield "\t".join((term, sampled, kept_count, " ".join(good)))


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
