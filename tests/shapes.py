"""Texts of any size, of every shape the mark-up allows: what a stranger may send to make a linter slow.

Nothing is listed shape by shape: openers × ways to repeat them × places × sides, kinds of blocks × what was done to
them, inlines × how they lie on the two sides, comments × comments.
"""

from __future__ import annotations

from itertools import cycle, product
from math import isqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENGLISH, CHINESE = "word", "字"


class Article(NamedTuple):
    """An original and its translation; `html` says that the original is a web page."""

    source: str
    target: str
    html: bool = False


class Shape(NamedTuple):
    """A name, and what makes the article of size n."""

    name: str
    make: Callable[[int], Article]


PAIRS = {
    **{m: m for m in ("*", "_", "**", "~~", "`", "``", "$", "$$", '"', "'", "'''", "|", "%%", "~~~\n", "```\n")},
    "[": "]", "![": "](a)", "[a](": ")", "[a](<": ">)", "[a][": "]", "[^": "]", "[[": "]]",
    "[a]: ": "\n", "[^a]: ": "\n",
    "<": ">", "<!--": "-->", "<!-- ": " -->", "<!-": "->", "<?": "?>", "<!A ": ">", "<![CDATA[": "]]>", "<a b='": "'>",
    "{{": "}}", "{%": "%}", "{/*": "*/}", "{#": "#}", "{": "}", "{{<": ">}}", "{:": "}", "<Tab a={": "}>", "<>": "</>",
    "(": ")", "（": "）", "“": "”", "「": "」", "《": "》", "\\(": "\\)", "\\[": "\\]", "&": ";", "&#": ";", "&#x": ";",
    "http://": " ", "a@b.": " ", "www.": " ", "\\": "\\", "  \n": "", "!!! a\n": "",
    ":::a\n": ":::\n", "bilint-disable": "",
    "> ": "", "- ": "", "1. ": "", "# ": " #", "---\n": "", "===\n": "", "\t": "", "    ": "",
    "import a\n": "", "import {": "}",
    "@@": "@@", "__A": "_1__", "⟦": "⟧", "§§": "§§", "¤": "¤",
    **{f"<{tag}>": f"</{tag}>" for tag in (
        "b", "code", "rt", "ruby", "p", "div", "li", "ul", "td", "table", "h2", "pre", "script", "style", "textarea",
        "title", "template", "select", "svg", "math", "details", "Tab", "br/", "a href=u", "img alt=", "p/", "noscript",
    )},
}  # fmt: skip
"""What opens something, and what closes it."""
WAYS: dict[str, Callable[[str, str, str, int], str]] = {
    "open": lambda a, _, word, n: a * n + word,
    "open, word": lambda a, _, word, n: f"{a}{word} " * n,
    "close": lambda _, b, word, n: word + b * n,
    "nested": lambda a, b, word, n: a * n + word + b * n,
    "closed": lambda a, b, word, n: f"{a}{word}{b}" * n,
    "open lines": lambda a, _, word, n: f"{a}{word}\n" * n,
    "open paragraphs": lambda a, _, word, n: f"{a}{word}\n\n" * n,
    "open, a long word": lambda a, b, word, n: a + word * n + b[1:],
    "open, a long number": lambda a, b, _, n: a + "7" * n + b[1:],
    "open, a long gap": lambda a, b, word, n: a + word + " " * n + b[1:],
    "open, then another's end": lambda a, _, word, n: a * n + word + "</code>" * n,
}
PLACES: dict[str, Callable[[str], str]] = {
    "paragraph": lambda text: f"{text}\n",
    "item": lambda text: f"- {text}\n",
    "quotation": lambda text: f"> {text}\n",
    "cell": lambda text: f"| a | b |\n|---|---|\n| {text} | c |\n",
    "HTML block": lambda text: f"<div>\n{text}\n</div>\n",
    "page": lambda text: text,
    "field": lambda text: f"---\ntitle: {text}\n---\n",
    "heading": lambda text: f"# {text}\n",
    "link": lambda text: f"[{text}](a)\n",
    "comment": lambda text: f"<!-- {text} -->\n",
}
SIDES = ("target", "both", "source")
BODY = Article("# Kettle 1\n\nFill it 2 times.\n\n", "# 水壶 1\n\n装满 2 次。\n\n")


def shapes() -> Iterator[Shape]:
    """Yield every shape, in a fixed order."""
    yield from _of_marks()
    yield from _of_blocks()
    yield from _of_inlines()
    yield from _of_comments()
    yield from _of_grids()


def _of_marks() -> Iterator[Shape]:
    """Each opener in each way; the place and the side take turns, so that each meets each."""
    spots = cycle(product(PLACES, SIDES))
    for (way, repeated), (opener, closer) in product(WAYS.items(), PAIRS.items()):
        place, side = next(spots)
        yield Shape(
            f"{opener!r} {way}, {place}, {side}",
            lambda n, a=opener, b=closer, r=repeated, p=place, s=side: _marked(  # type: ignore[misc]
                r(a, b, ENGLISH, n), r(a, b, CHINESE, n), p, s
            ),
        )


def _marked(english: str, chinese: str, place: str, side: str) -> Article:
    put = PLACES[place]
    source = BODY.source if side == "target" else ""
    target = BODY.target if side == "source" else ""
    html = place == "page"
    page = f"<!doctype html><html><body><h1>Kettle 1</h1><p>Fill it 2 times.</p>{english}</body></html>"
    return Article(source or (page if html else put(english)), target or put(chinese), html and not source)


BLOCKS: dict[str, Callable[[str, str], str]] = {
    "paragraph": lambda text, _: f"{text}\n\n",
    "line": lambda text, _: f"{text}\n",
    "sentence": lambda text, _: text,
    "item": lambda text, _: f"- {text}\n",
    "heading": lambda text, _: f"## {text}\n\n",
    "quotation": lambda text, _: f"> {text}\n\n",
    "row": lambda text, _: f"| {text} | {text} |\n",
    "element": lambda text, _: f"<p>{text}</p>\n\n",
    "code": lambda text, label: f"```\nrun {label}\n```\n\n",
    "line of code": lambda text, label: f"    run --all {label}\n",
}
LABELS: dict[str, Callable[[int], str]] = {
    "equal": lambda _: "7",
    "numbered": lambda at: f"n{at}",
    "nearly equal": lambda at: f"{at % 3}",
    "named": lambda at: f"`f{at % 11}`",
}
DONE: dict[str, Callable[[int, int], bool]] = {
    "": lambda _at, _n: False,
    "every fifth deleted": lambda at, _: at % 5 == 0,
    "some deleted": lambda at, _: at * at % 7 == 1,
    "half deleted": lambda at, n: at < n // 2,
    "few left": lambda at, _: at % 100 > 0,
}


def _of_blocks() -> Iterator[Shape]:
    """Blocks alike, or nearly, on both sides; some of them deleted, on one side or the other, or in another order."""
    sides = cycle(("target", "source"))
    for (block, _), (label, _), (done, _) in product(BLOCKS.items(), LABELS.items(), DONE.items()):
        side = next(sides)
        yield Shape(
            f"{label} {block}, {done}, {side}",
            lambda n, b=block, k=label, d=done, s=side: _blocks(n, b, k, d, s),  # type: ignore[misc]
        )
    for block in BLOCKS:
        yield Shape(f"{block}, reversed", lambda n, b=block: _blocks(n, b, "numbered", "", "reversed"))  # type: ignore[misc]


def _blocks(n: int, block: str, label: str, done: str, side: str) -> Article:
    put, name, is_deleted = BLOCKS[block], LABELS[label], DONE[done]
    head = "| a | b |\n|---|---|\n" if block == "row" else ""
    english = [put(f"The kettle {name(at)} is full of cold water and waits there. ", name(at)) for at in range(n)]
    chinese = [put(f"水壶 {name(at)} 装满了冷水，在那里等着主人回来把它烧开。", name(at)) for at in range(n)]
    if side == "target":
        chinese = [text for at, text in enumerate(chinese) if not is_deleted(at, n)]
    elif side == "source":
        english = [text for at, text in enumerate(english) if not is_deleted(at, n)]
    else:
        chinese.reverse()
    return Article(head + "".join(english), head + "".join(chinese))


INLINES: dict[str, Callable[[int, str], str]] = {
    "link": lambda at, word: f"[{word}](https://example.com/{at}/x) ",
    "page": lambda at, word: f"[{word}](/a/page{at}.md) ",
    "same link": lambda _, word: f"[{word}](/a/page.md) ",
    "empty link": lambda at, word: f"{word}[](){word}",
    "image": lambda at, word: f"![{word}](images/{at}.png) ",
    "code": lambda at, word: f"{word} `call_{at}()` ",
    "number": lambda at, word: f"{word} {at} ",
    "strong": lambda at, word: f"{word}**{word}{at}**，",
    "broken strong": lambda at, word: f"{word}**“{word}”**{word}",
    "half width": lambda at, word: f"{word},{word}",
    "quoted behind code": lambda at, word: f"`{at}`" + f' "{word}"' * 4 + " ",
    "name": lambda at, word: f"{word} Kettle{at} {word} ",
    "common word": lambda at, word: f"{word} language {word} model ",
    "footnote": lambda at, word: f"{word}[^{at}] ",
    "reference": lambda at, word: f"[{word}][r{at}] ",
    "address": lambda at, word: f"{word} https://example.com/{at} ",
    "formula": lambda at, word: f"{word} $x_{at}$ ",
    "HTML": lambda at, word: f"{word} <b id='{at}'>{word}</b> ",
    "traditional": lambda at, word: f"{word}體驗程式{word}",
}
LAID = ("one line", "lines", "paragraphs", "items")
ORDERS = ("same order", "reversed", "changed", "target alone", "source alone")


def _of_inlines() -> Iterator[Shape]:
    """Inlines without number in one line, or one a line, on one side or both."""
    for (inline, _), laid, order in product(INLINES.items(), LAID, ORDERS):
        yield Shape(f"{inline}, {laid}, {order}", lambda n, i=inline, k=laid, o=order: _inlines(n, i, k, o))  # type: ignore[misc]


def _inlines(n: int, inline: str, laid: str, order: str) -> Article:
    put = INLINES[inline]
    numbers = range(n)
    there = [put(at, "water") for at in numbers] if order != "target alone" else []
    here = [put(at + (order == "changed"), "冷水") for at in numbers] if order != "source alone" else []
    if order == "reversed":
        here.reverse()
    between = {"one line": "", "lines": "\n", "paragraphs": "\n\n", "items": "\n- "}[laid]
    extra = "\n\n".join(
        {"footnote": f"[^{at}]: u", "reference": f"[r{at}]: /u{at}"}.get(inline, "")
        for at in numbers
        if inline in ("footnote", "reference")
    )
    return Article(
        f"{BODY.source}{between.join(there)}\n\n{extra}\n", f"{BODY.target}{between.join(here)}\n\n{extra}\n"
    )


VERBS = ("disable", "enable", "disable-line", "disable-next-line", "disable-file", "disabel")
RULES = ("empty-link", "mixed-term", "")


def _of_comments() -> Iterator[Shape]:
    """One suppression comment n times, then another n times, then findings."""
    for (first, second), (one, other) in product(
        product(VERBS, VERBS), zip(RULES, (*RULES[1:], RULES[0]), strict=True)
    ):
        text = f"bilint-{first} {one}", f"bilint-{second} {other}"
        yield Shape(f"{text[0]}, {text[1]}", lambda n, t=text: _commented(n, *t))  # type: ignore[misc]


def _commented(n: int, one: str, other: str) -> Article:
    comments = f"<!-- {one} -->\n\n" * n + f"<!-- {other} -->\n\n" * n
    return Article(BODY.source, BODY.target + comments + "见[]()这里。\n\n" * n)


def _of_grids() -> Iterator[Shape]:
    """Texts that have as many parts as they are long, laid out in two directions."""
    yield Shape("table", lambda n: _both(_table(isqrt(n), isqrt(n))))
    yield Shape("wide table", lambda n: _both(_table(n, 1)))
    yield Shape("table, short rows", lambda n: _both("|a" * n + "|\n" + "|-" * n + "|\n" + "|b|\n" * n))
    yield Shape("steps", lambda n: _both("".join("  " * at + "- 7\n" for at in range(isqrt(n)))))
    yield Shape("deep quotations", lambda n: _both("".join(">" * at + " 7\n" for at in range(isqrt(n)))))
    yield Shape("backticks", lambda n: _both("".join("`" * at + "a " for at in range(isqrt(n)))))
    yield Shape("fields", lambda n: _both("---\n" + "".join(f"f{at}: 7\n" for at in range(n)) + "---\n7\n"))
    yield Shape("aliases", lambda n: _both("---\na: &a 7\nb: [" + "*a, " * n + "]\n---\n7\n"))
    yield Shape("chained aliases", lambda n: _both(_laughs(n)))
    yield Shape("attributes", lambda n: _both("<div " + "a='7' " * n + ">7</div>\n"))
    yield Shape("long word", lambda n: _both("a" * n + "\n"))
    yield Shape("long number", lambda n: _both("7" * n + "\n"))
    yield Shape("entities of one number", lambda n: _both("&#" + "7" * n + ";\n"))
    yield Shape("definitions of one name", lambda n: _both("[a]: /u\n" * n + "\n" + "[a]" * n))
    yield Shape("long source", lambda n: Article("Fill the kettle with 7 cups.\n\n" * n, BODY.target))
    yield Shape("long target", lambda n: Article(BODY.source, "水壶装满 7 杯水。\n\n" * n))
    yield Shape("words of terms left", lambda n: Article("Copy the hash value. " * n, "复制 hash 值。" * n))
    yield Shape("a torn name", _torn)


def _torn(n: int) -> Article:
    english = "".join(f"The lamp model{at} runs on Linux. " for at in range(n))
    return Article(english, "".join(f"灯 lamp model{at} 运行在 Linux 上。" for at in range(n)) + "它运行在 L inux 上。")


def _both(text: str) -> Article:
    return Article(BODY.source + text if text[:3] != "---" else text, BODY.target + text if text[:3] != "---" else text)


def _table(cells: int, rows: int) -> str:
    return "|a" * cells + "|\n" + "|-" * cells + "|\n" + ("|7 b" * cells + "|\n") * rows


def _laughs(n: int) -> str:
    lines = (f"a{at}: &a{at} [*a{at - 1}, *a{at - 1}]\n" for at in range(1, isqrt(n)))
    return "---\na0: &a0 7\n" + "".join(lines) + "---\n7\n"
