"""How many originals named by the corpus articles are read right: found/of per link style."""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bilint.originals.links import named
from bilint.originals.paths import sources
from bilint.parse.markdown import parse
from bilint.settings import Originals

HOME = Path(__file__).resolve().parents[2] / "shared" / "corpus"
METADATA = "HTML comment"
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=HOME)
    parser.add_argument("--wrong", action="store_true", help="list the articles read wrong")
    arguments = parser.parse_args()
    if not (arguments.corpus / "manifest.jsonl").is_file():
        print(
            f"{arguments.corpus}: no manifest.jsonl; the corpus is expected in ../shared/corpus, or pass --corpus",
            file=sys.stderr,
        )
        return 2
    for title, counts in (("named", measure(arguments.corpus)), ("path patterns", mirrored(arguments.corpus))):
        print(title)
        for name, count in sorted(counts.items()):
            print(f"{count.found:5d}/{count.of:<5d} {name}")
            if arguments.wrong:
                print("".join(f"        {wrong}\n" for wrong in count.wrong), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
