"""Texts that strangers send: parsing neither breaks on them nor takes more than linear time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.model import Document, Kind, UserError
from bilint.parse import parse


def read(text: str) -> Document:
    return parse(text, "article.md")


def prose(text: str) -> list[str]:
    return [block.prose.text for block in read(text).blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{\n\n例如}}$\n\n之后的一段。", "之后的一段。"),
        ("写法 {{ 是\n\n例如 }} 与 $1 美元", "写法"),
        ("{% 中文\n\n例如 %}后面\n\n之后的一段。", "之后的一段。"),
    ],
)
def test_hidden_text_is_cut_between_characters(text: str, expected: str) -> None:
    assert any(expected in text for text in prose(text))


PIECES = [
    "{{",
    "}}",
    "{/*",
    "*/}",
    "{%",
    "%}",
    "\n",
    "\n\n",
    "中",
    "文字。",
    "é😀",
    "$",
    "`",
    "    ",
    "\t",
    "> ",
    "- ",
    "a ",
]
PIECES += ["<A b='中'/>", "<!--", "-->", ":::", "[[a]]", "**", "]", "[", "(", ")", "|", "|-|", "\r\n"]
PIECES += ["{/", "{", "}", "<rt>", "</rt>", "<code>", "</code>", "\x00", "\ud800"]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_markdown_is_read(text: str) -> None:
    for block in read(text).blocks:
        assert 0 <= block.span.start <= block.span.end <= len(text)
        assert [at for _, at in block.prose.pieces] == [at for _, at in block.prose.pieces if 0 <= at <= len(text)]


@pytest.mark.parametrize(
    "text", ["坏 \ud800 字", "---\ntitle: 坏\udfff字\n---\n", "<p>坏\udc80字</p>", "{{ \ud800 }} 字"]
)
def test_half_a_surrogate_pair_is_read_as_the_replacement_character(text: str) -> None:
    document = read(text)
    assert len(document.text) == len(text)
    assert "\ufffd" in document.text
    document.text.encode()
    for block in document.blocks:
        block.prose.text.encode()


def test_a_panic_of_the_parser_names_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        __module__ = "pyo3_runtime"

    def panics(*_: object, **__: object) -> None:
        raise PanicException("byte index 4 is not a char boundary")

    monkeypatch.setattr(pyromark, "events_with_range", panics)
    with pytest.raises(UserError, match=r"article\.md: .*byte index 4"):
        read("text")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_is_no_panic(monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise stop

    monkeypatch.setattr(pyromark, "events_with_range", interrupted)
    with pytest.raises(stop):
        read("text")


@pytest.mark.parametrize("digits", ["1" * 5000, "0" * 5000 + "65", "x" + "f" * 5000, "X" + "0" * 5000 + "41"])
@pytest.mark.parametrize(
    "around", ["{}", "<p>{}</p>", '<img alt="{}" src=x>', "<div>\n{}\n</div>", "a <a href='{}'>b</a>"]
)
def test_a_reference_of_many_digits_is_read(around: str, digits: str) -> None:
    assert read(around.format(f"&#{digits};")).text
    read(around.format(f"&#{digits}"))


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "fields",
    [
        "a: &a [*a]\n",
        "a: &a {b: *a}\n",
        "a: &a [{b: *a}, *a]\n",
        LAUGHS,
        "a: " + "[" * 50_000,
        "a: " + "[" * 900 + "]" * 900,
        "a: " + "{a: " * 900 + "}" * 900,
        "".join("- " for _ in range(5000)) + "x",
    ],
    ids=["list", "mapping", "both", "laughs", "open", "lists", "mappings", "dashes"],
)
def test_front_matter_ends(fields: str) -> None:
    document = read(f"---\n{fields}\n---\n\n正文。\n")
    assert document.blocks[-1].prose.text == "正文。"
    assert len(document.blocks) < 100


def test_each_field_is_said_once() -> None:
    fields = [b for b in read("---\ntitle: &t 标题\nalso: *t\nlist: [a, b]\n---\n").blocks if b.kind is Kind.FIELD]
    assert [(f.info, f.content) for f in fields] == [("title", "标题"), ("list", "a"), ("list", "b")]


@pytest.mark.parametrize("text", ["---\n{}---\n\n正文。\n", "+++\n{}+++\n\n正文。\n"])
def test_the_number_of_fields_is_bounded(text: str) -> None:
    sign = ":" if text.startswith("-") else " ="
    document = read(text.format("".join(f'k{n}{sign} "v"\n' for n in range(5000))))
    assert len(document.blocks) <= 1001
    assert document.blocks[-1].prose.text == "正文。"


SHAPES: dict[str, Callable[[int], str]] = {
    "{/*": lambda n: "{/* " * n,
    "{{": lambda n: "{{ " * n,
    "{%": lambda n: "{% " * n,
    "{*": lambda n: "{* " * n,
    "{!": lambda n: "{! " * n,
    "{{<": lambda n: "{{< " * n,
    "closed on a line": lambda n: "a {{b}} " * n,
    "comments of a block": lambda n: "<div>\n" + "<!-- " * n,
    "comments of a paragraph": lambda n: "a " + "<!-- " * n,
    "declarations": lambda n: "<div>\n" + "<!x " * n,
    "ruby and code": lambda n: "a " + "<rt>" * n + "</code>" * n,
    "ruby and text": lambda n: "a " + "<rt>b" * n,
    "table of n by n": lambda n: "|a" * (n // 8) + "|\n" + "|-" * (n // 8) + "|\n" + "|b\n" * (n // 8),
    "rows": lambda n: "|a|b|\n|-|-|\n" + "|some|text|\n" * n,
    "scripts": lambda n: "<script " * n,
    "runs of backticks": lambda n: " ".join("`" * (i + 1) for i in range(int(n**0.5))),
    "fences on a line": lambda n: "a" + " ``` " * n,
    "colons on a line": lambda n: "x " + "::: " * n,
    "slashes on a line": lambda n: "x " + "/// " * n,
    "imports": lambda n: "import x from 'y'\n" * n,
    "attributes": lambda n: '<A a="' * n,
    "braces": lambda n: "<A {" * n,
}


def seconds(text: str) -> float:
    gc.disable()  # as bilint does: else it walks more and more objects, over and over
    try:
        start = time.process_time()
        read(text)
        return time.process_time() - start
    finally:
        gc.enable()


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_text_takes_about_four_times_as_long(shape: str) -> None:
    """The one exception to "no timed asserts": a ratio within one process, of sizes that take long enough."""
    size = 1000
    while seconds(SHAPES[shape](4 * size)) < 0.1 and size < 64_000:
        size *= 2
    ratios = (seconds(SHAPES[shape](4 * size)) / max(seconds(SHAPES[shape](size)), 1e-3) for _ in range(5))
    assert any(ratio < 6 for ratio in ratios)
