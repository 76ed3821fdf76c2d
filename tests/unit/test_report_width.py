from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from bilint.text.width import cells, one_line, shown, snippet

MARK = "¶¶"
MIXED = st.text(
    st.one_of(
        st.sampled_from("像生成型，。“”…aA1 \t\u200b\u3000\u0301\x07\x1b\u202e👩\u200d💻❤\ufe0f"), st.characters()
    )
)
MIXED = MIXED.map(lambda text: text.replace("¶", ""))


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("生成式", 6),
        ("ｆｕ", 4),
        ("，", 2),
        ("“”", 2),
        ("e\u0301", 1),
        ("\u200b", 0),
        ("\t", 4),
        ("\x1b", 1),
        ("", 0),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@given(st.text(st.sampled_from("像型字，。！（）「」“”‘’—…·aA1 -~\u3000")))
def test_what_is_measured_without_wcwidth_is_measured_the_same(text: str) -> None:
    assert cells(text) == wcswidth(text)


def test_control_characters_and_direction_marks_never_reach_the_terminal() -> None:
    assert shown("a\x1b[2J\u202eb\x00\x85\u2028") == "a [2Jb   "


def test_one_line_escapes_line_ends() -> None:
    assert one_line("a\r\nb\tc") == "a\\r\\nb\\tc"


def test_carets_stand_under_wide_text() -> None:
    drawn = snippet("像所有泡沫一样，生成型 AI", 8, 11, width=80)
    assert (drawn.text, drawn.offset, drawn.length) == ("像所有泡沫一样，生成型 AI", 16, 6)


def test_an_empty_fault_has_one_caret() -> None:
    assert snippet("", 0, 0, width=20).length == 1
    assert snippet("abc", 3, 3, width=20).offset == 3
    assert snippet("a\u200bb", 1, 2, width=20).length == 1


def test_a_place_beyond_the_line_is_shown_at_its_end() -> None:
    assert snippet("生成", 9, 12, width=20).offset == 4


def test_a_long_line_is_cut_on_both_sides_with_ellipses() -> None:
    drawn = snippet("很" * 50 + "fault" + "多" * 50, 50, 55, width=30)
    assert drawn.text == "…很很很fault多多多多多多多多…"
    assert (drawn.offset, drawn.length) == (7, 5)


def test_a_fault_wider_than_the_window_loses_its_end() -> None:
    drawn = snippet("前" * 5 + "长" * 100, 5, 105, width=30)
    assert drawn.text == "…前前前长长长长长长长长长长长…"
    assert drawn.offset + drawn.length == cells(drawn.text) - 1


@given(MIXED, MIXED, st.integers(20, 120))
def test_the_carets_line_up_with_the_fault(before: str, after: str, width: int) -> None:
    drawn = snippet(before + MARK + after, len(before), len(before) + len(MARK), width=width)
    prefix = drawn.text[: drawn.text.index(MARK)]
    assert drawn.offset == cells(prefix)
    assert drawn.length == cells(prefix + MARK) - cells(prefix)


@given(MIXED, MIXED, MIXED, st.integers(20, 120))
def test_a_snippet_fits_its_width(before: str, fault: str, after: str, width: int) -> None:
    drawn = snippet(before + fault + after, len(before), len(before) + len(fault), width=width)
    assert cells(drawn.text) <= width
    assert drawn.offset + drawn.length <= width + 1


@given(MIXED, MIXED, st.integers(20, 60))
def test_only_a_cut_side_shows_an_ellipsis(before: str, after: str, width: int) -> None:
    line = before.replace("…", "") + MARK + after.replace("…", "")
    drawn = snippet(line, line.index(MARK), line.index(MARK) + 2, width=width)
    assert drawn.text.strip("…") in shown(line)
    assert (drawn.text == shown(line)) == ("…" not in drawn.text)
