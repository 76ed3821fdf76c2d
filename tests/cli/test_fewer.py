"""Fewer at a time: what `--statistics`, `--min-severity` and `--quiet` leave of a report, and what stands first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from runs import Done, Folder

Run = Callable[..., Done]

FAULTS = "水烧开之后,先关火。\n\n请看[](https://example.com/kettle)。\n"
"""A `half-width-punctuation` (info, high) above an `empty-link` (warning, high)."""
DOUBTFUL_ENGLISH = "# The pot\n\nRead [the manual](https://example.com/kettle/manual) first.\n"
DOUBTFUL = "# 锅\n\n请先读[手册](https://example.com/pot/manual)。\n"
"""A `changed-link` (error) of low confidence."""


@pytest.fixture
def check(folder: Folder, bilint: Run) -> Run:
    folder.write("zh/a.md", FAULTS)
    folder.write("zh/b.md", FAULTS)
    folder.write("zh/c.md", "水烧开之后,先关火,再倒水。\n")
    folder.write("zh/pot.md", DOUBTFUL)
    folder.write("en/pot.md", DOUBTFUL_ENGLISH)
    folder.write("bilint.toml", 'ignore = ["no-original"]\nmin-confidence = "low"\n')

    def run(*words: str) -> Done:
        return bilint("check", "zh", *words)

    return run


def starts(out: str) -> list[str]:
    """The lines of findings in a concise report, without their messages."""
    return [" ".join(line.split(" ")[:2]) for line in out.split("\n") if line.startswith("zh/")]


WORST_FIRST = [
    "zh/pot.md:3:9: error[changed-link]",
    "zh/a.md:3:3: warning[empty-link]",
    "zh/b.md:3:3: warning[empty-link]",
    "zh/a.md:1:6: info[half-width-punctuation]",
    "zh/b.md:1:6: info[half-width-punctuation]",
    "zh/c.md:1:6: info[half-width-punctuation]",
]


def test_people_read_the_worst_first(check: Run) -> None:
    assert starts(check("--format", "concise").out) == WORST_FIRST
    titles = [line for line in check("--format", "full").out.split("\n") if "[" in line]
    assert "changed-link" in titles[0]


def test_of_one_severity_the_surest_stand_first(folder: Folder, check: Run) -> None:
    folder.write(
        "bilint.toml", 'ignore = ["no-original"]\nmin-confidence = "low"\n[rules.empty-link]\nseverity="error"\n'
    )
    first = [line.split("[")[1].split("]")[0] for line in check("--format", "concise").out.split("\n")[:3]]
    assert first == ["empty-link", "empty-link", "changed-link"]


def test_programs_read_in_the_order_of_the_files(check: Run) -> None:
    paths = [finding["path"] for finding in check("--format", "json").report["findings"]]
    assert paths == sorted(paths)


# --statistics


def test_statistics_count_by_severity_confidence_rule_and_file(check: Run) -> None:
    done = check("--statistics", "--format", "json")
    summary = done.report["summary"]
    assert done.report["findings"] == []
    assert summary["by_severity"] == [
        {"name": "error", "findings": 1, "articles": 1},
        {"name": "warning", "findings": 2, "articles": 2},
        {"name": "info", "findings": 3, "articles": 3},
    ]
    assert summary["by_confidence"] == [
        {"name": "high", "findings": 5, "articles": 3},
        {"name": "low", "findings": 1, "articles": 1},
    ]
    assert summary["by_rule"] == [
        {"name": "half-width-punctuation", "findings": 3, "articles": 3},
        {"name": "empty-link", "findings": 2, "articles": 2},
        {"name": "changed-link", "findings": 1, "articles": 1},
    ]
    assert [(row["name"], row["findings"]) for row in summary["by_file"]] == [
        ("zh/a.md", 2),
        ("zh/b.md", 2),
        ("zh/c.md", 1),
        ("zh/pot.md", 1),
    ]
    assert done.code == 1


def test_a_report_in_json_has_counts_only_when_they_are_asked_for(check: Run) -> None:
    assert not [key for key in check("--format", "json").report["summary"] if key.startswith("by_")]


@pytest.mark.parametrize("form", ["full", "concise"])
def test_statistics_for_people_are_four_tables_and_no_findings(check: Run, form: str) -> None:
    done = check("--statistics", "--format", form)
    assert done.out == (
        "findings  articles  by severity\n"
        "       1         1  error\n"
        "       2         2  warning\n"
        "       3         3  info\n"
        "\n"
        "findings  articles  by confidence\n"
        "       5         3  high\n"
        "       1         1  low\n"
        "\n"
        "findings  articles  by rule\n"
        "       3         3  half-width-punctuation\n"
        "       2         2  empty-link\n"
        "       1         1  changed-link\n"
        "\n"
        "findings  articles  by file\n"
        "       2         1  zh/a.md\n"
        "       2         1  zh/b.md\n"
        "       1         1  zh/c.md\n"
        "       1         1  zh/pot.md\n"
        "\n"
    ) + last_lines(check, form)


def last_lines(check: Run, form: str) -> str:
    """The end of the report without statistics, from its last empty line on."""
    everything = check("--format", form).out
    quiet = check("--quiet", "--format", form).out
    assert everything.startswith(quiet)
    return everything[len(quiet) :].lstrip("\n")


def test_without_findings_there_is_no_table(bilint: Run, folder: Folder) -> None:
    done = bilint("check", "zh/kettle.md", "--statistics", "--quiet")
    assert (done.out, done.code) == ("", 0)


def test_statistics_cannot_be_annotations(check: Run) -> None:
    done = check("--statistics", "--format", "github")
    assert (done.code, done.out) == (2, "")
    assert "--statistics cannot be shown as `github`" in done.err


# --min-severity


@pytest.mark.parametrize(
    ("level", "rules", "minor"),
    [
        ("info", {"changed-link", "empty-link", "half-width-punctuation"}, 0),
        ("warning", {"changed-link", "empty-link"}, 3),
        ("error", {"changed-link"}, 5),
    ],
)
def test_what_is_below_the_severity_is_not_shown_but_counted(
    folder: Folder, check: Run, level: str, rules: set[str], minor: int
) -> None:
    done = check("--min-severity", level, "--format", "json", "--fail-on", "info")
    assert (set(done.rules), done.report["summary"]["minor"], done.code) == (rules, minor, 1)
    folder.write("bilint.toml", f'ignore = ["no-original"]\nmin-confidence = "low"\nmin-severity = "{level}"\n')
    assert check("--format", "json").rules == done.rules


def test_what_is_not_shown_does_not_fail(folder: Folder, bilint: Run) -> None:
    folder.write("zh/d.md", FAULTS)
    words = ("check", "zh/d.md", "--ignore", "no-original,empty-link", "--fail-on", "info")
    assert bilint(*words).code == 1
    done = bilint(*words, "--min-severity", "warning")
    assert done.code == 0
    assert "1 below --min-severity not shown" in done.out


def test_the_severity_of_the_team_counts(folder: Folder, bilint: Run) -> None:
    folder.write("zh/d.md", FAULTS)
    folder.write("bilint.toml", '[rules.half-width-punctuation]\nseverity = "error"\n')
    done = bilint("check", "zh/d.md", "--min-severity", "error", "--format", "json")
    assert done.rules == ["half-width-punctuation"]


# --quiet


@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_quiet_leaves_out_the_last_lines_only(check: Run, form: str) -> None:
    everything, quiet = check("--format", form), check("--quiet", "--format", form)
    assert quiet.code == everything.code == 1
    assert "6 findings" in everything.out
    assert "6 findings" not in quiet.out
    assert everything.out.startswith(quiet.out)
    assert all(rule in quiet.out for rule in ("changed-link", "empty-link", "half-width-punctuation"))
    assert quiet.err == ""


@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_quiet_says_nothing_of_a_sound_article(folder: Folder, bilint: Run, form: str) -> None:
    done = bilint("check", "zh/kettle.md", "-q", "--format", form)
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_problems_are_told_quietly_too(folder: Folder, bilint: Run, form: str) -> None:
    folder.write("zh/bad.md", b"\xff\xfe\x00")
    done = bilint("check", "zh", "-q", "--format", form)
    assert done.code == 2
    assert "zh/bad.md" in done.out


# comments for a whole file


@pytest.mark.parametrize("comment", ["<!-- bilint-disable-file -->", "<!-- bilint-disable-file empty-link: a form -->"])
@pytest.mark.parametrize("above", [True, False])
def test_a_comment_for_the_file_silences_its_first_line_and_its_last(
    folder: Folder, bilint: Run, comment: str, above: bool
) -> None:
    rest = "请看[](https://example.com/kettle)。\n\n把水壶装满冷水。\n\n再看[](https://example.com/stove)。\n"
    folder.write("zh/d.md", f"{comment}\n\n{rest}" if above else f"{rest}\n{comment}\n")
    done = bilint("check", "zh/d.md", "--format", "json", "--select", "empty-link,unused-suppression")
    assert (done.rules, done.report["summary"]["suppressed"]) == ([], 2)
