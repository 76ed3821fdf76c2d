"""A Git repository with two articles and their originals, for what asks Git what has changed."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runs import Folder

SECTIONS = 8
NAMES = (
    *(("kettle", "水壶"), ("stove", "炉子"), ("cloth", "抹布"), ("handle", "把手"), ("spout", "壶嘴"), ("lid", "盖子")),
    *(
        ("cable", "电线"),
        ("filter", "滤网"),
        ("spoon", "勺子"),
        ("saucer", "茶碟"),
        ("tray", "托盘"),
        ("table", "桌子"),
    ),
    *(("lamp", "台灯"), ("clock", "时钟"), ("shelf", "书架"), ("drawer", "抽屉")),
)


class Repository:
    """Two articles with their originals; each section has a heading and two paragraphs with links of their own."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.commits: list[str] = []
        self.git("init", "-q", "-b", "main")
        for name in "ab":
            numbers = range(SECTIONS) if name == "a" else range(SECTIONS, 2 * SECTIONS)
            self.write("en", name, "# The list of things\n\n" + "\n".join(map(english, numbers)))
            self.write("zh", name, "# 物品清单\n\n" + "\n".join(map(chinese, numbers)))

    def git(self, *words: str) -> str:
        options = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        done = subprocess.run(["git", *options, *words], cwd=self.folder.path, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def read(self, language: str, name: str) -> str:
        return (self.folder.path / language / f"{name}.md").read_text(encoding="utf-8")

    def write(self, language: str, name: str, text: str) -> None:
        self.folder.write(f"{language}/{name}.md", text)

    def edit(self, language: str, name: str, old: str, new: str) -> None:
        text = self.read(language, name)
        assert old in text
        self.write(language, name, text.replace(old, new, 1))

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "change")
        self.commits.append(self.git("rev-parse", "HEAD"))
        return self.commits[-1]


def english(number: int) -> str:
    thing, _ = NAMES[number]
    return (
        f"## The {thing}\n\nThe {thing} stands in the kitchen and you can find it in "
        f"[the plan of the {thing}](https://example.com/plan/{thing}). It weighs {200 + number} grams.\n\n"
        f"Whoever uses the {thing} reads [the manual of the {thing}](https://example.com/manual/{thing}) first.\n"
    )


def chinese(number: int) -> str:
    thing, word = NAMES[number]
    return (
        f"## {word}\n\n{word}放在厨房里，可以在[{word}的平面图](https://example.com/plan/{thing})里找到它。"
        f"它重 {200 + number} 克。\n\n"
        f"要用{word}的人，先要读[{word}的说明书](https://example.com/manual/{thing})。\n"
    )
