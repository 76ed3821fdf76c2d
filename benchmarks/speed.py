"""Speed and memory of bilint beside other linters, on the same Chinese Markdown, in one run: one table.

    python benchmarks/speed.py                                  # data in ../shared, peers on PATH
    python benchmarks/speed.py --peer rumdl=/opt/rumdl/bin/rumdl --runs 5 --markdown
    python benchmarks/speed.py --growth 600,3000,10000          # copies of the corpus, with and without the cache
    python benchmarks/speed.py --kinds 600                      # what the memory of a run is made of

CPU seconds (user and system, of the process and its children) are the least of all runs; the tools take turns, so that
a busy machine slows all of them. bilint reads the English as well and aligns it, in one process; pofilter gets the
sentence pairs that bilint has aligned, as TMX (to make them is not in its time); the others read the Chinese alone.
Peers that are not installed are left out, those that do not end within --limit seconds are stopped and
shown without figures. For autocorrect-py, name a Python that has its module.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from math import inf
from pathlib import Path
from threading import Timer

import growth
import kinds
from accuracy import print_table

HERE = Path(__file__).resolve().parent
AUTOCORRECT = """
import pathlib, autocorrect_py
for file in sorted(pathlib.Path().glob("*.md")):
    autocorrect_py.lint_for(file.read_text(encoding="utf-8"), "markdown")
"""
PEERS: dict[str, tuple[str, ...]] = {
    "autocorrect-py": ("-c", AUTOCORRECT),
    "rumdl": ("check", "--no-cache", "."),
    "zhlint": ("*.md",),
    "markdownlint-cli2": ("*.md",),
    "pofilter": ("--progress=none", "--language=zh_CN", "../segments", "../filtered"),
}
"""What each peer is told, in a folder that holds the articles."""
AGAIN = "bilint, nothing changed"
LONGEST = 3600.0
"""Seconds for one run over thousands of articles."""


@dataclass(frozen=True, slots=True)
class Usage:
    """CPU seconds and peak memory in MB of one run."""

    cpu: float
    memory: float

    def least(self, other: Usage) -> Usage:
        """Return the lesser figures of two runs."""
        return Usage(min(self.cpu, other.cpu), min(self.memory, other.memory))


def main() -> None:
    """Run bilint and the peers in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--bilint", default=str(Path(sys.executable).parent / "bilint"))
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND", help=", ".join(PEERS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=float, default=120.0, help="seconds after which a tool is stopped")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--growth", default="", metavar="N,N", help="no peers: so many articles, and the cache")
    parser.add_argument("--kinds", type=int, default=0, metavar="N", help="no peers: the memory of N articles by kind")
    args = parser.parse_args()
    articles = sorted((args.shared / "corpus" / "pairs").glob("*/*/zh.md"))
    if not articles:
        sys.exit(f"{args.shared}: no corpus/pairs/*/*/zh.md; name the folder that holds corpus/ with --shared")
    if args.kinds:
        with tempfile.TemporaryDirectory() as folder:
            rows = list(kinds.table(growth.copies(articles, args.kinds, Path(folder) / "pairs"), Path(folder)))
        print_table(f"Bytes of memory for each of {args.kinds} articles", rows, markdown=args.markdown)
        return
    if args.growth:
        title = "Copies of the corpus: without a cache, with one, and with one article edited"
        numbers = [int(number) for number in args.growth.split(",")]
        runs = [grown(args.bilint, articles, number) for number in numbers]
        print_table(title, list(growth.table(runs)), markdown=args.markdown)
        return
    with tempfile.TemporaryDirectory() as folder:
        prepare(articles, Path(folder))
        own = bilint(args.bilint, Path(folder))
        commands = {"bilint": [*own, "--no-cache"], AGAIN: own, **dict(peers(args.peer))}
        if "pofilter" in commands:
            run("bilint align", segments(args.bilint, Path(folder)), Path(folder), args.limit)
        run(AGAIN, own, Path(folder, "articles"), args.limit)
        usages = measure(commands, Path(folder, "articles"), args.runs, args.limit)
    size = sum(article.stat().st_size for article in articles) / 1e6
    title = f"{len(articles)} articles, {size:.2f} MB of Chinese Markdown, least of {args.runs} runs"
    if usages["bilint"] is None:
        sys.exit("bilint did not end: raise --limit")
    print_table(title, table(usages, usages["bilint"].cpu, size), markdown=args.markdown)


def grown(program: str, articles: Sequence[Path], number: int) -> growth.Runs:
    """Return what so many articles take without a cache, in parts, with what that run kept, and with one edited."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pairs = growth.copies(articles, number, folder / "pairs")
        listed = "".join(f"{target}\t{source}\n" for target, source in pairs)
        (folder / "pairs.tsv").write_text(listed, encoding="utf-8")
        command = bilint(program, folder)
        in_parts = bilint(program, folder, "--output-dir", str(folder / "found"))
        used = [run("bilint", words, folder, LONGEST) for words in ([*command, "--no-cache"], in_parts, command)]
        growth.edit(pairs[number // 2][0])
        used.append(run("bilint", command, folder, LONGEST))
    cold, parts, warm, edited = (each for each in used if each)
    return growth.Runs(number, cold, parts, warm, edited)


def prepare(articles: Sequence[Path], folder: Path) -> None:
    """Copy the Chinese articles into `articles/` for the peers, and list the pairs in `pairs.tsv` for bilint."""
    (folder / "articles").mkdir()
    for number, article in enumerate(articles):
        shutil.copyfile(article, folder / "articles" / f"{number:04}.md")
    lines = (f"{article.resolve()}\t{article.resolve().with_name('en.md')}\n" for article in articles)
    (folder / "pairs.tsv").write_text("".join(lines), encoding="utf-8")


def bilint(program: str, folder: Path, *output: str) -> list[str]:
    """Return the command that checks all pairs with all rules, in one process, for a JSON report or another output."""
    words = ["check", "--pairs", str(folder / "pairs.tsv"), "--jobs", "1"]
    return [*shlex.split(program), *words, *(output or ("--format", "json", "--output", str(folder / "report.json")))]


def segments(program: str, folder: Path) -> list[str]:
    """Return the command that writes the sentence pairs of all articles into `segments/`."""
    words = ["align", "--pairs", str(folder / "pairs.tsv"), "--format", "tmx", "--level", "sentence"]
    return [*shlex.split(program), *words, "--output-dir", str(folder / "segments")]


def peers(named: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the peers that are named or installed, with the commands that lint the working folder."""
    programs = dict(each.partition("=")[::2] for each in named)
    if unknown := programs.keys() - PEERS.keys():
        sys.exit(f"--peer {min(unknown)}: not one of {', '.join(PEERS)}")
    for name, words in PEERS.items():
        program = programs.get(name) or installed(name)
        if program:
            yield name, [*shlex.split(program), *words]
        else:
            print(f"{name} is not installed and left out", file=sys.stderr)


def installed(name: str) -> str | None:
    """Return the program of a peer, if there is one: on PATH, or in the environment that runs this."""
    if name == "autocorrect-py":
        return shlex.quote(sys.executable) if find_spec("autocorrect_py") else None
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    return shlex.quote(found) if found else None


def measure(commands: dict[str, list[str]], folder: Path, runs: int, limit: float) -> dict[str, Usage | None]:
    """Run each command `runs` times, in turns; return the least CPU time and memory, None for one that was stopped."""
    usages: dict[str, Usage | None] = {}
    for number in range(runs):
        for name, command in commands.items():
            before = usages.get(name)
            if number and before is None:
                continue
            used = run(name, command, folder, limit)
            usages[name] = used.least(before) if used and before else used
    return usages


def run(name: str, command: Sequence[str], folder: Path, limit: float) -> Usage | None:
    """Run one command in `folder`. A linter ends with 0 or 1; anything else ends the benchmark."""
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors) as process:
            clock = Timer(limit, process.kill)
            clock.start()
            _, status, used = os.wait4(process.pid, 0)
            clock.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode == -signal.SIGKILL:
            return None
        if process.returncode not in (0, 1):
            errors.seek(0)
            sys.exit(f"{name} failed with {process.returncode}:\n{errors.read()[-2000:].decode(errors='replace')}")
    unit = 1e6 if sys.platform == "darwin" else 1e6 / 1024
    return Usage(used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def table(usages: dict[str, Usage | None], own: float, size: float) -> list[tuple[str, ...]]:
    """Return the rows, the fastest first; a speed of 2 is twice as fast as bilint, which took `own` seconds."""
    rows: list[tuple[str, ...]] = [("tool", "CPU s", "MB per CPU s", "bilint = 1", "peak MB")]
    for name, used in sorted(usages.items(), key=lambda item: item[1].cpu if item[1] else inf):
        figures = (used.cpu, size / used.cpu, own / used.cpu) if used else ()
        shown = [f"{figure:.2f}" for figure in figures] or ["stopped", "", ""]
        rows.append((name, *shown, f"{used.memory:.0f}" if used else ""))
    return rows


if __name__ == "__main__":
    main()
