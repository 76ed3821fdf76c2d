"""Whether code was damaged or changed on purpose."""

from __future__ import annotations

import pytest

from bilint.text.listings import Change, change, is_slip, plain_code, plain_lines

WORDS = frozenset({"lamp", "LampKeeper", "light", "keep", "warm"})


@pytest.mark.parametrize(
    ("there", "here", "expected"),
    [
        ("light(lamp)", "light(lamp)", Change.NONE),
        ("“lamp”", '"lamp"', Change.NONE),
        ("a，b", "a,b", Change.NONE),
        ("echo'lamp'", "echo 'lamp'", Change.NONE),
        ("#! /bin/sh", "#!/bin/sh", Change.NONE),
        ("lightlamp --warm", "light lamp --warm", Change.NONE),
        ("--warm", "—warm", Change.MARKS),
        ("light(lamp,warm)", "light(lamp，warm)", Change.MARKS),
        ("profile", "proﬁle", Change.MARKS),
        ("light lamp", "lightlamp", Change.BLANKS),
        ("cat /etc/lamp", "cat/etc/lamp", Change.BLANKS),
        ("LampKeeper", "Lamp keeper", Change.BLANKS),
        ("--keep-warm", "--keep- warm", Change.BLANKS),
        ("Lamp[warm]", "Lamp[warm", Change.OPEN),
        ("'(' + lamp", "'(' - lamp", Change.REVISED),
        ("light(lamp)", "ligth(lamp)", Change.SLIP),
        ("LampKeeper", "Lampkeeper", Change.SLIP),
        ("light(lamp)", "light(lamp, 2)", Change.REVISED),
        ("light lamp 12", "light lamp 13", Change.REVISED),
        ("letters_of_lamps", "numbers_of_lamps", Change.REVISED),
    ],
)
def test_what_became_of_code(there: str, here: str, expected: Change) -> None:
    assert change(there, here, lambda: WORDS) is expected


@pytest.mark.parametrize(
    ("there", "here", "slip"),
    [
        ("disconnect", "disconnection", True),
        ("Ctrl", "Crtl", True),
        ("cp", "ap", True),
        ("s", "i", False),
        ("12", "13", False),
        ("messages_callback_router", "invoices_callback_router", False),
        ("lamp", "house", False),
    ],
)
def test_a_slip_is_near(there: str, here: str, *, slip: bool) -> None:
    assert is_slip(there, here) is slip


def test_what_converters_leave_is_no_code() -> None:
    assert plain_code("GET [https://example.org/a\\_b][7] &amp;lt;lamp") == "GET https://example.org/a_b<lamp"


def test_many_lines_are_plain_as_each_is_by_itself() -> None:
    lines = ["  light( lamp )", "", r"a\_b &lt;br /&gt;", "[lamp][1]  : warm", "-> x ,", ";", "keep\u200b\twarm"]
    assert plain_lines("\n".join(lines)).split("\n") == list(map(plain_code, lines))
