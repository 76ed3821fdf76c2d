from __future__ import annotations

from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.model import PLACEHOLDER, Block, Document
from bilint.parse import html


def read(text: str) -> Document:
    return html.parse(text, "page.html")


def stretch(document: Document, block: Block) -> str:
    return document.text[block.span.start : block.span.end]


def test_places_count_lines_and_characters_of_the_file() -> None:
    document = read("<!-- 中文 -->\r\n<p>\r\n  caf&eacute; 中 <b>bold</b></p>\n<p title='>'>next</p>")
    first, second = document.blocks
    assert stretch(document, first) == "caf&eacute; 中 <b>bold"
    place = document.place(first.span)
    assert (place.line, place.column, place.end_line, place.end_column) == (3, 3, 3, 24)
    bold = first.prose.text.index("bold")
    assert document.place(first.prose.span(bold, bold + 4)).column == 20
    assert document.place(second.span).line == 4
    assert stretch(document, second) == "next"


@pytest.mark.parametrize(
    "page",
    [
        "",
        " \n",
        "<!-- only -->",
        "<!-- open",
        "<p",
        "</p></div></b>",
        "<",
        "&",
        "<b><i>",
        "<img>",
        "<pre>",
        "<code>",
        "<table><td>",
        "<a href=",
        '<a href="',
        "<p i=7>x</p>7;",
        "\x00<p>\x00a\x00</p>",
        "\ud800<p>\udfff&#xd800;&#0;&#x110000;&#99999999999;</p>",
        "<code><p>a</code>b</p>",
        "<pre><code><h1>a</pre>b",
        "<p><b>a<p>b</b>c",
    ],
)
def test_any_text_is_read(page: str) -> None:
    document = read(page)
    assert document.text == page


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "a href=x", "code", "pre", "h1"])
def test_deep_nesting_loses_no_text(tag: str) -> None:
    blocks = read(f"<{tag}>" * 10_000 + "inside").blocks
    assert "inside" in "".join(b.prose.text + b.content + "".join(i.content for i in b.inlines) for b in blocks)


@pytest.mark.parametrize(
    "page",
    [
        "<a " * 200_000,
        "<" * 400_000,
        "<!--" * 200_000,
        "&a" * 200_000,
        "<a b=\"'" * 100_000,
        "<a href=#a>" * 50_000,
        "<td class=gutter>1" * 20_000,
        "<img src=data:><noscript><img>" * 20_000,
        "<pre>" + "<span class=line>a" * 30_000,
        "<math></math>" + "<script type=math/tex></script>" * 20_000,
    ],
)
def test_long_broken_pages_take_linear_time(page: str) -> None:
    assert read(page).text == page


WORDS = st.text(st.sampled_from("ab c  \n中é.;0&<"), min_size=1, max_size=12).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
ENTITIES = st.sampled_from(["&amp;", "&lt;", "&hellip;", "&nbsp;", "&#65;", "&#x4e2d;", "&copy", "&eacute;", "&bogus;"])
LEAVES = st.one_of(WORDS, ENTITIES, st.sampled_from(["<br>", "<img src=a>", "<!-- a<b -->", "<script>'</p>'</script>"]))
NAMES = ["p", "div", "b", "a", "em", "li", "ul", "h2", "td", "tr", "table", "blockquote", "pre", "code", "figure"]
NAMES += ["picture", "noscript", "details", "x-y", "button", "math", "source srcset=a", "a href='#x'"]
NAMES += ["span class=lineno", "span class=line", "div class=math", "div hidden"]
TAGS = st.sampled_from(NAMES)
PAGES = st.recursive(
    st.lists(LEAVES, max_size=5).map("".join),
    lambda inner: st.builds(
        lambda tag, parts, closed: f"<{tag} href=x>{''.join(parts)}" + f"</{tag.split()[0]}>" * closed,
        TAGS,
        st.lists(inner, max_size=4),
        st.booleans(),
    ),
    max_leaves=25,
)


def stands_at(document: Document, character: str, at: int) -> bool:
    if character == PLACEHOLDER:
        return document.text[at] in "<{%$"  # an element, or the placeholder of a template
    if document.text[at] != "&":
        return document.text[at] == character
    return unescape(document.text[at : at + 40]).startswith(character)


SAVED = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.parent.glob("pages/*.html"))]


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A saved page from somewhere in it on, with stretches gone and marks put in."""
    page = draw(st.sampled_from(SAVED))
    start = draw(st.integers(0, len(page)))
    page = page[start : start + 1500]
    for at in draw(st.lists(st.integers(0, 1500), max_size=6)):
        page = (
            page[:at] + draw(st.sampled_from(["", "<", ">", '"', "</", "</div>", "<pre>", "\0", "&"])) + page[at + 3 :]
        )
    return page


@given(PAGES | mangled())
def test_every_character_of_prose_stands_at_its_place(page: str) -> None:
    document = read(page)
    for block in document.blocks:
        assert block.span
        for offset, character in enumerate(block.prose.text):
            at = block.prose.position(offset)
            if not character.isspace():
                assert stands_at(document, character, at)
                assert block.span.start <= at < block.span.end
        assert block.prose.text == block.prose.text.strip(" \n")
        assert [start for start, _ in block.prose.pieces] == sorted({start for start, _ in block.prose.pieces})


@given(PAGES | mangled())
def test_blocks_are_in_file_order_and_do_not_overlap(page: str) -> None:
    blocks = read(page).blocks
    assert all(one.span.end <= other.span.start for one, other in pairwise(blocks))


@given(PAGES | mangled())
def test_inlines_lie_over_their_text(page: str) -> None:
    for block in read(page).blocks:
        for inline in block.inlines:
            assert 0 <= inline.text.start <= inline.text.end <= len(block.prose.text)
            if inline.text:
                covered = block.prose.span(inline.text.start, inline.text.end)
                assert inline.span.start <= covered.start < inline.span.end


@given(st.text(st.characters(), max_size=60) | st.text(st.sampled_from("<>/!-&;= \"'apbrcode\x00\n"), max_size=60))
def test_no_text_is_too_broken(page: str) -> None:
    for block in read(page).blocks:
        assert block.span
        assert block.span.end <= len(page)
