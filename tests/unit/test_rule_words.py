"""The lists of words by which rules judge: each word has its effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bilint.model import Role
from bilint.parse import parse
from bilint.reading.roles import role_of
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


@pytest.mark.parametrize("public", ["", "static", "public", "assets", "docs", "src", "source", "content"])
def test_folders_whose_files_are_served_from_the_root_of_a_site(public: str, tmp_path: Path) -> None:
    files = {"en a.md": "![The lamp](/lamp.png)\n", "zh a.md": "![灯](/lamp.png)\n"}
    for name in ("en/lamp.png", "zh/elsewhere/lamp.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert len(reported("missing-file", files, tmp_path)) == 1
    (tmp_path / "zh" / public).mkdir(exist_ok=True)
    (tmp_path / "zh" / public / "lamp.png").touch()
    assert reported("missing-file", files, tmp_path) == []


@pytest.mark.parametrize(
    "settings",
    ["mkdocs.yml", "mkdocs.yaml", "hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml"],
)
def test_generators_that_take_the_files_of_the_original(settings: str, tmp_path: Path) -> None:
    files = {"en a.md": "![The lamp](lamp.png)\n", "zh a.md": "![灯](lamp.png)\n"}
    (tmp_path / "en").mkdir()
    (tmp_path / "en/lamp.png").touch()
    (line,) = reported("missing-file", files, tmp_path)
    assert " error/high " in line
    (tmp_path / settings).touch()
    (line,) = reported("missing-file", files, tmp_path)
    assert " error/low " in line


LANGUAGES = (
    "sh bash shell zsh console shell-session terminal shellsession ps1 powershell pwsh bat cmd",
    "js javascript jsx mjs ts typescript tsx",
    "yml yaml",
    "md markdown mdx",
    "py python python3 pycon",
    "html xml vue svelte xhtml vue-html htm",
    "c cpp c++ cc objc objective-c",
    "cs csharp c#",
    "rb ruby",
    "rs rust",
    "kt kotlin",
    "go golang",
    "json json5 jsonc",
    "text txt plain plaintext output none log",
    "docker dockerfile",
    "make makefile",
    "diff patch",
)


@pytest.mark.parametrize("names", [names.split(" ") for names in LANGUAGES], ids=lambda names: names[0])
def test_languages_whose_code_looks_alike(names: list[str], tmp_path: Path) -> None:
    def listings(sentence: str, languages: list[str]) -> str:
        return "".join(f"{sentence} {n}.\n\n```{name}\nlamp {n}\n```\n\n" for n, name in enumerate(languages))

    chinese = listings("这样点亮第 n 盏灯：", names)
    for other, count in ((names[0], 0), ("swift", 0), ("rs" if "rs" not in names else "rb", len(names))):
        files = {"en": listings("This lights the lamp number", [other] * len(names)), "zh": chinese}
        expected = 0 if "txt" in names else count  # text is no language
        assert len(reported("changed-code-language", files, tmp_path)) == expected


def test_every_mark_closes_what_it_belongs_to(tmp_path: Path) -> None:
    text = "看守人在（甲）处写了《乙》里的【丙】与（丁)，灯塔（与港口都在其中。\n"
    (line,) = reported("unclosed-bracket", {"zh": text}, tmp_path)
    assert line.startswith(f"1:{text.rindex('（') + 1}-")


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("十万", "30 万"),
        ("百万", "300 万"),
        ("千万", "3000 万"),
        ("十亿", "30 亿"),
        ("百亿", "300 亿"),
        ("千亿", "3000 亿"),
    ],
)
def test_words_that_do_not_stand_behind_digits(word: str, plain: str, tmp_path: Path) -> None:
    found = lines(run("number-format", {"zh": f"灯塔有 3 {word}位客人。\n"}, tmp_path))
    assert f"  use {plain}" in found


@pytest.mark.parametrize(
    "left",
    [
        "@@LINK_1@@", "%%CODE_1%%", "__CODE_1__", "__LAMP_KEEPER_12__", "{{CODE_1}}", "[[LINK_2]]", "<CODE_3/>",
        "[[[1]]]", "{{{2}}}", "⟦a1⟧", "§§b2§§", "¤c3¤", '<bpt id="1">',
    ],
)  # fmt: skip
def test_marks_that_a_tool_put_in_for_something_else(left: str, tmp_path: Path) -> None:
    files = {"en": "The keeper lights the lamp with care.\n", "zh": f"看守人用 {left} 小心地点亮灯。\n"}
    assert len(reported("tool-residue", files, tmp_path)) == 1


@pytest.mark.parametrize(
    "reference",
    [
        "The lamp of the coast. Accessed May 3.", "The lamp. Retrieved on 2 May.", "Lamps of the coast, vol. 3.",
        "Lamps of the coast, p. 44.", "Lamps of the coast, no. 7.", "Lamps. doi:10.1000/182",
        "Lamps, ISBN 3-16-148410-0", "Lamps of the coast ↩",
    ],
)  # fmt: skip
def test_references_are_citations(reference: str) -> None:
    assert role_of(parse(f"{reference}\n", "a.md").blocks[0]) is Role.CITATION


@pytest.mark.parametrize("language", ["json", "json5", "jsonc", "yaml", "yml", "toml"])
def test_keys_of_data_are_not_translated(language: str, tmp_path: Path) -> None:
    sign = "=" if language == "toml" else ":"
    english, chinese = (f'```{language}\n"{key}"{sign} 12\n"depth"{sign} 4\n```\n' for key in ("height", "高度"))
    files = {"en": f"The lamp has data.\n\n{english}", "zh": f"灯有数据。\n\n{chinese}"}
    assert len(reported("translated-code", files, tmp_path)) == 1
