"""How many originals of the corpus are found, split and told apart: found/of, per kind.

- named: originals that articles name, per link style; path patterns: mirrored paths, per collection
- interleaved: articles that hold both languages, and the paragraphs in them that are aligned with their neighbour
- wrong original: true pairs that are taken for wrong, and articles paired with another one's English that are not
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from bilint.align import align
from bilint.discover import Target
from bilint.originals.links import named
from bilint.originals.paths import sources
from bilint.parse import parse, read
from bilint.pipeline import Plan, prepare
from bilint.reading import pairing
from bilint.settings import Loaded, Originals, Settings

HOME = Path(__file__).resolve().parents[2] / "shared" / "corpus"
METADATA = "HTML comment"
_HAN = re.compile("[\u4e00-\u9fff]")
_ENGLISH = re.compile("[a-z]{3,}")
_MARKUP = re.compile(r"\s*(?:[<{|:-]|[-*+] |\d+\.)")
MIRRORED = ("mirrored path", "sidecar", "interleaved")


@dataclass
class Count:
    """Articles of one link style: how many were read right, and which were not."""

    found: int = 0
    of: int = 0
    wrong: list[str] = field(default_factory=list)


def expected(item: dict[str, Any]) -> str | None:
    """Return what `named` must read from the article: its URL, its source path, or nothing."""
    style = item["link_style"]
    if style.startswith(METADATA):
        return str(item["en_repo_path"]).rpartition("@")[0]
    if style.startswith(MIRRORED):
        return None
    return str(item["source_url"])


def measure(corpus: Path) -> dict[str, Count]:
    counts: dict[str, Count] = defaultdict(Count)
    with (corpus / "manifest.jsonl").open(encoding="utf-8") as manifest:
        for line in manifest:
            item = json.loads(line)
            path = corpus / item["path"] / "zh.md"
            text = path.read_bytes().decode("utf-8", errors="replace")
            found = named(parse(text, str(path)))
            count, want = counts[item["link_style"]], expected(item)
            got = (found.uri or found.path) if found else None
            count.of += 1
            count.found += got == want
            if got != want:
                count.wrong.append(f"{item['path']}: read {got}, want {want}")
    return counts


def mirrored(corpus: Path) -> dict[str, Count]:
    """Count, per collection, the articles whose source one of the default path patterns gives."""
    counts: dict[str, Count] = defaultdict(Count)
    patterns = Originals().paths
    with (corpus / "manifest.jsonl").open(encoding="utf-8") as manifest:
        for line in manifest:
            item = json.loads(line)
            if not item["link_style"].startswith(("mirrored", "sidecar", METADATA)):
                continue
            target, source = (str(item[key]).rpartition("@")[0] for key in ("zh_repo_path", "en_repo_path"))
            count = counts[item["collection"]]
            count.of += 1
            count.found += any(source in sources(pattern, target) for pattern in patterns)
    return counts


def interleaved(corpus: Path) -> dict[str, Count]:
    """Count the articles split, and the paragraphs aligned right: an English one belongs to the Chinese one behind it.

    Paragraphs are told by blank lines alone, without bilint's parser.
    """
    counts: dict[str, Count] = defaultdict(Count)
    for path in sorted(corpus.glob("bilingual/*/*/zh.md")):
        article = prepare(Target(str(path)), Plan.of(Loaded(Settings(), corpus), {}))
        counts["articles"].of += 1
        if article.bitext is None or not article.original or article.original.found_by != "interleaved":
            counts["articles"].wrong.append(f"{path}: not split")
            continue
        counts["articles"].found += 1
        source, target = article.bitext.source, article.bitext.target
        aligned = {
            (source.place(one.span).line, target.place(other.span).line)
            for pair in article.bitext.pairs
            for one in pair.source
            for other in pair.target
        }
        for english, chinese in partners(target.text):
            counts["paragraphs"].of += 1
            counts["paragraphs"].found += (english, chinese) in aligned
            if (english, chinese) not in aligned:
                counts["paragraphs"].wrong.append(f"{path}:{english}")
    return counts


def partners(text: str) -> Iterator[tuple[int, int]]:
    """First lines of each English paragraph that is followed by a Chinese one of the same kind, prose or heading."""
    paragraphs: list[tuple[int, str]] = []
    fenced, inside = False, False
    for number, line in enumerate(text.split("\n"), 1):
        fence = line.lstrip().startswith("```")
        fenced ^= fence
        if fence or fenced or not line.strip():
            inside = False
            continue
        if inside:
            paragraphs[-1] = (paragraphs[-1][0], f"{paragraphs[-1][1]} {line}")
        else:
            paragraphs.append((number, line))
        inside = True
    for (first, english), (second, chinese) in pairwise(paragraphs):
        prose = not any(_MARKUP.match(paragraph) for paragraph in (english, chinese))
        same_kind = english.startswith("#") == chinese.startswith("#")
        says = not _HAN.search(english) and len(_ENGLISH.findall(english)) >= 3 and len(_HAN.findall(chinese)) >= 8
        if prose and same_kind and says:
            yield first, second


def told_apart(corpus: Path, seed: int) -> dict[str, Count]:
    """Count true pairs taken for true, and shuffled ones, most of them within a collection, taken for wrong."""
    paths = sorted(corpus.glob("pairs/*/*/zh.md"))
    collections: dict[str, list[Path]] = defaultdict(list)
    for path in paths:
        collections[path.parts[-3]].append(path)
    chosen = random.Random(seed)
    counts: dict[str, Count] = defaultdict(Count)
    for path in paths:
        others = [other for other in collections[path.parts[-3]] if other != path]
        for name, other in (("true", path), ("same collection", chosen.choice(others)), ("any", chosen.choice(paths))):
            if name != "true" and other == path:
                continue
            fits = pairing(align(read(str(other.with_name("en.md"))), read(str(path)))).fits
            counts[name].of += 1
            counts[name].found += fits == (name == "true")
            if fits != (name == "true"):
                counts[name].wrong.append(f"{path} with {other}")
    return counts


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="for the shuffled pairs")
    parser.add_argument("--corpus", type=Path, default=HOME)
    parser.add_argument("--wrong", action="store_true", help="list the articles read wrong")
    arguments = parser.parse_args()
    if not (arguments.corpus / "manifest.jsonl").is_file():
        print(
            f"{arguments.corpus}: no manifest.jsonl; the corpus is expected in ../shared/corpus, or pass --corpus",
            file=sys.stderr,
        )
        return 2
    gc.disable()
    corpus = arguments.corpus
    tables = (
        ("named", measure(corpus)),
        ("path patterns", mirrored(corpus)),
        ("interleaved", interleaved(corpus)),
        ("wrong original", told_apart(corpus, arguments.seed)),
    )
    for title, counts in tables:
        print(title)
        for name, count in sorted(counts.items()):
            print(f"{count.found:5d}/{count.of:<5d} {name}")
            if arguments.wrong:
                print("".join(f"        {wrong}\n" for wrong in count.wrong), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
