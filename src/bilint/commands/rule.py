"""`bilint rule`: the list of rules, or the manual of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.commands.printing import write
from bilint.installed import installed_rules
from bilint.messages import language, say
from bilint.messages.manuals import in_chinese
from bilint.messages.rules import rule_words
from bilint.own import PREFIX
from bilint.rules import all_rules
from bilint.selection import unknown_rule
from bilint.text.escapes import to_json
from bilint.text.width import padded

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
        return "".join(_line(rule, width) for rule in found)
    if name not in known:
        raise unknown_rule(name)
    rule = known[name]
    if format_ == "json":
        return to_json(_record(rule))
    facts = say(
        "{severity}, {confidence} confidence, {mqm}",
        severity=say(rule.severity.value),
        confidence=say(rule.confidence.value),
        mqm=rule.mqm,
    )
    return f"# {rule.name}\n\n{facts}\n\n{_manual(rule)}\n"


def _line(rule: Rule, width: int) -> str:
    severity, confidence = say(rule.severity.value), say(rule.confidence.value)
    return (
        f"{rule.name:{width}}  {padded(severity, 7)}  {padded(confidence, 6)}  {_manual(rule).partition(chr(10))[0]}\n"
    )


def _manual(rule: Rule) -> str:
    """The manual in the language that is spoken; a check of the project has that of its settings."""
    if language() == "en" or rule.name.startswith(PREFIX):
        return rule.manual
    return in_chinese(rule.manual, rule_words(rule.check.__module__))


def _record(rule: Rule) -> dict[str, str]:
    return {
        "name": rule.name,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "mqm": rule.mqm,
        "summary": rule.summary,
        "manual": rule.manual,
    }
