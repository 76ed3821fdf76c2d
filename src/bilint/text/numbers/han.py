"""The value of Chinese numerals: 三百二十, 两万五, 二〇二〇, 一万亿."""

from __future__ import annotations

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": "二十", "卅": "三十"}
_LARGE = (("亿", 10**8), ("万", 10**4))
CHARACTERS = "".join((*DIGITS, *_PLACES, *_TENS, "万亿"))
LONGEST = 40
"""No numeral is longer; what is, is no number but a list or a pattern."""


def han_value(numeral: str) -> int | None:
    """Return the value of a Chinese numeral, also digit by digit (二〇二〇); None for what is none (千千, 百十)."""
    if not numeral or len(numeral) > LONGEST:
        return None
    if all(char in DIGITS for char in numeral):
        return int("".join(str(DIGITS[char]) for char in numeral))
    for short, long in _TENS.items():
        numeral = numeral.replace(short, long)
    return _value(numeral)


def _value(numeral: str) -> int | None:
    for mark, size in _LARGE:
        before, found, after = numeral.rpartition(mark)
        if not found:
            continue
        head, tail = _value(before) if before else None, _value(after) if after else 0
        if head is None or tail is None or not head:
            return None
        if len(after) == 1 and after in DIGITS:
            # 两万五 leaves the place of the last digit out.
            tail *= size // 10
        return head * size + tail if tail < size else None
    return _below_ten_thousand(numeral)


def _below_ten_thousand(numeral: str) -> int | None:
    total, digit, place, zero = 0, None, 10_000, False
    for char in numeral:
        if char in DIGITS:
            if digit:
                return None
            digit, zero = DIGITS[char], zero or not DIGITS[char]
        elif char in _PLACES and _PLACES[char] < place:
            if not digit and (char != "十" or (digit is None and total)):
                return None
            place = _PLACES[char]
            total, digit, zero = total + (digit or 1) * place, None, False
        else:
            return None
    if digit is None:
        return total
    # 二百五 leaves the place of the last digit out, 二百零五 does not.
    return total + digit * (place // 10 if total and not zero and place > 10 else 1)
