"""shown-markup: marks of links, headings, lists, code and HTML that readers see."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import EVERYTHING, Confidence, Document, Finding, Severity
from bilint.reading.mended import mended_marks
from bilint.reading.shown import may_show, shown_marks
from bilint.rules import Context, Options, rule
from bilint.text.width import shortened

_LONG = 40


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    roles=EVERYTHING,
    yields_to="unclosed-fence",
    fixes=("safe", "unsafe"),
    messages={
        "link": "the marks of the link `{text}` are shown",
        "reference": "the link `{text}` has no definition and is shown as it is written",
        "image": "`{text}` is a link behind a full-width mark, not an image",
        "heading": "the mark `{text}` is shown, this is no heading",
        "item": "the mark `{text}` is shown, this is no item of a list",
        "run-on": "an item of a list stands on the line of another: `{text}`",
        "box": "the box `{text}` of a task is shown as text",
        "code": "a backtick is shown: `{text}`",
        "tag": "the tag `{text}` is shown as text",
        "entity": "`{text}` is shown as text",
        "address": "punctuation behind the address `{text}` becomes part of the link where bare addresses are links",
    },
    help={
        "link": "write `[text](address)` with marks of ASCII, without blanks between them",
        "reference": "the label in the second brackets must be that of a definition",
        "image": "write `![text](address)`",
        "heading": "put a blank behind the marks",
        "item": "begin the line with `- ` or `1. `",
        "run-on": "put each item on a line of its own",
        "box": "write `[ ]` or `[x]`, and a blank",
        "code": "close the code with as many backticks as open it",
        "tag": "write `<` and `>` as the original does",
        "entity": "escape it once only",
        "address": "write `<address>`, or put a blank behind it",
    },
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """A mark of Markdown or HTML is shown to readers instead of doing its work.

    ## Why
    Marks work in one spelling only. A full-width bracket, a blank between the two parts of a link, a label that has no
    definition, a missing blank behind `##` or `-`, or a backtick that is not closed turn them into text. What the
    original shows as well is meant to be seen. Marks of emphasis have a rule of their own, unrendered-emphasis.

    ## Bad
    ```zh
    修改份数之前，请先阅读[保留策略指南]（https://example.org/retention）。

    ##选择磁盘
    ```

    ## Good
    ```zh
    修改份数之前，请先阅读[保留策略指南](https://example.org/retention)。

    ## 选择磁盘
    ```

    ## Source
    CommonMark 0.31; GitHub Flavored Markdown 0.29, section 6.9 (extended autolinks).
    """
    bitext = context.article.bitext
    for block in may_show(document):
        pair = bitext.pair_of(block) if bitext else None
        for shown in shown_marks(document, block, pair, bitext):
            span = block.prose.span(shown.start, shown.end)
            text = shortened(block.prose.text[shown.start : shown.end].strip(), _LONG)
            source = pair.source[0].span if pair and pair.source else None
            severity = Severity.INFO if shown.mark == "address" else None
            fix = mended_marks(shown.mark, span, document.text)
            yield context.finding(
                shown.mark, span, source=source, severity=severity, text=text, fix=fix, key=shown.mark
            )
