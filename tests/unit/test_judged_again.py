"""An article is judged when it is read; what the project says otherwise afterwards is judged again, and only that."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest

from bilint import judging, pipeline, settings
from bilint.discover import discover
from bilint.pipeline import Plan
from bilint.selection import Active

TIGHT = "我们用Linux和Docker，也用Podman、Fedora、Debian和Ubuntu，还有Arch。"
SPACED = "我们用 Linux 和 Docker，也用 Podman、Fedora、Debian 和 Ubuntu，还有 Arch。"


def plan_of(folder: Path) -> Plan:
    return Plan.of(settings.load(folder), {})


def write(folder: Path, *articles: str) -> None:
    for number, text in enumerate(articles):
        (folder / f"{number}.md").write_text(f"# 标题\n\n{text}\n", encoding="utf-8")


def reported(folder: Path) -> list[tuple[str, str]]:
    plan = plan_of(folder)
    report = pipeline.run(discover([str(folder)], plan.loaded.settings, folder), plan)
    return [(Path(f.target.place.path).name, f.message_id) for f in report.findings if f.rule == "mixed-spacing"]


def test_a_habit_that_later_articles_make_counts_for_the_first(tmp_path: Path) -> None:
    write(tmp_path, TIGHT, *[SPACED] * 6)
    assert reported(tmp_path) == [("0.md", "tight-here")]


def looked_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Which rules looked at which article more than once."""
    looked: list[tuple[str, str]] = []
    original = judging.found_by

    def found_by(configured: Active, context: Any) -> Any:
        looked.append((Path(context.article.target.path).name, configured.rule.name))
        return original(configured, context)

    monkeypatch.setattr(judging, "found_by", found_by)
    reported(folder)
    return sorted({each for each in looked if looked.count(each) > 1})


def test_only_the_rules_that_were_told_otherwise_look_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, TIGHT, *[SPACED] * 6)
    assert looked_again(tmp_path, monkeypatch) == [("0.md", "mixed-spacing")]


def test_a_mixed_project_is_the_same_as_none_to_an_article_without_a_habit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = f"{TIGHT}\n\n{SPACED}"
    write(tmp_path, *[both] * 6)
    assert looked_again(tmp_path, monkeypatch) == []


YOU = "你先打开门，你再点灯，然后你烧水，最后你泡茶。"
SIR = "您先打开门，您再点灯，然后您烧水，最后您泡茶。"


def test_the_form_of_address_that_an_article_has_may_become_a_habit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, YOU, f"{YOU}{SIR}", *[YOU] * 8)
    assert looked_again(tmp_path, monkeypatch) == []


def test_the_form_of_address_that_it_does_not_have_counts_for_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, SIR, *[YOU] * 10)
    assert looked_again(tmp_path, monkeypatch) == [("0.md", "mixed-register")]


LEFT = "这些因素导致了对行业未来的 uncertainty。"
MEANT = "这些因素导致了[对行业未来的 uncertainty](https://example.com/uncertainty/)。"
FACTORS = "These factors have led to uncertainty about the future of the industry."


@pytest.mark.parametrize(("chinese", "again"), [(LEFT, ["untranslated-words"]), (MEANT, [])])
def test_words_are_asked_for_where_the_answer_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chinese: str, again: list[str]
) -> None:
    for number in range(8):
        text = chinese if number == 0 else LEFT
        (tmp_path / f"{number}.en.md").write_text(f"# Title {number}\n\n{FACTORS}\n", encoding="utf-8")
        file = tmp_path / f"{number}.md"
        file.write_text(f"---\nsource: {number}.en.md\n---\n\n# 标题\n\n{text}\n", encoding="utf-8")
    assert [rule for name, rule in looked_again(tmp_path, monkeypatch) if name == "0.md"] == again


def test_an_article_that_a_later_one_has_as_its_original_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Kettles\n\nA kettle boils water for the tea.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("# 水壶\n\n水壶把泡茶的水烧开。\n", encoding="utf-8")
    plan = Plan.of(settings.load(tmp_path), {str(tmp_path / "b.md"): str(tmp_path / "a.md")})
    report = pipeline.run(discover([str(tmp_path)], plan.loaded.settings, tmp_path), plan)
    assert [Path(article.path).name for article in report.articles] == ["b.md"]
    assert report.sources == 1


def test_nothing_of_an_article_stays_in_a_cycle(tmp_path: Path) -> None:
    many = "".join(f"Word {'x' * (n % 7)} of {'y' * (n % 5)} here.\n\n" for n in range(60))  # looks are compared
    other = "".join(f"段落{'某' * (n % 5)}在{'此' * (n % 7)}处。\n\n" for n in range(59))
    english = "# Title\n\nThe [kettle](a.md) is `hot`.\n\n- One `a`\n- Two {{ b }}\n\n<!-- c -->\n\n> ~~d~~.\n\n" + many
    chinese = "# 标题\n\n[水壶](a.md)是`热`的。\n\n- 一 `a`\n- 二 {{ b }}\n\n<!-- c -->\n\n> ~~d~~。\n\n" + other
    (tmp_path / "en.md").write_text(english, encoding="utf-8")
    (tmp_path / "zh.md").write_text(chinese, encoding="utf-8")
    plan = Plan.of(settings.load(tmp_path), {str(tmp_path / "zh.md"): str(tmp_path / "en.md")})
    targets = discover([str(tmp_path / "zh.md")], plan.loaded.settings, tmp_path)
    pipeline.run(targets, plan)  # what is made once and kept
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        pipeline.run(targets, plan)
        gc.collect()
        left = {f"{type(each).__module__}.{type(each).__name__}" for each in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert sorted(name for name in left if name.startswith("bilint")) == []
