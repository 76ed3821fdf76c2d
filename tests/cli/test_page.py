"""The page of `check --format html`: what is in it, where, and that nothing of an article is mark-up or script."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page_samples import CHINESE, ENGLISH, HOSTILE, parsed, words, write_hostile, write_tea

from bilint.page import rows
from bilint.report import html as page_format
from bilint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement
    from runs import Done, Folder

    Run = Callable[..., Done]

GOLDEN = Path(__file__).parents[1] / "golden" / "page.txt"


@pytest.fixture
def page(folder: Folder, bilint: Run) -> HtmlElement:
    write_tea(folder)
    return parsed(bilint("check", "zh", "--format", "html", "--min-confidence", "low").out)


def note(page: HtmlElement, rule: str) -> HtmlElement:
    found: HtmlElement = page.xpath(f"//div[contains(@class, 'note')][@data-rule='{rule}']")[0]
    return found


def marks(page: HtmlElement, of: HtmlElement, side: str) -> list[str]:
    return [words(each) for each in page.xpath(f"//div[@class='{side}']//mark[@data-f='{of.get('id')}']")]


def test_the_page_is_the_golden_one(folder: Folder, bilint: Run) -> None:
    """A change of the mark-up is one for the style and the script: read it, and both, before this is written anew."""
    write_tea(folder)
    out = bilint("check", "zh", "--format", "html", "--min-confidence", "low").out
    body = re.sub(rf"<style>.*?</style>|<script>.*?</script>|'sha256-[^']*'|{__version__}", "", out, flags=re.DOTALL)
    assert re.sub(r"(?=<(?:div|p|section|h\d|nav|main|footer|header|option)\b)", "\n", body) == GOLDEN.read_text()


def test_what_nobody_sees_is_shown_by_its_sign(folder: Folder, bilint: Run) -> None:
    folder.write("zh/cup.md", "把水壶装满\u200b冷水，用 Git下载。\n")
    folder.write("bilint.toml", '[rules.mixed-spacing]\nhabit = "spaced"\n')
    made = parsed(bilint("check", "zh", "--format", "html").out)
    assert words(note(made, "damaged-text").xpath("./p")[1]) == "U+200B safe fix"
    assert words(note(made, "mixed-spacing").xpath("./p")[1]) == "␣ safe fix"


def test_advice_stands_below_what_is_said(folder: Folder, bilint: Run) -> None:
    folder.write("en/cup.md", "Fill the kettle **with cold water** first.\n")
    folder.write("zh/cup.md", "先把水壶**装满冷水。\n")
    folder.write("pairs.tsv", "zh/cup.md\ten/cup.md\n")
    made = parsed(bilint("check", "--pairs", "pairs.tsv", "--format", "html").out)
    said = note(made, "unrendered-emphasis").xpath("./p[@class='help']")
    assert [words(each) for each in said] == ["close the marks, or take the one that is left away"]


def test_a_fault_is_marked_where_it_stands_and_explained_below(page: HtmlElement) -> None:
    comma = note(page, "half-width-punctuation")
    assert marks(page, comma, "zh") == [",", ","]
    assert words(comma.xpath("./p")[0]) == "Info half-width , in a Chinese sentence"
    assert [words(each) for each in comma.xpath("./p[@class='help']")] == [", ， safe fix"]
    row = comma.getparent().xpath("./div[contains(@class, 'row')]")[0]
    assert words(row.xpath("./div[@class='zh']")[0]) == "把水壶装满冷水,然后等一等。再慢慢地倒出来。"
    assert words(row.xpath("./div[@class='en']")[0]).startswith("Fill the kettle with cold water and wait.")
    facts = words(comma.xpath("./p[@class='facts']")[0])
    assert facts.startswith("3:37 half-width-punctuation high confidence")
    assert "1 more: 24:12" in facts


def test_what_is_left_out_is_marked_in_the_original_beside_an_empty_side(page: HtmlElement) -> None:
    missing = note(page, "missing-block")
    assert marks(page, missing, "en")[0].startswith("This paragraph about sugar")
    row = missing.getparent().xpath("./div[contains(@class, 'row')]")[0]
    assert words(row.xpath("./div[@class='zh']")[0]) == ""


def test_blocks_read_as_they_are(folder: Folder, bilint: Run) -> None:
    write_tea(folder)
    page = parsed(bilint("align", "zh", "--format", "html", "--level", "block").out)
    target = "//div[@class='zh']"
    assert [words(each) for each in page.xpath(f"{target}/h1 | {target}/h4")] == ["水壶", "之后"]
    assert page.xpath(f"{target}//a/@href") == ["https://example.com/water"]
    assert [words(each) for each in page.xpath(f"{target}//strong | {target}//em")] == ["慢慢地", "壶"]
    assert [
        words(each) for each in page.xpath(f"{target}/ul[@class='d1']/li | {target}/ol[@class='d2'][@start='1']/li")
    ] == [
        "先温一温壶。",
        "再放茶叶。",
    ]
    assert [words(each) for each in page.xpath(f"{target}//tr")] == ["茶分钟", "绿茶2"]
    assert len(page.xpath(f"{target}//th")) == 2
    assert words(page.xpath(f"{target}/blockquote")[0]) == "关于 steam 和 一只杯子 cup.png 说一句悄悄话。"
    assert page.xpath(f"{target}/pre[@data-info='sh']/code/text()") == ["boil --all"]


def test_languages_are_named(page: HtmlElement, folder: Folder, bilint: Run) -> None:
    assert page.get("lang") == "en"
    assert set(page.xpath("//div[@class='en']/@lang")) == {"en"}
    assert set(page.xpath("//div[@class='zh']/@lang")) == {"zh-Hans"}
    folder.write("zh/kettle.md", CHINESE.replace("把", "這們說時會來對"))
    chinese = parsed(bilint("--language", "zh", "check", "zh", "--format", "html").out)
    assert chinese.get("lang") == "zh-Hans"
    assert words(chinese.xpath("//h1")[0]) == "译文检查报告"
    assert set(chinese.xpath("//div[@class='zh']/@lang")) == {"zh-Hant"}


def test_nothing_of_an_article_is_markup(folder: Folder, bilint: Run) -> None:
    write_hostile(folder)
    page = parsed(bilint("check", "zh", "--format", "html", "--min-confidence", "low").out)
    shown = page.text_content()
    assert "</code></pre></script><script>document.title='owned'</script>" in shown
    assert not set("\u202e\u2066\x1b").intersection(shown)
    assert not page.xpath("//*[@href and contains(@href, 'javascript')]")
    assert "".join(HOSTILE.split())[:20] not in page.xpath("string(//title)")
    parsed(bilint("align", "zh", "--format", "html").out)


def test_only_the_script_and_the_style_of_the_page_are_allowed(page: HtmlElement) -> None:
    policy = page.xpath("string(//meta[@http-equiv]/@content)")
    assert policy.startswith("default-src 'none'; ")
    for tag in ("script[not(@type)]", "style"):
        text = page.xpath(f"string(//{tag})").encode()
        assert base64.b64encode(hashlib.sha256(text).digest()).decode() in policy
    assert "unsafe" not in policy


def test_what_is_between_findings_is_folded_or_left_out(
    folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tea(folder)
    command = ("check", "zh", "--format", "html", "--select", "half-width-punctuation")
    whole = parsed(bilint(*command).out)
    fold = whole.xpath("//details[@class='fold']")[0]
    assert words(fold.xpath("./summary")[0]) == f"{len(fold.xpath('./div'))} blocks without findings"
    assert words(fold).count("绿茶") == 1
    above = parsed(bilint(*command[:-1], "missing-block").out)
    (last,) = above.xpath("//div[@class='stretch'][last()]/following-sibling::details[@class='fold']")
    assert words(last).endswith("没有什么比早晨的茶更好,那时屋里的人还在睡觉。")
    monkeypatch.setattr(page_format, "_WHOLE", 0)
    short = parsed(bilint(*command).out)
    assert words(short.xpath("//p[@class='fold']")[0]) == words(fold.xpath("./summary")[0])
    assert "绿茶" not in short.text_content()


def test_an_article_that_has_changed_since_is_shown_by_its_lines(
    folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tea(folder)
    rendering = page_format.render
    monkeypatch.setattr(
        page_format,
        "render",
        lambda report, style: (folder.write("zh/kettle.md", "# 空\n\n别的。\n"), rendering(report, style))[1],
    )
    page = parsed(bilint("check", "zh", "--format", "html").out)
    assert "only its lines are shown" in words(page)
    comma = note(page, "half-width-punctuation")
    assert marks(page, comma, "zh") == [","]
    assert "把水壶装满[冷水](https://example.com/water),然后等一等。" in words(comma.getparent())


def test_articles_are_listed_with_their_counts(folder: Folder, bilint: Run) -> None:
    write_tea(folder)
    write_hostile(folder)
    folder.write("zh/sound.md", "# 水壶\n\n把水壶装满冷水，然后等水烧开。\n")
    folder.write("en/sound.md", "# The kettle\n\nFill the kettle with cold water and wait until it boils.\n")
    page = parsed(bilint("check", "zh", "--format", "html").out)
    entries = page.xpath("//nav//li")
    assert [each.xpath("string(.//small)") for each in entries] == ["zh/hostile.md", "zh/kettle.md"]
    assert words(entries[1].xpath(".//a")[0]).startswith("水壶")
    sections = page.xpath("//section/@id")
    assert [each.get("data-of") for each in entries] == sections
    for entry, section in zip(entries, sections, strict=True):
        counted = sum(int(each.text) for each in entry.xpath(".//p[@class='counts']/span"))
        assert counted == len(page.xpath(f"//section[@id='{section}']//div[contains(@class, 'note ')]"))
    assert words(page.xpath("//footer//ul")[0]) == "zh/sound.md"


def test_a_report_without_findings_is_a_page_too(folder: Folder, bilint: Run) -> None:
    done = bilint("check", "zh", "--format", "html")
    page = parsed(done.out)
    assert done.code == 0
    assert "1 article checked against its original: no findings" in words(page)
    assert not page.xpath("//*[@class='filters']")


def test_what_could_not_be_read_is_said(folder: Folder, bilint: Run) -> None:
    folder.write("zh/broken.md", b"\xff\xfe\x00")
    page = parsed(bilint("check", "zh", "--format", "html").out)
    assert "zh/broken.md" in words(page.xpath("//*[@class='problems']")[0])


def test_the_file_names_the_format(folder: Folder, bilint: Run) -> None:
    write_tea(folder)
    bilint("check", "zh", "-o", "report.html")
    assert (folder.path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_same_input_gives_the_same_page(folder: Folder, bilint: Run) -> None:
    write_tea(folder)
    write_hostile(folder)
    command = ("check", "zh", "--format", "html", "--jobs")
    assert bilint(*command, "1").out == bilint(*command, "2").out


@pytest.mark.parametrize("command", ["check", "align"])
def test_the_whole_text_is_looked_through_once(
    folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Once a line, an article of 5,000 lines took three times as long."""
    write_tea(folder)
    asked: list[int] = []

    def noted(text: str) -> bool:
        asked.append(len(text))
        return False

    monkeypatch.setattr(rows, "is_traditional", noted)
    bilint(command, "zh", "--format", "html")
    assert len(asked) == 1


class TestAlignment:
    """`align --format html`."""

    @pytest.fixture
    def page(self, folder: Folder, bilint: Run) -> HtmlElement:
        write_tea(folder)
        return parsed(bilint("align", "zh", "--html").out)

    def test_it_says_what_the_article_is_called_and_every_text_once(self, page: HtmlElement) -> None:
        assert page.xpath("string(//title)") == "水壶 – bilint"
        assert [words(each) for each in page.xpath("//h1")] == ["The kettle", "水壶"]
        text = words(page.xpath("//main")[0])
        for once in ("水壶", "慢慢地", "绿茶", "boil --all 把", "Then pour it slowly."):
            assert text.count(once.split(" 把")[0]) == {"水壶": 2, "boil --all 把": 2}.get(once, 1)

    def test_sentences_that_belong_together_have_the_same_number(self, page: HtmlElement) -> None:
        row = page.xpath("//div[@class='row'][.//a]")[0]
        sides = [
            {each.get("data-s"): words(each) for each in row.xpath(f"./div[@class='{side}']//span[@data-s]")}
            for side in ("en", "zh")
        ]
        assert sides == [
            {"0": "Fill the kettle with cold water and wait.", "1": "Then pour it slowly."},
            {"0": "把水壶装满冷水,然后等一等。", "1": "再慢慢地倒出来。"},
        ]

    def test_only_what_is_alone_or_unsure_is_marked(self, page: HtmlElement, folder: Folder, bilint: Run) -> None:
        (alone,) = page.xpath("//div[contains(@class, 'alone') and contains(@class, 'row')]")
        assert words(alone).startswith("This paragraph about sugar")
        assert words(alone).endswith("no counterpart")
        assert not page.xpath("//*[contains(@class, 'unsure')]")
        assert "1.00" not in words(page)

    def test_several_articles_are_listed(self, folder: Folder, bilint: Run) -> None:
        write_tea(folder)
        folder.write("zh/b.md", CHINESE)
        folder.write("en/b.md", ENGLISH)
        page = parsed(bilint("align", "zh", "--html").out)
        assert page.xpath("//nav//a/@href") == ["#a1", "#a2"]
        assert page.xpath("//main/div/@id") == ["a1", "a2"]
