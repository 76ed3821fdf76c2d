"""Units in English and Chinese: what they measure, and how many of the smallest they are."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple


class Unit(NamedTuple):
    """What a unit measures, in which system, and its size there; units of two systems cannot be compared exactly."""

    measure: str
    size: Fraction
    system: str = ""


_TABLE = """
ns|time|1/1000000000|ns nanosecond nanoseconds|纳秒
us|time|1/1000000|µs μs us microsecond microseconds|微秒
ms|time|1/1000|ms msec millisecond milliseconds|毫秒
s|time|1|s sec secs second seconds|秒钟 秒
min|time|60|min mins minute minutes|分钟
h|time|3600|h hr hrs hour hours|小时 钟头
day|time|86400|day days|天
week|time|604800|week weeks|周 星期 礼拜
month|calendar|1|month months|个月
year|calendar|12|year years yr yrs|年
decade|calendar|120|decade decades|
nm|length|1/1000000000|nm nanometer nanometers nanometre nanometres|纳米
um|length|1/1000000|µm μm micron microns micrometers micrometres|微米
mm|length|1/1000|mm millimeter millimeters millimetre millimetres|毫米
cm|length|1/100|cm centimeter centimeters centimetre centimetres|厘米 公分
m|length|1|meter meters metre metres|米 公尺
km|length|1000|km kilometer kilometers kilometre kilometres|公里 千米
in|length:imperial|1|inch inches|英寸 英吋
ft|length:imperial|12|ft foot feet|英尺 英呎
yd|length:imperial|36|yard yards|码
mi|length:imperial|63360|mile miles|英里 英哩
m2|area|1|m² sqm square_meter square_meters square_metre square_metres square-meter square-metre|平方米 平米
ha|area|10000|ha hectare hectares|公顷
km2|area|1000000|km² square_kilometer square_kilometers square_kilometre square_kilometres|平方公里 平方千米
ft2|area:imperial|1|ft² square_foot square_feet square-foot|平方英尺
acre|area:imperial|43560|acre acres|英亩
mi2|area:imperial|27878400|square_mile square_miles square-mile|平方英里
mg|mass|1/1000|mg milligram milligrams|毫克
g|mass|1|gram grams|克
kg|mass|1000|kg kilogram kilograms kilo kilos|千克 公斤
t|mass|1000000|tonne tonnes ton tons|吨
lb|mass:imperial|16|lb lbs pound pounds|磅
oz|mass:imperial|1|oz ounce ounces|盎司
ml|volume|1/1000|ml milliliter milliliters millilitre millilitres|毫升
l|volume|1|liter liters litre litres|升
gal|volume:imperial|1|gallon gallons|加仑
bit|bits|1|bit bits|比特
B|data|1|byte bytes|字节
KB|data|1000|kb kilobyte kilobytes|千字节
MB|data|1000000|mb megabyte megabytes|兆字节 兆
GB|data|1000000000|gb gigabyte gigabytes gig gigs|吉字节
TB|data|1000000000000|tb terabyte terabytes|太字节
PB|data|1000000000000000|pb petabyte petabytes|
KiB|data|1024|kib kibibyte kibibytes|
MiB|data|1048576|mib mebibyte mebibytes|
GiB|data|1073741824|gib gibibyte gibibytes|
TiB|data|1099511627776|tib tebibyte tebibytes|
kbps|rate|1000|kbps kbit/s|
Mbps|rate|1000000|mbps mbit/s|
Gbps|rate|1000000000|gbps gbit/s|
Hz|frequency|1|hz hertz|赫兹
kHz|frequency|1000|khz kilohertz|千赫兹 千赫
MHz|frequency|1000000|mhz megahertz|兆赫兹 兆赫
GHz|frequency|1000000000|ghz gigahertz|吉赫兹 吉赫
W|power|1|w watt watts|瓦特 瓦
kW|power|1000|kw kilowatt kilowatts|千瓦
MW|power|1000000|mw megawatt megawatts|兆瓦
GW|power|1000000000|gw gigawatt gigawatts|吉瓦
Wh|energy|1|wh|瓦时
kWh|energy|1000|kwh|千瓦时 度电
V|voltage|1|v volt volts|伏特 伏
mAh|charge|1|mah|毫安时
deg|degree|1|° degree degrees|度
C|degree:celsius|1|°c ℃ degrees_celsius|摄氏度
F|degree:fahrenheit|1|°f ℉ degrees_fahrenheit|华氏度
px|pixel|1|px pixel pixels|像素
em|em|1|em|
rem|rem|1|rem|
dpi|dpi|1|dpi|
fps|fps|1|fps|帧每秒 帧
mph|speed:imperial|1|mph|英里每小时
USD|money:usd|1|dollar dollars usd bucks|美元 美金
cent|money:usd|1/100|cent cents|美分
EUR|money:eur|1|euro euros eur|欧元
GBP|money:gbp|1|gbp|英镑
CNY|money:cny|1|yuan cny rmb|元人民币 人民币 元 块钱
JPY|money:jpy|1|yen jpy|日元 日圆
"""
UNITS: dict[str, Unit] = {}
ENGLISH: dict[str, str] = {}
"""Spelling, in lower case → name of a unit."""
CHINESE: dict[str, str] = {}
SIGNS = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY"}
"""The signs of money, before a number."""


def _load() -> None:
    for line in _TABLE.strip().split("\n"):
        name, kind, size, english, chinese = line.split("|")
        measure, _, system = kind.partition(":")
        UNITS[name] = Unit(measure, Fraction(size), system)
        spelled = [word.replace("_", " ") for word in english.split()]
        ENGLISH.update(dict.fromkeys(spelled, name))
        CHINESE.update(dict.fromkeys(chinese.split(), name))
        # Chinese writes the symbols of units as English does.
        CHINESE.update(dict.fromkeys(spelled, name))


_load()


def alternatives(words: dict[str, str]) -> str:
    """Return a pattern of all words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
