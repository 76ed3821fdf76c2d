"""A rule's manual in Chinese: its own words, and the examples of the English manual, which are in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.messages.rules import RuleWords

_HEADINGS = {
    "Why": "为什么",
    "Bad": "有问题的例子",
    "Good": "没有问题的例子",
    "Options": "选项",
    "Limits": "局限",
    "Source": "依据",
}
_FENCE = re.compile(r"(`{3,})")
_OPTION = re.compile(r"^- `([\w-]+)`:", re.MULTILINE)


def in_chinese(manual: str, words: RuleWords) -> str:
    """Return a manual with what `words` say in place of the English, which stays where they say nothing."""
    parts = [words.summary or manual.split("\n", 1)[0]]
    for heading, text in sections(manual):
        said = _said(heading, text, words)
        parts.append(f"## {_HEADINGS.get(heading, heading)}\n{said or text}")
    return "\n\n".join(parts)


def sections(manual: str) -> Iterator[tuple[str, str]]:
    """Yield the headings of a manual with what stands below them; a heading inside an example is none."""
    heading, lines, fence = "", list[str](), ""
    for line in manual.split("\n"):
        if mark := _FENCE.match(line):
            fence = "" if fence and len(mark[1]) >= len(fence) else fence or mark[1]
        if line.startswith("## ") and not fence:
            if heading:
                yield heading, "\n".join(lines).strip()
            heading, lines = line.removeprefix("## ").strip(), []
        else:
            lines.append(line)
    if heading:
        yield heading, "\n".join(lines).strip()


def _said(heading: str, text: str, words: RuleWords) -> str:
    if heading == "Options":
        names = _OPTION.findall(text)
        is_whole = bool(names) and all(name in words.options for name in names)
        return "\n".join(f"- `{name}`：{words.options[name]}" for name in names) if is_whole else ""
    return {"Why": words.why, "Source": words.source, **words.sections}.get(heading, "").strip()
