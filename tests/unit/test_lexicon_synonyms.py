"""Which renderings of a word are names of one thing, and how the counts tell."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilint.lexicon import Form, Term, are_names

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def compiled() -> ModuleType:
    """The script that builds the shipped list."""
    spec = importlib.util.spec_from_file_location("compile_synonyms", ROOT / "scripts" / "compile_synonyms.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def term(text: str, **forms: int) -> Term:
    uses = max(sum(forms.values()), 1)
    rendered = tuple(Form(form, count, count / uses) for form, count in forms.items())
    return Term(text, uses, uses, 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.5, rendered, ())


@pytest.mark.parametrize(
    ("word", "one", "two"),
    [
        ("repository", "仓库", "存储库"),
        ("tab", "标签页", "选项卡"),
        ("image", "图像", "图片"),
        ("directory", "目录", "文件夹"),
        ("daemon", "守护进程", "守护程序"),
        ("template", "模板", "模版"),
        ("account", "帐户", "账号"),
    ],
)
def test_names_of_one_thing_are_told_in_either_order(word: str, one: str, two: str) -> None:
    assert are_names(word, one, two)
    assert are_names(word, two, one)


@pytest.mark.parametrize(
    ("word", "one", "two"),
    [
        ("function", "函数", "功能"),
        ("process", "进程", "过程"),
        ("desktop", "桌面", "台式机"),
        ("training", "训练", "培训"),
        ("image", "镜像", "图像"),
        ("policy", "策略", "政策"),
        ("interface", "接口", "界面"),
        ("article", "文章", "本文"),
        ("no-such-word", "仓库", "存储库"),
    ],
)
def test_senses_of_a_word_are_no_names_of_one_thing(word: str, one: str, two: str) -> None:
    assert not are_names(word, one, two)


def test_forms_that_stand_for_the_same_other_words_are_names(compiled: ModuleType) -> None:
    counts = compiled.Counts(
        [term("shed", 库房=9, 仓库=9), term("depot", 库房=30, 仓库=30), term("hut", 茅屋=30, 仓库=5)]
    )
    assert counts.are_names("shed", "库房", "仓库")
    assert not counts.are_names("shed", "茅屋", "仓库")


def test_longer_terms_that_keep_two_forms_apart_tell_senses(compiled: ModuleType) -> None:
    longer = [term(f"a{n} spring", 弹簧=5) for n in range(15)] + [term(f"b{n} spring", 弹片=5) for n in range(15)]
    assert not compiled.Counts([term("spring", 弹簧=9, 弹片=9), *longer]).are_names("spring", "弹簧", "弹片")
    both = [term(f"c{n} spring", 弹簧=5, 弹片=5) for n in range(12)]
    assert compiled.Counts([term("spring", 弹簧=9, 弹片=9), *both]).are_names("spring", "弹簧", "弹片")


def test_a_form_that_renders_many_words_is_no_name_of_one(compiled: ModuleType) -> None:
    both = [term(f"c{n} spring", 弹簧=5, 弹片=5) for n in range(12)]
    others = [term(f"word{n}", 弹片=20) for n in range(5)]
    assert not compiled.Counts([term("spring", 弹簧=9, 弹片=9), *both, *others]).are_names("spring", "弹簧", "弹片")


def test_the_shipped_list_is_what_the_script_writes(compiled: ModuleType) -> None:
    assert "\n".join(compiled.lines(compiled.shipped())) + "\n" == compiled.FILE.read_text(encoding="utf-8")
