"""changed-placeholder: what a program fills in is gone or translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from operator import attrgetter

from bilint.model import AlignedPair, Bitext, Confidence, Finding, Inline, InlineKind, Severity
from bilint.reading.losses import losses
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import changed
from bilint.text.scripts import has_han

_KINDS = frozenset({InlineKind.PLACEHOLDER})
_KEYS = frozenset({"<alt>", "<backspace>", "<ctrl>", "<enter>", "<esc>", "<return>", "<shift>", "<space>", "<tab>"})
_NAME = re.compile(r"\w+")
_OF_TEX = re.compile(r"[A-Za-z0-9\\\\%}^$_]")
"""Before a brace, it belongs to a command: `\\\\frac{x}`, `%{macro}`."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="accuracy/do-not-translate",
    fixes=("safe", "unsafe"),
    messages={
        "gone": "placeholder {gone} of the original is missing",
        "changed": "placeholder {here} stands for {gone}",
    },
    help={
        "gone": "keep placeholders to the letter; their order may change",
        "changed": "keep placeholders to the letter; their order may change",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A placeholder of the original (`{name}`, `%s`, `${HOME}`) is missing or translated.

    ## Why
    A program puts a value where a placeholder stands, and knows it by its name. Under another name it is shown as it
    is, or the program fails.

    ## Bad
    ```en
    A letter is sent every Monday morning to all members of the team.

    After the copy a letter goes to the owner with the subject "{name} has {count} new copies".
    ```
    ```zh
    每周一早上都会给团队的所有成员发一封邮件。

    备份完成之后，会给所有者发一封邮件，标题是“{名称}有 {数量} 份新备份”。
    ```

    ## Good
    ```en
    A letter is sent every Monday morning to all members of the team.

    After the copy a letter goes to the owner with the subject "{name} has {count} new copies".
    ```
    ```zh
    每周一早上都会给团队的所有成员发一封邮件。

    备份完成之后，会给所有者发一封邮件，标题是“{name} 有 {count} 份新备份”。
    ```

    ## Source
    MQM 2.0, Accuracy / Do not translate; ICU message format; printf(3).
    """
    for loss in losses(bitext, _KINDS, attrgetter("name"), partial(_is_filled_in, bitext.source.text)):
        if loss.instead or not any(_is_syntax(lost.content, loss.pair) for lost in loss.gone):
            yield changed(context, loss)


def _is_syntax(placeholder: str, pair: AlignedPair) -> bool:
    """Whether the translation has it in Chinese between marks of code: readers are told how to write one."""
    opening, _, closing = _NAME.sub("\0", placeholder, count=1).partition("\0")
    codes = (inline.content for block in pair.target for inline in block.inlines if inline.kind is InlineKind.CODE)
    return any(
        has_han(code) and code.startswith(opening) and code.endswith(closing) for code in codes if opening and closing
    )


def _is_filled_in(text: str, placeholder: Inline) -> bool:
    """Whether a program fills it in: it is no key of the keyboard, no description in words, no part of a command."""
    said = placeholder.content
    if said.startswith("<"):
        return " " not in said and said.lower() not in _KEYS
    return not (said.startswith("{") and _OF_TEX.match(text, placeholder.span.start - 1))
