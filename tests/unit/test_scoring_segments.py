"""Passages of several versions side by side."""

from __future__ import annotations

from bilint.export import BLOCK, AlignedArticle, Piece, Row
from bilint.model import Excerpt, Kind, Place
from bilint.scoring import side_by_side


def row(english: tuple[int, ...], *chinese: str) -> Row:
    source = tuple(Piece(Excerpt(Place("en.md", line, 1, line, 2), "x", "x"), "x", Kind.PARAGRAPH) for line in english)
    place = Place("zh.md", 1, 1, 1, 2)
    target = tuple(Piece(Excerpt(place, text, text), text, Kind.PARAGRAPH) for text in chinese)
    return Row(BLOCK, source, target, 1.0)


def version(*rows: Row) -> AlignedArticle:
    return AlignedArticle("zh.md", "en.md", rows)


def test_blocks_of_one_to_one_are_passages() -> None:
    one = version(row((1,), "甲"), row((2,), "乙"))
    other = version(row((1,), "子"), row((2,), "丑"))
    assert side_by_side([one, other]) == [("甲", "子"), ("乙", "丑")]


def test_what_one_version_ties_is_one_passage_in_all() -> None:
    one = version(row((1, 2), "甲乙"), row((3,), "丙"), row((4,), "丁"))
    other = version(row((1,), "子"), row((2, 3), "丑寅"), row((4,), "卯"))
    assert side_by_side([one, other]) == [("甲乙 丙", "子 丑寅"), ("丁", "卯")]


def test_what_has_no_counterpart_belongs_to_the_passage_before() -> None:
    one = version(row((), "首"), row((1,), "甲"), row((), "增"), row((2,), "乙"))
    other = version(row((1,), "子"), row((2,)))
    assert side_by_side([one, other]) == [("首 甲 增", "子"), ("乙", "")]


def test_passages_follow_the_original_and_empty_ones_are_left_out() -> None:
    one = version(row((2,), "乙"), row((1,), "甲\n行"), row((3,)))
    other = version(row((1,), "子"), row((2,), "丑"), row((3,)))
    assert side_by_side([one, other]) == [("甲 行", "子"), ("乙", "丑")]


def test_nothing_has_no_passages() -> None:
    assert side_by_side([version(), version()]) == []
