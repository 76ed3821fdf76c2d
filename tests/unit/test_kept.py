"""What is kept of an article comes back as it was, and bytes of somebody else are refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bilint import settings
from bilint.discover import Target
from bilint.evidence import Answers, Evidence, Question, hold, merge
from bilint.judging import Basis, Judged, OverAll, judge
from bilint.kept import UNFIT, Keeper, Kept, Reviewed
from bilint.messages import say, speaking
from bilint.model import Kind, Problem, Text
from bilint.pipeline import Plan, prepare
from bilint.reading import Reading
from bilint.reading.alone import reasons
from bilint.reading.counts import originals
from bilint.sieve import Sifted
from bilint.sums import Sums, Verdicts, told
from bilint.text.scripts import has_han

FIXTURES = Path(__file__).parents[2] / "fixtures"
ARTICLES = sorted((FIXTURES / "zh").glob("*.md"))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plan.of(settings.load(FIXTURES), {})


def reviewed(article: Path, plan: Plan) -> Reviewed:
    reading = Reading(prepare(Target(article.as_posix()), plan))
    own = Evidence.counted(reading, (originals, *plan.selection.counts))
    return Reviewed(article.as_posix(), judge(reading, plan, own, own, Basis()), own)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_it_comes_back_as_it_was(article: Path, plan: Plan) -> None:
    keeper, one = Keeper(plan.selection.rules), reviewed(article, plan)
    kept = keeper.keep(one)
    assert isinstance(kept, Kept)
    back, basis = keeper.judged(kept), keeper.still(kept, one.evidence)
    assert (back.checked, back.sifted, back.able) == (one.judged.checked, one.judged.sifted, one.judged.able)
    assert basis.rules == one.judged.basis.rules
    assert repr(back.sifted) == repr(one.judged.sifted), "kinds and numbers are still kinds and numbers"
    assert keeper.holds(kept, Verdicts(one.evidence), OverAll(plan, Evidence()))


def test_evidence_comes_back_as_it_was(plan: Plan) -> None:
    sums = Sums((originals, *plan.selection.counts))
    parts = [reviewed(article, plan).evidence for article in ARTICLES]
    assert len(parts) > 3
    for part in (*parts, merge(parts)):
        assert sums.decoded(sums.encoded(part)).sums == part.sums


def test_the_kind_of_a_block_in_a_message_stays_one(plan: Plan) -> None:
    keeper = Keeper(plan.selection.rules)
    ones = [reviewed(article, plan) for article in ARTICLES]
    found = next(f for one in ones for f in one.judged.sifted.shown)
    about = replace(found, arguments=(("kind", Kind.CODE), *found.arguments))
    kept = keeper.keep(Reviewed(found.target.place.path, Judged(None, Sifted((about,)))))
    assert isinstance(kept, Kept)
    assert isinstance(keeper.judged(kept).sifted.shown[0].arguments[0][1], Kind)


def test_words_of_the_catalogue_can_still_be_said_in_chinese(plan: Plan) -> None:
    sums, keeper = Sums((originals, *plan.selection.counts)), Keeper(plan.selection.rules)
    alone = [one for one in (reviewed(article, plan) for article in ARTICLES) if _why(one)]
    assert alone
    for one in alone:
        back = keeper.judged(keeper.keep(one)).checked
        assert back
        assert isinstance(back.why, Text)
        assert back.why.arguments == _why(one).arguments
        (told,) = (why for _, why, _ in sums.decoded(sums.encoded(one.evidence)).of(reasons) if why)
        assert isinstance(told, Text)
    assert back
    with speaking("zh"):
        assert has_han(say(back.why))


def _why(one: Reviewed) -> Any:
    return one.judged.checked.why if one.judged.checked else ""


def test_what_cannot_be_bytes_is_kept_as_it_is(plan: Plan) -> None:
    one = Reviewed("a.md", Judged(None, problems=(Problem("a.md", "half of a \ud83d"),)))
    keeper = Keeper(plan.selection.rules)
    assert keeper.judged(keeper.keep(one)) == one.judged


def test_the_rules_whose_verdicts_hold_are_still_right(plan: Plan) -> None:
    keeper, one = Keeper(plan.selection.rules), reviewed(ARTICLES[0], plan)
    kept = keeper.keep(one)
    asked = {name for name, ruled in one.judged.basis.rules.items() if ruled.verdicts}
    other = merge([one.evidence] * 40)
    for name, ruled in one.judged.basis.rules.items():
        answers = Answers(other)
        for question in ruled.verdicts:
            answers.ask(question)
        assert (name in keeper.still(kept, other).rules) == (answers.given == dict(ruled.verdicts))
    assert asked


def test_an_outcome_holds_while_all_its_verdicts_do(plan: Plan) -> None:
    keeper, seen = Keeper(plan.selection.rules), set()
    for one in (reviewed(article, plan) for article in ARTICLES):
        other = merge([one.evidence] * 40)
        rules = one.judged.basis.rules
        is_same = all(hold(ruled.verdicts, other) for ruled in rules.values())
        for kept in (keeper.keep(one), one):
            assert keeper.holds(kept, Verdicts(other), OverAll(plan, Evidence())) == is_same
        seen.add(is_same)
    assert seen == {True, False}


class Counts(Question[int], frozen=True):
    """How often a word was asked for."""

    word: str

    def verdict(self, project: Evidence) -> int:
        """Return the same, and remember that it was asked."""
        ASKED.append(self.word)
        return 1


ASKED: list[str] = []


def test_what_many_articles_asked_is_asked_once() -> None:
    ASKED.clear()
    verdicts = Verdicts(Evidence())
    same = [told({Counts("a"): 1, Counts("b"): 1}) for _ in range(5)]
    assert all(map(verdicts.hold, same))
    assert not verdicts.hold(told({Counts("a"): 2}))
    assert ASKED == ["a", "b", "a"]


@pytest.mark.parametrize("part", ["shown", "told", "found"])
def test_bytes_of_somebody_else_are_refused(part: str, plan: Plan) -> None:
    keeper = Keeper(plan.selection.rules)
    kept = keeper.keep(reviewed(ARTICLES[0], plan))
    assert isinstance(kept, Kept)
    for odd in (b"", b"\x80", b"\x93\x01\x02\x03", getattr(kept, part)[:-1], b"cos\nsystem\n(S'true'\ntR."):
        broken = msgspec.structs.replace(kept, **{part: odd})
        with pytest.raises(UNFIT):
            (keeper.judged(broken), keeper.still(broken, Evidence()))
        if part == "told":
            with pytest.raises(UNFIT):
                keeper.holds(broken, Verdicts(Evidence()), OverAll(plan, Evidence()))
