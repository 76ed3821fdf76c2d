"""changed-image: another picture than the original's, or a link shown as a picture."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from bilint.model import Bitext, Block, Confidence, Finding, Inline, Severity
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import readdressed
from bilint.text.scripts import has_han

_LOCALE = re.compile(r"(?<![a-z])(?:zh|cn|tw|hk|mo|en|us|hans|hant|sc|tc|chinese|english)(?![a-z])", re.I)
_NO_LETTER = re.compile(r"[\W_]+")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)(?:$|[?#])", re.I)
_VERSION = re.compile(r"\d+$|(?:new|old|copy|dark|light|min|v\d+|\d+x\d*)$", re.I)


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/link",
    fixes=("unsafe",),
    messages={
        "other": "image `{here}` where the original has `{original}`",
        "shown": "link `{here}` of the original is shown as an image",
    },
    help={"shown": "leave out the `!` before the link"},
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """An image of the same folder was taken for the original's, or a link became an image.

    ## Why
    Paths of images are completed by editors and copied from line to line: the wrong figure is easily shown, and nobody
    notices who cannot read it. Only images of the original's own folder are compared: teams store pictures elsewhere,
    and call their own by the language, in Chinese, or by the same words with more.

    ## Bad
    ```en
    ![The list of kettles](images/kettles-list.png)
    ```
    ```zh
    ![水壶列表](images/kettles-detail.png)
    ```

    ## Good
    ```en
    ![The list of kettles](images/kettles-list.png)
    ```
    ```zh
    ![水壶列表](images/kettles-list-zh.png)
    ```

    ## Source
    MQM 2.0, Design and markup / Link.
    """
    if "!" not in bitext.target.text and "<img" not in bitext.target.text:
        return
    theirs = {image.destination for image in _images(bitext.source.blocks)}
    ours = [image.destination for image in _images(bitext.target.blocks)]
    for pair in context.pairs:
        new = [i for i in _images(pair.target) if i.destination not in theirs or ours.count(i.destination) > 1]
        if not new or not pair.source:
            continue
        lost = [image for image in _images(pair.source) if image.destination not in ours]
        linked = {link.destination: link for block in pair.source if block.inlines for link in block.links()}
        yield from _other(new, lost, context)
        yield from _shown((i for i in new if i.destination not in theirs), linked, context)


def _other(new: list[Inline], lost: list[Inline], context: Context[Options]) -> Iterator[Finding]:
    """Images of one pair that stand for others, where each has one counterpart."""
    if len(new) != len(lost):
        return
    for image, original in zip(new, lost, strict=True):
        if _is_another(image.destination, original.destination):
            yield context.finding(
                "other",
                context.article.target.address(image),
                here=image.destination,
                original=original.destination,
                source=original.span,
                suggestions=(original.destination,),
                fix=readdressed(image, original.destination, context, safe=False),
            )


def _shown(new: Iterable[Inline], linked: dict[str, Inline], context: Context[Options]) -> Iterator[Finding]:
    for image in new:
        if _PICTURE.search(image.destination):
            continue  # whoever shows a picture instead of linking to it means to
        if image.destination in linked and context.article.target.text.startswith("![", image.span.start):
            yield context.finding("shown", image.span, here=image.destination, source=linked[image.destination].span)


def _is_another(here: str, there: str) -> bool:
    """Whether two images lie in one folder, and neither is the other of another language or version."""
    (folder, name), (other_folder, other_name) = posixpath.split(here), posixpath.split(there)
    if folder != other_folder or has_han(name) or "%" in name or "?" in here:
        return False
    word, other = _stem(name), _stem(other_name)
    return bool(word and other) and word not in other and other not in word


def _stem(name: str) -> str:
    """The letters and digits of a file's name, without language, version and extension."""
    stem = _LOCALE.sub("", posixpath.splitext(name)[0])
    return _NO_LETTER.sub("", _VERSION.sub("", stem)).lower()


def _images(blocks: Iterable[Block]) -> list[Inline]:
    return [image for block in blocks if block.inlines for image in block.images() if image.destination]
