"""What is published and what the recipes say works: against a wheel built from the tree, away from the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
ENGLISH = (
    "# The kettle\n\nFill the kettle with cold water and wait until it boils. Then [read on](https://example.com/b).\n"
)
CHINESE = "# 水壶\n\n把水壶装满冷水，然后等水烧开。然后[继续读](https://example.com/b)。\n"
FAULT = "# 水壶\n\n把水壶装满冷水，然后等水烧开。然后[](https://example.com/b)。\n"
IDENTITY = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`bilint` from the wheel, in an environment of its own."""
    for name in ("build", "hatchling", "twine"):
        pytest.importorskip(name, reason=f"`{name}` is not installed: no wheel can be built")
    import check_wheel

    folder = tmp_path_factory.mktemp("wheel")
    wheel, _ = check_wheel.built(folder / "dist", offline=True)
    made = check_wheel.installed(wheel, folder / "environment", offline=True)
    check_wheel.check_installed(made, folder)
    return made


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits, of which the second changes a translation, and an empty baseline."""
    for name, text in (("docs/en/kettle.md", ENGLISH), ("docs/zh/kettle.md", f"{CHINESE}\n第二段。\n")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "one")
    (tmp_path / "docs/zh/kettle.md").write_text(CHINESE, encoding="utf-8")
    git(tmp_path, "commit", "-q", "-a", "-m", "two")
    return tmp_path


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *IDENTITY, *words], cwd=folder, check=True, capture_output=True)


def shell(command: str, folder: Path, program: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, **variables}
    environment.pop("PYTHONPATH", None)
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_sdist_holds_what_the_wheel_is_built_of(program: Path) -> None:
    (sdist,) = (program.parents[2] / "dist").glob("*.tar.gz")
    names = subprocess.run(["tar", "tzf", str(sdist)], check=True, capture_output=True, encoding="utf-8").stdout
    for name in ("LICENSE", "README.md", "src/bilint/py.typed", "src/bilint/data/lexicon.tsv", "glossaries/ai-ml.csv"):
        assert f"/{name}\n" in names


def actions() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return made


def test_action_gives_the_script_its_inputs_as_variables_only() -> None:
    steps = actions()["runs"]["steps"]
    assert not any("${{" in step.get("run", "") for step in steps)
    said = " ".join(str(step.get("env", "")) + str(step.get("with", "")) + str(step.get("if", "")) for step in steps)
    for name in actions()["inputs"]:
        assert f"inputs.{name}" in said
    script = (ROOT / "ci/check.sh").read_text(encoding="utf-8")
    (check,) = (step for step in steps if step.get("id") == "check")
    assert set(re.findall(r"BILINT_\w+", script)) == set(check["env"])


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
        ("vendor.github-workflows", ".github/workflows/release.yml"),
        ("vendor.gitlab-ci", "ci/gitlab.yml"),
    ],
)
def test_valid_by_their_schemas(schema: str, file: str) -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema, which has the schemas, is not installed")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def fences(page: str, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


def lines_of(value: object) -> Iterator[str]:
    """Yield the shell lines of a recipe, wherever they stand in it."""
    if isinstance(value, list):
        for each in value:
            yield from lines_of(each)
    if isinstance(value, dict):
        for name, each in value.items():
            if name in ("run", "script", "before_script", "entry"):
                yield from [each] if isinstance(each, str) else each
            else:
                yield from lines_of(each)


def recipes() -> list[str]:
    pages = ("docs/ci.md", "README.md", "README.zh-CN.md")
    found = [line for page in pages for body in fences(page, "yaml") for line in lines_of(yaml.safe_load(body))]
    found += lines_of(yaml.safe_load((ROOT / "ci/gitlab.yml").read_text(encoding="utf-8")))
    return sorted({line for line in found if line.startswith("bilint ")})


def test_recipes_are_found() -> None:
    assert len(recipes()) >= 8
    assert fences("README.md", "yaml")[0].splitlines()[-1] == fences("README.zh-CN.md", "yaml")[0].splitlines()[-1]


@pytest.mark.parametrize("line", recipes())
def test_recipe_is_green_on_sound_articles_and_red_on_a_fault(line: str, program: Path, repository: Path) -> None:
    command = f"{line} docs/zh/kettle.md" if line.startswith("bilint check --since") else line
    assert shell("bilint init && bilint baseline write .", repository, program).returncode == 0
    done = shell(command, repository, program, BILINT_PATHS="docs/zh")
    assert done.returncode == 0, done.stdout + done.stderr
    (repository / "docs/zh/kettle.md").write_text(FAULT, encoding="utf-8")
    done = shell(command, repository, program, BILINT_PATHS="docs/zh")
    assert done.returncode == (0 if "--fail-on never" in line or "init --check" in line else 1), done.stderr
    shutil.rmtree(repository / "docs/en")
    if "init --check" in line:
        assert shell(command, repository, program).returncode == 1


def test_the_template_is_the_one_that_the_page_shows() -> None:
    template = yaml.safe_load((ROOT / "ci/gitlab.yml").read_text(encoding="utf-8"))
    assert template in [yaml.safe_load(body) for body in fences("docs/ci.md", "yaml")]


@pytest.mark.parametrize(
    "line", [line for body in fences("docs/ci.md", "sh") for line in body.split("\n") if "COMPLETE" in line]
)
def test_completion(line: str, program: Path, tmp_path: Path) -> None:
    words = re.search(r"_BILINT_COMPLETE=(\w+)_source bilint", line)
    assert words is not None
    if shutil.which(words[1]) is None:
        pytest.skip(f"{words[1]} is not installed")
    done = shell(words[0], tmp_path, program)
    assert done.returncode == 0
    assert "bilint" in done.stdout


TREES = {
    "A documentation site in one repository": ("docs/zh/kettle.md", "docs/en/kettle.md"),
    "Two repositories": ("guide/kettle.md", "../docs/guide/kettle.md"),
    "A community that translates articles": ("articles/kettle.md", "originals/saved-7.md"),
    "A repository of machine translations": ("translations/zh-CN/kettle.md", "kettle.md"),
}
NAMED = "\n\n> 原文：<https://example.com/kettle>\n\n"


def section(name: str) -> str:
    """The shell lines below a heading of the recipes."""
    text = (ROOT / "docs/recipes.md").read_text(encoding="utf-8").split(f"\n## {name}\n")[1]
    found = re.search(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def test_every_set_up_is_run() -> None:
    text = (ROOT / "docs/recipes.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == list(TREES)


@pytest.mark.parametrize("name", TREES)
def test_a_set_up_is_green_on_sound_articles_and_red_on_a_fault(name: str, program: Path, tmp_path: Path) -> None:
    folder = tmp_path / "all/docs-zh"
    target, source = (folder / path for path in TREES[name])
    for file, text in ((source, ENGLISH), (target, CHINESE)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    if "community" in name:
        target.write_text(CHINESE.replace("\n\n", NAMED, 1), encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "one")
    done = shell(f"set -e\n{section(name)}", folder, program)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 of 1 article compared with the original" in done.stdout
    head = NAMED if "community" in name else "\n\n"
    target.write_text(FAULT.replace("\n\n", head, 1), encoding="utf-8")
    done = shell(section(name).strip().split("\n")[-1], folder, program)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "[empty-link]" in done.stdout
