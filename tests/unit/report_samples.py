"""Hand-made reports for the tests of the formats."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bilint.model import (
    Checked,
    Confidence,
    Document,
    Edit,
    Excerpt,
    Fix,
    Message,
    Original,
    Place,
    Placed,
    Print,
    Problem,
    Report,
    Severity,
    Span,
)

TARGET = """# 泡沫之后

像所有泡沫一样，生成型 AI 热潮建立在对未来能力的投机预期之上。

\t- 他们买下 uncertainty，\u200b也就是不确定性（見圖）。

第一段从这里开始，
第二行还在同一段，
到这里结束。

<p>{long}热潮过去以后，工具还在，人也还在；{long}</p>
"""
SOURCE = """<h1>After the bubble</h1>
<p>Like all bubbles, the generative AI boom is built on bets about what machines might do one day.</p>
<p>They buy uncertainty.</p>
"""
LONG = "很多年以前，人们以为铁路会改变一切，"


def document(path: str, text: str) -> Document:
    return Document(path, text, ())


ZH = document("zh/bubble.md", TARGET.replace("{long}", LONG * 4))
EN = document("originals/bubble.html", SOURCE)


def excerpt(text: str, within: Document = ZH) -> Excerpt:
    start = within.text.index(text)
    return within.excerpt(Span(start, start + len(text)))


def place(line: int, column: int, path: str = ZH.path) -> Place:
    return Place(path, line, column, line, column + 3)


def finding(
    rule: str = "mixed-term",
    target: Excerpt | None = None,
    message: str = "`{form}` where this article also says `{preferred}`",
    help: str = "",  # noqa: A002 - the field's name
    **values: Any,
) -> Placed:
    base = Placed(
        rule,
        "terminology/inconsistent-use",
        Severity.WARNING,
        Confidence.HIGH,
        Message("sample", message, help),
        (("form", "生成型"), ("preferred", "生成式")),
        Span(0, 1),
        target=target or excerpt("生成型"),
    )
    made = replace(base, **values)
    edits = made.fix.edits if made.fix else ()
    return replace(made, edited=tuple(ZH.place(edit.span) for edit in edits))


MIXED_TERM = finding(
    source=excerpt("generative", EN),
    more=tuple(place(33 + number, 5 + number) for number in range(13)),
    evidence=(("in_this_article", "14 to 14"), ("in_this_project", 31), ("share", 0.93333)),
    suggestions=("生成式",),
    help="choose one rendering and keep to it",
    fix=Fix((Edit(Span(16, 19), "生成式"),), safe=True),
    key="生成型",
    prints=(Print("5f2c", "生成型"),),
)
UNTRANSLATED = finding(
    "untranslated-words",
    excerpt("uncertainty"),
    mqm="accuracy/untranslated",
    severity=Severity.ERROR,
    message="`uncertainty` is left in English",
    source=excerpt("uncertainty", EN),
    suggestions=("不确定性", ""),
    more=(place(9, 2), place(4, 1, "zh/other.md")),
)
PARAGRAPH = finding(
    "extra-block",
    excerpt("第一段从这里开始，\n第二行还在同一段，\n到这里结束。\n"),
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    message="a paragraph that the source does not have",
)
LONG_LINE = finding(
    "mixed-script",
    excerpt("人也还在"),
    message="`人也还在`\nhas a line end, a tab\tand an \x1b[31mescape",
    suggestions=("这一条建议非常长，长到在终端里放不下，于是只好挪到下面去写",),
)
ALONE = Checked("zh/alone.md", None, "names no original", 0, 0, 0)
CHECKED = Checked(ZH.path, Original("https://example.org/bubble", EN.path, "index"), "", 4, 0, 1)
PROBLEM = Problem("zh/broken.md", "cannot be read: it is not UTF-8 (byte 17)", "save it as UTF-8")


def report(**values: Any) -> Report:
    return replace(Report((CHECKED,), (), 0, 0, (), "bilint 0.1.0 rules:all", "0.1.0"), **values)


FULL = report(
    articles=(ALONE, CHECKED),
    findings=(MIXED_TERM, UNTRANSLATED, PARAGRAPH, LONG_LINE),
    suppressed=2,
    hidden=5,
    problems=(PROBLEM,),
)
