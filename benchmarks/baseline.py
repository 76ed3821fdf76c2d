"""Whether what a baseline knows stays away when articles are edited, and comes back when a flagged sentence changes.

    python benchmarks/baseline.py                      # 200 of the articles in ../shared/corpus/pairs
    python benchmarks/baseline.py FOLDER --articles 50 --show

Copies the articles (every folder with a `zh.md` and an `en.md`), writes a baseline, and edits the copies: lines of
paragraphs are broken elsewhere, paragraphs are inserted, neighbouring sections change places in both languages and in
the translation alone, files get other names. A finding that is reported then with the rule and the words of one that
was known has come back: there ought to be none. Others are due to the edit (an inserted paragraph has no original).
Last, the block of one finding of each article is changed: that finding ought to come back.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

from bilint.baseline import Baseline, entries_of, text
from bilint.model import Confidence, KnownBy, Placed, Report
from bilint.pipeline import Plan, run
from bilint.rules import all_rules
from bilint.settings import Loaded, Settings

HERE = Path(__file__).resolve().parent.parent
PAIRS = HERE.parent / "shared" / "corpus" / "pairs"
_SEED = 7
_INSERTED = "这一段是后来才加进去的，原文里没有。"
_HAN = "\u4e00-\u9fff"
_BREAKS = re.compile(rf"(?<=[{_HAN}][，。])(?=[{_HAN}])")
_PLAIN = re.compile(rf"[{_HAN}][^`|<>${{}}]*")
_HEADING = re.compile(r"##? ")
_DEFAULTS = Settings()
_Edit = Callable[[str], str]


def main() -> None:
    """Print for each edit how many known findings come back, and how many there are that the edit made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=PAIRS)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", action="store_true", help="print the findings that come back")
    args = parser.parse_args()
    pairs = sorted(file.parent for file in args.folder.resolve().rglob("zh.md") if (file.parent / "en.md").is_file())
    chosen = sorted(random.Random(_SEED).sample(pairs, min(args.articles, len(pairs))))
    with tempfile.TemporaryDirectory() as temporary, chdir(temporary):
        for number, pair in enumerate(chosen):
            for name in ("zh", "en"):
                Path(name).mkdir(exist_ok=True)
                shutil.copyfile(pair / f"{name}.md", f"{name}/{number:03}.md")
        _measure(args.jobs, is_showing=args.show)


def _measure(jobs: int, *, is_showing: bool) -> None:
    known = _checked(Baseline(Path()), jobs, Settings(min_confidence=Confidence.LOW))
    file = Path("bilint-baseline.json")
    file.write_text(text(entries_of(known.findings, Baseline(Path()))), encoding="utf-8")
    places = sum(1 + len(finding.more) for finding in known.findings)
    sure = sum(finding.confidence is not Confidence.LOW for finding in known.findings)
    print(
        f"{len(known.articles)} articles, {len(known.findings)} findings ({sure} shown), {places} places, seed {_SEED}"
    )
    before = {path: path.read_bytes() for path in _files()}
    for name, edit, folders in _EDITS:
        for path in _files():
            if path.parts[0] in folders:
                path.write_text(edit(_read(path)), encoding="utf-8", newline="")
        if name == "rename":
            _rename()
        _print(name, known, _checked(_load(), jobs), is_showing=is_showing)
        for folder in ("zh", "en"):
            shutil.rmtree(folder)
            Path(folder).mkdir()
        for path, data in before.items():
            path.write_bytes(data)
    changed = list(_change(known))
    everything = set(map(_at, _checked(Baseline(Path()), jobs).findings))
    again = set(map(_at, _checked(_load(), jobs).findings))
    kept = [finding for finding in changed if _at(finding) in everything]
    missed = [finding for finding in kept if _at(finding) not in again]
    mended = len(changed) - len(kept)
    print(f"{'change a flagged block':28} {len(kept) - len(missed)} of {len(kept)} come back; {mended} are no more")
    for finding in missed if is_showing else ():
        print("   ", finding.target.place, finding.rule, repr(finding.target.text[:60]))


def _print(name: str, known: Report, found: Report, *, is_showing: bool) -> None:
    old = {_words(finding) for finding in known.findings if not finding.is_gap}
    gaps: dict[str, str] = {}
    for finding in known.findings:
        if finding.is_gap and finding.source:
            gaps[finding.rule] = f"{gaps.get(finding.rule, '')}\0{_english(finding)}"
    back = [
        finding
        for finding in found.findings
        if (_english(finding) in gaps.get(finding.rule, "") if finding.is_gap else _words(finding) in old)
    ]
    rules = Counter(finding.rule for finding in found.findings if finding not in back)
    due = ", ".join(f"{rule} {count}" for rule, count in rules.most_common())
    print(f"{name:28} {len(back)} come back, {rules.total()} are due to the edit ({due}); {found.baselined} baselined")
    for finding in back if is_showing else ():
        print("   ", finding.target.place, finding.rule, finding.arguments, repr(finding.target.text[:60]))


def _english(finding: Placed) -> str:
    return finding.source.text if finding.source else "\0\0"


def _at(finding: Placed) -> tuple[str, str, int]:
    return finding.target.place.path, finding.rule, finding.target.place.line


def _words(finding: Placed) -> tuple[str, str, str]:
    """What a finding says of which article: marks and short words are flagged in many of them."""
    return Path(finding.target.place.path).name.removeprefix("new-"), finding.rule, finding.target.text


def _checked(baseline: Baseline, jobs: int, settings: Settings = _DEFAULTS) -> Report:
    from msgspec.structs import replace

    from bilint.discover import discover

    plan = Plan.of(Loaded(settings, Path()), {})
    return run(discover(["zh"], settings, Path()), replace(plan, baseline=baseline), jobs)


def _load() -> Baseline:
    from bilint.baseline import load

    return load(Path("bilint-baseline.json"))


def _files() -> list[Path]:
    return sorted(file for folder in ("zh", "en") for file in Path(folder).glob("*.md"))


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()


def _rename() -> None:
    for path in _files():
        path.rename(path.with_name(f"new-{path.name}"))


def _lines(article: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines, and whether each stands at the top level: in no front matter, code, list or other container."""
    lines = article.split("\n")
    is_front = lines[0].strip() in ("---", "+++")
    fence = ""
    for number, line in enumerate(lines):
        mark = re.match(r"\s*(```+|~~~+|:::+)", line)
        was_inside = is_front or bool(fence)
        if is_front and number and line.strip() == lines[0].strip():
            is_front = False
        elif mark and not fence:
            fence = mark[1]
        elif mark and line.strip() == fence:
            fence = ""
        yield line, not was_inside and not mark


def reflow(article: str) -> str:
    """Return the article with the lines of paragraphs broken after marks of punctuation."""
    return "\n".join(
        _BREAKS.sub("\n", line) if is_top and _PLAIN.fullmatch(line.rstrip("\r")) else line
        for line, is_top in _lines(article)
    )


def insert(article: str) -> str:
    """Return the article with paragraphs put in before every second heading and at the end."""
    lines: list[str] = []
    headings = 0
    for line, is_top in _lines(article):
        if is_top and _HEADING.match(line) and (not lines or not lines[-1].strip()):
            headings += 1
            lines += [_INSERTED, ""] if headings % 2 == 0 else []
        lines.append(line)
    return "\n".join(lines).rstrip("\n") + f"\n\n{_INSERTED}\n"


def reorder(article: str) -> str:
    """Return the article with every second of its sections behind its neighbour."""
    sections: list[list[str]] = [[]]
    for line, is_top in _lines(article):
        if is_top and line.startswith("## "):
            sections.append([])
        sections[-1].append(line)
    head, *rest = sections
    rest[-1:] = [[*rest[-1], ""]] if rest else []
    for number in range(0, len(rest) - 1, 2):
        rest[number], rest[number + 1] = rest[number + 1], rest[number]
    return "\n".join(line for section in (head, *rest) for line in section)


_EDITS: tuple[tuple[str, _Edit, tuple[str, ...]], ...] = (
    ("nothing", lambda article: article, ()),
    ("reflow", reflow, ("zh",)),
    ("insert", insert, ("zh",)),
    ("reorder, both", reorder, ("zh", "en")),
    ("reorder, translation only", reorder, ("zh",)),
    ("rename", lambda article: article, ()),
)


def _change(known: Report) -> Iterator[Placed]:
    """Change the block of a finding in each article, and yield it: of one that stands in words of a paragraph.

    What is said of the whole article is not about the block that it points at.
    """
    seen: set[str] = set()
    for finding in known.findings:
        if finding.confidence is Confidence.LOW or all_rules()[finding.rule].known is KnownBy.ARTICLE:
            continue
        place = finding.target.place
        if place.path in seen or finding.is_gap or finding.more or not _PLAIN.match(finding.target.line):
            continue
        seen.add(place.path)
        lines = _read(Path(place.path)).split("\n")
        lines[place.line - 1] = lines[place.line - 1].rstrip() + "这里改过。"
        Path(place.path).write_text("\n".join(lines), encoding="utf-8", newline="")
        yield finding


if __name__ == "__main__":
    main()
