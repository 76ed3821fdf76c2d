"""Glossaries: the terms a team has agreed on, where they stand in English prose, and what must not stand in Chinese."""

from __future__ import annotations

from bilint.glossary.english import always
from bilint.glossary.glossary import Glossary
from bilint.glossary.lists import load
from bilint.glossary.terms import Layer, PartOfSpeech, Term

__all__ = ["Glossary", "Layer", "PartOfSpeech", "Term", "always", "load"]
