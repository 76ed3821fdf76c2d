"""Glossaries: the terms a team has agreed on, where they stand in English prose, and what must not stand in Chinese."""

from bilint.glossary.lists import load
from bilint.glossary.terms import Glossary, Term

__all__ = ["Glossary", "Term", "load"]
