"""What a rule says in Chinese: a file beside its module, `missing_block.zh.toml` beside `missing_block.py`."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from string import Formatter

import msgspec

from bilint.messages import Text, language, say
from bilint.model import Argument, Finding, Kind, Message
from bilint.model.messages import NOUNS, PARAGRAPH


class RuleWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule's manual and messages; `options`, `messages` and `help` by the names of the English ones.

    `sections` are those of the manual besides Why, Options and Source, by their English headings. What is empty or not
    there is said in English.
    """

    summary: str = ""
    why: str = ""
    source: str = ""
    options: dict[str, str] = msgspec.field(default_factory=dict)
    messages: dict[str, str] = msgspec.field(default_factory=dict)
    help: dict[str, str] = msgspec.field(default_factory=dict)
    sections: dict[str, str] = msgspec.field(default_factory=dict)


@cache
def rule_words(module: str) -> RuleWords:
    """Return the Chinese of the rule that lives in `module`, which is loaded; without a sound file all is empty.

    A package's rule still speaks English when its file makes no sense.
    """
    try:
        data = pkgutil.get_data(module, f"{module.rpartition('.')[2]}.zh.toml")
        return msgspec.toml.decode(data or b"", type=RuleWords)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return RuleWords()


def in_words(finding: Finding, module: str) -> tuple[str, str]:
    """Return what a finding says and what to do about it, in the language that is spoken.

    `module` is where its rule lives, empty for rules without words of their own.
    """
    arguments = dict(finding.arguments)
    if language() == "en":
        return finding.template.fill(arguments)
    message, known = finding.template, rule_words(module) if module else RuleWords()
    text, help_ = message.fill(arguments)
    words = {name: _argument(value) for name, value in arguments.items()}
    if message.id in known.messages:
        text = _filled(known.messages[message.id], words, text)
    if message.id in known.help or not is_said(message.help):
        help_ = _filled(known.help.get(message.id, message.help), words, help_)
    return text, help_


def _filled(template: str, words: Mapping[str, Argument], otherwise: str) -> str:
    try:
        return Message("", template).fill(words)[0]
    except (LookupError, ValueError):  # braces that fit no argument
        return otherwise


def is_said(template: str) -> bool:
    """Return whether a template has words of its own: one of arguments alone is the same in every language."""
    return any(char.isalpha() for text, *_ in Formatter().parse(template) for char in text)


def _argument(value: Argument) -> Argument:
    if isinstance(value, Kind):
        return say(NOUNS.get(value, PARAGRAPH))
    if isinstance(value, tuple):
        return say(", ").join(f"`{text}`" for text in value)
    return say(value) if isinstance(value, Text) else value
