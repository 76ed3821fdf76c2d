"""wrong-term: what stands for a term is not what the glossary says."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.glossary.chinese import normal
from bilint.glossary.verdicts import Kind
from bilint.model import Article, Confidence, Finding, Fix, Severity
from bilint.reading.agreed import Told, told
from bilint.reading.kept import in_script_of
from bilint.rules import Context, Options, rule

_MOST_NAMED = 3
"""So many renderings are named; the suggestions have them all."""
_MESSAGES = {
    "wrong": "`{form}` is not the agreed rendering of `{term}`",
    "instead": "`{form}` stands for `{term}`, which is agreed to be {agreed}",
    "beside": "`{form}` stands for `{term}` beside {agreed}",
    "left": "`{form}` is left in English, and is agreed to be {agreed}",
    "absent": "`{term}` is not rendered as agreed: {agreed}",
    "translated": "`{form}` stands for `{term}`, which stays in English",
    "missing": "`{term}` stays in English, and is not there",
}


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="terminology/inconsistent-with-resource",
    messages=_MESSAGES,
    fixes=("safe", "unsafe"),
    help=dict.fromkeys(_MESSAGES, "{note}"),
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A term is not rendered the way the glossary says.

    ## Why
    The team has agreed on a rendering, and readers should not have to find out that two words mean one thing. Where the
    English has a term, its translation is looked at: a forbidden rendering is reported wherever it stands, an approved
    one has to be there once (or the English, where the list keeps it), and a term that must stay has to be there in
    English, in prose or code. Who names a term twice in a sentence may say it once. English is matched with its
    inflections, the longest term first; Chinese without word boundaries, whatever the width, case and spaces.

    Lists of your own are taken at their word, but a single word has other senses (`function` is 函数, and 功能), and is
    said in many ways. Where another rendering stands for one, confidence is medium if published translations show
    that it names the same thing (存储库 for 仓库), else low; it is low, too, where nothing that is known stands for a
    single word, and where a word that is to stay was translated as translators mostly do, and is not one of many
    (关键 for a `key` point). A single word left in English is medium, and low where the article's code has it. Forbid
    what you never want to see: that is reported whatever the sense. What is written out (开放源代码 for 开源) has low
    confidence, and so has what the sentence before has, which may be left out; of the lists that bilint ships all
    but forbidden renderings: nobody here has agreed to their approved ones. In Taiwan's wording, 環境變數 is 环境变量.
    Nothing is said where it is in doubt which sentence translates which, of terms inside longer names, and of what
    an article checked without its original does not say.

    ## Bad
    ```glossary
    term,approved,forbidden
    generative,生成式,生成型
    ```
    ```en
    The generative model is fast.
    ```
    ```zh
    这个生成型模型速度很快。
    ```

    ## Good
    ```glossary
    term,approved,forbidden
    generative,生成式,生成型
    ```
    ```en
    The generative model is fast.
    ```
    ```zh
    这个生成式模型速度很快。
    ```

    ## Source
    MQM 2.0, Terminology / Inconsistent with terminology resource.
    """
    for each in told(article, context.pairs, context.glossary):
        yield _finding(each, context)


def _finding(each: Told, context: Context[Options]) -> Finding:
    verdict, term = each.verdict, each.verdict.term
    is_forbidden = verdict.kind is Kind.FORBIDDEN
    approved = tuple(in_script_of(context.article.target, form) for form in term.approved)
    new = approved[0] if approved else term.source if term.keep else verdict.form
    edits = context.article.target.edits([each.place], _written(each, context.article), new)
    is_exact = is_forbidden and len(approved) == 1
    # Places that are in doubt are a finding of their own: they hide with it, and no others do.
    unsure = ("unsure",) if each.confidence is Confidence.LOW else ()
    return context.finding(
        "wrong" if is_forbidden else verdict.kind.value,
        each.place,
        term=term.source,
        form=verdict.form,
        agreed=" / ".join(f"`{form}`" for form in approved[:_MOST_NAMED]),
        note=term.note,
        source=each.source,
        key=" ".join((verdict.kind, term.source, normal(verdict.form), *unsure)),
        severity=Severity.ERROR if is_forbidden else None,
        confidence=each.confidence,
        evidence=(("glossary", term.origin), *each.published[:_MOST_NAMED]),
        suggestions=approved or ((term.source,) if term.keep else ()),
        fix=Fix.of(edits, safe=is_exact and each.confidence is Confidence.HIGH),
    )


def _written(each: Told, article: Article) -> str:
    """What is wrong as it is written there: lists may have a space between Han and Latin, or none."""
    written = article.target.text[each.place.start : each.place.end]
    return written if normal(written) == normal(each.verdict.form) else each.verdict.form
