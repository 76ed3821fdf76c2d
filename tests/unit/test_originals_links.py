from __future__ import annotations

import pytest

from bilint.model import Block, Document, Kind, Span
from bilint.originals.links import candidates, in_front_matter, named
from bilint.parse import parse

U = "https://example.com/posts/slow-start"
TEXT = "慢启动的程序让人等待。这里是正文的第一段，讲的是启动时间。"


def document(text: str, blocks: tuple[Block, ...] = ()) -> Document:
    return Document("zh/a.md", text, blocks) if blocks else parse(text, "zh/a.md")


def head(line: str) -> Document:
    return document(f"# 慢启动\n\n{line}\n\n{TEXT}\n\n{TEXT}\n")


def foot(lines: str) -> Document:
    return document(f"# 慢启动\n\n{TEXT}\n\n{TEXT}\n\n----------\n\n{lines}\n\n[1]: https://example.com/x\n[a]: {U}\n")


HEADERS = [
    f"> * 原文地址：[Slow start]({U})",
    f"> - 原文地址: [Slow start]({U})",
    f"* 原文链接 : [Slow start]({U})",
    f">* 原文链接：[Slow start]({U})",
    f"原文链接：{U}",
    f"**原文链接**：{U}",
    f"**原文链接：** <{U}>",
    f"> 原文：<{U}>",
    f"> 原文：[`example.com/posts/slow-start`]({U})",
    f"> 原文: [`example.com/posts/slow-start`]({U})",
    f"> 原始文本：[`example.com/posts/slow-start`]({U})",
    f"> 原文链接：[`example.com/posts/slow-start`]({U})",
    f"> [`example.com/posts/slow-start`]({U})",
    f"> [Slow start]({U})",
    f"> [原文链接]({U})",
    f"[英文原文]({U})",
    f"英文原文：[Slow start [part 1]]({U})",
    f"英文原文：《Slow start》 {U}",
    f"译自：{U}。",
    f"本文译自 [Slow start]({U})，作者是某某。",
    f"編譯自：{U}",
    f"> 文章编译自：\n>\n> {U}",
    f"來源：{U}",
    f"来源于：[Slow start]({U})",
    f'<p>原文：<a href="{U}">Slow start</a></p>',
    f'原文：[Slow start]({U} "a title")',
    f"【原文】：{U}",
    f"> 译注：本文译自 [Slow start]({U})。",
    f"## 原文地址\n\n<{U}>",
    f"[#]: via: ({U})",
    f'[#]: via: "{U}"',
]


@pytest.mark.parametrize("line", HEADERS)
def test_headers(line: str) -> None:
    text = head(line)
    found = named(text)
    assert found is not None
    assert (found.uri, found.path) == (U, None)
    assert U in text.text[found.span.start : found.span.end]


FOOTERS = [
    f"via: {U}",
    f"via：{U}",
    f"via: [{U}]({U})",
    f"via: <{U}>",
    "via: [Slow start][a]",
    f"来源于：{U}",
    f"原文: {U}",
    f"编译自: {U}",
    f"译自：<{U}>",
]


@pytest.mark.parametrize("line", FOOTERS)
@pytest.mark.parametrize("behind", ["", "\n\n作者：[某某][1]\n译者：[某某](https://example.com/t)"])
def test_footers(line: str, behind: str) -> None:
    found = named(foot(line + behind))
    assert found is not None
    assert found.uri == U


def test_footer_without_a_rule_and_over_many_definitions() -> None:
    definitions = "\n".join(f"[{n}]: https://example.com/{n}" for n in range(200))
    text = f"# 题\n\n{TEXT}\n\nvia: {U}\n\n本文由 [某社][1] 原创翻译\n\n{definitions}\n"
    found = named(document(text))
    assert found is not None
    assert (found.uri, found.found_by) == (U, "via")


NEVER = [
    f"> * 本文永久链接：[{U}]({U})",
    f"> * 译文出自：[某翻译计划]({U})",
    f"> * [译文出自 : 某翻译计划]({U})",
    f"> * 原文作者：[Jo Doe]({U})",
    "> * 原文标题：Slow start",
    f'[#]: url: "{U}"',
    f"[#]: author: (Jo {U})",
    "英文原文：[Jo Doe](https://example.com/authors/jo)，翻译：某某",
    "> [@jo](https://example.com/@jo)",
    "> [Home](https://example.com/)",
    f"> [在线演示]({U})",
    f"[Slow start]({U})",
    f"图片来源：{U}",
    f"原文为 [constant]({U})，译文有误。",
    "> * 原文地址：",
    "> * 原文地址：[]()",
]


@pytest.mark.parametrize("line", NEVER)
def test_never(line: str) -> None:
    assert named(head(line)) is None
    assert named(foot(line)) is None


IN_TEXT = [
    f"Via: {U}",
    "Via: 1.1 proxy.example.com",
    f"```\nvia: {U}\n```",
    f"```http\n原文地址：{U}\n```",
    f"来源：{U}",
    f"来源：[图表]({U})",
    f"![图](a.png)\n\n来源：[图表]({U})",
    f"Via [CNBC]({U})",
    f"<!-- source: {U} -->",
]


@pytest.mark.parametrize("line", IN_TEXT)
def test_inside_the_text(line: str) -> None:
    assert named(document(f"# 题\n\n{TEXT}\n\n{line}\n\n{TEXT}\n\n{TEXT}\n")) is None


def test_header_field_wins_over_footer() -> None:
    text = f"[#]: url: (https://example.cn/1)\n[#]: via: ({U})\n\n# 题\n\n{TEXT}\n\n---\n\nvia: https://example.com/b\n"
    assert [c.uri for c in candidates(document(text))] == [U, "https://example.com/b"]


def test_address_wins_over_vaguer_label() -> None:
    text = f"# 题\n\n{TEXT}\n\n英文原文：[Jo](https://example.org/jo)，翻译：某某\n\n原文链接：[Slow start]({U})\n"
    found = named(document(text))
    assert found is not None
    assert found.uri == U


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://example.org/wiki/A_(b)", "https://example.org/wiki/A_(b)"),
        ("https://example。com/a", "https://example。com/a"),
        ("https：//example.com/a", "https：//example.com/a"),
        ("www.example.com/a", "https://www.example.com/a"),
        ("example.com/a", "https://example.com/a"),
        ("https://example.com/a?x=1&amp;y=2", "https://example.com/a?x=1&y=2"),
    ],
)
@pytest.mark.parametrize("form", ["原文：{}", "原文：{}。", "> 原文：（{}）", "原文：[T]({})", "via: {}"])
def test_urls(written: str, read: str, form: str) -> None:
    found = named(head(form.format(written)))
    assert found is not None
    assert found.uri == read


@pytest.mark.parametrize(
    "line", ["> 译注：本文译自同目录 [`en.md`](./en.md)。", "英文原文：`./en.md`", "原文：./en.md"]
)
def test_relative_path(line: str) -> None:
    found = named(head(line))
    assert found is not None
    assert (found.uri, found.path, found.found_by) == (None, "./en.md", "link")


BLOB = "https://github.com/o/r/blob/{}/src/ch00.md"


@pytest.mark.parametrize("quote", ["", "> "])
def test_code_host_link_under_the_title(quote: str) -> None:
    at_commit = BLOB.format("0123456789abcdef0123456789abcdef01234567")
    found = named(head(f"{quote}[ch00.md]({at_commit})"))
    assert found is not None
    assert found.uri == at_commit
    main = BLOB.format("main")
    assert named(head(f"[ch00.md]({main})")) is None
    found = named(head(f"> [ch00.md]({main})\n> <br>\n> commit 0123456789abcdef"))
    assert found is not None
    assert found.uri == main


def test_code_host_link_elsewhere_is_a_link() -> None:
    link = BLOB.format("0123456789abcdef")
    assert named(document(f"# 题\n\n{TEXT}\n\n[ch00.md]({link})\n\n{TEXT}\n")) is None


METADATA = """<!--
CO_OP_TRANSLATOR_METADATA:
{
  "original_hash": "00112233445566778899aabbccddeeff",
  "source_file": "5.1 Key concepts.md",
  "language_code": "zh"
}
-->
"""


@pytest.mark.parametrize("place", ["{}# 题\n\n正文。\n", "# 题\n\n正文。\n\n{}"])
def test_metadata_comment(place: str) -> None:
    text = place.format(METADATA)
    found = named(document(text))
    assert found is not None
    assert (found.path, found.found_by) == ("5.1 Key concepts.md", "comment")
    assert text[found.span.start : found.span.end] == "5.1 Key concepts.md"


@pytest.mark.parametrize(
    ("comment", "uri", "path"),
    [
        ("<!-- source: docs/en/a.md -->", None, "docs/en/a.md"),
        ("<!-- source: docs/en/a.md hash: 0a1b2c3d -->", None, "docs/en/a.md"),
        ("<!-- source_file=docs/en/a.md, commit=0a1b2c3d -->", None, "docs/en/a.md"),
        ('<!-- original: "docs/en/a b.md" -->', None, "docs/en/a b.md"),
        (f"<!-- original: {U} -->", U, None),
        (f"<!-- 原文：{U} -->", U, None),
    ],
)
def test_comment_line(comment: str, uri: str | None, path: str | None) -> None:
    for text in (f"{comment}\n# 题\n\n{TEXT}\n", f"# 题\n\n{TEXT}\n\n{comment}\n"):
        found = named(document(text))
        assert found is not None
        assert (found.uri, found.path, found.found_by) == (uri, path, "comment")
        assert text[found.span.start : found.span.end] == (uri or path)


def test_front_matter_lines_are_not_the_head() -> None:
    fields = "\n".join(f"key{n}: 值" for n in range(50))
    text = f"---\nvia: {U}\n{fields}\n---\n\n# 题\n\n{TEXT}\n"
    assert named(document(text)) is None
    text = f"---\n{fields}\n---\n\n# 题\n\n> 原文：<{U}>\n\n{TEXT}\n"
    assert named(document(text)) is not None


def field(key: str, value: str) -> Block:
    return Block(Kind.FIELD, Span(4, 9), info=key, content=value)


def test_front_matter_keys_in_order() -> None:
    blocks = (field("source", U), field("via", "https://example.com/b"), field("original.url", "docs/en/a.md"))
    found = list(in_front_matter(document("", blocks), ("original.url", "via", "title", "source")))
    assert [(f.uri, f.path) for f in found] == [(None, "docs/en/a.md"), ("https://example.com/b", None), (U, None)]
    assert {f.found_by for f in found} == {"front matter"}


@pytest.mark.parametrize("value", ["Some Blog", "true", "", f"see {U} and more", "#top", "mailto:jo@example.com"])
def test_front_matter_that_is_no_address(value: str) -> None:
    assert not list(in_front_matter(document("", (field("source", value),)), ("source",)))


@pytest.mark.parametrize(
    "text", ["", "\n", "# 题", "---\na: b\n", "```\n", "> ", "[#]: via:", "原文地址：", "<!-- -->"]
)
def test_nothing_to_read(text: str) -> None:
    assert named(document(text)) is None


def test_crlf_and_spans() -> None:
    text = f"# 题\r\n\r\n> 原文：[T]({U})\r\n\r\n{TEXT}\r\n"
    found = named(document(text))
    assert found is not None
    assert text[found.span.start : found.span.end] == f"[T]({U})"


def test_an_unclosed_fence_does_not_hide_the_footer() -> None:
    found = named(document(f"# 题\n\n{TEXT}\n\n```sh\nls\n\n---\n\nvia: {U}\n\n作者：某某\n"))
    assert found is not None
