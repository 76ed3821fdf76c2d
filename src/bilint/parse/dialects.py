"""Hide what Markdown dialects add (containers, JSX, shortcodes, heading ids) from the CommonMark parser.

Every construct is replaced by as many bytes as it had, so all offsets stay true. A construct that fills its lines
becomes blank lines; one inside a line becomes a code span, which parsers and rules alike leave alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from bilint.model import Span

# Each alternative starts with a literal character: the search then skips from one candidate to the next.
_TRIGGER = re.compile(r"\{[/*{%!]|</?[A-Z]|\[\[|\n[ \t]*:::|\n[ \t]*///|\n(?:import|export)[ \t]")
# The commonest, a code span in single backticks, is taken whole and marked by the empty group.
_TOKEN = re.compile(
    r"`[^`\n]+`(?!`)()|``*|~~~+|<!--|</?[A-Z]|<s(?:cript|tyle)\b|:::+|///+|\{[/*{%!]|\[\[|\n(?:import|export)[ \t]"
)
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_JSX = re.compile(
    rf"""</?[A-Z][\w.]*(?:\s+(?:[\w:.@#-]+(?:=(?:"[^"]*"|'[^']*'|{_BRACES}))?|{_BRACES}))*\s*/?>""",
)
_JSX_TITLE = re.compile(r"""\s(?:title|caption|label|alt|description)=(["'])([^"'\n]+)\1""")
_EXPRESSION = re.compile(r"\{/\*.*?\*/\}|\{\*[^\n]*?\*\}|\{\{.*?\}\}|\{%.*?%\}|\{![^\n]*?!\}", re.DOTALL)
_ANCHOR = re.compile(r"\[\[[\w.-]+\]\](?=[ \t]*$)", re.MULTILINE)
_MODULE = re.compile(
    r"\n(?:import|export)[ \t](?=[^\n]*(?:[ \t]from[ \t]|[\"'=({])).*?(?=\n[ \t]*\r?\n|\n<|\Z)", re.DOTALL
)
_CONTAINER_TITLE = re.compile(r":{3,}[ \t]*[\w-]*(?:\[(?P<bracket>[^\]\n]*)\]|[ \t]+(?P<rest>[^{\n]*))?")
_SLASHES = re.compile(r"/{3,}(?:[ \t]+[a-z][\w-]*[ \t]*(?:\|(?P<rest>[^\n]*))?)?[ \t]*\r?$", re.MULTILINE)
_BLANKS, _CROSSES = (bytes(byte if byte in b"\n\r" else filling for byte in range(256)) for filling in b" x")


@dataclass(slots=True)
class Masked:
    """Text to parse instead of the original, and what was found in the hidden parts, each in file order.

    `titles` are readable titles; `comments` (offset, text); `components` JSX tags that hold strings or URLs;
    `openings` the lines that open a container.
    """

    text: str
    titles: list[Span] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    components: list[Span] = field(default_factory=list)
    openings: list[Span] = field(default_factory=list)


def mask(text: str) -> Masked:
    """Return `text` with dialect constructs hidden, and what readers see of them."""
    # Lines are known by the line break before them: the search starts on one of its own.
    lines = "\n" + text
    if not _TRIGGER.search(lines):
        return Masked(text)
    scan = _Scan(lines)
    scan.run()
    found = scan.found
    found.text = found.text[1:]
    for spans in (found.titles, found.components, found.openings):
        spans[:] = [Span(span.start - 1, span.end - 1) for span in spans]
    found.comments[:] = [(at - 1, comment) for at, comment in found.comments]
    return found


class _Scan:
    """One pass over a text; code and comments are stepped over, constructs are hidden."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.found = Masked("")
        self._done = 0
        self._handlers: dict[str, Callable[[re.Match[str]], int]] = {
            "`": self._backticks,
            "~": self._tildes,
            "<": self._angle,
            ":": self._container,
            "/": self._slashes,
            "{": self._expression,
            "[": self._anchor,
            "\n": self._module,
        }

    def run(self) -> None:
        at: int | None = 0
        while at is not None:
            at = self._step(at)
        self.out.append(self.text[self._done :])
        self.found.text = "".join(self.out)

    def _step(self, at: int) -> int | None:
        """Handle the tokens from `at` until one reaches further than its own end; return where it ends."""
        for token in _TOKEN.finditer(self.text, at):
            if not token.lastindex:
                end = self._handlers[token[0][0]](token)
                if end != token.end():
                    return end
        return None

    def _hide(self, start: int, end: int) -> int:
        hidden = self.text[start:end]
        self.out.append(self.text[self._done : start])
        self.out.append(_filled(hidden, _BLANKS) if self._alone(start, end) or "\n\n" in hidden else _code(hidden))
        self._done = end
        return end

    def _alone(self, start: int, end: int) -> bool:
        """Whether nothing else stands on the construct's lines; a comment may also end a line (a heading id)."""
        before = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        line_end = self.text.find("\n", end)
        after = self.text[end : line_end if line_end >= 0 else len(self.text)]
        return not after.strip() and (not before.strip() or self.text.startswith("{/*", start))

    def _indent(self, at: int) -> str:
        return self.text[self.text.rfind("\n", 0, at) + 1 : at]

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _backticks(self, token: re.Match[str]) -> int:
        run = token[0]
        if len(run) >= 3 and "`" not in self.text[token.end() : self._line_end(token.end())]:
            return self._fence(token)
        end = self._line_end(token.end())
        close = _closing_run(run).search(self.text, token.end(), end)
        return close.end() if close else token.end()

    def _tildes(self, token: re.Match[str]) -> int:
        return self._fence(token)

    def _fence(self, token: re.Match[str]) -> int:
        """Step over a fenced code block, to its closing fence or the end of the text."""
        if self._indent(token.start()).strip(" \t>-*+0123456789.)"):
            return token.end()
        close = _closing_fence(token[0]).search(self.text, token.end())
        return close.end() if close else len(self.text)

    def _angle(self, token: re.Match[str]) -> int:
        if token[0] == "<!--":
            close = self.text.find("-->", token.end())
            return close + 3 if close >= 0 else token.end()
        if token[0].islower():
            close = self.text.find("</" + token[0][1:], token.end())
            return close if close >= 0 else token.end()
        tag = _JSX.match(self.text, token.start())
        if tag is None:
            return token.end()
        for title in _JSX_TITLE.finditer(self.text, tag.start(), tag.end()):
            self.found.titles.append(Span(title.start(2), title.end(2)))
        if "{" in tag[0] or "http" in tag[0]:
            self.found.components.append(Span(*tag.span()))
        return self._hide(tag.start(), tag.end())

    def _container(self, token: re.Match[str]) -> int:
        if self._indent(token.start()).strip(" \t>-*"):
            return token.end()
        title = _CONTAINER_TITLE.match(self.text, token.start())
        if title:
            self._title(title, "bracket" if title["bracket"] else "rest")
        return self._hide_line(token)

    def _slashes(self, token: re.Match[str]) -> int:
        line = _SLASHES.match(self.text, token.start())
        if line is None or self._indent(token.start()).strip():
            return token.end()
        self._title(line, "rest")
        return self._hide_line(token)

    def _hide_line(self, token: re.Match[str]) -> int:
        """Hide the line of a container's fence; one that says more than the fence opens it."""
        end = self._line_end(token.start())
        if self.text[token.end() : end].strip():
            self.found.openings.append(Span(token.start(), end))
        return self._hide(token.start(), end)

    def _title(self, line: re.Match[str], group: str) -> None:
        words = line[group] or ""
        if words.strip():
            start = line.start(group) + len(words) - len(words.lstrip())
            self.found.titles.append(Span(start, start + len(words.strip())))

    def _expression(self, token: re.Match[str]) -> int:
        found = _EXPRESSION.match(self.text, token.start())
        if found and found[0].startswith("{/*"):
            self.found.comments.append((found.start(), found[0][3:-3]))
        return self._hide(found.start(), found.end()) if found else token.end()

    def _anchor(self, token: re.Match[str]) -> int:
        found = _ANCHOR.match(self.text, token.start())
        return self._hide(found.start(), found.end()) if found else token.end()

    def _module(self, token: re.Match[str]) -> int:
        found = _MODULE.match(self.text, token.start())
        return self._hide(found.start() + 1, found.end()) if found else token.end()


@cache
def _closing_run(run: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!`){run}(?!`)")


@cache
def _closing_fence(fence: str) -> re.Pattern[str]:
    return re.compile(rf"\n[ \t>]*{fence}[`~]*[ \t]*\r?$", re.MULTILINE)


def _filled(text: str, filling: bytes) -> str:
    """Return one character for each UTF-8 byte of `text`; line breaks stay, so that lines keep their numbers."""
    return text.encode("utf-8", "surrogatepass").translate(filling).decode("ascii")


def _code(text: str) -> str:
    """A code span of the same byte length."""
    return f"`{_filled(text[1:-1], _CROSSES)}`"
