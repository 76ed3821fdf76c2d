"""`--since` shows what changed, and nothing else: in a history of thirty commits exactly what was planted."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from runs import Done, Folder

from bilint.since import matched

Run = Callable[..., Done]
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
        self.planted: list[tuple[int, str]] = []
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
        f"[the plan of the {thing}](https://example.com/plan/{thing}).\n\n"
        f"Whoever uses the {thing} reads [the manual of the {thing}](https://example.com/manual/{thing}) first.\n"
    )


def chinese(number: int) -> str:
    thing, word = NAMES[number]
    return (
        f"## {word}\n\n{word}放在厨房里，可以在[{word}的平面图](https://example.com/plan/{thing})里找到它。\n\n"
        f"要用{word}的人，先要读[{word}的说明书](https://example.com/manual/{thing})。\n"
    )


@pytest.fixture
def repository(folder: Folder) -> Repository:
    (folder.path / "zh/kettle.md").unlink()
    (folder.path / "en/kettle.md").unlink()
    made = Repository(folder)
    made.edit("zh", "a", "/plan/kettle)", "/plan/old-kettle)")
    made.edit("zh", "b", "要用勺子的人", "要用勺子的[](https://example.com/spoon)人")
    made.commit()
    return made


def since(bilint: Run, revision: str, *words: str) -> list[tuple[str, str]]:
    done = bilint("check", "zh", "--since", revision, "--format", "json", *words)
    return sorted((finding["rule"], finding["path"]) for finding in done.report["findings"])


def marks(bilint: Run, revision: str) -> list[str]:
    """The things that the findings since a revision are about."""
    done = bilint("check", "zh", "--since", revision, "--format", "json")
    return sorted(f["text"].rstrip(")").rpartition("/")[2] for f in done.report["findings"])


def test_in_thirty_commits_exactly_what_was_planted_is_found(repository: Repository, bilint: Run) -> None:
    dice = random.Random(5)
    kinds = ["link", "empty", "link", "reflow", "insert", "move", "mend", "other", "heading", "none"] * 3
    dice.shuffle(kinds)
    left = list(range(1, SECTIONS - 1))
    dice.shuffle(left)
    for number, kind in enumerate(kinds):
        if kind in ("link", "empty") and left:
            plant(repository, kind, NAMES[left.pop()], number)
        else:
            change(repository, kind, number)
        repository.commit()
    assert len(repository.commits) == 31
    assert len(repository.planted) >= 6
    for at in (0, 3, 9, 14, 20, 26, 29, 30):
        expected = sorted(thing for number, thing in repository.planted if number >= at)
        assert marks(bilint, repository.commits[at]) == expected, at


def plant(repository: Repository, kind: str, name: tuple[str, str], number: int) -> None:
    thing, word = name
    if kind == "link":
        repository.edit("zh", "a", f"/plan/{thing})", f"/plan/new-{thing})")
        thing = f"new-{thing}"
    else:
        repository.edit("zh", "a", f"{word}放在", f"[](https://example.com/empty/{thing}){word}放在")
    repository.planted.append((number, thing))


def change(repository: Repository, kind: str, number: int) -> None:
    """Change something that is no fault and touches no faulty block."""
    text = repository.read("zh", "a")
    if kind == "reflow":
        repository.write("zh", "a", text.replace("，", "，\n") if "，\n" not in text else text.replace("，\n", "，"))
    elif kind == "insert":
        repository.edit("zh", "a", "# 物品清单\n", f"# 物品清单\n\n第 {number} 次修改时加了一件东西，也写进了清单。\n")
        repository.edit(
            "en", "a", "things\n", f"things\n\nWith change {number} one thing was added to the list as well.\n"
        )
    elif kind == "move":
        for language in ("zh", "en"):
            head, *sections = repository.read(language, "a").rstrip("\n").split("\n\n## ")
            sections = [*sections[1:], sections[0]]
            repository.write(language, "a", "\n\n## ".join([head, *sections]) + "\n")
    elif kind == "other":
        repository.edit("zh", "b", "放在厨房里", "就放在厨房里")
    elif kind == "mend" and "/old-" in text:
        repository.edit("zh", "a", "/plan/old-kettle)", "/plan/kettle)")
    elif kind == "heading":
        repository.edit("zh", "a", "## 水壶", "## 水壶啊")


def test_staged_and_unstaged_changes_count(repository: Repository, bilint: Run) -> None:
    assert since(bilint, "HEAD") == []
    repository.edit("zh", "a", "/manual/lid)", "/manual/lids)")
    repository.git("add", "-A")
    repository.edit("zh", "b", "/manual/tray)", "/manual/trays)")
    assert since(bilint, "HEAD") == [("changed-link", "zh/a.md"), ("changed-link", "zh/b.md")]
    assert since(bilint, "HEAD", "--jobs", "2") == [("changed-link", "zh/a.md"), ("changed-link", "zh/b.md")]


def test_what_is_not_shown_is_counted(repository: Repository, bilint: Run) -> None:
    done = bilint("check", "zh", "--since", "HEAD")
    assert done.code == 0
    assert "; 2 in unchanged blocks not shown" in done.out


def test_a_new_article_and_a_renamed_one_are_new_all_over(repository: Repository, bilint: Run) -> None:
    for language in ("zh", "en"):
        repository.git("mv", f"{language}/a.md", f"{language}/c.md")
    assert since(bilint, "HEAD") == [("changed-link", "zh/c.md")]


def test_of_equal_blocks_the_added_one_is_new(repository: Repository, bilint: Run) -> None:
    faulty = "要用勺子的[](https://example.com/spoon)人，先要读[勺子的说明书](https://example.com/manual/spoon)。\n"
    repository.write("zh", "b", repository.read("zh", "b") + "\n" + faulty)
    done = bilint("check", "zh", "--since", "HEAD", "--format", "json", "--select", "empty-link")
    last = repository.read("zh", "b").count("\n")
    assert [(f["line"], f["more"]) for f in done.report["findings"]] == [(last, [])]


def test_a_paragraph_that_is_cut_out_is_missing_and_one_that_was_missing_is_old(
    repository: Repository, bilint: Run
) -> None:
    words = ("--select", "missing-block", "--min-confidence", "low")
    repository.edit("zh", "a", chinese(2), "## 抹布\n\n")
    repository.commit()
    repository.edit("zh", "a", "要用水壶的人", "要用这把水壶的人")
    assert since(bilint, "HEAD", *words) == []
    repository.edit("zh", "a", chinese(5).partition("\n\n")[2], "")
    assert since(bilint, "HEAD", *words) == [("missing-block", "zh/a.md")]
    assert len(since(bilint, "HEAD~1", *words)) == 2


def test_english_that_is_added_is_missing(repository: Repository, bilint: Run) -> None:
    added = "Nobody should ever leave the kitchen while the water in the kettle is about to boil over.\n\n"
    repository.edit("en", "a", "## The handle", added + "## The handle")
    assert since(bilint, "HEAD", "--min-confidence", "low") == [("missing-block", "zh/a.md")]


def test_an_original_that_git_ignores_is_unchanged(repository: Repository, bilint: Run) -> None:
    repository.git("rm", "-q", "-r", "--cached", "en")
    repository.folder.write(".gitignore", "en/\n")
    repository.commit()
    assert since(bilint, "HEAD") == []
    repository.edit("zh", "a", "/manual/lid)", "/manual/lids)")
    assert since(bilint, "HEAD") == [("changed-link", "zh/a.md")]


def test_before_the_first_commit_everything_is_new(folder: Folder, bilint: Run) -> None:
    Repository(folder).edit("zh", "a", "/manual/lid)", "/manual/lids)")
    assert since(bilint, "HEAD") == [("changed-link", "zh/a.md")]
    done = bilint("check", "zh", "--since", "main~1")
    assert done.code == 2


@pytest.mark.parametrize("revision", ["nowhere", "--all", "HEAD:zh/a.md", "", "HEAD\n"])
def test_a_revision_that_is_none_is_an_error(repository: Repository, bilint: Run, revision: str) -> None:
    done = bilint("check", "zh", f"--since={revision}")
    assert (done.code, done.out) == (2, "")
    assert "--since" in done.err


def test_an_article_in_no_repository_is_an_error(folder: Folder, bilint: Run) -> None:
    assert bilint("check", "zh", "--since", "HEAD").code == 2


def test_a_repository_among_plain_files_is_not_asked(repository: Repository, bilint: Run) -> None:
    for name, text in {"HEAD": "ref: refs/heads/main\n", "objects/.keep": "", "refs/.keep": ""}.items():
        repository.folder.write(f"zh/{name}", text)
    assert bilint("check", "zh", "--since", "HEAD").code == 0
    assert since(bilint, "HEAD") == []


def test_in_an_article_with_both_languages_each_side_counts(repository: Repository, bilint: Run) -> None:
    both = "".join(f"{english(n)}\n{chinese(n)}\n" for n in range(4))
    repository.folder.write("zh/both.md", both)
    repository.commit()
    repository.folder.write("zh/both.md", both.replace("/plan/stove)里", "/plan/stoves)里"))
    assert since(bilint, "HEAD") == [("changed-link", "zh/both.md")]


def test_a_folder_inside_and_a_work_tree_of_its_own(
    repository: Repository, bilint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("worktree", "add", "-q", "--detach", str(tmp_path / "other"))
    monkeypatch.chdir(tmp_path / "other/zh")
    text = Path("a.md").read_text(encoding="utf-8")
    Path("a.md").write_text(text.replace("/manual/lid)", "/manual/lids)"), encoding="utf-8")
    done = bilint("check", ".", "--since", "main", "--format", "json")
    assert done.rules == ["changed-link"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", [0, 1, 2]),
        ("abc", "axbc", [0, None, 1, 2]),
        ("abc", "acb", [0, 2, 1]),
        ("ab", "abab", [0, 1, None, None]),
        ("aab", "ab", [0, 2]),
        ("", "a", [None]),
        ("abcd", "axbacd", [0, None, 1, None, 2, 3]),
    ],
)
def test_blocks_are_matched(old: str, new: str, expected: list[int | None]) -> None:
    assert matched(old, new) == expected
