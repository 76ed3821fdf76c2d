from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest

from bilint.web import reach
from bilint.web.addresses import FetchError, permitted, requestable


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8", "2606:4700::5efe:8.8.8.8", "2001:4:112::1"],
)
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
        "3fff::1",
        "198.18.0.1",
        "2001:2::1",
        "2606:4700::5efe:10.0.0.1",
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
        # clouds' own services
        "192.0.0.192",
        "168.63.129.16",
        "100.100.100.200",
        "fd00:ec2::254",
        "fd20:ce::254",
        # given up, or never given out
        "192.88.99.1",
        "2001:10::1",
        "100::1",
        "5f00::1",
        "64:ff9b:1::808:808",
        "::8.8.8.8",
        # forms of an IPv4 address: ISATAP, Teredo (the server, the client)
        "2606:4700::5efe:169.254.169.254",
        "fe80::5efe:8.8.8.8",
        "2606:4700::200:5efe:169.254.169.254",
        "2001:0:a9fe:a9fe:0:0:f7f7:f7f7",
        "2001:0:808:808::5601:5601",
        "::ffff:168.63.129.16",
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


def test_python_knows_no_private_address_that_we_call_public() -> None:
    """Every border of our table and its neighbours, against the registry of this Python."""
    borders = {
        value + step
        for table, most in ((reach._V4, 2**32), (reach._V6, 2**128))
        for network in map(ip_network, table)
        for value in (int(network.network_address), int(network.broadcast_address))
        for step in (-1, 0, 1)
        if 0 <= value + step < most
    }
    for value in borders:
        for address in ([IPv4Address(value)] if value < 2**32 else []) + [IPv6Address(value)]:
            is_form = isinstance(address, IPv6Address) and (address.ipv4_mapped or address.sixtofour or address.teredo)
            # Python 3.11 calls all protocol assignments private, also those that are not.
            if permitted(address, allow_private=False) and not is_form and address not in ip_network("2001::/23"):
                assert address.is_global, address
