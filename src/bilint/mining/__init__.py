"""Mining: which terms a project has, and how its own aligned sentences say each of them."""

from __future__ import annotations

from bilint.mining.proposals import Example, Proposal, Sentence, proposals

__all__ = ["Example", "Proposal", "Sentence", "proposals"]
