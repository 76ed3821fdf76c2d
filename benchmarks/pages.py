"""Whether pages that are broken as a whole are told: cut off, in a fence, empty; and how often whole ones are accused.

    python benchmarks/pages.py                 # articles in ../shared/corpus/pairs
    python benchmarks/pages.py --articles 100  # fewer articles
    python benchmarks/pages.py --list          # which are missed, which are accused

Each article (a folder with `zh.md` and `en.md`) is broken in every way, by a seeded choice of where: the tail is cut at
a character, and at the end of a paragraph. Told is a finding of a rule about whole pages with default settings. The
articles are not part of the project; point --shared at a folder that holds `corpus/pairs`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from bilint import pipeline, settings
from bilint.discover import Target
from bilint.model import Placed, Severity
from bilint.plan import Plan

HERE = Path(__file__).resolve().parent
PAGE = frozenset(
    {"empty-page", "fenced-page", "truncated-page", "cut-off-sentence", "unclosed-fence", "wrong-original"}
)
SPREAD = 0.02
"""The cut lies so much around the share that is asked for."""


def cut_anywhere(text: str, share: float, chance: random.Random) -> str:
    """Return the text without its tail, up to any character."""
    return text[: int(len(text) * (1 - share - chance.uniform(-SPREAD, SPREAD)))]


def cut_between(text: str, share: float, chance: random.Random) -> str:
    """Return the text without its tail, up to the end of a paragraph."""
    kept = cut_anywhere(text, share, chance)
    end = kept.rfind("\n\n")
    return kept[: end + 1] if end > 0 else kept


def title_only(text: str) -> str:
    """Return the front matter, if there is any, else the first heading or line."""
    if text.startswith("---\n") and (end := text.find("\n---\n", 3)) > 0:
        return text[: end + 5]
    lines = [line for line in text.split("\n") if line.strip()]
    return next((line for line in lines if line.startswith("#")), lines[0]) + "\n"


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "untouched": lambda text, chance: text,
    "cut 30 %": lambda text, chance: cut_anywhere(text, 0.3, chance),
    "cut 30 %, whole blocks": lambda text, chance: cut_between(text, 0.3, chance),
    "cut 15 %": lambda text, chance: cut_anywhere(text, 0.15, chance),
    "cut 15 %, whole blocks": lambda text, chance: cut_between(text, 0.15, chance),
    "in a fence": lambda text, chance: f"```markdown\n{text.rstrip()}\n```\n",
    "empty": lambda text, chance: "",
    "title only": lambda text, chance: title_only(text),
}


def articles(shared: Path, most: int | None) -> Iterator[tuple[Path, Path]]:
    """Yield (translation, original), by path."""
    found = sorted((shared / "corpus" / "pairs").glob("*/*/zh.md"))
    yield from ((zh, zh.with_name("en.md")) for zh in found[:most] if zh.with_name("en.md").exists())


def told(way: str, pairs: list[tuple[Path, Path]]) -> dict[str, list[Placed]]:
    """Return the findings about whole pages, by path, in articles broken in one way."""
    change = WAYS[way]
    targets = [
        Target(str(zh), change(zh.read_text("utf-8"), random.Random(f"{way} {zh.parent.name}"))) for zh, _ in pairs
    ]
    plan = Plan.of(settings.Loaded(settings.Settings(), HERE), {str(zh): str(en) for zh, en in pairs}, "pairs")
    found: dict[str, list[Placed]] = defaultdict(list)
    for finding in pipeline.run(targets, plan).findings:
        if finding.rule in PAGE and finding.severity is Severity.ERROR:
            found[finding.target.place.path].append(finding)
    return found


def main() -> int:
    """Print, for each way, of how many articles it is told."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--articles", type=int, metavar="N", help="only the first N")
    parser.add_argument("--list", action="store_true", help="name those that are missed, and the untouched ones told")
    options = parser.parse_args()
    pairs = list(articles(options.shared, options.articles))
    if not pairs:
        print(f"no articles in {options.shared}: nothing measured", file=sys.stderr)
        return 0
    for way in WAYS:
        found = told(way, pairs)
        print(f"{way:24}{len(found):5} of {len(pairs)} told  {len(found) / len(pairs):6.1%}", flush=True)
        if options.list:
            wanted = found if way == "untouched" else {str(zh): [] for zh, _ in pairs if str(zh) not in found}
            for path in sorted(wanted):
                print(f"    {path}  {', '.join(sorted({f.rule for f in wanted[path]}))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
