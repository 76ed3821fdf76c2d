"""The documentation in Chinese: every page is there, and says what the English one says, as bilint itself finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilint import lint_paths
from bilint.rules import all_rules
from figures import with_figures
from rule_pages import CHINESE, chinese_body, chinese_rule_page, rule_table, summary

ROOT = Path(__file__).resolve().parent.parent
ENGLISH_PAGES = sorted(path.name for path in ROOT.glob("docs/*.md"))
HEADINGS = ("## 为什么\n", "## 依据\n")
TABLE = """\
<!-- rows of table 1 of page.md -->
| 什么 | 找到 |
|---|--:|
| old | 0 |

后文
"""


@pytest.mark.parametrize("name", ENGLISH_PAGES)
def test_every_page_is_there_in_chinese_and_leads_to_the_english_one(name: str) -> None:
    assert f"\n[English](../{name}) · 中文\n" in (ROOT / "docs/zh" / name).read_text(encoding="utf-8")


def test_bilint_finds_nothing_in_the_chinese_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "bilint.toml"
    settings.write_text("[originals]\nas-translated = false\n", encoding="utf-8")
    monkeypatch.chdir(ROOT)
    sources = {f"docs/zh/{path.name}": f"docs/{path.name}" for path in ROOT.glob("docs/zh/*.md")}
    sources |= {f"{name}.zh-CN.md": f"{name}.md" for name in ("CONTRIBUTING", "SECURITY")}
    report = lint_paths(sorted(sources), sources=sources, config=str(settings))
    assert [(each.target.place.path, each.target.place.line, each.rule, each.message) for each in report.findings] == []
    assert all(article.original is not None and not article.why for article in report.articles)


@pytest.mark.parametrize("name", sorted(all_rules()))
def test_a_rule_page_has_its_sections_and_examples_in_chinese(name: str) -> None:
    rule = all_rules()[name]
    page = chinese_rule_page(rule)
    assert all(heading in page for heading in HEADINGS)
    assert ("## 选项\n" in page) == ("## Options\n" in rule.manual)
    assert not any(f"\n## {name}\n" in page for name in ("Why", "Bad", "Good", "Options", "Source", "Settings"))
    assert chinese_body(rule).count("```") == rule.manual.count("```")
    assert summary(rule, CHINESE) in page


def test_the_table_of_rules_is_in_chinese() -> None:
    assert "| [typo](typo.md) | warning | high | linguistic-conventions/spelling | 词语中有错别字。 |" in rule_table(
        "", labels=CHINESE
    )


def test_figures_come_from_the_english_page_with_their_words_in_chinese(tmp_path: Path) -> None:
    english = "| defect | found |\n|---|--:|\n|   whole line | 1,234 of 2,345 |\n| rule-x | 1.28 per 1,000 |\n"
    (tmp_path / "page.md").write_text(f"# Page\n\n{english}\nEnd\n", encoding="utf-8")
    filled = with_figures(TABLE, tmp_path)
    assert filled == TABLE.replace("| old | 0 |", "| 整行 | 2,345 个中 1,234 个 |\n| rule-x | 每 1,000 词 1.28 个 |")
    assert with_figures(filled, tmp_path) == filled
    with pytest.raises(IndexError):
        with_figures(TABLE.replace("table 1", "table 2"), tmp_path)


def test_names_of_rules_are_no_words(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("| rule | places |\n|---|--:|\n| typo | 3 |\n| all | 3 |\n", encoding="utf-8")
    by_rule = with_figures(TABLE.replace("page.md", "page.md, by rule"), tmp_path)
    assert "| typo | 3 |\n| 合计 | 3 |" in by_rule
    assert "| 错别字 | 3 |" in with_figures(TABLE, tmp_path)
