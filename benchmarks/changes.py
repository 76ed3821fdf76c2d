"""Which findings over a folder of pairs appear and disappear against another revision, with both languages.

    python benchmarks/changes.py main                 # the articles in ../shared/corpus/pairs, default settings
    python benchmarks/changes.py HEAD~3 docs/pairs --min-confidence low --json

Runs the package as it lies here and as it was at REV (in a Git worktree of its own, with the same interpreter) over the
same pairs: every folder with a `zh.md` and an `en.md`, or what `--pairs` lists. Read every line of what changes: the
number says nothing of who is right. A finding whose place, message, confidence or further places differ counts as one
that disappeared and one that appeared.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
PAIRS = HERE.parent / "shared" / "corpus" / "pairs"
_AROUND = 40
"""Characters shown on both sides of a place: enough to judge most findings without opening the file."""
_LONGEST = 160
_PROGRAM = "import sys, bilint; from bilint.cli import main; sys.stderr.write(bilint.__file__ + '\\n'); main()"
_Finding = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """A finding that one of the two revisions has; `sign` is `+` for the one here and `-` for the other."""

    sign: str
    finding: _Finding


def main() -> None:
    """Run both revisions and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revision", metavar="REV")
    parser.add_argument("folder", nargs="?", type=Path, default=PAIRS)
    parser.add_argument("--pairs", type=Path, help="a file of lines `target<TAB>source` instead of a folder")
    parser.add_argument("--min-confidence", choices=["low", "medium", "high"], default="medium")
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        pairs = args.pairs.resolve() if args.pairs else _pairs_file(args.folder.resolve(), scratch)
        (scratch / "bilint.toml").touch()
        words = ["--pairs", pairs, "--min-confidence", args.min_confidence, "--jobs", args.jobs]
        after = _findings(HERE, scratch, words)
        other = scratch / "revision"
        _git("worktree", "add", "--detach", "--quiet", str(other), args.revision)
        try:
            before = _findings(other, scratch, words)
        finally:
            _git("worktree", "remove", "--force", str(other))
    found = list(changes(before, after))
    print(as_json(found, before, after) if args.json else "\n".join(as_text(found, before, after)))


def _pairs_file(folder: Path, scratch: Path) -> Path:
    targets = sorted(file for file in folder.rglob("zh.md") if (file.parent / "en.md").is_file())
    if not targets:
        sys.exit(f"{folder}: no folder in it has a zh.md and an en.md; name a folder that has, or --pairs FILE")
    made = scratch / "pairs.tsv"
    made.write_text("".join(f"{file}\t{file.parent / 'en.md'}\n" for file in targets), encoding="utf-8")
    return made


def _git(*words: str) -> None:
    done = subprocess.run(["git", "-C", str(HERE), *words], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"git {words[0]}: {done.stderr.strip()}")


def _findings(checkout: Path, scratch: Path, words: Sequence[object]) -> list[_Finding]:
    """What the package in a checkout finds; what it could not do goes to standard error."""
    package = checkout / "src"
    command = [sys.executable, "-c", _PROGRAM, "check", *map(str, words), "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=scratch, env=environment, capture_output=True, check=False)
    said = done.stderr.decode()
    if not done.stdout or not said.startswith(str(package)):
        sys.exit(f"{checkout}: bilint did not run: {said}")
    report = json.loads(done.stdout)
    for problem in report["problems"]:
        print(f"{checkout.name}: {problem['message']}", file=sys.stderr)
    findings: list[_Finding] = report["findings"]
    return findings


def changes(before: Sequence[_Finding], after: Sequence[_Finding]) -> Iterator[Change]:
    """Yield what one side has and the other has not, sorted by rule, path and place."""
    both = Counter(map(_identity, before)) & Counter(map(_identity, after))
    found: list[Change] = []
    for sign, side in (("-", before), ("+", after)):
        left = Counter(both)
        for finding in side:
            identity = _identity(finding)
            if left[identity]:
                left[identity] -= 1
            else:
                found.append(Change(sign, finding))
    yield from sorted(found, key=lambda c: (*(c.finding[k] for k in ("rule", "path", "line", "column")), c.sign))


def _identity(finding: _Finding) -> str:
    keys = ("rule", "path", "line", "column", "end_line", "end_column", "severity", "confidence", "message", "more")
    return json.dumps([finding[key] for key in keys])


def as_text(found: Sequence[Change], before: Sequence[_Finding], after: Sequence[_Finding]) -> Iterator[str]:
    """Yield the lines for people: every change with both languages, then the counts per rule."""
    for change in found:
        finding = change.finding
        place = f"{finding['path']}:{finding['line']}:{finding['column']}"
        also = f" (+{len(finding['more'])})" if finding["more"] else ""
        yield f"{change.sign} {finding['rule']} {finding['severity']}/{finding['confidence']} {place}{also}"
        yield f"    {finding['message']}"
        for language, excerpt in excerpts(finding).items():
            yield f"    {language} {excerpt}"
    yield ""
    yield f"{'rule':28} {'before':>7} {'after':>7} {'-':>6} {'+':>6}"
    for rule, numbers in counts(found, before, after).items():
        yield f"{rule:28} {numbers['before']:7} {numbers['after']:7} {numbers['-']:6} {numbers['+']:6}"


def as_json(found: Sequence[Change], before: Sequence[_Finding], after: Sequence[_Finding]) -> str:
    """Return the same for programs."""
    listed = [{"change": c.sign, **c.finding, "excerpts": excerpts(c.finding)} for c in found]
    return json.dumps({"changes": listed, "counts": counts(found, before, after)}, ensure_ascii=False, indent=1)


def counts(found: Sequence[Change], before: Sequence[_Finding], after: Sequence[_Finding]) -> dict[str, dict[str, int]]:
    """Return per rule, and for all: findings before and after, and how many disappeared (`-`) and appeared (`+`)."""
    columns = {
        "before": Counter(finding["rule"] for finding in before),
        "after": Counter(finding["rule"] for finding in after),
        "-": Counter(change.finding["rule"] for change in found if change.sign == "-"),
        "+": Counter(change.finding["rule"] for change in found if change.sign == "+"),
    }
    rules = sorted(columns["before"].keys() | columns["after"].keys())
    table = {rule: {name: column[rule] for name, column in columns.items()} for rule in rules}
    return {**table, "all": {name: column.total() for name, column in columns.items()}}


def excerpts(finding: _Finding) -> dict[str, str]:
    """Return the Chinese around the place of a finding and the English around its source, each on one line."""
    sides = {"zh": finding, "en": finding["source"]}
    return {language: _around(side) for language, side in sides.items() if side and Path(side["path"]).is_file()}


def _around(place: _Finding) -> str:
    """The characters of a place in brackets 〖〗, with some of its lines on both sides."""
    text = Path(place["path"]).read_bytes().decode("utf-8-sig", "replace")
    rows = text.split("\n")
    first, last = rows[place["line"] - 1], rows[place["end_line"] - 1]
    left = first[max(place["column"] - 1 - _AROUND, 0) : place["column"] - 1]
    right = last[place["end_column"] - 1 : place["end_column"] - 1 + _AROUND]
    marked = place["text"] if len(place["text"]) <= _LONGEST else f"{place['text'][:_LONGEST]}…"
    return f"{left}〖{marked}〗{right}".replace("\n", "⏎").replace("\r", "")


if __name__ == "__main__":
    main()
