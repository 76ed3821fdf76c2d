"""mixed-register: the reader is 你 in one place and 您 in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bilint.model import Confidence, Document, Finding, Fix, Severity, Span
from bilint.reading.register import ROLES, IsAddressed, addressed, registers, usual
from bilint.reading.restored import addressed_as
from bilint.reading.typography import folders_around
from bilint.rules import Context, Options, rule

_CLEAR, _MOST = 8, 0.2
"""An article that says one so often, and the other in at most this share of the places, slipped there; else it is
written by two, or talks to two."""


class RegisterOptions(Options, frozen=True):
    """Options of mixed-register."""

    address: str = ""
    """How the team addresses the reader: `你` or `您`; empty: as most of the article and of the project do."""


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="style/register",
    options=RegisterOptions,
    roles=ROLES,
    counts=(registers,),
    fixes=("unsafe",),
    messages={
        "article": "the reader is `{here}` here, and `{there}` in the rest of the article",
        "project": "the reader is `{here}` here, and `{there}` in the rest of the project",
        "chosen": "the reader is `{here}` here, and has to be `{there}`",
    },
)
def check(document: Document, context: Context[RegisterOptions]) -> Iterator[Finding]:
    """The reader is addressed as 你 and as 您.

    ## Why
    你 is how friends talk, 您 how one talks to customers; one 您 among many 你 was pasted from elsewhere, or left by
    another translator. Reported, all places together, is what an article does in few of many places, and an article
    that does otherwise than nearly all others around it. Quotations, 您好 and 感谢您 are left alone, and so are
    articles that say both often.

    ## Bad
    ```zh
    打开你的终端，进入你的目录。你会看到你的文件。如果你想删除它，你可以使用下面的命令。你也可以问问你的同事。

    您需要重新启动电脑。
    ```

    ## Good
    ```zh
    打开你的终端，进入你的目录。你会看到你的文件。如果你想删除它，你可以使用下面的命令。你也可以问问你的同事。

    你需要重新启动电脑。屏幕上会显示“您已退出”。感谢您的阅读。
    ```

    ## Options
    - `address`: how the team addresses the reader, `你` or `您` (default: as the article and the project mostly do).

    ## Source
    MQM 2.0, Style / Register; measured over 1,451 articles: 16 in 17 say only one of the two.
    """
    places = addressed(document)
    message, wanted = _wanted(places, context)
    spans = sorted(span for form in places if wanted and form != wanted for span in places[form])
    if spans:
        here = document.text[spans[0].start : spans[0].end]
        yield context.finding(
            message,
            spans[0],
            more=tuple(spans[1:]),
            key="address",
            here=here,
            there=wanted,
            suggestions=(wanted,),
            fix=Fix.of(addressed_as(wanted, spans, document.text), safe=False),
        )


def _wanted(places: Mapping[str, Sequence[Span]], context: Context[RegisterOptions]) -> tuple[str, str]:
    """Why the reader has to be addressed in one way, and in which; nothing when either may be."""
    if context.options.address or not places:
        return "chosen", context.options.address
    own, other = usual(places)
    others = len(places.get(other, ()))
    if others > _MOST * len(places[own]):
        return "article", ""
    if context.ask(IsAddressed(other, folders_around(context.document.path))):
        return "project", other
    return "article", own if len(places[own]) >= _CLEAR else ""
