"""Mutated articles and originals through the whole tool, in one process: nothing may crash, hang or differ.

    python benchmarks/fuzz.py --seconds 60 --seed 1
    python benchmarks/fuzz.py --documents 1 --seed 4711        # one document again, by the seed of its failure

Every document is checked; every tenth in all report and export formats, and twice. Texts come from our fixtures and
cases, and from ../shared/corpus where it is present. Exit code 1 when something failed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from bilint import export, pipeline, report, settings
from bilint.align.sentences import align_sentences
from bilint.discover import Target
from bilint.model import Report, UserError

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
HANG = 5.0
"""CPU seconds after which a document counts as a hang."""
LONGEST = 20_000
NUMBER = 5000
"""Digits: Python refuses to convert more than 4,300."""
EVERY = 1000
"""Documents after which the counts are printed."""
DIALECTS = (
    "{{",
    "}}",
    "{%",
    "%}",
    "{/*",
    "*/}",
    "<!--",
    "-->",
    "<",
    ">",
    "</",
    "[",
    "](",
    "](a)",
    "![",
    "`",
    "```\n",
    "~~~",
    "$$",
    "$",
    "|",
    "\n|-|-|\n",
    "> ",
    "- ",
    "1. ",
    "    ",
    "\t",
    ":::tip\n",
    ":::\n",
    "[^1]",
    "[^1]: ",
    "[a]: b\n",
    "***",
    "__",
    "<rt>",
    "<table><tr><td>",
    "<script>",
    "<Tab a={",
    "import a from 'b'\n",
    "<div markdown>\n",
    "&#",
    ";",
    "&#x",
    "&amp;",
    "---\n",
    "---\na: &a [*a]\n---\n",
    "---\nsource: b\n---\n",
    "a: *a\n",
    "<<: *a\n",
    "\\",
    "\r",
    "\r\n",
    "\n\n",
    "\ufeff",
    "\0",
    "\x1b[31m",
    "\x9b",
    "\u202e",
    "\u2028",
    "\ud800",
    "\udfff",
    "\U0001f468\u200d\U0001f469",
    "e\u0301",
    "ﬁ",
    "７",
    "9" * NUMBER,
    "&#" + "9" * NUMBER + ";",
    "<!-- bilint-disable -->",
    "<!-- bilint-enable x -->",
    "<![CDATA[",
    "<?php",
    "例如",
)


def texts(longest: int) -> list[str]:
    """Return the texts that are mutated, in a fixed order: whole, or in pieces of about so many code points."""
    files = [*sorted((ROOT / "fixtures").rglob("*.md")), *sorted((ROOT / "tests").rglob("*.md"))]
    files += sorted((ROOT / "tests" / "pages").glob("*.html"))
    files += sorted(CORPUS.glob("pairs/*/*/*.md"))[::7] if CORPUS.is_dir() else []
    whole = [file.read_text(encoding="utf-8")[:LONGEST] for file in files]
    return [piece for text in whole for piece in pieces(text, longest)]


def pieces(text: str, longest: int) -> Iterator[str]:
    """Yield the text in pieces that end at an empty line: most faults show in short texts, and they are cheap."""
    start = 0
    while start < len(text):
        end = text.find("\n\n", start + longest)
        end = len(text) if end < 0 else end + 2
        yield text[start:end][: 4 * longest]
        start = end


def mutated(text: str, other: str, rng: random.Random, most: int) -> str:
    """Return the text with some stretches removed, doubled, moved, replaced or taken from another, cut at `most`."""
    for _ in range(rng.randrange(1, 12)):
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + int(rng.expovariate(1 / 40)))
        piece = text[start:end]
        match rng.randrange(6):
            case 0:
                piece = ""
            case 1:
                piece *= rng.choice((2, 3, 50))
            case 2:
                at = rng.randrange(len(other) + 1)
                piece = other[at : at + rng.randrange(400)]
            case 3:
                piece = rng.choice(DIALECTS) * rng.choice((1, 1, 2, 100)) + piece
            case 4:
                piece += rng.choice(DIALECTS)
            case _:
                piece = "".join(rng.sample(piece, len(piece)))
        text = text[:start] + piece + text[end:]
        text = text[:most]
    return text


def document(seed: int, known: list[str]) -> tuple[str, str]:
    """Return the original and the article of a seed."""
    rng = random.Random(seed)
    pick: Callable[[], str] = lambda: rng.choice(known)  # noqa: E731
    most = NUMBER + 2 * max(map(len, known))
    return mutated(pick(), pick(), rng, most), mutated(pick(), pick(), rng, most)


def failures(seed: int, known: list[str]) -> Iterator[str]:
    """Yield what went wrong with one document."""
    source, target = document(seed, known)
    html = source.lstrip()[:5].lower() in ("<!doc", "<html")
    name = "en.html" if html else "en.md"
    Path(name).write_bytes(source.encode("utf-8", "surrogatepass" if seed % 3 == 0 else "replace"))
    before = time.process_time()
    loaded = settings.load(Path.cwd(), None)
    plan = pipeline.Plan.of(loaded, {"zh.md": name})
    made = pipeline.run([Target("zh.md", target)], plan)
    yield from (f"{each.message}" for each in made.problems if "bug" in (each.hint or "") or "internal" in each.message)
    yield from misplaced(made, {"zh.md": target})
    if seed % 10 == 0:
        yield from in_all_formats(made, plan, target)
        again = pipeline.run([Target("zh.md", target)], pipeline.Plan.of(loaded, {"zh.md": name}))
        if again != made:
            yield "the second run differs"
    taken = time.process_time() - before
    if taken > HANG:
        yield f"took {taken:.1f} s"


def misplaced(made: Report, given: dict[str, str]) -> Iterator[str]:
    """Yield the findings whose places lie outside the lines of their file."""
    lines = {path: text.split("\n") for path, text in given.items()}
    for finding in made.findings:
        for place in (finding.target.place, *finding.more):
            there = lines[place.path]
            if not (1 <= place.line <= place.end_line <= len(there)) or place.column > len(there[place.line - 1]) + 1:
                yield f"{finding.rule}: {place} is outside its line"


def in_all_formats(made: Report, plan: pipeline.Plan, target: str) -> Iterator[str]:
    """Render all reports and exports; yield what is not well-formed."""
    for name in report.FORMATS:
        written = report.render(made, name, style=report.Style(color=False, width=100))
        if name in ("junit", "checkstyle"):
            yield from not_xml(name, written)
        elif name in ("json", "sarif", "gitlab", "rdjson"):
            yield from not_json(name, written)
    article = pipeline.prepare(Target("zh.md", target), plan)
    if article.bitext:
        rows = export.aligned(article.bitext, align_sentences, export.LEVELS)
        for name in export.FORMATS:
            written = export.render([rows], name)
            if name in ("tmx", "xliff"):
                yield from not_xml(name, written)


def not_xml(name: str, text: str) -> Iterator[str]:
    try:
        ElementTree.fromstring(text.encode())
    except (ElementTree.ParseError, UnicodeError) as error:
        yield f"{name}: {error}"


def not_json(name: str, text: str) -> Iterator[str]:
    try:
        json.loads(text.encode())
    except (ValueError, UnicodeError) as error:
        yield f"{name}: {error}"


def guarded(seed: int, known: list[str]) -> list[str]:
    """Return what went wrong, crashes included: also those that are no Exception, as of the parser's Rust side."""
    try:
        return list(failures(seed, known))
    except (KeyboardInterrupt, UserError) as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return []  # not text, and said so
    except BaseException as error:
        where = error.__traceback__
        while where and where.tb_next:
            where = where.tb_next
        place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else ""
        return [f"{type(error).__name__}: {str(error)[:100]} ({place})"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0, help="of the first document; each next one has the next")
    parser.add_argument("--documents", type=int, default=sys.maxsize)
    parser.add_argument("--longest", type=int, default=LONGEST, help="code points of a text before it is mutated")
    asked = parser.parse_args()
    known = texts(asked.longest)
    end = time.monotonic() + asked.seconds
    failed = done = 0
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        for seed in count(asked.seed):
            if done >= asked.documents or time.monotonic() > end:
                break
            done += 1
            for each in guarded(seed, known):
                failed += 1
                print(f"--seed {seed} --documents 1 --longest {asked.longest}: {each}", flush=True)
            if done % EVERY == 0:
                print(f"{done} documents so far, {failed} failures", flush=True)
        os.chdir("/")
    print(f"{done} documents, {failed} failures")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
