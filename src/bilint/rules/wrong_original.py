"""wrong-original: the article is compared with, or names, a text it does not translate."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.messages import phrase
from bilint.model import Article, Confidence, Finding, KnownBy, Original, Pairing, Severity, Span
from bilint.reading.counts import ArticlesOf, originals
from bilint.rules import Context, Options, rule
from bilint.text.links import is_broken, link_key

_PART = 0.65
"""Share of a translation, 0 to 1, that aligns with no text but its own: another edition, or one page of several."""
_WHOLE = 0.8
"""Share of an original, 0 to 1, from which on an article holds all of it, and is no part of a series."""
_NAME_IT = "the article was checked alone; name the right original {place}, or save it as `{file}`"
_WHERE = {
    "link": phrase("in the link to it here"),
    "via": phrase("in the `via:` line here"),
    "front matter": phrase("in this key of the front matter"),
    "comment": phrase("in this comment"),
    "path": phrase("in a line `> 原文：<URL>` under the title"),
    "named": phrase("in the line here that names it"),
    "source": phrase("with --source"),
    "pairs": phrase("in the file of pairs"),
}
"""Where an article names its original, by how it was found."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="meta",
    counts=(originals,),
    yields_to="unclosed-fence",
    messages={
        "language": "the original is not in English (language code `{language}`)",
        "part": "only {share:.0%} of the text aligns with the original: it is another version of it, or a part",
        "other": "this is no translation of its original: {share:.0%} of the text aligns with it",
        "rewritten": "the original has been rewritten since: {share:.0%} of the text aligns with it",
        "broken": "the address of the original cannot work: `{address}`",
        "elsewhere": "the English file names another address as its own: `{address}`",
        "shared": "{articles} articles name this original; {share:.0%} of it is in this one",
    },
    help={
        **dict.fromkeys(("language", "part", "other"), _NAME_IT),
        "elsewhere": "if that is the page that was translated, name it {place}; else save the right page as `{file}`, "
        "or mend the address in it",
        "rewritten": "the article was checked alone; translate it again, or name the version that was translated",
    },
    known_by=KnownBy.ARTICLE,
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """The original that was found is not the English text of this article.

    ## Why
    A wrong link, a page that moved, an error page saved in place of the article: compared with the wrong text,
    everything would look missing. Such an article is checked alone. Reported are an original of which hardly anything
    aligns (at a mirrored path it has been rewritten since), one that is not in English, an address that cannot work,
    and one that differs from the address the English file names itself: `info` where all of the text aligns, for then
    only an address is wrong. Several articles that name one original, as
    the parts of a series do, are reported as `info`.

    ## Bad
    ```en
    # Feeding the birds in winter

    Put out seeds and fat from the first frost on, and keep the water in the bowl from freezing at night.

    Clean the feeder every week, because sick birds leave their germs on it.
    ```
    ```zh
    # 用 SQLite 记录天气

    我们先来设计一张数据表：每天一行，记下日期、最高气温和备注，再给日期建一个索引。

    然后写一个脚本，每晚读取温度计的数值并写入数据库。
    ```

    ## Good
    ```en
    # Feeding the birds in winter

    Put out seeds and fat from the first frost on, and keep the water in the bowl from freezing at night.
    ```
    ```zh
    # 冬天喂鸟

    从第一次霜冻开始放上种子和油脂，夜里别让碗里的水结冰。
    ```

    ## Source
    bilint; the language is told by script, by the commonest English words, and by langdetect.
    """
    original, where = article.original, _where(article)
    if original is None:
        return
    place, file = _place(original), original.path or ""
    if article.pairing and not article.pairing.fits:
        compared = (("original", original.path or original.uri or ""),)
        found = article.pairing
        yield context.finding(
            _mismatch(found, original),
            where,
            language=found.language,
            share=found.target,
            place=place,
            file=file,
            evidence=compared,
            key="another",
        )
    elif original.uri and is_broken(original.uri):
        yield context.finding("broken", where, address=original.uri, severity=Severity.WARNING, key=original.uri)
    elif original.uri and article.source_uri and link_key(original.uri)[:2] != link_key(article.source_uri)[:2]:
        yield context.finding(
            "elsewhere",
            where,
            address=article.source_uri,
            severity=Severity.INFO if _is_whole(article.pairing) else Severity.WARNING,
            confidence=Confidence.MEDIUM,
            place=place,
            file=file,
            key=article.source_uri,
        )
    yield from _shared(article, context, where)


def _place(original: Original) -> str:
    """Where the article names its original, or should: one found by its path may name a page as well."""
    if original.found_by == "path" and original.uri:
        return _WHERE["named"]
    return _WHERE.get(original.found_by, _WHERE["path"])


def _is_whole(pairing: Pairing | None) -> bool:
    return pairing is not None and min(pairing.target, pairing.source) >= _WHOLE


def _mismatch(pairing: Pairing, original: Original) -> str:
    if pairing.language != "en":
        return "language"
    if original.found_by == "path":  # two files that lie where translation and original do belong together
        return "rewritten"
    return "part" if pairing.target >= _PART else "other"


def _shared(article: Article, context: Context[Options], where: Span) -> Iterator[Finding]:
    """Parts of a series: several articles name one original, and this one holds some of it only."""
    if article.bitext is None or article.pairing is None or article.pairing.source >= _WHOLE:
        return
    articles = context.ask(ArticlesOf(article.bitext.source.path))
    if articles > 1:
        yield context.finding(
            "shared",
            where,
            articles=articles,
            share=article.pairing.source,
            severity=Severity.INFO,
            confidence=Confidence.MEDIUM,
        )


def _where(article: Article) -> Span:
    if article.original and article.original.span:
        return article.original.span
    return Span(0, len(article.target.line(1))) if article.target.text else Span(0, 0)
