"""`bilint terms mine`: a glossary proposed from the project's own aligned sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilint.align.sentences import align_sentences
from bilint.commands.asked import Asked, plan_of
from bilint.commands.nothing import why_nothing
from bilint.commands.one_by_one import one_by_one
from bilint.commands.printing import FAILED, FOUND, NOTHING, tell, tell_error, write
from bilint.messages import phrase
from bilint.mining import Sentence, proposals
from bilint.mining.formats import FORMATS
from bilint.model import PLACEHOLDER, AlignedPair, Kind, Problem, Segment
from bilint.pipeline import prepare
from bilint.text.scripts import is_traditional

if TYPE_CHECKING:
    from bilint.discover import Target
    from bilint.pipeline import Plan

_CERTAIN = 0.7
"""Sentences that are aligned with less certainty show nothing about words."""
_CODE = "…"
"""Stands for code and pictures in a sentence."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is proposed: terms with so many uses and more, the most frequent first, at most so many; and where to."""

    format: str
    output: str | None
    least: int
    most: int


def run(asked: Asked, wanted: Wanted) -> int:
    """Write the proposals, and return the exit code."""
    targets, plan = plan_of(asked, {})
    if not targets:
        tell_error(*why_nothing(asked.paths, plan.loaded))
        return NOTHING
    broken: list[Problem] = []
    sentences: list[Sentence] = []
    for made in one_by_one(targets, plan, _sentences, broken):
        sentences += made
    traditional = is_traditional("".join(each.chinese for each in sentences))
    found = list(proposals(sentences, wanted.least, traditional=traditional))[: wanted.most]
    if found:
        write(FORMATS[wanted.format](found), wanted.output)
    else:
        tell_error(
            phrase("no term has {least} uses in {count} aligned sentences", least=wanted.least, count=len(sentences)),
            "try --min-uses",
        )
    tell(broken)
    return FAILED if broken else 0 if found else FOUND


def _sentences(target: Target, plan: Plan) -> list[Sentence]:
    article = prepare(target, plan)
    return list(_aligned(article.bitext.pairs, target.path)) if article.bitext else []


def _aligned(pairs: tuple[AlignedPair, ...], path: str) -> Iterator[Sentence]:
    for pair in pairs:
        is_code = any(block.kind is Kind.CODE for block in (*pair.source, *pair.target))
        if pair.score < _CERTAIN or not pair.source or not pair.target or is_code:
            continue
        for each in align_sentences(pair):
            if each.score >= _CERTAIN and each.source and each.target:
                yield Sentence(_text(each.source), _text(each.target), path)


def _text(segments: Sequence[Segment]) -> str:
    return " ".join(segment.text for segment in segments).replace(PLACEHOLDER, _CODE)
