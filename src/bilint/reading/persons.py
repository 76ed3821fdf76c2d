"""Persons of the original whose Chinese names have a dot: 林纳斯·托瓦兹."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bilint.model import AlignedPair
from bilint.text.scripts import converted

_SOUNDS = (
    "丁万丘东丝中丹丽乌乔乞亚亨什仁仑代仲伊伍伏休伟伦伯伽佐佛佩俄保倍假克兰其兹内冈冯凡凯切列利别加劳勃勒包匹华卓博卡卢厄"
    "历古史叶吉哈哥哲唐喀喜嘉园图圣坎坦埃城基堡塔塞墨夏多大夫奇奈奎契奥妮姆威娃娅娜娥婕宁安宏宗宫宾寇富察尔尤尼居屈山岛崔"
    "巴布希帕帝席幸库康廉延弗弥强彭彼律德思恩恰恺惠慕戈戴扎托扬拉拜提摩撒敏文斐斯施日昂昆明普曼朗本朱朴李杜来杰松林果柏查"
    "柯柴根格桃桑梅梯森楚楠横欣欧歇武比毕汀汉汤汶沃沙法波泰泽洛津洪海涅温游湾滕潘热焦爱牛特犹狄玛玻珀珊班理琪琳琼瑙瑜瑞瑟"
    "瓦甘田略登盖碧礼祖福科秦穆立第米约纳纽绍维缪罗美翁翠考耐耶肃肖肯胡腓舍舒艾芙芝芬芭芮芳苏若英茜茨茹莉莎莓莫莱莲菲萨葆"
    "葛蒂蒙蓬蔡蕾薇藤虞西詹诗诺谢谭豪贝费贺贾赖赛赫路辛达迈迦迪逊道邓邦邱里金钦铎门阿雅雯雷霍霓霞韦韩韵顿马魏鲁鲍鲜麦黎默"
    "黛齐龙"
)
"""Characters that names are transliterated with; the words around a name mostly begin and end with others."""
_DOTS = "·•・"
_PERSON = re.compile(rf"[{_SOUNDS}]{{1,6}}(?:[{_DOTS}][{_SOUNDS}]{{1,7}})+")
_PART = r"[A-Z](?:['’][A-Z])?[A-Za-z-]+"
_ENGLISH = re.compile(rf"(?<![\w@/.-]){_PART}(?: [A-Z]\.)*(?: (?:van|von|de|da|del|la)){{0,2}}(?: {_PART})+(?![\w@/])")
_LONGEST = 6
"""A row of more words with capitals is a title."""
_MOST = 40
"""A block with more names is a list, and does not tell who is who."""
_ALIKE = 0.5
"""Two transliterations of one name have at least this share of the characters of the shorter in common."""


def persons(pairs: Sequence[AlignedPair]) -> Mapping[str, tuple[str, ...]]:
    """Return the persons of the original with what they are called; what differs at its edges only is one name.

    A Chinese name is somebody's who is named wherever it stands, and nobody else is.
    """
    meant: dict[str, frozenset[str]] = {}
    for pair in pairs:
        chinese = {form for block in pair.target for form in _dotted(block.prose.text)}
        english = frozenset(name for block in pair.source if chinese for name in _named(block.prose.text))
        for form in sorted(chinese) if max(len(chinese), len(english)) <= _MOST else ():
            meant[form] = meant.get(form, english) & english
    found: dict[str, list[str]] = {}
    for form, names in meant.items():
        name = min(names, key=len, default="")
        if name and all(each.endswith(name) for each in names):
            found.setdefault(name, []).append(form)
    return {name: tuple(_distinct(forms[:_MOST])) for name, forms in found.items()}


def _named(text: str) -> Iterator[str]:
    """What may be persons' names: the word before may have its capital from the start of a sentence."""
    for found in _ENGLISH.findall(text):
        parts = found.split(" ")
        yield from (" ".join(parts[first:]) for first in range(len(parts) - 1) if len(parts) <= _LONGEST)


def has_dot(text: str) -> bool:
    """Return whether a text may have a person's name in Chinese."""
    return any(dot in text for dot in _DOTS)


def _dotted(text: str) -> Iterator[str]:
    if has_dot(text):
        plain = converted(text, "t2s")
        for found in _PERSON.finditer(plain):
            yield text[found.start() : found.end()]


def _distinct(forms: Sequence[str]) -> Iterator[str]:
    """The forms that are alike and not the same but for characters of the words around them, the shortest of each."""
    kept: list[str] = []
    for form in sorted(forms, key=lambda form: (len(form), form)):
        if not any(other in form or not _are_alike(form, other) for other in kept):
            kept.append(form)
    return iter(kept)


def _are_alike(one: str, two: str) -> bool:
    """Whether two names may be one; what is not alike is somebody else's."""
    shared, least = set(one) & set(two) - set(_DOTS), min(len(set(each) - set(_DOTS)) for each in (one, two))
    return len(shared) >= _ALIKE * least
