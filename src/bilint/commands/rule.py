"""`bilint rule`: the list of rules, or the manual of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.commands.printing import write
from bilint.installed import installed_rules
from bilint.rules import all_rules
from bilint.selection import unknown_rule
from bilint.text.escapes import to_json

if TYPE_CHECKING:
    from bilint.rules import Rule


def run(name: str | None, format_: str) -> int:
    """Print the list of rules, or the manual of the rule `name`. Raises UserError for an unknown one."""
    write(text(name, format_))
    return 0


def text(name: str | None, format_: str) -> str:
    """Return what is printed."""
    known = dict(sorted((all_rules() | installed_rules()[0]).items()))
    if name is None:
        found = list(known.values())
        if format_ == "json":
            return to_json([_record(rule) for rule in found])
        width = max(len(rule.name) for rule in found)
        return "".join(f"{r.name:{width}}  {r.severity:7}  {r.confidence:6}  {r.summary}\n" for r in found)
    if name not in known:
        raise unknown_rule(name)
    rule = known[name]
    if format_ == "json":
        return to_json(_record(rule))
    return f"# {rule.name}\n\n{rule.severity}, {rule.confidence} confidence, {rule.mqm}\n\n{rule.manual}\n"


def _record(rule: Rule) -> dict[str, str]:
    return {
        "name": rule.name,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "mqm": rule.mqm,
        "summary": rule.summary,
        "manual": rule.manual,
    }
