"""Characters that act instead of being seen: controls of terminals (C0, C1), marks that turn the direction of text."""

from __future__ import annotations

import json
import re

_ACTING = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_ONE = re.compile(f"[{_ACTING}]")
_COLOR = re.compile(rf"(\x1b\[[\d;]*m)|[{_ACTING}]")
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str, *, color: bool = False) -> str:
    """Return `text` as it may be written to a terminal: direction marks are left out, other acting characters blanks.

    Line feeds and tabs stay; with `color`, so do sequences that set colours and nothing else.
    """
    return (_COLOR if color else _ONE).sub(_seen, text)


def _seen(match: re.Match[str]) -> str:
    if match.lastindex:
        return match[0]
    return "" if match[0] in _TURNS else " "


def in_json(text: str) -> str:
    """Return JSON with acting characters in its strings as escapes: it says the same."""
    return _ONE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def in_xml(text: str) -> str:
    """Return XML with acting characters as references: it says the same. Those that XML cannot hold must be gone."""
    return _ONE.sub(lambda match: f"&#x{ord(match[0]):x};", text)


def to_json(value: object) -> str:
    """Return `value` as JSON over several lines, ending with a newline."""
    return in_json(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"
