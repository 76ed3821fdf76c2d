"""What `bilint score` found out, as lines and as a record for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from bilint.messages import phrase, say, say_number
from bilint.scoring import Likeness, Rival, Score, Scores
from bilint.settings import Weights
from bilint.text.width import cells, padded
from bilint.version import __version__

SCHEMA_VERSION = 1
_SHOWN = 20
"""Articles in the table, the worst first; JSON has all."""


_COLUMNS = (
    (phrase("words"), 9),
    (phrase("errors"), 8),
    (phrase("warnings"), 10),
    (phrase("info"), 7),
    (phrase("penalty per 1,000 words"), 25),
    (phrase("change"), 10),
)
"""The heads of the columns, and how many cells these take."""


def _right(text: str, width: int) -> str:
    return " " * (width - cells(text)) + text


class _Figure(Struct, frozen=True):
    penalty_per_1000_words: float
    path: str = ""


class Earlier(Struct, frozen=True):
    """What is read of an earlier record."""

    project: _Figure
    articles: tuple[_Figure, ...]


class Result(Struct, frozen=True):
    """The scores; penalties per 1,000 words of an earlier run by path (the project's by ``""``); and likenesses.

    `without` are articles that are not in the folder of the references.
    """

    scores: Scores
    earlier: Mapping[str, float] = {}
    segments: int = 0
    without: Sequence[str] = ()
    likenesses: Sequence[Likeness] = ()
    rivals: Sequence[Rival] = ()

    def change(self, path: str, score: Score) -> float | None:
        """Return how much larger the penalty per 1,000 words is than it was; None when it was not known."""
        return score.normed - self.earlier[path] if path in self.earlier else None


def record(result: Result, weights: Weights) -> dict[str, object]:
    """Return all figures for programs; articles are sorted by path."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "bilint", "version": __version__},
        "weights": {"error": weights.error, "warning": weights.warning, "info": weights.info},
        "project": {"articles": len(result.scores.articles), **_figures("", result.scores.project, result)},
        "articles": [{"path": path, **_figures(path, each, result)} for path, each in result.scores.articles.items()],
        "unscored": [{"path": path, "why": why} for path, why in result.scores.unscored.items()],
        "reference": _reference(result) if result.segments else None,
    }


def _figures(path: str, score: Score, result: Result) -> dict[str, object]:
    change = result.change(path, score) if score.words else None
    return {
        "words": score.words,
        "errors": score.errors,
        "warnings": score.warnings,
        "info": score.infos,
        "penalty": round(score.penalty, 6),
        "penalty_per_1000_words": round(score.normed, 6) if score.words else 0.0,
        "change": None if change is None else round(change, 6),
    }


def _reference(result: Result) -> dict[str, object]:
    rivals: Sequence[Rival | None] = [*result.rivals] or [None] * len(result.likenesses)
    return {
        "segments": result.segments,
        "without": list(result.without),
        "metrics": [
            {
                "name": ours.name,
                "score": ours.score,
                "mean": ours.mean,
                "half_width": ours.half_width,
                "signature": ours.signature,
                "against": None if rival is None else {name: getattr(rival, name) for name in rival.__struct_fields__},
            }
            for ours, rival in zip(result.likenesses, rivals, strict=True)
        ],
    }


class Lines:
    """The figures as tables: the worst articles first, then all together, then the likeness to references."""

    def __init__(self, result: Result) -> None:
        self._result = result

    def lines(self) -> Iterator[str]:
        """Yield the lines, each with its end."""
        scores = self._result.scores
        worst = sorted(scores.articles.items(), key=lambda item: (-item[1].normed, item[0]))
        width = max((cells(path) for path, _ in worst[:_SHOWN]), default=0)
        width = max(width, len("all 000,000 articles"))
        shown = _COLUMNS if self._result.earlier else _COLUMNS[:-1]
        yield f"{'':{width}} {''.join(_right(say(name), taken) for name, taken in shown)}\n"
        for path, score in worst[:_SHOWN]:
            yield self._line(path, path, score, width)
        if len(worst) > _SHOWN:
            yield say("… and {number} better ones", number=len(worst) - _SHOWN) + "\n"
        articles = say_number("{number} article", "all {number:,} articles", len(worst))
        yield self._line("", articles, scores.project, width)
        if scores.unscored:
            yield (
                say("without a score: {number:,} (no original, or no words in it)", number=len(scores.unscored)) + "\n"
            )
        yield from self._likeness()

    def _line(self, path: str, shown: str, score: Score, width: int) -> str:
        change = self._result.change(path, score)
        changed = ""
        if self._result.earlier:
            changed = _right(say("new"), 10) if change is None else f"{change:>+10.2f}"
        counts = f"{score.words:>9,}{score.errors:>8,}{score.warnings:>10,}{score.infos:>7,}"
        return f"{padded(shown, width)} {counts}{score.normed:>25.2f}{changed}\n"

    def _likeness(self) -> Iterator[str]:
        result = self._result
        if result.without:
            yield say("not among the references: {number:,}", number=len(result.without)) + "\n"
        if not result.segments:
            return
        told = say("like the references, in {number:,} passages (95 % of samples)", number=result.segments)
        yield f"\n{told}\n"
        for number, ours in enumerate(result.likenesses):
            yield f"{ours.name:8}{ours.score:>7.2f} (μ = {ours.mean:.2f} ± {ours.half_width:.2f})"
            if result.rivals:
                other = result.rivals[number]
                yield f"   {say('against')} {other.score:.2f} (μ = {other.mean:.2f} ± {other.half_width:.2f}), "
                yield f"p = {other.p_value:.4f}"
            yield f"   {ours.signature}\n"
