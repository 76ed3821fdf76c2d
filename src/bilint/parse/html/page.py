"""HTML → Document: a saved page becomes the blocks its Markdown would have been.

lxml tells no columns, so it never sees the page: it reads a skeleton in which every tag carries, and every text is,
its number in our list of tokens. lxml decides what is open and what a stray tag closes; a token knows its place.
(`html.parser` of Python knows places too, but reads scripts and comments differently from version to version.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bilint.model import Block, Document, Format, Inline, InlineKind, Kind, Prose, Span
from bilint.parse.constructs import PLACEHOLDERS, placeholder_name
from bilint.parse.html import elements
from bilint.parse.html import tokens as html_tokens
from bilint.parse.html.addresses import image_source, link_target
from bilint.parse.html.aids import is_aid, may_be_aid
from bilint.parse.html.flow import Flow
from bilint.parse.html.literal import Literal
from bilint.parse.html.tokens import Token, attributes
from bilint.text.characters import unescape

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEEPEST = 16  # containers remembered per block, as for Markdown
_ROOTS = 3  # depth of `<body>`'s children
_NEAR = 12  # tokens between a drawn formula and its script


def parse(text: str, path: str, uri: str = "") -> Document:
    """Return the document of an HTML page or fragment: blocks in file order. Never raises."""
    from lxml import etree

    page = tuple(html_tokens.tokens(text, elements.KNOWN))
    builder = _Builder(text, page)
    # The stubs let a target get bytes, which lxml only gave in Python 2.
    parser = etree.HTMLParser(target=builder, no_network=True, huge_tree=False)  # type: ignore[arg-type]
    parser.feed(html_tokens.skeleton(page))
    parser.close()
    return Document(path, text, tuple(builder.blocks), Format.HTML, uri)


class _Builder:
    """Turns lxml's events on the skeleton into blocks. What an element began is ended by its depth."""

    def __init__(self, text: str, page: tuple[Token, ...]) -> None:
        self.blocks: list[Block] = []
        self._text = text
        self._page = page
        self._numbers: list[str] = []
        self._end = 0  # of the last token
        self._depth = 0
        self._left_out = 0  # depth of the element being left out
        self._details = 0  # depth of the outermost `<details>`: what is closed can be opened
        self._containers: list[tuple[int, str]] = []
        self._cells: list[tuple[int, int]] = []  # with the number of blocks before
        self._languages: list[tuple[int, str]] = []
        self._level = 0
        self._first = False  # no paragraph of the item or cell was met yet
        self._picture = ""  # the address a `<picture>` offers its `<img>`
        self._formula = -1  # number of the last `<math>`
        self._pre: Literal | None = None
        self._code: Literal | None = None
        self._flow = Flow(self._add_block)

    def data(self, data: str) -> None:
        """Take token numbers; lxml may cut them anywhere."""
        self._numbers.append(data)

    def comment(self, text: str) -> None:
        """Do nothing: the skeleton has no comments."""

    def close(self) -> None:
        """End the last block."""
        self._flow.flush()

    def start(self, tag: str, found: Mapping[str, str]) -> None:
        """Take a start tag; lxml's own (`<html>`, a paragraph it misses) have no number."""
        self._read_text()
        self._depth += 1
        if self._left_out or "i" not in found:
            return
        number = int(found["i"])
        token = self._page[number]
        tag = token.name
        raw = html_tokens.start_tag(self._text, token)
        given = attributes(raw) if elements.has_telling_attributes(raw) else {}
        if self._is_left_out(tag, number, given):
            self._left_out = self._depth
            return
        self._note_language(elements.code_language(given))
        if self._pre is not None:
            self._start_in_pre(tag, given, self._pre)
        elif tag in elements.BLOCKS:
            self._start_block(tag, token, given)
        elif tag in elements.MEDIA:
            self._start_media(tag, number, given)
        else:
            self._start_inline(tag, token, given)
        if self._pre is None and elements.may_be_formula(given):
            self._start_formula(number)
        self._end = token.end

    def end(self, tag: str) -> None:
        """Take an end tag, the page's or one lxml adds."""
        self._read_text()
        depth = self._depth
        self._depth -= 1
        if self._left_out:
            self._left_out = 0 if depth == self._left_out else self._left_out
            return
        if self._details == depth:
            self._details = 0
        if tag == "picture":
            self._picture = ""
        if self._code is not None and depth == self._code.depth:
            self._end_code(self._code, self._end)
        if tag in elements.BLOCKS and (self._pre is None or self._pre.depth == depth):
            self._end_block(tag, depth)
        self._flow.close(depth, self._end)
        while self._languages and self._languages[-1][0] >= depth:
            self._languages.pop()

    def _is_left_out(self, tag: str, number: int, given: Mapping[str, str]) -> bool:
        if not given:
            return elements.is_left_out(tag, given)
        # The whole page is hidden from screen readers while a dialog asks for cookies.
        silent = given.get("aria-hidden") == "true" and not (tag in elements.BLOCKS and self._depth <= _ROOTS)
        return (
            elements.is_left_out(tag, given)
            or silent
            or (not self._details and elements.is_hidden(given))
            or (may_be_aid(tag, given) and is_aid(tag, given, self._words_inside(number)))
        )

    def _words_inside(self, number: int) -> str:
        return html_tokens.words_inside(self._text, self._page, number)

    def _read_text(self) -> None:
        if not self._numbers:
            return
        numbers, self._numbers = "".join(self._numbers).split(";"), []
        if self._left_out:
            return
        for number in numbers[:-1]:
            token = self._page[int(number)]
            literal = self._pre or self._code
            if token.name:
                pass
            elif literal is not None:
                if literal is self._pre and not literal.parts:
                    literal.at = token.start
                literal.parts.append(unescape(self._text[token.start : token.end]))
                literal.end = token.end
            else:
                for piece in html_tokens.decoded(self._text, token.start, token.end):
                    self._add_text(*piece)
            self._end = token.end

    def _add_text(self, text: str, start: int, end: int) -> None:
        """Add text and the placeholders in it."""
        last = 0
        for found in PLACEHOLDERS.finditer(text) if "{" in text or "%" in text else ():
            if found.start() > last:
                self._flow.text(text[last : found.start()], start + last, start + found.start())
            span = Span(start + found.start(), start + found.end())
            self._flow.named(InlineKind.PLACEHOLDER, span, found[0], placeholder_name(found[0]))
            last = found.end()
        if last < len(text):
            self._flow.text(text[last:], start + last, end)

    def _note_language(self, language: str) -> None:
        if language:
            self._languages.append((self._depth, language))
            if self._pre is not None:
                self._pre.info = language

    def _start_in_pre(self, tag: str, given: Mapping[str, str], pre: Literal) -> None:
        if tag == "br":
            pre.parts.append("\n")
        elif elements.begins_line(tag, given):
            pre.begin_line(self._depth)

    def _start_block(self, tag: str, token: Token, given: Mapping[str, str]) -> None:
        if self._code is not None:
            self._end_code(self._code, self._code.end)
        self._flow.flush()
        inside = self._containers[-1][1] if self._containers else ""
        self._containers += [(self._depth, word) for word in elements.containers(tag, given, inside)]
        if tag in {"td", "th"}:
            self._cells.append((self._depth, len(self.blocks)))
        if tag in {"li", "td", "th"}:
            self._first = True
        elif tag == "pre":
            info = self._languages[-1][1] if self._languages else ""
            self._pre = Literal(self._depth, token.end, token.end, info)
        elif tag == "details":
            self._details = self._details or self._depth
        elif tag in elements.HEADINGS:
            self._level = elements.HEADINGS[tag]
            self._flow.whole = True

    def _end_block(self, tag: str, depth: int) -> None:
        self._flow.flush()
        if self._pre is not None:
            self._end_pre(self._pre)
        if tag in elements.HEADINGS:
            self._level = 0
            self._flow.whole = False
        if tag in {"li", "td", "th"}:
            self._first = False
        while self._cells and self._cells[-1][0] >= depth:
            self._end_cell(self._cells.pop()[1])
        while self._containers and self._containers[-1][0] >= depth:
            self._containers.pop()

    def _end_cell(self, before: int) -> None:
        """Make the first block of a cell that holds several a paragraph like the others: the table lays out a page."""
        if len(self.blocks) > before + 1 and self.blocks[before].kind is Kind.CELL:
            self.blocks[before] = replace(self.blocks[before], kind=Kind.PARAGRAPH)

    def _end_pre(self, pre: Literal) -> None:
        self._pre = None
        content = pre.block()
        if content:
            raw = self._text[pre.at : pre.end]
            start = pre.at + len(raw) - len(raw.lstrip("\r\n"))
            span = Span(start, pre.at + len(raw.rstrip()))
            self.blocks.append(Block(Kind.CODE, span, container=self._within(), info=pre.info, content=content))

    def _start_inline(self, tag: str, token: Token, given: Mapping[str, str]) -> None:
        if tag == "a":
            self._open_link(token, given)
        elif self._code is not None:
            self._code.parts += " " if tag == "br" else ""
        elif tag == "br":
            self._flow.line_break(token.start)
        elif tag in elements.CODE:
            self._code = Literal(self._depth, token.start, token.end)
        elif tag in elements.SPANS:
            self._flow.open(self._depth, elements.SPANS[tag], token.start)

    def _start_media(self, tag: str, number: int, given: Mapping[str, str]) -> None:
        """Take an image or formula, or an element that tells about one."""
        token = self._page[number]
        span = Span(token.start, token.end)
        raw = self._text[token.start : token.end]
        if tag == "picture":
            self._picture = ""
        elif tag == "source":
            self._picture = image_source(given) or self._picture
        elif self._code is not None:
            return
        elif tag == "img":
            self._add_image(span, given, self._image_address(number, given))
        elif tag == "noscript":
            self._start_noscript(number, span, attributes(html_tokens.image_in(raw)))
        elif tag == "math":
            self._formula = number
            self._flow.opaque(InlineKind.MATH, span, elements.formula(given, raw))
        elif given.get("type", "").startswith("math/tex") and not self._is_drawn(number):
            self._flow.opaque(InlineKind.MATH, span, html_tokens.raw_content(raw).strip())

    def _image_address(self, number: int, given: Mapping[str, str]) -> str:
        """Where an image is; beside one that a script replaces, the page says it for readers without scripts."""
        address, self._picture = image_source(given) or self._picture, ""
        if address.startswith("data:"):
            fallbacks = map(html_tokens.image_in, html_tokens.beside(self._text, self._page, number, "noscript"))
            address = next(filter(None, (image_source(attributes(raw)) for raw in fallbacks)), address)
        return address

    def _start_noscript(self, number: int, span: Span, inside: Mapping[str, str]) -> None:
        images = html_tokens.beside(self._text, self._page, number, "img")
        if elements.is_left_out("img", inside) or elements.is_hidden(inside):
            return
        if not any(image_source(attributes(raw)) for raw in images):
            self._add_image(span, inside, image_source(inside))

    def _add_image(self, span: Span, given: Mapping[str, str], address: str) -> None:
        if address:
            self._flow.opaque(InlineKind.IMAGE, span, given.get("alt", ""), address, given.get("title", ""))

    def _is_drawn(self, number: int) -> bool:
        """Whether the formula in a script stands right before it too, drawn by the script that saved pages ran."""
        near = 0 <= self._formula < number < self._formula + _NEAR
        return near and all(token.name for token in self._page[self._formula : number])

    def _start_formula(self, number: int) -> None:
        if self._code is None and elements.is_formula(self._words_inside(number)):
            token = self._page[number]
            self._code = Literal(self._depth, token.start, token.end, kind=InlineKind.MATH)

    def _open_link(self, token: Token, given: Mapping[str, str]) -> None:
        target = link_target(given.get("href", ""))
        if not target or (self._level and target.startswith("#")):  # a heading's link to itself is not the article's
            return
        # A link in code counts as one around it: code is one character of the prose.
        depth, at = (self._code.depth, self._code.at) if self._code is not None else (self._depth, token.start)
        self._flow.open(depth, InlineKind.LINK, at, target, given.get("title", ""))

    def _end_code(self, code: Literal, end: int) -> None:
        self._code = None
        content = code.inline()
        if content:
            self._flow.opaque(code.kind, Span(code.at, end), content)

    def _add_block(self, prose: Prose, inlines: tuple[Inline, ...], span: Span) -> None:
        within = self._within()
        kind = Kind.HEADING if self._level else Kind.PARAGRAPH
        if self._first and not self._level:
            kind = elements.FIRST_IN.get(self._containers[-1][1], Kind.PARAGRAPH) if self._containers else kind
            self._first = False
        self.blocks.append(Block(kind, span, prose, inlines, self._level, within))

    def _within(self) -> tuple[str, ...]:
        return tuple(word for _, word in self._containers[:_DEEPEST])
