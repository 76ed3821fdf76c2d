"""What the characters around a Latin word of Chinese prose say of it: a name, code, one of a list of names, a gloss."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bilint.text.scripts import HAN, has_han

_THINGS = (
    "命令|指令|工具|程序|程式|软件|軟體|选项|選項|参数|參數|函数|函數|函式|方法|属性|屬性|特性|文件|文件夹|檔案|档案|目录|目錄|資料夾|"
    "模块|模組|(?:软件)?包(?![括含装围裹])|套件|库|函式庫|字段|欄位|变量|變數|常量|常數|类型|類型|型別|类(?![似比])|類(?![似比])|"
    "标签|標籤|标记|標記|按?[键鍵](?!入)|按钮|按鈕|关键[字词]|關鍵[字詞]|分支|元素|组件|組件|元件|对象|物件|接口|介面|事件|"
    "钩子|鉤子|协议|協定|协定|语言|語言|标志|旗標|语句|語句|陳述式|操作符|运算符|運算子|字符串|字串|数据集|資料集|菜单|選單|"
    "插件|外掛|扩展|扩充|擴充|用户|使用者|表达式|運算式|指示符|修饰符|修飾符|键值|狀態|状态|模式|子?系统|页面|頁面|角色|权限|權限|"
    "层(?!面)|层级|列(?![出举为])|表(?![示明达现面])|值(?!得)|块|宏|巨集|进程|行程|服务|服務|脚本|腳本|终端|終端|环境|環境|"
    "构造|建構|结构体|結構|特征|枚举|列舉|分区|主题|佈景主題|格式|后端|前端|後端|事务|路由|端点|端點|选择器|選擇器|中间件|中介軟體|"
    "适配器|轉接器|装饰器|裝飾器|注解|註解|命名空间|命名空間|回调|回呼|监听器|監聽器|数组|陣列|实例|實例|名(?!字)|名称|名稱|镜像|映像"
)
_USES = (
    "请求|請求|循环|迴圈|调用|呼叫|操作(?!系统)|代码|程式碼|字样|字樣|方式|形式|语法|語法|规则|規則|版本|项目|專案|框架|平台|"
    "引擎|区块|區塊|优先级|優先級|运算(?!符)|運算(?!子)|流程"
)
"""Nouns of what is done with a name: they follow ordinary words as well."""
_GIVEN = (
    "命令|选项|選項|参数|參數|函数|函數|函式|方法|属性|屬性|文件|檔案|目录|目錄|变量|變數|字段|欄位|标签|標籤|插件|外掛|钩子|鉤子|"
    "事件|接口|介面|模块|模組|组件|元件|类|類別|关键字|關鍵字|即|输入|輸入|执行|執行|运行|代表|译注：?|选择|選擇|点击|點選|单击|"
    "键入|鍵入|按下?|使用|调用|呼叫|设为|設為|设置为|设置成|設定為|值为|值為|叫|叫[做作]|名为|名為|称为|稱為|称作|写作|寫作|拼作|标有|標有|标着|写着|寫著"
)
_CALLED = (
    "命令|指令|选项|選項|参数|參數|函数|函數|函式|方法|属性|屬性|钩子|鉤子|变量|變數|字段|欄位|关键字|關鍵字|标签|標籤"
)
_CALLED_SO = re.compile(f"[ ]?(?:{_CALLED})")
_LETTER = re.compile("[A-Za-z]")
_ENGLISH_THINGS = (
    "hook|function|method|propert|attribute|option|command|event|key|field|file|parameter|argument|flag|tag|element|"
    "component|directive|variable|class|type|module|package|plugin|director|folder|keyword|operator|object|api|"
    "interface|call|loop|request|operation|block|statement|trait|macro|prop|slot|setting|page|tool|utilit|program|handler|value|tag"
)
_CODE_WORDS = (
    "any array async await bool boolean case catch char class const date default delete dict double else enum export "
    "false float for function get if import int integer interface let list map null number object private promise "
    "public require return set static string struct super switch symbol throw true try tuple type undefined void while "
    "yield"
)
NAMES_OF_CODE = frozenset(_CODE_WORDS.split(" "))
"""Keywords and types: in tables of parameters they are nothing else, and in prose oftener than other words."""
_THING_AFTER = re.compile(f"[ ]?(?:{_THINGS})")
_USE_AFTER = re.compile(f"[ ]?(?:{_USES})")
_USE_BEFORE = re.compile("(?:作为|作為)[ ]?$")
_CLOSING = re.compile("[)）]")
_BESIDE_ENGLISH = re.compile("[和与與及或]者?|译者?注|譯者?註|英文|原文")
"""Chinese that stands beside the English in brackets and explains nothing."""
_GIVEN_BEFORE = re.compile(f"(?:{_GIVEN})[ ]?$")
_NUMBERED = re.compile(r"[ ]?\d")
_SET_TO = re.compile("[ ]?(?:(?:的)?值)?(?:设置|设定|設定|設)?[为為成是][ ]?[\"'“‘「`\ufffc\\d]")
"""`output 为 "server"`: what has a value is an option or a variable."""
_REACH = 8

_COMMA = "[ ]?[、，,][ ]?"
_AND = "[ ]?(?:以及|和|与|與|及|或者?)[ ]?"
_LATIN_BEFORE = re.compile(f"[A-Za-z0-9\ufffc)）]{_COMMA}$")
_LATIN_AFTER = re.compile(f"{_COMMA}(?:以及|和|与|與|及|或)?[ ]?[A-Za-z0-9\ufffc]")
_JOINED_BEFORE = re.compile(f"[A-Za-z0-9\ufffc)）]{_AND}$")
_JOINED_AFTER = re.compile(f"{_AND}[A-Za-z0-9\ufffc]")
_HAN_BEFORE = re.compile(f"[{HAN}][ ]?、[ ]?$")
_HAN_AFTER = re.compile(f"[ ]?、[ ]?[{HAN}]")

_HAN_OR_BREAK_BEFORE = re.compile(f"[{HAN}][ ]?$")
_HAN_OR_BREAK_AFTER = re.compile(f"[ ]?[{HAN}]|[，。；：！？、,.;:!?]|$")

_CODE_AFTER = re.compile(r"[ ]?(?:[<>=_{}]|[(（]\s*[)）])|[(\[]")
_CODE_BEFORE = re.compile(r"[<>=_{}&$]\s?$")
_DASH = re.compile(f"[ ]?(?:[-–—:：=→]+|\\|)[ ]?[{HAN}“（(]")
"""What stands between a name and what is said of it: `query - 运行时使用的查询`."""
_SAME_BEFORE = re.compile(
    f"[{HAN}][ ]?[/／|][ ]?$|"
    "[（(，,；;][ ]?"
    "(?:或|又[名称稱叫]|也[称稱叫]|亦[称稱]|即|英文|英语|英語|原文|简称|簡稱|缩写|縮寫)(?:为|為|作)?[ ]?[：:]?[ ]?$"
)
_SAME_AFTER = re.compile(f"[ ]?[/／|][ ]?[{HAN}]|[ ]?(?:又[名称稱叫]|也[称稱叫]|亦[称稱]|的(?:简|簡|缩|縮)[写寫称稱])")


def is_named(text: str, start: int, end: int) -> bool:
    """Return whether the words around `text[start:end]` say that it is a name (`find 命令`, `stage 2`)."""
    before = max(0, start - _REACH)
    return bool(_THING_AFTER.match(text, end) or _GIVEN_BEFORE.search(text, before, start))


def is_set(text: str, end: int) -> bool:
    """Return whether what ends at `end` has a number or a value: `stage 2`, `output 为 "server"`."""
    return bool(_NUMBERED.match(text, end) or _SET_TO.match(text, end))


def is_named_in_english(word: str, text: str) -> bool:
    """Return whether English calls a lower-cased word a thing of programs: `the updated hook`."""
    return re.search(rf"\b{re.escape(word)}\W{{1,3}}(?:{_ENGLISH_THINGS})", text, re.IGNORECASE) is not None


@lru_cache(maxsize=256)
def is_called(word: str, text: str) -> bool:
    """Return whether `text` calls a lower-case word a command, an option or the like."""
    at = text.find(word)
    while at >= 0:
        if not (at and _LETTER.match(text, at - 1)) and _CALLED_SO.match(text, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


def is_amid_chinese(text: str, start: int, end: int) -> bool:
    """Return whether Chinese words stand on both sides of `text[start:end]`, or on one with its sentence's end."""
    before = _HAN_OR_BREAK_BEFORE.search(text, max(0, start - 2), start) is not None
    after = _HAN_OR_BREAK_AFTER.match(text, end) is not None
    return before and after


def is_used(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` stands where names and words alike stand (`fetch 请求`, `作为 key`)."""
    return bool(_USE_AFTER.match(text, end) or _USE_BEFORE.search(text, max(0, start - _REACH), start))


def is_bracketed(text: str, start: int, end: int) -> bool:
    """Return whether brackets around the word hold no Chinese but an "and" or a 译注: `（then 与 than）`."""
    left = max(text.rfind("(", 0, start), text.rfind("（", 0, start))
    right = _CLOSING.search(text, end)
    return left >= 0 and right is not None and not has_han(_BESIDE_ENGLISH.sub("", text[left : right.start()]))


def is_listed(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` is one of several Latin words with commas between them (`vhd、raw 等`)."""
    before = max(0, start - _REACH)
    if _HAN_BEFORE.search(text, before, start) or _HAN_AFTER.match(text, end):
        return False
    return bool(_LATIN_BEFORE.search(text, before, start) or _LATIN_AFTER.match(text, end))


def is_joined(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` is joined to another Latin word by an "and" or "or" (`linter 和 formatter`)."""
    return bool(_JOINED_BEFORE.search(text, max(0, start - _REACH), start) or _JOINED_AFTER.match(text, end))


def is_code(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` stands beside marks of code: `next(`, `input = `, what is left of a torn tag."""
    return bool(_CODE_AFTER.match(text, end) or _CODE_BEFORE.search(text, max(0, start - 2), start))


def is_headword(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` is what a line is about: `query - 运行时使用的查询`."""
    return not text[:start].strip() and text[start:end].islower() and _DASH.match(text, end) is not None


def is_gloss(text: str, start: int, end: int, renderings: Iterable[str]) -> bool:
    """Return whether the Chinese for `text[start:end]` stands right beside it: `偏移 offset`, `复选框 / checkbox`."""
    if _SAME_BEFORE.search(text, max(0, start - _REACH), start) or _SAME_AFTER.match(text, end):
        return True
    before, after = text[max(0, start - 2 * _REACH) : start].rstrip(), text[end : end + 2 * _REACH].lstrip()
    return any(before.endswith(form) or after.startswith(form) for form in renderings if len(form) > 1)
