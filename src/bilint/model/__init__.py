"""Every type that travels between stages: spans, blocks, documents, aligned pairs, findings; all are frozen."""

from __future__ import annotations

from bilint.model.alignment import AlignedPair, Bitext, SegmentPair
from bilint.model.articles import Article, Original, Pairing
from bilint.model.blocks import NO_PROSE, PLACEHOLDER, Block, Inline, InlineKind, Kind, Prose, Segment
from bilint.model.documents import Document, Format
from bilint.model.enums import Renderer, plain_members
from bilint.model.findings import Confidence, Failure, Finding, KnownBy, Placed, Print, Severity, Suppression
from bilint.model.fixes import Alters, Edit, Fix, joined
from bilint.model.messages import Argument, Message
from bilint.model.places import Excerpt, Place, Span
from bilint.model.reading import BODY, EVERYTHING, WRITTEN, Edition, Gap, Role, Roles, Side, Where
from bilint.model.reports import Checked, Problem, Report, UserError
from bilint.model.texts import Text

__all__ = [
    "BODY",
    "EVERYTHING",
    "NO_PROSE",
    "PLACEHOLDER",
    "WRITTEN",
    "AlignedPair",
    "Alters",
    "Argument",
    "Article",
    "Bitext",
    "Block",
    "Checked",
    "Confidence",
    "Document",
    "Edit",
    "Edition",
    "Excerpt",
    "Failure",
    "Finding",
    "Fix",
    "Format",
    "Gap",
    "Inline",
    "InlineKind",
    "Kind",
    "KnownBy",
    "Message",
    "Original",
    "Pairing",
    "Place",
    "Placed",
    "Print",
    "Problem",
    "Prose",
    "Renderer",
    "Report",
    "Role",
    "Roles",
    "Segment",
    "SegmentPair",
    "Severity",
    "Side",
    "Span",
    "Suppression",
    "Text",
    "UserError",
    "Where",
    "joined",
    "plain_members",
]
