"""What the XML and HTML formats share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilint.export import Piece
from bilint.text.escapes import in_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""
_NOTHING: Mapping[str, str] = MappingProxyType({})


def element(tag: str, *children: _Element | str, attributes: Mapping[str, str] = _NOTHING) -> _Element:
    """Return an element; strings among the children are its text, without the characters that XML cannot hold."""
    from lxml import etree

    made = etree.Element(tag, {name: _NOT_XML.sub("\ufffd", value) for name, value in attributes.items()})
    for child in children:
        if not isinstance(child, str):
            made.append(child)
        elif len(made):
            made[-1].tail = _NOT_XML.sub("\ufffd", child)
        else:
            made.text = _NOT_XML.sub("\ufffd", child)
    return made


def document(root: _Element) -> str:
    """Return an XML document, indented, ending with a newline."""
    from lxml import etree

    etree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{in_xml(etree.tostring(root, encoding="unicode"))}\n'


def plain(pieces: Sequence[Piece], between: str) -> str:
    """Return the readable text of the pieces in one line."""
    return between.join(" ".join(piece.text.split()) for piece in pieces)
