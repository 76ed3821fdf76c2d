from __future__ import annotations

from ipaddress import ip_address

import pytest

from bilint.web.addresses import FetchError, permitted, requestable


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert permitted(ip_address(address), allow_private=False)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "192.0.2.1",
        "2001:db8::1",
        "fec0::1",
    ],
)
def test_private_addresses(address: str) -> None:
    assert not permitted(ip_address(address), allow_private=False)
    assert permitted(ip_address(address), allow_private=True)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "::",
        "169.254.169.254",
        "fe80::1",
        "224.0.0.1",
        "ff02::1",
        "240.0.0.1",
        "255.255.255.255",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::",
    ],
)
def test_addresses_that_are_never_permitted(address: str) -> None:
    assert not permitted(ip_address(address), allow_private=True)


def test_requestable() -> None:
    assert (
        requestable("HTTPS://user:secret@Example.COM/a b/中?q=é#top") == "https://example.com/a%20b/%E4%B8%AD?q=%C3%A9"
    )
    assert requestable("https：//例子。com") == "https://xn--fsqu00a.com/"
    assert requestable("http://[::1]:8080/%7ea") == "http://[::1]:8080/%7ea"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "//example.com/",
        "https://",
        "https://a b/",
        "https://[/",
        "https://a:port/",
        "https://a:99999/",
        "https://a..b/",
        f"https://{'a' * 70}/",
    ],
)
def test_what_is_not_requestable(url: str) -> None:
    with pytest.raises(FetchError):
        requestable(url)
