"""missing-sentence: a sentence left out of a paragraph that is translated."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bilint.model import Bitext, Confidence, Finding, Severity, Span
from bilint.reading.unsaid import Unsaid, left_out
from bilint.rules import Context, Options, rule
from bilint.text.width import shortened

_OPENING = 60
"""Characters of a sentence that name it."""
_NAMED = 6
"""Words that a message names: numbers and names first, then what is said most reliably."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/omission",
    yields_to="other-edition",
    messages={
        "one": "sentence {numbers} of {count} is not said here: {sentences}; nothing stands for {words}",
        "several": "sentences {numbers} of {count} are not said here: {sentences}; nothing stands for {words}",
    },
    help={
        "one": "translate the sentence, unless it was left out on purpose",
        "several": "translate the sentences, unless they were left out on purpose",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A sentence of the original is left out of a paragraph that is otherwise translated.

    ## Why
    Nobody who reads the translation alone can see it. A sentence counts as left out when two things speak for it: its
    words are not said in the paragraph or beside it, as translators usually render them and as this article does, and
    the sentences of the paragraph are aligned better without it. Two in three sentences that are left out are found,
    short ones less often. Clauses that are left out of a sentence are not found.

    ## Bad
    ```en
    Every night the server copies all notes to another disk.

    The printer stands beside the kitchen door. Visitors must ask the manager for a password before they connect to the
    network. Paper is kept in the second drawer.

    Only owners may remove a copy, and nobody can bring it back.
    ```
    ```zh
    服务器每晚会把全部笔记复制到另一块磁盘。

    打印机就放在厨房门的旁边，谁都可以随时使用。打印用的纸张放在柜子的第二个抽屉里。

    只有所有者才能删除备份，谁也无法恢复。
    ```

    ## Good
    ```en
    Every night the server copies all notes to another disk.

    The printer stands beside the kitchen door. Visitors must ask the manager for a password before they connect to the
    network. Paper is kept in the second drawer.

    Only owners may remove a copy, and nobody can bring it back.
    ```
    ```zh
    服务器每晚会把全部笔记复制到另一块磁盘。

    打印机就放在厨房门的旁边。访客在连接网络之前必须向经理索要密码。打印用的纸张放在柜子的第二个抽屉里。

    只有所有者才能删除备份，谁也无法恢复。
    ```

    ## Source
    MQM 2.0, Accuracy / Omission.
    """
    for _, group in groupby(left_out(context.reading), key=lambda each: id(each.pair)):
        yield _finding(list(group), context)


def _finding(left: list[Unsaid], context: Context[Options]) -> Finding:
    pair = left[0].pair
    spans = [each.segment.block.prose.span(*each.segment.span) for each in left]
    return context.finding(
        "several" if len(left) > 1 else "one",
        Span(pair.target[0].span.start, pair.target[-1].span.end),
        source=Span(spans[0].start, spans[-1].end),
        numbers=", ".join(str(each.number) for each in left),
        count=left[0].sentences,
        sentences=tuple(shortened(_line(each), _OPENING) for each in left),
        words=tuple(_words(left)),
        evidence=(
            ("english", " ".join(map(_line, left))),
            *_unsaid(left),
        ),
    )


def _unsaid(left: list[Unsaid]) -> Iterator[tuple[str, str]]:
    """Yield what of the sentences is said nowhere: numbers, names and code as they are written, and all other words."""
    exact, words = _exact(left), _rest(left)
    if exact:
        yield "numbers_and_names_said_nowhere", ", ".join(exact)
    if words:
        yield "words_said_nowhere", ", ".join(words)


def _line(each: Unsaid) -> str:
    return " ".join(each.segment.text.split())


def _words(left: list[Unsaid]) -> list[str]:
    return list(dict.fromkeys([*_exact(left), *_rest(left)]))[:_NAMED]


def _exact(left: list[Unsaid]) -> list[str]:
    return list(dict.fromkeys(exact.text for each in left for exact in each.said.unsaid_exact))


def _rest(left: list[Unsaid]) -> list[str]:
    terms = {term for each in left for term in each.said.unsaid}
    return list(dict.fromkeys(term.text for term in sorted(terms, key=lambda term: (-term.hit, term.text))))
