"""What `--fix` makes of articles: what cases state, and what holds for all of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint import fix
from bilint.model import Alters, Document, Edit, Fix, InlineKind, Kind, Span
from bilint.parse import parse
from bilint.rules import all_rules
from bilint.structure import is_kept
from rule_cases import FOLDER, MENDED, Case, mended, read

if TYPE_CHECKING:
    from pathlib import Path

FIXED = [rule for rule in all_rules().values() if rule.fixes]
CASES = [case for rule in FIXED for case in read(FOLDER / f"{rule.name}.md") if case.expected]
STATED = [(case, kind) for case in CASES for kind in case.files if kind.startswith(MENDED)]
UNSAFE = [
    (case, kind) for case, kind in STATED if (safe := kind.replace("-unsafely", "")) != kind and safe not in case.files
]
_LINKING = ("changed-link", "broken-fragment", "changed-image", "shown-markup", "damaged-text", "empty-link")
MARKED = "---\n权重: 2\nslug: a\n---\n\n## 清洗 {#qing}\n\n:::注意\n你好 {user_nmae}。\n:::\n\n```脚本\nx\n```\n"
SHARED = "# 老水壶\n\n水烧开之后, 先关火。[手册](a.md) 与 `code`。\n\n- 一\n- **二**\n"


def titled(case: Case) -> str:
    return f"{case.rule}: {case.title}"


@pytest.mark.parametrize(("case", "kind"), [pytest.param(*each, id=f"{titled(each[0])}, {each[1]}") for each in STATED])
def test_a_case_is_mended_as_it_says(case: Case, kind: str, tmp_path: Path) -> None:
    word, _, name = kind.partition(" ")
    made = mended(case.rule, case.files, tmp_path, with_unsafe=word == "mended-unsafely")
    assert made[f"zh {name}".strip()] == case.files[kind]


@pytest.mark.parametrize(("case", "kind"), [pytest.param(*each, id=titled(each[0])) for each in UNSAFE])
def test_what_is_mended_unsafely_alone_is_left_without_being_asked(case: Case, kind: str, tmp_path: Path) -> None:
    article = kind.replace("mended-unsafely", "zh")
    assert mended(case.rule, case.files, tmp_path, with_unsafe=False)[article] == case.files[article]


@pytest.mark.parametrize("rule", FIXED, ids=lambda rule: rule.name)
def test_a_rule_that_mends_has_a_case_that_says_so(rule: object) -> None:
    name, fixes = rule.name, rule.fixes  # type: ignore[attr-defined]
    stated = {kind.split(" ")[0] for case, kind in STATED if case.rule == name}
    assert stated >= {"mended" if each == "safe" else "mended-unsafely" for each in fixes[:1]}


@pytest.mark.parametrize("case", CASES, ids=titled)
def test_what_is_mended_is_mended_once_and_nothing_else_is_touched(case: Case, tmp_path: Path) -> None:
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
    once = mended(case.rule, case.files, tmp_path / "first", with_unsafe=True)
    if all(once[kind] == case.files[kind] for kind in once):
        return
    assert mended(case.rule, {**case.files, **once}, tmp_path / "second", with_unsafe=True) == once
    for kind, text in once.items():
        before, after = parse(case.files[kind], "a.md"), parse(text, "a.md")
        assert text.count("\n") == case.files[kind].count("\n")
        assert len(_of(before, InlineKind.LINK)) <= len(_of(after, InlineKind.LINK))
        if case.rule not in ("changed-code", "translated-code", "damaged-text"):
            assert _of(before, InlineKind.CODE) == _of(after, InlineKind.CODE)
            assert _literal(before) == _literal(after)
        if case.rule not in _LINKING:
            assert _of(before, InlineKind.LINK) == _of(after, InlineKind.LINK)


def _of(document: Document, kind: InlineKind) -> list[tuple[str, str]]:
    inlines = (inline for block in document.blocks for inline in block.inlines if inline.kind is kind)
    return sorted((inline.destination, inline.content) for inline in inlines)


def _literal(document: Document) -> list[str]:
    return [block.content for block in document.blocks if block.kind is Kind.CODE]


@given(st.integers(0, len(SHARED)), st.integers(0, 3), st.sampled_from("，* _`[](#<\\|-a水"))
def test_an_edit_that_is_kept_leaves_the_parse_as_it_was(start: int, length: int, new: str) -> None:
    """Whatever an edit of the prose writes, what the proof lets through has the same blocks, links and code."""
    end = min(start + length, len(SHARED))
    edit = Edit(Span(start, end), new)
    before, after = parse(SHARED, "a.md"), parse(fix.edited(SHARED, [edit]), "a.md")
    if is_kept(before, after, [edit], [(edit.span, Alters.PROSE)]):
        assert [(b.kind, b.level, b.container) for b in before.blocks] == [
            (b.kind, b.level, b.container) for b in after.blocks
        ]
        kinds = Counter(inline.kind for block in before.blocks for inline in block.inlines)
        assert kinds == Counter(inline.kind for block in after.blocks for inline in block.inlines)
        assert _of(before, InlineKind.LINK) == _of(after, InlineKind.LINK)
        assert _of(before, InlineKind.CODE) == _of(after, InlineKind.CODE)


@pytest.mark.parametrize(
    ("old", "new", "alters", "kept"),
    [
        (", ", "，", Alters.PROSE, True),
        ("先关火", "先`关`火", Alters.PROSE, False),
        ("[手册]", "手册", Alters.PROSE, False),
        ("a.md", "b.md", Alters.PROSE, False),
        ("a.md", "b.md", Alters.ADDRESS, True),
        ("a.md", "b) [x](c", Alters.ADDRESS, False),
        ("code", "cods", Alters.PROSE, False),
        ("code", "cods", Alters.CODE, True),
        ("code", "co`ds", Alters.CODE, False),
        ("**二**", "二", Alters.PROSE, False),
        ("水烧", "# 水烧", Alters.PROSE, False),
        ("水烧", "# 水烧", Alters.BLOCK, True),
        ("水烧", "> 水烧", Alters.BLOCK, False),
    ],
)
def test_what_an_edit_may_change(old: str, new: str, alters: Alters, kept: bool) -> None:
    start = SHARED.index(old)
    edit = Edit(Span(start, start + len(old)), new)
    before, after = parse(SHARED, "a.md"), parse(fix.edited(SHARED, [edit]), "a.md")
    assert is_kept(before, after, [edit], [(edit.span, alters)]) is kept


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("权重", "weight", True),
        ("权重: 2", "权重: [", False),
        ("qing", "clean", True),
        ("{#qing}", "", False),
        ("注意", "note", True),
        (":::注意", "注意", False),
        ("user_nmae", "user_name", True),
        ("{user_nmae}", "`user`", False),
        ("脚本", "sh", True),
        ("```脚本", "脚本", False),
        ("x", "y", False),
    ],
)
def test_what_the_name_of_a_mark_may_change(old: str, new: str, kept: bool) -> None:
    start = MARKED.index(old)
    edit = Edit(Span(start, start + len(old)), new)
    before, after = parse(MARKED, "a.md"), parse(fix.edited(MARKED, [edit]), "a.md")
    assert is_kept(before, after, [edit], [(edit.span, Alters.MARK)]) is kept
    assert not is_kept(before, after, [edit], [(edit.span, Alters.PROSE)])


@pytest.mark.parametrize("words", ["你好", "清洗", "x"])
def test_what_has_no_name_is_not_given_another(words: str) -> None:
    start = MARKED.index(words, MARKED.index("{#") - 4)
    edit = Edit(Span(start, start + 1), "啊")
    before, after = parse(MARKED, "a.md"), parse(fix.edited(MARKED, [edit]), "a.md")
    assert not is_kept(before, after, [edit], [(edit.span, Alters.MARK)])


PLACES = (Span(10, 12), Span(20, 22), Span(30, 31))


@given(st.sets(st.sampled_from(PLACES), min_size=1))
def test_a_fix_at_some_places_has_their_edits(chosen: set[Span]) -> None:
    edits = [Edit(Span(span.start - 1, span.end + 1), "x") for span in PLACES]
    made = Fix.of(edits, safe=True)
    assert made is not None
    left = made.at(chosen, PLACES)
    assert left is not None
    assert [edit.span.start + 1 for edit in left.edits] == sorted(span.start for span in chosen)


@pytest.mark.parametrize(
    ("new", "title"),
    [(["。"], "write `。`"), ([" ", " "], "insert a blank"), ([""], "delete it"), (["a", "b"], "rewrite 2 stretches")],
)
def test_a_fix_says_what_it_does(new: list[str], title: str) -> None:
    made = Fix.of([Edit(Span(2 * at, 2 * at), each) for at, each in enumerate(new)], safe=True)
    assert made is not None
    assert made.title == title
