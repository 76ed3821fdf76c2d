"""What stands behind a Chinese number and makes it a measure, a decade, a month, a time or a percentage."""

from __future__ import annotations

import re
from fractions import Fraction

from bilint.model import Span
from bilint.text.numbers.han import CHARACTERS, DIGITS, han_value
from bilint.text.numbers.number import Number, NumberKind
from bilint.text.numbers.units import CHINESE, alternatives

_HAN = CHARACTERS
ONE = "".join(DIGITS)
CONTEXT = 16
"""How many characters before a number are looked at."""
SCALES = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
}
SCALES |= {"万": 10**4, "千": 1000, "百": 100}
LETTERS = {"k": 1000, "K": 1000, "M": 10**6, "B": 10**9, "bn": 10**9, "T": 10**12}
"""As they are written: `5m` is no 5M."""
_CLASSIFIER = (
    "个|種|种|条|條|项|項|张|張|次|行|列|页|頁|章|节|節|步|位|名|人|倍|件|台|臺|款|本|篇|句|段|层|層|级|級|类|類|组|組|套|颗|份|"
    "部|座|家|间|所|门|支|只|隻|块|塊|片|根|点|岁|歲|者|大|栏|欄|边|轮|輪|场|場|届|代|字|对|枚|户|辆|架|门|首|阶段|部分|方面|维|進制|进制"
)
_UNIT = alternatives(CHINESE)
_SCALE = (
    r"万亿|千亿|百亿|十亿|亿|千万(?!不|要|别)|百万|十万|万(?!物|能|一|维|象|圣)|千(?![米克瓦赫兆卡字伏帕]|万)|"
    r"百(?![分科度叶])"
)
_MINUTE = {"分": "min"}
"""Only before seconds: 分 is also a part, a point of a mark, a cent."""
_NO_UNIT = "周[年边围期刊]|元[素组件数宵]|年[级龄轻底度代]|天[空气然]|升[级序华]|码[头率]|克[隆服]|帧率|度[量过假]|兆头"
"""Words that begin like a unit."""
ENDS = (
    r"(?P<more>\s?[多余来](?!个?元素|次|种)|\s?几(?=[万亿个]))?"
    rf"(?:\s?(?P<scale>{_SCALE}))?(?P<more2>[多余来](?=\s?[{_HAN}个年天名位种条项次人家美欧英日元块米公英千小分秒月周倍%万亿]))?"
    rf"(?:(?P<decade>\s?年代)|(?P<century>\s?世纪)|(?P<percent>\s?%|\s?个百分点)|(?P<clock>\s?[点时](?![{ONE}]?[燃缓睛评击赞间候代期刻光钟头])"
    rf"(?:\s?(?P<half_past>半)|\s?(?P<minute>[0-9]{{1,2}}|[{_HAN}]{{1,3}})\s?分)?)"
    rf"|(?P<month>\s?月(?!球|亮|饼|光))|(?P<unit>\s?(?:个)?(?!{_NO_UNIT})(?:{_UNIT}|分(?=\s?(?:[0-9]{{1,2}}|[{_HAN}]{{1,3}})\s?秒))(?![A-Za-z0-9])(?:(?<=[A-Za-z%°])|))|(?P<classifier>\s?(?:{_CLASSIFIER}))|(?P<tenth>成(?![为本员立功就长交年人不一]))|)"
)
BEFORE_ORDINAL = re.compile(r"第\s?\Z")
_ABOUT = re.compile(
    r"(?:约|约莫|近|超过|多于|高达|多达|至少|最多|几乎|大概|不到|不足|接近|逾|超|约合|低于|高于|大于|小于|~|≈)(?:为|有|是|了)?\s?\Z"
)
_ABOUT_AFTER = re.compile(r"\s?(?:左右|上下|以上|多|余|出头)")
_LAST_CENTURY = re.compile(r"上个?世纪\s?\Z")
_CENTURY_BEFORE = re.compile(
    rf"(?P<number>\d{{1,2}}|[{_HAN}]{{1,4}})\s?世纪(?:的)?\s?(?:[^世\s]{{1,4}}\s?[、和与到至及–-]\s?|[{ONE}]、?)?\Z"
)
AFTERNOON = re.compile(r"(?:下午|晚上|傍晚|夜里)\s?\Z")
MORNING = re.compile(r"(?:上午|早上|凌晨|清晨|早晨)\s?\Z")


def span_of(match: re.Match[str]) -> Span:
    """Return the place of a number, without the white space before it and the word glued to its end."""
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Span(start, match.start("glued") if "glued" in match.re.groupindex and match["glued"] else match.end())


def value_of(written: str) -> Fraction | None:
    """Return the value of digits or of Chinese numerals, 三点五 and 3.5 too."""
    if written[0].isascii():
        return Fraction(written)
    whole, point, part = written.partition("点")
    value = han_value(whole)
    if value is None or not point:
        return None if value is None else Fraction(value)
    return Fraction(f"{value}.{''.join(str(DIGITS[digit]) for digit in part)}")


def of_day(minutes: int, before: str, half: str | None) -> int:
    """Return the minute of the day; 下午 is looked for before the time, `half` is the `a` or `p` behind it."""
    if half:
        return minutes % 720 + (720 if half == "p" else 0)
    if AFTERNOON.search(before) and minutes < 720:
        return minutes + 720
    return minutes


def ended(plain: str, match: re.Match[str], value: Fraction, written: str, before: str) -> Number:
    """Return the number with what stands behind it: scale, unit, 年代, 世纪, 月, 点, %."""
    span = span_of(match)
    value *= SCALES.get(match["scale"] or "", 1)
    about = bool(match["more"] or match["more2"] or _ABOUT.search(before) or _ABOUT_AFTER.match(plain, span.end))
    kind, unit = NumberKind.COUNT, ""
    if match["decade"]:
        return Number(value=decade_of(value, before), kind=NumberKind.DECADE, span=span, text=written)
    if match["century"]:
        kind = NumberKind.CENTURY
    elif match["percent"]:
        kind, value = NumberKind.PERCENT, value / 100
    elif match["tenth"]:
        kind, value = NumberKind.PERCENT, value / 10
    elif match["month"]:
        kind = NumberKind.MONTH
    elif match["clock"]:
        kind, value = NumberKind.TIME, Fraction(_of_clock(match, value, before))
    elif match["unit"]:
        unit = _unit(match["unit"], value)
    if kind is NumberKind.COUNT and BEFORE_ORDINAL.search(before):
        kind, unit = NumberKind.ORDINAL, ""
    weak = not value or (value == 1 and bool(unit))
    return Number(value=value, kind=kind, span=span, text=written, unit=unit, approximate=about, weak=weak)


def _unit(written: str, value: Fraction) -> str:
    """The unit; `1995 年` is the name of a year and no time of 1,995 years."""
    spelled = written.strip()
    unit = (
        _MINUTE.get(spelled)
        or CHINESE.get(spelled)
        or CHINESE.get(spelled.lower())
        or CHINESE.get(spelled.removeprefix("个"), "")
    )
    return "" if unit == "year" and 1000 <= value < 2200 and value.denominator == 1 else unit


def decade_of(value: Fraction, before: str) -> Fraction:
    """Return the year a decade begins with; without the century (`90 年代`) its last two digits."""
    if value >= 100:
        return value
    if _LAST_CENTURY.search(before):
        return 1900 + value
    century = _CENTURY_BEFORE.search(before)
    number = value_of(century["number"]) if century else None
    return value if number is None else 100 * (number - 1) + value


def _of_clock(match: re.Match[str], value: Fraction, before: str) -> int:
    minute = value_of(match["minute"]) if match["minute"] else Fraction(30 if match["half_past"] else 0)
    return of_day(int(60 * value + (minute or 0)), before, None)


def part_of(match: re.Match[str], span: Span) -> Number | None:
    """Return a fraction or, of a hundred, a percentage; None where it divides by nothing."""
    below = match["bottom"]
    above = match["top"]
    top, bottom = (Fraction(SCALES[part]) if part in SCALES else value_of(part) for part in (above, below))
    if top is None or not bottom:
        return None
    is_percent = bottom == 100
    kind = NumberKind.PERCENT if is_percent else NumberKind.FRACTION
    value = top / bottom
    return Number(value=value, kind=kind, span=span, text=above if is_percent else match[0], weak=value > 1)
