"""Rules that installed packages bring."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from runs import Done, Folder

from bilint import cache_door, conditions, installed
from bilint.library.cache import OWN_FOLDER
from bilint.messages.rules import rule_words

Run = Callable[..., Done]
RULE = '''
from collections.abc import Iterator

from bilint.model import Confidence, Document, Finding, Severity
from bilint.rules import Context, Options, rule, whole_line


@rule(severity=Severity.WARNING, confidence=Confidence.HIGH, mqm="style/x", messages={"water": "says 冷水"})
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """The article says 冷水."""
    if "冷水" in document.text:
        yield context.finding("water", whole_line(document, 3))
'''


def install(folder: Path, module: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{module}.py").write_text(text, encoding="utf-8")
    said = folder / f"{module}-1.dist-info"
    said.mkdir()
    (said / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1\n", encoding="utf-8")
    (said / "entry_points.txt").write_text(f"[bilint.rules]\n{module} = {module}:check\n", encoding="utf-8")


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "packages"
    monkeypatch.setattr(installed, "folders", lambda: (str(folder),))
    monkeypatch.syspath_prepend(str(folder))
    installed.installed_rules.cache_clear()
    yield folder
    for name in ("says_water", "broken_one"):
        sys.modules.pop(name, None)
    installed.installed_rules.cache_clear()
    rule_words.cache_clear()


def test_a_rule_of_a_package_is_one_like_the_others(folder: Folder, bilint: Run, packages: Path) -> None:
    install(packages, "says_water", RULE)
    assert bilint("check", "zh", "--format", "json").rules == ["says-water"]
    assert bilint("check", "zh", "--select", "says-water").code == 1
    assert bilint("check", "zh", "--ignore", "says-water").code == 0
    assert "The article says 冷水." in bilint("rule", "says-water").out


@pytest.mark.parametrize(
    ("chinese", "said"),
    [
        ('summary = "文章说了冷水。"\n[messages]\nwater = "说了冷水"\n', "说了冷水"),
        ("", "says 冷水"),
        ("[messages\n", "says 冷水"),
        ("[messages]\nwater = 3\n", "says 冷水"),
        ('[messages]\nwater = "{what}"\n', "says 冷水"),
        ('[messages]\nwater = "{"\n', "says 冷水"),
    ],
)
def test_a_rule_of_a_package_brings_its_chinese(
    folder: Folder, bilint: Run, packages: Path, chinese: str, said: str
) -> None:
    install(packages, "says_water", RULE)
    (packages / "says_water.zh.toml").write_text(chinese, encoding="utf-8")
    rule_words.cache_clear()
    done = bilint("check", "zh", "--language", "zh", "--format", "concise")
    assert done.out.startswith(f"zh/kettle.md:3:1: warning[says-water] {said}\n"), done.err
    assert ("文章说了冷水。" in bilint("rule", "says-water", "--language", "zh").out) == (said == "说了冷水")


@pytest.mark.parametrize("text", ["raise SystemError('no')\n", "check = 1\n", "import no_such_module\n"])
def test_a_broken_one_is_named_and_the_others_run(folder: Folder, bilint: Run, packages: Path, text: str) -> None:
    install(packages, "broken_one", text)
    install(packages, "says_water", RULE)
    done = bilint("check", "zh", "--format", "json")
    assert done.code == 2
    assert "broken_one: entry point `broken_one = broken_one:check`" in done.err
    assert done.rules == ["says-water"]


def test_nothing_in_the_working_directory_is_imported(folder: Folder) -> None:
    evil = "open('executed', 'w').close()\n"
    install(folder.path, "says_water", evil)
    for module in ("yaml", "lxml", "pathspec", "langdetect"):
        folder.write(f"{module}.py", evil)
    words = [sys.executable, "-m", "bilint", "check", "zh"]
    done = subprocess.run(words, capture_output=True, check=False, cwd=folder.path)
    assert done.returncode == 0, done.stderr.decode()
    assert not (folder.path / "executed").exists()


def test_a_rule_that_has_changed_is_asked_again(folder: Folder, bilint: Run, packages: Path) -> None:
    for number in range(cache_door.FEWEST):
        for language in ("en", "zh"):
            text = (folder.path / language / "kettle.md").read_text(encoding="utf-8")
            folder.write(f"{language}/kettle-{number}.md", text)
    install(packages, "says_water", RULE)
    bilint("check", "zh")
    assert (folder.path / OWN_FOLDER / cache_door.NAME).exists()
    (packages / "says_water.py").write_text(RULE.replace("document, 3", "document, 1"), encoding="utf-8")
    sys.modules.pop("says_water")
    shutil.rmtree(packages / "__pycache__", ignore_errors=True)
    importlib.invalidate_caches()
    for known in (installed.installed_rules, conditions._digest_of_program):
        known.cache_clear()
    out = bilint("check", "zh", "--format", "concise").out
    assert out.count(".md:1:1: warning[says-water]") == cache_door.FEWEST + 1
