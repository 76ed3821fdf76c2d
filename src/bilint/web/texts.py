"""Which bytes from the web are a page of HTML, which a text, and which neither."""

from __future__ import annotations

from bilint.messages import phrase
from bilint.parse.sniff import is_html
from bilint.web.addresses import FetchError

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_TEXT = frozenset({"text/plain", "text/markdown", "text/x-markdown", "application/octet-stream", ""})


def suffix_of(content_type: str, body: bytes) -> str:
    """Return `.html` or `.md`; a plain text may be either. Raises FetchError for an empty body and what is no text."""
    if not body.strip():
        raise FetchError(phrase("is empty"))
    if content_type in _HTML:
        return ".html"
    if content_type in _TEXT:
        return ".html" if is_html(body, or_part=True) else ".md"
    raise FetchError(phrase("is `{content_type}`, not a page or a text", content_type=content_type))
