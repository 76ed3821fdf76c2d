"""Which program renders the articles of a repository: told by the settings files that it leaves there."""

from __future__ import annotations

from pathlib import Path

from bilint.model import Renderer

_SIGNS: tuple[tuple[Renderer, tuple[str, ...]], ...] = (
    (Renderer.PYTHON_MARKDOWN, ("mkdocs.yml", "mkdocs.yaml")),
    (Renderer.MDSVEX, ("mdsvex.config.js", "svelte.config.js")),
    (
        Renderer.COMMONMARK,
        (
            *("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", "astro.config.mjs"),
            *("astro.config.ts", ".vitepress", "docs/.vitepress", ".vuepress", "docs/.vuepress", "book.toml"),
            *("hugo.toml", "hugo.yaml", "next.config.js", "next.config.mjs", "next.config.ts"),
        ),
    ),
    (Renderer.KRAMDOWN, ("_config.yml", "_config.yaml")),
)
"""The first that is found decides: `_config.yml` comes last, because other generators have one too."""
_OTHERS = ("package.json",)
"""Beside `_config.yml`, it speaks of Hexo rather than of Jekyll."""


def guess(root: Path) -> Renderer | None:
    """Return the renderer of a repository by the names of files in `root`, None where nothing tells; reads no file."""
    for renderer, names in _SIGNS:
        if any((root / name).exists() for name in names):
            is_doubtful = renderer is Renderer.KRAMDOWN and any((root / name).exists() for name in _OTHERS)
            return None if is_doubtful else renderer
    return None
