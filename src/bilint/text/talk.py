"""How language models talk to their users about a translation: in Chinese of both scripts, and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORK = "(?:翻[译譯]|[译譯]文|[译譯]本|中文(?:版本?|[译譯]本)|中文内容)"
_SURE = ("好的", "当然(?:可以)?", "當然(?:可以)?", "没问题", "沒問題", "没有问题")
_THEN, _NOW = "[，,。！!：: ]*", "(?:我[来來会會将將]|以下|下面|[请請]看)"
_YES = f"(?:{'|'.join(_SURE)}|可以){_THEN}"
_IN_BRACKETS = r"[（(\[【][^（()）\n]{0,14}"
_END_BRACKET = r"[^（()）\n]{0,12}[)）\]】]"
_DUE_TO, _LENGTH = ("由于", "由於", "因[为為]?"), "(?:篇幅|[长長]度|字[数數]|[输輸]出|回[复覆])"
_ANY = r"[^。！？\n]"

_PATTERNS: dict[str, tuple[str, ...]] = {
    # Anchored where an author might say the same in a longer sentence.
    "preface": (
        rf"^(?:{_YES})?(?:以下|下面|如下|[这這])就?[是为為]{_ANY}{{0,36}}?{_WORK}{_ANY}{{0,20}}[：:。]?\s*$",
        rf"^{_YES}{_NOW}{_ANY}{{0,30}}(?:{_WORK}|[：:]\s*$){_ANY}{{0,12}}",
        rf"^{_ANY}{{0,10}}{_WORK}(?:[结結]果|[内內]容)?(?:如下|[见見]下)\s*[：:。]?\s*$",
        r"^(?:sure|certainly|of course|okay)\b[,!.:] (?:here|below|I)\b[^\n]{0,80}",
        r"^(?:here(?:['’]s| is| are)|below is|the following is)\b[^\n]{0,60}\b(?:translat(?:ion|ed)|chinese version)\b",
    ),
    "closing": (
        rf"^(?:希望|祝){_ANY}{{0,12}}{_WORK}{_ANY}{{0,20}}(?:[帮幫]助|[满滿]意|有用|符合)",
        rf"^(?:如果|若|如)[您你]?(?:[还還]?(?:有|需要|希望)){_ANY}{{0,30}}?(?:[调調]整|修改|其他|[进進]一步|[润潤]色)"
        rf"{_ANY}{{0,24}}(?:告[诉訴]我|告知|吩咐|[让讓]我知道|提出)",
        r"^(?:I )?hope this (?:translation )?(?:helps|is helpful|meets)\b",
        r"^(?:please )?let me know if you(?:['’]d like| need| want| have)\b[^\n]{0,80}",
    ),
    "refusal": (
        r"\bI(?:['’]m| am) sorry, but I (?:can(?:['’]t|not)|am (?:not able|unable))\b",
        r"\bI (?:cannot|can['’]t|am unable to|am not able to) (?:translate|assist with|fulfil)\b",
        r"\bI (?:cannot|can['’]t|am unable to) (?:complete|continue|provide) (?:this|the|a) (?:translation|request)\b",
        r"\bas an AI(?: language)? (?:model|assistant)\b",
        rf"(?:抱歉|[对對]不起|很[遗遺]憾)[，,。！ ]*但?我(?:[无無]法|不能|没法|不便|[没沒]有[办辦]法){_ANY}{{0,30}}",
        rf"作[为為](?:一[个個名款])?(?:AI|人工智[能慧]|大?型?[语語]言模型){_ANY}{{0,12}}?[，,]我",
    ),
    "omission": (
        rf"{_IN_BRACKETS}(?:其[余餘]|剩[余餘]|后[续續]|後續|以下|[后後]面|此[处處]|中[间間]|下文|[后後]文)"
        rf"[^（()）\n]{{0,14}}(?:省略|略去|[从從]略|略(?<!策略)|未翻[译譯]|保持不[变變]|同上){_END_BRACKET}",
        rf"(?:{'|'.join(_DUE_TO)}){_LENGTH}{_ANY}{{0,6}}(?:限制|有限|所限|[过過][长長])"
        rf"{_ANY}{{0,30}}(?:省略|[无無]法|未能|分[段次批多]|[继繼][续續]|部分|[仅僅])",
        rf"{_IN_BRACKETS}(?:未完待[续續]|[续續]下一?[条條]|接下一?[条條]|[内內]容[过過][长長]|翻[译譯](?:未完|[继繼][续續]|中[断斷]))"
        rf"{_END_BRACKET}",
        r"[\[(（](?:the )?(?:rest|remainder|remaining|content|translation|document)\b[^\n\])）]{0,30}"
        r"\b(?:omitted|truncated|continues?|unchanged|cut off|skipped)\b[^\n\])）]{0,30}[\])）]",
    ),
    "instruction": (
        rf"[请請][你您]?(?:[将將把]|[帮幫]我)?{_ANY}{{0,24}}(?:翻[译譯](?:成|[为為]|到)|[译譯](?:成|[为為]))(?:[简簡繁][体體])?(?:中文|[汉漢][语語])",
        "不要翻[译譯](?:代[码碼]|[链鏈]接|連結|以下|[变變]量|任何)",
        rf"[只仅僅]需?(?:[输輸]出|返回|回[复覆]){_ANY}{{0,10}}(?:[译譯]文|翻[译譯])",
        rf"^你是(?:一[名位个個])?{_ANY}{{0,12}}(?:翻[译譯](?:[专專]家|助手|[员員]|引擎)?|[译譯]者)(?=[，,。；;：:\s]|$)",
        r"\btranslate the (?:following|above|below|text|content)\b[^\n]{0,60}"
        r"\b(?:in)?to (?:simplified |traditional )?chinese\b",
        r"\byou are an? (?:professional|expert|helpful)[^\n]{0,30}\btranslat(?:or|ion)\b",
        r"\b(?:do not|don['’]t) translate (?:the )?(?:code|links?|urls?)\b",
    ),
    "thinking": (
        r"^</?think(?:ing)?>",
        r"^(?:思考[过過]程|翻[译譯](?:思路|[说說]明|要[点點]))\s*[：:]",
        r"^translation notes?\s*:",
    ),
}
_SAID_TOO = {
    "preface": r"\btranslat\w*|chinese version",
    "closing": r"\bhope (?:this|that|it)\b|\b(?:let|tell|contact|reach out to) (?:me|us)\b|\bfeel free\b|\btranslat\w*",
    "refusal": r"\bsorry\b|\bas an AI\b|\blanguage model\b|\bI (?:cannot|can['’]t|am unable)\b",
    "omission": r"\bomit\w*|\btruncat\w*|\bto be continued\b|\bskip\w*|\bunchanged\b|\bspace (?:limit|constraint)\w*",
    "instruction": r"\btranslat\w*",
    "thinking": r"<think|\btranslat\w*",
}
# Every alternative begins with one letter, no choice of letters: text without these is passed over.
SIGNS = re.compile(
    f"{'|'.join([*(f'{yes}{_THEN}{_NOW}' for yes in _SURE), *(f'{due}{_LENGTH}' for due in _DUE_TO)])}|"
    "译|譯|中文|告[诉訴]我|告知|我知道|歉|对不起|對不起|遗憾|遺憾|作[为為](?=[一Aa人大型语語])|略(?<!策略)|"
    "过长|過長|过長|過长|待[续續]|续下|續下|接下一|吩咐|可以提出|请提出|請提出|随时提出|隨時提出|"
    "欢迎提出|歡迎提出|不变|不變|同上|思考[过過]程|Translat|translat|hinese|Hope|hope|"
    "Let me|let me|sorry|I can|I am |an AI|Sure|sure|Certainly|certainly|Of course|of course|Okay|okay|omitted|"
    "truncated|unchanged|cut off|skipped|continue|think"
)
"""What some pattern needs: a quick look, since hardly a block has any."""
_TALK = re.compile(
    "|".join(f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in _PATTERNS.items()), re.IGNORECASE | re.MULTILINE
)
_THERE = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _SAID_TOO.items()}


def talk(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield what a model says to its user: the kind of talk, start and end in `text`, in order."""
    if SIGNS.search(text):
        for found in _TALK.finditer(text):
            yield str(found.lastgroup), found.start(), found.end()


def is_talked_of(kind: str, english: str) -> bool:
    """Return whether an original speaks of such a thing itself."""
    return _THERE[kind].search(english) is not None
