"""What a baseline knows stays away however articles are edited around it, and comes back when its block changes."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from runs import CHINESE, FAULT, Done, Folder

Run = Callable[..., Done]
FILE = "bilint-baseline.json"
ENGLISH = """# The kettle

Fill the kettle with 250 ml of cold water. See [the manual](https://example.com/manual) for the amount.

## Heat

Wait until the water boils, and then take the kettle from the stove with [a cloth](https://example.com/cloth).

Never leave the stove alone while it is on, because the handle becomes hot and the water may boil over.

## Pour

Pour the water over the leaves slowly and let them stand for 3 minutes before you drink the tea.
"""
TRANSLATED = """# 水壶

在水壶里装 250 毫升冷水。水量见[说明书](https://example.com/manual)。

## 加热

等到水烧开，然后用[一块布](https://example.com/cloth)把水壶从炉子上拿下来。

炉子开着的时候千万不要走开，因为把手会变热，水也可能溢出来。

## 冲泡

把水慢慢倒在茶叶上，泡 3 分钟再喝茶。
"""
FAULTY = (
    TRANSLATED.replace("/manual)", "/manuel)")
    .replace("/cloth)", "/clothes)")
    .replace("泡 3 分钟", "泡[](https://e.com) 3 分钟")
)


@pytest.fixture
def known(folder: Folder, bilint: Run) -> Folder:
    """An article with three findings, all of them in the baseline."""
    folder.write("en/tea.md", ENGLISH)
    folder.write("zh/tea.md", FAULTY)
    assert len(bilint("check", "zh", "--format", "json").rules) == 3
    assert bilint("baseline", "write", "zh").code == 0
    return folder


@pytest.fixture
def check(bilint: Run) -> Run:
    return lambda *words: bilint("check", "zh", "--format", "json", "--baseline", FILE, *words)


def entries(folder: Folder) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((folder.path / FILE).read_bytes())["findings"]
    return found


def test_a_baseline_is_used_when_it_is_named_and_only_then(known: Folder, bilint: Run, check: Run) -> None:
    assert len(bilint("check", "zh", "--format", "json").rules) == 3
    done = check()
    assert (done.code, done.rules, done.report["summary"]["baselined"]) == (0, [], 3)
    known.write("bilint.toml", f'baseline = "{FILE}"\n')
    assert bilint("check", "zh").code == 0
    assert bilint("check", "zh", "--no-baseline").code == 1


def test_the_setting_is_relative_to_the_settings_and_the_option_to_the_folder_we_are_in(
    known: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.write("bilint.toml", f'baseline = "{FILE}"\n')
    monkeypatch.chdir(known.path / "zh")
    assert bilint("check", ".").code == 0
    assert bilint("check", ".", "--baseline", f"../{FILE}").code == 0
    assert bilint("check", ".", "--baseline", FILE).code == 2


def test_the_file_is_sorted_one_place_a_line_and_the_same_each_time(known: Folder, bilint: Run) -> None:
    known.write("zh/a.md", CHINESE + FAULT)
    known.write(
        "en/a.md", "# The kettle\n\nFill the kettle with cold water and wait until it boils.\n\nSee the page.\n"
    )
    bilint("baseline", "write", "zh")
    text = (known.path / FILE).read_text(encoding="utf-8")
    lines = [line.rstrip(",") for line in text.split("\n") if line.startswith("  {")]
    read = [json.loads(line) for line in lines]
    assert read == entries(known)
    assert [(e["path"], e["rule"]) for e in read] == sorted((e["path"], e["rule"]) for e in read)
    assert read[0]["path"] == "zh/a.md"
    assert "https://example.com/kettle" in lines[0]
    assert not {"line", "column"} & read[0].keys()
    bilint("baseline", "write", "zh", "--jobs", "2")
    assert (known.path / FILE).read_text(encoding="utf-8") == text


def reordered(text: str) -> str:
    head, heat, pour = text.split("\n## ")
    return f"{head}\n## {pour}\n## {heat}"


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (FAULTY.replace("，", "，\n").replace("。水量", "。\n水量"), ENGLISH),
        (FAULTY.replace("## ", "新的一段，原文里没有。\n\n## "), ENGLISH),
        (reordered(FAULTY), reordered(ENGLISH)),
        (FAULTY, ENGLISH.replace(" until", "\nuntil").replace("# The kettle\n", "# The kettle\n\nOh.\n")),
        (FAULTY.replace("## 加热", "### 加热"), ENGLISH.replace("## Heat", "### Heat")),
        (FAULTY.replace("\n", "\r\n"), ENGLISH),
    ],
    ids=["reflow", "insert", "reorder", "original", "level", "line-ends"],
)
def test_known_findings_stay_away(known: Folder, check: Run, zh: str, en: str) -> None:
    known.write("zh/tea.md", zh)
    known.write("en/tea.md", en)
    report = check().report
    assert {"changed-link", "empty-link"}.isdisjoint(f["rule"] for f in report["findings"])
    assert report["summary"]["baselined"] == 3


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("水量见", "水的量见", "changed-link"),
        ("然后用", "然后再用", "changed-link"),
        ("再喝茶", "再慢慢喝茶", "empty-link"),
        ("/clothes)", "/clothing)", "changed-link"),
        ("manuel", "manwal", "changed-link"),
    ],
)
def test_a_block_that_changes_is_looked_at_anew(known: Folder, check: Run, old: str, new: str, rule: str) -> None:
    known.write("zh/tea.md", FAULTY.replace(old, new))
    done = check()
    assert done.rules == [rule]
    assert done.report["summary"]["expired"] == 1


def test_a_change_of_the_english_expires_what_rests_on_it(known: Folder, check: Run) -> None:
    known.write("en/tea.md", ENGLISH.replace("and then take", "then take").replace("you drink", "we drink"))
    assert check().rules == ["changed-link"]  # empty-link never looks at the English


def test_equal_places_are_counted(known: Folder, bilint: Run, check: Run) -> None:
    known.write("zh/kettle.md", CHINESE + "\n" + FAULT + "\n" + FAULT)
    bilint("baseline", "write", "zh")
    assert [e["count"] for e in entries(known) if e["path"] == "zh/kettle.md" and e["rule"] == "empty-link"] == [2]
    assert "empty-link" not in check().rules
    known.write("zh/kettle.md", CHINESE + "\n" + FAULT + "\n" + FAULT + "\n" + FAULT)
    assert check().rules.count("empty-link") == 1


def test_of_a_finding_with_several_places_the_new_ones_are_shown(known: Folder, bilint: Run, check: Run) -> None:
    lines = "水开了,关火。\n\n茶凉了,再泡。\n\n"
    known.write("zh/kettle.md", CHINESE + "\n" + lines)
    bilint("baseline", "write", "zh")
    known.write("zh/kettle.md", CHINESE + "\n" + lines.replace("茶凉了", "茶已经凉了") + "杯子空了,添水。\n")
    found = [f for f in check("--min-severity", "info").report["findings"] if f["rule"] == "half-width-punctuation"]
    assert [(f["line"], len(f["more"])) for f in found] == [(7, 1)]
    assert found[0]["more"][0]["line"] == 9


def test_a_renamed_article_is_known_and_a_copy_is_not(known: Folder, check: Run) -> None:
    known.write("en/pot.md", ENGLISH)
    known.write("zh/pot.md", FAULTY)
    assert len(check().rules) == 3
    (known.path / "zh/tea.md").unlink()
    done = check()
    assert (done.rules, done.report["summary"]["expired"]) == ([], 0)


def test_what_comes_back_below_the_bar_is_not_expired(known: Folder, check: Run) -> None:
    for words in (("--min-confidence", "high"), ("--min-severity", "error"), ("--select", "empty-link")):
        assert check(*words).report["summary"]["expired"] == 0, words


def test_without_the_original_its_entries_are_not_expired(known: Folder, bilint: Run, check: Run) -> None:
    (known.path / "en/tea.md").unlink()
    assert check().report["summary"]["expired"] == 0
    before = entries(known)
    bilint("baseline", "prune", "zh")
    assert entries(known) == before


def test_prune_removes_what_has_expired_and_nothing_else(known: Folder, bilint: Run, check: Run) -> None:
    known.write("zh/kettle.md", CHINESE + "\n" + FAULT)
    bilint("baseline", "write", "zh")
    known.write("zh/tea.md", FAULTY.replace("/clothes)", "/cloth)"))
    known.write("zh/kettle.md", CHINESE)
    done = bilint("check", "zh", "--baseline", FILE)
    assert done.out.endswith("3 places in the baseline are found no more (bilint baseline prune)\n")
    done = bilint("baseline", "prune", "zh/tea.md")
    assert done.code == 0
    assert {(e["path"], e["rule"]) for e in entries(known)} == {
        ("zh/kettle.md", "empty-link"),
        ("zh/kettle.md", "wrong-original"),
        ("zh/tea.md", "changed-link"),
        ("zh/tea.md", "empty-link"),
    }
    bilint("baseline", "prune", "zh")
    assert {e["path"] for e in entries(known)} == {"zh/tea.md"}
    assert check().report["summary"]["expired"] == 0


def test_prune_follows_a_renamed_article(known: Folder, bilint: Run) -> None:
    for folder in ("zh", "en"):
        (known.path / folder / "tea.md").rename(known.path / folder / "pot.md")
    bilint("baseline", "prune", "zh")
    assert [e["path"] for e in entries(known)] == ["zh/pot.md"] * 3


def test_show_prints_the_entries(known: Folder, bilint: Run) -> None:
    done = bilint("baseline", "show")
    assert done.out.startswith("zh/tea.md: [changed-link] ")
    assert done.out.endswith(f"{FILE}: 3 places in 1 article (changed-link 2, empty-link 1)\n")
    assert bilint("baseline", "show", "zh/kettle.md").out == f"{FILE}: no findings\n"
    assert json.loads(bilint("baseline", "show", "zh", "--format", "json").out) == entries(known)


@pytest.mark.parametrize(
    "text", ["", "[]", "<<<<<<< HEAD\n{}", '{"schema_version": 2, "findings": []}', '{"findings": [{}]}']
)
def test_what_is_no_baseline_is_an_error(folder: Folder, bilint: Run, text: str) -> None:
    folder.write("known.json", text)
    done = bilint("check", "zh", "--baseline", "known.json")
    assert (done.code, done.out) == (2, "")
    assert "known.json" in done.err
    assert "bilint baseline write" in done.err


@pytest.mark.parametrize("count", ["0", "-1", "1" + 5000 * "0"])
def test_a_count_that_knows_everything_is_none(folder: Folder, bilint: Run, count: str) -> None:
    entry = f'{{"path": "zh/a.md", "rule": "typo", "excerpt": "", "fingerprint": "0", "count": {count}}}'
    folder.write("known.json", f'{{"schema_version": 1, "findings": [{entry}]}}')
    done = bilint("check", "zh", "--baseline", "known.json")
    assert (done.code, done.out) == (2, "")
    assert "is no baseline" in done.err


def test_a_baseline_that_is_not_there_is_an_error(folder: Folder, bilint: Run) -> None:
    folder.write("bilint.toml", 'baseline = "known.json"\n')
    assert bilint("check", "zh").code == 2
    assert bilint("baseline", "write", "zh").code == 0
    assert (folder.path / "known.json").is_file()
    assert bilint("check", "zh").code == 0


def test_nothing_is_written_when_nothing_was_checked(folder: Folder, bilint: Run) -> None:
    folder.write("empty/a.txt", "")
    assert bilint("baseline", "write", "empty").code == 3
    assert bilint("baseline", "write", "nowhere").code == 2
    assert not (folder.path / FILE).exists()


def test_what_cannot_be_read_is_told_and_the_rest_is_written(folder: Folder, bilint: Run) -> None:
    folder.write("zh/broken.md", b"\xff\xfe\x00")
    folder.write("zh/kettle.md", CHINESE + "\n" + FAULT)
    done = bilint("baseline", "write", "zh")
    assert done.code == 2
    assert "zh/broken.md" in done.err
    assert "empty-link" in {e["rule"] for e in entries(folder)}


FEEDER = """# The feeder

The feeder hangs in the old pear tree behind the house, 2 metres above the ground.

Since last year a camera on the fence counts every bird that comes, and writes the number into a table.

We fill it with sunflower seeds every morning, at 6:30, before the first sparrows wake up.

Peanuts have become too expensive for us, so the woodpeckers get the fat of the butcher.

In spring of 2021 we took it down, and cleaned it with hot water and a stiff brush.

The village council has promised to pay for a second one next to the school.

On the 15th of April it goes into the shed until the first frost.
"""
SHORTER = """# 喂食器

喂食器挂在屋后的老梨树上，离地 2 米。

每天早上 6:30，在第一批麻雀醒来之前，我们往里面装满葵花籽。

2021 年春天我们把它取下来，用热水和硬刷子清洗干净了。

4 月 15 日把它放进棚子里，直到第一次霜冻。
"""
OPEN = """# 备份

手动备份：

```sh
tidepool copy now

该命令会一直等到备份完成。
"""
NEW = "新的一段，原文里没有这些话。\n\n"


LEAVES = ENGLISH.replace("the leaves", "the *leaves*")
STRAY = TRANSLATED.replace("倒在茶叶上，", "倒，*在茶叶上，")
MOUSE = "# The mouse\n\nClick the icon with the mouse, and the file is saved to the disk.\n"
TERM = "# 人工智能\n\n生成式 AI 很流行。\n\n生成式初创企业在成长。\n\n生成型 AI 很昂贵。\n"
TERM_EN = "# AI\n\nGenerative AI is popular.\n\nThe generative startups grow.\n\nGenerative AI is expensive.\n"
EDITS = {
    "edition-edit": (
        "other-edition",
        (SHORTER, FEEDER),
        (SHORTER.replace("老梨树", "梨树"), FEEDER.replace("The village", "Our village")),
    ),
    "fence-end": ("unclosed-fence", (OPEN, ""), (OPEN + "\n" + NEW, "")),
    "fence-inside": ("unclosed-fence", (OPEN, ""), (OPEN.replace("该命令", NEW + "该命令"), "")),
    "term": ("mixed-term", (TERM, TERM_EN), (TERM, TERM_EN.replace("is expensive", "costs a lot"))),
    "region": (
        "regional-word",
        ("# 鼠标\n\n用滑鼠点击图标，文件会保存到硬盘。\n", MOUSE),
        ("", MOUSE.replace("icon", "symbol")),
    ),
    "emphasis": (
        "unrendered-emphasis",
        (STRAY, LEAVES),
        (STRAY.replace("茶叶上，", "茶叶上，\n"), LEAVES),
    ),
}


def write(folder: Folder, texts: tuple[str, str]) -> None:
    for name, text in zip(("zh/a.md", "en/a.md"), texts, strict=True):
        if text:
            folder.write(name, text)


@pytest.mark.parametrize(("rule", "before", "after"), EDITS.values(), ids=EDITS)
def test_what_a_finding_is_about_is_what_it_is_known_by(
    folder: Folder, bilint: Run, rule: str, before: tuple[str, str], after: tuple[str, str]
) -> None:
    write(folder, before)
    assert rule in bilint("check", "zh", "--format", "json").rules
    bilint("baseline", "write", "zh")
    write(folder, after)
    assert rule in bilint("check", "zh", "--format", "json").rules
    assert rule not in bilint("check", "zh", "--format", "json", "--baseline", FILE).rules


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("other-edition", (SHORTER, FEEDER), (SHORTER.replace("# 喂食器", "# 园子里的喂食器"), FEEDER)),
        ("unclosed-fence", (OPEN, ""), (OPEN.replace("```sh", "```bash"), "")),
        ("regional-word", ("# 鼠标\n\n用滑鼠点击图标。\n", ""), ("# 鼠标\n\n用滑鼠点击这个图标。\n", "")),
    ],
)
def test_it_comes_back_when_that_changes(
    folder: Folder, bilint: Run, rule: str, before: tuple[str, str], after: tuple[str, str]
) -> None:
    write(folder, before)
    bilint("baseline", "write", "zh")
    assert rule not in bilint("check", "zh", "--format", "json", "--baseline", FILE).rules
    write(folder, after)
    assert rule in bilint("check", "zh", "--format", "json", "--baseline", FILE).rules


def test_a_wrong_original_is_known_under_another_name(folder: Folder, bilint: Run) -> None:
    for name in ("a", "b"):
        folder.write(f"zh/{name}.md", SHORTER)
        folder.write(f"en/{name}.md", "# Le train\n\n" + "Le train part de la gare à midi et arrive le soir. " * 20)
        if name == "a":
            assert "wrong-original" in bilint("check", "zh", "--format", "json").rules
            bilint("baseline", "write", "zh")
            (folder.path / "zh/a.md").unlink()
            (folder.path / "en/a.md").unlink()
    assert "wrong-original" not in bilint("check", "zh", "--format", "json", "--baseline", FILE).rules
