"""The encoding of an HTML page, found as browsers find it.

Sources: the HTML standard, section "Determining the character encoding"; the Encoding standard, "Names and labels".
"""

from __future__ import annotations

import codecs
import re

from bilint.parse.html.tokens import attributes, tokens

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 32_768
"""Bytes searched for a `<meta>`: the standard asks for 1,024, but lets a later one change the encoding."""
_XML = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]+)""")
_IN_CONTENT = re.compile(r"""charset\s*+=\s*+(?:["']\s*+)?([^\s"';]+)""", re.IGNORECASE)

# By Python's names: what a label of the web stands for is often the larger encoding that Windows made of it.
_WEB = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874"}
_WEB |= {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949"}
_WEB |= {"utf-16": "utf-16-le"}
_UNKNOWN_TO_PYTHON = {"windows-874": "cp874", "dos-874": "cp874", "windows-949": "cp949", "iso-8859-8-i": "iso8859-8"}
_WEB_ONLY = {"utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"}
_WEB_ONLY |= {"cp866", "cp874", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"}
_WEB_ONLY |= {f"cp125{n}" for n in range(9)} | {f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}


def decode(data: bytes, charset: str = "") -> str:
    """Return the text of a page, without its byte-order mark. Never raises.

    The first that is there counts: byte-order mark, `charset` (what the server said), `<meta>`, XML declaration; else
    UTF-8 if the bytes are that, else windows-1252. Bytes that are not of the named encoding make the page UTF-8 if they
    are that; otherwise each becomes U+FFFD.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    named = _codec(charset) or _named_inside(data)
    for encoding in (named, "utf-8"):
        try:
            if encoding:
                return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(named or "cp1252", "replace")


def _codec(label: str) -> str:
    """Return Python's name of the encoding a label of the web stands for; empty when it is none."""
    label = re.sub(r"^(?:x-)+", "", label.strip().lower())
    try:
        name = codecs.lookup(_UNKNOWN_TO_PYTHON.get(label, label)).name
    except (LookupError, ValueError):
        return ""
    name = _WEB.get(name, name)
    return name if name in _WEB_ONLY else ""


def _named_inside(data: bytes) -> str:
    head = data[:_HEAD].decode("latin-1")
    for token in tokens(head, {"meta"}):
        if token.name:
            given = attributes(head[token.start : token.end])
            label = given.get("charset", "")
            if given.get("http-equiv", "").lower() == "content-type":
                found = _IN_CONTENT.search(given.get("content", ""))
                label = label or (found[1] if found else "")
            if codec := _codec(label):
                return _not_refuted(codec)
    declared = _XML.match(data[:_HEAD])
    return _not_refuted(_codec(declared[1].decode("latin-1"))) if declared else ""


def _not_refuted(codec: str) -> str:
    """UTF-16 is refuted by the very bytes that name it; the standard reads UTF-8 then."""
    return "utf-8" if codec.startswith("utf-16") else codec
