"""What stands between the words (template tags, components, placeholders, containers): kind, name, exact place."""

from __future__ import annotations

import pytest

from bilint.model import PLACEHOLDER, Document, Inline, InlineKind, Kind
from bilint.parse import html, parse

K = InlineKind


def read(text: str) -> Document:
    return parse(text, "article.md")


def inlines(document: Document) -> list[Inline]:
    return [inline for block in document.blocks for inline in block.inlines]


@pytest.mark.parametrize(
    ("raw", "kind", "name"),
    [
        ("{name}", K.PLACEHOLDER, "{name}"),
        ("{user_name}", K.PLACEHOLDER, "{user_name}"),
        ("{0}", K.PLACEHOLDER, "{0}"),
        ("{price:.2f}", K.PLACEHOLDER, "{price:.2f}"),
        ("${HOME}", K.PLACEHOLDER, "${HOME}"),
        ("%s", K.PLACEHOLDER, "%s"),
        ("%1$d", K.PLACEHOLDER, "%1$d"),
        ("%(count)s", K.PLACEHOLDER, "%(count)s"),
        ("{count, plural, one {# item} other {# items}}", K.PLACEHOLDER, "count, plural"),
        ("<your-token>", K.PLACEHOLDER, "<your-token>"),
        ("<path>", K.PLACEHOLDER, "<path>"),
        ("{{ version }}", K.PLACEHOLDER, "version"),
        ("{{ site.title | escape }}", K.PLACEHOLDER, "site.title | escape"),
        ('{{domxref("Node.firstChild", "firstChild")}}', K.MACRO, "domxref"),
        ('{{< figure src="a.png" title="a *b* c" >}}', K.TEMPLATE, "figure"),
        ("{{% /notice %}}", K.TEMPLATE, "/notice"),
        ("{% include note.html %}", K.TEMPLATE, "include"),
        ("{%- endif -%}", K.TEMPLATE, "endif"),
        ("<Tooltip>", K.COMPONENT, "Tooltip"),
        ("</Tabs.Item>", K.COMPONENT, "/Tabs.Item"),
    ],
)
@pytest.mark.parametrize(
    "around", ["先看 {} 再说。", "**{}**，“{}”", "- 第一 {}", "> 引用 {}", "## 标题 {} 结束", "| {} |\n| - |"]
)
def test_a_construct_in_a_line_has_kind_name_and_place(raw: str, kind: InlineKind, name: str, around: str) -> None:
    text = around.replace("{}", raw)
    if raw.startswith("{{ site") and "|" in around:
        pytest.skip("a bar in a table's cell ends it")
    document = read(text)
    found = [inline for inline in inlines(document) if inline.kind is kind]
    assert [(i.name, i.content) for i in found] == [(name, raw)] * around.count("{}")
    for inline in found:
        assert text[inline.span.start : inline.span.end] == raw
    assert "".join(b.prose.text for b in document.blocks).count(PLACEHOLDER) == len(found)


@pytest.mark.parametrize(
    "text",
    ["百分之 50%的人", "100%d 的", "{ 不是 }", "{}", "if (a) { return }", "a <b>c</b> d", "<kbd>", "H<sub>2</sub>"],
)
def test_words_are_no_placeholders(text: str) -> None:
    assert not [inline for inline in inlines(read(text)) if inline.kind is K.PLACEHOLDER]


def test_formulas_code_and_addresses_hold_no_placeholders() -> None:
    found = inlines(read('公式 $\\frac{a}{b}$、`{name}` 与 [链接](https://example.org/{id}?a=%s "标题 {x}")'))
    assert [i.kind for i in found] == [K.MATH, K.CODE, K.LINK]
    assert found[2].destination.startswith("https://example.org/{id}")


def test_placeholders_of_a_page_are_those_of_its_markdown() -> None:
    page = html.parse("<p>Hello {name}, you have %d new mails.</p>", "page.html")
    assert [(i.kind, i.name) for i in inlines(page)] == [(K.PLACEHOLDER, "{name}"), (K.PLACEHOLDER, "%d")]
    assert page.blocks[0].prose.text == f"Hello {PLACEHOLDER}, you have {PLACEHOLDER} new mails."


HIDING = ["{{ a.b }}", '{{ f("x") }}', "{% x %}", "<B c='d'/>", "{* x *}", "{!x!}", "{/* 说明 */}"]


@pytest.mark.parametrize("hidden", HIDING)
@pytest.mark.parametrize(
    "around",
    [
        "字 @ 字",
        "字 ` @ 字",
        "`a`@`b` 字",
        "@@ 字 @",
        "[字](@)",
        "[@ 字](@ '题 @')",
        "![图 @](@)",
        "字 <a href='@'>字</a> <img alt='@' src='@'>",
        "<div title='@'>\n字 @ 字\n</div>",
        "    列表 @\n",
        "字\n\n    @ 代码 @\n",
        "$x @ y$ 字 @",
        "字[^1]\n\n[^1]: 注 @ 字",
        "[字][a]\n\n[a]: @ '题'",
        "| 表 @ | @ |\n|-|-|\n| @ 字 | 字 |",
        "字 @\n@ 字\n@",
        "## 题 @ 字 {#id}",
        ":::note[题 @ 字]\n\n字\n\n:::",
        "字 `` @ ` @ `` 字",
    ],
)
def test_marks_that_hide_are_never_seen(hidden: str, around: str) -> None:
    text = around.replace("@", hidden)
    document = read(text)
    plain = read(text.replace("\u2cfe", ""))
    for block in document.blocks:
        shown = [
            block.prose.text,
            block.content,
            block.info,
            *(i for n in block.inlines for i in (n.content, n.destination, n.title)),
        ]
        assert not any("\u2cfe" in said or "xxx" in said for said in shown)
    assert len(plain.blocks) == len(document.blocks)


def test_code_that_is_called_x_is_code() -> None:
    assert [(i.kind, i.content) for i in inlines(read("令 `x` 为 `xx`"))] == [(K.CODE, "x"), (K.CODE, "xx")]


def test_the_mark_itself_is_text() -> None:
    assert (
        read("科普特文 \u2cfe 与 {{ a }} 和 \u2cfe").blocks[0].prose.text
        == f"科普特文 \u2cfe 与 {PLACEHOLDER} 和 \u2cfe"
    )


MARKS = """\
:::tip[标题 **重**]

文字

:::

/// note | 启发 **FastAPI**：

文字

///

> [!WARNING]
> 小心

<Tabs>

{{< figure src="a" >}}

</Tabs>

## 标题 {#first-id}

## 反应 {/*second-id*/}

## 三 [[third]]

文[^1]

[^1]: 注
"""


def test_what_stands_in_no_block_is_a_mark() -> None:
    document = read(MARKS)
    assert [(m.kind, m.name) for m in document.marks] == [
        (K.CONTAINER, "tip"),
        (K.CONTAINER, "/"),
        (K.CONTAINER, "note"),
        (K.CONTAINER, "/"),
        (K.CONTAINER, "warning"),
        (K.COMPONENT, "Tabs"),
        (K.TEMPLATE, "figure"),
        (K.COMPONENT, "/Tabs"),
        (K.ANCHOR, "first-id"),
        (K.ANCHOR, "second-id"),
        (K.ANCHOR, "third"),
        (K.FOOTNOTE_TEXT, "1"),
    ]
    assert all(MARKS[m.span.start : m.span.end] == m.content for m in document.marks)
    assert [b.anchor for b in document.blocks if b.kind is Kind.HEADING] == ["first-id", "second-id", "third"]
    assert [b.prose.text for b in document.blocks if b.kind is Kind.HEADING] == ["标题", "反应", "三"]
    assert [i.name for i in inlines(document) if i.kind is K.FOOTNOTE] == ["1"]


def test_the_title_of_a_container_has_inlines() -> None:
    titles = [b for b in read(MARKS).blocks if b.kind is Kind.TITLE]
    assert [t.prose.text for t in titles] == ["标题 重", "启发 FastAPI："]
    assert [[i.kind for i in t.inlines] for t in titles] == [[K.STRONG], [K.STRONG]]
    assert [MARKS[t.inlines[0].span.start : t.inlines[0].span.end] for t in titles] == ["**重**", "**FastAPI**"]


def test_an_admonition_of_mkdocs_is_a_container() -> None:
    document = read('!!! note "标题"\n    文字\n\n??? tip inline\n    更多\n')
    assert [(i.kind, i.name) for i in inlines(document)] == [(K.CONTAINER, "note"), (K.CONTAINER, "tip")]
    assert document.blocks[0].prose.text == f'{PLACEHOLDER} "标题"\n文字'


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("<table><tr><td>Pixel 4</td>\n<td>14.0</td></tr></table>", "Pixel 4\n14.0"),
        ("<table><tr><td>Pixel 4</td><td>14.0</td></tr></table>", "Pixel 4\n14.0"),
        ("<ul>\n<li>一</li>\n<li>二</li>\n</ul>", "一\n二"),
        ("<div>\n<b>one</b> <i>two</i>\n</div>", "one two"),
    ],
)
def test_cells_of_html_are_apart(text: str, prose: str) -> None:
    assert read(text).blocks[0].prose.text.strip() == prose


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_definition_without_address_leaves_the_others(line_end: str) -> None:
    text = line_end.join(["[一][a] [二][b] [三][c]", "", "[a]: ", "[b]:", "[c]: https://example.org/c", ""])
    document = read(text)
    assert [i.destination for i in inlines(document)] == ["https://example.org/c"]
    assert len(document.blocks) == 1


@pytest.mark.parametrize("gloss", ["<rt>音", "<ruby>字<rt>音", "<rp>（<rt>音"])
def test_an_open_gloss_hides_no_links(gloss: str) -> None:
    document = read(f"{gloss} [链接](https://example.org) 后面")
    assert [i.kind for i in inlines(document)] == [K.LINK]
    assert document.blocks[0].prose.text.endswith("链接 后面")


@pytest.mark.parametrize(
    "ruby", ["<ruby>字<rt>zi</rt></ruby>", "<ruby>字<rt>zi</ruby>", "<ruby>字<rp>(<rt>zi<rp>)</ruby>"]
)
def test_a_gloss_is_no_prose(ruby: str) -> None:
    assert read(f"汉{ruby}好 [链接](a)").blocks[0].prose.text == "汉字好 链接"


def test_a_component_that_is_closed_is_no_placeholder() -> None:
    found = inlines(read("<my-note>字</my-note> 与 <your-key>"))
    assert [(i.kind, i.name) for i in found] == [(K.PLACEHOLDER, "<your-key>")]
