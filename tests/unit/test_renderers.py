"""Which renderer the files of a repository tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bilint.model import Renderer
from bilint.renderers import guess

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), None),
        (("_config.yml",), Renderer.KRAMDOWN),
        (("_config.yml", "package.json"), None),
        (("mkdocs.yml",), Renderer.PYTHON_MARKDOWN),
        (("svelte.config.js", "package.json"), Renderer.MDSVEX),
        (("docusaurus.config.ts", "_config.yml"), Renderer.COMMONMARK),
        (("docs/.vitepress",), Renderer.COMMONMARK),
    ],
)
def test_files_tell_the_renderer(tmp_path: Path, names: tuple[str, ...], expected: Renderer | None) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert guess(tmp_path) is expected
