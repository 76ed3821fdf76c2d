"""XML documents that say nothing XML 1.0 cannot hold, for the formats that are XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilint.text.escapes import in_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

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
            made[-1].tail = (made[-1].tail or "") + _NOT_XML.sub("\ufffd", child)
        else:
            made.text = (made.text or "") + _NOT_XML.sub("\ufffd", child)
    return made


def document(root: _Element) -> str:
    """Return an XML document, indented, ending with a newline."""
    from lxml import etree

    etree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{in_xml(etree.tostring(root, encoding="unicode"))}\n'
