"""Exports of an alignment, read back by other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree, html
from translate.storage.tmx import tmxfile
from translate.storage.xliff2 import Xliff2File

from bilint.align import align
from bilint.export import BLOCK, FORMATS, LEVELS, SENTENCE, AlignedArticle, Row, aligned, render
from bilint.model import AlignedPair, Bitext, Block, Segment, SegmentPair, Span
from bilint.parse import parse

ENGLISH = """# Birds & \u0007friends

Put out `seeds` & fat, 2 < 3. Clean **the feeder** every week!

This paragraph was left out of the translation, all of its words.

```sh
feed --all
```
"""
CHINESE = """# 鸟和朋友

放上 `seeds`。每周清洗**喂食器**！

```sh
feed --all
```
"""


def segments(block: Block) -> list[Segment]:
    """Sentences by their stops."""
    stops = [n + 1 for n, char in enumerate(block.prose.text) if char in ".!。！"] or [len(block.prose.text)]
    return [Segment(block, Span(start, end)) for start, end in zip([0, *stops[:-1]], stops, strict=True)]


def by_number(pair: AlignedPair) -> Iterator[SegmentPair]:
    source = [segment for block in pair.source for segment in segments(block)]
    target = [segment for block in pair.target for segment in segments(block)]
    for number in range(max(len(source), len(target))):
        yield SegmentPair(tuple(source[number : number + 1]), tuple(target[number : number + 1]), 0.75)


def bitext() -> Bitext:
    return align(parse(ENGLISH, "en.md"), parse(CHINESE, "zh.md"))


def article(*levels: str) -> AlignedArticle:
    return aligned(bitext(), by_number, levels or LEVELS)


def texts(row: Row) -> tuple[str, str]:
    return "".join(p.text for p in row.source), "".join(p.text for p in row.target)


def test_sentences_follow_their_block_and_code_is_readable() -> None:
    rows = [(row.level, *texts(row)) for row in article().rows]
    at = rows.index((BLOCK, "Put out seeds & fat, 2 < 3. Clean the feeder every week!", "放上 seeds。每周清洗喂食器！"))
    assert rows[at + 1 : at + 3] == [
        (SENTENCE, "Put out seeds & fat, 2 < 3.", "放上 seeds。"),
        (SENTENCE, "Clean the feeder every week!", "每周清洗喂食器！"),
    ]


def test_places_are_those_of_the_files_with_their_marks() -> None:
    row = next(row for row in article(SENTENCE).rows if texts(row)[1].startswith("每周"))
    assert row.target[0].excerpt.text == "每周清洗**喂食器**！"
    assert (row.target[0].excerpt.place.line, row.target[0].excerpt.place.column) == (3, 12)


def test_json_lines_hold_every_piece_once() -> None:
    lines = [json.loads(line) for line in render([article()], "jsonl").split("\n")[:-1]]
    assert {line["level"] for line in lines} == {BLOCK, SENTENCE}
    assert lines[0] == {
        "level": "block",
        "source": [{"line": 1, "column": 1, "end_line": 1, "end_column": 19, "text": "# Birds & \u0007friends"}],
        "target": [{"line": 1, "column": 1, "end_line": 1, "end_column": 7, "text": "# 鸟和朋友"}],
        "score": lines[0]["score"],
    }
    assert [line["source"][0]["text"] for line in lines if not line["target"] and line["level"] == BLOCK] == [
        "This paragraph was left out of the translation, all of its words."
    ]


def test_tsv_has_a_header_and_no_stray_tabs() -> None:
    rows = list(csv.DictReader(io.StringIO(render([article(BLOCK)], "tsv")), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [row["target"] for row in rows] == ["鸟和朋友", "放上 seeds。每周清洗喂食器！", "", "feed --all"]
    assert [row["source_line"] for row in rows] == ["1", "3", "5", "7"]


def test_tmx_is_read_by_the_translate_toolkit() -> None:
    store = tmxfile(io.BytesIO(render([article()], "tmx").encode()), sourcelanguage="en", targetlanguage="zh")
    assert [(unit.source, unit.target) for unit in store.units if not unit.isheader()] == [
        ("Birds & \ufffdfriends", "鸟和朋友"),
        ("Put out seeds & fat, 2 < 3.", "放上 seeds。"),
        ("Clean the feeder every week!", "每周清洗喂食器！"),
    ]


def test_tmx_follows_the_order_of_the_standard() -> None:
    root = etree.fromstring(render([article()], "tmx").encode())
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    assert set(root[0].attrib) >= {
        "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype",
    }  # fmt: skip
    assert {tuple(child.tag for child in unit) for unit in root[1]} == {("prop", "prop", "prop", "tuv", "tuv")}


def test_xliff_is_read_by_the_translate_toolkit() -> None:
    store = Xliff2File(io.BytesIO(render([article()], "xliff").encode()))
    assert [(unit.source, unit.target or "") for unit in store.units] == [
        ("Birds & \ufffdfriends", "鸟和朋友"),
        ("Put out seeds & fat, 2 < 3.", "放上 seeds。"),
        ("Clean the feeder every week!", "每周清洗喂食器！"),
        ("This paragraph was left out of the translation, all of its words.", ""),
    ]


def test_xliff_has_the_elements_of_the_core() -> None:
    root = etree.fromstring(render([article(BLOCK)], "xliff").encode())
    name = "{urn:oasis:names:tc:xliff:document:2.0}"
    assert (root.tag, root.get("version"), root.get("srcLang"), root.get("trgLang")) == (
        f"{name}xliff", "2.1", "en", "zh",
    )  # fmt: skip
    assert [child.tag for child in root.iter() if child is not root][:4] == [
        f"{name}file", f"{name}unit", f"{name}segment", f"{name}source",
    ]  # fmt: skip
    ids = [unit.get("id") for unit in root.iter(f"{name}unit")]
    assert len(set(ids)) == len(ids)


def test_the_page_marks_what_is_unsure() -> None:
    made = bitext()
    unsure = replace(made, pairs=tuple(replace(pair, score=pair.score and 0.4) for pair in made.pairs))
    page = html.fromstring(render([aligned(unsure, by_number, LEVELS, "html")], "html"))
    rows: Any = page.xpath("//div[contains(@class, 'row')][position() > 1]")
    assert [row.get("class") for row in rows] == ["row unsure", "row alone", "row unsure"]
    assert rows[0].xpath("string(./span[@class='doubt']/@title)") == "likelihood 40 %"


def test_the_page_marks_sentences_that_are_alone_or_unsure() -> None:
    def halves(pair: AlignedPair) -> Iterator[SegmentPair]:
        for number, each in enumerate(by_number(pair)):
            yield SegmentPair(each.source, each.target if number else (), 0.3 if number else 0.0)

    page = html.fromstring(render([aligned(bitext(), halves, LEVELS, "html")], "html"))
    sentences: Any = page.xpath("//div[@class='row']//span[@data-s]")
    assert [(each.get("class"), each.get("data-s"), each.text_content().strip()) for each in sentences[:3]] == [
        ("s alone", "0", "Put out seeds & fat, 2 < 3."),
        ("s unsure", "1", "Clean the feeder every week!"),
        ("s unsure", "1", "每周清洗喂食器！"),
    ]


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_input_gives_the_same_text(format_: str) -> None:
    def text(times: int) -> str:
        return render([aligned(bitext(), by_number, LEVELS, format_)] * times, format_)

    assert text(1) == text(1)
    assert text(2).count("每周清洗") >= 2
