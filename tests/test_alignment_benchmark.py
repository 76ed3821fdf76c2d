"""Every part of `benchmarks/alignment.py` runs, on a tiny corpus, and counts as it says."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilint.align.sentences import align_sentences
from bilint.model import AlignedPair, Segment, SegmentPair
from bilint.parse import parse

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

import alignment
import alignment_gold as gold

if TYPE_CHECKING:
    from collections.abc import Sequence

THINGS = (
    ("kettle", "水壶"), ("lamp", "台灯"), ("bicycle", "自行车"), ("window", "窗户"), ("garden", "花园"),
    ("printer", "打印机"), ("oven", "烤箱"), ("camera", "相机"),
)  # fmt: skip


def section(english: str, chinese: str, number: int) -> tuple[str, str]:
    """A section of a heading, two paragraphs and code, in both languages."""
    code = f"```\nrun {english} --level {number}\n```\n\n"
    return (
        f"## The {english} and version {number}\n\nFill the {english} with {number} cups of cold water first. "
        f"Then wait {number + 3} minutes until the {english} is ready.\n\n{code}"
        f"The {english} stands beside the old wall in room {number + 40}. Nobody moves it in winter.\n\n",
        f"## {chinese}与版本 {number}\n\n先往{chinese}里加 {number} 杯冷水，装满为止。"
        f"然后等 {number + 3} 分钟，直到{chinese}准备好。\n\n{code}"
        f"{chinese}放在 {number + 40} 号房间的旧墙旁边。冬天没有人移动它的位置。\n\n",
    )


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder with three parallel articles, and one that lacks a paragraph."""
    rows = []
    for number in range(4):
        made = [section(*thing, 7 * number + at) for at, thing in enumerate(THINGS)]
        english, chinese = ("# About things\n\n" + "".join(side) for side in zip(*made, strict=True))
        if number == 3:
            chinese = chinese.replace("相机放在", "", 1).replace("自行车放在", "新加的一段。\n\n自行车放在", 1)
        folder = tmp_path / "corpus" / f"pairs/a{number}"
        folder.mkdir(parents=True)
        (folder / "en.md").write_text(english, encoding="utf-8")
        (folder / "zh.md").write_text(chinese, encoding="utf-8")
        kind = "no" if number == 3 else "strict"
        rows.append(json.dumps({"path": f"pairs/a{number}", "parallel": kind, "translation_kind": "human-reviewed"}))
    (tmp_path / "corpus" / "manifest.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[dict[str, list[str]], str]:
    """Return the rows by their names, and all that was printed."""
    monkeypatch.setattr(sys, "argv", ["alignment.py", *words])
    alignment.main()
    out = capsys.readouterr().out
    found = re.findall(r"^((?:blocks|sentences): .*?)  +(\d.*)$", out, re.MULTILINE)
    return {name: figures.split() for name, figures in found}, out


def test_every_part(shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    rows, out = run(monkeypatch, capsys, "--shared", str(shared), "--seeds", "1", "--megabytes", "0.01", "--wrong")
    assert list(rows) == [name for name, *_ in (*alignment.BLOCKS, alignment.ISLANDS, *alignment.SENTENCES)]
    assert rows["blocks: clean"][0] == "99"
    assert all(int(figures[0]) > 0 and float(figures[3]) > 0.8 for figures in rows.values())
    assert re.search(r"one article of 0\.01 MB, 10 % deleted: [\d.]+ CPU seconds, [1-9]\d* MB at most", out)
    assert "MB per CPU second: blocks" in out


def test_with_an_encoder(shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def encode(texts: Sequence[str]) -> list[list[float]]:
        numbers = [re.findall(r"\d+", text) for text in texts]
        return [[1.0, 0.0] if found else [0.0, 1.0] for found in numbers]

    monkeypatch.setattr(alignment, "load_encoder", lambda: encode)
    rows, out = run(monkeypatch, capsys, "--shared", str(shared), "--seeds", "1", "--semantic")
    assert len(rows) == 2 * len(alignment.SENTENCES)
    assert "with sentences and the encoder" in out


def beads() -> tuple[list[gold.Bead[Segment]], list[Segment], list[Segment]]:
    """Three sentences and their translations, of which the third is left alone."""
    source = parse("One is here. Two is there. Three is alone.\n", "en.md").blocks[0]
    target = parse("一在这里。二在那里。四是多余的。\n", "zh.md").blocks[0]
    pairs = list(align_sentences(AlignedPair((source,), (target,), 0.0)))
    left = [segment for pair in pairs for segment in pair.source]
    right = [segment for pair in pairs for segment in pair.target]
    assert len(left) == len(right) == 3
    known = [gold.Bead((a,), (b,)) for a, b in zip(left[:2], right[:2], strict=True)]
    return [*known, gold.Bead((left[2],), ())], left, right


def pair(source: Sequence[Segment], target: Sequence[Segment]) -> SegmentPair:
    return SegmentPair(tuple(source), tuple(target), 0.9)


@pytest.mark.parametrize(
    ("found", "strict", "lax"),
    [
        ([((0,), (0,)), ((1,), (1,)), ((2,), ())], (3, 3, 2, 2), (3, 2)),
        ([((0,), (0,)), ((1,), ()), ((2,), (1,))], (1, 3, 1, 2), (1, 1)),  # a wrong deletion counts against precision
        ([((0, 1), (0, 1)), ((2,), ())], (1, 2, 0, 2), (2, 2)),  # a merge is near, and what is rightly alone is right
    ],
)
def test_counts_as_vecalign_does(
    found: list[tuple[tuple[int, ...], tuple[int, ...]]], strict: tuple[int, ...], lax: tuple[int, ...]
) -> None:
    known, left, right = beads()
    tally = alignment.Tally()
    tally.add(known, [pair([left[i] for i in there], [right[j] for j in here]) for there, here in found], "a.md")
    assert (tally.predicted_strict, tally.predicted, tally.expected_strict, tally.expected) == strict
    assert (tally.predicted_lax, tally.expected_lax) == lax
