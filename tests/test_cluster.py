"""Steps on a cluster of Dask: the same bytes as here, and one article that kills takes no other with it."""

from __future__ import annotations

import operator
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bilint import cluster
from bilint.cli import main
from bilint.cluster import Cluster
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
    assert len(pairs) > cluster._PART


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_so_it_does_on_real_articles(address: str, tmp_path: Path) -> None:
    folders = sorted(CORPUS.glob("*/*"))[::16]
    lines = [f"{folder / 'zh.md'}\t{folder / 'en.md'}\n" for folder in folders]
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("".join(lines))
    assert len(lines) > cluster._PART
    here, there = run("--pairs", str(pairs)), run("--pairs", str(pairs), "--cluster", address)
    assert here.stdout == there.stdout
    assert '"rule"' in here.stdout


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
    items = [partial(float, 2), partial(os._exit, 1), partial(float, 6)]
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as local,
    ):
        there = Cluster(local.scheduler_address)
        found = dict(there.spread(items, Step(operator.call, str)))
        there.close()
    assert found == {0: 2.0, 1: str(items[1]), 2: 6.0}
