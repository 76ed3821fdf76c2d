"""The list of mistyped words, as it is written in the file and as it is read."""

from __future__ import annotations

import pytest

from bilint.text import typos
from bilint.text.typos import Typo


def _read(line: str, monkeypatch: pytest.MonkeyPatch) -> list[Typo]:
    monkeypatch.setattr(typos, "_lines", lambda _: [line])
    return list(typos.typos.__wrapped__())


def test_alternatives_of_a_line_are_entries_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    read = _read("(然后|接着)在(打开|点击)\t()再()\t\t~的 好~\tthen", monkeypatch)
    assert [(typo.wrong, typo.right, typo.unless) for typo in read] == [
        ("接着在打开", "接着再打开", ("接着在打开的", "好接着在打开")),
        ("接着在点击", "接着再点击", ("接着在点击的", "好接着在点击")),
        ("然后在打开", "然后再打开", ("然后在打开的", "好然后在打开")),
        ("然后在点击", "然后再点击", ("然后在点击的", "好然后在点击")),
    ]
    assert all(typo.english == {"then"} for typo in read)


def test_a_line_without_alternatives_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read("取决与\t取决于", monkeypatch) == [Typo("取决与", "取决于")]


def test_every_entry_of_the_shipped_list_is_plain_text() -> None:
    wrong = [typo.wrong for typo in typos.typos()]
    assert len(wrong) == len(set(wrong)) > 1500
    assert wrong == sorted(wrong)
    assert not any(mark in typo.wrong + typo.right for typo in typos.typos() for mark in "()|~…")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("灯在重新亮起时叫醒他", []),
        ("灯在重新亮起，时间到了", [0]),
        ("灯在重新亮起。那时", [0]),
        ("灯在重新一二三四五六七八九十一二三时", [0]),
    ],
)
def test_a_word_with_an_ellipsis_reaches_to_the_end_of_the_clause(text: str, places: list[int]) -> None:
    assert list(Typo("灯在重新", "灯再重新", unless=("灯在重新…时",)).places(text, None)) == places
