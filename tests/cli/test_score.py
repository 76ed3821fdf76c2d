"""`bilint score`: weighted findings per 1,000 English words, and likeness to a reviewed translation."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from runs import CHINESE, ENGLISH, Done, Folder

Run = Callable[..., Done]
WORDS = 13
"""English words of the sound article, its title with it."""
FAULTY = CHINESE.replace("冷水", "冷水[](https://example.com/kettle)")
"""With one `empty-link`, a warning."""
LONG = ENGLISH + "".join(f"\nThe cup number {n} stands on the shelf behind the door.\n" for n in range(8))
LONG_CHINESE = CHINESE + "".join(f"\n第 {n} 个杯子放在门后的架子上。\n" for n in range(8))


def scored(done: Done) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_a_sound_article_has_no_penalty(folder: Folder, bilint: Run) -> None:
    done = bilint("score", "zh", "--format", "json")
    assert (done.code, done.err) == (0, "")
    figures = {"words": WORDS, "errors": 0, "warnings": 0, "info": 0, "penalty": 0.0, "penalty_per_1000_words": 0.0}
    assert scored(done)["project"] == {"articles": 1, **figures, "change": None}
    assert scored(done)["articles"] == [{"path": "zh/kettle.md", **figures, "change": None}]


def test_findings_weigh_by_their_severity_and_each_cause_once(folder: Folder, bilint: Run) -> None:
    folder.write("zh/kettle.md", FAULTY.replace("水烧", "水[](https://example.com/kettle)烧"))
    folder.write("bilint.toml", 'select = ["empty-link"]\n[score]\nwarning = 3\n')
    article = scored(bilint("score", "zh", "--format", "json"))["articles"][0]
    assert article["warnings"] == 1
    assert article["penalty"] == 3
    assert article["penalty_per_1000_words"] == round(3000 / WORDS, 6)


def test_the_worst_articles_come_first(folder: Folder, bilint: Run) -> None:
    folder.write("en/bad.md", ENGLISH)
    folder.write("zh/bad.md", FAULTY)
    folder.write("bilint.toml", 'select = ["empty-link"]\n')
    assert re.sub(" +", " ", bilint("score", "zh").out) == (
        " words errors warnings info penalty per 1,000 words\n"
        "zh/bad.md 13 0 1 0 76.92\n"
        "zh/kettle.md 13 0 0 0 0.00\n"
        "all 2 articles 26 0 1 0 38.46\n"
    )


def test_what_bilint_says_of_its_own_work_is_no_fault(folder: Folder, bilint: Run) -> None:
    folder.write("zh/kettle.md", "<!-- bilint-disable-file empty-link -->\n" + CHINESE)
    assert "unused-suppression" in bilint("check", "zh").out
    assert scored(bilint("score", "zh", "--format", "json"))["project"]["penalty"] == 0


def test_known_findings_are_faults_still(folder: Folder, bilint: Run) -> None:
    folder.write("zh/kettle.md", FAULTY)
    folder.write("bilint.toml", 'baseline = "bilint-baseline.json"\n')
    bilint("baseline", "write", "zh")
    assert bilint("check", "zh").code == 0
    assert scored(bilint("score", "zh", "--format", "json"))["project"]["warnings"] == 1


def test_an_article_without_an_original_has_no_score(folder: Folder, bilint: Run) -> None:
    folder.write("zh/alone.md", CHINESE)
    done = scored(bilint("score", "zh", "--format", "json"))
    assert [each["path"] for each in done["articles"]] == ["zh/kettle.md"]
    assert [each["path"] for each in done["unscored"]] == ["zh/alone.md"]
    assert done["unscored"][0]["why"]
    alone = bilint("score", "zh/alone.md")
    assert (alone.code, alone.out) == (3, "")
    assert "original" in alone.err


def test_a_gate_on_the_penalty(folder: Folder, bilint: Run) -> None:
    folder.write("zh/kettle.md", FAULTY)
    limit = 1000 / WORDS
    assert bilint("score", "zh").code == 0
    assert bilint("score", "zh", "--most", str(limit + 0.01)).code == 0
    assert bilint("score", "zh", "--most", str(limit - 0.01)).code == 1
    folder.write("bilint.toml", "[score]\nmost = 1\n")
    assert bilint("score", "zh").code == 1
    assert bilint("score", "zh", "--most", "1000").code == 0


def test_the_change_since_an_earlier_score(folder: Folder, bilint: Run) -> None:
    folder.write("zh/kettle.md", FAULTY)
    bilint("score", "zh", "--format", "json", "-o", "score.json")
    folder.write("zh/kettle.md", CHINESE)
    folder.write("zh/new.md", CHINESE)
    folder.write("en/new.md", ENGLISH)
    done = scored(bilint("score", "zh", "--baseline", "score.json", "--format", "json"))
    before = round(1000 / WORDS, 6)
    assert {each["path"]: each["change"] for each in done["articles"]} == {"zh/kettle.md": -before, "zh/new.md": None}
    assert done["project"]["change"] == -before
    table = bilint("score", "zh", "--baseline", "score.json").out
    assert f"{-before:.2f}" in table
    assert "new\n" in table


@pytest.mark.parametrize("text", ["", "[]", '{"schema_version": 1, "findings": []}', '{"project": {}}'])
def test_what_is_no_score_is_said(text: str, folder: Folder, bilint: Run) -> None:
    folder.write("score.json", text)
    done = bilint("score", "zh", "--baseline", "score.json")
    assert done.code == 2
    assert done.err.startswith("error: score.json: is no score")


def test_an_unreadable_article_does_not_take_the_others_with_it(folder: Folder, bilint: Run) -> None:
    (folder.path / "zh/broken.md").write_bytes(b"\xff\xfe\xff")
    done = bilint("score", "zh")
    assert done.code == 2
    assert "zh/kettle.md" in done.out
    assert "zh/broken.md" in done.err


def metrics(done: Done) -> dict[str, float]:
    return {each["name"]: each["score"] for each in scored(done)["reference"]["metrics"]}


def test_an_article_like_its_reference(folder: Folder, bilint: Run) -> None:
    folder.write("reviewed/kettle.md", CHINESE)
    done = bilint("score", "zh", "--reference", "reviewed", "--format", "json")
    assert done.code == 0
    assert metrics(done) == pytest.approx({"BLEU": 100, "chrF2++": 100, "TER": 0})
    assert "tok:zh" in scored(done)["reference"]["metrics"][0]["signature"]
    assert scored(done)["reference"]["segments"] == 2


def test_the_figures_are_those_of_sacrebleu(folder: Folder, bilint: Run) -> None:
    folder.write("en/kettle.md", LONG)
    folder.write("zh/kettle.md", LONG_CHINESE.replace("架子", "搁板"))
    folder.write("reviewed/kettle.md", LONG_CHINESE)
    folder.write("before/kettle.md", LONG_CHINESE.replace("杯子放在门后的架子上", "杯在门后"))
    words = ("score", "zh", "--reference", "reviewed", "--against", "before", "--segments", "seg", "--format", "json")
    ours = scored(bilint(*words))["reference"]["metrics"]
    alone = json.loads(_sacrebleu("-i", "seg/articles.txt", "--confidence", "-f", "json"))
    assert [(each["name"], each["signature"]) for each in ours] == [(each["name"], each["signature"]) for each in alone]
    for own, its in zip(ours, alone, strict=True):
        assert own["score"] == pytest.approx(its["score"], abs=1e-4)
        assert own["mean"] == pytest.approx(its["confidence_mean"], abs=1e-4)
        assert own["half_width"] == pytest.approx(its["confidence_var"], abs=1e-4)
    # As JSON it cannot print these.
    table = _sacrebleu("-i", "seg/articles.txt", "seg/against.txt", "--paired-bs", "-f", "text")
    compared = [each["against"] for each in ours]
    rows = table[table.rindex("seg/against.txt") :]
    scores = re.findall(r"([\d.]+) \(([\d.]+) ± ([\d.]+)\)", rows)
    shown = [(each["score"], each["mean"], each["half_width"]) for each in compared]
    assert scores == [tuple(f"{figure:.4f}" for figure in each) for each in shown]
    assert re.findall(r"p = ([\d.]+)", rows) == [f"{each['p_value']:.4f}" for each in compared]
    assert all(own["score"] != own["against"]["score"] for own in ours)


def _sacrebleu(*words: str) -> str:
    options = "-m bleu chrf ter -tok zh --chrf-word-order 2 --ter-normalized --ter-asian-support -w 4"
    command = [sys.executable, "-m", "sacrebleu", "seg/reference.txt", *words, *options.split()]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def test_articles_without_a_reference_are_counted(folder: Folder, bilint: Run) -> None:
    folder.write("reviewed/kettle.md", CHINESE)
    folder.write("zh/other.md", CHINESE)
    folder.write("en/other.md", ENGLISH)
    done = bilint("score", "zh", "--reference", "reviewed", "--format", "json")
    assert scored(done)["reference"]["without"] == ["zh/other.md"]
    assert "not among the references: 1\n" in bilint("score", "zh", "--reference", "reviewed").out


def test_a_folder_without_any_reference_is_said(folder: Folder, bilint: Run) -> None:
    folder.write("reviewed/other.md", CHINESE)
    done = bilint("score", "zh", "--reference", "reviewed")
    assert "none of the articles is in reviewed" in done.err
    assert done.code == 2
    missing = bilint("score", "zh", "--reference", "nowhere")
    assert (missing.code, missing.err) == (2, "error: nowhere: is no folder\n")


def test_a_reference_that_cannot_be_read_is_a_problem_of_its_article(folder: Folder, bilint: Run) -> None:
    folder.write("reviewed/kettle.md", CHINESE)
    folder.write("zh/other.md", CHINESE)
    folder.write("en/other.md", ENGLISH)
    (folder.path / "reviewed/other.md").write_bytes(b"\xff\xfe\xff")
    done = bilint("score", "zh", "--reference", "reviewed")
    assert done.code == 2
    assert "reviewed/other.md" in done.err
    assert "BLEU" in done.out


def test_options_that_need_a_reference_say_so(folder: Folder, bilint: Run) -> None:
    done = bilint("score", "zh", "--against", "before")
    assert done.code == 2
    assert "--reference" in done.err
