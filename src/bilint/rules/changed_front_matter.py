"""changed-front-matter: fields of a page's front matter that must stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Alters, Article, Block, Confidence, Document, Edit, Finding, Fix, Severity, Span
from bilint.reading.fields import Fields, changed_values, fields, lines_of_fields, renamed
from bilint.rules import Context, Options, rule
from bilint.text.head import body_start
from bilint.text.scripts import has_han

_KEPT = frozenset({
    "slug", "id", "uid", "uuid", "url", "permalink", "path", "route", "layout", "template", "type",
    "page-type", "pagetype", "kind", "component", "redirect", "redirect_from", "redirect_to", "aliases",
    "alias", "canonical", "canonical_url", "weight", "order", "position", "sidebar_position", "nav_order",
    "menu_order", "rank", "image", "cover", "icon", "thumbnail", "og_image", "browser-compat", "status",
    "version", "sidebar", "parent",
})  # fmt: skip
"""Fields that the generator reads, not the visitor."""
_FREE = re.compile(
    r"lang|locale|i18n|l10n|translat|author|editor|contributor|reviewer|date|modified|published|source|commit|origin",
    re.IGNORECASE,
)
"""What belongs to the translation itself: its language, who made it, when, and of which version."""
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_BOOLEAN = frozenset({"true", "false", "yes", "no", "on", "off"})
_NAME = re.compile(r"[a-z0-9][a-z0-9._/-]*")
_OPENING = re.compile(r"[-—–─]{2,4}[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:[—–─]{1,4}|--|----+|- - -)[ \t]*\r?$", re.MULTILINE)
_HEAD = 3000
"""Characters at the start of a page in which its front matter ends."""


class FrontMatterOptions(Options, frozen=True):
    """Options of changed-front-matter."""

    kept: tuple[str, ...] = ()
    """More fields that must be the same in the translation; a dotted key names one inside another."""
    translated: tuple[str, ...] = ("tags", "category", "categories", "keywords")
    """Fields that may differ, whatever they hold."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="accuracy/do-not-translate",
    options=FrontMatterOptions,
    fixes=("safe", "unsafe"),
    messages={
        "open": "the front matter is not closed: it is shown as text",
        "invalid": "the front matter cannot be read: the field `{name}` and all others are lost",
        "key": "the key `{there}` was translated: `{here}`",
        "value": "`{name}` is `{there}` in the original, and `{here}` here",
    },
    help={"open": "close it with `---` on a line of its own"},
)
def check(article: Article, context: Context[FrontMatterOptions]) -> Iterator[Finding]:
    """Front matter that is not closed, or a key, id, number or switch in it that differs from the original's.

    ## Why
    The fields at the head of a page are read by the generator: a translated `slug` moves the page, a translated key is
    no key, and a line of dashes that a word processor joined shows all of them as text. Titles, descriptions, tags and
    all other sentences may be translated; fields may be added and left out; dates, authors and languages are the
    translation's own.

    ## Bad
    ```en
    ---
    title: What is kept
    slug: what-is-kept
    ---

    Each night one copy is taken, and the newest seven are kept.
    ```
    ```zh
    ---
    title: 保留哪些
    slug: 保留-哪些
    ---

    每晚备份一次，只保留最新的七份。
    ```

    ## Good
    ```en
    ---
    title: What is kept
    slug: what-is-kept
    ---

    Each night one copy is taken, and the newest seven are kept.
    ```
    ```zh
    ---
    title: 保留哪些
    slug: what-is-kept
    ---

    每晚备份一次，只保留最新的七份。
    ```

    ## Options
    - `kept`: more fields that must be the same in the translation; a dotted key names one inside another.
    - `translated`: fields that may differ, whatever they hold (default `tags`, `category`, `categories`, `keywords`).

    ## Source
    MQM 2.0, Accuracy / Do not translate.
    """
    bitext = article.bitext
    if bitext is None:
        return
    there, here = fields(bitext.source), fields(article.target)
    if not there:
        return
    if not here:
        yield from _unread(article.target, there, context)
        return
    for key in renamed(there, here, article.target.text):
        suggestion = key.there.rsplit(".", 1)[-1]
        fix = Fix.of([Edit(key.span, suggestion)], safe=True, alters=Alters.MARK)
        yield context.finding("key", key.span, there=key.there, here=key.here, suggestions=(suggestion,), fix=fix)
    for original, copy in changed_values(there, here):
        if _must_stay(original, copy, context.options):
            edits = article.target.edits([copy.span], copy.content, original.content)
            yield context.finding(
                "value",
                copy.span,
                source=original.span,
                confidence=Confidence.HIGH if has_han(copy.content) else Confidence.MEDIUM,
                name=original.info,
                there=original.content,
                here=copy.content,
                suggestions=(original.content,),
                fix=Fix.of(edits, safe=False, alters=Alters.MARK),
            )


def _unread(target: Document, there: Fields, context: Context[FrontMatterOptions]) -> Iterator[Finding]:
    """Report front matter that is no YAML, or that the generator does not see as such."""
    closed = body_start(target.text) > 0
    opening = _OPENING.match(target.text)
    first = next(lines_of_fields(there, target.text, opening.end() if opening else 0), None)
    if first is not None and closed:
        yield context.finding("invalid", first[1], severity=Severity.ERROR, name=first[0])
    elif first is not None and opening is not None:
        closing = _CLOSING.search(target.text, opening.end(), opening.end() + _HEAD)
        at = Span(closing.start(), closing.end()) if closing else Span(0, len(opening[0].rstrip()))
        yield context.finding("open", at, severity=Severity.ERROR)


def _must_stay(original: Block, copy: Block, options: FrontMatterOptions) -> bool:
    """Whether a field that differs is one that should not."""
    key, name, value = original.info, original.info.rsplit(".", 1)[-1].lower(), original.content
    if key in options.translated or name in options.translated or not value or not copy.content:
        return False
    if key in options.kept:
        return True
    if _FREE.search(key):
        return False
    if name in _KEPT:
        return not has_han(value)
    if _NUMBER.fullmatch(value) or value.lower() in _BOOLEAN:
        return True
    return "-" in value and _NAME.fullmatch(value) is not None and has_han(copy.content)
