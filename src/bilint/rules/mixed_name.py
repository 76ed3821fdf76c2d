"""mixed-name: a company, a product or a person under two names."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, Severity
from bilint.reading.kept import in_script_of
from bilint.reading.names import ROLES, OtherHabit, names_said, names_used
from bilint.reading.typography import folders_around
from bilint.rules import Context, Options, rule


class MixedNameOptions(Options, frozen=True):
    """Options of mixed-name."""

    may_vary: tuple[str, ...] = ()
    """Names, as they are in English, that may stand in Chinese and in English (`Google`)."""


@rule(
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    mqm="terminology/inconsistent-use",
    options=MixedNameOptions,
    roles=ROLES,
    counts=(names_used,),
    messages={
        "kept": "`{name}` stays in English here, and is `{preferred}` elsewhere in this article",
        "said": "`{name}` is `{form}` here, and stays in English elsewhere in this article",
        "form": "`{name}` is `{form}` here, and `{preferred}` elsewhere in this article",
        "kept-in-project": "`{name}` stays in English here, and is `{preferred}` in the rest of the project",
        "said-in-project": "`{name}` is `{form}` here, and stays in English in the rest of the project",
        "form-in-project": "`{name}` is `{form}` here, and `{preferred}` in the rest of the project",
    },
)
def check(article: Article, context: Context[MixedNameOptions]) -> Iterator[Finding]:
    """A company, a product or a person is called by two names.

    ## Why
    Readers who meet 谷歌 and Google, or 托瓦兹 and 托瓦尔兹, in one article have to find out that the two are one.
    Reported are well-known names that translations say in Chinese and leave in English, in the way that the article
    uses less often, and persons with a dot in their Chinese names who have two transliterations. An article that says
    a name otherwise than nearly all articles around it is reported, too. A name said once in each way shows no habit:
    low confidence. Glosses (谷歌（Google）), names in longer ones (Google Chrome), addresses, titles, quotations, lists
    of names in English and credits are left alone.

    ## Bad
    ```en
    Google tests the lamp. The lamp was bought by Google in spring. Nobody at Google has seen it.
    ```
    ```zh
    谷歌测试了这盏灯。这盏灯是谷歌春天买的。没有一个 Google 的人见过它。
    ```

    ## Good
    ```en
    Google tests the lamp. The lamp was bought by Google in spring. Nobody at Google has seen it.
    ```
    ```zh
    谷歌（Google）测试了这盏灯。这盏灯是谷歌春天买的。谷歌没有一个人见过它。
    ```

    ## Options
    - `may-vary`: names, as they are in English, that may stand in Chinese and in English (default none).

    ## Source
    MQM 2.0, Terminology / Inconsistent use.
    """
    folders = tuple(folders_around(article.target.path))
    for name, (usual, *others) in names_said(context.reading) if article.bitext else ():
        if name in context.options.may_vary:
            continue
        habit = usual.form if others else context.ask(OtherHabit(name, usual.form, folders))
        for said in others or ([] if habit is None else [usual]):
            way = "kept" if not said.form else "form" if habit else "said"
            form, preferred = (in_script_of(context.document, each or "") for each in (said.form, habit))
            is_clear = not others or len(usual.spans) > len(said.spans)
            is_sure = is_clear or len(usual.spans) > 1 or way == "form"
            yield context.finding(
                way if others else f"{way}-in-project",
                said.spans[0],
                source=said.source,
                more=said.spans[1:],
                confidence=Confidence.MEDIUM if is_sure else Confidence.LOW,
                suggestions=(preferred or name,) if is_clear else (),
                key=f"{name} {said.form}|{habit}",
                name=name,
                form=form,
                preferred=preferred,
            )
