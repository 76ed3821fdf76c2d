"""How far an address reaches: a table of our own, so that no version of Python and no new registry entry opens a door.

From the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its updates, as of 2025), and the addresses
at which clouds answer their own machines with credentials, some of which look public.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from ipaddress import IPv4Address, IPv6Address, ip_network

Address = IPv4Address | IPv6Address


class Reach(IntEnum):
    """Who can be behind an address; of several that an address stands for, the smallest counts."""

    NOBODY = 0
    """Link-local, multicast, reserved, a cloud's own service: never to be asked."""
    PRIVATE = 1
    """This machine, an inner network, an example in a manual: to be asked when the user allows it."""
    PUBLIC = 2


_V4 = {
    "0.0.0.0/0": Reach.PUBLIC,
    "0.0.0.0/8": Reach.NOBODY,  # this network
    "10.0.0.0/8": Reach.PRIVATE,
    "100.64.0.0/10": Reach.PRIVATE,  # shared by a provider's customers
    "100.100.100.200/32": Reach.NOBODY,  # Alibaba Cloud's metadata
    "127.0.0.0/8": Reach.PRIVATE,
    "168.63.129.16/32": Reach.NOBODY,  # Azure's host
    "169.254.0.0/16": Reach.NOBODY,  # link-local, and most clouds' metadata
    "172.16.0.0/12": Reach.PRIVATE,
    "192.0.0.0/24": Reach.NOBODY,  # protocol assignments, and Oracle Cloud's metadata (.192)
    "192.0.2.0/24": Reach.PRIVATE,  # examples
    "192.88.99.0/24": Reach.NOBODY,  # 6to4 relays, given up
    "192.168.0.0/16": Reach.PRIVATE,
    "198.18.0.0/15": Reach.PRIVATE,  # measurements
    "198.51.100.0/24": Reach.PRIVATE,  # examples
    "203.0.113.0/24": Reach.PRIVATE,  # examples
    "224.0.0.0/4": Reach.NOBODY,  # multicast
    "240.0.0.0/4": Reach.NOBODY,  # reserved
}
_V6 = {
    "::/0": Reach.NOBODY,  # what was never given out
    "2000::/3": Reach.PUBLIC,
    "::1/128": Reach.PRIVATE,
    "::ffff:0:0/96": Reach.PUBLIC,  # stands for an IPv4 address, as do the next and 2001::/32, 2002::/16
    "64:ff9b::/96": Reach.PUBLIC,
    "2001::/23": Reach.NOBODY,  # protocol assignments
    "2001::/32": Reach.PUBLIC,
    "2001:1::1/128": Reach.PUBLIC,  # anycast of PCP and TURN
    "2001:1::2/128": Reach.PUBLIC,
    "2001:2::/48": Reach.PRIVATE,  # measurements
    "2001:3::/32": Reach.PUBLIC,  # AMT
    "2001:4:112::/48": Reach.PUBLIC,  # AS112
    "2001:db8::/32": Reach.PRIVATE,  # examples
    "2002::/16": Reach.PUBLIC,
    "3fff::/20": Reach.PRIVATE,  # examples
    "fc00::/7": Reach.PRIVATE,
    "fd00:ec2::254/128": Reach.NOBODY,  # Amazon's metadata
    "fd20:ce::254/128": Reach.NOBODY,  # Google's metadata
    "fec0::/10": Reach.PRIVATE,  # site-local, given up
}
_NETWORKS = {
    version: sorted(
        (
            (int(network.network_address), network.prefixlen, reach)
            for name, reach in table.items()
            for network in [ip_network(name)]
        ),
        key=lambda row: -row[1],
    )
    for version, table in ((4, _V4), (6, _V6))
}
_NAT64 = int(IPv6Address("64:ff9b::")) >> 32
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


def reach(address: Address) -> Reach:
    """Return how far `address` reaches; an IPv6 address that stands for an IPv4 one reaches no farther than that."""
    own = _listed(address)
    return min((own, *(reach(inner) for inner in _embedded(address))))


def _listed(address: Address) -> Reach:
    value, bits = int(address), address.max_prefixlen
    return next(found for start, length, found in _NETWORKS[address.version] if (value ^ start) >> (bits - length) == 0)


def _embedded(address: Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address is a form of: mapped, NAT64, 6to4, Teredo, ISATAP."""
    if isinstance(address, IPv4Address):
        return
    value = int(address)
    if value >> 32 == _NAT64 or (value >> 32) & 0xFFFFFFFF in _ISATAP:
        yield IPv4Address(value & 0xFFFFFFFF)
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    yield from address.teredo or ()
