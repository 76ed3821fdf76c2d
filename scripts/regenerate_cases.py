"""Write what the rules find into the reports of `tests/cases/`: `python scripts/regenerate_cases.py [RULE ...]`.

Known misses keep the report that they ought to have. Nothing is judged here: read `git diff` and ask of every line
whether a translator would say so too. What is wrong is a bug of the rule, not a report to keep.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from rule_cases import FOLDER, lines, read_text, run


def regenerated(text: str, rule: str) -> str:
    """Return the text of a case file with the reports as they are found."""
    out, at = [], 0
    for case in read_text(text, rule):
        if case.is_known_miss:
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = lines(run(case.rule, case.files, Path(folder)))
        start, end = case.report
        out += [text[at:start], *(f"{line}\n" for line in found)]
        at = end
    return "".join((*out, text[at:]))


def main() -> None:
    """Rewrite the files of the rules that are named, or of all."""
    for file in sorted(FOLDER.glob("*.md")):
        if file.stem in sys.argv[1:] or len(sys.argv) == 1:
            old = file.read_text(encoding="utf-8")
            new = regenerated(old, file.stem)
            if new != old:
                file.write_text(new, encoding="utf-8")
                print(f"{file.relative_to(FOLDER.parent.parent)}: rewritten, read the difference")


if __name__ == "__main__":
    main()
