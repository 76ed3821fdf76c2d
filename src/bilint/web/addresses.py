"""Which addresses pages are fetched from: public ones, so that no article can make bilint ask inside a network."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import quote, urlsplit, urlunsplit

from bilint.messages import phrase
from bilint.web.reach import Address, Reach, reach

_SAFE = "%/:@!$&'()*+,;=-._~"
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")


class FetchError(Exception):
    """A page that could not be fetched; the text says why, and is put behind the page's address."""


class HostError(FetchError):
    """Nothing of the host can be fetched."""


def permitted(address: Address, *, allow_private: bool) -> bool:
    """Whether pages may be fetched from `address`: public ones always, private ones when allowed, the rest never."""
    return reach(address) >= (Reach.PRIVATE if allow_private else Reach.PUBLIC)


def requestable(url: str) -> str:
    """Return `url` as it is asked for: encoded, with no user, password and fragment.

    Raises FetchError for what is not http(s), or not an address at all.
    """
    try:
        parts = urlsplit(re.sub(r"^(\w+)\s*[:：]//", r"\1://", url.strip()))
        if parts.scheme not in {"http", "https"}:
            raise FetchError(phrase("is not fetched, being neither http nor https"))
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError as error:  # UnicodeError of an impossible name is one
        raise FetchError(phrase("is not a valid address: {error}", error=error)) from error
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
