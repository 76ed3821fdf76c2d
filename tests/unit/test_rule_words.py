"""The lists of words by which rules judge: each word has its effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rule_cases import lines, run

if TYPE_CHECKING:
    from pathlib import Path

OPENING_AND_CLOSING = (
    "Closing notes", "Conclusion", "Conclusions", "Final thoughts", "Final words", "In closing", "Introduction",
    "Key takeaways", "Next steps", "Summary", "What's next", "What’s next", "Wrap up", "Wrap-up", "Wrapping up",
)  # fmt: skip


def reported(rule: str, files: dict[str, str], folder: Path) -> list[str]:
    return [line for line in lines(run(rule, files, folder)) if not line.startswith(" ")]


@pytest.mark.parametrize("heading", OPENING_AND_CLOSING)
def test_headings_that_open_and_close_an_essay_are_translated_freely(heading: str, tmp_path: Path) -> None:
    english = {f"en {name}.md": f"# {heading}\n" for name in "abc"}
    chinese = {"zh a.md": "# 总结\n", "zh b.md": "# 总结\n", "zh c.md": "# 结语\n"}
    (line,) = reported("mixed-heading", {**english, **chinese}, tmp_path)
    assert line.startswith("c.md 1:3-5 warning/low ")


@pytest.mark.parametrize("asking", ["How", "What", "When", "Where", "Who", "Why"])
def test_words_that_ask_do_not_make_a_heading_a_name(asking: str, tmp_path: Path) -> None:
    heading = f"## {asking} copies are stored\n\n"
    files = {
        "en": f"# Kettle\n\n## Fill it\n\n{heading}## Clean it\n",
        "zh": f"# 水壶\n\n## 装水\n\n{heading}## 清洗\n",
    }
    (line,) = reported("untranslated-heading", files, tmp_path)
    assert line.startswith("5:4-")
