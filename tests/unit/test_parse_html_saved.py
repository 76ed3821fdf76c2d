"""What scripts, highlighters and templates of saved pages do to an article."""

from __future__ import annotations

import pytest

from bilint.model import PLACEHOLDER, Block, InlineKind, Kind
from bilint.parse import html


def read(page: str) -> tuple[Block, ...]:
    return html.parse(page, "page.html").blocks


def texts(page: str) -> list[str]:
    return [block.prose.text or block.content for block in read(page)]


def images(page: str) -> list[str]:
    return [image.destination for block in read(page) for image in block.images()]


def links(page: str) -> list[str]:
    return [link.destination for block in read(page) for link in block.links()]


def formulas(page: str) -> list[str]:
    return [i.content for block in read(page) for i in block.inlines if i.kind is InlineKind.MATH]


@pytest.mark.parametrize(
    "anchor",
    [
        "<a class=hash-link href=#a>\u200b</a>",
        "<a class=header-anchor href='#a' aria-label=x>&ZeroWidthSpace;</a>",
        "<a href=#a>#</a>",
        "<a href='https://example.org/page#a'>¶</a>",
        "<a class=anchor href=#a><svg><title>Link</title></svg></a>",
        "<a href=#a>&para; <!-- x --></a>",
        "<a class=headerlink href=#a>whatever</a>",
        "<a class=anchor href=#a>Permalink</a>",
        "<a name=a href=#a></a>",
    ],
)
def test_anchor_of_a_heading_is_left_out(anchor: str) -> None:
    for page in (f"<h2>A{anchor}</h2>", f"<h2>{anchor}A</h2>", f"<dt>A {anchor}</dt>"):
        [block] = read(page)
        assert (block.prose.text, block.inlines) == ("A", ())


@pytest.mark.parametrize("link", ["<a href=#a>A</a>", "<a href=#fn1>1</a>", "<a href='#a'><img src=b></a>"])
def test_link_within_the_page_is_kept(link: str) -> None:
    assert links(f"<p>{link}</p>") == ["#a" if "#a" in link else "#fn1"]


@pytest.mark.parametrize(
    ("page", "content"),
    [
        ("<td class=gutter><pre>1\n2</pre></td><td class=code><pre>a\nb</pre></td>", "a\nb\n"),
        ("<pre><span class=lineno>1 </span>a\n<span class=lineno>2 </span>b</pre>", "a\nb\n"),
        ("<pre><span class='ln xy'>if</span> a</pre>", "if a\n"),
        (
            "<pre><code><span class=line>a</span><span class=line></span><span class=line>b</span></code></pre>",
            "a\n\nb\n",
        ),
        ("<pre><span class=line>a</span>\n<span class=line></span>\n<span class=line>b</span></pre>", "a\n\nb\n"),
        ("<pre><span class=line><span class=cl>a\n</span></span><span class=line>b</span></pre>", "a\nb\n"),
        (
            "<pre><table><tr><td class=linenos>1</td><td>a<tr><td class=linenos>2</td><td><tr><td>b</table></pre>",
            "a\n\nb\n",
        ),
        ("<pre><ol><li><span class=line>a</span></li><li>b</li></ol></pre>", "a\nb\n"),
        ("<pre class=line-numbers><code>1\n2</code></pre>", "1\n2\n"),
        ("<pre>a<br><br>b<br></pre>", "a\n\nb\n"),
        ("<pre>a<button>Copy</button><div class=copy-btn>Copy code</div></pre>", "a\n"),
        ("<div class=zeroclipboard><clipboard-copy>Copy</clipboard-copy></div><pre>a</pre>", "a\n"),
    ],
)
def test_code_is_without_the_aids_of_its_page(page: str, content: str) -> None:
    assert [(b.kind, b.content) for b in read(page)] == [(Kind.CODE, content)]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p class=ln>words</p>", "words"),
        ("<p class=copyright>© A</p>", "© A"),
        ("<p>a <span class=lang>French word</span></p>", "a French word"),
        ("<div class='gutter x'>12 words</div>", "12 words"),
    ],
)
def test_class_names_alone_leave_nothing_out(page: str, text: str) -> None:
    assert texts(page) == [text]


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("<pre class='highlight python'>", "python"),
        ("<pre class='brush: js notranslate'>", "js"),
        ("<div class='highlight-source-c++ x'><pre>", "c++"),
        ("<div class='language-sh highlighter-rouge'><div class=highlight><pre class=highlight>", "sh"),
        ("<pre><code class='hljs language-go'>", "go"),
        ("<div class=highlight-default><pre>", ""),
        ("<pre><code class=language-plaintext>", ""),
    ],
)
def test_language_of_code(tag: str, language: str) -> None:
    assert [block.info for block in read(f"{tag}a")] == [language]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<img src=small.gif data-src=a.png>", ["a.png"]),
        ("<img src='data:image/gif;base64,AAAA' srcset='a.png 1x, b.png 2x'>", ["a.png"]),
        ("<img srcset='a,b.png 1x, c.png 2x'>", ["a,b.png"]),
        ("<img src=a.png srcset='b.png 2x'>", ["a.png"]),
        (
            "<picture><source srcset='a.webp 1x'><source srcset='a.jpg 1x'><img alt=x></picture><img src=b>",
            ["a.jpg", "b"],
        ),
        ("<picture><source srcset=a.webp><img src=a.png></picture>", ["a.png"]),
        ("<picture><source srcset=a.webp></picture><img>", []),
        ("<img alt=x>", []),
        ("<img src='data:image/png;base64,iVBORw0KGgo='>", ["data:image/png"]),
        ("<img src=a.png data-src=a.png><noscript><img src=a.png></noscript>", ["a.png"]),
        ("<noscript><img src=b.png></noscript><img src=a.png>", ["a.png"]),
        ("<div><img src=data:,></div><noscript><p><img src=b.png></noscript>", ["b.png"]),
        ("<figure><noscript><img src=b.png></noscript></figure><figure><img src=c.png></figure>", ["b.png", "c.png"]),
        ("<noscript><img src=b.png height=1 width=1></noscript>", []),
        ("<noscript><img src=b.png style='display:none'></noscript>", []),
        ("<noscript>Please turn on <b>JavaScript</b></noscript>", []),
        ("<img src=proxy data-canonical-src=https://a.org/b.png>", ["https://a.org/b.png"]),
    ],
)
def test_every_image_counts_once(page: str, expected: list[str]) -> None:
    assert images(page) == expected
    assert texts(page) == (
        [PLACEHOLDER * len(expected)] if expected and "figure" not in page else [PLACEHOLDER] * len(expected)
    )


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("https://medium.com/r/?url=https%3A%2F%2Fa.org%2Fb%3Fc%3Dd", "https://a.org/b?c=d"),
        ("https://www.google.com/url?q=https://a.org/&amp;sa=D", "https://a.org/"),
        ("https://www.google.com/url?q=search+words", "https://www.google.com/url?q=search+words"),
        ("https://medium.com/@a/b?source=post_page-----1f2e----------------------", "https://medium.com/@a/b"),
        ("../a.md", "../a.md"),
        ("https://[broken", "https://[broken"),
        ("https://medium.com/r/?url=", "https://medium.com/r/?url="),
    ],
)
def test_links_lead_to_what_is_behind_a_redirect(href: str, target: str) -> None:
    assert links(f"<p><a href='{href}'>a</a></p>") == [target]


def test_link_that_runs_a_script_is_text() -> None:
    assert (links("<a href='javascript:void(0)'>a</a>"), texts("<a href='javascript:void(0)'>a</a>")) == ([], ["a"])


TEX = "<annotation encoding='application/x-tex'>x &lt; 2</annotation>"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"<span class=katex><span><math>{TEX}</math></span><span aria-hidden=true>x2</span></span>", ["x < 2"]),
        ("<span class=MathJax_Preview>x</span><script type='math/tex'>x < 2</script>", ["x < 2"]),
        (f"<b><nobr aria-hidden=true>x</nobr><math>{TEX}</math></b><script type=math/tex>x</script>", ["x < 2"]),
        ("<span class='math inline'>\\(x &lt; 2\\)</span>", ["x < 2"]),
        ("<div class=math>\n\\[x < 2\\]</div>", ["x < 2"]),
        ("<math-renderer class=js-display-math>$$x < 2$$</math-renderer>", ["x < 2"]),
    ],
)
def test_formula_is_read_once(page: str, expected: list[str]) -> None:
    assert (formulas(page), texts(page)) == (expected, [PLACEHOLDER])


@pytest.mark.parametrize("page", ["<p class=math>prose</p>", "<p>costs $5</p>", "<span class=math>5 $</span>"])
def test_prose_is_no_formula(page: str) -> None:
    assert formulas(page) == []


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<details><summary>a</summary><div style='display:none'>b</div></details><div hidden>c</div>", ["a", "b"]),
        ("<div role=tabpanel>a</div><div role=tabpanel hidden>b</div>", ["a", "b"]),
        ("<p hidden=until-found>a</p>", ["a"]),
        ("<body><div aria-hidden=true><p>a</p></div><div role=dialog>b</div>", ["a", "b"]),
        ("<body><div><div aria-hidden=true>a</div><p>b</p></div>", ["b"]),
        ("<x-card hidden>a</x-card><x-card>b</x-card>", ["b"]),
        ("<p class=sr-only>a</p><p>b <span class=visually-hidden>c</span></p>", ["b"]),
        ("<mdn-x><template shadowrootmode=open><p>a</p></template><p>b</p></mdn-x>", ["b"]),
        ("<p>a\x00b&#32;\x00c</p>", ["ab c"]),
        ('<script type=\'application/ld+json\'>{"a": "<p>b</p>"}</script><p>c</p>', ["c"]),
    ],
)
def test_what_readers_can_see_is_read(page: str, expected: list[str]) -> None:
    assert texts(page) == expected


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<div class='x sidebar'>a", ("aside",)),
        ("<div id=comments><ul><li>a", ("aside", "list", "item")),
        ("<div class=table-of-contents><ul class=toc><li>a", ("nav", "nav", "list", "item")),
        ("<div class=site-footer>a", ("footer",)),
        ("<div class=cookie-banner role=dialog>a", ("aside",)),
        ("<body class=sidebar><main class=sidebar><div class='has-sidebar no-comments'>a", ()),
    ],
)
def test_boxes_are_named_by_class_and_id(page: str, words: tuple[str, ...]) -> None:
    [block] = read(page)
    assert block.container == words
