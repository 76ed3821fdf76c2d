"""Texts nobody writes but machines do: very long, very deep, odd line ends. They cost seconds and are no crash."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from runs import CHINESE, FAULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from runs import Done, Folder

    Run = Callable[..., Done]

DEEP = 10_000
SENTENCE = "生成式人工智能正在改变世界但是没有人知道它会走向哪里"
TEXTS = {
    "quotes": ">" * DEEP + " 字\n",
    "spaced quotes": "> " * DEEP + "字\n",
    "list markers": "- " * DEEP + "字\n",
    "numbers": "1. " * DEEP + "字\n",
    "indented list": "".join("  " * level + "- 字\n" for level in range(1000)),
    "brackets": "[" * DEEP + "字" + "]" * DEEP + "\n",
    "links": "[" * DEEP + "字" + "](a)" * DEEP + "\n",
    "images": "![" * DEEP + "字" + "](a)" * DEEP + "\n",
    "parentheses": "[字](" + "(" * DEEP + ")" * DEEP + ")\n",
    "stars": "*字" * DEEP + "\n",
    "double stars": "**" * 500 + "字" + "**" * 500 + "\n",
    "backticks": "".join("`" * length + "字" for length in range(1, 500)) + "\n",
    "elements": "<div>" * DEEP + "字\n",
    "angles": "<" * DEEP + "字\n",
    "components": "<Tab>" * DEEP + "字\n",
    "open components": "<Tab a={" * DEEP + "字\n",
    "braces": "{{" * 2000 + "字\n",
    "open MDX comments": "{/*" * 2000 + "字\n",
    "open comments": "<!--" * 2000 + "字\n",
    "comments": "<!-- -->" * 200 + "\n\n字\n",
    "containers": ":::a\n" * DEEP + "字\n",
    "fences": "~~~\n" * DEEP + "字\n",
    "imports": 'import a from "b"\n' * DEEP + "字\n",
    "references": "".join(f"[a{number}]: u\n" for number in range(DEEP)) + "[a1]" * DEEP + "\n",
    "footnotes": "".join(f"[^a{number}]: u\n\n" for number in range(1000)) + "[^a1]" * DEEP + "\n",
    "cells": "|" * DEEP + "\n" + "|-" * DEEP + "|\n",
    "yaml lists": "---\na: " + "[" * DEEP + "\n---\n字\n",
    "closed yaml lists": "---\na: " + "[" * 1000 + "]" * 1000 + "\n---\n字\n",
    "one long line": SENTENCE * 20_000 + "\n",
    "one long English line": "word " * 20_000 + "\n",
    "many lines": (SENTENCE + "\n\n") * 5_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_costs_seconds_and_is_no_crash(folder: Folder, bilint: Run, text: str) -> None:
    folder.write("zh/odd.md", text)
    before = time.process_time()
    done = bilint("check", "zh", "--format", "json")
    assert time.process_time() - before < 10
    assert done.code in (0, 1)
    assert done.err == ""
    assert done.checked == ["zh/kettle.md", "zh/odd.md"]


def test_unclosed_fence(folder: Folder, bilint: Run) -> None:
    folder.write("zh/fence.md", f"{FAULT}\n```python\nprint(1)\n\n{FAULT}")
    done = bilint("check", "zh/fence.md", "--format", "json", "--select", "empty-link")
    assert [finding["line"] for finding in done.report["findings"]] == [1]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "byte-order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_places_do_not_depend_on_line_ends_and_mark(folder: Folder, bilint: Run, end: str, mark: str) -> None:
    other, silent = FAULT.replace("kettle", "teapot"), FAULT.replace("kettle", "coffee")
    text = f"{FAULT}\n- 甲\n- 乙{other}\n<!-- bilint-disable-next-line empty-link: on purpose -->\n丙{silent}"
    folder.write("zh/ends.md", mark + text.replace("\n", end))
    done = bilint("check", "zh/ends.md", "--format", "json", "--select", "empty-link,unused-suppression")
    found = [(f["line"], f["column"], f["end_line"], f["end_column"], f["text"]) for f in done.report["findings"]]
    link = "[](https://example.com/kettle)"
    assert found == [(1, 3, 1, 3 + len(link), link), (4, 6, 4, 6 + len(link), link.replace("kettle", "teapot"))]
    assert done.report["summary"]["suppressed"] == 1


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_no_line_end_is_shown(folder: Folder, bilint: Run, end: str) -> None:
    folder.write("zh/ends.md", (CHINESE + "\n" + FAULT).replace("\n", end))
    for format_ in ("full", "concise", "json", "github"):
        assert "\r" not in bilint("check", "zh/ends.md", "--format", format_).out


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085", "\v", "\f", "\x1c"])
def test_only_line_feeds_end_lines(folder: Folder, bilint: Run, separator: str) -> None:
    folder.write("zh/ends.md", f"甲{separator}乙\n\n{FAULT}")
    done = bilint("check", "zh/ends.md", "--format", "json", "--select", "empty-link")
    assert [finding["line"] for finding in done.report["findings"]] == [3]
