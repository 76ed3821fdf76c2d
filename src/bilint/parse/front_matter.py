"""Front matter: YAML between `---` lines or TOML between `+++` lines at the start of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bilint.model import NO_PROSE, Block, Kind, Prose, Span
from bilint.text.characters import whole_characters
from bilint.text.head import TOML, YAML

_TOML_FIELD = re.compile(
    r"""^[ \t]*([\w.-]+)[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#\[{](?:[^\n#]*[^\s#])?))""", re.MULTILINE
)
_READABLE = (
    "title description summary subtitle tagline excerpt label text caption sidebar_label sidebartitle linktitle "
    "short_title meta_title meta_description details actiontext"
)
_PROSE_KEYS = frozenset(_READABLE.split(" "))
_OWN = "bilint-"
"""What is said to bilint is for no reader: the term `title` is no title."""
_MOST_FIELDS = 1_000
"""Fields read; the longest front matter of the pages we have has 60."""
_DEEPEST = 32
"""Levels of YAML read; keys of deeper ones would only grow."""


def split(text: str) -> tuple[int, tuple[Block, ...]]:
    """Return where the body starts and a block for each value of a field, in file order.

    `info` is the field's dotted key, `content` its value as it is written (a short hash of a commit may be a number to
    YAML), and a list has a block for each part; only fields meant for readers (title, description …) carry
    prose. Front matter that is not valid YAML yields no fields.
    """
    if found := YAML.match(text):
        fields = _yaml_fields(found[1], found.start(1))
    elif found := TOML.match(text):
        fields = _toml_fields(found[1], found.start(1))
    else:
        return 0, ()
    return found.end(), tuple(_block(key, value, span) for key, value, span in islice(fields, _MOST_FIELDS))


def _block(key: str, value: str, span: Span) -> Block:
    is_own = key.startswith(_OWN)
    readable = not is_own and key.rsplit(".", 1)[-1].lower() in _PROSE_KEYS and "\n" not in value
    prose = Prose(value, ((0, span.start),)) if readable else NO_PROSE
    return Block(Kind.FIELD, span, prose, info=key, content=value)


def _toml_fields(body: str, at: int) -> Iterator[tuple[str, str, Span]]:
    for match in _TOML_FIELD.finditer(body):
        group = match.lastindex or 0
        yield match[1], match[group], Span(at + match.start(group), at + match.end(group))


def _yaml_fields(body: str, at: int) -> Iterator[tuple[str, str, Span]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(body)
    try:
        yield from list(islice(_yaml_scalars(loader, at), _MOST_FIELDS))
    except (yaml.YAMLError, ValueError):
        return  # not valid to its end: none of it is read
    finally:
        loader.dispose()


@dataclass(slots=True)
class _Collection:
    """An open list or mapping; `path` is its dotted key, None where nothing is read; `key` that of the next value."""

    path: str | None
    is_mapping: bool
    key: str | None = None

    def place(self, key: str | None) -> str | None:
        """Return the dotted key of a value that comes; None for a key (`key`, None for one that is no text)."""
        if not self.is_mapping:
            return self.path
        if self.key is None:
            self.key = key or ""
            return None
        path, self.key = None if self.path is None else f"{self.path}.{self.key}".lstrip("."), None
        return path


def _yaml_scalars(loader: Any, at: int) -> Iterator[tuple[str, str, Span]]:
    """Yield key, value and place of each scalar that is written.

    The parser's events name an alias and don't follow it, so cycles and "billion laughs" end; and no call is made for
    a level, however many there are. CRLF and exotic blanks are the file's business: marks count characters.
    """
    import yaml

    opened: list[_Collection] = []
    while loader.check_event():
        event: Any = loader.get_event()
        if isinstance(event, yaml.CollectionEndEvent):
            opened.pop()
        elif isinstance(event, yaml.NodeEvent):
            path = opened[-1].place(getattr(event, "value", None)) if opened else ""
            if isinstance(event, yaml.CollectionStartEvent):
                path = path if len(opened) < _DEEPEST else None
                opened.append(_Collection(path, isinstance(event, yaml.MappingStartEvent)))
            elif isinstance(event, yaml.ScalarEvent) and path is not None and (event.value or event.style):
                quote = 1 if event.style in ("'", '"') else 0
                yield (
                    path,
                    whole_characters(event.value),
                    Span(at + _index(event.start_mark) + quote, at + _index(event.end_mark) - quote),
                )


def _index(mark: Any) -> int:
    return int(mark.index)
