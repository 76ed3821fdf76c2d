"""An alignment that is kept as numbers comes back as it was, and only for the same two texts."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bilint import pipeline, settings
from bilint.align import align
from bilint.align.numbered import Numbered, aligned_as, numbered
from bilint.discover import discover
from bilint.model import Document
from bilint.parse import parse
from bilint.pipeline import Plan

SECTIONS = {
    "kettle": ("The kettle 4711 boils the `water`.", "水壶 4711 把 `water` 烧开。"),
    "lamp": ("The lamp 815 lights the `room`.", "灯 815 照亮 `room`。"),
    "spoon": ("The spoon 333 stirs the `tea`.", "勺子 333 搅拌 `tea`。"),
    "only": ("Nobody 99 has translated `this`.", ""),
    "added": ("", "这一句 55 是 `译者` 自己写的。"),
}


def document(names: list[str], side: int) -> Document:
    paragraphs = [text for name in names if (text := SECTIONS[name][side])]
    return parse("\n\n".join(["# One" if not side else "# 一", *paragraphs]), f"{side}.md")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (["kettle", "lamp", "spoon"], ["kettle", "lamp", "spoon"]),
        (["kettle", "only", "lamp"], ["kettle", "added", "lamp"]),
        (["kettle", "lamp", "spoon"], ["spoon", "kettle", "lamp"]),
        (["only"], []),
        ([], ["added"]),
    ],
)
def test_it_comes_back_as_it_was(theirs: list[str], ours: list[str]) -> None:
    source, target = document(theirs, 0), document(ours, 1)
    made = align(source, target)
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(numbered(made)), type=Numbered)
    again = aligned_as(source, target, kept)
    assert again is not None
    assert again.pairs == made.pairs


def test_another_text_is_aligned_anew() -> None:
    source, target = document(["kettle", "lamp"], 0), document(["kettle", "lamp"], 1)
    kept = numbered(align(source, target))
    assert aligned_as(source, document(["lamp", "kettle"], 1), kept) is None
    assert aligned_as(document(["lamp", "kettle"], 0), target, kept) is None


def test_an_article_that_is_judged_again_is_not_aligned_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tight, spaced = (
        "我们用Linux和Docker，也用Podman、Fedora和Debian。",
        "我们用 Linux 和 Docker，也用 Podman、Fedora 和 Debian。",
    )
    english = "We use Linux and Docker, also Podman, Fedora and Debian."
    for number, chinese in enumerate([tight, *[spaced] * 6]):
        (tmp_path / f"{number}.en.md").write_text(f"# Systems\n\n{english}\n", encoding="utf-8")
        text = f"---\nsource: {number}.en.md\n---\n\n# 系统\n\n{chinese}\n"
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    seen: list[str] = []
    again: list[str] = []

    def counted(source: Document, target: Document) -> object:
        (again if target.path in seen else seen).append(target.path)
        return align(source, target)

    monkeypatch.setattr(pipeline, "align", counted)
    plan = Plan.of(settings.load(tmp_path), {})
    report = pipeline.run(discover([str(tmp_path)], plan.loaded.settings, tmp_path), plan)
    assert [Path(f.target.place.path).name for f in report.findings if f.rule == "mixed-spacing"] == ["0.md"]
    assert len(seen) == 7
    assert again == []
