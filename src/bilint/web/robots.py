"""robots.txt (RFC 9309): what a host lets programs fetch, and how often."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from urllib.parse import urljoin, urlsplit

from protego import Protego

from bilint.messages import phrase
from bilint.web.addresses import FetchError, HostError

AGENT = "bilint"
LONGEST_DELAY = 30.0
LARGEST = 512 * 1024


class Robots:
    """The rules of every host, each read once by `read`: URL of a robots.txt → its text.

    `read` returns an empty text when there is no such file, and raises FetchError when it cannot be read.
    """

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        self._rules: dict[str, Protego | FetchError] = {}
        self._locks: dict[str, Lock] = {}

    def check(self, url: str) -> float:
        """Return the seconds to leave between two requests. Raises FetchError when `url` may not be fetched.

        As the standard wants it, a host without robots.txt allows everything, one whose robots.txt cannot be read
        nothing.
        """
        rules = self._of(urljoin(url, "/robots.txt"))
        host = urlsplit(url).hostname
        if isinstance(rules, HostError):
            raise HostError(str(rules))
        if isinstance(rules, FetchError):
            raise FetchError(phrase("robots.txt of {host} cannot be read: {rules}", host=host, rules=rules))
        if not rules.can_fetch(url, AGENT):
            raise FetchError(phrase("robots.txt of {host} forbids it; save the page by hand", host=host))
        return min(float(rules.crawl_delay(AGENT) or 0), LONGEST_DELAY)

    def _of(self, address: str) -> Protego | FetchError:
        with self._locks.setdefault(address, Lock()):
            if address not in self._rules:
                try:
                    self._rules[address] = self._parsed(address)
                except FetchError as error:
                    self._rules[address] = error
            return self._rules[address]

    def _parsed(self, address: str) -> Protego:
        return Protego.parse(self._read(address).removeprefix("\ufeff"))
