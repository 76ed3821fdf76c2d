"""Over TLS the certificate must be that of the name asked for, although the connection goes to a checked address."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import pytest
import trustme
from served import PAGE, QUICK, page, serving

from bilint.web.addresses import FetchError
from bilint.web.pages import Web

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from served import Site


def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("right.test").configure_cert(context)
    with serving(context) as site:
        site.says["/a"] = page()
        yield site


def test_the_right_name(secure: Site) -> None:
    assert Web(QUICK, resolve).page(f"https://right.test:{secure.port}/a").body == PAGE


def test_the_wrong_name(secure: Site) -> None:
    with pytest.raises(FetchError, match=r"has no valid certificate: Hostname mismatch"):
        Web(QUICK, resolve).page(f"https://wrong.test:{secure.port}/a")
    assert secure.pages == []


def test_an_unknown_authority(secure: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(FetchError, match=r"has no valid certificate: "):
        Web(QUICK, resolve).page(f"https://right.test:{secure.port}/a")
