"""broken-fragment: a link to a heading that the page does not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from bilint.model import AlignedPair, Article, Confidence, Finding, Inline, Severity
from bilint.reading.fragments import Leads, leads, page_of, pages
from bilint.reading.references import called_now, references, twin
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import led_to, readdressed
from bilint.text.fragments import Named, Reference, local, names_place, page_key
from bilint.text.fragments import pages as pages_named
from bilint.text.links import link_key

_LEFT = "left"
"""The cause of those that lead to headings which were translated: whoever forgets one forgets them all."""
_SEVERAL = 2
"""Of so many fragments the message names none: what the headings are called now is the evidence."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/link",
    counts=(pages,),
    fixes=("safe", "unsafe"),
    messages={
        "here": "no heading or id of this page is `#{fragment}`",
        "several": "links lead to no heading or id of this page",
        "there": "no heading or id of `{page}` is `#{fragment}`",
        "path": "the link leads to a path where the original's leads to the fragment `#{fragment}`",
    },
    help={
        "here": "point to the translated heading, or give it the id of the original",
        "several": "point to the translated headings, or give them the ids of the original",
        "there": "point to the translated heading, or give it the id of the original",
        "path": "put the `#` back",
    },
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A link leads to a heading by a fragment that the translated page does not have.

    ## Why
    Site generators make the fragment of a heading from its words: once a heading is translated, a link to
    `#install-the-tool` leads nowhere. What a page can be entered by is worked out as GitHub, Docusaurus, VitePress,
    MkDocs, Sphinx, MyST, Hugo, Jekyll and others do, ids that are stated (`{#id}`, `<a id="id">`) first; a fragment
    that any of them makes is right. All links of an article that lead to headings of its own which were translated are
    one finding. Links to other pages are followed where those pages are checked in the same run.
    A link that leads nowhere in the original either is not reported, one that the original does not have with low
    confidence only.

    ## Bad
    ```en
    See [the last part](#clean-the-kettle) when you are done.

    ## Clean the kettle
    ```
    ```zh
    完成之后请看[最后一部分](#clean-the-kettle)。

    ## 清洗水壶
    ```

    ## Good
    ```en
    See [the last part](#clean-the-kettle) when you are done.

    ## Clean the kettle
    ```
    ```zh
    完成之后请看[最后一部分](#清洗水壶)。

    ## 清洗水壶
    ```

    ## Source
    MQM 2.0, Design and markup / Link.
    """
    found = list(_found(article, context))
    left = [finding for finding in found if finding.key == _LEFT]
    ways = Counter(" → ".join((f"#{dict(each.arguments)['fragment']}", *each.suggestions)) for each in left)
    if len(ways) < _SEVERAL:
        yield from found
        return
    several = partial(replace, template=context.rule.messages["several"], arguments=(), suggestions=())
    yield from (several(each, evidence=tuple(ways.items())) if each.key == _LEFT else each for each in found)


def _found(article: Article, context: Context[Options]) -> Iterator[Finding]:
    for block in context.document.blocks:
        for link in block.links() if block.inlines else ():
            if "://" in link.destination:
                continue
            if "#" not in link.destination:
                yield from _made_path(link, article.pair_of(block), context)
            elif (place := local(link.destination)) and names_place(place.fragment):
                yield from _here_or_there(link, place, article.pair_of(block), context)


def _here_or_there(link: Inline, place: Reference, pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    target = context.article.target
    named = tuple(pages_named(place.path, target.path)) if place.path else ()
    own = page_key(target.path)
    if not named or any(each.may_be(own) for each in named):
        yield from _in_page(link, place, pair, context)
    else:
        yield from _in_other(link, place, named, pair, context)


def _in_page(link: Inline, place: Reference, pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    article, fragment = context.article, place.fragment
    if leads(fragment, page_of(article.target)):
        return
    original = source = None
    if article.bitext is not None:
        there = page_of(article.bitext.source)
        own, links = twin(link, pair, article.target)
        choices = [fragment, *([own[1].fragment] if own and not own[1].path else [])]
        original = next((each for each in choices if leads(each, there)), None)
        source = own[0].span if own else None
        if original is None and any(each.fragment == fragment for _, each in links):
            return  # it leads nowhere in the original either
    suggestions = called_now(article.bitext, original)
    yield context.finding(
        "here",
        article.target.address(link),
        fragment=fragment,
        source=source,
        confidence=Confidence.HIGH if original else Confidence.LOW,
        suggestions=suggestions,
        key=_LEFT if original else f"#{fragment}",
        fix=led_to(link, suggestions, context),
    )


def _in_other(
    link: Inline, place: Reference, named: tuple[Named, ...], pair: AlignedPair, context: Context[Options]
) -> Iterator[Finding]:
    own, _ = twin(link, pair, context.article.target)
    original = own[1].fragment if own else place.fragment
    entered = context.ask(Leads(named, place.fragment, original))
    if entered is None or entered.target or entered.source is False:
        return
    suggestions = (f"#{entered.suggestion}",) if entered.suggestion else ()
    yield context.finding(
        "there",
        context.article.target.address(link),
        fragment=place.fragment,
        page=place.path,
        source=own[0].span if own else None,
        confidence=Confidence.HIGH if entered.source else Confidence.LOW,
        suggestions=suggestions,
        key=link.destination,
        fix=led_to(link, suggestions, context),
    )


def _made_path(link: Inline, pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    """The `#` of the original became a `/`, or was lost."""
    for other, place in references(pair.source):
        path, lost = link_key(link.destination)[1], place.fragment.lower()
        base = link_key(place.path)[1]
        if path in (f"{base}/{lost}", f"{base}{lost}", f"/{lost}" if not place.path else ""):
            span, fix = context.article.target.address(link), readdressed(link, other.destination, context, safe=False)
            yield context.finding("path", span, fragment=place.fragment, source=other.span, fix=fix)
            return
