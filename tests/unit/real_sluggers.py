"""What the generators themselves make of headings; a test asks them where they are installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

NODE_FOLDER = "BILINT_SLUGGERS"
"""The environment variable with the folder whose `node_modules` has the sluggers of npm."""
ON_NPM = frozenset(("github", "docusaurus", "astro", "vitepress", "vuepress"))
Asked = tuple[str, tuple[str, ...]]


def from_npm(asked: Sequence[Asked]) -> list[list[str] | None] | str:
    """Return the slugs for each question, None where a slugger is missing; or why none can be asked."""
    folder, node = os.environ.get(NODE_FOLDER), shutil.which("node")
    if not folder or not Path(folder, "node_modules").is_dir():
        return f"{NODE_FOLDER} names no folder with the sluggers of npm"
    if node is None:
        return "node is not installed"
    script = Path(__file__).with_name("data") / "sluggers.mjs"
    run = subprocess.run(
        [node, "--input-type=module", "-e", script.read_text(encoding="utf-8")],
        cwd=folder, input=json.dumps(asked), capture_output=True, text=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    slugs: list[list[str] | None] = json.loads(run.stdout)
    return slugs


def _mkdocs(*, unicode: bool) -> Callable[[Sequence[str]], list[str]]:
    from markdown.extensions.toc import slugify, unique

    def ask(headings: Sequence[str]) -> list[str]:
        used: set[str] = set()
        return [unique(slugify(heading, "-", unicode=unicode), used) for heading in headings]

    return ask


def _pymdown() -> Callable[[Sequence[str]], list[str]]:
    from markdown.extensions.toc import unique
    from pymdownx.slugs import slugify

    make = slugify(case="lower")

    def ask(headings: Sequence[str]) -> list[str]:
        used: set[str] = set()
        return [unique(make(heading, "-"), used) for heading in headings]

    return ask


def _sphinx() -> Callable[[Sequence[str]], list[str]]:
    from docutils import nodes
    from docutils.frontend import get_default_settings
    from docutils.utils import new_document

    def ask(headings: Sequence[str]) -> list[str]:
        settings = get_default_settings()
        settings.auto_id_prefix, settings.report_level = "id", 5
        document, sections = new_document("page", settings), []
        for heading in headings:
            sections.append(nodes.section(names=[nodes.fully_normalize_name(heading)]))
            document.note_implicit_target(sections[-1])
        return [section["ids"][0] for section in sections]

    return ask


def _myst() -> Callable[[Sequence[str]], list[str]]:
    from myst_parser.slugs import github_slugify, unique_slug

    def ask(headings: Sequence[str]) -> list[str]:
        used: list[str] = []
        for heading in headings:
            slug = github_slugify(heading)
            used.append(unique_slug(slug, used) if slug else slug)
        return used

    return ask


FROM_PYPI: dict[str, Callable[[], Callable[[Sequence[str]], list[str]]]] = {
    "mkdocs": lambda: _mkdocs(unicode=False),
    "mkdocs-unicode": lambda: _mkdocs(unicode=True),
    "pymdown": _pymdown,
    "sphinx": _sphinx,
    "myst": _myst,
}
