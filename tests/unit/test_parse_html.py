from __future__ import annotations

import pytest

from bilint.model import PLACEHOLDER, Block, Document, Format, InlineKind, Kind
from bilint.parse import html, markdown


def read(text: str) -> Document:
    return html.parse(text, "page.html")


def only(text: str) -> Block:
    [block] = read(text).blocks
    return block


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.prose.text or block.content) for block in read(text).blocks]


def stretch(document: Document, block: Block) -> str:
    return document.text[block.span.start : block.span.end]


def test_document_keeps_text_path_and_uri() -> None:
    document = html.parse("<p>a</p>", "a.html", "https://example.org/a")
    assert (document.text, document.path, document.uri) == ("<p>a</p>", "a.html", "https://example.org/a")
    assert document.format is Format.HTML


def test_headings_have_their_level() -> None:
    document = read("<h1>One</h1><h3>Three</h3><h6>Six</h6>")
    assert [(b.kind, b.level, b.prose.text) for b in document.blocks] == [
        (Kind.HEADING, 1, "One"),
        (Kind.HEADING, 3, "Three"),
        (Kind.HEADING, 6, "Six"),
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<div>a</div>b<section>c</section>", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
        ("<dl><dt>term<dd>meaning</dl>", [("paragraph", "term"), ("paragraph", "meaning")]),
        (
            "<figure><img src=a.png><figcaption>c</figcaption></figure>",
            [("paragraph", PLACEHOLDER), ("paragraph", "c")],
        ),
        ("<ul><li>a<li>b</ul>c", [("item", "a"), ("item", "b"), ("paragraph", "c")]),
        ("<li><p>a</p><p>b</p></li>", [("item", "a"), ("paragraph", "b")]),
        ("<ul><li>a<ul><li>b</li></ul>c</li></ul>", [("item", "a"), ("item", "b"), ("paragraph", "c")]),
        ("<ul><li><h3>a</h3>b</ul>", [("heading", "a"), ("item", "b")]),
        ("<ul><li><blockquote>a</blockquote>b</ul>", [("paragraph", "a"), ("paragraph", "b")]),
        ("<table><tr><td>a<td><p>b</table>", [("cell", "a"), ("cell", "b")]),
        ("<table><tr><td>a<br><br>b</table>", [("paragraph", "a"), ("paragraph", "b")]),
        ("a<hr>b", [("paragraph", "a"), ("paragraph", "b")]),
        ("<details><summary>a</summary>b</details>", [("paragraph", "a"), ("paragraph", "b")]),
    ],
)
def test_elements_become_blocks(page: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(page) == expected


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<ol><li><blockquote>a", ("list", "item", "quote")),
        ("<table><thead><tr><th>a", ("table", "head")),
        ("<table><tbody><tr><td>a", ("table", "row")),
        ("<header><nav><ul><li>a", ("header", "nav", "list", "item")),
        ("<div role=navigation><aside>a", ("nav", "aside")),
        ("<div role=banner><div role=contentinfo><div role=complementary>a", ("header", "footer", "aside")),
        ("<nav role=navigation>a", ("nav",)),
        ("<form><label>a", ("form",)),
        ("<article><main><div>a", ()),
        ("<blockquote>" * 40 + "a", ("quote",) * 16),
    ],
)
def test_containers_are_named_outermost_first(page: str, words: tuple[str, ...]) -> None:
    assert only(page).container == words


def test_containers_end_with_their_element() -> None:
    assert [block.container for block in read("<nav>a</nav>b<footer>c</footer>").blocks] == [("nav",), (), ("footer",)]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>if (a < b) '<p>no</p>'</script>",
        "<style>p > a {}</style>",
        "<noscript><p>no</p></noscript>",
        "<svg><title>no</title><text>no</text></svg>",
        "<template><p>no</p></template>",
        "<title>no</title>",
        "<textarea><b>no</textarea>",
        "<select><option>no</option></select>",
        "<button>no</button><input value=no>",
        "<div hidden><div>no</div>no</div>",
        "<span aria-hidden='true'>no</span>",
        '<p style="color: red; DISPLAY : none">no</p>',
        "<a class='headerlink' href='#a'>¶</a>",
        "<dialog>no</dialog>",
        "<img width=1 height=1 src=no>",
        "<!-- no --><!doctype html><![CDATA[no]]><?php no ?>",
        "<script>no</SCRIPT >",
    ],
)
def test_what_is_not_for_reading_is_left_out(hidden: str) -> None:
    assert kinds(f"<p>a</p>{hidden}<p>b</p>") == [("paragraph", "a"), ("paragraph", "b")]


def test_unclosed_script_hides_the_rest() -> None:
    assert kinds("<p>a</p><script><p>b</p>") == [("paragraph", "a")]


@pytest.mark.parametrize(
    ("page", "prose"),
    [
        ("<p>\n  a \t b\n</p>", "a b"),
        ("<p>a <b> b </b> c</p>", "a b c"),
        ("<p>a<b> b</b></p>", "a b"),
        ("<p> <b> a</b>\n</p>", "a"),
        ("<p>a&nbsp; &nbsp;b</p>", "a\u00a0 \u00a0b"),
        ("<p>a&#32;&#10; b</p>", "a b"),
        ("<p>a<br>\n b<br></p>", "a\nb"),
        ("<p>a<!-- x -->b</p>", "ab"),
        ("<p>a<wbr>b<custom-tag>c</custom-tag></p>", "abc"),
        ("<ruby>a<rp>(</rp><rt>no</rt><rp>)</rp></ruby>b", "ab"),
        (
            "a < b && c &lt;d&gt; &hellip; &copy2026 &amp;amp; &bogus; &#x4e2d;",
            "a < b && c <d> … ©2026 &amp; &bogus; 中",
        ),
        ("<h1>a<br><br>b</h1>", "a\nb"),
    ],
)
def test_white_space_is_shown_as_in_a_browser(page: str, prose: str) -> None:
    assert only(page).prose.text == prose


def test_two_line_breaks_end_a_block() -> None:
    assert kinds("<p>a<br> <br>b</p>") == [("paragraph", "a"), ("paragraph", "b")]


@pytest.mark.parametrize(
    "page",
    [
        "<p><img src=a.png><br><span>caption</span></p>",
        "<p>caption<br><a href=b><img src=a.png></a></p>",
    ],
)
def test_line_break_beside_an_image_ends_the_block(page: str) -> None:
    assert sorted(text for _, text in kinds(page)) == ["caption", PLACEHOLDER]


def test_inlines_have_places_destinations_and_readable_text() -> None:
    page = '<p>see <a title="T" href="/a?b=1&amp;c">the <b>old</b> page</a> and <em>go</em>, <del>no</del></p>'
    block = only(page)
    found = [
        (i.kind, page[i.span.start : i.span.end], block.prose.text[i.text.start : i.text.end]) for i in block.inlines
    ]
    assert found == [
        (InlineKind.LINK, page[7:63], "the old page"),
        (InlineKind.STRONG, "<b>old</b>", "old"),
        (InlineKind.EMPHASIS, "<em>go</em>", "go"),
        (InlineKind.STRIKE, "<del>no</del>", "no"),
    ]
    [link] = block.links()
    assert (link.destination, link.title) == ("/a?b=1&c", "T")


def test_empty_link_stays_and_empty_emphasis_does_not() -> None:
    block = only("<p><a href=x></a><i class=icon></i><b>a</b></p>")
    assert [(i.kind, i.destination) for i in block.inlines] == [(InlineKind.LINK, "x"), (InlineKind.STRONG, "")]


def test_anchor_without_address_is_no_link() -> None:
    assert only("<p><a name=x>a</a></p>").inlines == ()


def test_link_of_a_heading_to_itself_is_only_text() -> None:
    block = only('<h2><a class="header" href="#a">a</a> <a href="b">b</a></h2>')
    assert (block.prose.text, [link.destination for link in block.links()]) == ("a b", ["b"])


def test_link_around_blocks_is_a_link_in_each() -> None:
    document = read("<a href=x><h2>a</h2><p>b</p></a><p>c</p>")
    assert [[link.destination for link in block.links()] for block in document.blocks] == [["x"], ["x"], []]


@pytest.mark.parametrize("tag", ["code", "kbd", "samp", "var", "tt"])
def test_code_in_a_paragraph_is_opaque(tag: str) -> None:
    page = f"<p>run <{tag}>a  <span>&lt;b&gt;</span>\n</{tag}> now</p>"
    block = only(page)
    [code] = block.inlines
    assert block.prose.text == f"run {PLACEHOLDER} now"
    assert (code.kind, code.content) == (InlineKind.CODE, "a <b>")
    assert page[code.span.start : code.span.end] == page[7:-8]


def test_link_in_code_is_kept() -> None:
    block = only("<p>use <code><a href=x>Vec</a></code></p>")
    assert [(i.kind, i.destination, i.content) for i in block.inlines] == [
        (InlineKind.CODE, "", "Vec"),
        (InlineKind.LINK, "x", ""),
    ]


def test_formula_is_opaque() -> None:
    block = only('<p>so <math alttext="x^2"><mi>x</mi><mn>2</mn></math>.</p>')
    assert (block.prose.text, block.inlines[0].content) == (f"so {PLACEHOLDER}.", "x^2")


def test_image_has_address_and_alternative_text() -> None:
    page = '<div><img src="data:image/gif;base64,R0" data-src="/a.png" alt="A &amp; B" title="T"></div>'
    block = only(page)
    [image] = block.images()
    assert (image.destination, image.content, image.title) == ("/a.png", "A & B", "T")
    assert block.prose.text == PLACEHOLDER
    assert stretch(read(page), block) == page[5:-6]


@pytest.mark.parametrize(
    ("page", "info", "content"),
    [
        ('<pre><code class="language-python">a &lt; b\n  c\n</code></pre>', "python", "a < b\n  c\n"),
        ('<pre class="lang-c++">\r\na\r\n\r\nb</pre>', "c++", "a\n\nb\n"),
        ('<div class="highlight-js"><pre><span>a</span> b</pre></div>', "js", "a b\n"),
        ("<pre><div>a</div><div>b</div>c<br>d</pre>", "", "a\nbc\nd\n"),
        ("<pre>a<!-- x -->b<script>no</script></pre>", "", "ab\n"),
        ("<pre><span aria-hidden=true>1</span>a</pre>", "", "a\n"),
    ],
)
def test_pre_is_a_code_block(page: str, info: str, content: str) -> None:
    block = only(page)
    assert (block.kind, block.info, block.content) == (Kind.CODE, info, content)
    assert block.prose.text == ""


def test_language_ends_with_its_element() -> None:
    document = read('<div class="highlight-js"><pre>a</pre></div><pre>b</pre>')
    assert [block.info for block in document.blocks] == ["js", ""]


def test_code_block_is_what_markdown_makes() -> None:
    [of_markdown] = markdown.parse("```sh\necho a\n```\n", "a.md").blocks
    of_html = only('<pre><code class="language-sh">echo a\n</code></pre>')
    assert (of_html.kind, of_html.info, of_html.content) == (of_markdown.kind, of_markdown.info, of_markdown.content)


@pytest.mark.parametrize(
    ("markdown_text", "page"),
    [
        (
            "# A\n\nb `c` **d**\n\n> e\n",
            "<h1>A</h1><p>b <code>c</code> <strong>d</strong></p><blockquote><p>e</p></blockquote>",
        ),
        ("- a\n- b\n\n  c\n  - d\n", "<ul><li><p>a</p></li><li><p>b</p><p>c</p><ul><li>d</li></ul></li></ul>"),
        ("1. a [b](c) ![d](e)\n", "<ol><li>a <a href=c>b</a> <img src=e alt=d></li></ol>"),
        (
            "| a | b |\n|---|---|\n| c | d |\n",
            "<table><thead><tr><th>a<th>b</thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>",
        ),
    ],
)
def test_page_and_markdown_make_the_same_blocks(markdown_text: str, page: str) -> None:
    def shape(document: Document) -> list[object]:
        return [
            (
                b.kind,
                b.level,
                b.container,
                b.prose.text,
                [(i.kind, i.text, i.content, i.destination) for i in b.inlines],
            )
            for b in document.blocks
        ]

    assert shape(read(page)) == shape(markdown.parse(markdown_text, "a.md"))
