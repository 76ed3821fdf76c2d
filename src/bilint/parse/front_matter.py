"""Front matter: YAML between `---` lines or TOML between `+++` lines at the start of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import NO_PROSE, Block, Kind, Prose, Span

_YAML = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_TOML_FIELD = re.compile(r"""^[ \t]*([\w.-]+)[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)')""", re.MULTILINE)
_READABLE = (
    "title description summary subtitle tagline excerpt label text caption sidebar_label sidebartitle linktitle "
    "short_title meta_title meta_description details actiontext"
)
_PROSE_KEYS = frozenset(_READABLE.split(" "))


def split(text: str) -> tuple[int, tuple[Block, ...]]:
    """Return where the body starts and a block for each string field, in file order.

    `info` is the field's dotted key, `content` its value; only fields meant for readers (title, description …) carry
    prose. Front matter that is not valid YAML yields no fields.
    """
    if found := _YAML.match(text):
        fields = _yaml_fields(found[1], found.start(1))
    elif found := _TOML.match(text):
        fields = _toml_fields(found[1], found.start(1))
    else:
        return 0, ()
    return found.end(), tuple(_block(key, value, span) for key, value, span in fields)


def _block(key: str, value: str, span: Span) -> Block:
    readable = key.rsplit(".", 1)[-1].lower() in _PROSE_KEYS and "\n" not in value
    prose = Prose(value, ((0, span.start),)) if readable else NO_PROSE
    return Block(Kind.FIELD, span, prose, info=key, content=value)


def _toml_fields(body: str, at: int) -> Iterator[tuple[str, str, Span]]:
    for match in _TOML_FIELD.finditer(body):
        group = 2 if match[2] is not None else 3
        yield match[1], match[group], Span(at + match.start(group), at + match.end(group))


def _yaml_fields(body: str, at: int) -> Iterator[tuple[str, str, Span]]:
    import yaml

    # CRLF and exotic blanks are the file's business; marks count the characters as they stand.
    try:
        root = yaml.compose(body, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError):
        return
    todo: list[tuple[str, yaml.Node | None]] = [("", root)]
    while todo:
        key, node = todo.pop()
        if isinstance(node, yaml.MappingNode):
            inner = [(f"{key}.{k.value}".lstrip("."), v) for k, v in node.value if isinstance(k, yaml.ScalarNode)]
            todo.extend(reversed(inner))
        elif isinstance(node, yaml.SequenceNode):
            todo.extend((key, item) for item in reversed(node.value))
        elif isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str":
            quote = 1 if node.style in ("'", '"') else 0
            start, end = node.start_mark.index + quote, node.end_mark.index - quote
            yield key, node.value, Span(at + start, at + end)
