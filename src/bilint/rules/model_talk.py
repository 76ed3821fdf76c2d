"""model-talk: what a language model says about its work, in the work."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import PLACEHOLDER, Block, Confidence, Document, Finding, Kind, Severity, Span
from bilint.reading import blocks_with
from bilint.rules import Context, Options, rule
from bilint.text.talk import SIGNS, is_talked_of, talk

_WORDS = {
    "preface": "announces its translation",
    "closing": "offers more help",
    "refusal": "refuses",
    "omission": "says that something was left out",
    "instruction": "repeats its instructions",
    "thinking": "thinks aloud",
}


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="accuracy/addition",
    messages={what: f"a language model {words}: `{{text}}`" for what, words in _WORDS.items()},
    help=dict.fromkeys(("refusal", "omission"), "translate what is missing, and delete the remark"),
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """A language model speaks to its user in the middle of the article.

    ## Why
    "Here is the translation", "I'm sorry, but I cannot …", 以下是翻译, （其余内容省略）: such sentences were written
    by the program that translated, not by the author, and often something is missing behind them. What the original
    says is the author's: nothing is reported of a kind that the English talks about too.

    ## Bad
    ```en
    Each night one copy is taken, and the newest seven are kept.
    ```
    ```zh
    好的，以下是该文档的中文翻译：

    每晚备份一次，只保留最新的七份。
    ```

    ## Good
    ```en
    Each night one copy is taken, and the newest seven are kept.
    ```
    ```zh
    每晚备份一次，只保留最新的七份。
    ```

    ## Source
    MQM 2.0, Accuracy / Addition.
    """
    bitext = context.article.bitext
    english = bitext.source.text if bitext else ""
    tags = [block for block in document.blocks if block.kind is Kind.HTML and not _has_prose(block)]
    for block in (*blocks_with(SIGNS, document), *tags):
        text = block.prose.text if _has_prose(block) else block.content
        for what, start, end in talk(text):
            if not is_talked_of(what, english):
                yield context.finding(what, _span(block, start, end), text=" ".join(text[start:end].split()), key=what)


def _span(block: Block, start: int, end: int) -> Span:
    """The place of a range of a block's prose, or of its tags where it has none."""
    return block.prose.span(start, end) if _has_prose(block) else Span(block.span.start + start, block.span.start + end)


def _has_prose(block: Block) -> bool:
    """Whether a block is more than tags."""
    return block.kind is not Kind.HTML or bool(block.prose.text.strip(f"{PLACEHOLDER} \n"))
