"""English that stands in Chinese prose on purpose: glosses, quoted mentions, names of commands and settings."""

from __future__ import annotations

import re
from functools import cache

from bilint.text.scripts import has_han

_BRACKETS = tuple(
    (pair[0], pair[1])
    for pair in ("（）", "()", "“”", "‘’", "「」", "『』", "《》", "【】", "[]", "<>", "（)", "(）", "”“", "’‘")
)
_STRAIGHT = (('"', re.compile(r'"[^"\n]{,300}"')), ("'", re.compile(r"(?<!\w)'[^'\n]{,300}'")))
_THINGS_AFTER = (
    "命令|指令|工具|程序|软件|选项|参数|函数|方法|属性|文件|目录|文件夹|模块|(?:软件)?包(?![括含装围裹])|库|字段|变量|常量|"
    "类型|类(?!似)|标签|按?键(?!入)|按钮|关键字|分支|元素|组件|对象|接口|事件|钩子|协议|语言|标志|语句|操作符|运算符|字符串|"
    "数据集|菜单|插件|用户|表达式|指示符|修饰符|键值|状态|模式|子?系统|页面|角色|权限|层(?!面)|列(?![出举为])|"
    "表(?![示明达现面])|值(?!得)|块|宏|进程|服务|脚本|终端|环境|构造|结构体|特征|枚举|分区|主题|格式|后端|前端"
)
_WORDS_BEFORE = (
    "命令|选项|参数|函数|方法|属性|文件|目录|变量|字段|标签|即|输入|执行|运行|键入|代表|译注：?|选择|点击|单击|使用"
)
_WORD_BEFORE = re.compile("(?:关键[字词]|關鍵[字詞]|单词|單詞|叫|叫[做作]|名为|名為|称为|称作|類型為|类型为)[ ]?$")
_WORD_AFTER = re.compile("[ ]?(?:单词|一词|這個詞|这个词|一詞|的缩写|的縮寫|的复数|的简称)")
_NAMED_AFTER = re.compile(f"[ ]?(?:{_THINGS_AFTER})")
_NAMED_BEFORE = re.compile(f"(?:{_WORDS_BEFORE})[ ]?$")
_NUMBERED = re.compile(r"[ ]?\d")
_BRACKETED_AFTER = re.compile(r"[ ]?[（(]([^（）()]*)")
_GLOSS_INSIDE = re.compile(r"[ ]?[，,：:/；;、][ ]?(.)[^（）()]*[）)]")
"""What stands behind the English in 内容管理系统（Content Management System，简称 CMS）."""


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the ranges of brackets and quotation marks that hold no Chinese, and of all titles in 《》."""
    spans = [m.span() for end, kind in _STRAIGHT if end in text for m in kind.finditer(text) if not has_han(m[0])]
    for left, right in _BRACKETS:
        if right in text and left in text:
            found = _bracketed(left, right).finditer(text)
            spans += [m.span() for m in found if left == "《" or not has_han(m[0])]
    return spans


@cache
def _bracketed(left: str, right: str) -> re.Pattern[str]:
    # Few articles need most of the patterns, which take long to compile.
    return re.compile(f"{re.escape(left)}[^{re.escape(left + right)}]{{,300}}{re.escape(right)}")


def is_named(text: str, start: int, end: int) -> bool:
    """Return whether the words around `text[start:end]` say that it is a name (`find 命令`, `stage 2`)."""
    return bool(
        _NAMED_AFTER.match(text, end)
        or _NUMBERED.match(text, end)
        or _NAMED_BEFORE.search(text, max(0, start - 8), start)
    )


def is_explained(text: str, start: int, end: int) -> bool:
    """Return whether Chinese beside `text[start:end]` explains it, in brackets, or calls it a word (`find 一词`)."""
    inside = text[start - 1 : start] in ("(", "（") and _GLOSS_INSIDE.match(text, end)
    if inside and has_han(inside[1]):
        return True
    if _WORD_AFTER.match(text, end) or _WORD_BEFORE.search(text, max(0, start - 8), start):
        return True
    behind = _BRACKETED_AFTER.match(text, end)
    return behind is not None and has_han(behind[1])
