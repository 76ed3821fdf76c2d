"""What a rule says of its findings, in words that can be said in another language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bilint.model.blocks import Kind
from bilint.model.texts import phrase

PARAGRAPH = phrase("paragraph")
NOUNS = {
    Kind.HEADING: phrase("heading"),
    Kind.ITEM: phrase("list item"),
    Kind.CELL: phrase("table cell"),
    Kind.CODE: phrase("code block"),
    Kind.HTML: phrase("HTML block"),
    Kind.FIELD: phrase("field"),
}
"""What messages call a block; any other is a `PARAGRAPH`."""

Argument = str | int | float | tuple[str, ...]
"""What a message says of a finding: text as it stands in an article, a number, a block's kind, a list of texts."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a rule says of a finding and what to do about it: templates in English with `{names}` of arguments."""

    id: str
    text: str
    help: str = ""

    def fill(self, arguments: Mapping[str, Argument]) -> tuple[str, str]:
        """Return text and help with the arguments in them. Raises KeyError when one is missing."""
        words = {name: _in_words(value) for name, value in arguments.items()}
        return self.text.format_map(words), self.help.format_map(words)


def _in_words(value: Argument) -> str | int | float:
    if isinstance(value, Kind):
        return NOUNS.get(value, PARAGRAPH)
    return ", ".join(f"`{text}`" for text in value) if isinstance(value, tuple) else value
