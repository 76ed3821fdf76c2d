"""An encoder that counts, for `alignment.py --semantic`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bilint.align.semantic import Encoder
from bilint.model import Segment


@dataclass(slots=True)
class Asked:
    """An encoder that notes how much of the text it is asked about, in code points of sentences."""

    encoder: Encoder
    known: int = 0
    whole: int = 0
    texts: set[str] = field(default_factory=set)

    def __call__(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return the vectors of the texts."""
        self.texts.update(texts)
        return self.encoder(texts)

    def count(self, segments: Iterable[Segment]) -> None:
        """Count the sentences of a paragraph that was just aligned."""
        for text in (segment.text for segment in segments):
            self.whole += len(text)
            self.known += len(text) if text in self.texts else 0
        self.texts.clear()

    @property
    def share(self) -> str:
        """The share of the text that was encoded."""
        return f"{self.known / max(self.whole, 1):.1%} of the text encoded"
