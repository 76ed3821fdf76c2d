"""Mutated articles and originals through the whole tool, in one process: nothing may crash, hang or differ.

    python benchmarks/fuzz.py --seconds 60 --seed 1
    python benchmarks/fuzz.py --documents 1 --seed 4711        # one document again, by the seed of its failure

Every document is checked; every ninth in all report and export formats, and twice. Texts come from our fixtures and
cases, and from ../shared/corpus where it is present; every fifth gets front matter made of what YAML allows, some are
MDX, some originals are read as web pages whatever they are, some articles have none, and half of the documents are
checked by settings that show all findings. Exit code 1 when something failed.
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
from typing import NamedTuple
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
EVERY_FORMAT = 9
"""Documents of which one is shown in all formats and checked twice; odd, so that it meets all settings."""
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


KEYS = ("title", "source", "original", "sourceCommit", "translation_of", "link", "lang", "tags", "a", "b", "<<", "? x")
VALUES = (
    *(
        "*a",
        "*b",
        "&a [*a]",
        "&b {x: *a, y: [*b]}",
        "&a",
        "!!python/object:os.system x",
        "!!binary 7",
        "!t",
        "~",
        "|",
        ">-",
    ),
    *(
        "'",
        '"\\ud800"',
        "2026-01-01",
        "0x1F",
        "1e999",
        ".nan",
        "1234567",
        "en.md",
        "https://example.org/a",
        "../../x",
        "zh.md",
    ),
    *(
        "[",
        "{",
        "]",
        "- a",
        "# c",
        "%YAML 1.1",
        "...",
        "\t7",
        "\ud800",
        "\0",
        "例如",
        "9" * NUMBER,
        "-" * NUMBER,
        "[" * 200,
    ),
)
SHOW_ALL = """
min-confidence = "low"
min-severity = "info"
glossaries = ["ai-ml", "glossary.csv"]
[originals]
paths = [{ target = "zh.md", source = "en.md" }]
"""
GLOSSARY = "term,approved,forbidden,keep,case,note\nmodel,模型,模形,,,\nGit,,,yes,yes,\nserver,服务器|服務器,伺服,,,\n"


def texts(longest: int) -> list[str]:
    """Return the texts that are mutated, in a fixed order: whole, or in pieces of about so many code points."""
    files = [*sorted((ROOT / "fixtures").rglob("*.md")), *sorted((ROOT / "tests").rglob("*.md"))]
    files += sorted((ROOT / "tests" / "pages").glob("*.html"))
    files += sorted(CORPUS.glob("pairs/*/*/*.md"))[::7] if CORPUS.is_dir() else []
    whole = [file.read_text(encoding="utf-8")[:LONGEST] for file in files]
    return [piece for text in whole for piece in pieces(text, longest)]


def pairs() -> list[tuple[str, str]]:
    """Return originals and their translations, in a fixed order: what is no translation, most rules leave alone."""
    pages = [
        (file, file.with_name(file.name.replace(".zh.", ".en."))) for file in (ROOT / "tests/pages").glob("*.zh.md")
    ]
    pages += [(file, file.with_name(file.name.replace(".zh.md", ".html"))) for file, _ in pages]
    files = [*sorted(pages), *((file, file.with_name("en.md")) for file in sorted(CORPUS.glob("pairs/*/*/zh.md"))[::3])]
    return [(source.read_text(encoding="utf-8"), target.read_text(encoding="utf-8")) for target, source in files]


def stretches(source: str, target: str, most: int, rng: random.Random) -> tuple[str, str]:
    """Return about the same part of two texts that say the same, of the longer `most` code points or so."""
    share = min(1.0, most / max(len(source), len(target), 1))
    start = rng.random() * (1 - share)
    return _stretch(source, start, share), _stretch(target, start, share)


def _stretch(text: str, start: float, share: float) -> str:
    first = text.rfind("\n\n", 0, int(start * len(text))) + 1
    end = text.find("\n\n", int((start + share) * len(text)))
    return text[first : end if end >= 0 else len(text)]


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


class Known(NamedTuple):
    """What is mutated: texts, and originals with their translations, of which so many code points are taken."""

    texts: list[str]
    pairs: list[tuple[str, str]]
    longest: int


class Document(NamedTuple):
    """An original and an article, and what they are called; whether there is the original, and all findings count."""

    source: str
    target: str
    source_name: str
    target_name: str
    has_source: bool
    shows_all: bool


def document(seed: int, known: Known) -> Document:
    """Return the document of a seed."""
    rng = random.Random(seed)
    pick: Callable[[], str] = lambda: rng.choice(known.texts)  # noqa: E731
    whole = stretches(*rng.choice(known.pairs), known.longest, rng) if rng.random() < 0.7 else (pick(), pick())
    most = NUMBER + 2 * max(known.longest, *map(len, whole))
    source, target = (mutated(text, pick(), rng, most) for text in whole)
    if rng.random() < 0.2:
        target = front_matter(rng) + target
    if rng.random() < 0.1:
        source = front_matter(rng) + source
    is_page = source.lstrip()[:5].lower() in ("<!doc", "<html") or rng.random() < 0.1
    source_name = "en.html" if is_page else rng.choice(("en.md", "en.md", "en.mdx"))
    target_name = rng.choice(("zh.md", "zh.md", "zh.md", "zh.mdx"))
    return Document(source, target, source_name, target_name, rng.random() < 0.95, seed % 2 == 1)


def front_matter(rng: random.Random) -> str:
    """Return front matter of a few fields, nested or not, whole or broken."""
    lines = (
        f"{'  ' * rng.choice((0, 0, 0, 1, 2))}{rng.choice(('', '', '- '))}{rng.choice(KEYS)}: {rng.choice(VALUES)}"
        for _ in range(rng.randrange(1, 9))
    )
    return "---\n" + "\n".join(lines) + rng.choice(("\n---\n", "\n---\n\n", "\n...\n", "\n"))


def prepare() -> None:
    """Write what the settings name into the working directory."""
    Path("all.toml").write_text(SHOW_ALL, encoding="utf-8")
    Path("glossary.csv").write_text(GLOSSARY, encoding="utf-8")


def failures(seed: int, known: Known) -> Iterator[str]:
    """Yield what went wrong with one document."""
    made_of = document(seed, known)
    article = Target(made_of.target_name, made_of.target)
    for old in Path().glob("en.*"):
        old.unlink()
    if made_of.has_source:
        as_bytes = made_of.source.encode("utf-8", "surrogatepass" if seed % 3 == 0 else "replace")
        Path(made_of.source_name).write_bytes(as_bytes)
    before = time.process_time()
    loaded = settings.load(Path.cwd(), Path("all.toml") if made_of.shows_all else None)
    given = {made_of.target_name: made_of.source_name} if made_of.has_source else {}
    plan = pipeline.Plan.of(loaded, given)
    made = pipeline.run([article], plan)
    yield from (f"{each.message}" for each in made.problems if "bug" in (each.hint or "") or "internal" in each.message)
    yield from misplaced(made, {made_of.target_name: made_of.target})
    if seed % EVERY_FORMAT == 0:
        yield from in_all_formats(made, plan, article)
        again = pipeline.run([article], pipeline.Plan.of(loaded, given))
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


def in_all_formats(made: Report, plan: pipeline.Plan, target: Target) -> Iterator[str]:
    """Render all reports and exports; yield what is not well-formed."""
    for name in report.FORMATS:
        written = report.render(made, name, style=report.Style(color=False, width=100))
        if name in ("junit", "checkstyle"):
            yield from not_xml(name, written)
        elif name in ("json", "sarif", "gitlab", "rdjson"):
            yield from not_json(name, written)
    article = pipeline.prepare(target, plan)
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


def guarded(seed: int, known: Known) -> list[str]:
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
    known = Known(texts(asked.longest), pairs(), asked.longest)
    end = time.monotonic() + asked.seconds
    failed = done = 0
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        prepare()
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
