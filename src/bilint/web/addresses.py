"""Which addresses pages are fetched from: public ones, so that no article can make bilint ask inside a network."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit, urlunsplit

_NAT64 = IPv6Network("64:ff9b::/96")
_SAFE = "%/:@!$&'()*+,;=-._~"
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")

Address = IPv4Address | IPv6Address


class FetchError(Exception):
    """A page that could not be fetched; the text says why, and is put behind the page's address."""


class HostError(FetchError):
    """Nothing of the host can be fetched."""


def permitted(address: Address, *, allow_private: bool) -> bool:
    """Whether pages may be fetched from `address`.

    Public ones always; with `allow_private` also private and loopback ones; link-local, multicast, unspecified and
    reserved ones never. IPv6 addresses that stand for an IPv4 one are judged as that one.
    """
    if inner := _embedded(address):
        return permitted(inner, allow_private=allow_private)
    if address.is_loopback:
        return allow_private
    if address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved:
        return False
    if isinstance(address, IPv6Address) and address.is_site_local:  # deprecated, and not known to `is_global`
        return allow_private
    return address.is_global or allow_private


def _embedded(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def requestable(url: str) -> str:
    """Return `url` as it is asked for: encoded, with no user, password and fragment.

    Raises FetchError for what is not http(s), or not an address at all.
    """
    try:
        parts = urlsplit(re.sub(r"^(\w+)\s*[:：]//", r"\1://", url.strip()))
        if parts.scheme not in {"http", "https"}:
            raise FetchError("is not fetched, being neither http nor https")
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError as error:  # UnicodeError of an impossible name is one
        raise FetchError(f"is not a valid address: {error}") from error
    path = quote(parts.path or "/", safe=_SAFE)
    netloc = f"{host}:{port}" if port is not None else host
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe=_SAFE + "?"), ""))


def _host(name: str) -> str:
    if ":" in name:
        return f"[{ip_address(name)}]"
    host = name.encode("idna").decode("ascii").lower()
    if not _HOST.fullmatch(host):
        raise ValueError(f"`{name}` is not the name of a host")
    return host
