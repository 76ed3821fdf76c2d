"""`bilint score`: how good translations are, in figures, as a table or JSON."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from bilint.commands.asked import Asked, plan_of
from bilint.commands.checking import checked
from bilint.commands.nothing import why_unchecked
from bilint.commands.printing import FAILED, FOUND, NOTHING, tell, tell_error, write, write_file
from bilint.commands.scored import Earlier, Lines, Result, record
from bilint.guard import attempt
from bilint.messages import phrase
from bilint.model import Problem, UserError
from bilint.scoring import Score, Segments, likeness, rivals, scores, side_by_side
from bilint.text.escapes import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilint.discover import Target
    from bilint.pipeline import Plan
    from bilint.settings import Weights

T = TypeVar("T")
_LARGEST = 100_000_000
"""Bytes of an earlier score; 100,000 articles take 20,000,000."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the figures are compared with, and how they are shown.

    `reference` and `rival` are folders of other translations of the same articles, `segments` is a folder that what
    was compared is written to.
    """

    format: str
    jobs: int
    output: str | None = None
    most: float | None = None
    baseline: str | None = None
    reference: str | None = None
    rival: str | None = None
    segments: str | None = None
    has_cache: bool = True


def run(asked: Asked, wanted: Wanted) -> int:
    """Score articles, print the figures, and return the exit code."""
    if (wanted.rival or wanted.segments) and not wanted.reference:
        raise UserError("--against and --segments go with --reference", "name the folder of the reviewed translations")
    earlier = _earlier(wanted.baseline) if wanted.baseline else {}
    # Known findings are faults still: a baseline must not flatter.
    targets, plan = plan_of(asked, {"baseline": ""})
    report, _ = checked(targets, plan, wanted.jobs, has_cache=wanted.has_cache)
    weights = plan.loaded.settings.score
    scored = scores(report, weights)
    problems = list(report.problems)
    result = Result(scored, earlier)
    if wanted.reference and scored.articles:
        compared = [target for target in targets if target.path in scored.articles]
        result = msgspec.structs.replace(result, **_compared(compared, plan, asked, wanted, problems))
    if scored.articles or wanted.format == "json":
        shown = to_json(record(result, weights)) if wanted.format == "json" else "".join(Lines(result).lines())
        write(shown, wanted.output)
    tell(problems)
    if problems:
        return FAILED
    if not scored.articles:
        hint = phrase("`bilint show originals` says where it was looked for")
        alone = phrase("no article has an original"), hint
        tell_error(*(alone if report.articles else why_unchecked(report.sources, asked.paths, plan.loaded)))
        return NOTHING
    return FOUND if _is_too_bad(scored.project, weights, wanted.most) else 0


def _is_too_bad(project: Score, weights: Weights, most: float | None) -> bool:
    limit = weights.most if most is None else most
    return limit is not None and project.normed > limit


def _earlier(file: str) -> dict[str, float]:
    """Return the penalties per 1,000 words in what `--format json` wrote, by path; that of the project by ``""``."""
    from bilint.files import read_bytes

    try:
        found = msgspec.json.decode(read_bytes(file, _LARGEST), type=Earlier)
    except msgspec.DecodeError as error:
        hint = phrase("`bilint score --format json -o FILE` makes one")
        raise UserError("{file}: is no score: {error}", hint, file=file, error=error) from error
    project = {"": found.project.penalty_per_1000_words}
    return {**project, **{each.path: each.penalty_per_1000_words for each in found.articles}}


def _compared(
    targets: Sequence[Target], plan: Plan, asked: Asked, wanted: Wanted, problems: list[Problem]
) -> dict[str, object]:
    """Return the fields of `Result` that say how like the references the articles are."""
    assert wanted.reference
    folders = [wanted.reference, *([wanted.rival] if wanted.rival else [])]
    for folder in folders:
        if not Path(folder).is_dir():
            raise UserError("{folder}: is no folder", folder=folder)
    without: list[str] = []
    segments: list[Segments] = []
    for target, found in _with_others(targets, _tops(asked, targets), folders):
        others = [file for file in found if file]
        if len(others) < len(folders):
            without.append(target.path)
            continue
        made = attempt(target.path, partial(_segments, target, others, plan), seconds=plan.loaded.settings.max_seconds)
        if isinstance(made, Problem):
            problems.append(made)
        else:
            segments += made
    if not segments:
        what = phrase("none of the articles is in {folders}", folders=" + ".join(folders))
        problems.append(Problem("", what, phrase("files are looked for by their paths in PATHS")))
        return {"without": without}
    ours, reference, *rest = ([each[n] for each in segments] for n in range(len(folders) + 1))
    if wanted.segments:
        _write_segments(wanted.segments, ours, reference, *rest)
    return {
        "without": without,
        "segments": len(segments),
        "likenesses": likeness(ours, reference),
        "rivals": rivals(ours, rest[0], reference) if rest else (),
    }


def _write_segments(folder: str, ours: Sequence[str], reference: Sequence[str], *rest: Sequence[str]) -> None:
    """Write what was compared, one segment a line, as sacrebleu's own command takes it."""
    for name, lines in zip(("articles.txt", "reference.txt", "against.txt"), (ours, reference, *rest), strict=False):
        write_file(os.path.join(folder, name), "".join(f"{line}\n" for line in lines))


def _tops(asked: Asked, targets: Sequence[Target]) -> list[str]:
    """Return the folders that articles are named from in other folders, the longest first."""
    tops = {path if os.path.isdir(path) else os.path.dirname(path) for path in asked.paths}
    if not tops:
        tops = {os.path.commonpath([os.path.dirname(os.path.abspath(target.path)) for target in targets])}
    return sorted((os.path.abspath(top) for top in tops), key=lambda top: (-len(top), top))


def _with_others(
    targets: Sequence[Target], tops: Sequence[str], folders: Sequence[str]
) -> Iterator[tuple[Target, list[str | None]]]:
    """Yield each article with its other translations: the file of the same path in each folder, if there is one."""
    for target in targets:
        full = os.path.abspath(target.path)
        below = [os.path.relpath(full, top) for top in tops if os.path.commonpath([full, top]) == top]
        yield (
            target,
            [next((p for p in (os.path.join(f, b) for b in below) if os.path.isfile(p)), None) for f in folders],
        )


def _segments(target: Target, others: Sequence[str], plan: Plan) -> list[Segments]:
    """The passages of an article and its other translations. Raises UserError when one cannot be read."""
    from bilint.align import align
    from bilint.export import BLOCK, aligned
    from bilint.parse import read
    from bilint.pipeline import prepare

    article = prepare(target, plan)
    assert article.bitext, target.path
    source, most = article.bitext.source, plan.loaded.settings.max_file_bytes
    versions = [article.bitext, *(align(source, read(other, most=most)) for other in others)]
    return side_by_side([aligned(each, lambda pair: (), (BLOCK,)) for each in versions])
