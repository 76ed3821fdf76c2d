"""What of an article's findings is shown: what is sure enough, bad enough, and about what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from bilint.fingerprints import Fingerprints
from bilint.model import Article, Finding, Placed, Print
from bilint.plan import Plan
from bilint.since import Changes


class Sifted(Struct, frozen=True):
    """The findings that are shown, sorted, and how many are not for which reason; `unseen` are their fingerprints."""

    shown: tuple[Placed, ...] = ()
    hidden: int = 0
    minor: int = 0
    unchanged: int = 0
    unseen: tuple[str, ...] = ()


def sift(findings: Iterable[Finding], article: Article, plan: Plan) -> Sifted:
    """Return what is shown of the findings in an article. Raises UserError when Git, asked for changes, breaks down."""
    settings = plan.loaded.settings
    changes = plan.since.changes(article) if plan.since else None
    known = Fingerprints(article)
    shown: list[Placed] = []
    unseen: list[str] = []
    hidden = minor = unchanged = 0
    for finding in findings:
        rule = plan.selection.rules[finding.rule]
        is_unsure = finding.confidence.rank < settings.min_confidence.rank
        is_minor = finding.severity.rank < settings.min_severity.rank
        left = None if is_unsure or is_minor else _in_changes(finding, changes, is_comparing=rule.is_comparing)
        hidden += is_unsure
        minor += is_minor and not is_unsure
        unchanged += left is None and not is_unsure and not is_minor
        if plan.baseline and left is not finding:
            prints = known.of(finding, rule.known)
            unseen += _dropped(finding, left, prints)
        if left:
            prints = known.of(left, rule.known)
            shown.append(Placed.of(left, article, prints, with_others=plan.baseline is not None))
    return Sifted(tuple(sorted(shown, key=Placed.order)), hidden, minor, unchanged, tuple(unseen))


def _in_changes(finding: Finding, changes: Changes | None, *, is_comparing: bool) -> Finding | None:
    """Return the finding at those of its places that have changed; None when none has."""
    if changes is None:
        return finding
    spans = (finding.span, *finding.more_spans)
    left = [span for span in spans if changes.concern(finding, span, is_comparing=is_comparing)]
    if not left or len(left) == len(spans):
        return finding if left else None
    return finding.at_spans(left)


def _dropped(finding: Finding, left: Finding | None, prints: tuple[Print, ...]) -> Iterator[str]:
    """Yield the fingerprints of the places that a finding has lost."""
    kept = {left.span, *left.more_spans} if left else set()
    places = (finding.span, *finding.more_spans)
    for number, each in enumerate(prints):
        if left is None or places[number] not in kept:
            yield each.digest
