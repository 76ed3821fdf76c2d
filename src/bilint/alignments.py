"""What `bilint align` makes: the aligned pairs of articles, in a format that people in translation use."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bilint.align.semantic import Encoder
from bilint.align.sentences import align_sentences
from bilint.discover import Target
from bilint.export import FORMATS, AlignedArticle, aligned, render
from bilint.model import UserError
from bilint.pipeline import Plan, prepare

INDEX = "index.tsv"


@dataclass(slots=True)
class Left:
    """Articles that were not aligned: those that could not be read, and those that have no original at hand."""

    broken: list[UserError] = field(default_factory=list)
    alone: list[UserError] = field(default_factory=list)


def align_all(
    targets: Sequence[Target], plan: Plan, levels: Sequence[str], left: Left, encoder: Encoder | None = None
) -> Iterator[AlignedArticle]:
    """Yield the alignment of each target, in order; `left` takes those that have none, with the reason."""
    sentences = partial(align_sentences, encoder=encoder)
    for target in targets:
        try:
            article = prepare(target, plan)
        except UserError as error:
            left.broken.append(error)
            continue
        if article.bitext is None:
            left.alone.append(UserError(f"{target.path}: is aligned with nothing: {article.why}"))
            continue
        yield aligned(article.bitext, sentences, levels)


def files(articles: Iterator[AlignedArticle], format: str) -> Iterator[tuple[str, str]]:  # noqa: A002 - the option's name
    """Yield a relative file name and its text for each article, then `index.tsv`: file, target, source.

    Files are named like the articles, in the folders that these have below what is common to all.
    """
    listed: list[tuple[str, AlignedArticle]] = []
    done = list(articles)
    top = os.path.commonpath([str(Path(article.target).absolute().parent) for article in done]) if done else ""
    for article in done:
        name = Path(article.target).absolute().relative_to(top).as_posix() + FORMATS[format]
        listed.append((name, article))
        yield name, render([article], format)
    yield INDEX, "".join(f"{name}\t{article.target}\t{article.source}\n" for name, article in listed)
