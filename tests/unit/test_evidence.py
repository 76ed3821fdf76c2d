"""Counts that add up in any order and can be taken away, and the door through which rules ask."""

from __future__ import annotations

from msgspec import field

from bilint.evidence import Answers, Counts, Evidence, Question, Tally, hold, merge


class Marks(Counts):
    """Two counts in one."""

    ends: int = 0
    words: Tally[str] = field(default_factory=Tally)


def marks(text: str) -> Marks:
    return Marks(text.count("。"), Tally(text.split("。", maxsplit=1)[0]))


def length(text: str) -> Tally[str]:
    return Tally({"length": len(text)})


class IsCommon(Question[bool], frozen=True):
    """Whether a word is used more than once."""

    word: str

    def verdict(self, project: Evidence) -> bool:
        return project.of(marks).words[self.word] > 1


A, B = (Evidence.counted(text, (marks, length)) for text in ("水壶。", "水烧开了。先关火。"))


def test_evidence_adds_up_in_any_order() -> None:
    for total in (A + B, B + A, merge((A, B)), Evidence() + A + B):
        assert total.of(marks).ends == 3
        assert total.of(marks).words["水"] == 2
        assert total.of(length)["length"] == 12
    assert A.of(marks).ends == 1, "what is added to stays as it was"


def test_evidence_can_be_taken_away() -> None:
    rest = A + B - A
    assert rest.of(marks) == B.of(marks)
    assert rest.of(length) == B.of(length)
    assert (Tally("a") - Tally("aa"))["a"] == -1, "a group, whatever the numbers"
    assert Tally("a") - Tally("aa") + Tally("aa") == Tally("a")
    assert list(Tally("ab") - Tally("a")) == ["b"], "what is not there is not listed"


def test_what_nobody_counted_is_zero() -> None:
    assert Evidence().of(marks) == Marks()


def test_questions_are_recorded_with_their_verdicts() -> None:
    answers = Answers(A + B)
    assert answers.ask(IsCommon("水")) is True
    assert answers.ask(IsCommon("火")) is False
    assert answers.given == {IsCommon("水"): True, IsCommon("火"): False}
    assert hold(answers.given, A + B + B)
    assert not hold(answers.given, A)
