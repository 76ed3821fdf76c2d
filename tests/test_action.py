"""`action.yml`, its steps run one by one as a runner does: the shell lines, the variables, the files for outputs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
ENGLISH = (
    "# The kettle\n\nFill the kettle with cold water and wait until it boils. Then [read](https://example.com/b).\n"
)
CHINESE = "# 水壶\n\n把水壶装满冷水，然后等水烧开。然后[继续读](https://example.com/b)。\n"
FAULT = "# 水壶\n\n把水壶装满冷水，然后等水烧开。然后[](https://example.com/b)。\n"
IDENTITY = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]


@dataclass(frozen=True)
class Ran:
    """A run of the action: whether the job fails, its log, outputs, summary, and the actions that it used."""

    code: int
    log: str
    outputs: Mapping[str, str]
    summary: str
    used: Mapping[str, Mapping[str, str]]


class Runner:
    """A runner's checkout in a folder; Python's packages go into a folder of their own."""

    def __init__(self, workspace: Path, packages: Path) -> None:
        self.workspace = workspace
        self._packages = packages
        self._temporary = packages.parent / "runner"

    def run(self, **given: str) -> Ran:
        inputs = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        context = {f"inputs.{name}": value for name, value in inputs.items()}
        log, code, used = [], 0, {}
        self._temporary.mkdir(exist_ok=True)
        files = {name: self._temporary / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        summary = ""
        for step in ACTION["runs"]["steps"]:
            if code or not self._holds(step.get("if", ""), context):
                continue
            if "uses" in step:
                used[step["uses"]] = {name: replaced(str(v), context) for name, v in step.get("with", {}).items()}
                continue
            if "pip install" in step["run"] and (self._packages / "bin").exists():
                continue  # once is enough: it is the same tree
            for file in files.values():
                file.write_text("", encoding="utf-8")
            done = self._shell(replaced(step["run"], context), step, context, files)
            log.append(done.stdout + done.stderr)
            code = done.returncode
            for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines():
                name, _, value = line.partition("=")
                context[f"steps.{step['id']}.outputs.{name}"] = value
            summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        outputs = {name: replaced(each["value"], context) for name, each in ACTION["outputs"].items()}
        return Ran(code, "".join(log), outputs, summary, used)

    def _holds(self, condition: str, context: Mapping[str, str]) -> bool:
        for part in filter(None, map(str.strip, condition.split("&&"))):
            found = re.fullmatch(
                r"(?P<value>[\w.-]+|hashFiles\((?P<file>[\w.-]+)\)) (?P<is>[!=]=) '(?P<wanted>\w*)'", part
            )
            assert found is not None, f"a condition that no runner here understands: {part}"
            if found["file"]:
                value = "hash" if (self.workspace / context[found["file"]]).is_file() else ""
            else:
                value = context[found["value"]]
            if (value == found["wanted"]) != (found["is"] == "=="):
                return False
        return True

    def _shell(
        self, script: str, step: Mapping[str, Any], context: Mapping[str, str], files: Mapping[str, Path]
    ) -> subprocess.CompletedProcess[str]:
        assert step["shell"] == "bash"
        python = Path(sys.executable).parent
        environment = {
            **os.environ,
            **{name: str(file) for name, file in files.items()},
            **{name: replaced(value, context) for name, value in step.get("env", {}).items()},
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(self.workspace),
            "PATH": os.pathsep.join(map(str, (self._packages / "bin", python, os.environ["PATH"]))),
            "PYTHONPATH": str(self._packages),
            # As there is no network here: into the folder, with the build tools and dependencies that are installed.
            "PIP_TARGET": str(self._packages),
            "PIP_UPGRADE": "1",
            "PIP_NO_DEPS": "1",
            "PIP_NO_BUILD_ISOLATION": "0",
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(
            command, cwd=self.workspace, env=environment, capture_output=True, encoding="utf-8", check=False
        )


def replaced(text: str, context: Mapping[str, str]) -> str:
    """The text with its expressions evaluated; `hashFiles` of a cache key is any text."""
    return EXPRESSION.sub(lambda found: "hash" if "hashFiles" in found[1] else context.get(found[1], ""), text)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="`hatchling` is not installed: nothing can be built")
    return tmp_path_factory.mktemp("packages") / "site"


@pytest.fixture
def runner(tmp_path: Path, packages: Path) -> Runner:
    """A checkout of two commits, of which the second changes a translation."""
    for name, text in (("docs/en/kettle.md", ENGLISH), ("docs/zh/kettle.md", f"{CHINESE}\n第二段。\n")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "before")
    (tmp_path / "docs/zh/kettle.md").write_text(CHINESE, encoding="utf-8")
    git(tmp_path, "commit", "-q", "-a", "-m", "after")
    return Runner(tmp_path, packages)


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *IDENTITY, *words], cwd=folder, check=True, capture_output=True)


def results(folder: Path, file: str = "bilint.sarif") -> list[Mapping[str, Any]]:
    (run,) = json.loads((folder / file).read_text(encoding="utf-8"))["runs"]
    found: list[Mapping[str, Any]] = run["results"]
    return found


def test_sound_articles(runner: Runner) -> None:
    ran = runner.run(paths="docs/zh")
    assert (ran.code, ran.outputs) == (0, {"findings": "0", "exit-code": "0", "sarif": "bilint.sarif"}), ran.log
    assert results(runner.workspace) == []
    assert "no findings" in ran.summary
    assert set(ran.used) == {"actions/setup-python@v5"}
    assert ran.used["actions/setup-python@v5"]["python-version"] == ACTION["inputs"]["python-version"]["default"]


def test_a_fault_fails_the_job_after_the_upload(runner: Runner) -> None:
    (runner.workspace / "docs/zh/kettle.md").write_text(FAULT, encoding="utf-8")
    ran = runner.run(paths="docs/zh", sarif="reports/out.sarif", upload_sarif="true")
    assert ran.code == 1
    assert ran.outputs == {
        "findings": str(len(results(runner.workspace, "reports/out.sarif"))),
        "exit-code": "1",
        "sarif": "reports/out.sarif",
    }
    assert int(ran.outputs["findings"]) >= 1
    assert ran.used["github/codeql-action/upload-sarif@v3"]["sarif_file"] == "reports/out.sarif"
    assert "title=bilint%3A empty-link" in ran.log
    assert "empty-link" in ran.summary


def test_a_baseline_leaves_what_is_new(runner: Runner) -> None:
    folder = runner.workspace
    (folder / "docs/zh/kettle.md").write_text(FAULT, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "bilint", "baseline", "write", "docs/zh"], cwd=folder, check=True)
    known = runner.run(paths="docs/zh", baseline="bilint-baseline.json")
    assert (known.code, known.outputs["findings"]) == (0, "0"), known.log
    assert "1 baselined" in known.summary
    (folder / "docs/zh/kettle.md").write_text(f"{FAULT}\n请看[](https://example.com/c)。\n", encoding="utf-8")
    new = runner.run(paths="docs/zh", baseline="bilint-baseline.json")
    assert (new.code, int(new.outputs["findings"]) >= 1) == (1, True), new.log


def test_annotations_and_summary_are_in_the_language_that_is_asked_for(runner: Runner) -> None:
    (runner.workspace / "docs/zh/kettle.md").write_text(FAULT, encoding="utf-8")
    ran = runner.run(paths="docs/zh", language="zh")
    assert (ran.code, "没有文字" in ran.log, "没有文字" in ran.summary) == (1, True, True), ran.log


def test_a_baseline_that_is_not_there_fails(runner: Runner) -> None:
    ran = runner.run(paths="docs/zh", baseline="none.json")
    assert (ran.code, ran.outputs["exit-code"], "none.json" in ran.log) == (2, "2", True)


def test_since_and_the_severity_that_fails(runner: Runner) -> None:
    (runner.workspace / "docs/zh/kettle.md").write_text(FAULT, encoding="utf-8")
    git(runner.workspace, "commit", "-q", "-a", "-m", "a fault")
    assert runner.run(paths="docs/zh", since="HEAD^1").code == 1
    assert runner.run(paths="docs/zh", since="HEAD").outputs["findings"] == "0"
    never = runner.run(paths="docs/zh", fail_on="never")
    assert (never.code, never.outputs["findings"] != "0") == (0, True)


def test_a_shallow_checkout_says_what_to_do(runner: Runner, tmp_path_factory: pytest.TempPathFactory) -> None:
    shallow = tmp_path_factory.mktemp("shallow") / "checkout"
    git(runner.workspace, "clone", "-q", "--depth", "1", runner.workspace.as_uri(), str(shallow))
    there = Runner(shallow, runner._packages)
    plain = there.run(paths="docs/zh")
    assert (plain.code, "fetch-depth: 0" in plain.log) == (0, True), plain.log
    since = there.run(paths="docs/zh", since="HEAD^1")
    assert (since.code, "fetch-depth: 0" in since.log) == (2, True), since.log


def test_fetching_uses_the_cache_and_settings_that_are_named(runner: Runner) -> None:
    (runner.workspace / "other.toml").write_text('ignore = ["empty-link", "missing-link"]\n', encoding="utf-8")
    (runner.workspace / "docs/zh/kettle.md").write_text(FAULT, encoding="utf-8")
    ran = runner.run(paths="docs/zh\ndocs/zh/kettle.md\n", config="other.toml", fetch="true")
    assert "actions/cache@v4" in ran.used
    assert "empty-link" not in ran.log


def test_paths_are_never_shell(runner: Runner) -> None:
    ran = runner.run(paths="docs/zh\nnone; touch evil $(touch evil)\n--output=evil\n")
    assert (ran.code, ran.outputs["exit-code"]) == (2, "2")
    assert not (runner.workspace / "evil").exists()
