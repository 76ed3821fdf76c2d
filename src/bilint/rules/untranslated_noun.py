"""untranslated-noun: a name with a noun that was left in English with it."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, Severity
from bilint.reading.counts import KeptOnPurpose, word_uses
from bilint.reading.english import place_of
from bilint.reading.half_names import MOSTLY, half_names, suggested
from bilint.reading.kept import spellings
from bilint.reading.leftover import is_within, kept_terms
from bilint.rules import Context, Options, rule


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/untranslated",
    counts=(word_uses,),
    messages={"left": "`{text}` is left in English with its noun"},
    help={"left": "published translations keep `{text}` in English {kept} times in {uses}"},
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A name is left in English together with its noun, which is said in Chinese.

    ## Why
    `Linux` is a name, `Linux Kernel` is a name and a noun: nearly all translations write Linux 内核. With capitals the
    two look like one name. Reported are a name and a capitalised noun that the aligned English says and that
    published translations keep together in at most one of twenty uses; not those in a list of names, in quotation
    marks or emphasised, nor nouns that the glossary keeps or the project leaves in English in half of their uses.

    ## Bad
    ```en
    The Linux kernel is older than this book.
    ```
    ```zh
    Linux Kernel 比这本书还要老。
    ```

    ## Good
    ```en
    The Linux kernel is older than this book.
    ```
    ```zh
    Linux 内核比这本书还要老。
    ```

    ## Source
    Counts over 8,458 published human translations (`bilint/data/lexicon.tsv`); MQM 2.0, Accuracy / Untranslated.
    """
    for run, name in half_names(context.document):
        prose = run.block.prose
        source = place_of([match[0] for match in run.words], article.pair_of(run.block).source)
        is_kept = is_within((run.end - len(name.noun), run.end), kept_terms(prose.text, context.glossary))
        if source and not is_kept and not context.ask(KeptOnPurpose(spellings(name.noun), MOSTLY)):
            yield context.finding(
                "left",
                prose.span(run.start, run.end),
                source=source,
                text=prose.text[run.start : run.end],
                kept=name.usage.kept,
                uses=name.usage.uses,
                key=f"{name.name} {name.noun}",
                evidence=(("uses", name.usage.uses), ("kept_in_english", name.usage.kept)),
                suggestions=suggested(run, name, article.target),
            )
