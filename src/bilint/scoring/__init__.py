"""How good translations are, in figures: weighted faults (`penalty`), and likeness to a reviewed translation."""

from bilint.scoring.likeness import Likeness, Rival, likeness, rivals
from bilint.scoring.penalty import Score, Scores, scores
from bilint.scoring.segments import Segments, side_by_side

__all__ = ["Likeness", "Rival", "Score", "Scores", "Segments", "likeness", "rivals", "scores", "side_by_side"]
