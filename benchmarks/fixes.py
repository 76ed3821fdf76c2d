"""Fixes against what proofreaders did.

    python benchmarks/fixes.py                                # data in ../shared, bilint on PATH or beside this Python
    python benchmarks/fixes.py --show mixed-quotes --limit 20 # read where they did otherwise or nothing

The drafts are checked as they are; what mends one place is made alone in its line, and the line is compared with the
proofreader's. It is the `same` when it brings the line nearer to his by all that it changes, `kept` when it takes it
away from his by as much, and `otherwise` in between. A line or a stretch that he rewrote or took out tells nothing, and
is `rewritten`. Fixes that are not safe are counted by themselves.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

HERE = Path(__file__).resolve().parent
_ALIKE = 50
"""Lines less alike than this, in per cent, are not one line before and after proofreading."""


class Told(NamedTuple):
    """What the proofreader did at a place that has a fix, and the line before and after, by him, and in English."""

    kind: str
    is_safe: bool
    what: str
    place: str
    draft: str
    mended: str
    final: str
    english: str


def main() -> None:
    """Print for each rule in how many places proofreaders made the same change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--bilint", default=str(Path(sys.executable).parent / "bilint"))
    parser.add_argument("--sample", type=int, default=500, help="drafts, drawn with a fixed seed")
    parser.add_argument("--show", metavar="RULE", help="print the places where the proofreader did otherwise")
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--jobs", default="0")
    args = parser.parse_args()
    review = args.shared / "gold"
    if not (review / "review.jsonl").is_file():
        print(
            f"{review}: no such data; name the folder that holds gold/ with --shared: nothing measured", file=sys.stderr
        )
        return
    found = list(told(args.bilint, drafts(review, args.sample), args.jobs))
    print_table(found)
    if args.show:
        print_differences(found, args.show, args.limit)


def drafts(gold: Path, sample: int) -> list[Path]:
    """Return the folders of drafts that another than their author has proofread."""
    rows = [json.loads(line) for line in (gold / "review.jsonl").open(encoding="utf-8")]
    names = [row["id"] for row in rows if not row.get("self_review")]
    random.Random(7).shuffle(names)
    folders = [(gold / "review" / name).resolve() for name in names[:sample]]
    return [folder for folder in folders if (folder / "draft.md").exists()]


def told(bilint: str, folders: list[Path], jobs: str) -> Iterator[Told]:
    """Yield what became of the places in the drafts that have a fix."""
    report = checked(bilint, [(folder / "draft.md", folder / "en.md") for folder in folders], jobs)
    by_path: dict[str, list[Any]] = defaultdict(list)
    for finding in report["findings"]:
        by_path[finding["path"]].append(finding)
    for folder in folders:
        texts = [_lines(folder / name) for name in ("draft.md", "final.md")]
        final = _partners(*texts)
        for finding in by_path.get(str(folder / "draft.md"), ()):
            for edits in by_place(finding):
                yield _told(finding, edits, texts[0], final)


def by_place(finding: Any) -> list[list[Any]]:
    """Return the edits of a finding's fix, those of one place together: of the last that begins before them."""
    fix = finding["fix"] or {"edits": ()}
    places = sorted((place["line"], place["column"]) for place in (finding, *finding["more"]))
    groups: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for edit in fix["edits"]:
        end = (edit["end_line"], max(edit["end_column"] - 1, edit["column"]))
        groups[max((place for place in places if place <= end), default=places[0])].append(edit)
    return list(groups.values())


def _told(finding: Any, edits: list[Any], draft: list[str], final: dict[int, str]) -> Told:
    number = edits[0]["line"] - 1
    before, after = draft[number], final.get(number)
    mended = before
    for edit in sorted(edits, key=lambda edit: -edit["column"]):
        mended = mended[: edit["column"] - 1] + edit["new"] + mended[edit["end_column"] - 1 :]
    if any(edit["end_line"] != number + 1 for edit in edits) or after is None:
        what = "rewritten"
    else:
        # Blanks beside marks are a matter of their own, which is not measured here.
        is_blank = before.replace(" ", "") == mended.replace(" ", "")
        old, new, his = (text if is_blank else text.replace(" ", "") for text in (before, mended, after))
        cost = Levenshtein.distance(old, new)
        nearer = Levenshtein.distance(old, his) - Levenshtein.distance(new, his)
        what = "same" if nearer == cost else "kept" if nearer == -cost else "otherwise"
        if (
            what == "otherwise"
            and _letters(before) == _letters(mended)
            and _stretch(before, mended) not in _letters(after)
        ):
            what = "rewritten"
    name = f"{finding['rule']} {finding['message_id']}"
    place, english = f"{finding['path']}:{number + 1}", (finding["source"] or {"text": ""})["text"]
    return Told(name, finding["fix"]["safe"], what, place, before, mended, after or "", english)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _stretch(before: str, mended: str) -> str:
    """Return the letters within what is changed, and two on either side."""
    pairs = list(zip(before, mended, strict=False))
    first = next((n for n, (a, b) in enumerate(pairs) if a != b), len(pairs))
    last = next((n for n, (a, b) in enumerate(zip(before[::-1], mended[::-1], strict=False)) if a != b), 0)
    inside = _letters(before[first : max(len(before) - last, first)])
    return _letters(before[:first])[-2:] + inside + _letters(before[len(before) - last :])[:2]


def _lines(file: Path) -> list[str]:
    return file.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff").split("\n")


def _partners(draft: list[str], final: list[str]) -> dict[int, str]:
    """Return by number the line of the final text that each line of the draft became."""
    partners: dict[int, str] = {}
    for tag, start, end, first, last in SequenceMatcher(None, draft, final, autojunk=False).get_opcodes():
        if tag == "equal":
            partners |= zip(range(start, end), final[first:last], strict=True)
        elif tag == "replace":
            for number in range(start, end):
                alike, nearest = max((ratio(draft[number], final[other]), -other) for other in range(first, last))
                if alike >= _ALIKE:
                    partners[number] = final[-nearest]
    return partners


def checked(bilint: str, pairs: list[tuple[Path, Path]], jobs: str) -> Any:
    """Return what bilint reports on articles with their originals."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "pairs.tsv")
        table.write_text("".join(f"{target}\t{source}\n" for target, source in pairs), encoding="utf-8")
        command = [bilint, "check", "--pairs", str(table), "--format", "json", "--jobs", jobs, "--quiet", "--no-cache"]
        done = subprocess.run(command, capture_output=True, check=False)
    if not done.stdout:
        sys.exit(done.stderr.decode())
    return json.loads(done.stdout)


def print_table(found: list[Told]) -> None:
    """Print for each rule what proofreaders did; the share is that of the same among all that tell."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in found:
        kind = "safe" if each.is_safe else "unsafe"
        counts[kind, each.kind][each.what] += 1
        counts[kind, "all"][each.what] += 1
    print("| rule | fix | places | same | otherwise | kept | rewritten | same of those that tell | of changed |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|")
    for (kind, rule), what in sorted(counts.items(), key=lambda row: (row[0][0], row[0][1] == "all", -row[1].total())):
        row = [what[name] for name in ("same", "otherwise", "kept", "rewritten")]
        shares = f"{_share(*row[:3])} | {_share(*row[:2])}"
        print(f"| {rule} | {kind} | {what.total()} | {' | '.join(map(str, row))} | {shares} |")


def _share(same: int, *others: int) -> str:
    return f"{same / (same + sum(others)):.0%}" if same + sum(others) else ""


def print_differences(found: list[Told], rule: str, limit: int) -> None:
    """Print places of a rule where the proofreader did otherwise or nothing, with both languages."""
    different = [each for each in found if each.kind.startswith(rule) and each.what in ("otherwise", "kept")]
    random.Random(1).shuffle(different)
    for each in different[:limit]:
        print(f"\n{each.place} {each.kind} {'safe' if each.is_safe else 'unsafe'} {each.what}")
        print(f"  en     {each.english[:200]!r}")
        for name, text in (("draft", each.draft), ("mended", each.mended), ("final", each.final)):
            print(f"  {name:6} {_near(text, each)}")


def _near(text: str, told: Told) -> str:
    same = next((n for n, (a, b) in enumerate(zip(told.draft, told.mended, strict=False)) if a != b), 0)
    return text[max(0, same - 30) : same + 50]


if __name__ == "__main__":
    main()
