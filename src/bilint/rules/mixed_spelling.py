"""mixed-spelling: a word that may be written in two ways, in both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from bilint.model import WRITTEN, Confidence, Document, Finding, Fix, Kind, Role, Severity, Span
from bilint.reading import blocks_with
from bilint.rules import Context, Options, rule

_SPELLINGS = (("其他", "其它"), ("部分", "部份"), ("账号", "帐号"), ("账户", "帐户"), ("图像", "图象"))
"""Words that mean the same in either spelling, as the dictionaries have it."""
_OF_PERSONS = "其他"
"""Whoever writes 其它 of things still has to write 其他 of persons: it is no slip."""
_CLEAR, _TIMES = 5, 5
"""An article that has one spelling so often, and so many times as often as the other, slipped there."""


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="style/inconsistent-style",
    roles=WRITTEN - {Role.CITATION},
    fixes=("safe",),
    messages={"other": "`{here}` where this article writes `{usual}`"},
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """A word that may be written in two ways is written in both in one article.

    ## Why
    其他 and 其它, 部分 and 部份, 账号 and 帐号 are both right, and one of them among many of the other looks like a
    slip. Reported, all places together, is the spelling that an article has in few of many places; which one it has
    mostly does not matter. 其他 among many 其它 is left alone, for persons are never 其它.

    ## Bad
    ```zh
    其他灯都关了。其他人走了，其他房间也空着，只有其他楼层有人。其他窗户关着，其它门开着。
    ```

    ## Good
    ```zh
    其他灯都关了。其他人走了，其他房间也空着，只有其他楼层有人。其他窗户关着，其他门开着。
    ```

    ## Source
    现代汉语词典; MQM 2.0, Style / Inconsistent style.
    """
    for spellings in _SPELLINGS:
        places = {spelling: _places(spelling, document) for spelling in spellings}
        rare, usual = sorted(spellings, key=lambda spelling: len(places[spelling]))
        if rare != _OF_PERSONS and places[rare] and len(places[usual]) >= max(_CLEAR, _TIMES * len(places[rare])):
            first, *more = places[rare]
            fix = Fix.of(document.edits((first, *more), rare, usual), safe=True)
            make = partial(context.finding, more=tuple(more), key=rare, suggestions=(usual,), fix=fix)
            yield make("other", first, here=rare, usual=usual)


def _places(spelling: str, document: Document) -> Sequence[Span]:
    blocks = (block for block in blocks_with(re.compile(spelling), document) if block.kind is not Kind.CODE)
    return [block.prose.span(*match.span()) for block in blocks for match in re.finditer(spelling, block.prose.text)]
