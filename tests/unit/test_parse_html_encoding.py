from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint import parse
from bilint.parse.html.encoding import decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("é中".encode(), "é中"),
        (b"\xef\xbb\xbf" + "é".encode(), "é"),
        (b"\xff\xfe" + "é中".encode("utf-16-le"), "é中"),
        (b"\xfe\xff" + "é中".encode("utf-16-be"), "é中"),
        (b"caf\xe9 \x93x\x94", "café “x”"),
        (b"\x81\xe9", "\ufffdé"),
        (b"a\x00b", "a\x00b"),
    ],
)
def test_without_a_label_the_bytes_decide(data: bytes, text: str) -> None:
    assert decode(data) == text


SAMPLES = {"gbk": "中", "gb18030": "镕㐀", "shift_jis": "日", "cp932": "①", "cp1251": "ж", "cp1252": "“é”"}
SAMPLES |= {"cp949": "똠", "big5": "中", "koi8-r": "ж", "euc_jp": "日", "cp874": "ก", "cp1254": "ş“"}


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        (b"<meta charset=gb2312>", "gbk"),
        (b"<meta charset=gb2312>", "gb18030"),
        (b'<META http-equiv=Content-Type content="text/html; charset=Shift_JIS">', "shift_jis"),
        (b"<meta content='text/html; charset=x-sjis' http-equiv='content-type'>", "cp932"),
        (b"<?xml version='1.0' encoding='windows-1251'?>", "cp1251"),
        (b"<meta charset='iso-8859-1'>", "cp1252"),
        (b"<meta charset=latin1>", "cp1252"),
        (b"<meta charset=us-ascii>", "cp1252"),
        (b"<meta charset=iso-8859-9>", "cp1254"),
        (b"<meta charset=ks_c_5601-1987>", "cp949"),
        (b"<meta charset=x-x-big5>", "big5"),
        (b"<meta charset=windows-874>", "cp874"),
        (b"<meta charset=' KOI8-R '>", "koi8-r"),
        (b"<meta name=a><meta charset=EUC-JP>", "euc_jp"),
        (b"<!-- " + b"x" * 9_000 + b"--><meta charset=gbk>", "gbk"),
        (b"<meta charset='utf-16'>", "utf-8"),
        (b"<?xml version='1.0' encoding='utf-16'?>", "utf-8"),
        (b"<meta charset='no-such-thing'>", "utf-8"),
        (b"<meta charset='hex'>", "utf-8"),
        (b"<meta charset='unicode_escape'>", "utf-8"),
        (b"<!-- <meta charset=gbk> -->", "utf-8"),
        (b"<meta name=description content='charset=gbk'>", "utf-8"),
        (b"<script>'<meta charset=gbk>'</script>", "utf-8"),
        (b"<p>&lt;?xml encoding='gbk'?>", "utf-8"),
    ],
)
def test_the_page_names_its_encoding(meta: bytes, encoding: str) -> None:
    text = SAMPLES.get(encoding, "é中")
    assert decode(meta + text.encode(encoding)) == meta.decode() + text


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("gbk", b"<meta charset=utf-8>" + "中".encode("gbk"), "<meta charset=utf-8>中"),
        ("ISO-8859-1", b"\x93", "“"),
        ("utf-16", "中".encode("utf-16-le"), "中"),
        ("no-such", b"<meta charset=gbk>" + "中".encode("gbk"), "<meta charset=gbk>中"),
        ("gbk", b"\xef\xbb\xbf" + "中".encode(), "中"),
    ],
)
def test_the_server_counts_more_than_the_page_and_less_than_a_mark(charset: str, data: bytes, text: str) -> None:
    assert decode(data, charset) == text


def test_bytes_that_are_not_of_the_named_encoding() -> None:
    assert decode(b"<meta charset=utf-8>" + "中".encode() + b"\xff!") == "<meta charset=utf-8>中\ufffd!"
    assert decode(b"<meta charset=gbk>" + "中文".encode("gbk") + b"\xff") == "<meta charset=gbk>中文\ufffd"
    assert decode(b"<meta charset=euc-jp>" + "中文网页".encode()) == "<meta charset=euc-jp>中文网页"


@given(
    st.binary(max_size=40) | st.binary(max_size=20).map(lambda data: b"<meta charset=" + data),
    st.text(max_size=12) | st.sampled_from(["utf-7", "idna", "base64", "\x00", "utf-16"]),
)
def test_nothing_is_too_broken(data: bytes, charset: str) -> None:
    assert isinstance(decode(data, charset), str)


def test_a_file_is_read_in_its_encoding(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_bytes(b"\xef\xbb\xbf<!DOCTYPE html><p>" + "é".encode())
    assert [block.prose.text for block in parse.read(str(page)).blocks] == ["é"]
    page = tmp_path / "page.htm"
    page.write_bytes(b"<p>\xd6\xd0")
    assert [block.prose.text for block in parse.read(str(page)).blocks] == ["ÖÐ"]
    assert [block.prose.text for block in parse.read(str(page), charset="gb2312").blocks] == ["中"]
