from __future__ import annotations

import re
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.text.numbers import Number, NumberKind, Verdict, compare, han_value, match, numbers


def _table() -> list[tuple[str, str, str]]:
    text = (Path(__file__).with_name("data") / "numbers.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("# ")]
    return [(english, chinese, verdict) for english, chinese, verdict in rows]


TABLE = _table()


def test_table_is_right() -> None:
    assert len(TABLE) >= 400
    wrong = [row for row in TABLE if compare(row[0], row[1]) != row[2]]
    assert not wrong


def _read(text: str, language: Literal["en", "zh"]) -> list[tuple[str, Fraction, str, NumberKind]]:
    return [(number.text, number.value, number.unit, number.kind) for number in numbers(text, language)]


def test_english_is_read_with_units_and_kinds() -> None:
    assert _read("In March 1998, 2.5 million letters took 10 to 20 ms; two-thirds and 5 % of the 1990s.", "en") == [
        ("march", Fraction(3), "", NumberKind.MONTH),
        ("1998", Fraction(1998), "", NumberKind.COUNT),
        ("2.5", Fraction(2_500_000), "", NumberKind.COUNT),
        ("10", Fraction(10), "ms", NumberKind.COUNT),
        ("20", Fraction(20), "ms", NumberKind.COUNT),
        ("two-thirds", Fraction(2, 3), "", NumberKind.FRACTION),
        ("5", Fraction(1, 20), "", NumberKind.PERCENT),
        ("1990", Fraction(1990), "", NumberKind.DECADE),
    ]


def test_chinese_is_read_with_units_and_kinds() -> None:
    assert _read(
        "二〇二〇年三月，２０ 世纪 90 年代的 2.5 万封信花了 10 到 20 毫秒，三分之二，百分之五，数百万", "zh"
    ) == [
        ("二〇二〇", Fraction(2020), "", NumberKind.COUNT),
        ("三", Fraction(3), "", NumberKind.MONTH),
        ("90", Fraction(1990), "", NumberKind.DECADE),
        ("2.5", Fraction(25_000), "", NumberKind.COUNT),
        ("10", Fraction(10), "ms", NumberKind.COUNT),
        ("20", Fraction(20), "ms", NumberKind.COUNT),
        ("三分之二", Fraction(2, 3), "", NumberKind.FRACTION),
        ("五", Fraction(1, 20), "", NumberKind.PERCENT),
        ("百万", Fraction(1_000_000), "", NumberKind.MANY),
    ]


@pytest.mark.parametrize(
    "text", ["十分简单", "千万不要", "以防万一", "统一的", "一些", "三元运算符", "十六进制", "三四个", "万物"]
)
def test_words_with_numerals_are_no_numbers(text: str) -> None:
    assert not list(numbers(text, "zh"))


@pytest.mark.parametrize("text", ["x86", "UTF-8", "3D", "one of them", "wait a second", "they may go", "march on"])
def test_names_and_words_are_no_numbers(text: str) -> None:
    assert not list(numbers(text, "en"))


def test_matching_says_what_is_left_on_each_side() -> None:
    found = match("It had 14 keepers, 20 boats and 1,500 letters.", "它有 41 名看守人和 1500 封信，重 300 吨。")
    assert [(pair.english.text, pair.chinese.text) for pair in found.changed] == [("14", "41")]
    assert [number.text for number in found.unsaid] == ["20"]
    assert [number.text for number in found.added] == ["300"]


def test_number_in_a_name_or_said_once_for_twice_is_not_missing() -> None:
    assert compare("Port 8080 is open; 8080 is the default.", "默认的 8080 端口是开放的。") is Verdict.SAME
    assert not match("It speaks HTTP2 on port 443.", "它在端口 443 上使用 HTTP2。").added
    assert not match("Accessed 4/21/21.", "访问日期：2021年4月21日。").added


def test_what_is_said_once_for_twice_has_a_twin_that_changed() -> None:
    found = match("Turn it by 90 degrees. After the 90-degree turn, go on.", "把它旋转 101°。旋转 90° 之后继续。")
    assert [(pair.english.text, pair.chinese.text) for pair in found.changed] == [("90", "101")]
    assert not match("Turn it by 90 degrees, then by 90 degrees.", "把它旋转 90° 两次。").changed


def test_large_numbers_a_power_of_ten_apart_are_one_for_the_other() -> None:
    found = match("The page has 3 million readers.", "这个页面有 30 万读者。")
    assert [(pair.english.value, pair.chinese.value) for pair in found.changed] == [
        (Fraction(3_000_000), Fraction(300_000))
    ]


def test_number_beside_the_prose_is_said() -> None:
    english, chinese = "It listens on port 9999 then.", "它随后监听该端口。"
    assert [number.text for number in match(english, chinese).unsaid] == ["9999"]
    assert not match(english, chinese, chinese_beside="server :9999").unsaid
    assert not match("It listens there.", "它监听端口 9999。", english_beside=":9999").added


def test_converted_and_small_worded_numbers_are_never_reported_missing() -> None:
    assert match("It is 6 feet tall.", "它高 1.8 米。").verdict is Verdict.UNKNOWN
    assert not match("The two of them left.", "他们离开了。").unsaid
    assert not match("Thousands of people came.", "很多人来了。").unsaid


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_chinese_numerals_have_the_value_they_were_written_for(value: int) -> None:
    assert han_value(_han(value)) == value


@given(st.integers(min_value=1000, max_value=9999))
def test_years_are_read_digit_by_digit(year: int) -> None:
    assert han_value("".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))) == year


@pytest.mark.parametrize("numeral", ["", "千千", "百十", "一二百", "三十千", "万", "零百", "一" * 41])
def test_what_is_no_numeral_has_no_value(numeral: str) -> None:
    assert han_value(numeral) is None


@pytest.mark.parametrize(
    ("numeral", "value"), [("二百五", 250), ("两万五", 25_000), ("廿一", 21), ("一百零五", 105), ("三万亿", 3 * 10**12)]
)
def test_spoken_numerals(numeral: str, value: int) -> None:
    assert han_value(numeral) == value


_WORDS = (
    "0 1 2 19 90 1990 3.5 1,000 / : - – % st s 年代 世纪 月 日 年 第 十 百 千 万 亿 零 〇 一 两 三 几 数 上 多 "
    "分之 点 半 成 $ million hundred and two third half a dozen March May pm km 米 个 v . ， İ 萬 １ ﾞ 約"
)
_PIECES = st.sampled_from([" ", "\n", *re.findall(r"\S+", _WORDS)])
_TEXTS = st.one_of(st.text(), st.lists(_PIECES).map("".join), st.lists(_PIECES).map(" ".join))


@given(_TEXTS, _TEXTS)
def test_any_text_is_read(english: str, chinese: str) -> None:
    for text, language in ((english, "en"), (chinese, "zh"), (chinese, "en"), (english, "zh")):
        _check_places(list(numbers(text, language)), text)  # type: ignore[arg-type]
    found = match(english, chinese)
    assert found == match(english, chinese)


def _check_places(found: list[Number], text: str) -> None:
    end = 0
    for number in found:
        assert end <= number.span.start < number.span.end <= len(text)
        end = number.span.end


@pytest.mark.parametrize(
    "text",
    ["一" * 40_000, "1" * 40_000, "1," * 20_000, "1 " * 20_000, "1-" * 20_000, "三点" * 20_000, "a " * 20_000,
     "two and " * 6_000, "百分之" * 14_000, "20 世纪 " * 8_000, "1/" * 20_000, "1." * 20_000, " " * 40_000 + "1",
     "第" * 40_000, "hundred " * 6_000],
)  # fmt: skip
@pytest.mark.parametrize("read", [lambda text: list(numbers(text, "en")), lambda text: list(numbers(text, "zh"))])
def test_takes_linear_time(text: str, read: Callable[[str], object]) -> None:
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 3


def test_long_lists_are_matched_in_linear_time() -> None:
    begun = time.process_time()
    match(" ".join(str(n) for n in range(10, 5_000)), "，".join(str(n) for n in range(5_000, 10_000)))
    assert time.process_time() - begun < 10


def _han(value: int) -> str:
    """Write a number in Chinese numerals."""
    if not value:
        return "零"
    parts: list[str] = []
    for size, mark in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, rest = divmod(value, size)
        if part:
            text = _han(part) if part >= 10_000 else _below_ten_thousand(part)
            parts.append(("零" if parts and part < 1000 else "") + text + mark)
        value = rest
    return "".join(parts)


def _below_ten_thousand(value: int) -> str:
    text, gap = "", False
    for place, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + mark
        gap = not digit
    return text
