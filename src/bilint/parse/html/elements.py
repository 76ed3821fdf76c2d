"""What HTML's elements and attributes mean to a reader: blocks, inlines, containers, and what is not to be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilint.model import InlineKind, Kind
from bilint.text.characters import unescape

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SECTIONS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "div",
    "fieldset",
    "figcaption",
}
_SECTIONS |= {
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "hr",
    "legend",
    "main",
    "nav",
    "p",
    "pre",
    "section",
    "summary",
}
_LISTS = {"dd", "dir", "dl", "dt", "li", "menu", "ol", "ul"}
_TABLES = {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
BLOCKS = frozenset(HEADINGS.keys() | _SECTIONS | _LISTS | _TABLES)
"""Elements that begin and end a block."""

SPANS = {
    "b": InlineKind.STRONG,
    "strong": InlineKind.STRONG,
    "i": InlineKind.EMPHASIS,
    "em": InlineKind.EMPHASIS,
    "s": InlineKind.STRIKE,
    "del": InlineKind.STRIKE,
    "strike": InlineKind.STRIKE,
}
CODE = frozenset({"code", "kbd", "samp", "var", "tt"})
_PLAIN = {"span", "sup", "sub", "small", "big", "u", "ins", "font", "label", "mark", "abbr", "time", "cite", "q", "dfn"}
_PLAIN |= {"bdi", "bdo", "ruby", "nobr"}
_CONTROLS = {"button", "datalist", "meter", "progress", "select", "clipboard-copy", "copy-button", "mdn-copy-button"}
_LEFT_OUT = _CONTROLS | {"audio", "canvas", "object", "rp", "rt", "template", "tool-tip", "video"}
MEDIA = frozenset({"img", "math", "noscript", "picture", "script", "source"})
KNOWN = frozenset(BLOCKS | SPANS.keys() | CODE | MEDIA | _PLAIN | _LEFT_OUT | {"a", "br"})
"""Elements that matter; the tags of others that are not custom are passed over, their text is read."""

_OTHERS = (
    "area base bdi big body col colgroup data embed frame frameset head hr html iframe input link main map marquee"
)
_OTHERS += " meta noembed noframes optgroup option output param picture rb rtc s search slot strike style summary svg"
_OTHERS += " table textarea title track wbr xmp g use symbol defs foreignobject"
NAMES = frozenset({*KNOWN, *_OTHERS.split()})
"""The elements of HTML; `<path>` and `<text>` of SVG are not among them: in prose they are placeholders."""

_CONTAINERS = {"blockquote": "quote", "ul": "list", "ol": "list", "menu": "list", "dir": "list", "li": "item"}
_CONTAINERS |= {"table": "table", "thead": "head", "tr": "row"}
_CONTAINERS |= {name: name for name in ("nav", "header", "footer", "aside", "form")}
_ROLES = {"navigation": "nav", "banner": "header", "contentinfo": "footer", "complementary": "aside"}
_ROLES |= {"doc-toc": "nav", "search": "form", "dialog": "aside", "alertdialog": "aside"}
_MARKS = {
    "nav": "breadcrumb breadcrumbs theme-doc-breadcrumbs navbar navigation site-nav menu pagination pager toc"
    " table-of-contents theme-doc-toc-desktop theme-doc-toc-mobile VPNav VPLocalNav VPDocAside sphinxsidebar",
    "header": "site-header",
    "footer": "site-footer footer theme-doc-footer VPDocFooter",
    "aside": "sidebar ad ads advert advertisement adsbygoogle sponsor promo related related-posts related-articles"
    " recommended read-next comments comments-area comment-list disqus_thread share sharing share-buttons social-share"
    " sharedaddy newsletter newsletter-signup cookie-banner cookie-consent cookie-notice onetrust-consent-sdk",
}
_BY_MARK = {mark: word for word, marks in _MARKS.items() for mark in marks.split()}
"""Containers by class or id, where a page has plain boxes; whole words only: `no-sidebar` is said of an article."""
_BOXES = {"div", "section", "ul", "ol", "p"}
FIRST_IN = {"item": Kind.ITEM, "row": Kind.CELL, "head": Kind.CELL}
"""Kind of the first paragraph in a list item or a table row's cell."""

_TELLING = re.compile(
    r"<(?:a|img|math|dialog|source)\b|hidden|style|role|class|\sid\b|<script\b[^>]*math/tex", re.IGNORECASE
)
_INVISIBLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FOR_THE_EAR = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"}
_FORMULA = {"math", "math-inline", "math-display", "arithmatex", "js-inline-math", "js-display-math"}
_TEX = re.compile(r"\s*(?:\\\(|\\\[|\$)")
_ANNOTATION = re.compile(r"<annotation\b[^>]*\btex\b[^>]*>([^<]*)", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"\b(?:lang(?:uage)?-|highlight-(?:source-|text-)?|brush:\s*)([\w+#.-]+)|^highlight\s+([\w+#-]+)$"
)
_NO_LANGUAGE = {"default", "none", "undefined", "plaintext", "text"}
_LINES = {"line", "token-line", "code-line", "CodeMirror-line"}
_LINE_BLOCKS = {"div", "li", "p", "tr"}


def has_telling_attributes(tag: str) -> bool:
    """Return whether the attributes of a start tag can matter: most tags need not be taken apart."""
    return bool(_TELLING.search(tag))


def containers(name: str, given: Mapping[str, str], inside: str) -> list[str]:
    """Return the containers an element opens, outermost first; `inside` is the one around it."""
    role, own = _ROLES.get(given.get("role", "")), _CONTAINERS.get(name)
    if inside == "head" and own == "row":  # as in Markdown, where a table's head is one row
        own = None
    if role is None and name in _BOXES:
        words = (*given.get("class", "").split(), given.get("id", ""))
        role = next((_BY_MARK[word] for word in words if word in _BY_MARK), None)
    return [word for word in dict.fromkeys((role, own)) if word]


def is_left_out(name: str, given: Mapping[str, str]) -> bool:
    """Return whether the element is a control, a fallback, or for screen readers only."""
    classes = set(given.get("class", "").split())
    return (
        name in _LEFT_OUT
        or not classes.isdisjoint(_FOR_THE_EAR)
        or "headerlink" in classes
        or "MathJax_Preview" in classes
        or (name == "dialog" and "open" not in given)
        or (name == "img" and not {given.get("width"), given.get("height")}.isdisjoint({"0", "1"}))
    )


def is_hidden(given: Mapping[str, str]) -> bool:
    """Return whether a browser hides the element for good; the panel of a tab is shown in its turn."""
    hidden = given.get("hidden", "until-found") != "until-found" or bool(_INVISIBLE.search(given.get("style", "")))
    return hidden and given.get("role") != "tabpanel"


def may_be_formula(given: Mapping[str, str]) -> bool:
    """Return whether the words inside an element should be asked for."""
    return bool(given) and not _FORMULA.isdisjoint(given.get("class", "").split())


def is_formula(words: str) -> bool:
    """Return whether the words inside an element are a formula in TeX that a script would draw."""
    return bool(_TEX.match(words))


def formula(given: Mapping[str, str], raw: str) -> str:
    """Return what a raw `<math>` says in TeX, or an empty string."""
    found = _ANNOTATION.search(raw)
    return given.get("alttext", "") or (unescape(found[1]).strip() if found else "")


def begins_line(name: str, given: Mapping[str, str]) -> bool:
    """Return whether an element within `<pre>` is a line of it."""
    return name in _LINE_BLOCKS or not _LINES.isdisjoint(given.get("class", "").split())


def code_language(given: Mapping[str, str]) -> str:
    """Return the programming language a class names, as highlighters write it, or an empty string."""
    found = _LANGUAGE.search(given.get("class", ""))
    language = (found[1] or found[2]) if found else ""
    return "" if language in _NO_LANGUAGE else language
