"""Enums with plain members."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

Members = TypeVar("Members", bound=type[StrEnum])


def plain_members(enum: Members) -> Members:
    """Return the enum with its members as plain class attributes, as Python 3.12 and later have them.

    Before, `Kind.CODE` calls a Python function, and the stages say it millions of times.
    """
    for member in enum:
        type.__setattr__(enum, member.name, member)
    return enum


@plain_members
class Renderer(StrEnum):
    """What turns Markdown into pages, where they differ in what becomes bold."""

    COMMONMARK = "commonmark"
    KRAMDOWN = "kramdown"
    PYTHON_MARKDOWN = "python-markdown"
    MDSVEX = "mdsvex"
