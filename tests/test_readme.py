"""What the documentation prints is true: commands run, settings are valid, links lead somewhere, examples work."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import jsonschema
import msgspec
import pytest
import yaml

from bilint.model import Article, Placed
from bilint.originals.links import candidates
from bilint.parse import parse
from bilint.reading import Reading
from bilint.rules import Context, Options, Rule
from bilint.selection import Selection
from bilint.settings import Loaded, Settings
from rule_cases import read_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
HAND_WRITTEN = sorted(
    {
        *(*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/zh/*.md")),
        *(ROOT / "fixtures/README.md", ROOT / "glossaries/README.md"),
    }
)
PAGES = sorted({*HAND_WRITTEN, *ROOT.glob("docs/rules/*.md"), *ROOT.glob("docs/zh/rules/*.md")})
FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<language>\w*)\n(?P<body>.*?)^(?P=ticks)$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]*))?\)")
BODY = "第一段正文，说了一件事。\n\n第二段正文，又说了一件事。\n"


def fences(page: Path, language: str) -> Iterator[str]:
    for fence in FENCE.finditer(page.read_text(encoding="utf-8")):
        if fence["language"] == language:
            yield fence["body"]


def marked(page: str, name: str) -> str:
    """The fence below `<!-- name -->`."""
    text = (ROOT / page).read_text(encoding="utf-8")
    fence = FENCE.match(text, text.index(f"<!-- {name} -->\n") + len(f"<!-- {name} -->\n"))
    assert fence is not None
    return fence["body"]


def commands() -> list[str]:
    lines = {line for page in HAND_WRITTEN for body in fences(page, "sh") for line in body.split("\n")}
    ours = {line.split("#")[0].strip() for line in lines if line.startswith("bilint ")}
    return sorted(line for line in ours if "fixtures" in line or line.startswith("bilint rule"))


def settings_fences() -> list[str]:
    return [body for page in PAGES if "docs" in page.parts for body in fences(page, "toml")]


def anchors(page: Path) -> set[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_and_headings(page: Path) -> None:
    text = CODE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
    for name, anchor in LINK.findall(text):
        file = (page.parent / name) if name else page
        assert file.exists(), f"{page.name} links to {name}"
        assert not anchor or anchor in anchors(file), f"{page.name} links to {name}#{anchor}"


@pytest.mark.parametrize("command", commands())
def test_commands_work(command: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    words = [sys.executable, "-c", "from bilint.cli import main; main()", *shlex.split(command)[1:]]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert done.stderr == b""


def test_readme_shows_commands() -> None:
    assert len(commands()) >= 3


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        [line.split("#")[0].strip() for body in fences(ROOT / name, "sh") for line in body.split("\n")]
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese


@pytest.mark.parametrize("text", settings_fences())
def test_settings_are_valid(text: str) -> None:
    table = tomllib.loads(text)
    Selection(Loaded(msgspec.convert(table, Settings), ROOT))
    schema = json.loads((ROOT / "docs/settings.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(table, schema, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("page", ["docs/configuration.md", "docs/zh/configuration.md"])
def test_the_defaults_are_the_defaults(page: str) -> None:
    text = next(body for body in fences(ROOT / page, "toml") if body.startswith(("# every key\n", "# 所有的键\n")))
    table = tomllib.loads(text)
    assert msgspec.convert(table, Settings) == Settings()
    assert table.keys() | {"renderer", "rules", "checks", "overrides"} == set(Settings.__struct_encode_fields__)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "docs/ci.md", "docs/zh/ci.md"])
def test_yaml_is_valid(page: str) -> None:
    assert all(yaml.safe_load(body) for body in fences(ROOT / page, "yaml"))


@pytest.mark.parametrize("line", marked("docs/originals.md", "recognised").rstrip("\n").split("\n"))
def test_forms_are_recognised(line: str) -> None:
    document = parse(f"# 标题\n\n{line}\n\n{BODY}", "zh/article.md")
    found = next(candidates(document))
    assert found.uri == "https://example.com/post" or (found.path or "").startswith(("../en/", "docs/en/"))


@pytest.mark.parametrize("line", marked("docs/originals.md", "never").rstrip("\n").split("\n"))
def test_credits_are_not_the_original(line: str) -> None:
    assert not list(candidates(parse(f"# 标题\n\n{line}\n\n{BODY}", "zh/article.md")))


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md"])
def test_the_layers_are_those_that_are_checked(page: str) -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    layers = tools["importlinter"]["contracts"][0]["layers"]
    assert "\n".join(layers) + "\n" in fences(ROOT / page, "text")


def test_the_sample_rule_works() -> None:
    module = ModuleType("bilint.rules.dotted_ellipsis")
    exec(compile(marked("CONTRIBUTING.md", "rule"), "dotted_ellipsis.py", "exec"), vars(module))
    rule = module.check.rule
    assert rule.name == "dotted-ellipsis"
    cases = [*read_text(marked("CONTRIBUTING.md", "case"), rule.name)]
    assert len(cases) == 4
    for case in cases:
        assert [line for finding in found_by(rule, case.files["zh"]) for line in shown(finding)] == case.expected


def test_the_sample_rule_skips_credits_without_a_word_about_them() -> None:
    module = ModuleType("bilint.rules.dotted_ellipsis")
    exec(compile(marked("CONTRIBUTING.md", "rule"), "dotted_ellipsis.py", "exec"), vars(module))
    assert "credit" not in marked("CONTRIBUTING.md", "rule")
    assert not list(found_by(module.check.rule, "译者：某某...\n"))
    assert list(found_by(module.check.rule, "他想了想...\n"))


def found_by(rule: Rule, text: str) -> Iterator[Placed]:
    """What a rule that is about documents finds in an article."""
    article = Article(parse(text, "zh.md"))
    context = Context(rule, Reading(article), Options())
    return (Placed.of(finding, article) for finding in rule.check(context.document, context))


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_sample_is_the_output_of_make_demo(page: str) -> None:
    demo = re.search(r"^demo:.*\n\t@\$\(BIN\)/(bilint .+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert demo is not None
    assert f"findings: {demo[1]} -->" in (ROOT / page).read_text(encoding="utf-8")
