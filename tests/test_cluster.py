"""Steps on a cluster of Dask: the same bytes as here, and one article that kills takes no other with it."""

from __future__ import annotations

import operator
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bilint import cluster
from bilint.cli import main
from bilint.cluster import Cluster
from bilint.commands import parts
from bilint.model import UserError
from bilint.parallel import Step

dask = pytest.importorskip("dask", reason="needs `pip install bilint[cluster]`")
distributed = pytest.importorskip("distributed", reason="needs `pip install bilint[cluster]`")
FIXTURES = Path(__file__).parents[1] / "fixtures"
CORPUS = Path(__file__).parents[2] / "shared/corpus/pairs"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as local:
        yield local.scheduler_address


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["check", "--format", "json", "--min-confidence", "low", *words])


def test_a_cluster_gives_the_same_bytes(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [path.name for path in sorted((FIXTURES / "zh").iterdir())]
    (tmp_path / "zh").mkdir()
    pairs = []
    for copy in range(12):  # more than a part
        for name in names:
            target = tmp_path / f"zh/{copy}-{name}"
            target.write_bytes((FIXTURES / "zh" / name).read_bytes())
            source = next((FIXTURES / "originals").glob(f"{Path(name).stem}.*"), None)
            pairs += [f"zh/{copy}-{name}\t{source}\n"] if source else []
    (tmp_path / "pairs.tsv").write_text("".join(pairs))
    monkeypatch.chdir(tmp_path)
    here = run("--pairs", "pairs.tsv", "--jobs", "1")
    there = run("--pairs", "pairs.tsv", "--cluster", address)
    assert here.exit_code == there.exit_code == 1
    assert here.stdout == there.stdout
    assert len(pairs) > cluster._TASK


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_so_it_does_on_real_articles(address: str, tmp_path: Path) -> None:
    folders = sorted(CORPUS.glob("*/*"))[::16]
    lines = [f"{folder / 'zh.md'}\t{folder / 'en.md'}\n" for folder in folders]
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("".join(lines))
    assert len(lines) > cluster._TASK
    here, there = run("--pairs", str(pairs)), run("--pairs", str(pairs), "--cluster", address)
    assert here.stdout == there.stdout
    assert '"rule"' in here.stdout
    words = ["check", "--pairs", str(pairs), "--output-dir", str(tmp_path / "found"), "--cluster", address]
    CliRunner().invoke(main, [*words, "--min-confidence", "low"])
    files = sorted((tmp_path / "found").iterdir())
    assert b"".join(file.read_bytes() for file in files) == run("--pairs", str(pairs), "--format", "jsonl").stdout_bytes


def test_workers_write_a_report_in_parts(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zh").mkdir()
    for number in range(20):
        names = sorted((FIXTURES / "zh").glob("*.md"))
        (tmp_path / f"zh/{number:02}.md").write_bytes(names[number % len(names)].read_bytes())
    (tmp_path / "zh/07.md").write_bytes(b"\xff\xfe\x00")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parts, "ARTICLES", 3)
    whole = run("zh", "--format", "jsonl")
    replaced = parts.replace_file
    by_us: list[str] = []
    monkeypatch.setattr(parts, "replace_file", lambda path, lines: by_us.append(path) or replaced(path, lines))
    words = ["--min-confidence", "low", "--output-dir", "found", "--cluster", address]
    done = CliRunner().invoke(main, ["check", "zh", *words])
    assert [Path(path).name for path in by_us] == ["summary.jsonl"]
    assert (done.exit_code, whole.exit_code) == (2, 2)
    files = sorted((tmp_path / "found").iterdir())
    assert [file.name for file in files] == [*(f"part-{number:05}.jsonl" for number in range(7)), "summary.jsonl"]
    assert b"".join(file.read_bytes() for file in files) == whole.stdout_bytes


def test_not_all_is_on_the_way_at_once(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_TASK", 1)
    monkeypatch.setattr(cluster, "_AHEAD", 2)
    submitted: list[range] = []
    submit = cluster._Work.submit

    def counted(work: cluster._Work[Any, Any], numbers: range) -> Any:
        submitted.append(numbers)
        return submit(work, numbers)

    monkeypatch.setattr(cluster._Work, "submit", counted)
    there = Cluster(address)
    ahead = []
    for done, _ in enumerate(there.spread(range(20), Step(str, str)), 1):
        ahead.append(len(submitted) - done)
    there.close()
    assert len(ahead) == 20
    assert max(ahead) <= 2 * 2
    assert ahead[-1] == 0


def test_what_takes_long_goes_by_itself(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    there = Cluster(address)
    sizes = []
    submit = cluster._Work.submit
    monkeypatch.setattr(
        cluster._Work, "submit", lambda work, numbers: sizes.append(len(numbers)) or submit(work, numbers)
    )
    assert sorted(there.spread(range(5), Step(str, str, takes_long=True))) == [(n, str(n)) for n in range(5)]
    there.close()
    assert sizes == [1] * 5


def test_an_error_of_ours_is_no_death(address: str) -> None:
    there = Cluster(address)
    try:
        with pytest.raises(ZeroDivisionError):
            list(there.spread([0], Step((1).__truediv__, str)))
    finally:
        there.close()


def test_other_versions_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "__version__", "0.0.0")
    with pytest.raises(UserError, match=r"workers of the cluster have bilint .*, here it is 0\.0\.0"):
        Cluster(address)


def test_an_address_nobody_answers_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1.0)
    with pytest.raises(UserError, match="no workers of Dask answer"):
        Cluster("tcp://127.0.0.1:9")


def test_an_item_that_kills_workers_is_lost_alone() -> None:
    items: list[Callable[[], float]] = [partial(float, 2), partial(os._exit, 1), partial(float, 6)]
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as local,
    ):
        there = Cluster(local.scheduler_address)
        step: Step[Callable[[], float], float | str] = Step(operator.call, str)
        found = dict(there.spread(items, step))
        there.close()
    assert found == {0: 2.0, 1: str(items[1]), 2: 6.0}


def test_a_cluster_whose_workers_are_just_being_started_is_waited_for(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Cluster(address)
    monkeypatch.setattr(engine._client, "nthreads", dict)
    try:
        assert sorted(engine.spread(range(3 * cluster._TASK), Step(operator.neg, str))) == [
            (number, -number) for number in range(3 * cluster._TASK)
        ]
    finally:
        engine.close()
