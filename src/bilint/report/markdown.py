"""A comment for a pull request: the counts, and below them each article's findings, folded."""

from __future__ import annotations

import html
from collections import defaultdict
from typing import TYPE_CHECKING

from bilint.messages import say, say_number
from bilint.report._phrases import encodable
from bilint.report._statistics import tables
from bilint.report._summary import by_severity, statements, worst_first
from bilint.report._tables import cell, fitting, header, problem_row, row
from bilint.text.width import one_line

if TYPE_CHECKING:
    from bilint.model import Placed, Report
    from bilint.report._style import Style

ENDINGS = (".md", ".markdown")
_MARK = "<!-- bilint -->"
"""By which a bot finds its comment, to replace it."""
_MOST_BYTES = 65_536 - 1_536
"""GitHub refuses a comment above 65,536 characters; what is kept free holds the last lines."""
_RULES = 20


def render(report: Report, style: Style) -> str:
    """Return at most 64,000 bytes of Markdown, the article with the worst finding first; the rest is counted."""
    text = _head(report)
    left, articles = 0, 0
    for path, findings in _by_article(report).items():
        summary = f"<code>{html.escape(encodable(one_line(path)))}</code>: {by_severity(findings)}"
        before, after = f"<details>\n<summary>{summary}</summary>\n\n{header()}", "\n</details>\n\n"
        rows = [row(finding) for finding in findings]
        number = fitting(rows, _MOST_BYTES - len((text + before + after).encode()))
        if number:
            text += before + "".join(rows[:number]) + after
        if number < len(rows):
            left, articles = left + len(rows) - number, articles + 1
    if not left:
        return text.rstrip("\n") + "\n"
    where = say_number("{number} article", "{number} articles", articles)
    return (
        text
        + say_number(
            "{number} finding in {where} left out: the comment would be too large.",
            "{number} findings in {where} left out: the comment would be too large.",
            left,
            where=where,
        )
        + "\n"
    )


def _head(report: Report) -> str:
    text = f"{_MARK}\n## bilint\n\n" + "".join(f"{cell(line)}\n\n" for line in statements(report))
    problems = [problem_row(each) for each in report.problems]
    shown = fitting(problems, _MOST_BYTES // 4)
    if problems:
        left = len(problems) - shown
        more = say_number("{number} problem more", "{number} problems more", left)
        text += header() + "".join(problems[:shown]) + (f"\n{more}\n\n" if left else "\n")
    rules = tables(report)["rule"]
    if rules:
        text += f"| {say('rule')} | {say('findings')} | {say('articles')} |\n| --- | --: | --: |\n"
        text += "".join(f"| {cell(each.name)} | {each.findings} | {each.articles} |\n" for each in rules[:_RULES])
        more = say_number("{number} rule more", "{number} rules more", len(rules) - _RULES)
        text += f"\n{more}\n\n" if len(rules) > _RULES else "\n"
    return text


def _by_article(report: Report) -> dict[str, list[Placed]]:
    found: defaultdict[str, list[Placed]] = defaultdict(list)
    for finding in worst_first(report):
        found[finding.target.place.path].append(finding)
    return found
