"""Texts → documents: Markdown and HTML become the same blocks, inlines and prose."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

from bilint.files import LARGEST, read_bytes
from bilint.model import Document, UserError
from bilint.parse.sniff import is_html
from bilint.text.characters import whole_characters

_HTML_NAME = re.compile(r"\.(?:html?|xhtml)$", re.IGNORECASE)


def read(path: str, uri: str = "", charset: str = "", most: int = LARGEST, shown: str = "") -> Document:
    """Return the document in a file: HTML by its name or its first tag, else Markdown.

    It is called `shown`, or by its path. `charset` is what the server said of a page's encoding. A byte-order mark is
    dropped. Raises UserError when the file cannot be read, is no regular file or larger than `most` bytes, is not text,
    or (Markdown) is not UTF-8.
    """
    return parse_bytes(read_bytes(path, most, shown or path), shown or path, uri, charset, file=path)


def parse_bytes(data: bytes, path: str, uri: str = "", charset: str = "", *, file: str = "") -> Document:
    """Return the document in the bytes of a file, as `read` does; `file` is its name where `path` is not."""
    if _HTML_NAME.search(file or path) or is_html(data):
        from bilint.parse import html
        from bilint.parse.html.encoding import decode as decode_page

        return html.parse(decode_page(data, charset), path, uri)
    return parse(decode(data, path), path, uri)


def parse(text: str, path: str, uri: str = "") -> Document:
    """Return the document of a Markdown text; halves of surrogate pairs, which no file can hold, are U+FFFD in it.

    Raises UserError when the parser breaks on it.
    """
    from bilint.parse import markdown

    return markdown.parse(whole_characters(text), path, uri)


def decode(data: bytes, path: str) -> str:
    """Return UTF-8 text without its byte-order mark. Raises UserError, with `path:line`, for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UserError("{path}: is UTF-16", "convert it to UTF-8", path=path)
    data = data.removeprefix(BOM_UTF8)
    nul = data.find(b"\0")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise UserError(
            "{path}:{line}: has a NUL byte", "it looks like a binary file; exclude it or mend it", path=path, line=line
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(
            "{path}:{line}: is not UTF-8 (byte 0x{byte:02x})",
            "convert it to UTF-8",
            path=path,
            line=line,
            byte=data[error.start],
        ) from error
