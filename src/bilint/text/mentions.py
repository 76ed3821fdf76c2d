"""English that stands in Chinese prose on purpose: quoted mentions, and words that are explained beside them."""

from __future__ import annotations

import re
from functools import cache

from bilint.text.scripts import has_han

_BRACKETS = tuple(
    (pair[0], pair[1])
    for pair in ("（）", "()", "“”", "‘’", "「」", "『』", "《》", "【】", "[]", "<>", "（)", "(）", "”“", "’‘")
)
_MIXED = re.compile(r"""(?<![A-Za-z0-9“”"])[“"„‘`]['’]?[^“”"„‘’`\n]{1,120}[”"’`´]['’]?(?![A-Za-z0-9])""")
"""One mark of another kind at the other end: no pair, and quoted all the same."""
_STRAIGHT = (('"', re.compile(r'"[^"\n]{,300}"')), ("'", re.compile(r"(?<!\w)'[^'\n]{,300}'")))
_WORD_BEFORE = re.compile("(?:关键[字词]|關鍵[字詞]|单词|單詞|叫|叫[做作]|名为|名為|称为|称作|類型為|类型为)[ ]?$")
_WORD_AFTER = re.compile(
    "[ ]?(?:单词|一词|這個詞|这个词|一詞|的缩写|的縮寫|的复数|的简称|"
    "应该翻译|翻译[成为]|譯[成為作]|译[成为作]|意为|意思是)"
)
_BRACKETED_AFTER = re.compile(r"[ \ufffc:：….]{,4}[（(]([^（）()]*)")
_REMARK = re.compile(
    r"[A-Za-z0-9 .]{,20}(?:中(?![国文間间])|里|裡|上的?(?=[有是默預])|之[前后後])|"
    "更多|详见|詳見|[请請参參]见?|[见見][上下]|例如|比如|譬如|如[果上下图圖]|[为為]了|因[为為]|由[于於]|如今|目前|在|[仅僅]|只[有在]|"
    "[对對][于於]?|包括|[这這此]|默[认認]|[预預][设設]|可[选選]|必[选選需]|以及|[并並]|不[包是要过過]|[当當]|[虽雖]然|但|尤其|特[别別]|"
    "至少|最多|大[约約]"
)
"""How a remark begins that says something about what stands before it, but not what it means: （更多内容见下文）."""
_GLOSS_INSIDE = re.compile(r"[ ]?[，,：:/；;、][ ]?(.)[^（）()]*[）)]")
"""What stands behind the English in 内容管理系统（Content Management System，简称 CMS）."""


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the ranges of brackets and quotation marks that hold no Chinese, and of all titles in 《》."""
    spans = [m.span() for end, kind in _STRAIGHT if end in text for m in kind.finditer(text) if not has_han(m[0])]
    spans += [m.span() for m in _MIXED.finditer(text) if not has_han(m[0])]
    for left, right in _BRACKETS:
        if right in text and left in text:
            found = _bracketed(left, right).finditer(text)
            spans += [m.span() for m in found if left == "《" or not has_han(m[0])]
    return spans


@cache
def _bracketed(left: str, right: str) -> re.Pattern[str]:
    # Few articles need most of the patterns, which take long to compile.
    return re.compile(f"{re.escape(left)}[^{re.escape(left + right)}]{{,300}}{re.escape(right)}")


def is_explained(text: str, start: int, end: int) -> bool:
    """Return whether Chinese beside `text[start:end]` explains it, in brackets, or calls it a word (`find 一词`)."""
    inside = text[start - 1 : start] in ("(", "（") and _GLOSS_INSIDE.match(text, end)
    if inside and has_han(inside[1]):
        return True
    if _WORD_AFTER.match(text, end) or _WORD_BEFORE.search(text, max(0, start - 8), start):
        return True
    behind = _BRACKETED_AFTER.match(text, end)
    return behind is not None and has_han(behind[1]) and not _REMARK.match(behind[1])
