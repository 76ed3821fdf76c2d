"""How alike two translations are, by the metrics of machine translation: sacrebleu computes them.

BLEU (Papineni et al. 2002) over Chinese characters, chrF++ (Popović 2017), TER (Snover et al. 2006), each with its
signature, as Post (2018), "A Call for Clarity in Reporting BLEU Scores", asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric, Score

SAMPLES = 1000
"""Bootstrap samples, as sacrebleu's own command takes by default."""


class Likeness(Struct, frozen=True):
    """A metric over all segments, 0 to 100 (TER may be above), and half the width of its 95 % confidence interval."""

    name: str
    score: float
    mean: float
    half_width: float
    signature: str


class Rival(Struct, frozen=True):
    """The same metric of another translation, and how likely a difference as large is by chance alone (0 to 1)."""

    score: float
    mean: float
    half_width: float
    p_value: float


def likeness(ours: Sequence[str], reference: Sequence[str]) -> list[Likeness]:
    """Return BLEU, chrF++ and TER of a translation against a reference, segment by segment."""
    return [_likeness(metric, ours, reference) for metric in _metrics()]


def rivals(ours: Sequence[str], other: Sequence[str], reference: Sequence[str]) -> list[Rival]:
    """Return what `likeness` says of the other translation, tested against ours by paired bootstrap resampling."""
    from sacrebleu.significance import PairedTest, Result

    metrics = {type(metric).__name__: metric for metric in _metrics()}
    systems = [("ours", ours), ("other", other)]
    test = PairedTest(systems, metrics, [list(reference)], test_type="bs", n_samples=SAMPLES)
    _, by_metric = test()
    compared = [results[1] for results in by_metric.values() if isinstance(results[1], Result)]
    figures = ((each.score, each.mean, each.ci, each.p_value) for each in compared)
    return [Rival(*(float(figure or 0) for figure in each)) for each in figures]  # NumPy's floats are none of JSON's


def _metrics() -> tuple[Metric, ...]:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    return BLEU(tokenize="zh"), CHRF(word_order=2), TER(normalized=True, asian_support=True)


def _likeness(metric: Metric, ours: Sequence[str], reference: Sequence[str]) -> Likeness:
    found: Score = metric.corpus_score(ours, [reference], n_bootstrap=SAMPLES)
    figures = float(found.score), float(found._mean), float(found._ci)
    return Likeness(found.name, *figures, str(metric.get_signature()))
