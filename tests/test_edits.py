"""With and without a cache the report is the same, byte for byte, whatever is done to a project between two runs."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilint import settings
from bilint.commands.checking import checked
from bilint.discover import discover
from bilint.pipeline import Plan
from bilint.report import Style, render

if TYPE_CHECKING:
    from bilint.model import Report

SEQUENCES = 200
EDITS = 2
"""How many follow each other in a sequence; after each the project is checked both ways."""
NAMES = [f"{name}.md" for name in "abcdefgh"]
TOPICS = ["kettle", "spoon", "lantern"]
CHINESE = {"kettle": "水壶", "spoon": "勺子", "lantern": "灯笼"}
URL = "https://example.com/{}"
STYLE = Style(color=False, width=80)
TIGHT = "我们用Linux和Docker，也用Podman、Fedora、Debian和Ubuntu，还有Arch。"
SPACED = "我们用 Linux 和 Docker，也用 Podman、Fedora、Debian 和 Ubuntu，还有 Arch。"
SYSTEMS = "We use Linux and Docker, also Podman, Fedora, Debian and Ubuntu, and Arch."
KEPT = "这个 widget 很好用，每个 widget 都要先装好。"
TURNED = "这个部件很好用，每个部件都要先装好。"
WIDGET = "This widget is handy, and every widget must be installed first."


def english(topic: str, number: int) -> str:
    plain = f"Fill the {topic} with cold water, wait for {number} minutes and read the notes."
    return f"# The {topic}\n\n{plain}\n\n## Usage\n\n{SYSTEMS}\n\n{WIDGET}\n\nSee [the other](b.md#usage).\n"


def chinese(chance: random.Random, topic: str, number: int) -> str:
    named = chance.choice(["", f"---\nsource: {URL.format(topic)}\n---\n\n", f"---\nsource: ../en/{topic}.md\n---\n\n"])
    usage = chance.choice(["用法", "使用方法"])
    link = chance.choice(["[另一篇](b.md#用法)", "[另一篇](b.md#usage)", "[另一篇](c.md#使用方法)", "![图](壶.png)"])
    faulty = chance.choice(["", "\n\n请看[](https://example.com/x)。", "\n\n水开了,就关火。"])
    body = f"把{CHINESE[topic]}装满冷水，等 {number} 分钟，再读说明。"
    said = f"{chance.choice([TIGHT, SPACED])}\n\n{chance.choice([KEPT, TURNED])}"
    return f"{named}# {CHINESE[topic]}\n\n{body}\n\n## {usage}\n\n{said}\n\n请看{link}。{faulty}\n"


class Project:
    """A small project that is changed at random."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root, self.chance = root, chance
        for name in NAMES[:6]:
            self.translate(name)
        for topic in TOPICS:
            self.write(f"en/{topic}.md", english(topic, 3))
        self.write(".bilint/.gitignore", "*\n")
        self.settings()

    def write(self, name: str, text: str | bytes) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def some(self, pattern: str) -> Path | None:
        files = sorted(self.root.glob(pattern))
        return self.chance.choice(files) if files else None

    def translate(self, name: str = "") -> None:
        topic = self.chance.choice(TOPICS)
        self.write(
            f"zh/{name or self.chance.choice(NAMES)}", chinese(self.chance, topic, self.chance.choice([3, 3, 4]))
        )

    def mirror(self) -> None:
        self.write(f"en/{self.chance.choice(NAMES)}", english(self.chance.choice(TOPICS), 3))

    def restyle(self) -> None:
        """Most articles follow one habit: what the project says of the others turns."""
        for file in sorted(self.root.glob("zh/**/*.md")):
            text = file.read_bytes().decode(errors="replace")
            one, other = self.chance.choice([(TIGHT, SPACED), (SPACED, TIGHT), (KEPT, TURNED), (TURNED, KEPT)])
            file.write_bytes(text.replace(one, other).encode())

    def change_original(self) -> None:
        if file := self.some("en/*.md"):
            file.write_text(english(self.chance.choice(TOPICS), self.chance.choice([3, 4])), encoding="utf-8")

    def remove(self) -> None:
        if file := self.some(self.chance.choice(["zh/**/*.md", "en/*.md", "originals/*", "zh/*.png"])):
            file.unlink()

    def move(self) -> None:
        if file := self.some("zh/**/*.md"):
            place = self.root / self.chance.choice(["zh/sub", "zh"]) / self.chance.choice(NAMES)
            place.parent.mkdir(exist_ok=True)
            file.rename(place)

    def save_page(self) -> None:
        topic = self.chance.choice(TOPICS)
        self.write(f"originals/{topic}.md", english(topic, self.chance.choice([3, 4])))
        listed = self.chance.choice([f"{URL.format(topic)}\t{topic}.md\n", f"{URL.format(topic)}\tother.md\n", ""])
        self.write("originals/index.tsv", listed)

    def picture(self) -> None:
        self.write("zh/壶.png", b"\x89PNG")

    def spoil(self) -> None:
        self.write(f"zh/{self.chance.choice(NAMES)}", b"\xff\xfe\x00")

    def english_among_them(self) -> None:
        self.write("zh/kettle.en.md", english("kettle", 3))
        self.write(
            "zh/z.md",
            f"---\nsource: kettle.en.md\n---\n\n# 水壶\n\n把水壶装满冷水，等 3 分钟，再读说明。\n\n{SPACED}\n",
        )

    def terms(self) -> None:
        self.write("terms.csv", f"source,target\nwidget,{self.chance.choice(['部件', '组件'])}\n")

    def settings(self) -> None:
        lines = [
            self.chance.choice(["", 'min-confidence = "low"', 'ignore = ["empty-link"]', 'min-severity = "warning"']),
            self.chance.choice(["", 'glossaries = ["terms.csv"]', 'select = ["mixed-spacing", "wrong-term"]']),
            self.chance.choice(["", 'exclude = ["zh/a.md"]', 'fail-on = "error"']),
            self.chance.choice(["", '[[overrides]]\npaths = ["zh/b.md"]\nignore = ["mixed-spacing"]']),
        ]
        if "terms.csv" in lines[1] and not (self.root / "terms.csv").exists():
            self.terms()
        self.write("bilint.toml", "\n".join(lines) + "\n")

    def damage(self) -> None:
        file = self.root / ".bilint/cache"
        data = bytearray(file.read_bytes()) if file.exists() else bytearray()
        if not data:
            return
        match self.chance.randrange(4):
            case 0:
                for _ in range(20):
                    data[self.chance.randrange(len(data))] ^= 1 << self.chance.randrange(8)
                file.write_bytes(data)
            case 1:
                file.write_bytes(data[: self.chance.randrange(len(data))])
            case 2:
                file.write_bytes(b"not a database, whatever its name says" * 40)
            case _:
                file.unlink()

    def edit(self) -> None:
        self.chance.choice(EDITORS)(self)

    def report(self, paths: list[str], *, has_cache: bool) -> str:
        plan = Plan.of(settings.load(Path.cwd()), {})
        targets = discover(paths, plan.loaded.settings, plan.loaded.root)
        made: Report = checked(targets, plan, 1, is_quiet=True, has_cache=has_cache)[0]
        return render(made, "json", style=STYLE)


EDITORS: list[Callable[[Project], None]] = [
    *[Project.translate] * 4,
    *[Project.restyle] * 4,
    *[Project.settings] * 2,
    Project.mirror,
    Project.change_original,
    Project.change_original,
    Project.remove,
    Project.remove,
    Project.move,
    Project.move,
    Project.save_page,
    Project.picture,
    Project.spoil,
    Project.english_among_them,
    Project.terms,
    Project.damage,
    Project.damage,
]


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_warm_is_cold(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    chance = random.Random(seed)
    project = Project(tmp_path, chance)
    project.report(["zh"], has_cache=True)
    for _ in range(EDITS):
        for _ in range(chance.choice([0, 1, 1, 2])):
            project.edit()
        if chance.random() < 0.2 and (some := project.some("zh/*.md")):
            project.report([os.path.relpath(some)], has_cache=True)
        assert project.report(["zh"], has_cache=True) == project.report(["zh"], has_cache=False)
    shutil.rmtree(tmp_path)
