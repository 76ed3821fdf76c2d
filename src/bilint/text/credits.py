"""Lines about an article rather than of it: who wrote, translated, published it, notes by the translator."""

from __future__ import annotations

import re

from bilint.model import Role

_LABELS = (
    "作者|译者|作者简介|译者简介|關於作者|关于作者|譯者|校对|校對|校者|审校|審校|选题|编译自|編譯自|来源|來源|"
    "原文|原文地址|原文链接|原文作者|原始文本|英文原文|原题|题图|配图|图源|本文永久链接|永久链接|译文出自|翻译|编辑|"
    "编者按|编者注|译注|译者注|譯註|版权|转载|via|by|author|source|translator|proofreader"
)
_ORIGINS = "来源于|来源|来自|译自|编译自|via|image (?:by|credit|from)|photo by|illustration by|translated by"
_SHOWN = "image|photo|screenshot"
_ADDRESS = "opensource.com"
_MARKS = r"[\s>*_（(\[「【\ufffc-]"
_CREDIT = re.compile(
    rf"{_MARKS}*(?:(?:{_LABELS})\s*(?:[:：]|$)|(?:{_ORIGINS})(?![a-z]).{{0,60}}$)"
    rf"|(?:{_SHOWN})\b.{{0,60}}$|\S*{re.escape(_ADDRESS)}$"
)
_BEGIN_CREDIT = frozenset(word[0] for word in f"{_LABELS}|{_ORIGINS}|{_SHOWN}".split("|")).union(">*_（([「【\ufffc-")
"""What a credit begins with, unless it ends with the address: most blocks begin with other characters."""
_LICENCES = ("attribution", "cc by", "cc-by", "creative commons")
# Every alternative begins with a letter: text without these letters is passed over.
_NOTICES = re.compile(
    f"{'|'.join(_LICENCES)}|本文由|荣誉推出|如果发现译文存在错误|翻译中|translating|"
    "ai 翻译|co-op translator|免责声明|免責聲明|机器翻译|機器翻譯"
)
_LONGEST = 600
"""Credits and notices are short; a longer block is the article's."""
_TRANSLATORS_LINE = re.compile(
    r"[\s>*_-]*(?:原文(?:地址|链接|鏈接|連結)?|英文原文|原始文本|译者|譯者|校对|校對|译文出自|本文永久链接)\s*[:：]"
)
_TRANSLATOR_NOTE = re.compile(r"译者?[注按：:]|譯者?註|（译注|编者[按注]|据(?:维基|百度)(?:百科)?[：:，]")


def imprint(text: str) -> Role | None:
    """Return whether a block is a credit (who wrote it, its source, a translation notice) or a licence; else None."""
    if len(text) > _LONGEST:
        return None
    head = text[:200].strip().lower()
    if notice := _NOTICES.search(head):
        return Role.LICENCE if notice[0] in _LICENCES else Role.CREDIT
    may_be_credit = head[:1] in _BEGIN_CREDIT or _ADDRESS in head
    return Role.CREDIT if may_be_credit and _CREDIT.match(head) else None


def is_translator_note(text: str) -> bool:
    """Return whether the text is or holds a note by the translator or editor."""
    return not text.isascii() and _TRANSLATOR_NOTE.search(text) is not None


def is_translators_own(opening: str) -> bool:
    """Return whether a block that begins so is a note by the translator, or names the original or the translator."""
    return is_translator_note(opening) or _TRANSLATORS_LINE.match(opening) is not None
