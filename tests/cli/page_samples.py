"""What the tests of pages share: articles with all that a page shows, hostile ones, and a look at the mark-up."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from lxml import html

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from runs import Folder

ENGLISH = """# The kettle

Fill the kettle with [cold water](https://example.com/water) and wait. Then pour it **slowly**.

- First warm the *pot*.
  1. Then add the tea.

| Tea | Minutes |
| --- | --- |
| green | 2 |

> A quiet word about `steam` and ![a cup](cup.png).

This paragraph about sugar, milk and lemon was left out of the translation, all of its words.

```sh
boil --all
```

## Afterwards

Wash the cups in the evening, dry them with a towel, and put them back on the shelf.

The next day you may begin again with a fresh pot of water.

Nothing is better than tea in the morning, when the house is still asleep.
"""
CHINESE = """# 水壶

把水壶装满[冷水](https://example.com/water),然后等一等。再**慢慢地**倒出来。

- 先温一温*壶*。
  1. 再放茶叶。

| 茶 | 分钟 |
| --- | --- |
| 绿茶 | 2 |

> 关于 `steam` 和 ![一只杯子](cup.png) 说一句悄悄话。

```sh
boil --all
```

## 之后

晚上把杯子洗干净，用毛巾擦干，再放回架子上。

第二天你可以用一壶新的水重新开始。

没有什么比早晨的茶更好,那时屋里的人还在睡觉。
"""
HOSTILE = (
    "</script><script>document.title='owned'</script><!-- --> ]]> &lt;b&gt; \"' \u202e\u2066\x1b[31m"
    "<img src=x onerror=\"document.title='owned'\"></title></style></template></noscript>"
)
HOSTILE_ENGLISH = f"""# The kettle {HOSTILE}

Fill the `</code><script>document.title='owned'</script>` kettle. [Dot](javascript:document.title='owned')

- ![alt"<b>](x"onerror=alert(1).png) and [see](<https://example.com/"onmouseover=alert(1)>)

```"><script>document.title='owned'</script>
</code></pre></script><script>document.title='owned'</script>
```

This paragraph about <script>document.title='owned'</script> sugar, milk and lemon was left out, all of its words.
"""
HOSTILE_CHINESE = f"""# 水壶 {HOSTILE}

把 `</code><script>document.title='owned'</script>` 水壶装满,好吗？[点](javascript:document.title='owned')

- ![图"<b>](x"onerror=alert(1).png) 和 [看](<https://example.com/"onmouseover=alert(1)>)[](https://example.com/"><script>)

```"><script>document.title='owned'</script>
</code></pre></script><script>document.title='owned'</script>
```
"""
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def write_tea(folder: Folder) -> None:
    """Write the article with its original in place of the sound one."""
    folder.write("zh/kettle.md", CHINESE)
    folder.write("en/kettle.md", ENGLISH)


def write_hostile(folder: Folder) -> None:
    folder.write("zh/hostile.md", HOSTILE_CHINESE)
    folder.write("en/hostile.md", HOSTILE_ENGLISH)


class _Balance(HTMLParser):
    """Reads tags as a browser does that mends nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag


def _all(root: HtmlElement, path: str) -> list[Any]:
    found: list[Any] = root.xpath(path)
    return found


def parsed(page: str) -> HtmlElement:
    """Return a page after a look at what holds for every page: balanced, ids once, nothing loaded, nothing else run."""
    balance = _Balance()
    balance.feed(page)
    assert balance.open == []
    root = html.document_fromstring(page)
    ids = _all(root, "//@id")
    assert len(ids) == len(set(ids))
    assert not root.xpath("//img | //iframe | //object | //embed | //base | //form | //video | //audio | //svg")
    assert root.xpath("//link/@href") == ["data:,"]
    assert not root.xpath("//@src | //@style | //@srcset | //@action | //@background")
    assert not [name for each in root.iter() for name in each.attrib if str(name).startswith("on")]
    assert all(href.startswith(("#", "https://", "http://", "data:,")) for href in _all(root, "//@href"))
    assert len(_all(root, "//script")) == 2
    return root


def words(element: HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join(element.text_content().split())
