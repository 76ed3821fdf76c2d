"""What a long glossary costs: CPU seconds of a run over pairs without one, and with one of N terms.

    python benchmarks/glossary.py                         # 10,000 terms, the articles in ../shared/corpus/pairs
    python benchmarks/glossary.py --terms 2000 --runs 5

The terms are those of several words in the lexicon that stand in most articles, each with all its renderings: the
glossary of a project that mostly keeps to it. With `--single`, half of them are the commonest single words, which no
team would list; with `--forms 1` hardly anybody keeps to it. `--followed` leaves out the terms that a first run
reports: each finding costs more than hundreds of terms that are said as agreed. The least of all runs counts; runs
without and with the glossary take turns.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
from collections.abc import Iterator, Mapping
from math import inf
from pathlib import Path

from accuracy import print_table
from bilint.lexicon import Term, table
from bilint.lexicon.table import GRAMMAR
from speed import HERE, prepare, run

WORDS = ("check", "--no-cache", "--pairs", "pairs.tsv", "--jobs", "1", "--format", "json", "--output", "report.json")


def main() -> None:
    """Run bilint without and with a glossary in turns and print what it costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--bilint", default=str(Path(sys.executable).parent / "bilint"))
    parser.add_argument("--terms", type=int, default=10_000)
    parser.add_argument("--single", action="store_true", help="half of the terms are the commonest single words")
    parser.add_argument("--forms", type=int, default=12, help="how many renderings of a term are approved")
    parser.add_argument("--followed", action="store_true", help="without the terms that the articles do not keep to")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds after which a run is stopped")
    args = parser.parse_args()
    articles = sorted((args.shared / "corpus" / "pairs").glob("*/*/zh.md"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(articles, folder)
        (folder / "terms.csv").write_text(
            "\n".join(rows(args.terms, args.forms, args.terms // 2 if args.single else 0)), encoding="utf-8"
        )
        settings = {"without": "", f"{args.terms} terms": 'glossaries = ["terms.csv"]\n'}
        for number, text in enumerate(settings.values()):
            (folder / f"{number}.toml").write_text(text, encoding="utf-8")
        if args.followed:
            keep_followed(shlex.split(args.bilint), folder, args.limit)
        used = measured(shlex.split(args.bilint), settings, folder, args.runs, args.limit)
    least = min(used.values())
    title = f"{len(articles)} articles, least of {args.runs} runs"
    lines = [(what, f"{cpu:.2f}", f"{cpu / least - 1:+.1%}") for what, cpu in used.items()]
    print_table(title, [("glossary", "CPU s", "more"), *lines], markdown=False)


def rows(count: int, most: int, single: int) -> Iterator[str]:
    """Yield the lines of a glossary of so many terms, `single` of them single words, the commonest first."""
    yield "term,approved"
    known = {term.text.replace("-", " "): term for term in terms() if any(map(is_word, forms(term)[:most]))}
    often = sorted(known.items(), key=lambda item: (-item[1].articles, item[0]))
    words = [term for text, term in often if " " not in text][:single]
    for term in (*words, *[term for text, term in often if " " in text][: count - len(words)]):
        yield f"{term.text},{'|'.join(filter(is_word, forms(term)[:most]))}"


def terms() -> Iterator[Term]:
    """Yield the terms of the lexicon."""
    for head in table().heads():
        for rest in table().beginning(head):
            term = table().term(f"{head} {rest}".strip())
            if term:
                yield term


def forms(term: Term) -> tuple[str, ...]:
    """Return the renderings of a term, the most frequent first."""
    return tuple(form.text for form in term.forms)


def is_word(form: str) -> bool:
    """Return whether a rendering says anything."""
    return form not in GRAMMAR


def keep_followed(program: list[str], folder: Path, limit: float) -> None:
    """Take the terms out of the glossary that a run reports."""
    run("once", [*program, *WORDS, "--config", "1.toml", "--select", "wrong-term"], folder, limit)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    reported = {finding["arguments"]["term"] for finding in report["findings"]}
    lines = (folder / "terms.csv").read_text(encoding="utf-8").split("\n")
    kept = (line for line in lines if line.split(",")[0] not in reported)
    (folder / "terms.csv").write_text("\n".join(kept), encoding="utf-8")


def measured(
    program: list[str], settings: Mapping[str, str], folder: Path, runs: int, limit: float
) -> dict[str, float]:
    """Return the least CPU seconds of a run with each of the settings, which take turns."""
    used = dict.fromkeys(settings, inf)
    for _ in range(runs):
        for number, what in enumerate(settings):
            done = run(what, [*program, *WORDS, "--config", f"{number}.toml"], folder, limit)
            used[what] = min(used[what], done.cpu if done else inf)
    return used


if __name__ == "__main__":
    main()
