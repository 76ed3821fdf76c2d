"""Files of other languages beside the Chinese ones: said, and not checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from runs import CHINESE

if TYPE_CHECKING:
    from runs import Done, Folder

    Run = Callable[..., Done]

JAPANESE = "# やかん\n\n" + "お湯が沸いたら,まず火を止めてください。やかんはとても古いので、ゆっくり注ぎます。\n" * 4
KOREAN = "# 주전자\n\n" + "물이 끓으면 먼저 불을 끄세요. 주전자는 아주 오래되었으니 천천히 따르세요.\n" * 4
FRENCH = "# La bouilloire\n\n" + "Quand l'eau est bouillante, il faut éteindre le feu, puis verser lentement.\n" * 8


@pytest.mark.parametrize(("text", "code"), [(JAPANESE, "ja"), (KOREAN, "ko"), (FRENCH, "fr")])
def test_a_file_of_another_language_is_skipped(folder: Folder, bilint: Run, text: str, code: str) -> None:
    folder.write("zh/other.md", text)
    folder.write("zh/own.md", CHINESE)
    told = bilint("check", "zh", "--format", "concise")
    assert "zh/other.md" not in told.out
    assert f"1 file is not Chinese ({code}): skipped" in told.out
    report = bilint("check", "zh", "--format", "json").report
    why = {article["path"]: article["why"] for article in report["articles"]}
    assert why["zh/other.md"] == f"not Chinese (language code {code}): skipped"


def test_chinese_that_names_things_in_japanese_is_checked(folder: Folder, bilint: Run) -> None:
    folder.write("zh/own.md", "# 东京的水壶\n\n" + "店名是「やかん」，水烧开之后先关火，再倒水,等三分钟。\n" * 9)
    told = bilint("check", "zh", "--format", "concise")
    assert "not Chinese" not in told.out
    assert "zh/own.md" in told.out
