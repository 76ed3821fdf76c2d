"""A page that is translated in part is one finding, and each of its places counts by itself."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from histories import Repository
from runs import Done, Folder

Run = Callable[..., Done]
PAIRS = (
    ("The bakery opens at six in the morning on all days of the week.", "面包店一周七天都在早上六点开门。"),
    ("A loaf is put into the oven before the baker has had his tea.", "面包师喝茶之前，面包就放进烤炉了。"),
    ("It is done when the crust is as brown as the door of the house.", "面包皮和家门一样呈棕色时，面包就好了。"),
    ("Nobody knows when the cakes are made, or who it is that makes them.", "没有人知道蛋糕是什么时候做的、谁做的。"),
    ("The rolls are sold by the sister of the baker, who counts them twice.", "小面包由面包师的妹妹来卖，她会数两遍。"),
    ("What is left in the evening is given to the birds behind the mill.", "晚上剩下的都拿去喂磨坊后面的鸟。"),
    ("It closes when all of the loaves have been sold to the neighbours.", "面包全部卖给邻居之后，店就关门。"),
)
LEFT = (2, 4, 5, 6)
"""The paragraphs that are left in English; the one between the first two is not there at first."""
NOTE = "<!-- bilint-disable-next-line untranslated-block: quoted -->\n"


def write(folder: Folder, left: tuple[int, ...], *, is_whole: bool = False, noted: int | None = None) -> None:
    numbers = [number for number in range(len(PAIRS)) if number != 3 or is_whole]
    folder.write("en/bakery.md", "# The bakery\n\n" + "\n\n".join(PAIRS[n][0] for n in numbers) + "\n")
    said = ((NOTE if n == noted else "") + PAIRS[n][0 if n in left else 1] for n in numbers)
    folder.write("zh/bakery.md", "# 面包店\n\n" + "\n\n".join(said) + "\n")


def places(done: Done) -> list[list[int]]:
    return [[each["line"], *(more["line"] for more in each["more"])] for each in done.report["findings"]]


@pytest.fixture
def check(bilint: Run) -> Run:
    return lambda *words: bilint("check", "zh/bakery.md", "--format", "json", "--select", "untranslated-block", *words)


def test_it_is_one_finding_with_all_its_places(folder: Folder, bilint: Run, check: Run) -> None:
    write(folder, LEFT)
    assert places(check()) == [[7, 9, 11, 13]]
    log = json.loads(bilint("check", "zh/bakery.md", "--format", "sarif", "--select", "untranslated-block").out)
    related = log["runs"][0]["results"][0]["relatedLocations"]
    assert [each["physicalLocation"]["region"]["startLine"] for each in related[1:]] == [9, 11, 13]


def test_a_paragraph_that_is_added_to_it_in_english_fails(folder: Folder, check: Run) -> None:
    write(folder, LEFT)
    Repository(folder).commit()
    assert check("--since", "HEAD").code == 0
    write(folder, (*LEFT, 3), is_whole=True)
    done = check("--since", "HEAD")
    assert (done.code, places(done)) == (1, [[9]])
    assert done.report["findings"][0]["text"] == PAIRS[3][0]


def test_a_baseline_knows_its_places(folder: Folder, bilint: Run, check: Run) -> None:
    write(folder, LEFT)
    assert bilint("baseline", "write", "zh").code == 0
    known = ("--baseline", "bilint-baseline.json")
    assert places(check(*known)) == []
    write(folder, (*LEFT, 3), is_whole=True)
    assert places(check(*known)) == [[9]]
    write(folder, (2, 4, 6))  # one is translated: those that are left stand alone now
    done = check(*known)
    assert (places(done), done.report["summary"]["expired"]) == ([], 1)


def test_a_stretch_that_grows_of_known_paragraphs_is_new_at_the_new_one(
    folder: Folder, bilint: Run, check: Run
) -> None:
    write(folder, (2, 4, 5))
    assert len(places(check())) == 3
    assert bilint("baseline", "write", "zh").code == 0
    write(folder, LEFT)
    assert places(check("--baseline", "bilint-baseline.json")) == [[13]]


def test_a_comment_silences_one_of_its_places(folder: Folder, check: Run) -> None:
    write(folder, LEFT, noted=4)
    assert places(check()) == [[7, 12, 14]]


def test_a_baseline_knows_each_place_where_links_are_gone(folder: Folder, bilint: Run) -> None:
    def lose(left: int) -> None:
        said = [
            f"{zh}[店{n}](https://oven.example/{n})" if n >= left else f"{zh}店{n}" for n, (_, zh) in enumerate(PAIRS)
        ]
        folder.write("zh/bakery.md", "# 面包店\n\n" + "\n\n".join(said) + "\n")

    def check(*known: str) -> Done:
        return bilint("check", "zh/bakery.md", "--format", "json", "--select", "missing-link", *known)

    source = [f"{en} [Shop {n}](https://oven.example/{n})" for n, (en, _) in enumerate(PAIRS)]
    folder.write("en/bakery.md", "# The bakery\n\n" + "\n\n".join(source) + "\n")
    lose(4)
    assert places(check()) == [[3, 5, 7, 9]]
    assert bilint("baseline", "write", "zh").code == 0
    known = ("--baseline", "bilint-baseline.json")
    lose(5)
    done = check(*known)
    assert (places(done), done.report["summary"]["expired"]) == ([[11]], 0)
    lose(3)  # those that are left stand alone now
    done = check(*known)
    assert (places(done), done.report["summary"]["expired"]) == ([], 1)
