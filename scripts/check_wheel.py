"""Build wheel and sdist, check what they say of themselves, install each in a fresh environment, and run it there.

python scripts/check_wheel.py                  # in a folder that is removed again
python scripts/check_wheel.py --output dist    # and keep both files
python scripts/check_wheel.py --offline        # dependencies are those of this Python; nothing is downloaded
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_ONE_FINDING = 1
"""Exit code of `bilint check` where there are findings."""


def main() -> int:
    """Build and check both; return 0, or 1 with the reason on standard error."""
    parser = argparse.ArgumentParser(description="Build and check what is published.")
    parser.add_argument("--output", type=Path, help="keep wheel and sdist there")
    parser.add_argument("--tag", default="", help="the version must be this tag's")
    parser.add_argument("--offline", action="store_true", help="take build and run-time dependencies from this Python")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            wheel, sdist = built(Path(folder) / "dist", offline=asked.offline)
            _check_names(wheel, sdist, asked.tag)
            for archive in (wheel, sdist):
                bilint = installed(archive, Path(folder) / archive.suffix[1:], offline=asked.offline)
                check_installed(bilint, Path(folder))
        except (subprocess.CalledProcessError, ValueError) as error:
            print(f"{error}\n{getattr(error, 'stdout', '') or ''}", file=sys.stderr)
            return 1
        if asked.output:
            asked.output.mkdir(parents=True, exist_ok=True)
            for archive in (wheel, sdist):
                shutil.copy(archive, asked.output)
    print(f"{wheel.name} and {sdist.name} are sound")
    return 0


def built(folder: Path, *, offline: bool) -> tuple[Path, Path]:
    """Return the wheel, built from the sdist as by those who have only that, and the sdist."""
    isolation = ["--no-isolation"] if offline else []
    _run([sys.executable, "-m", "build", *isolation, "--outdir", str(folder), str(ROOT)])
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    _run([sys.executable, "-m", "twine", "check", "--strict", str(wheel), str(sdist)])
    return wheel, sdist


def _check_names(wheel: Path, sdist: Path, tag: str) -> None:
    version = sdist.name.removeprefix("bilint-").removesuffix(".tar.gz")
    if wheel.name != f"bilint-{version}-py3-none-any.whl":
        raise ValueError(f"{wheel.name} and {sdist.name} are not of one version for every machine")
    if tag and tag != f"v{version}":
        raise ValueError(f"the tag is {tag}, the version {version}")


def installed(archive: Path, environment: Path, *, offline: bool) -> Path:
    """Return the program `bilint` of a fresh environment in which the archive is installed."""
    venv.create(environment, with_pip=True)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    options = ["--no-deps", "--no-index", "--no-build-isolation"] if offline else []
    if offline:
        library = Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))
        (library / "of_the_builder.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, *options, str(archive)])
    return programs / "bilint"


def check_installed(bilint: Path, folder: Path) -> None:
    """Raise CalledProcessError or ValueError unless the program works, and finds its data, away from the checkout."""
    shutil.copytree(ROOT / "fixtures", folder / "fixtures", dirs_exist_ok=True)
    where = _run([str(bilint.parent / "python"), "-c", "import bilint; print(bilint.__file__)"], folder)
    if str(ROOT) in where:
        raise ValueError(f"{where.strip()} is the checkout, not what was installed")
    _run([str(bilint), "--version"], folder)
    _run([str(bilint), "rule", "mixed-term"], folder)
    # The catalogue, and the Chinese of a rule.
    chinese = _run([str(bilint), "rule", "mixed-term", "--language", "zh"], folder)
    for text in ("置信度", "## 为什么"):
        if text not in chinese:
            raise ValueError(f"{text} is not in the Chinese manual: is its file inside?\n{chinese}")
    words = ["check", "--config", "fixtures/bilint.toml", "--format", "concise", "fixtures"]
    report = _run([str(bilint), *words], folder, code=_ONE_FINDING)
    # A word from the lexicon, a term from a shipped glossary.
    for rule in ("[untranslated-words]", "[wrong-term]", "[missing-block]"):
        if rule not in report:
            raise ValueError(f"{rule} is not found in the fixtures: is its data inside?\n{report}")


def _run(command: Sequence[str], folder: Path = ROOT, *, code: int = 0) -> str:
    """Return what the program prints. Raises CalledProcessError when it ends with another code."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    printed = done.stdout.decode("utf-8", "replace")
    if done.returncode != code:
        raise subprocess.CalledProcessError(done.returncode, command, printed)
    return printed


if __name__ == "__main__":
    sys.exit(main())
