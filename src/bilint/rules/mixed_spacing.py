"""mixed-spacing: blanks between Chinese and Latin that the project sets otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import Literal

from bilint.model import Confidence, Document, Edit, Finding, Fix, Severity, Span
from bilint.reading.typography import Feature, Habit, IsUsual, IsWanted, border_places, code_borders, shares, typography
from bilint.rules import Context, Options, rule
from bilint.text.scripts import HAN

_KINDS: tuple[Feature, ...] = ("letters", "digits", "code")
_OWN = 0.8
_OWN_PLACES = 8
_SLIPS = 4
"""Without a project, an article has a habit of its own: this share of this many places, and few slips."""

_FAR = 60
_CODE = rf"(?P<marks>`{{1,3}})(?:(?!(?P=marks)).){{1,{_FAR}}}(?P=marks)"
_SIDE = rf"{_CODE}|[{HAN}]{{1,3}}|[A-Za-z0-9][\w.-]{{0,{_FAR}}}"
_LEFT, _RIGHT = re.compile(f"(?:{_SIDE})$", re.ASCII), re.compile(_SIDE, re.ASCII)
"""What a message shows of either side, of so many characters around the place."""
_BETWEEN = re.compile(r"</[a-z]+>\s*<[a-z]")
"""One element ends and another begins: two words that are shown one instead of the other, or as two columns."""


class SpacingOptions(Options, frozen=True):
    """Options of mixed-spacing."""

    habit: Literal["of-the-project", "spaced", "tight"] = "of-the-project"
    """Whether a blank stands between Chinese and Latin letters or digits: decided here, or by what most articles do."""


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/spacing",
    options=SpacingOptions,
    counts=(typography,),
    fixes=("safe", "unsafe"),
    messages={
        "tight": "no blank between `{left}` and `{right}`, as set everywhere else",
        "spaced": "a blank between `{left}` and `{right}`, as set nowhere else",
        "tight-here": "no blanks between Chinese and Latin in this article, as between `{left}` and `{right}`",
        "spaced-here": "blanks between Chinese and Latin in this article, as between `{left}` and `{right}`",
    },
    help={
        "tight-here": "the articles around it, or the settings, have them",
        "spaced-here": "the articles around it, or the settings, have none",
    },
)
def check(document: Document, context: Context[SpacingOptions]) -> Iterator[Finding]:
    """Blanks between Chinese and Latin letters, digits or code are set otherwise than in the rest of the project.

    ## Why
    Some publishers set a blank between Chinese and Latin, some do not; both are right, a mixture is not. What is
    right is told by the project, the innermost folder with five articles to tell: its median article sets 95 % of
    its blanks, or none. Where articles differ, nothing is reported. Letters, digits and code are three habits. An
    article checked alone has its own habit, where all but a few places agree. All places of an article are one
    finding.

    ## Bad
    ```zh
    在 Linux 上安装 Docker，在 Fedora 上使用 Podman，在 Windows 上使用 WSL，最后用Git下载文件。
    ```

    ## Good
    ```zh
    在 Linux 上安装 Docker，在 Fedora 上使用 Podman，在 Windows 上使用 WSL，最后用 Git 下载文件。
    ```

    ## Options
    - `habit`: `spaced` or `tight` decides for all articles; `of-the-project` counts.

    ## Source
    W3C, Requirements for Chinese Text Layout, 3.2.2; GB/T 15834—2011 is silent about it.
    """
    own, wanted = shares(document), {feature: _is_wanted(feature, document, context) for feature in _KINDS}
    wrong: dict[bool, set[Span]] = {True: set(), False: set()}
    amiss = {feature for feature in own if _is_amiss(wanted.get(feature), *own[feature])}
    for feature, span, is_spaced in _places(document, amiss):
        if is_spaced is not wanted[feature] and not _BETWEEN.search(document.text, span.start, span.end):
            wrong[not is_spaced].add(span)
    for is_wanted, spans in wrong.items():
        places = sorted(spans)
        if places:
            could = sum(own[feature][1] for feature in _KINDS if wanted[feature] is is_wanted and feature in own)
            here = "-here" if 2 * len(places) > could else ""
            left, right = _sides(document.text, places[0])
            yield context.finding(
                f"{'tight' if is_wanted else 'spaced'}{here}",
                places[0],
                left=left,
                right=right,
                more=tuple(places[1:]),
                fix=Fix.of(_edits(places, document.text, is_wanted=is_wanted), safe=_is_certain(context)),
            )


def _is_amiss(is_wanted: bool | None, spaced: int, total: int) -> bool:
    """Whether so many borders of a kind with a blank, of so many in all, are not what is wanted."""
    return is_wanted is not None and spaced != (total if is_wanted else 0)


def _places(document: Document, features: Set[Feature]) -> Iterator[tuple[Feature, Span, bool]]:
    """Yield the borders of these kinds, and whether they have a blank."""
    for block, border in border_places(document) if not features.isdisjoint(("letters", "digits")) else ():
        if border.beside in features:
            yield border.beside, block.prose.span(border.start, border.end), border.is_spaced
    for start, end, is_spaced in code_borders(document) if "code" in features else ():
        yield "code", Span(start, end), is_spaced


def _edits(places: Iterable[Span], text: str, *, is_wanted: bool) -> Iterator[Edit]:
    """Yield a blank at each border, or none; not where marks stand between the two characters."""
    for start, end in places:
        if is_wanted and end - start == 2:
            yield Edit(Span(start + 1, start + 1), " ")
        elif not is_wanted and text[start + 1 : end - 1] == " ":
            yield Edit(Span(start + 1, end - 1), "")


def _is_certain(context: Context[SpacingOptions]) -> bool:
    """Whether the settings say what is right."""
    return context.options.habit != "of-the-project"


def _sides(text: str, place: Span) -> tuple[str, str]:
    """What stands on either side: a few Han characters, a word, or code with its marks."""
    before = text[: place.start + 1].rstrip(" ")[-_FAR:]
    after = text[place.end - 1 : place.end + _FAR].lstrip(" ")
    left, right = _LEFT.search(before), _RIGHT.match(after)
    return left[0] if left else before[-1:], right[0] if right else after[:1]


def _is_wanted(feature: Feature, document: Document, context: Context[SpacingOptions]) -> bool | None:
    """Whether a blank belongs there; None where nothing says so."""
    if context.options.habit != "of-the-project":
        return context.options.habit == "spaced"
    spaced, total = shares(document).get(feature, (0, 0))
    habit = Habit.around(feature, document)
    if spaced in (0, total):  # all of one kind: wrong only where all others are of the other
        is_other = bool(total) and context.ask(IsUsual(habit, "never" if spaced else "always"))
        return bool(spaced) is not is_other
    slips = min(spaced, total - spaced)
    has_habit = total >= _OWN_PLACES and slips <= _SLIPS and slips <= (1 - _OWN) * total
    return context.ask(IsWanted(habit, spaced > slips if has_habit else None))
