"""What fixes do to whole articles: a copy of published pairs is mended twice.

    python benchmarks/mended.py                        # the pairs in ../shared/corpus/pairs
    python benchmarks/mended.py FOLDER --articles 100  # fewer, drawn with a fixed seed
    python benchmarks/mended.py --show                 # the blocks, links, code and headings that became others
    python benchmarks/mended.py --unsafe-fixes         # also the fixes that somebody should look at

Copies the articles (every folder with a `zh.md` and an `en.md`), counts the places that have a fix, mends them, counts
what is left, and mends again: the second time no file may change. What the articles are made of is compared before and
after by another parser than bilint's (markdown-it-py). Links, code, headings and blocks that became others are `meant`
as far as a rule mended there that is to change them, and the rest is not.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it import MarkdownIt

from fixes import by_place

if TYPE_CHECKING:
    from markdown_it.token import Token

HERE = Path(__file__).resolve().parent
PAIRS = HERE.parent.parent / "shared" / "corpus" / "pairs"
_SEED = 7
_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)\r?\n.*?\n\1[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_MEANT: Mapping[str, tuple[str, ...]] = {
    "links": ("changed-link", "broken-fragment", "changed-image", "empty-link", "shown-markup", "damaged-text"),
    "code": ("changed-code", "translated-code", "shown-markup", "damaged-text"),
    "headings": ("shown-markup", "heading-level"),
    "blocks": ("shown-markup", "heading-level"),
    "emphasis": ("unrendered-emphasis", "doubled-emphasis"),
}
"""Which rules are to change them."""
_Bytes = Mapping[Path, bytes]


class Facts(NamedTuple):
    """What an article is made of, in order."""

    links: list[str]
    code: list[str]
    headings: list[str]
    blocks: list[str]
    emphasis: list[str]


class Places(NamedTuple):
    """How many places of an article have a fix of a rule, by article and rule."""

    fixed: Counter[tuple[str, str]]

    def of_rule(self, rule: str) -> int:
        """Return how many there are in all articles."""
        return sum(count for (_, name), count in self.fixed.items() if name == rule)

    def of_rules(self, path: str, rules: tuple[str, ...]) -> int:
        """Return how many there are in an article."""
        return sum(self.fixed[path, rule] for rule in rules)


def main() -> int:
    """Print how many places are mended by rule, what the second time changes, and what became of links and the rest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=PAIRS)
    parser.add_argument("--articles", type=int, metavar="N", help="so many, drawn with a fixed seed")
    parser.add_argument("--bilint", default=str(Path(sys.executable).parent / "bilint"))
    parser.add_argument("--jobs", default="0")
    parser.add_argument("--show", action="store_true", help="name what became another, by article")
    parser.add_argument("--unsafe-fixes", action="store_true")
    args = parser.parse_args()
    pairs = sorted(file.parent for file in args.folder.resolve().rglob("zh.md") if (file.parent / "en.md").is_file())
    if not pairs:
        print(f"no articles in {args.folder}: nothing measured", file=sys.stderr)
        return 0
    chosen = sorted(random.Random(_SEED).sample(pairs, min(args.articles or len(pairs), len(pairs))))
    with tempfile.TemporaryDirectory() as temporary, chdir(temporary):
        for pair in chosen:
            for name in ("zh.md", "en.md"):
                copy = pair.relative_to(args.folder.resolve()) / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(pair / name, copy)
        Path("pairs.tsv").write_text("".join(f"{zh}\t{zh.with_name('en.md')}\n" for zh in _files()), encoding="utf-8")
        _measure([args.bilint, "check", "--pairs", "pairs.tsv", "--jobs", args.jobs, "--quiet", "--no-cache"], args)
    return 0


def _measure(check: list[str], args: argparse.Namespace) -> None:
    fix = [*check, "--fix", *(["--unsafe-fixes"] if args.unsafe_fixes else [])]
    before, has = _files(), _places(check, with_unsafe=args.unsafe_fixes)
    first = subprocess.run(fix, capture_output=True, check=False).stderr.decode()
    mended, left = _files(), _places(check, with_unsafe=args.unsafe_fixes)
    second = subprocess.run(fix, capture_output=True, check=False).stderr.decode()
    changed = [path for path in before if before[path] != mended[path]]
    again = sum(mended[path] != data for path, data in _files().items())
    print(f"{len(before)} articles, {len(changed)} changed; the second time: {again} changed")
    print(f"first:\n{first}second:\n{second}")
    _print_rules(has, left)
    _print_facts({path: (before[path], mended[path]) for path in changed}, has, is_showing=args.show)


def _files() -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(Path().rglob("zh.md"))}


def _places(check: list[str], *, with_unsafe: bool) -> Places:
    done = subprocess.run([*check, "--format", "json"], capture_output=True, check=False)
    if not done.stdout:
        sys.exit(done.stderr.decode())
    found: Counter[tuple[str, str]] = Counter()
    for finding in json.loads(done.stdout)["findings"]:
        if finding["fix"] and (finding["fix"]["safe"] or with_unsafe):
            found[finding["path"], finding["rule"]] += len(by_place(finding))
    return Places(found)


def _print_rules(has: Places, left: Places) -> None:
    print("| rule | places with a fix | left |\n|---|--:|--:|")
    rules = {rule for _, rule in (*has.fixed, *left.fixed)}
    for rule in sorted(rules, key=lambda rule: (-has.of_rule(rule), rule)):
        print(f"| {rule} | {has.of_rule(rule)} | {left.of_rule(rule)} |")
    print(f"| all | {has.fixed.total()} | {left.fixed.total()} |\n")


def _print_facts(articles: Mapping[Path, tuple[bytes, bytes]], has: Places, *, is_showing: bool) -> None:
    print("| in the changed articles | before | after | others, meant | not meant |\n|---|--:|--:|--:|--:|")
    facts = {path: [_facts(data) for data in texts] for path, texts in articles.items()}
    for number, kind in enumerate(Facts._fields):
        sizes, meant, rest = [0, 0], 0, 0
        for path, texts in facts.items():
            lists = [text[number] for text in texts]
            sizes = [size + len(each) for size, each in zip(sizes, lists, strict=True)]
            gone, new = (list((Counter(one) - Counter(other)).elements()) for one, other in (lists, lists[::-1]))
            others = max(len(gone), len(new)) or lists[0] != lists[1]
            fixed = min(others, has.of_rules(str(path), _MEANT[kind]))
            meant, rest = meant + fixed, rest + others - fixed
            if is_showing and others and kind != "emphasis":
                print(f"{path} {kind}: {gone[:4]} → {new[:4]}", file=sys.stderr)
        print(f"| {kind} | {sizes[0]} | {sizes[1]} | {meant} | {rest} |")


def _facts(data: bytes) -> Facts:
    """Return what a Markdown parser that is not bilint's finds in an article, without its front matter."""
    text = _FRONT_MATTER.sub("", data.decode("utf-8-sig", "replace"), count=1)
    facts = Facts([], [], [], [], [])
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        if token.type in ("fence", "code_block"):
            facts.code.append(f"{token.info}\n{token.content}")
        elif token.type == "heading_open":
            facts.headings.append(token.tag)
        if token.nesting == 1 or token.type in ("fence", "code_block", "html_block", "hr"):
            facts.blocks.append(token.type)
        _add(facts, token.children or ())
    return facts


def _add(facts: Facts, tokens: Any) -> None:
    for token in _inlines(tokens):
        if token.type in ("link_open", "image"):
            facts.links.append(str(token.attrs.get("href", token.attrs.get("src"))))
        elif token.type == "code_inline":
            facts.code.append(token.content)
        elif token.type in ("em_open", "strong_open", "s_open"):
            facts.emphasis.append(token.type)


def _inlines(tokens: Any) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _inlines(token.children or ())


if __name__ == "__main__":
    sys.exit(main())
