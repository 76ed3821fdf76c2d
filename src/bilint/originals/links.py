"""What an article names as its original: header and footer lines, front matter, comments.

The forms were counted over 16,000 translated articles. A label decides, never the mere presence of a link, so credits
of authors, translators and projects (`原文作者`, `译文出自`, `本文永久链接`, `[#]: url:`) cannot pass for the original.
"""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from bilint.model import Document, Kind, Span
from bilint.originals.comments import in_comments
from bilint.originals.locators import Locator, Named, locators
from bilint.originals.zones import Zones, zones
from bilint.text.scripts import has_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CREDIT_LINES = 3


class _Rank(IntEnum):
    """How plainly a form names the original; the plainest wins, then the first in the file."""

    FIELD = 0
    ADDRESS = 1
    ORIGINAL = 2
    CREDIT = 3
    SENTENCE = 4
    BARE = 5


_TAG = r"<(?:p|div|span|small|center|em|i|b|strong|blockquote|ul|li|font|sub|br)(?:\s[^<>]*)?/?>"
_INDENT = "[ \u00a0\u3000]"
_MARKS = (
    rf"^{_INDENT}{{0,3}}(?:(?:>|[-*+·•](?=[ \t\u00a0])|\d{{1,2}}[.)、]|\#{{1,6}}(?=[ \t])|{_TAG})[ \t\u00a0\u3000]*)*"
)
_OPEN = r"[*_~`\[【（(「『“\"']{0,6}\s?"
_CLOSE = r"(?:[*_~`\]】）)」』”\"']{0,6}|\s?</\w+>)"
_LEAD = (
    r"(?:(?:[译譯]者?[注註按]|编者按|[说說]明|[声聲]明|注|[Pp]\.?[Ss]\.?)\s*[:：]\s*)?"
    r"(?:查看|[阅閱][读讀]|[参參]考)?(?:本文|本篇|此文|全文|文章|[该該]文|[这這]篇文章)?的?(?:由[^，。：:\s]{1,24}\s?)?"
)
_PLACE = r"(?:地址|[链鏈]接|[连連][结結接]|[网網]址|位址|出[处處]|[来來]源|[Uu][Rr][Ll]|[Ll]ink)"
_ADDRESS = (
    rf"(?:英[文语語])?(?:原文|原始|原版|原)的?(?:文章|英文)?{_PLACE}|英文{_PLACE}|[Oo]riginal (?:[Uu][Rr][Ll]|[Ll]ink)"
)
_FROM = r"(?:[编編翻选選摘節节]?[译譯])自"
_ORIGINAL = (
    rf"(?:英[文语語])?原[文版帖]|原始(?:文本|文章|文[档檔]|文件)|英文版本?|{_FROM}"
    r"|[Oo]riginal (?:[Aa]rticle|[Pp]ost|[Tt]ext)|[Tt]ranslated [Ff]rom"
)
_CREDIT = r"(?P<via>via|Via|VIA)|(?:文章|[内內]容)?(?:[来來]源[于於]?|[来來]自|出[处處])|[Ss]ource|[Oo]riginal"
_LABEL = rf"(?:(?P<address>{_ADDRESS})|(?P<original>{_ORIGINAL})|(?P<credit>{_CREDIT}))"
_COLON = r"\s*[:：∶]\s*[*_]{0,3}\s*"
_LABELLED = re.compile(rf"{_MARKS}{_OPEN}{_LEAD}{_LABEL}{_CLOSE}(?P<colon>{_COLON})?")
_MARKED = re.compile(_MARKS)
_LINK_TEXT = re.compile(rf"[*_`\s]*{_LEAD}(?:(?P<address>{_ADDRESS})|(?P<original>{_ORIGINAL}))[*_`\s]*(?:[:：].*)?")
_NO_COLON_FROM = re.compile(rf"(?:{_FROM}|[来來]源[于於]|[Ff]rom)$")
_FIELD = re.compile(r" {0,3}\[#\]:\s*(?:<>\s*)?via\s*[:：]?\s*")

_STOP = re.compile(r"[。！？；]")
_CLOSERS = re.compile(r"(?:[\s*_~`)\]】）》」』”\"'.。,，;；|]|</?\w+\s?/?>|\\)*")
_OPENERS = re.compile(r"[\s*_~(\[【（《「『“\"'<]*")
_BREAK = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,}|—{2,})$")
_PERSON = re.compile(
    r"[\s>*_+-]*(?:(?:原?文?作者|[译譯]者|校[对對]|[选選][题題]|[审審]校|排版|[编編][辑輯])[^:：]{0,8}[:：]|本文由.*(?:[译譯]|推出))"
)
_CREDIT_TAIL = re.compile(r"\s*(?:[(（\"'].*|(?:作者|[译譯]者|校[对對])[:：].*)?$")
_IMAGE = re.compile(r"\s*(?:!\[|<img\b)")
_QUOTED = re.compile(r"\s*>")
_BLOB = re.compile(r"https?://[^/\s]+/.+?/(?:-/)?(?:blob|tree|raw|src/commit|src)/(?P<commit>[0-9a-f]{7,40})?")
_COMMIT = re.compile(r"\bcommit\b[\s:：`\[]*[0-9a-f]{7,40}", re.IGNORECASE)
_AUTHOR_PAGE = re.compile(
    r"https?://[^/]+/(?:(?:.*/)?(?:authors?|users?|people|profiles?|members?)/[^/]+|@[^/]+)/?$", re.IGNORECASE
)
_HOME_PAGE = re.compile(r"https?://[^/]+/?$")


class _Hit(NamedTuple):
    rank: _Rank
    line: int
    found: Named


def named(document: Document) -> Named | None:
    """Return the original that the article's text names most plainly, or None. Front matter is `in_front_matter`'s."""
    return next(candidates(document), None)


def candidates(document: Document) -> Iterator[Named]:
    """Yield all that the article names as its original, the plainest first; comments come last."""
    page = zones(document)
    hits = sorted(_hits(page), key=lambda hit: (hit.rank, hit.line))
    yield from (hit.found for hit in hits)
    yield from in_comments(document, page)


def in_front_matter(document: Document, keys: Sequence[str]) -> Iterator[Named]:
    """Yield the URLs and file paths of front-matter fields, in the order of `keys` (dotted keys for inner fields)."""
    for key in keys:
        for block in document.blocks:
            if block.kind is Kind.FIELD and block.info == key:
                whole = block.content.strip()
                for found in locators(whole, document.text):
                    if found.span == Span(0, len(whole)):
                        yield Named(found.uri, found.path, "front matter", block.span)


def _hits(page: Zones) -> Iterator[_Hit]:
    for index in page.head:
        if field := _FIELD.match(page.lines[index]):
            yield from _in_field(page, index, field.end())
    for index in sorted({*page.head, *page.foot}):
        line = page.lines[index]
        if match := _LABELLED.match(line):
            yield from _labelled(page, index, match)
        may_link = "[" in line or "<a" in line  # cheap, and true of few lines
        if may_link and (found := _link_of_line(page, index)) and (label := _LINK_TEXT.fullmatch(found.text)):
            rank = _Rank.ADDRESS if label["address"] else _Rank.ORIGINAL
            yield from _accepted(page, index, rank, found)
    under = page.under_title()
    if under is not None:
        yield from _under_title(page, under)


def _in_field(page: Zones, index: int, start: int) -> Iterator[_Hit]:
    """Read `[#]: via: (u)` and `[#]: via: "u"`, the comment-like definitions above a title."""
    value = page.lines[index][start:].strip().strip("\"'")
    inner = value[1:-1] if value.startswith("(") and value.endswith(")") else value
    offset = page.lines[index].index(inner, start) if inner else start
    for found in locators(inner, page.text):
        yield from _accepted(page, index, _Rank.FIELD, _shifted(found, offset), "via")
        return


def _labelled(page: Zones, index: int, label: re.Match[str]) -> Iterator[_Hit]:
    line, at = page.lines[index], label.end()
    rank, found_by = _rank(label), "via" if label["via"] else "link"
    if not line[at:].strip(" *_>#）)】") and rank is not _Rank.CREDIT:
        if label["colon"] or line.lstrip().startswith("#"):
            yield from _on_next_line(page, index, rank)
        return
    for found in locators(line[at:], page.text):
        before, behind = line[at : at + found.span.start], line[at + found.span.end :]
        if _fits(rank, before, behind, label) and (rank is not _Rank.CREDIT or _is_credit_line(page, index)):
            yield from _accepted(page, index, rank, _shifted(found, at), found_by)
            return


def _rank(label: re.Match[str]) -> _Rank:
    if label["credit"]:
        return _Rank.CREDIT
    if not label["colon"] and _NO_COLON_FROM.search(label["original"] or ""):
        return _Rank.SENTENCE
    return _Rank.ADDRESS if label["address"] else _Rank.ORIGINAL


def _fits(rank: _Rank, before: str, behind: str, label: re.Match[str]) -> bool:
    """Whether the address belongs to the label: what may stand between them, and behind, depends on the label."""
    adjacent = bool(_OPENERS.fullmatch(before))
    ends = bool(_CLOSERS.fullmatch(behind))
    if rank is _Rank.SENTENCE:
        return len(before) <= 30 and not re.search(r"[，,。；]", before)
    if not label["colon"]:
        credited = not label["credit"] or _NO_COLON_FROM.search(label["credit"])
        return adjacent and ends and bool(credited)
    if rank is _Rank.CREDIT:
        return adjacent and bool(ends or _CREDIT_TAIL.match(behind))
    if rank is _Rank.ORIGINAL and not adjacent and not ends:
        return False
    return len(before) <= 150 and not _STOP.search(before)


def _is_credit_line(page: Zones, index: int) -> bool:
    """Whether a `via:` stands among credits: above the text, below a rule, beside other credits, or last."""
    above, below = next(page.before(index), None), next(page.after(index), None)
    if index < page.body:
        return above is None or not _IMAGE.match(page.lines[above])
    same_block = takewhile(lambda line: not _BREAK.match(line), (page.lines[i] for i in page.after(index)))
    if any(_PERSON.match(line) for line in islice(same_block, CREDIT_LINES)):
        return True
    if above is not None and (_BREAK.match(page.lines[above]) or _PERSON.match(page.lines[above])):
        return True
    return below is None and (above is None or not _IMAGE.match(page.lines[above]))


def _on_next_line(page: Zones, index: int, rank: _Rank) -> Iterator[_Hit]:
    below = next((i for i in range(index + 1, len(page.lines)) if page.lines[i].strip("> \t")), None)
    if below is not None and (found := _link_of_line(page, below)):
        yield from _accepted(page, below, rank, found)


def _link_of_line(page: Zones, index: int) -> Locator | None:
    """Return the address a line consists of, quote and list marks aside; its span is in the line."""
    line = page.lines[index]
    marks = _MARKED.match(line)
    at = marks.end() if marks else 0
    found = next(locators(line[at:], page.text), None)
    if found is None:
        return None
    found = _shifted(found, at)
    alone = _OPENERS.fullmatch(line[at : found.span.start]) and _CLOSERS.fullmatch(line[found.span.end :])
    return found if alone else None


def _shifted(found: Locator, by: int) -> Locator:
    return found._replace(span=Span(found.span.start + by, found.span.end + by))


def _under_title(page: Zones, index: int) -> Iterator[_Hit]:
    """Read the unlabelled forms: a quoted link alone, or a code host's link to the file at a commit."""
    line, found = page.lines[index], _link_of_line(page, index)
    if found is None or found.uri is None:
        return
    blob = _BLOB.match(found.uri)
    rest = [page.lines[i] for i in range(index + 1, min(index + 5, len(page.lines)))]
    if blob and (blob["commit"] or any(_COMMIT.search(below) for below in rest)):
        yield from _accepted(page, index, _Rank.BARE, found)
        return
    alone = _QUOTED.match(line) and not (rest and _QUOTED.match(rest[0]))
    title = not has_han(found.text) and not found.text.startswith(("@", "!"))
    if alone and title and not _HOME_PAGE.match(found.uri):
        yield from _accepted(page, index, _Rank.BARE, found)


def _accepted(page: Zones, index: int, rank: _Rank, found: Locator, found_by: str = "link") -> Iterator[_Hit]:
    """Yield the address `found` in the line `index`, unless it is an author's page under a vague label."""
    if rank <= _Rank.ADDRESS or not (found.uri and _AUTHOR_PAGE.match(found.uri)):
        start = page.starts[index]
        span = Span(start + found.span.start, start + found.span.end)
        yield _Hit(rank, index, Named(found.uri, found.path, found_by, span))
