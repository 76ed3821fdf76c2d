"""Hide what Markdown dialects add (containers, JSX, shortcodes, heading ids) from the CommonMark parser.

Every construct is replaced by as many characters as it had, so all offsets stay true and none cuts a character. A
construct that fills its lines becomes blank lines; one inside a line becomes `constructs.MASK`, which the parser leaves
alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from bilint.model import InlineKind, Span
from bilint.parse.constructs import MASK, Construct, expression

# Each alternative starts with a literal character: the search then skips from one candidate to the next.
_TRIGGER = re.compile(
    r"\{[/*{%!]|</?[A-Z]|\[\[|\$\{[A-Za-z_]|%\d\$|\n(?:[ \t]*(?::::|///|!!!|\?\?\?)|(?:import|export)[ \t])"
)
# The commonest, a code span in single backticks, is taken whole and marked by the empty group.
_TOKENS = (
    r"`[^`\n]+`(?!`)()|``*|~~~+|<!--|</?[A-Z]|<s(?:cript|tyle)\b|:::+|///+|\{[/*{%!]|\[\["
    r"|\$\{[A-Za-z_]\w|%\d\$[sdiu@]|\n(?:[ \t]*(?:!!!|\?\?\?\+?)(?= )|(?:import|export)[ \t])"
)
_EMPTY_DEFINITION = r"\]:[ \t]*(?=\r?\n {0,3}\[[^\]\n]+\]:)"
_DEFINITION = re.compile(_EMPTY_DEFINITION)
_TOKEN = re.compile(_TOKENS)
_TOKEN_OR_DEFINITION = re.compile(f"{_TOKENS}|{_EMPTY_DEFINITION}")
"""Only for texts that have one: a search that stops at each `]` takes twice as long."""
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_JSX = re.compile(
    rf"""</?[A-Z][\w.]*(?:\s+(?:[\w:.@#-]+(?:=(?:"[^"]*"|'[^']*'|{_BRACES}))?|{_BRACES}))*\s*/?>""",
)
_JSX_TITLE = re.compile(r"""\s(?:title|caption|label|alt|description)=(["'])([^"'\n]+)\1""")
_DELIMITERS = re.compile(r"\n[ \t>]*[|:-][|: \t-]{100,}$", re.MULTILINE)
_VAST = 100
"""Fewer bars are no vast table."""
_MOST_PADDED = 10_000
"""Cells a table may lack; cmark gives up at half a million, which 5 KB of text reach. Tables in articles lack few."""
_ANCHOR = re.compile(r"\[\[[\w.-]+\]\](?=[ \t]*$)", re.MULTILINE)
_MODULE = re.compile(
    r"\n(?:import|export)[ \t](?=[^\n]*(?:[ \t]from[ \t]|[\"'=({])).*?(?=\n[ \t]*\r?\n|\n<|\Z)", re.DOTALL
)
_CONTAINER_TITLE = re.compile(r":{3,}[ \t]*[\w-]*(?:\[(?P<bracket>[^\]\n]*)\]|[ \t]+(?P<rest>[^{\n]*))?")
_SLASHES = re.compile(r"/{3,}(?:[ \t]+[a-z][\w-]*[ \t]*(?:\|(?P<rest>[^\n]*))?)?[ \t]*\r?$", re.MULTILINE)
_EXPRESSIONS = {"{/": ("{/*", "*/}"), "{*": ("{*", "*}"), "{{": ("{{", "}}"), "{%": ("{%", "%}"), "{!": ("{!", "!}")}
_BEFORE_END = {"{*": "\n", "{!": "\n", "{/*": "*/}"}
"""What can't stand in an expression; in any other it is the end of the paragraph."""
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_NOT_BREAK = re.compile(r"[^\r\n]")
_BLANK_AHEAD = re.compile(r"[^\S\n]*(?:\n|\Z)")
_INDENT = re.compile(r"[^\S\n]*")
_COMPONENT = re.compile(r"(?<=<)/?[\w.]+")
_KEYWORD = re.compile(r"[\w-]+")
_VARIABLE = re.compile(r"(?<!\$)\$\{[A-Za-z_]\w[\w.:-]*\}(?![^\n$]{0,80}\$(?!\{))")
_ADMONITIONS = ("!!!", "???")
_ADMONITION = re.compile(
    r'(?:!!!|\?\?\?\+?)[ ]+([\w-]+)(?:[ ]+(?:inline|end))*(?=[ \t]*(?:"[^"\n]*"[ \t]*)?\r?(?:\n|\Z))'
)
_LABEL = re.compile(r" {0,3}\[[^\[\]\n]+")
_ID = re.compile(r"[\w.-]+")
_FENCE_INDENT = re.compile(r"[ \t>\-*+0-9.)]*")
_CONTAINER_INDENT = re.compile(r"[ \t>\-*]*")


@dataclass(slots=True)
class Masked:
    """Text to parse instead of the original, and what was found in the hidden parts, each in file order.

    `titles` are readable titles of containers, `strings` those of components; `comments` (offset, text); `components`
    JSX tags that hold strings or URLs; `openings` the lines that open a container; `inline` the constructs that are
    marks in the text, `alone` those that are blanks.
    """

    text: str
    titles: list[Span] = field(default_factory=list)
    strings: list[Span] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    components: list[Span] = field(default_factory=list)
    openings: list[Span] = field(default_factory=list)
    inline: list[Construct] = field(default_factory=list)
    alone: list[Construct] = field(default_factory=list)


def mask(text: str) -> Masked:
    """Return `text` with dialect constructs hidden, and what readers see of them."""
    return _masked(_without_vast_tables(text))


def _without_vast_tables(text: str) -> str:
    """Blank out the delimiter line of a table whose short rows would be padded with very many cells: it is none."""
    if text.count("|") < _VAST:
        return text
    vast = [found for found in _DELIMITERS.finditer(text) if _padding(text, found) > _MOST_PADDED]
    for found in vast:
        text = text[: found.start()] + _filled(found[0], " ") + text[found.end() :]
    return text


def _padding(text: str, delimiters: re.Match[str]) -> int:
    """Return how many cells the rows below a delimiter line lack."""
    blank = _BLANK_LINE.search(text, delimiters.end())
    rows = text[delimiters.end() : blank.start() if blank else len(text)].split("\n")[1:]
    columns = delimiters[0].count("|")
    return sum(max(columns - row.count("|"), 0) for row in rows)


def _masked(text: str) -> Masked:
    # Lines are known by the line break before them: the search starts on one of its own.
    lines = "\n" + text
    has_definition = _DEFINITION.search(text) is not None
    if not has_definition and not _TRIGGER.search(lines):
        return Masked(text)
    scan = _Scan(lines, _TOKEN_OR_DEFINITION if has_definition else _TOKEN)
    scan.run()
    found = scan.found
    found.text = found.text[1:]
    for spans in (found.titles, found.strings, found.components, found.openings):
        spans[:] = [Span(span.start - 1, span.end - 1) for span in spans]
    for constructs in (found.inline, found.alone):
        constructs[:] = [Construct(kind, Span(start - 1, end - 1), name) for kind, (start, end), name in constructs]
    found.comments[:] = [(at - 1, comment) for at, comment in found.comments]
    return found


class _Scan:
    """One pass over a text; code and comments are stepped over, constructs are hidden."""

    def __init__(self, text: str, token: re.Pattern[str]) -> None:
        self.text = text
        self._token = token
        self.out: list[str] = []
        self.found = Masked("")
        self._done = 0
        self._next: dict[str, int] = {}
        self._before: dict[str, tuple[int, int]] = {}
        self._unclosed: dict[str, int] = {}  # a run of backticks, and the end of the line it is not closed on

    def run(self) -> None:
        at: int | None = 0
        while at is not None:
            at = self._step(at)
        self.out.append(self.text[self._done :])
        self.found.text = "".join(self.out)

    def _step(self, at: int) -> int | None:
        """Handle the tokens from `at` until one reaches further than its own end; return where it ends."""
        for token in self._token.finditer(self.text, at):
            if not token.lastindex:
                end = _HANDLERS[token[0][0]](self, token)
                if end != token.end():
                    return end
        return None

    def _hide(self, start: int, end: int, kind: InlineKind | None = None, name: str = "") -> int:
        hidden = self.text[start:end]
        self.out.append(self.text[self._done : start])
        if self._alone(start, end):
            self.out.append(_filled(hidden, " "))
            self.found.alone.append(Construct(kind, Span(start, end), name))
        else:
            # What a comment of several paragraphs leaves on its last line must not be taken for an indented listing.
            last = hidden.rfind("\n") + 1 if "\n" in hidden and _BLANK_LINE.search(hidden) else 0
            self.out.append(_filled(hidden[:last], " ") + _filled(hidden[last:], MASK))
            self.found.inline.append(Construct(kind, Span(start + last, end), name))
        self._done = end
        return end

    def _alone(self, start: int, end: int) -> bool:
        """Whether nothing else stands on the construct's lines; a heading's id ends one.

        What an admonition indents would be a listing, if its own line were blank.
        """
        if not _BLANK_AHEAD.match(self.text, end) or self.text.startswith(_ADMONITIONS, start):
            return False
        return self._begins_line(start, _INDENT) or self.text.startswith(("{/*", "[["), start)

    def _begins_line(self, at: int, indent: re.Pattern[str]) -> bool:
        """Whether only what may indent a construct stands before it on its line."""
        found = indent.match(self.text, self._behind("\n", at) + 1, at)
        return found is not None and found.end() == at

    def _behind(self, mark: str, at: int) -> int:
        """Return where `mark` stands last before `at`, or -1; asked with ascending offsets, it reads a text once."""
        last, seen = self._before.get(mark, (-1, 0))
        found = self.text.rfind(mark, seen, at)
        last = found if found >= 0 else last
        self._before[mark] = last, at
        return last

    def _ahead(self, mark: str, at: int) -> int:
        """Return where `mark` stands first from `at` on, or -1; asked with ascending offsets, it reads a text once."""
        known = self._next.get(mark, -2)
        if known == -1 or known >= at:
            return known
        found = self._next[mark] = self.text.find(mark, at)
        return found

    def _line_end(self, at: int) -> int:
        end = self._ahead("\n", at)
        return len(self.text) if end < 0 else end

    def _backticks(self, token: re.Match[str]) -> int:
        run = token[0]
        end = self._line_end(token.end())
        if len(run) >= 3 and not 0 <= self._ahead("`", token.end()) < end:
            return self._fence(token)
        if self._unclosed.get(run) == end:
            return token.end()
        close = _closing_run(run).search(self.text, token.end(), end)
        if close is None:
            self._unclosed[run] = end
        return close.end() if close else token.end()

    def _tildes(self, token: re.Match[str]) -> int:
        return self._fence(token)

    def _fence(self, token: re.Match[str]) -> int:
        """Step over a fenced code block, to its closing fence or the end of the text."""
        if not self._begins_line(token.start(), _FENCE_INDENT):
            return token.end()
        close = _closing_fence(token[0]).search(self.text, token.end())
        return close.end() if close else len(self.text)

    def _angle(self, token: re.Match[str]) -> int:
        if token[0] == "<!--":
            close = self._ahead("-->", token.end())
            return close + 3 if close >= 0 else token.end()
        if token[0].islower():
            close = self._ahead("</" + token[0][1:], token.end())
            return close if close >= 0 else token.end()
        tag = _JSX.match(self.text, token.start())
        if tag is None:
            return token.end()
        if "=" in tag[0]:
            for title in _JSX_TITLE.finditer(self.text, tag.start(), tag.end()):
                self.found.strings.append(Span(title.start(2), title.end(2)))
        if "{" in tag[0] or "http" in tag[0]:
            self.found.components.append(Span(*tag.span()))
        name = _COMPONENT.findall(tag[0])[0]
        if name.isupper() and len(name) > 1 and tag[0] == f"<{name}>":  # `<API_KEY>`
            return self._hide(*tag.span(), InlineKind.PLACEHOLDER, tag[0])
        return self._hide(*tag.span(), InlineKind.COMPONENT, name)

    def _container(self, token: re.Match[str]) -> int:
        if not self._begins_line(token.start(), _CONTAINER_INDENT):
            return token.end()
        title = _CONTAINER_TITLE.match(self.text, token.start())
        if title:
            self._title(title, "bracket" if title["bracket"] else "rest")
        return self._hide_line(token)

    def _slashes(self, token: re.Match[str]) -> int:
        line = _SLASHES.match(self.text, token.start()) if self._begins_line(token.start(), _INDENT) else None
        if line is None:
            return token.end()
        self._title(line, "rest")
        return self._hide_line(token)

    def _hide_line(self, token: re.Match[str]) -> int:
        """Hide the line of a container's fence; one that says more than the fence opens it."""
        end = self._line_end(token.start())
        said = self.text[token.end() : end].strip()
        if said:
            self.found.openings.append(Span(token.start(), end))
        found = _KEYWORD.match(said)
        return self._hide(token.start(), end, InlineKind.CONTAINER, found[0].lower() if found else "" if said else "/")

    def _title(self, line: re.Match[str], group: str) -> None:
        words = line[group] or ""
        if words.strip():
            start = line.start(group) + len(words) - len(words.lstrip())
            self.found.titles.append(Span(start, start + len(words.strip())))

    def _expression(self, token: re.Match[str]) -> int:
        opener, closer = _EXPRESSIONS[token[0]]
        if not self.text.startswith(opener, token.start()):
            return token.end()
        inner = token.start() + len(opener)
        close = self._ahead(closer, inner)
        if close < 0 or 0 <= self._ahead(_BEFORE_END.get(opener, "\n\n"), inner) < close:
            return token.end()
        end = close + len(closer)
        kind, name = expression(self.text[token.start() : end])
        if opener == "{/*":
            self.found.comments.append((token.start(), self.text[inner:close]))
            said = self.text[inner:close].strip().removeprefix("#")
            if _ID.fullmatch(said) and self.text[self._behind("\n", token.start()) + 1] == "#":
                kind, name = InlineKind.ANCHOR, said
        return self._hide(token.start(), end, kind, name)

    def _anchor(self, token: re.Match[str]) -> int:
        found = _ANCHOR.match(self.text, token.start())
        if found is None:
            return token.end()
        return self._hide(found.start(), found.end(), InlineKind.ANCHOR, found[0][2:-2])

    def _variable(self, token: re.Match[str]) -> int:
        """Hide a variable of a shell (`${HOME}`), which the parser might take for a formula."""
        found = _VARIABLE.match(self.text, token.start())
        return self._hide(*found.span(), InlineKind.PLACEHOLDER, found[0]) if found else token.end()

    def _directive(self, token: re.Match[str]) -> int:
        """Hide a directive with a number (`%1$s`), in which the parser might see a formula."""
        return self._hide(*token.span(), InlineKind.PLACEHOLDER, token[0])

    def _line(self, token: re.Match[str]) -> int:
        return self._admonition(token) if token[0][-1] in "!?+" else self._module(token)

    def _admonition(self, token: re.Match[str]) -> int:
        found = _ADMONITION.match(self.text, token.end() - len(token[0].strip()))
        return self._hide(*found.span(), InlineKind.CONTAINER, found[1].lower()) if found else token.end()

    def _definition(self, token: re.Match[str]) -> int:
        """Hide a definition without address, which the parser would look for in the next definition."""
        start = self._behind("\n", token.start()) + 1
        label = _LABEL.match(self.text, start, token.start())
        if label is None or label.end() != token.start() or start < self._done:
            return token.end()
        return self._hide(start, token.end())

    def _module(self, token: re.Match[str]) -> int:
        found = _MODULE.match(self.text, token.start())
        return self._hide(found.start() + 1, found.end()) if found else token.end()


_HANDLERS: dict[str, Callable[[_Scan, re.Match[str]], int]] = {
    "`": _Scan._backticks,
    "~": _Scan._tildes,
    "<": _Scan._angle,
    ":": _Scan._container,
    "/": _Scan._slashes,
    "{": _Scan._expression,
    "[": _Scan._anchor,
    "]": _Scan._definition,
    "$": _Scan._variable,
    "%": _Scan._directive,
    "\n": _Scan._line,
}
"""By the first character of a token. A scan with its own methods would be a cycle, and stay."""


@cache
def _closing_run(run: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!`){run}(?!`)")


@cache
def _closing_fence(fence: str) -> re.Pattern[str]:
    return re.compile(rf"\n[ \t>]*{fence}[`~]*[ \t]*\r?$", re.MULTILINE)


def _filled(text: str, filling: str) -> str:
    """Return `filling` for each character of `text`; line breaks stay, so that lines keep their numbers."""
    # Nearly all constructs stand in one line, and a search for each character takes long.
    return _NOT_BREAK.sub(filling, text) if "\n" in text or "\r" in text else filling * len(text)
