"""`bilint align`: the aligned pairs of articles, in a format that people in translation use."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.align.sentences import align_sentences
from bilint.commands.asked import Asked, plan_of
from bilint.commands.nothing import why_nothing
from bilint.commands.printing import FAILED, FOUND, NOTHING, tell, tell_error, write, write_file
from bilint.export import AlignedArticle, aligned, render, suffix
from bilint.guard import attempt, together
from bilint.messages import phrase
from bilint.model import Problem, UserError
from bilint.pipeline import prepare

if TYPE_CHECKING:
    from bilint.align.semantic import Encoder
    from bilint.discover import Target
    from bilint.pipeline import Plan

INDEX = "index.tsv"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is exported, and where to."""

    format: str
    levels: tuple[str, ...]
    output: str | None
    output_dir: str | None
    semantic: bool


@dataclass(frozen=True, slots=True)
class _Left:
    """Articles that were not aligned: those that could not be read or shown, and those without an original at hand."""

    broken: list[Problem] = field(default_factory=list)
    alone: list[Problem] = field(default_factory=list)


def run(asked: Asked, wanted: Wanted) -> int:
    """Align articles, write the pairs, and return the exit code."""
    if wanted.output_dir and (wanted.output or wanted.format == "text"):
        raise UserError("--output-dir goes with --format, and not with --output", "for example --format tmx")
    if wanted.semantic and "sentence" not in wanted.levels:
        raise UserError("--semantic is about sentences, and --level block leaves them out", "leave out one of the two")
    targets, plan = plan_of(asked, {})
    left = _Left()
    articles = list(_aligned(targets, plan, wanted, left))
    if wanted.output_dir:
        for name, text in files(articles, wanted.format, left.broken):
            write_file(os.path.join(wanted.output_dir, name), text)
    elif articles:
        text, broken = together(articles, lambda article: article.target, partial(_rendered, wanted.format))
        left.broken.extend(broken)
        write(text, wanted.output)
    tell((*left.alone, *left.broken))
    if not targets:
        tell_error(*why_nothing(asked.paths, plan.loaded))
    return FAILED if left.broken else FOUND if left.alone else 0 if targets else NOTHING


def _rendered(format_: str, articles: Sequence[AlignedArticle]) -> str:
    return render(articles, format_) if articles else ""


def _aligned(targets: Sequence[Target], plan: Plan, wanted: Wanted, left: _Left) -> Iterator[AlignedArticle]:
    """Yield the alignment of each target, in order; `left` takes those that have none, with the reason."""
    from bilint.align.semantic import load_encoder

    encoder = load_encoder() if wanted.semantic else None
    seconds = plan.loaded.settings.max_seconds
    for target in targets:
        made = attempt(target.path, partial(_article, target, plan, wanted, encoder), seconds=seconds)
        if isinstance(made, Problem):
            left.broken.append(made)
        elif isinstance(made, str):
            left.alone.append(
                Problem(target.path, phrase("{path}: is aligned with nothing: {made}", path=target.path, made=made))
            )
        else:
            yield made


def _article(target: Target, plan: Plan, wanted: Wanted, encoder: Encoder | None) -> AlignedArticle | str:
    """The alignment of an article, or why it has no original."""
    article = prepare(target, plan)
    if article.bitext is None:
        return article.why
    return aligned(article.bitext, partial(align_sentences, encoder=encoder), wanted.levels, wanted.format)


def files(articles: Sequence[AlignedArticle], format_: str, broken: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield a relative file name and its text for each article, then `index.tsv`: file, target, source.

    Files are named like the articles, in the folders that these have below what is common to all. `broken` takes
    articles that cannot be written in this format.
    """
    listed: list[tuple[str, AlignedArticle]] = []
    top = os.path.commonpath([str(Path(each.target).absolute().parent) for each in articles]) if articles else ""
    for article in articles:
        text = attempt(article.target, partial(_rendered, format_, (article,)))
        if isinstance(text, Problem):
            broken.append(text)
            continue
        name = Path(article.target).absolute().relative_to(top).as_posix() + suffix(format_)
        listed.append((name, article))
        yield name, text
    yield INDEX, "".join(f"{name}\t{article.target}\t{article.source}\n" for name, article in listed)
