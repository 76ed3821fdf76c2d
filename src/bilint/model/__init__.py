"""Every type that travels between stages: spans, blocks, documents, aligned pairs, findings; all are frozen."""

from __future__ import annotations

from bilint.model.alignment import AlignedPair, Bitext, SegmentPair
from bilint.model.articles import Article, Original, Pairing
from bilint.model.blocks import NO_PROSE, PLACEHOLDER, Block, Inline, InlineKind, Kind, Prose, Segment
from bilint.model.documents import Document, Format
from bilint.model.enums import plain_members
from bilint.model.findings import Confidence, Edit, Failure, Finding, Fix, Placed, Severity, Suppression
from bilint.model.messages import Argument, Message
from bilint.model.places import Excerpt, Place, Span
from bilint.model.reports import Checked, Problem, Report, UserError

__all__ = [
    "NO_PROSE",
    "PLACEHOLDER",
    "AlignedPair",
    "Argument",
    "Article",
    "Bitext",
    "Block",
    "Checked",
    "Confidence",
    "Document",
    "Edit",
    "Excerpt",
    "Failure",
    "Finding",
    "Fix",
    "Format",
    "Inline",
    "InlineKind",
    "Kind",
    "Message",
    "Original",
    "Pairing",
    "Place",
    "Placed",
    "Problem",
    "Prose",
    "Report",
    "Segment",
    "SegmentPair",
    "Severity",
    "Span",
    "Suppression",
    "UserError",
    "plain_members",
]
